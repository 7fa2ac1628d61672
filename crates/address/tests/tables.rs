//! Tables find what a look through all networks finds, and texts are read as the standard library
//! reads them.

use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use trailmill_address::{Network, NetworkError, Table, parse};

fn address() -> impl Strategy<Value = IpAddr> {
    // Close together, so that networks nest and meet.
    let v4 = prop_oneof![any::<u32>(), 0..64u32, (u32::MAX - 64)..=u32::MAX];
    let v6 = prop_oneof![any::<u128>(), 0..64u128, (u128::MAX - 64)..=u128::MAX];
    prop_oneof![
        v4.prop_map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits))),
        v6.prop_map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits))),
    ]
}

fn network() -> impl Strategy<Value = Network> {
    (address(), 0..=128u8, any::<bool>()).prop_map(|(address, bits, near_the_end)| {
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = if near_the_end { most - bits % 8 } else { bits % (most + 1) };
        Network::new(address, bits).unwrap()
    })
}

/// All networks that an address is in, narrowest first, by looking at each.
fn looked_through(networks: &[Network], address: IpAddr) -> Vec<(Network, usize)> {
    let pairs = networks.iter().enumerate().filter(|(_, network)| network.contains(address));
    let mut found: Vec<(Network, usize)> =
        pairs.map(|(number, network)| (*network, number)).collect();
    found.sort_by_key(|(network, number)| (u8::MAX - network.bits(), *number));
    found
}

proptest! {
    #[test]
    fn a_table_finds_what_is_there(
        networks in proptest::collection::vec(network(), 0..80),
        others in proptest::collection::vec(address(), 1..40),
    ) {
        let table = Table::new(networks.iter().copied().zip(0..));
        prop_assert_eq!(table.len(), networks.len());
        let edges = networks.iter().flat_map(|network| edges(*network));
        for address in others.into_iter().chain(edges) {
            let found: Vec<(Network, usize)> =
                table.find(address).map(|found| (found.network, *found.value)).collect();
            prop_assert_eq!(found, looked_through(&networks, address), "{}", address);
        }
    }

    #[test]
    fn text_is_read_as_the_standard_library_does(
        text in prop_oneof![
            "[0-9.]{1,16}", "[0-9a-f:.]{1,46}", "([0-9]{1,3}\\.){3}[0-9]{1,3}", "::ffff:[0-9.]{7,15}",
            ".{0,8}", "([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}",
        ],
    ) {
        let expected = text.parse::<IpAddr>().ok().map(|address| address.to_canonical());
        prop_assert_eq!(parse(&text), expected, "{}", text);
    }

    #[test]
    fn what_is_written_is_read(network in network()) {
        let is_mapped = network.address().to_canonical() != network.address();
        prop_assert!(is_mapped || network.to_string().parse() == Ok(network));
    }
}

/// The first and last address of a network, and those beside it.
fn edges(network: Network) -> Vec<IpAddr> {
    match network.address() {
        IpAddr::V4(first) => {
            let hosts = u32::MAX.checked_shr(network.bits().into()).unwrap_or(0);
            let (first, last) = (first.to_bits(), first.to_bits() | hosts);
            let all = [first.wrapping_sub(1), first, last, last.wrapping_add(1)];
            all.map(|bits| IpAddr::V4(bits.into())).to_vec()
        }
        IpAddr::V6(first) => {
            let hosts = u128::MAX.checked_shr(network.bits().into()).unwrap_or(0);
            let (first, last) = (first.to_bits(), first.to_bits() | hosts);
            let all = [first.wrapping_sub(1), first, last, last.wrapping_add(1)];
            all.map(|bits| IpAddr::V6(bits.into())).to_vec()
        }
    }
}

#[test]
fn only_exact_text_is_an_address() {
    for text in [
        "",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.4:80",
        "1.2.3.4/32",
        "30.*.0.210",
        "fe80::1%eth0",
        "[::1]",
        "0x1.2.3.4",
        "1..2.3",
        "localhost",
        "1.2.3.4\0",
        "::ffff:1.2.3",
        "AWS Internal",
        "config.amazonaws.com",
        "1.2.3.１",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
    assert_eq!(parse("::FFFF:1.2.3.4"), parse("1.2.3.4"));
    assert_eq!(parse("2001:DB8:0:0:0:0:0:1").unwrap().to_string(), "2001:db8::1");
}

#[test]
fn networks_are_read_strictly() {
    let network = |text: &str| text.parse::<Network>();
    assert_eq!(network("::ffff:10.0.0.0/104"), network("10.0.0.0/8"));
    assert_eq!(network("10.0.0.1").unwrap().to_string(), "10.0.0.1");
    assert_eq!(network("10.0.0.1/32").unwrap().to_string(), "10.0.0.1");
    assert_eq!(network("0.0.0.0/0").unwrap().to_string(), "0.0.0.0/0");
    assert_eq!(network("10.0.0/8"), Err(NetworkError::Address));
    for text in [
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "::ffff:0.0.0.0/95",
        "10.0.0.0/ 8",
        "10.0.0.0/300",
    ] {
        assert_eq!(network(text), Err(NetworkError::Bits), "{text}");
    }
    let error = network("10.1.2.3/8").unwrap_err();
    let message = "no network: bits behind the prefix are set; the network is `10.0.0.0/8`";
    assert_eq!(error.to_string(), message);
}

#[test]
fn the_same_again_is_left_out() {
    let network = |text: &str| text.parse::<Network>().unwrap();
    let (wide, narrow) = (network("10.0.0.0/8"), network("10.0.0.0/9"));
    let table = Table::new([(wide, 1), (narrow, 1), (wide, 1), (wide, 2), (wide, 1)]);
    let found: Vec<_> = table.find(narrow.address()).map(|f| (f.network, *f.value)).collect();
    assert_eq!(found, [(narrow, 1), (wide, 1), (wide, 2), (wide, 1)]);
    assert_eq!(table.len(), 4);
}
