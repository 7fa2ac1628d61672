//! Pseudonyms: other values of the same shape, the same for equal values under one key.
//!
//! A pseudonym can be told from what it stands for, so that a second pass leaves it alone: ids and
//! addresses are in ranges that AWS and the Internet do not use, and names carry a check that only
//! the key can make.

use crate::detect::{Detector, id_prefix};
use crate::key::{Key, Purpose};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Makes pseudonyms.
#[derive(Debug)]
pub(crate) struct Pseudonyms {
    key: Key,
    /// Whether addresses of one network stay addresses of one network.
    is_prefix_kept: bool,
}

/// What stands before the hash of a value.
const HASH: &str = "hmac:";
/// What stands before the pseudonym of a name.
const NAME: &str = "anon-";
/// The domain of pseudonymous mailboxes; nobody can have it (RFC 2606).
const DOMAIN: &str = "@redacted.invalid";
/// What stands behind the prefix of a pseudonymous id. Ids tell the account in what follows the
/// prefix, and here that would have more than twelve digits.
const ID: &str = "7777";
/// How pseudonymous accounts begin.
const ACCOUNT: &str = "00000";

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// How many characters a name or hash has, and how many more its check.
const NAME_LENGTH: usize = 12;
const NAME_CHECK: usize = 4;
const HASH_LENGTH: usize = 24;
const HASH_CHECK: usize = 8;

impl Pseudonyms {
    pub(crate) fn new(key: Key, is_prefix_kept: bool) -> Self {
        Pseudonyms { key, is_prefix_kept }
    }

    /// A hash by which equal values can be joined; one that was made before stays.
    pub(crate) fn hash(&self, text: &str) -> String {
        if let Some(code) = text.strip_prefix(HASH)
            && self.is_checked(code, HASH_LENGTH, HASH_CHECK, HEX)
        {
            return text.to_owned();
        }
        let digest = self.key.digest(Purpose::Hash, text.as_bytes());
        let code = characters(&digest, HASH_LENGTH, HEX);
        format!("{HASH}{code}{}", self.check(&code, HASH_CHECK, HEX))
    }

    /// A pseudonym in the shape of the text.
    pub(crate) fn of(&self, text: &str) -> String {
        if text.starts_with("arn:") && text.matches(':').count() >= 5 {
            return self.arn(text);
        }
        if let Some(detector) = whole(text) {
            return self.of_detected(detector, text);
        }
        if is_service(text) {
            return text.to_owned();
        }
        match text.split_once(':') {
            // `AROA...:session`, the principal of a role.
            Some((id, session)) if id_prefix(id).is_some() => {
                let session = if session.is_empty() { String::new() } else { self.of(session) };
                format!("{}:{session}", self.id(id))
            }
            _ => self.name(text),
        }
    }

    /// A pseudonym of what a detector has found.
    pub(crate) fn of_detected(&self, detector: Detector, text: &str) -> String {
        match detector {
            Detector::AccessKeyId => self.id(text),
            Detector::AccountId => self.account(text),
            Detector::Email => self.email(text),
            Detector::Ipv4 | Detector::Ipv6 => {
                text.parse().map_or_else(|_| self.name(text), |address| self.address(address, text))
            }
            Detector::Arn => self.arn(text),
            Detector::Principal => self.names(text, false),
            _ => self.name(text),
        }
    }

    fn account(&self, id: &str) -> String {
        if id.starts_with(ACCOUNT) {
            return id.to_owned();
        }
        let digest = self.key.digest(Purpose::Account, id.as_bytes());
        format!("{ACCOUNT}{:07}", number(&digest) % 10_000_000)
    }

    fn id(&self, id: &str) -> String {
        let Some(prefix) = id_prefix(id) else { return self.name(id) };
        if id[prefix.len()..].starts_with(ID) {
            return id.to_owned();
        }
        let digest = self.key.digest(Purpose::Id, id.as_bytes());
        let length = id.len() - prefix.len() - ID.len();
        let rest = characters(&digest, length.min(digest.len()), BASE32).to_ascii_uppercase();
        format!("{prefix}{ID}{rest}")
    }

    fn email(&self, address: &str) -> String {
        if let Some(code) = address.strip_suffix(DOMAIN)
            && self.is_checked(code, NAME_LENGTH, NAME_CHECK, BASE32)
        {
            return address.to_owned();
        }
        format!("{}{DOMAIN}", self.checked(Purpose::Email, address))
    }

    fn name(&self, name: &str) -> String {
        if let Some(code) = name.strip_prefix(NAME)
            && self.is_checked(code, NAME_LENGTH, NAME_CHECK, BASE32)
        {
            return name.to_owned();
        }
        format!("{NAME}{}", self.checked(Purpose::Name, name))
    }

    /// 60 bits of the digest of a text, and their check.
    fn checked(&self, purpose: Purpose, text: &str) -> String {
        let code = characters(&self.key.digest(purpose, text.as_bytes()), NAME_LENGTH, BASE32);
        let check = self.check(&code, NAME_CHECK, BASE32);
        code + &check
    }

