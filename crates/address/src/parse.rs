//! Exact text of an IP address, and nothing else.

use std::net::{IpAddr, Ipv4Addr};

/// The longest text that an address has: an IPv6 address that ends with an IPv4 one.
const TEXT_MAX: usize = 45;

/// The address that `text` is, if it is exactly one: no blanks, no port, no prefix length, no
/// zone, no leading zeros in IPv4.
///
/// An IPv4 address written as an IPv6 one (`::ffff:10.0.0.1`) is the IPv4 address.
#[inline]
pub fn parse(text: &str) -> Option<IpAddr> {
    let bytes = text.as_bytes();
    // Most texts that are no address are names, and begin or end unlike any address.
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b':';
    if !bytes.first().is_some_and(is_part) || bytes.len() > TEXT_MAX {
        return None;
    }
    match v4(bytes) {
        Some(address) => Some(IpAddr::V4(address)),
        // Every IPv6 address has a colon in its first five bytes.
        None if bytes.iter().take(5).any(|&byte| byte == b':') => {
            text.parse::<IpAddr>().ok().map(|address| address.to_canonical())
        }
        None => None,
    }
}

/// Four numbers up to 255 without leading zeros, and a dot between each two.
fn v4(bytes: &[u8]) -> Option<Ipv4Addr> {
    let (mut octets, mut number, mut digits, mut dots) = ([0; 4], 0u32, 0, 0);
    for &byte in bytes {
        match byte {
            b'0'..=b'9' if digits == 0 || (number != 0 && digits < 3) => {
                number = number * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && dots < 3 => {
                octets[dots] = u8::try_from(number).ok()?;
                (number, digits, dots) = (0, 0, dots + 1);
            }
            _ => return None,
        }
    }
    octets[3] = u8::try_from(number).ok()?;
    (digits > 0 && dots == 3).then(|| Ipv4Addr::from_octets(octets))
}
