//! Which texts are public IP addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest text of an address: IPv6 that ends as IPv4 does.
const TEXT_MAX: usize = 45;

/// The address that a text is, whole and in a usual spelling, if it is a public one.
///
/// `sourceIPAddress` may as well be the name of a service, `AWS Internal` and the like ("CloudTrail
/// record contents", CloudTrail user guide).
pub(crate) fn public(text: &str) -> Option<IpAddr> {
    let bytes = text.as_bytes();
    // Most of what is no address is told by its first byte: `ec2.amazonaws.com`.
    let first = bytes.first().filter(|first| first.is_ascii_hexdigit() || **first == b':')?;
    if bytes.len() > TEXT_MAX || (first.is_ascii_alphabetic() && !bytes.contains(&b':')) {
        return None;
    }
    let address = text.parse::<IpAddr>().ok()?.to_canonical();
    let is_public = match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    };
    is_public.then_some(address)
}

/// Whether an address is of none of the networks of the IANA IPv4 Special-Purpose Address Registry
/// that are not globally reachable, nor of those that are terminated, nor multicast.
fn is_public_v4(address: Ipv4Addr) -> bool {
    match address.octets() {
        [0 | 10 | 127, ..] => false,
        [100, second, ..] if second & 0xc0 == 64 => false,
        [169, 254, ..] | [192, 168, ..] => false,
        [172, second, ..] if second & 0xf0 == 16 => false,
        // Two of the protocol assignments are reachable everywhere.
        [192, 0, 0, last] => matches!(last, 9 | 10),
        // Relays that are no more (RFC 7526), and one inside a provider (RFC 6751).
        [192, 88, 99, _] => false,
        // Networks for documentation, and for benchmarks.
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => false,
        [198, 18 | 19, ..] => false,
        [first, ..] => first < 224,
    }
}

/// Whether an address is global unicast (2000::/3; IANA, "Internet Protocol Version 6 Address
/// Space") and of none of the networks of the IANA IPv6 Special-Purpose Address Registry that are
/// not globally reachable. 6to4 counts as public: databases lead from there to the IPv4 address
/// inside (MaxMind DB File Format Specification, "IPv4 addresses in an IPv6 tree").
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // Of the protocol assignments: anycast, Teredo, AMT, AS112, ORCHIDv2 and remote ids of
        // drones are reachable everywhere.
        [0x2001, 1, 0, 0, 0, 0, 0, 1..=3]
        | [0x2001, 0 | 3 | 0x20..=0x3f, ..]
        | [0x2001, 4, 0x112, ..] => true,
        [0x2001, 0..=0x1ff, ..] => false,
        // Documentation.
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trailmill_address::{Network, SpecialBlocks, SpecialKind};

    /// A network that `enrich-source-address` calls public and this plugin does not look up: its
    /// addresses stand for IPv4 addresses (RFC 6052), and no source of an IPv6 network is known
    /// for it.
    const TRANSLATED: &str = "64:ff9b::/96";

    /// The addresses around both ends of a network that are of its family.
    fn ends(network: Network) -> Vec<IpAddr> {
        let host_bits = |bits: u8| u128::MAX.checked_shr(128 - u32::from(bits)).unwrap_or(0);
        let (first, bits, max) = match network.address() {
            IpAddr::V4(first) => (first.to_bits().into(), 32, u32::MAX.into()),
            IpAddr::V6(first) => (first.to_bits(), 128, u128::MAX),
        };
        let last: u128 = first | host_bits(bits - network.bits());
        let numbers = [first.checked_sub(1), Some(first), Some(last), last.checked_add(1)];
        let numbers = numbers.into_iter().flatten().filter(|number| *number <= max);
        let address = |number: u128| match network.address() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(number).unwrap())),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from_bits(number)).to_canonical(),
        };
        numbers.map(address).collect()
    }

    #[test]
    fn what_is_public_here_is_public_in_the_registries() {
        let (blocks, translated) = (SpecialBlocks::new(), TRANSLATED.parse::<Network>().unwrap());
        let mut differences = 0;
        for row in SpecialBlocks::all() {
            for address in ends(row.network.parse().unwrap()) {
                let block = blocks.find(address);
                let is_reachable = block.is_none_or(|block| block.kind == SpecialKind::Reachable);
                let is_public = public(&address.to_string()).is_some();
                if translated.contains(address) {
                    assert!(is_reachable && !is_public, "{address}");
                    differences += 1;
                } else {
                    assert_eq!(is_public, is_reachable, "{address} {block:?}");
                }
            }
        }
        assert_eq!(differences, 2);
    }

    #[test]
    fn only_whole_public_addresses() {
        let good = [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.0.9",
            "223.255.255.255",
            "2600:1f18::1",
            "2001:4860:4860::8888",
            "2A00:1450::",
            "2001:1::3",
            "::ffff:8.8.8.8",
        ];
        for text in good {
            assert!(public(text).is_some(), "{text}");
        }
        assert_eq!(public("::ffff:8.8.8.8"), public("8.8.8.8"));
        let bad = [
            "",
            " 8.8.8.8",
            "8.8.8.8 ",
            "8.8.8",
            "8.8.8.08",
            "8.8.8.8:443",
            "8.8.8.0/24",
            "0x8.8.8.8",
            "AWS Internal",
            "ec2.amazonaws.com",
            "cloudtrail.amazonaws.com",
            "134744072",
            "[::1]",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "3fff::1",
            "::ffff:10.0.0.1",
            "64:ff9b::1",
            "2001:2:0::1",
            "2001:1::4",
            "2001:10::1",
            "1.1.1.1\u{0}",
        ];
        for text in bad {
            assert_eq!(public(text), None, "{text}");
        }
    }
}
