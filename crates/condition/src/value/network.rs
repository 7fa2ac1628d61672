//! IP networks in CIDR notation, one and many.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An IP network: an address and how many of its bits count.
///
/// Bits behind those that count are taken for zero, as EventBridge does. IPv4 addresses that are
/// written as IPv6 ones (`::ffff:10.0.0.1`) are IPv4 addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// The first and the last address.
    fn range(self) -> Range {
        match self.address {
            IpAddr::V4(address) => {
                let hosts = u32::MAX.checked_shr(self.bits.into()).unwrap_or(0);
                let first = address.to_bits() & !hosts;
                Range::V4(first, first | hosts)
            }
            IpAddr::V6(address) => {
                let hosts = u128::MAX.checked_shr(self.bits.into()).unwrap_or(0);
                let first = address.to_bits() & !hosts;
                Range::V6(first, first | hosts)
            }
        }
    }
}

enum Range {
    V4(u32, u32),
    V6(u128, u128),
}

impl FromStr for Network {
    type Err = ();

    /// Reads `10.0.0.0/8` or `fd00::/8`; an address alone is a network of one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let written: IpAddr = address.parse().map_err(|_| ())?;
        let bits_max: u8 = if written.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => bits_max,
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().map_err(|_| ())?
            }
            Some(_) => return Err(()),
        };
        if bits > bits_max {
            return Err(());
        }
        let address = written.to_canonical();
        if written.is_ipv6() && address.is_ipv4() {
            // Fewer bits would reach beyond the IPv4 addresses.
            return Ok(Network { address, bits: bits.checked_sub(96).ok_or(())? });
        }
        Ok(Network { address, bits })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// Many networks, looked up in logarithmic time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Networks {
    // First and last addresses, sorted, with nothing in two ranges.
    v4: Box<[(u32, u32)]>,
    v6: Box<[(u128, u128)]>,
}

impl Networks {
    /// Makes networks ready for looking up.
    pub(crate) fn new(networks: impl IntoIterator<Item = Network>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for network in networks {
            match network.range() {
                Range::V4(first, last) => v4.push((first, last)),
                Range::V6(first, last) => v6.push((first, last)),
            }
        }
        Networks { v4: merged(v4), v6: merged(v6) }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether `text` is an IP address, and nothing else, in one of them.
    pub(crate) fn contain(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        match text.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V4(address)) => within(&self.v4, address.to_bits()),
            Ok(IpAddr::V6(address)) => within(&self.v6, address.to_bits()),
            Err(_) => false,
        }
    }
}

fn merged<T: Ord + Copy>(mut ranges: Vec<(T, T)>) -> Box<[(T, T)]> {
    ranges.sort_unstable();
    let mut merged: Vec<(T, T)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged.into()
}

fn within<T: Ord + Copy>(ranges: &[(T, T)], address: T) -> bool {
    let behind = ranges.partition_point(|(first, _)| *first <= address);
    behind > 0 && address <= ranges[behind - 1].1
}

#[cfg(test)]
mod tests {
    use super::{Network, Networks};

    fn networks(texts: &[&str]) -> Networks {
        Networks::new(texts.iter().map(|text| text.parse().expect(text)))
    }

    #[test]
    fn knows_what_is_inside() {
        let private = networks(&["192.168.0.0/16", "10.1.2.3/8", "10.1.0.0/16", "fd00::/8"]);
        for inside in
            ["10.0.0.0", "10.255.255.255", "192.168.7.7", "fd12::1", "::ffff:10.0.0.1", "10.1.9.9"]
        {
            assert!(private.contain(inside), "{inside}");
        }
        for outside in [
            "9.255.255.255",
            "11.0.0.0",
            "192.169.0.0",
            "fe00::",
            "::a00:1",
            "",
            "10.0.0.1 ",
            "10.0.0",
            "010.0.0.1",
            "10.0.0.1:80",
            "AWS Internal",
            "ec2.amazonaws.com",
        ] {
            assert!(!private.contain(outside), "{outside}");
        }
        let everything = networks(&["0.0.0.0/0", "::/0"]);
        assert!(everything.contain("255.255.255.255") && everything.contain("ffff::"));
        let one = networks(&["10.0.0.1", "::1/128", "::ffff:10.2.0.0/112"]);
        assert!(one.contain("10.0.0.1") && one.contain("::1") && one.contain("10.2.3.4"));
        assert!(!one.contain("10.0.0.2") && !one.contain("::2") && !one.contain("10.3.0.0"));
        assert!(!Networks::default().contain("10.0.0.1"));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "10.0.0.0/",
            "10.0.0/8",
            "::/129",
            "10.0.0.0/8/8",
            "a/8",
            "/8",
            "::ffff:10.0.0.0/8",
            "10.0.0.0/256",
            "10.0.0.0 /8",
        ] {
            assert_eq!(text.parse::<Network>(), Err(()), "{text}");
        }
    }

    #[test]
    fn is_written_as_it_is_read() {
        for text in ["10.0.0.0/8", "10.1.2.3/8", "fd00::/8", "0.0.0.0/0", "::1/128"] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), text);
        }
    }
}
