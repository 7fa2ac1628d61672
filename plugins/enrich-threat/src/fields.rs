//! The fields of a record that are looked up, each as what it holds.

use crate::entry::IndicatorType;
use trailmill_stage::event::{Event, Names, Node};

/// A field that is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its path in the record.
    pub(crate) path: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An address, or something else that is not looked up.
    Address,
    /// A host as HTTP names it: a domain or an address, perhaps with a port.
    Host,
    /// The id of an access key.
    AccessKey,
    /// A user agent.
    UserAgent,
}

/// All fields that are looked up: those of every record (CloudTrail User Guide, "CloudTrail record
/// contents"); the host of requests to Amazon S3 ("Amazon S3 CloudTrail events"); and the access
/// keys that calls of IAM and STS are about, which are not those that they were signed with (IAM
/// API Reference, `CreateAccessKey`, `UpdateAccessKey`, `DeleteAccessKey`; STS API Reference,
/// `AssumeRole`).
pub(crate) const FIELDS: [Field; 8] = [
    Field { path: "sourceIPAddress", holds: Holds::Address },
    Field { path: "userAgent", holds: Holds::UserAgent },
    Field { path: "userIdentity.accessKeyId", holds: Holds::AccessKey },
    Field { path: "tlsDetails.clientProvidedHostHeader", holds: Holds::Host },
    Field { path: "requestParameters.Host", holds: Holds::Host },
    Field { path: "requestParameters.accessKeyId", holds: Holds::AccessKey },
    Field { path: "responseElements.accessKey.accessKeyId", holds: Holds::AccessKey },
    Field { path: "responseElements.credentials.accessKeyId", holds: Holds::AccessKey },
];

/// Which of the fields are worth reading.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    keys: bool,
    hosts: bool,
    top: Names,
    request: Names,
    response: Names,
}

impl Wanted {
    /// The fields that can be entries of the types for which `has` says so.
    pub(crate) fn new(has: impl Fn(IndicatorType) -> bool) -> Self {
        use IndicatorType::{AccessKey, Address, Domain};
        let own = ["sourceIPAddress", "userAgent", "userIdentity", "tlsDetails"];
        Wanted {
            keys: has(AccessKey),
            hosts: has(Domain) || has(Address),
            top: Names::new(own.into_iter().chain(["requestParameters", "responseElements"])),
            request: Names::new(["Host", "accessKeyId"]),
            response: Names::new(["accessKey", "credentials"]),
        }
    }

    /// The value of each of [`FIELDS`] that is worth reading, in their order.
    #[inline]
    pub(crate) fn values<'e>(&self, event: &'e Event<'_>) -> [Option<Node<'e>>; FIELDS.len()] {
        let [source, agent, identity, tls, request, response] = event.root().pick(&self.top);
        let [identity, response] = [identity, response].map(|node| node.filter(|_| self.keys));
        let tls = tls.filter(|_| self.hosts);
        let request = request.filter(|_| self.hosts || self.keys);
        let [host, key] = request.map_or([None; 2], |request| request.pick(&self.request));
        let [new_key, credentials] =
            response.map_or([None; 2], |response| response.pick(&self.response));
        let id = |node: Option<Node<'e>>| node?.get("accessKeyId");
        let header = tls.and_then(|tls| tls.get("clientProvidedHostHeader"));
        [source, agent, id(identity), header, host, key, id(new_key), id(credentials)]
    }
}
