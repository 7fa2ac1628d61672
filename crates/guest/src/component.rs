//! The Component Model: where the parts of an answer stand, as its canonical ABI wants it told.
//!
//! `wit/pipeline.wit` says what a component exports. Lists are told as pointer and length, so an
//! answer is handed over as it stands; only a table of its frames is made.

use trailmill_abi::{Answer, Kind, Status};

/// How many bytes a `result<answer, string>` has.
pub const RESULT_BYTES: usize = 80;

/// Where in it its value stands, behind the byte that says which of the two it is.
const VALUE_AT: usize = 8;

/// What is told of an answer, in memory that is used again.
#[derive(Debug, Default)]
pub struct Told {
    /// For each frame of rows its output, and where its path and its lines stand.
    frames: Vec<[u32; 5]>,
    /// All quarantine lines, where they stand in several frames.
    quarantine: Vec<u8>,
}

/// The address of a byte, as hosts are told it.
pub type Address = fn(*const u8) -> u32;

impl Told {
    /// Tells an answer as the result of `process`. What is told stands until the next one.
    pub fn result(&mut self, answer: &[u8], address: Address) -> [u8; RESULT_BYTES] {
        let mut out = [0; RESULT_BYTES];
        // The guest has written it, so it can be read.
        let Ok(answer) = Answer::read(answer) else { return out };
        if answer.status == Status::Failed {
            out[0] = 1;
            let message = answer.frames().next().map_or(&b""[..], |frame| frame.bytes);
            write(&span(message, address), &mut out[VALUE_AT..]);
            return out;
        }
        let quarantine = self.gather(&answer, address);
        let frames = [address(self.frames.as_ptr().cast()), self.frames.len() as u32];
        write(&frames, &mut out[VALUE_AT..]);
        write(&quarantine, &mut out[VALUE_AT + 8..]);
        for (number, count) in answer.counts.words().into_iter().enumerate() {
            out[VALUE_AT + 16 + 8 * number..][..8].copy_from_slice(&count.to_le_bytes());
        }
        out
    }

    /// Makes the table of frames; says where the quarantine lines stand.
    fn gather(&mut self, answer: &Answer<'_>, address: Address) -> [u32; 2] {
        self.frames.clear();
        let mut lines: Vec<&[u8]> = Vec::new();
        for frame in answer.frames() {
            if frame.kind != Kind::Rows {
                lines.push(frame.bytes);
                continue;
            }
            let [path, path_bytes] = span(frame.path.as_bytes(), address);
            let [lines, lines_bytes] = span(frame.bytes, address);
            self.frames.push([frame.output, path, path_bytes, lines, lines_bytes]);
        }
        match lines[..] {
            [] => span(b"", address),
            [only] => span(only, address),
            _ => {
                self.quarantine.clear();
                lines.iter().for_each(|lines| self.quarantine.extend_from_slice(lines));
                span(&self.quarantine, address)
            }
        }
    }
}

/// Where a text stands: the address of its first byte, and how many there are.
fn span(text: &[u8], address: Address) -> [u32; 2] {
    [address(text.as_ptr()), text.len() as u32]
}

fn write(words: &[u32], out: &mut [u8]) {
    for (word, out) in words.iter().zip(out.chunks_exact_mut(4)) {
        out.copy_from_slice(&word.to_le_bytes());
    }
}

#[cfg(test)]
mod tests;