    fn check(&self, code: &str, length: usize, alphabet: &[u8]) -> String {
        characters(&self.key.digest(Purpose::Check, code.as_bytes()), length, alphabet)
    }

    fn is_checked(&self, text: &str, length: usize, check: usize, alphabet: &[u8]) -> bool {
        text.len() == length + check
            && text.is_ascii()
            && self.check(&text[..length], check, alphabet) == text[length..]
    }

    /// Kept are partition, service, region, the type of the resource, and stars.
    fn arn(&self, arn: &str) -> String {
        let mut parts = arn.splitn(6, ':');
        let mut next = || parts.next().unwrap_or_default();
        let (head, partition, service, region) = (next(), next(), next(), next());
        let (account, resource) = (next(), next());
        // What AWS itself owns, such as its managed policies, is no secret.
        if account == "aws" {
            return arn.to_owned();
        }
        let account = match whole(account) {
            Some(Detector::AccountId) => self.account(account),
            _ if account.is_empty() || account == "*" => account.to_owned(),
            _ => self.name(account),
        };
        // Buckets, queues and topics have no type before their names.
        let resource = self.names(resource, service != "s3" && resource.contains(['/', ':']));
        format!("{head}:{partition}:{service}:{region}:{account}:{resource}")
    }

    /// The names in a resource, which are separated by `/` and `:`; perhaps a type comes first.
    fn names(&self, resource: &str, has_type: bool) -> String {
        let mut out = String::with_capacity(resource.len());
        let mut is_type = has_type;
        for piece in resource.split_inclusive(['/', ':']) {
            let name = piece.strip_suffix(['/', ':']).unwrap_or(piece);
            let is_kept = is_type || name.is_empty() || name.contains('*') || name == "root";
            match is_kept {
                true => out += name,
                false => out += &self.of(name),
            }
            out += &piece[name.len()..];
            is_type = false;
        }
        out
    }

    fn address(&self, address: IpAddr, text: &str) -> String {
        match address {
            // 240.0.0.0/4 is reserved (RFC 1112), and so are 28 bits for pseudonyms.
            IpAddr::V4(address) if address.octets()[0] >= 240 => text.to_owned(),
            IpAddr::V4(address) => {
                let bits: u32 = match self.is_prefix_kept {
                    true => u32::from_be_bytes(self.prefix_kept(address.octets())),
                    false => number(&self.key.digest(Purpose::Address, &address.octets())) as u32,
                };
                Ipv4Addr::from_bits(0xf000_0000 | bits >> 4).to_string()
            }
            IpAddr::V6(address) => self.address6(address, text),
        }
    }

    /// 2001:db8::/32 is for documentation (RFC 3849).
    fn address6(&self, address: Ipv6Addr, text: &str) -> String {
        const RESERVED: u128 = 0x2001_0db8 << 96;
        if address.to_bits() >> 96 == RESERVED >> 96 {
            return text.to_owned();
        }
        let bits = match self.is_prefix_kept {
            true => u128::from_be_bytes(self.prefix_kept(address.octets())),
            false => {
                let digest = self.key.digest(Purpose::Address, &address.octets());
                u128::from(number(&digest)) << 64 | u128::from(number(&digest[8..]))
            }
        };
        Ipv6Addr::from_bits(RESERVED | bits >> 32).to_string()
    }

    /// Two addresses that have their first bits in common have as many in common afterwards.
    ///
    /// Each bit is flipped or not by what the key says about the bits before it. The digest of the
    /// bytes before has a bit for each of the 255 beginnings of the next byte.
    fn prefix_kept<const N: usize>(&self, address: [u8; N]) -> [u8; N] {
        let mut out = address;
        for at in 0..N {
            let digest = self.key.digest(Purpose::Prefix, &address[..at]);
            let mut node = 1_usize;
            for bit in (0..8).rev() {
                let flip = digest[node >> 3] >> (node & 7) & 1;
                out[at] ^= flip << bit;
                node = node << 1 | usize::from(address[at] >> bit & 1);
            }
        }
        out
    }
}

/// Which detector takes the whole text.
fn whole(text: &str) -> Option<Detector> {
    if id_prefix(text).is_some() {
        return Some(Detector::AccessKeyId);
    }
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Detector::AccountId);
    }
    if text.parse::<IpAddr>().is_ok() {
        return Some(Detector::Ipv4);
    }
    (Detector::Email.find(text, 0) == Some(0..text.len())).then_some(Detector::Email)
}

