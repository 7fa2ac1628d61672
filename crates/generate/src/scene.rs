//! What is known about one event before it is written.

use crate::book::{Book, Service};
use crate::clock;
use crate::rng::{Dice, hash, mix};
use crate::session::Session;
use crate::tables::identities::Shape;
use crate::text;

/// The circumstances of one event. A pair of records in two accounts shares one scene.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// What every value of the record is drawn from; no two events have the same.
    pub(crate) seed: u64,
    /// Seconds since 1970.
    pub(crate) time: u64,
    /// The account that is called, by its number.
    pub(crate) account: &'static str,
    /// The account of the caller; mostly the same.
    pub(crate) home: &'static str,
    /// Another account that has to do with the event.
    pub(crate) partner: &'static str,
    pub(crate) region: &'static str,
    pub(crate) service: &'static Service,
    pub(crate) action: &'static str,
    /// The name of the IAM user who calls, if one does.
    pub(crate) user: &'static str,
    /// The service principal that calls, or through which the call comes; else empty.
    pub(crate) via: &'static str,
    pub(crate) shape: Shape,
    /// The temporary credentials that make the call.
    pub(crate) session: &'a Session,
    /// The temporary credentials that the call returns.
    pub(crate) grant: &'a Session,
    pub(crate) book: &'static Book,
}

/// Keys of the identifiers that the scene itself draws.
const REQUEST: u64 = hash(b"request");
const EVENT: u64 = hash(b"event");
const SHARED: u64 = hash(b"shared");

impl Scene<'_> {
    /// Appends the id of one of the event's records; each of a pair has its own.
    pub(crate) fn write_event_id(&self, out: &mut Vec<u8>, copy: u64) {
        text::uuid(out, &mut Dice::new(mix(mix(self.seed, copy), EVENT)));
    }

    /// A number that stands for the caller: whoever has the same one uses the same machine.
    pub(crate) fn caller(&self) -> u64 {
        if self.shape.is_session() {
            self.session.seed
        } else {
            mix(hash(self.home.as_bytes()), hash(self.user.as_bytes()))
        }
    }

    /// The moment at which the caller signed in to the console: at most four hours ago.
    fn signed_in(&self) -> u64 {
        const SHIFT: u64 = 4 * 3_600;
        let into_shift = (self.time + self.caller() % SHIFT) % SHIFT;
        self.time.saturating_sub(into_shift)
    }
}

/// A fact of the scene that a hole can ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fact {
    Account,
    Home,
    Partner,
    Region,
    Service,
    Action,
    /// The action as the command line spells it: `describe-instances`.
    Command,
    /// The ARN of the caller.
    Caller,
    /// `,"invokedBy":"..."` when the call comes through a service, else nothing.
    InvokedBy,
    /// The service principal alone.
    Via,
    User,
    UserId,
    /// The long-term access key of the user.
    UserKey,
    /// The access key of the user's console session.
    ConsoleKey,
    SignedIn,
    Time,
    /// The event's time in seconds since 1970.
    Epoch,
    RequestId,
    EventId,
    SharedId,
}

/// The names of the facts.
const NAMES: &[(&str, Fact)] = &[
    ("account", Fact::Account),
    ("home", Fact::Home),
    ("partner", Fact::Partner),
    ("region", Fact::Region),
    ("service", Fact::Service),
    ("action", Fact::Action),
    ("command", Fact::Command),
    ("caller", Fact::Caller),
    ("invokedBy", Fact::InvokedBy),
    ("via", Fact::Via),
    ("user", Fact::User),
    ("userId", Fact::UserId),
    ("userKey", Fact::UserKey),
    ("consoleKey", Fact::ConsoleKey),
    ("signedIn", Fact::SignedIn),
    ("time", Fact::Time),
    ("epoch", Fact::Epoch),
    ("requestId", Fact::RequestId),
    ("eventId", Fact::EventId),
    ("sharedId", Fact::SharedId),
];

