//! An IP network: an address and how many of its bits count.

use crate::parse;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An IP network in CIDR notation (RFC 4632, RFC 4291): an address, whose bits behind those that
/// count are zero, and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// Why a text is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkError {
    /// What stands before the slash is no exact address.
    Address,
    /// What stands behind the slash is no number of bits, or more than the address has.
    Bits,
    /// Bits of the address are set that do not count.
    HostBits {
        /// The network with those bits cleared.
        network: Network,
    },
}

impl Network {
    /// The network of `address` in which `bits` bits count; the others are cleared. `None` if the
    /// address has fewer bits.
    pub fn new(address: IpAddr, bits: u8) -> Option<Self> {
        let address = match address {
            IpAddr::V4(address) if bits <= 32 => {
                let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) if bits <= 128 => {
                let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
            _ => return None,
        };
        Some(Network { address, bits })
    }

    /// The network that holds `address` only.
    pub fn host(address: IpAddr) -> Self {
        let bits = if address.is_ipv4() { 32 } else { 128 };
        Network { address, bits }
    }

    /// Its first address.
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// How many bits count.
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// Whether it holds one address only.
    pub fn is_host(self) -> bool {
        self == Network::host(self.address)
    }

    /// Whether `address` is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4()
            && Network::new(address, self.bits) == Some(self)
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    /// Reads `10.0.0.0/8` or `fd00::/8`; an address alone is a network of one. An IPv4 network
    /// written as an IPv6 one (`::ffff:10.0.0.0/104`) is the IPv4 network.
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let Some((address, bits)) = text.split_once('/') else {
            return parse(text).map(Network::host).ok_or(NetworkError::Address);
        };
        let is_v6 = address.contains(':');
        let address = parse(address).ok_or(NetworkError::Address)?;
        let mut bits = number(bits).ok_or(NetworkError::Bits)?;
        if is_v6 && address.is_ipv4() {
            // Fewer bits would reach beyond the IPv4 addresses.
            bits = bits.checked_sub(96).ok_or(NetworkError::Bits)?;
        }
        let network = Network::new(address, bits).ok_or(NetworkError::Bits)?;
        match network.address == address {
            true => Ok(network),
            false => Err(NetworkError::HostBits { network }),
        }
    }
}

/// A number without sign and leading zeros.
fn number(digits: &str) -> Option<u8> {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_zeros = digits.len() > 1 && digits.starts_with('0');
    if is_plain && !has_zeros { digits.parse().ok() } else { None }
}

impl fmt::Display for Network {
    /// Writes `10.0.0.0/8`, and an address alone for a network of one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_host() {
            true => write!(f, "{}", self.address),
            false => write!(f, "{}/{}", self.address, self.bits),
        }
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NetworkError::Address => f.write_str("no IP address or network in CIDR notation"),
            NetworkError::Bits => f.write_str(
                "no network: behind the slash belongs a number up to 32 for IPv4, to 128 for IPv6",
            ),
            NetworkError::HostBits { network } => {
                write!(f, "no network: bits behind the prefix are set; the network is `{network}`")
            }
        }
    }
}

impl std::error::Error for NetworkError {}
