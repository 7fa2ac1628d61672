//! `trailmill generate`: realistic CloudTrail, for whoever has no account at hand.

use crate::args::{GenerateArgs, Layout};
use crate::failure::{Failure, Status};
use crate::io::complete::write;
use crate::io::stdout::print;
use crate::ui::figures::{bytes, counted};
use trailmill_generate::{Generator, S3Files};
use trailmill_pipeline::Compression;

/// How many records a log file has at most; CloudTrail's own seldom have more.
const RECORDS_PER_FILE: usize = 2000;
/// The file of layout `lines`.
const LINES_NAME: &str = "events.ndjson";
/// Lines are written when there are this many bytes of them.
const WRITE_BYTES: usize = 1 << 20;

/// Runs the command: each file is written under a temporary name, and named when it is complete.
pub(super) fn run(args: &GenerateArgs) -> Result<Status, Failure> {
    let generator = Generator::new(args.seed);
    let (files, size) = match args.layout {
        Layout::S3 => s3(generator, args)?,
        Layout::Lines => (1, lines(generator, args)?),
    };
    print(|out| {
        let events = counted(args.events, "event");
        let files = counted(files, "file");
        writeln!(out, "{events} in {files} ({}) in {}", bytes(size), args.dir.display())
    })
}

/// Writes log files; gives how many, and the bytes of text in them.
fn s3(generator: Generator, args: &GenerateArgs) -> Result<(u64, u64), Failure> {
    let (mut files, mut size) = (0, 0);
    for file in S3Files::new(generator, args.events, RECORDS_PER_FILE) {
        let path = args.dir.join(&file.path);
        write(&path, Compression::Gzip, |sink| sink.write(&file.text))?;
        files += 1;
        size += file.text.len() as u64;
    }
    Ok((files, size))
}

/// Writes a file of lines; gives its bytes.
fn lines(mut generator: Generator, args: &GenerateArgs) -> Result<u64, Failure> {
    let mut size = 0;
    write(&args.dir.join(LINES_NAME), Compression::None, |sink| {
        let mut text = Vec::with_capacity(2 * WRITE_BYTES);
        for number in 1..=args.events {
            generator.record(&mut text);
            text.push(b'\n');
            if text.len() >= WRITE_BYTES || number == args.events {
                sink.write(&text)?;
                size += text.len() as u64;
                text.clear();
            }
        }
        Ok(())
    })?;
    Ok(size)
}