impl Fact {
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }

    pub(crate) fn write(self, out: &mut Vec<u8>, scene: &Scene<'_>) {
        let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
        match self {
            Self::Account => put(scene.account),
            Self::Home => put(scene.home),
            Self::Partner => put(scene.partner),
            Self::Region => put(scene.region),
            Self::Service => put(scene.service.name),
            Self::Action => put(scene.action),
            Self::User => put(scene.user),
            Self::Via => put(scene.via),
            Self::InvokedBy => write_invoked_by(out, scene.via),
            Self::Command => write_command(out, scene.action),
            Self::Caller => scene.book.shape(scene.shape).arn.write(out, scene),
            Self::UserId => write_id(out, b"AIDA", scene.caller()),
            Self::UserKey => write_key(out, b"AKIA", !scene.caller()),
            Self::ConsoleKey => write_key(out, b"ASIA", mix(scene.caller(), scene.signed_in())),
            Self::SignedIn => clock::write_iso(out, scene.signed_in()),
            Self::Time => clock::write_iso(out, scene.time),
            Self::Epoch => text::number(out, scene.time),
            Self::RequestId => scene.service.ids.write(out, Dice::new(mix(scene.seed, REQUEST))),
            Self::EventId => scene.write_event_id(out, 0),
            Self::SharedId => text::uuid(out, &mut Dice::new(mix(scene.seed, SHARED))),
        }
    }
}

/// A unique id of IAM: a prefix that tells what it names, and letters from `seed`.
pub(crate) fn write_id(out: &mut Vec<u8>, prefix: &[u8; 4], seed: u64) {
    out.extend_from_slice(prefix);
    text::base32(out, &mut Dice::new(seed), 17);
}

/// An access key. Its end says that it opens nothing, as in the documentation of AWS, so that
/// scanners for leaked keys let samples pass.
pub(crate) fn write_key(out: &mut Vec<u8>, prefix: &[u8; 4], seed: u64) {
    out.extend_from_slice(prefix);
    text::base32(out, &mut Dice::new(seed), 9);
    out.extend_from_slice(b"EXAMPLE");
}

fn write_invoked_by(out: &mut Vec<u8>, via: &str) {
    if !via.is_empty() {
        out.extend_from_slice(b",\"invokedBy\":\"");
        out.extend_from_slice(via.as_bytes());
        out.push(b'"');
    }
}

/// `DescribeDBInstances` as `describe-db-instances`.
fn write_command(out: &mut Vec<u8>, action: &str) {
    let bytes = action.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let after_small = at > 0 && bytes[at - 1].is_ascii_lowercase();
        let before_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if at > 0 && byte.is_ascii_uppercase() && (after_small || before_small) {
            out.push(b'-');
        }
        out.push(byte.to_ascii_lowercase());
    }
}

#[cfg(test)]
impl Scene<'static> {
    /// A user's call from one account into another, for tests of what is written from a scene.
    pub(crate) fn example(seed: u64, service: &'static Service) -> Self {
        use crate::tables::world::{ACCOUNTS, PARTNERS};
        let book = Book::open();
        let role = &book.roles[seed as usize % book.roles.len()];
        let session = Session::new(role, ACCOUNTS[0], seed, crate::START.into());
        let session = Box::leak(Box::new(session));
        Self {
            seed,
            time: crate::START.into(),
            account: ACCOUNTS[0],
            home: ACCOUNTS[1],
            partner: PARTNERS[0],
            region: "eu-west-1",
            service,
            action: "DescribeInstances",
            user: "alice",
            via: "",
            shape: Shape::UserKey,
            session,
            grant: session,
            book,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_commands_as_the_command_line_does() {
        for (action, command) in [
            ("DescribeInstances", "describe-instances"),
            ("DescribeDBInstances", "describe-db-instances"),
            ("Decrypt", "decrypt"),
        ] {
            let mut out = Vec::new();
            write_command(&mut out, action);
            assert_eq!(String::from_utf8_lossy(&out), command);
        }
    }

    #[test]
    fn finds_every_fact_by_one_name() {
        for (at, (name, _)) in NAMES.iter().enumerate() {
            assert!(Fact::named(name).is_some());
            assert!(
                NAMES[at + 1..].iter().all(|(other, _)| other != name),
                "{name} is there twice"
            );
        }
    }
}
