//! Finds the product that a word of a user agent begins with.

use crate::kind::Kind;
use crate::tables::{clients, marks, platforms};

/// What a word has to be like, beyond beginning as a row does; case never counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Nothing but a version stands behind it.
    Word,
    /// It is set off from whatever stands behind it.
    Loose,
    /// It goes on in any way; the whole word is the name.
    Start,
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A product of a kind.
    Client(Kind),
    /// A product that marks what is behind all others.
    Mark(Kind),
    /// A browser; of several the one with the least rank, since newer ones name older ones too.
    Browser(u8),
    /// The version of a browser that does not write it with its name.
    BrowserVersion,
    /// A programming language.
    Language,
    /// An operating system.
    System,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// How the word begins; may be several words.
    pub(crate) key: &'static str,
    pub(crate) fit: Fit,
    pub(crate) role: Role,
    /// What it is called; as it is written if this is empty.
    pub(crate) name: &'static str,
}

/// All rows, by their first byte and longer ones first; made once.
#[derive(Debug)]
pub(crate) struct Products {
    rows: Vec<(Head, Row)>,
    /// Where the rows of each first byte begin, and where those of the last one end.
    starts: Vec<u16>,
}

impl Products {
    /// The rows of all tables.
    pub(crate) fn new() -> Self {
        let tables = [clients::CLIENTS, marks::MARKS, platforms::PLATFORMS];
        let mut rows: Vec<Row> = tables.into_iter().flatten().copied().collect();
        rows.sort_by_key(|row| (first(row.key.as_bytes()), usize::MAX - row.key.len()));
        let start = |byte| rows.partition_point(|row| first(row.key.as_bytes()) < byte) as u16;
        let starts = (0..=u16::from(u8::MAX) + 1).map(start).collect();
        let rows = rows.into_iter().map(|row| (Head::of(row.key), row)).collect();
        Products { rows, starts }
    }

    /// The row that this text, which goes on behind the word, begins with.
    #[inline]
    pub(crate) fn find(&self, text: &str) -> Option<&Row> {
        let byte = usize::from(first(text.as_bytes()));
        let rows = usize::from(self.starts[byte])..usize::from(self.starts[byte + 1]);
        let head = Head::of(text).bytes;
        let is_it =
            |(known, row): &&(Head, Row)| head & known.mask == known.bytes && row.fits(text);
        self.rows[rows].iter().find(is_it).map(|(_, row)| row)
    }
}

/// The first bytes of a key, small and capital letters as one, to rule out most rows by.
#[derive(Clone, Copy, Debug)]
struct Head {
    bytes: u64,
    /// The bytes that there are.
    mask: u64,
}

impl Head {
    /// What makes a capital letter small; other bytes become others, alike in keys and texts.
    const SMALL: u64 = 0x2020_2020_2020_2020;

    #[inline]
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (bytes, mask) = match bytes.first_chunk() {
            Some(head) => (u64::from_le_bytes(*head), u64::MAX),
            None => {
                let mut head = [0; 8];
                head[..bytes.len()].copy_from_slice(bytes);
                (u64::from_le_bytes(head), (1 << (8 * bytes.len())) - 1)
            }
        };
        Head { bytes: (bytes | Self::SMALL) & mask, mask }
    }
}

/// The first byte in small letters, as a number that leaves room for an end.
#[inline]
fn first(text: &[u8]) -> u16 {
    text.first().map_or(0, |byte| u16::from(byte.to_ascii_lowercase()))
}

impl Row {
    #[inline]
    fn fits(&self, text: &str) -> bool {
        let (text, key) = (text.as_bytes(), self.key.as_bytes());
        let begins = text.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
        begins
            && match (self.fit, text.get(key.len())) {
                (_, None) | (Fit::Start, _) => true,
                (Fit::Word, Some(next)) => matches!(next, b'/' | b' ' | b',' | b';' | b'('),
                (Fit::Loose, Some(next)) => !next.is_ascii_alphanumeric(),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found() {
        let products = Products::new();
        for (_, row) in &products.rows {
            assert_eq!(products.find(row.key).unwrap().key, row.key);
            let capitals = row.key.to_ascii_uppercase();
            assert_eq!(products.find(&format!("{capitals}/1.0 x")).unwrap().key, row.key);
        }
        let keys: Vec<_> = products.rows.iter().map(|(_, row)| row.key.to_lowercase()).collect();
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[at + 1..].contains(key), "{key} has two rows");
        }
    }

    #[test]
    fn words_end_where_they_have_to() {
        let products = Products::new();
        let found = |text: &str| products.find(text).map(|row| row.key);
        assert_eq!(found("aws-cli/2.1"), Some("aws-cli"));
        assert_eq!(found("aws-cli"), Some("aws-cli"));
        assert_eq!(found("aws-clients/2.1"), None);
        assert_eq!(found("stratus-red-team_0"), Some("stratus-red-team"));
        assert_eq!(found("stratus-red-teams"), None);
        assert_eq!(found("aws-sdk-anything/1"), Some("aws-sdk-"));
        assert_eq!(found("python-requests/2.3"), Some("python-requests"));
        assert_eq!(found("S3 Browser/10"), Some("S3 Browser"));
        assert_eq!(found("S3 browse"), None);
        assert_eq!(found(""), None);
        assert_eq!(found("é"), None);
    }
}
