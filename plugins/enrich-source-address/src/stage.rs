//! The stage: tells what the source address is and puts it into the event.

use crate::aws_ranges::AwsRanges;
use crate::service::service;
use std::io::Write;
use std::net::IpAddr;
use trailmill_address::{SpecialBlocks, SpecialKind, parse};
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, Node, Path, Segment};
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
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichSourceAddress {
            source_address: Path::new(vec![member("enrichment"), member("sourceAddress")]),
            special: SpecialBlocks::new(),
            aws_ranges,
        }
    }

    /// Appends what the source address is; nothing if there is none.
    fn write(&self, event: &Event<'_>, out: &mut Vec<u8>) {
        let [source, endpoint] = event.root().pick(|name| match name {
            b"sourceIPAddress" => Some(0),
            b"vpcEndpointId" => Some(1),
            _ => None,
        });
        let Some(source) = source.filter(|source| source.kind() != Kind::Null) else { return };
        let text = match (source.as_string(), source.text()) {
            (Some(_), None) => return,
            (_, text) => text.unwrap_or_default(),
        };
        match parse(&text) {
            Some(address) => self.write_address(address, &text, is_endpoint(endpoint), out),
            None => write_name(&text, out),
        }
    }

    fn write_address(&self, address: IpAddr, text: &str, is_in_vpc: bool, out: &mut Vec<u8>) {
        let special = self.special.find(address);
        let kind = match special.map(|block| block.kind) {
            _ if is_in_vpc => "vpc-endpoint",
            Some(SpecialKind::Private) => "private-ip",
            Some(SpecialKind::Reserved) => "reserved-ip",
            Some(SpecialKind::Reachable) | None => "public-ip",
        };
        let ranges = self.aws_ranges.as_ref().filter(|_| kind == "public-ip");
        let range = ranges.and_then(|ranges| ranges.find(address));
        let kind = if range.is_some() { "aws-range" } else { kind };
        let family = if address.is_ipv4() { "ipv4" } else { "ipv6" };
        add(out, &["{\"kind\":\"", kind, "\",\"family\":\"", family, "\",\"address\":\""]);
        write_normal(address, text, out);
        out.push(b'"');
        if let Some(block) = special {
            add(out, &[",\"block\":\"", block.name, "\""]);
        }
        add(out, &[range.map_or("", |range| range.members()), "}"]);
    }
}

fn add(out: &mut Vec<u8>, pieces: &[&str]) {
    pieces.iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()));
}

/// Appends an address in its shortest form (RFC 5952).
fn write_normal(address: IpAddr, text: &str, out: &mut Vec<u8>) {
    match address {
        // There is one way only to write an IPv4 address that is not inside an IPv6 one.
        IpAddr::V4(_) if !text.contains(':') => out.extend_from_slice(text.as_bytes()),
        // Writing to a vector does not fail.
        _ => drop(write!(out, "{address}")),
    }
}

/// Appends what a text is that is no address.
fn write_name(text: &str, out: &mut Vec<u8>) {
    if is_internal(text) {
        return add(out, &["{\"kind\":\"aws-internal\"}"]);
    }
    // The names of services have nothing to escape.
    match service(text) {
        Some(service) => {
            add(out, &["{\"kind\":\"aws-service\",\"service\":\"", service.name, "\""]);
            if let Some(region) = service.region {
                add(out, &[",\"region\":\"", region, "\""]);
            }
            add(out, &["}"]);
        }
        None => add(out, &["{\"kind\":\"invalid\"}"]),
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

fn is_endpoint(id: Option<Node<'_>>) -> bool {
    id.and_then(Node::as_string).is_some_and(|id| id.raw().starts_with(ENDPOINT))
}

impl Stage for EnrichSourceAddress {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        match event.set_json(&self.source_address, |event, out| self.write(event, out)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&SOURCE_ADDRESS_IN_THE_WAY)),
        }
    }
}
