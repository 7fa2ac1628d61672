//! What an access key id says by itself: how long it lives, and whose account it belongs to.

/// How long a key lives.
///
/// The prefixes are those that the IAM user guide lists under "IAM identifiers", "Understanding
/// unique ID prefixes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// `AKIA`: a key of a user, good until it is deleted.
    LongTerm,
    /// `ASIA`: temporary credentials of STS.
    Temporary,
    /// `ABIA`: a bearer token of STS for a service.
    BearerToken,
    /// `ACCA`: a credential for one context only.
    ContextSpecific,
}

impl KeyKind {
    /// The kind of the key with that id, by its prefix.
    pub(crate) fn of(id: &str) -> Option<Self> {
        match id.get(..4)? {
            "AKIA" => Some(KeyKind::LongTerm),
            "ASIA" => Some(KeyKind::Temporary),
            "ABIA" => Some(KeyKind::BearerToken),
            "ACCA" => Some(KeyKind::ContextSpecific),
            _ => None,
        }
    }

    /// Its word in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            KeyKind::LongTerm => "long-term",
            KeyKind::Temporary => "temporary",
            KeyKind::BearerToken => "bearer-token",
            KeyKind::ContextSpecific => "context-specific",
        }
    }
}

/// How many characters an id has, its prefix of four included.
const LENGTH: usize = 20;

/// Account ids have twelve digits; 40 bits can hold a little more.
const ACCOUNT_MAX: u64 = 999_999_999_999;

/// The account that a key belongs to, as twelve digits, if its id is one that says so.
///
/// Behind the prefix stand 80 bits in base32. The first is set in ids of the newer format, those
/// made since 2019, and the next 40 are the number of the account. Ids of the older format, which
/// begin with `I` or `J` behind the prefix, say nothing. AWS documents no more of this than the
/// call `GetAccessKeyInfo`; the layout is that of Tal Be'ery, "A short note on AWS KEY ID", and of
/// WithSecure Labs, "A bitwise analysis of AWS access key identifiers".
pub(crate) fn account(id: &str) -> Option<[u8; 12]> {
    if id.len() != LENGTH || KeyKind::of(id).is_none() {
        return None;
    }
    let mut bits = 0_u128;
    for &letter in &id.as_bytes()[4..] {
        bits = bits << 5 | u128::from(base32(letter)?);
    }
    let is_newer = bits >> 79 == 1;
    let number = (bits >> 39) as u64 & ((1 << 40) - 1);
    (is_newer && number <= ACCOUNT_MAX).then(|| digits(number))
}

/// The five bits of a letter of RFC 4648 base32.
fn base32(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'2'..=b'7' => Some(letter - b'2' + 26),
        _ => None,
    }
}

fn digits(mut number: u64) -> [u8; 12] {
    let mut digits = [b'0'; 12];
    for digit in digits.iter_mut().rev() {
        *digit += (number % 10) as u8;
        number /= 10;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(id: &str) -> Option<String> {
        account(id).map(|digits| String::from_utf8(digits.to_vec()).unwrap())
    }

    /// An id of the newer format for an account, with anything in its last 39 bits.
    fn id(prefix: &str, number: u64, rest: u64) -> String {
        let bits = 1_u128 << 79 | u128::from(number) << 39 | u128::from(rest);
        let letter =
            |at: u32| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(bits >> (5 * at)) as usize % 32];
        let letters = (0..16).rev().map(|at| char::from(letter(at)));
        prefix.chars().chain(letters).collect()
    }

    /// Published together with their accounts: the first two by Be'ery and Steele, the third with
    /// the program `aws-account-id-from-key`.
    #[test]
    fn published_ids_give_their_accounts() {
        assert_eq!(decoded("ASIAY34FZKBOKMUTVV7A").as_deref(), Some("609629065308"));
        assert_eq!(decoded("ASIAQNZGKIQY56JQ7WML").as_deref(), Some("029608264753"));
        assert_eq!(decoded("ASIAVJ2E6QGR2WZILJFM").as_deref(), Some("364679954851"));
    }

    #[test]
    fn other_ids_give_none() {
        // The example keys of AWS are of the older format.
        for id in ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE", "ASIAJPARIVD3SHUIOTCQ"] {
            assert_eq!(decoded(id), None, "{id}");
        }
        // Cut, masked, not base32, no key, and an account that has too many digits.
        for id in ["", "ASIAY34FZKBOKMUTVV7", "ASIAY34FZKBOKMUTVV7AA", "AKIA****************"] {
            assert_eq!(decoded(id), None, "{id}");
        }
        assert_eq!(decoded("ASIAY34FZKBOKMUTVV81"), None);
        assert_eq!(decoded("AROAY34FZKBOKMUTVV7A"), None);
        assert_eq!(decoded("ASIA7777777777777777"), None);
        assert_eq!(decoded("ASIAÄÄÄÄÄÄÄÄ"), None);
    }

    #[test]
    fn kinds_are_told_by_prefix() {
        let of = |id| KeyKind::of(id).map(KeyKind::name);
        assert_eq!(of("AKIAIOSFODNN7EXAMPLE"), Some("long-term"));
        assert_eq!(of("ASIA2***"), Some("temporary"));
        assert_eq!(of("ABIAxx"), Some("bearer-token"));
        assert_eq!(of("ACCAxx"), Some("context-specific"));
        assert_eq!(of("EXAMPLE_KEY_ID"), None);
        assert_eq!(of("AÄKIA"), None);
    }

    proptest! {
        #[test]
        fn every_account_comes_back(number in 0..=ACCOUNT_MAX, rest in 0_u64..1 << 39) {
            prop_assert_eq!(decoded(&id("AKIA", number, rest)), Some(format!("{number:012}")));
        }

        #[test]
        fn no_text_is_too_strange(text in ".{0,24}") {
            let _ = account(&text);
        }
    }
}
