//! Writes the record of one API call, with its members in the order in which AWS writes them.

use crate::book::{Entry, Failure};
use crate::rng::{Dice, hash, mix};
use crate::scene::{Fact, Scene};
use crate::text;

/// One API call, ready to be written: once, or as seen from two accounts.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub(crate) scene: Scene<'a>,
    pub(crate) entry: &'static Entry,
    pub(crate) failure: Option<&'static Failure>,
    /// The minor version of the record format; the major one is 1.
    pub(crate) minor: u32,
    pub(crate) reach: Reach,
    /// Whether it carries an id that it may share with a record in another account.
    pub(crate) is_shared: bool,
}

/// How a call reached AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Over the internet.
    Internet,
    /// Through a VPC endpoint.
    Endpoint,
    /// By way of the console.
    Console,
    /// By way of a service.
    Service,
}

/// From where a call is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// From the account of the caller.
    Caller,
    /// From another account, which owns what is called.
    Owner,
}

const MACHINE: u64 = hash(b"machine");
const ADDRESS: u64 = hash(b"address");
const AGENT: u64 = hash(b"agent");
const HOST: u64 = hash(b"host");

impl Record<'_> {
    /// Appends the record as `view` sees it.
    pub(crate) fn write(&self, out: &mut Vec<u8>, view: View) {
        let mut scene = self.scene;
        let mut recipient = scene.home;
        if view == View::Owner {
            scene.shape = scene.shape.seen_outside();
            recipient = scene.account;
        }
        out.extend_from_slice(b"{\"eventVersion\":\"1.");
        out.extend_from_slice(&text::two_digits(self.minor));
        out.extend_from_slice(b"\",\"userIdentity\":");
        scene.book.shape(scene.shape).json.write(out, &scene);
        scene.book.parts.head.write(out, &scene);
        self.write_origin(out);
        self.write_failure(out);
        self.write_bodies(out);
        self.write_ids(out, view);
        self.write_tail(out, recipient);
        out.push(b'}');
    }

    /// The address, after its opening quote, and the agent.
    fn write_origin(&self, out: &mut Vec<u8>) {
        let scene = &self.scene;
        // Whoever calls mostly does so from one machine.
        let moved = Dice::new(mix(scene.seed, MACHINE)).chance(1, 10);
        let machine = if moved { scene.seed } else { scene.caller() };
        let mut dice = Dice::new(mix(machine, ADDRESS));
        match self.reach {
            Reach::Internet | Reach::Console => text::public_address(out, &mut dice),
            Reach::Endpoint => text::private_address(out, &mut dice),
            Reach::Service => Fact::Via.write(out, scene),
        }
        out.extend_from_slice(b"\",\"userAgent\":\"");
        let mut dice = Dice::new(mix(machine, AGENT));
        let agents = match self.reach {
            Reach::Service => return Fact::Via.write(out, scene),
            Reach::Console => &scene.book.consoles,
            Reach::Internet | Reach::Endpoint => &scene.book.programs,
        };
        agents.pick(&mut dice).write_with(out, scene, machine);
    }

    /// The end of the agent, and the error if there is one.
    fn write_failure(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        let Some(failure) = self.failure else { return };
        out.extend_from_slice(b",\"errorCode\":\"");
        out.extend_from_slice(failure.code.as_bytes());
        out.push(b'"');
        if !failure.message.is_empty() {
            out.extend_from_slice(b",\"errorMessage\":\"");
            failure.message.write(out, &self.scene);
            out.push(b'"');
        }
    }

    /// What was asked and what was answered.
    fn write_bodies(&self, out: &mut Vec<u8>) {
        let (entry, scene) = (self.entry, &self.scene);
        let is_read = self.failure.is_none_or(|failure| failure.keeps_request);
        for (name, template, is_there) in [
            (&b",\"requestParameters\":"[..], &entry.request, is_read),
            (b",\"responseElements\":", &entry.response, self.failure.is_none()),
        ] {
            out.extend_from_slice(name);
            if is_there && !template.is_empty() {
                template.write(out, scene);
            } else {
                out.extend_from_slice(b"null");
            }
        }
        if !entry.additional.is_empty() {
            out.extend_from_slice(b",\"additionalEventData\":");
            entry.additional.write(out, scene);
        }
    }

    /// From the ids to the resources.
    fn write_ids(&self, out: &mut Vec<u8>, view: View) {
        let (entry, scene) = (self.entry, &self.scene);
        out.extend_from_slice(b",\"requestID\":\"");
        Fact::RequestId.write(out, scene);
        out.extend_from_slice(b"\",\"eventID\":\"");
        scene.write_event_id(out, u64::from(view == View::Owner));
        out.extend_from_slice(b"\",\"readOnly\":");
        out.extend_from_slice(truth(entry.call.read_only));
        let is_read = self.failure.is_none_or(|failure| failure.keeps_request);
        if is_read && !entry.resources.is_empty() {
            out.extend_from_slice(b",\"resources\":");
            entry.resources.write(out, scene);
        }
    }

    /// From the type to the end. Members that a format version does not have yet stay away.
    fn write_tail(&self, out: &mut Vec<u8>, recipient: &str) {
        let (call, scene) = (self.entry.call, &self.scene);
        out.extend_from_slice(b",\"eventType\":\"AwsApiCall\"");
        if !self.entry.service.api_version.is_empty() {
            out.extend_from_slice(b",\"apiVersion\":\"");
            out.extend_from_slice(self.entry.service.api_version.as_bytes());
            out.push(b'"');
        }
        if self.minor >= 6 {
            out.extend_from_slice(b",\"managementEvent\":");
            out.extend_from_slice(truth(!call.is_data));
        }
        out.extend_from_slice(b",\"recipientAccountId\":\"");
        out.extend_from_slice(recipient.as_bytes());
        out.push(b'"');
        if self.is_shared {
            out.extend_from_slice(b",\"sharedEventID\":\"");
            Fact::SharedId.write(out, scene);
            out.push(b'"');
        }
        let parts = &scene.book.parts;
        match (self.reach, self.minor) {
            (Reach::Endpoint, 9..) => parts.owned_endpoint.write(out, scene),
            (Reach::Endpoint, _) => parts.endpoint.write(out, scene),
            _ => {}
        }
        if self.minor >= 7 {
            let category: &[u8] = if call.is_data { b"Data\"" } else { b"Management\"" };
            out.extend_from_slice(b",\"eventCategory\":\"");
            out.extend_from_slice(category);
        }
        self.write_connection(out);
    }

    /// How the caller was connected; nobody but the caller's program has a connection of its own.
    fn write_connection(&self, out: &mut Vec<u8>) {
        if self.minor < 8 {
            return;
        }
        let scene = &self.scene;
        match self.reach {
            Reach::Service => {}
            Reach::Console => out.extend_from_slice(b",\"sessionCredentialFromConsole\":\"true\""),
            Reach::Internet | Reach::Endpoint => {
                scene.book.parts.tls.write(out, scene);
                if !Dice::new(mix(scene.seed, HOST)).chance(1, 40) {
                    out.extend_from_slice(b",\"clientProvidedHostHeader\":\"");
                    self.entry.service.host.write(out, scene);
                    out.push(b'"');
                }
                if self.minor >= 11 {
                    scene.book.parts.key_exchange.write(out, scene);
                }
                out.push(b'}');
            }
        }
    }
}

const fn truth(value: bool) -> &'static [u8] {
    if value { b"true" } else { b"false" }
}
