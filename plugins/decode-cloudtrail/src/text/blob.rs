//! Base64 of something compressed, where a document could stand: `H4sIAAAA...`.

use super::Text;
use crate::package::open_blob;
use crate::run::Stop;

/// What base64 of gzip and of zstd begins with.
const STARTS: [&[u8]; 2] = [b"H4sI", b"KLUv"];

/// The lengths of line at which tools wrap base64 (RFC 7468 and RFC 2045).
const WRAPPED: [usize; 2] = [64, 76];

/// Whether base64 of gzip or zstd begins here.
pub(super) fn starts_blob(text: &[u8]) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

/// Whether it may do so once there is more text.
pub(super) fn may_start_blob(text: &[u8]) -> bool {
    STARTS.iter().any(|start| start.starts_with(text))
}

impl Text<'_, '_> {
    /// Opens the base64 at the start of the unread text.
    pub(super) fn open_blob(&mut self) -> Result<(), Stop> {
        let max = self.run.options.document_bytes_max;
        let length = loop {
            let rest = self.feed.rest();
            let text = &rest[..rest.len().min(max)];
            if let Some(length) = blob_length(text) {
                break length;
            }
            if text.len() == max {
                let fault = self.too_large(max).at(self.feed.offset());
                return self.refuse(fault);
            }
            if !self.more()? {
                break self.feed.rest().len();
            }
        };
        let (blob, offset) = (self.feed.window(length), self.feed.offset());
        self.feed.advance(length);
        self.run.exchange(self.batch);
        let outcome = open_blob(self.run, &blob, offset, self.level);
        self.run.exchange(self.batch);
        outcome
    }
}

/// The length of the base64 at the start of `text`, if it ends before `text` does. It may be
/// wrapped, but a line that begins like something compressed begins another one.
fn blob_length(text: &[u8]) -> Option<usize> {
    let mut line = 0;
    loop {
        let end = line + text[line..].iter().position(|byte| !is_base64(*byte))?;
        if text[end..] == *b"\r" {
            return None;
        }
        let feed = if text[end..].starts_with(b"\r\n") { 2 } else { 1 };
        if !WRAPPED.contains(&(end - line)) || text[end + feed - 1] != b'\n' {
            return Some(end);
        }
        let next = text.get(end + feed..).filter(|next| next.len() >= STARTS[0].len())?;
        if !is_base64(next[0]) || starts_blob(next) {
            return Some(end);
        }
        line = end + feed;
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::blob_length;

    #[test]
    fn base64_ends_with_its_line_unless_that_is_wrapped() {
        assert_eq!(blob_length(b"H4sIAA==\n{}"), Some(8));
        assert_eq!(blob_length(b"H4sIAA== x"), Some(8));
        assert_eq!(blob_length(b"H4sIAA=="), None);
        let (full, rest) = ("H4sI".repeat(16), "AAAA");
        assert_eq!(blob_length(format!("{full}\n{rest}\n{{}}").as_bytes()), Some(69));
        assert_eq!(blob_length(format!("{full}\r\n{rest}!").as_bytes()), Some(70));
        assert_eq!(blob_length(format!("{full}\nH4sIAA==\n").as_bytes()), Some(64));
        assert_eq!(blob_length(format!("{full}\n{{}}, 2").as_bytes()), Some(64));
    }
}
