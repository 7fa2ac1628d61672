//! The address ranges of AWS, from the file `ip-ranges.json` that AWS publishes.

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::borrow::Cow;
use std::net::IpAddr;
use trailmill_address::{Builder, Network, NetworkError, Table};

/// The subset that holds the addresses of all other subsets too.
const ALL: &str = "AMAZON";

/// The address ranges of AWS.
#[derive(Clone, Debug)]
pub struct AwsRanges {
    table: Table<AwsRange>,
    date: Option<String>,
}

/// A range of addresses of AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsRange {
    service: Box<str>,
    region: Box<str>,
    network: Box<str>,
}

/// The file. Members that it may get one day are left alone.
#[derive(Deserialize)]
struct File<'f> {
    #[serde(rename = "createDate", borrow, default)]
    create_date: Option<Cow<'f, str>>,
    #[serde(borrow)]
    prefixes: Vec<V4<'f>>,
    #[serde(borrow)]
    ipv6_prefixes: Vec<V6<'f>>,
}

#[derive(Deserialize)]
struct V4<'f> {
    ip_prefix: Prefix,
    #[serde(borrow)]
    region: Cow<'f, str>,
    #[serde(borrow)]
    service: Cow<'f, str>,
}

#[derive(Deserialize)]
struct V6<'f> {
    ipv6_prefix: Prefix,
    #[serde(borrow)]
    region: Cow<'f, str>,
    #[serde(borrow)]
    service: Cow<'f, str>,
}

/// A network, read while the place in the file is known.
struct Prefix(Network);

impl<'de> Deserialize<'de> for Prefix {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        match text.parse::<Network>() {
            // AWS's own example of a prefix has such bits: `198.51.100.2/24`.
            Ok(network) | Err(NetworkError::HostBits { network }) => Ok(Prefix(network)),
            Err(error) => Err(D::Error::custom(format_args!("a prefix is {error}"))),
        }
    }
}

impl AwsRanges {
    /// Reads the content of `ip-ranges.json`, in the syntax that the Amazon VPC User Guide gives
    /// ("Syntax for AWS IP address range JSON").
    ///
    /// # Errors
    /// Where and what is wrong with it: `, line 3: missing field ...`, to go behind the file name.
    pub fn read(content: &[u8]) -> Result<Self, String> {
        let file: File<'_> = serde_json::from_slice(content).map_err(|error| at_line(&error))?;
        let mut builder = Builder::default();
        let v4 = file.prefixes.iter().map(|row| (&row.ip_prefix, &row.region, &row.service));
        let v6 = file.ipv6_prefixes.iter().map(|row| (&row.ipv6_prefix, &row.region, &row.service));
        for (Prefix(network), region, service) in v4.chain(v6) {
            builder.add(*network, AwsRange::new(*network, region, service));
        }
        let table = builder.build();
        match table.is_empty() {
            true => Err(": there is no range in it".to_owned()),
            false => Ok(AwsRanges { table, date: file.create_date.map(Cow::into_owned) }),
        }
    }

    /// When AWS has made the file, as it says so itself.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The narrowest range of a service that an address is in; failing that, the narrowest range
    /// that is only known to be of AWS. Of equal ranges of several services, the first in the file.
    #[inline]
    pub(crate) fn find(&self, address: IpAddr) -> Option<&AwsRange> {
        let mut general = None;
        for found in self.table.find(address) {
            if !found.value.is_general() {
                return Some(found.value);
            }
            general = general.or(Some(found.value));
        }
        general
    }
}

/// The line first, and what is wrong behind it.
fn at_line(error: &serde_json::Error) -> String {
    let (line, message) = (error.line(), error.to_string());
    let place = format!(" at line {line} column {}", error.column());
    format!(", line {line}: {}", message.strip_suffix(&place).unwrap_or(&message))
}

impl AwsRange {
    fn new(network: Network, region: &str, service: &str) -> Self {
        let network = network.to_string().into();
        AwsRange { service: service.into(), region: region.into(), network }
    }

    /// Whether it is only known to be of AWS, and of no service in particular.
    fn is_general(&self) -> bool {
        &*self.service == ALL
    }

    /// The subset of the ranges that it belongs to: `EC2`, or `AMAZON` for no service in
    /// particular.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The region, or `GLOBAL`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The range itself, in CIDR notation.
    pub fn network(&self) -> &str {
        &self.network
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(rows: &[(&str, &str)], address: &str) -> Option<String> {
        let rows: Vec<String> = rows
            .iter()
            .map(|(network, service)| {
                format!(r#"{{"ip_prefix":"{network}","region":"r","service":"{service}","x":1}}"#)
            })
            .collect();
        let text = format!(r#"{{"prefixes":[{}],"ipv6_prefixes":[]}}"#, rows.join(","));
        let ranges = AwsRanges::read(text.as_bytes()).unwrap();
        let address = trailmill_address::parse(address).unwrap();
        ranges.find(address).map(|range| format!("{} {}", range.service(), range.network()))
    }

    fn members(service: &str, network: &str) -> Option<String> {
        Some(format!("{service} {network}"))
    }

    #[test]
    fn the_narrowest_range_of_a_service_is_found() {
        let rows = [
            ("3.0.0.0/8", "AMAZON"),
            ("3.5.0.0/16", "EC2"),
            ("3.5.0.0/16", "AMAZON"),
            ("3.5.1.0/24", "S3"),
            ("3.5.1.0/24", "AMAZON"),
            ("3.5.1.128/25", "AMAZON"),
            ("3.5.2.0/24", "ONE"),
            ("3.5.2.0/24", "TWO"),
        ];
        assert_eq!(find(&rows, "3.5.0.1"), members("EC2", "3.5.0.0/16"));
        assert_eq!(find(&rows, "3.5.1.1"), members("S3", "3.5.1.0/24"));
        assert_eq!(find(&rows, "3.5.1.129"), members("S3", "3.5.1.0/24"));
        assert_eq!(find(&rows, "3.5.2.1"), members("ONE", "3.5.2.0/24"));
        assert_eq!(find(&rows, "3.6.0.1"), members("AMAZON", "3.0.0.0/8"));
        assert_eq!(find(&rows, "4.0.0.1"), None);
        assert_eq!(
            find(&[("198.51.100.2/24", "A\\\"")], "198.51.100.9"),
            members("A\"", "198.51.100.0/24")
        );
    }
}
