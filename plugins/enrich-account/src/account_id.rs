//! Account ids: twelve digits, the leading ones often zeros.

use std::fmt;

/// How many digits an account id has ("AWS account identifiers", Account Management reference
/// guide; `^\d{12}$` in the API reference of Organizations).
const DIGITS: usize = 12;

/// The id of an AWS account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AccountId(u64);

impl AccountId {
    /// Reads exactly twelve digits.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        if text.len() != DIGITS {
            return None;
        }
        Self::of_digits(text)
    }

    /// Reads a JSON number, which can not have the zeros that an id begins with.
    pub(crate) fn read_number(text: &[u8]) -> Option<Self> {
        if text.len() > DIGITS {
            return None;
        }
        Self::of_digits(text)
    }

    fn of_digits(text: &[u8]) -> Option<Self> {
        text.iter()
            .try_fold(0, |id: u64, byte| {
                byte.is_ascii_digit().then(|| id * 10 + u64::from(byte - b'0'))
            })
            .map(AccountId)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_and_nothing_else() {
        let id = AccountId::read(b"001234567890").unwrap();
        assert_eq!(id.to_string(), "001234567890");
        assert_eq!(AccountId::read_number(b"1234567890"), Some(id));
        for text in ["", "1234567890", "0012345678901", "00123456789a", "+01234567890", " "] {
            assert_eq!(AccountId::read(text.as_bytes()), None, "{text}");
        }
        for text in ["-1", "1.5", "1e3", "1234567890123"] {
            assert_eq!(AccountId::read_number(text.as_bytes()), None, "{text}");
        }
    }
}
