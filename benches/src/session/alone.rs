//! One way as a whole process: a file read piece by piece, rows written as they come.

use super::options::Options;
use crate::contest::Ways;
use crate::way::{Unmeasured, Way};
use std::fs::File;
use std::io::{self, Read, Write};

/// How much is read at once.
const CHUNK: usize = 1 << 20;

/// Turns the file of the options into rows, the way of that name.
pub(super) fn run(ways: &mut Ways<'_>, name: &str, options: &Options) -> Result<(), Unmeasured> {
    let names: Vec<String> = ways.iter().map(|way| way.name().to_owned()).collect();
    let Some(position) = names.iter().position(|known| known == name) else {
        return Err(Unmeasured(format!("there is no way `{name}` ({})", names.join(", "))));
    };
    let failed = |error: io::Error| Unmeasured(format!("reading or writing: {error}"));
    let path = options.file.as_deref().unwrap_or(std::path::Path::new(""));
    let input = File::open(path).map_err(failed)?;
    let out: Box<dyn Write> = match options.out.to_str() {
        Some("-") => Box::new(io::stdout().lock()),
        _ => Box::new(File::create(&options.out).map_err(failed)?),
    };
    stream(&mut *ways[position], input, out)
}

/// Takes JSON lines from a reader through a way.
fn stream(way: &mut dyn Way, mut input: impl Read, mut out: impl Write) -> Result<(), Unmeasured> {
    let failed = |error: io::Error| Unmeasured(format!("reading or writing: {error}"));
    let mut text = Vec::new();
    loop {
        let read = input.by_ref().take(CHUNK as u64).read_to_end(&mut text).map_err(failed)?;
        let whole = match memchr::memrchr(b'\n', &text) {
            _ if read == 0 => text.len(),
            Some(last) => last + 1,
            // A record longer than what was read needs more of it.
            None => continue,
        };
        let mut written = Ok(());
        way.run(&text[..whole], &mut |rows| {
            if written.is_ok() {
                written = out.write_all(rows);
            }
        })?;
        written.map_err(failed)?;
        text.drain(..whole);
        if read == 0 {
            return out.flush().map_err(failed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::way::ByLine;

    #[test]
    fn records_longer_than_a_piece_come_out_whole() {
        let mut echo = ByLine::new("echo", "-", |line, out| {
            out.extend_from_slice(line.as_bytes());
            Ok(())
        });
        let long = "x".repeat(CHUNK * 5 / 2);
        let text = format!("a\n{long}\nb\n{long}");
        let mut out = Vec::new();
        stream(&mut echo, text.as_bytes(), &mut out).unwrap();
        assert!(out == format!("{text}\n").as_bytes(), "{} bytes", out.len());
    }
}