/// Whether a text names a service of AWS, or AWS itself, where an address or a name could stand.
fn is_service(text: &str) -> bool {
    let is_host = |suffix| {
        text.strip_suffix(suffix).is_some_and(|name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
    };
    is_host(".amazonaws.com") || is_host(".aws.internal") || text == "AWS Internal"
}

fn number(digest: &[u8]) -> u64 {
    digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Characters of an alphabet of 16 or 32, one for each byte of the digest.
fn characters(digest: &[u8], length: usize, alphabet: &[u8]) -> String {
    let character = |byte: &u8| char::from(alphabet[usize::from(*byte) % alphabet.len()]);
    digest.iter().take(length).map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pseudonyms(key: &[u8], is_prefix_kept: bool) -> Pseudonyms {
        Pseudonyms::new(Key::new(key), is_prefix_kept)
    }

    const SHAPES: &[(&str, &str)] = &[
        ("123456789012", "00000#######"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIA7777@@@@@@@@@@@@"),
        ("AROAIOSFODNN7EXAMPLE:jane@example.com", "AROA7777@@@@@@@@@@@@:"),
        ("jane@example.com", "@@@@@@@@@@@@@@@@@redacted.invalid"),
        ("jane", "anon-@@@@@@@@@@@@@@@@"),
        ("arn:aws:iam::123456789012:user/a/jane", "arn:aws:iam::00000#######:user/anon-"),
        ("arn:aws-cn:s3:::bucket/a/*", "arn:aws-cn:s3:::anon-@@@@@@@@@@@@@@@@/anon-"),
        ("arn:aws:sns:eu-west-1:123456789012:topic", "arn:aws:sns:eu-west-1:00000#######:anon-"),
    ];

    #[test]
    fn shapes_are_kept() {
        let pseudonyms = pseudonyms(b"0123456789abcdef", false);
        for (text, shape) in SHAPES {
            let pseudonym = pseudonyms.of(text);
            let fits = |(c, shape)| match shape {
                '#' => char::is_ascii_digit(&c),
                '@' => c == '@' || char::is_ascii_alphanumeric(&c),
                _ => c == shape,
            };
            assert!(pseudonym.chars().zip(shape.chars()).all(fits), "{text} {pseudonym}");
            assert!(pseudonym.len() >= shape.len(), "{text} {pseudonym}");
        }
    }

    #[test]
    fn pseudonyms_stay_and_differ_by_key() {
        for is_prefix_kept in [false, true] {
            let one = pseudonyms(b"0123456789abcdef", is_prefix_kept);
            let other = pseudonyms(b"0123456789abcdeg", is_prefix_kept);
            let texts =
                ["1.2.3.4", "2a05:d018::1", "x:y", "ü", "a/b", "", "AROAIOSFODNN7EXAMPLEXX"];
            for text in SHAPES.iter().map(|(text, _)| *text).chain(texts) {
                let pseudonym = one.of(text);
                assert_ne!(pseudonym, text);
                assert_eq!(one.of(&pseudonym), pseudonym);
                assert_ne!(other.of(text), pseudonym, "{text}");
                assert_eq!(one.hash(&one.hash(text)), one.hash(text));
                assert_ne!(one.hash(text), other.hash(text));
            }
        }
    }

    #[test]
    fn what_nobody_owns_is_kept() {
        let pseudonyms = pseudonyms(b"0123456789abcdef", false);
        for text in ["arn:aws:iam::aws:policy/ReadOnlyAccess", "ec2.amazonaws.com", "AWS Internal"]
        {
            assert_eq!(pseudonyms.of(text), text);
        }
        assert_ne!(pseudonyms.of("my.bucket.amazonaws.com"), "my.bucket.amazonaws.com");
        assert_ne!(pseudonyms.of("hmac:0123456789abcdef01234567"), pseudonyms.of("hmac:x"));
        // A name in the shape of a pseudonym is none without its check.
        assert_ne!(pseudonyms.of("anon-aaaaaaaaaaaaaaaa"), "anon-aaaaaaaaaaaaaaaa");
    }

    #[test]
    fn the_same_name_is_the_same_everywhere() {
        let pseudonyms = pseudonyms(b"0123456789abcdef", false);
        let arn = pseudonyms.of("arn:aws:sts::123456789012:assumed-role/admin/jane@example.com");
        let [account, role, session] =
            ["123456789012", "admin", "jane@example.com"].map(|text| pseudonyms.of(text));
        assert_eq!(arn, format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"));
    }

    #[test]
    fn networks_stay_networks() {
        let pseudonyms = pseudonyms(b"0123456789abcdef", true);
        let bits = |text: &str| pseudonyms.of(text).parse::<Ipv4Addr>().unwrap().to_bits();
        let common = |a: &str, b: &str| (bits(a) ^ bits(b)).leading_zeros() - 4;
        assert_eq!(common("10.1.2.3", "10.1.2.131"), 24);
        assert_eq!(common("10.1.2.3", "10.1.3.3"), 23);
        assert_eq!(common("10.1.2.3", "138.1.2.3"), 0);
        let bits = |text: &str| pseudonyms.of(text).parse::<Ipv6Addr>().unwrap().to_bits();
        let common = (bits("2a05:d018:1::1") ^ bits("2a05:d018:2::1")).leading_zeros() - 32;
        assert_eq!(common, 46);
    }
}
