//! Whether an input may be cut into pieces that are decoded apart from each other.

use crate::inflate::Codec;
use crate::package::MARK;
use trailmill_stage::event::json::Index;

/// Whether an input that begins with `head` is JSON lines: if its first line holds a whole object,
/// so will the others. In anything else a line that begins with `{` may lie inside a value.
pub(crate) fn may_split(head: &[u8]) -> bool {
    let head = head.strip_prefix(MARK).unwrap_or(head);
    if Codec::of(head) != Ok(Codec::Plain) {
        return false;
    }
    let head = head.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    head.starts_with(b"{") && Index::new().parse(&head[..end]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::may_split;

    #[test]
    fn json_lines_may_be_split() {
        assert!(may_split(b"{\"a\":1}\n{\"b\":"));
        assert!(may_split(b"\xef\xbb\xbf\r\n{\"a\": {}}\r\n"));
    }

    #[test]
    fn nothing_else_may_be_split() {
        let others: [&[u8]; 8] = [
            b"",
            b"{\"a\":1}",
            b"{\n\"a\":1}\n",
            b"[{}\n]",
            b"{\"a\":1} x\n",
            b"\x1f\x8b\x08{}\n{}\n",
            b"\xff\xfe{\0}\0\n\0",
            b"{\"a\":1}{\"b\":2}\n",
        ];
        for other in others {
            assert!(!may_split(other), "{other:?}");
        }
    }
}
