//! The blocks of addresses that the IANA has set aside for special purposes.

use crate::{Builder, Network, Table};
use std::net::IpAddr;

/// What the addresses of a special-purpose block are for the rest of the Internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpecialKind {
    /// For use inside one organization or provider; the same address exists many times.
    Private,
    /// Not for use on the Internet, or not at all.
    Reserved,
    /// Globally reachable like any other address, though it serves a special purpose.
    Reachable,
}

/// A row of the registries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialBlock {
    /// The network in CIDR notation.
    pub network: &'static str,
    /// What it is for, in kebab-case.
    pub name: &'static str,
    /// What its addresses are for the rest of the Internet.
    pub kind: SpecialKind,
    /// The document that set it aside.
    pub source: &'static str,
}

/// Finds the special-purpose block of an address; made once and kept.
#[derive(Clone, Debug)]
pub struct SpecialBlocks {
    table: Table<&'static SpecialBlock>,
}

impl SpecialBlocks {
    /// The blocks of the registries of the IANA.
    pub fn new() -> Self {
        let mut builder = Builder::default();
        for block in BLOCKS {
            // The tests hold that every row is a network.
            if let Ok(network) = block.network.parse::<Network>() {
                builder.add(network, block);
            }
        }
        SpecialBlocks { table: builder.build() }
    }

    /// All rows, those of IPv4 first, each family in the order of its addresses; among them the
    /// one that ordinary IPv6 addresses are taken from, which [`SpecialBlocks::find`] never
    /// finds.
    pub fn all() -> &'static [SpecialBlock] {
        BLOCKS
    }

    /// The narrowest block that an address is in; `None` for an ordinary public address.
    #[inline]
    pub fn find(&self, address: IpAddr) -> Option<&'static SpecialBlock> {
        self.table
            .find(address)
            .next()
            .map(|found| *found.value)
            .filter(|block| !block.is_ordinary())
    }
}

impl Default for SpecialBlocks {
    fn default() -> Self {
        SpecialBlocks::new()
    }
}

impl SpecialBlock {
    /// Whether it is no special-purpose block but what ordinary addresses are taken from.
    fn is_ordinary(&self) -> bool {
        self.name == ORDINARY
    }
}

/// The name of the row for ordinary addresses.
const ORDINARY: &str = "global-unicast";

const fn row(
    network: &'static str,
    name: &'static str,
    kind: SpecialKind,
    source: &'static str,
) -> SpecialBlock {
    SpecialBlock { network, name, kind, source }
}

use SpecialKind::{Private, Reachable, Reserved};

