//! Small pieces of text drawn at random: digits, identifiers, tokens, addresses.

use crate::rng::Dice;

const HEX: &[u8; 16] = b"0123456789abcdef";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The letters of access keys and unique ids in IAM (RFC 4648's base32).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `value`, below 100, as two digits.
pub(crate) const fn two_digits(value: u32) -> [u8; 2] {
    [b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]
}

/// `value` in decimal.
pub(crate) fn number(out: &mut Vec<u8>, mut value: u64) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&text[at..]);
}

/// `length` letters of an alphabet whose size is a power of two.
fn letters<const N: usize>(out: &mut Vec<u8>, dice: &mut Dice, alphabet: &[u8; N], length: usize) {
    let bits = N.trailing_zeros();
    let per_roll = (64 / bits) as usize;
    let start = out.len();
    out.resize(start + length, 0);
    for part in out[start..].chunks_mut(per_roll) {
        let mut roll = dice.roll();
        for byte in part {
            *byte = alphabet[roll as usize % N];
            roll >>= bits;
        }
    }
}

/// `length` hexadecimal digits.
pub(crate) fn hex(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    letters(out, dice, HEX, length);
}

/// `length` capital letters and digits, as in access keys and unique ids.
pub(crate) fn base32(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    letters(out, dice, BASE32, length);
}

/// `length` letters of base64, without padding.
pub(crate) fn base64(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    letters(out, dice, BASE64, length);
}

/// `length` letters of the base64 that is safe in addresses, without padding.
pub(crate) fn base64_url(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    letters(out, dice, BASE64_URL, length);
}

/// `length` decimal digits, of which the first is not 0.
pub(crate) fn digits(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    for place in 0..length {
        let digit = if place == 0 { 1 + dice.below(9) } else { dice.below(10) };
        out.push(b'0' + digit as u8);
    }
}

/// `length` letters and digits of either case, as in the unique part of a log file's name.
pub(crate) fn alphanumeric(out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
    out.extend((0..length).map(|_| BASE64[dice.below(62) as usize]));
}

/// A random UUID (version 4).
pub(crate) fn uuid(out: &mut Vec<u8>, dice: &mut Dice) {
    let start = out.len();
    hex(out, dice, 36);
    let text = &mut out[start..];
    for dash in [8, 13, 18, 23] {
        text[dash] = b'-';
    }
    text[14] = b'4';
    text[19] = HEX[8 + usize::from(text[19] & 3)];
}

/// An address of the ranges set aside for documentation: IPv4 (RFC 5737), now and then IPv6
/// (RFC 3849).
pub(crate) fn public_address(out: &mut Vec<u8>, dice: &mut Dice) {
    let prefix: &[u8] = match dice.below(20) {
        0..7 => b"192.0.2.",
        7..12 => b"198.51.100.",
        12..18 => b"203.0.113.",
        _ => {
            out.extend_from_slice(b"2001:db8:");
            // A group that begins with 0 would not be in its shortest form.
            digits(out, dice, 1);
            hex(out, dice, 3);
            out.extend_from_slice(b"::");
            digits(out, dice, 3);
            return;
        }
    };
    out.extend_from_slice(prefix);
    number(out, u64::from(1 + dice.below(254)));
}

/// An address inside a virtual private cloud.
pub(crate) fn private_address(out: &mut Vec<u8>, dice: &mut Dice) {
    out.extend_from_slice(b"10.");
    for (bound, end) in [(8, &b"."[..]), (64, b"."), (254, b"")] {
        number(out, u64::from(1 + dice.below(bound)));
        out.extend_from_slice(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(write: impl Fn(&mut Vec<u8>, &mut Dice), seed: u64) -> String {
        let mut out = Vec::new();
        write(&mut out, &mut Dice::new(seed));
        String::from_utf8(out).expect("only ASCII is written")
    }

    #[test]
    fn writes_numbers() {
        for (value, text) in
            [(0, "0"), (7, "7"), (1_470, "1470"), (u64::MAX, "18446744073709551615")]
        {
            assert_eq!(drawn(|out, _| number(out, value), 0), text);
        }
    }

    #[test]
    fn writes_uuids_of_version_4() {
        for seed in 0..200 {
            let text = drawn(uuid, seed);
            let parts: Vec<&str> = text.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
            assert!(
                parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']),
                "{text}"
            );
        }
    }

    #[test]
    fn keeps_to_the_documentation_ranges() {
        for seed in 0..500 {
            let text = drawn(public_address, seed);
            let address: std::net::IpAddr = text.parse().expect("an address");
            assert!(
                ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"]
                    .iter()
                    .any(|range| text.starts_with(range)),
                "{address}"
            );
            let inside = drawn(private_address, seed);
            assert!(
                inside.parse::<std::net::Ipv4Addr>().is_ok_and(|it| it.is_private()),
                "{inside}"
            );
        }
    }

    #[test]
    fn draws_the_length_asked_for() {
        for length in [0, 1, 15, 16, 17, 700] {
            for write in [hex, base32, base64, base64_url, digits, alphanumeric] {
                assert_eq!(drawn(|out, dice| write(out, dice, length), 5).len(), length);
            }
        }
    }
}
