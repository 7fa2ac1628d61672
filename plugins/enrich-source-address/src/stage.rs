//! The stage: tells what the source address is and puts it into the event.

use crate::aws_ranges::AwsRanges;
use crate::service::service;
use std::borrow::Cow;
use std::net::IpAddr;
use trailmill_address::{SpecialBlocks, SpecialKind, parse};
use trailmill_stage::event::json::{Key, Kind, Object};
use trailmill_stage::event::{Event, Names, Node, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static SOURCE_ADDRESS_IN_THE_WAY: FaultKind = FaultKind {
    name: "source-address-in-the-way",
    message: "there is a member `enrichment` already that is no object, so nothing is added about \
              the source address",
};

/// Adds what `sourceIPAddress` is as `enrichment.sourceAddress`.
#[derive(Debug)]
pub struct EnrichSourceAddress {
    source_address: Path,
    wanted: Names,
    special: SpecialBlocks,
    aws_ranges: Option<AwsRanges>,
}

/// What stands in the place of an address if AWS acts on its own; a number for internal use may
/// follow behind a slash (CloudTrail User Guide, "CloudTrail record contents").
const AWS_INTERNAL: &str = "AWS Internal";

/// How the ids of VPC endpoints begin. `vpcEndpointId` may also be `AWS Internal` or the name of a
/// service, and then it says nothing of an address.
const ENDPOINT: &[u8] = b"vpce-";

impl EnrichSourceAddress {
    /// The stage, with the ranges of AWS if they are known.
    pub fn new(aws_ranges: Option<AwsRanges>) -> Self {
        EnrichSourceAddress {
            source_address: Path::members(["enrichment", "sourceAddress"]),
            wanted: Names::new(["sourceIPAddress", "vpcEndpointId"]),
            special: SpecialBlocks::new(),
            aws_ranges,
        }
    }

    /// Adds what the source address is.
    fn write(&self, source: &Source<'_>, object: &mut Object<'_>) {
        match parse(&source.text) {
            Some(address) => self.write_address(address, source, object),
            None => write_name(&source.text, object),
        }
    }

    fn write_address(&self, address: IpAddr, source: &Source<'_>, object: &mut Object<'_>) {
        let special = self.special.find(address);
        let kind = match special.map(|block| block.kind) {
            _ if source.is_in_vpc => "vpc-endpoint",
            Some(SpecialKind::Private) => "private-ip",
            Some(SpecialKind::Reserved) => "reserved-ip",
            Some(SpecialKind::Reachable) | None => "public-ip",
        };
        let ranges = self.aws_ranges.as_ref().filter(|_| kind == "public-ip");
        let range = ranges.and_then(|ranges| ranges.find(address));
        object.text(&KIND, if range.is_some() { "aws-range" } else { kind });
        object.text(&FAMILY, if address.is_ipv4() { "ipv4" } else { "ipv6" });
        match address {
            // There is one way only to write an IPv4 address that is not inside an IPv6 one.
            IpAddr::V4(_) if !source.text.contains(':') => object.text(&ADDRESS, &source.text),
            _ => object.text(&ADDRESS, &address.to_string()),
        }
        if let Some(block) = special {
            object.text(&BLOCK, block.name);
        }
        if let Some(range) = range {
            object.text(&SERVICE, range.service());
            object.text(&REGION, range.region());
            object.text(&NETWORK, range.network());
        }
        if let Some(date) = range.and(ranges).and_then(AwsRanges::date) {
            object.text(&AS_OF, date);
        }
    }
}

const ADDRESS: Key = Key::new("address");
const AS_OF: Key = Key::new("asOf");
const BLOCK: Key = Key::new("block");
const FAMILY: Key = Key::new("family");
const KIND: Key = Key::new("kind");
const NETWORK: Key = Key::new("network");
const REGION: Key = Key::new("region");
const SERVICE: Key = Key::new("service");

/// What a record says about where a call came from.
struct Source<'e> {
    /// The text of `sourceIPAddress`; empty if that is no text.
    text: Cow<'e, str>,
    /// Whether there is the id of a VPC endpoint.
    is_in_vpc: bool,
}

impl<'e> Source<'e> {
    /// Reads a record; `None` if nobody says where the call came from.
    fn read(event: &'e Event<'_>, wanted: &Names) -> Option<Self> {
        let [source, endpoint] = event.root().pick(wanted);
        let source = source.filter(|source| source.kind() != Kind::Null)?;
        let text = match source.kind() {
            Kind::String => source.text()?,
            _ => Cow::Borrowed(""),
        };
        let is_in_vpc =
            endpoint.and_then(Node::as_string).is_some_and(|id| id.raw().starts_with(ENDPOINT));
        Some(Source { text, is_in_vpc })
    }
}

/// Adds what a text is that is no address.
fn write_name(text: &str, object: &mut Object<'_>) {
    if is_internal(text) {
        return object.text(&KIND, "aws-internal");
    }
    match service(text) {
        Some(service) => {
            object.text(&KIND, "aws-service");
            object.text(&SERVICE, service.name);
            if let Some(region) = service.region {
                object.text(&REGION, region);
            }
        }
        None => object.text(&KIND, "invalid"),
    }
}

fn is_internal(text: &str) -> bool {
    match text.strip_prefix(AWS_INTERNAL) {
        Some("") => true,
        Some(rest) => rest.strip_prefix('/').is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        }),
        None => false,
    }
}

impl Stage for EnrichSourceAddress {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let outcome = event.set_object(&self.source_address, |event, object| {
            if let Some(source) = Source::read(event, &self.wanted) {
                self.write(&source, object);
            }
        });
        match outcome {
            Ok(()) => Ok(Verdict::Keep),
            // Nothing was to be added, so nothing is in the way.
            Err(_) if Source::read(event, &self.wanted).is_none() => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&SOURCE_ADDRESS_IN_THE_WAY)),
        }
    }
}