/// All blocks, those of IPv4 first, each family in the order of its addresses.
///
/// From the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, as updated by
/// RFC 8190), the youngest row being that of RFC 9780. What is not globally reachable there is
/// private if the registries let routers forward it, and reserved if they do not or if it is for
/// benchmarks, to be discarded, or no more in use. Beyond their columns: `link-local` is private,
/// because one organization uses it; 6to4 and Teredo, where the answer is "N/A", are reachable,
/// because both were made to be reached over the Internet; the two blocks that are terminated
/// (`6to4-relay-anycast` and the older `orchid`) have no answer and are reserved.
///
/// Not in those registries: multicast (RFC 5771, RFC 4291), and for IPv6 the space outside of
/// 2000::/3, which nobody is given addresses from (IANA, "Internet Protocol Version 6 Address
/// Space"). Left out: 0.0.0.0/32, which is inside a block of the same purpose, and ::ffff:0:0/96,
/// whose addresses are read as IPv4 addresses.
#[rustfmt::skip]
static BLOCKS: &[SpecialBlock] = &[
    row("0.0.0.0/8", "this-network", Reserved, "RFC 791, section 3.2"),
    row("10.0.0.0/8", "private-use", Private, "RFC 1918"),
    row("100.64.0.0/10", "shared-address-space", Private, "RFC 6598"),
    row("127.0.0.0/8", "loopback", Reserved, "RFC 1122, section 3.2.1.3"),
    row("169.254.0.0/16", "link-local", Private, "RFC 3927"),
    row("172.16.0.0/12", "private-use", Private, "RFC 1918"),
    row("192.0.0.0/24", "ietf-protocol-assignments", Reserved, "RFC 6890, section 2.1"),
    row("192.0.0.0/29", "ipv4-service-continuity", Private, "RFC 7335"),
    row("192.0.0.8/32", "dummy", Reserved, "RFC 7600"),
    row("192.0.0.9/32", "port-control-protocol-anycast", Reachable, "RFC 7723"),
    row("192.0.0.10/32", "turn-anycast", Reachable, "RFC 8155"),
    row("192.0.0.170/32", "nat64-dns64-discovery", Reserved, "RFC 7050, section 2.2"),
    row("192.0.0.171/32", "nat64-dns64-discovery", Reserved, "RFC 7050, section 2.2"),
    row("192.0.2.0/24", "documentation", Reserved, "RFC 5737"),
    row("192.31.196.0/24", "as112", Reachable, "RFC 7535"),
    row("192.52.193.0/24", "amt", Reachable, "RFC 7450"),
    row("192.88.99.0/24", "6to4-relay-anycast", Reserved, "RFC 7526"),
    row("192.88.99.2/32", "6a44-relay-anycast", Private, "RFC 6751"),
    row("192.168.0.0/16", "private-use", Private, "RFC 1918"),
    row("192.175.48.0/24", "as112", Reachable, "RFC 7534"),
    row("198.18.0.0/15", "benchmarking", Reserved, "RFC 2544"),
    row("198.51.100.0/24", "documentation", Reserved, "RFC 5737"),
    row("203.0.113.0/24", "documentation", Reserved, "RFC 5737"),
    row("224.0.0.0/4", "multicast", Reserved, "RFC 5771"),
    row("240.0.0.0/4", "reserved", Reserved, "RFC 1112, section 4"),
    row("255.255.255.255/32", "limited-broadcast", Reserved, "RFC 919, section 7"),

    row("::/0", "unassigned", Reserved, "IANA, IPv6 Address Space"),
    row("::/128", "unspecified", Reserved, "RFC 4291"),
    row("::1/128", "loopback", Reserved, "RFC 4291"),
    row("64:ff9b::/96", "ipv4-ipv6-translation", Reachable, "RFC 6052"),
    row("64:ff9b:1::/48", "ipv4-ipv6-translation", Private, "RFC 8215"),
    row("100::/64", "discard-only", Reserved, "RFC 6666"),
    row("100:0:0:1::/64", "dummy", Reserved, "RFC 9780"),
    row("2000::/3", ORDINARY, Reachable, "IANA, IPv6 Address Space"),
    row("2001::/23", "ietf-protocol-assignments", Reserved, "RFC 2928"),
    row("2001::/32", "teredo", Reachable, "RFC 4380"),
    row("2001:1::1/128", "port-control-protocol-anycast", Reachable, "RFC 7723"),
    row("2001:1::2/128", "turn-anycast", Reachable, "RFC 8155"),
    row("2001:1::3/128", "dns-sd-registration-anycast", Reachable, "RFC 9665"),
    row("2001:2::/48", "benchmarking", Reserved, "RFC 5180"),
    row("2001:3::/32", "amt", Reachable, "RFC 7450"),
    row("2001:4:112::/48", "as112", Reachable, "RFC 7535"),
    row("2001:10::/28", "orchid", Reserved, "RFC 4843"),
    row("2001:20::/28", "orchid", Reachable, "RFC 7343"),
    row("2001:30::/28", "drone-remote-id", Reachable, "RFC 9374"),
    row("2001:db8::/32", "documentation", Reserved, "RFC 3849"),
    row("2002::/16", "6to4", Reachable, "RFC 3056"),
    row("2620:4f:8000::/48", "as112", Reachable, "RFC 7534"),
    row("3fff::/20", "documentation", Reserved, "RFC 9637"),
    row("5f00::/16", "segment-routing", Private, "RFC 9602"),
    row("fc00::/7", "unique-local", Private, "RFC 4193"),
    row("fe80::/10", "link-local", Private, "RFC 4291"),
    row("ff00::/8", "multicast", Reserved, "RFC 4291"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_network_in_its_order() {
        let networks: Vec<Network> =
            BLOCKS.iter().map(|block| block.network.parse().expect(block.network)).collect();
        assert!(networks.is_sorted_by_key(|network| (network.address(), network.bits())));
        let blocks = SpecialBlocks::new();
        for network in networks {
            let address = network.address();
            let here = BLOCKS.iter().map(|block| (block.network.parse::<Network>(), block));
            let around = here.filter(|(network, _)| network.unwrap().contains(address));
            let narrowest = around.max_by_key(|(network, _)| network.unwrap().bits());
            let expected = narrowest.map(|(_, block)| block).filter(|block| !block.is_ordinary());
            assert_eq!(blocks.find(address), expected, "{network}");
        }
    }

    #[test]
    fn addresses_are_told_apart() {
        let blocks = SpecialBlocks::new();
        let of = |text: &str| blocks.find(crate::parse(text).unwrap()).map(|b| (b.name, b.kind));
        assert_eq!(of("8.8.8.8"), None);
        assert_eq!(of("172.15.255.255"), None);
        assert_eq!(of("172.16.0.0"), Some(("private-use", Private)));
        assert_eq!(of("172.32.0.0"), None);
        assert_eq!(of("100.127.255.255"), Some(("shared-address-space", Private)));
        assert_eq!(of("192.0.0.9"), Some(("port-control-protocol-anycast", Reachable)));
        assert_eq!(of("192.0.0.7"), Some(("ipv4-service-continuity", Private)));
        assert_eq!(of("192.0.0.8"), Some(("dummy", Reserved)));
        assert_eq!(of("192.0.0.11"), Some(("ietf-protocol-assignments", Reserved)));
        assert_eq!(of("192.88.99.1"), Some(("6to4-relay-anycast", Reserved)));
        assert_eq!(of("192.88.99.2"), Some(("6a44-relay-anycast", Private)));
        assert_eq!(of("255.255.255.254"), Some(("reserved", Reserved)));
        assert_eq!(of("255.255.255.255"), Some(("limited-broadcast", Reserved)));
        assert_eq!(of("2600:1f18::1"), None);
        assert_eq!(of("::ffff:10.0.0.1"), Some(("private-use", Private)));
        assert_eq!(of("4000::1"), Some(("unassigned", Reserved)));
        assert_eq!(of("2001:0:1::"), Some(("teredo", Reachable)));
        assert_eq!(of("2001:1::"), Some(("ietf-protocol-assignments", Reserved)));
        assert_eq!(of("fd00::1"), Some(("unique-local", Private)));
    }
}
