//! The stage: reads the user agent of an event and puts what it says into the event.

use crate::object::{pick, text};
use crate::parse::parse;
use crate::products::Products;
use std::borrow::Cow;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, Path, Put, Segment};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static USER_AGENT_IN_THE_WAY: FaultKind = FaultKind {
    name: "user-agent-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no user agent is added",
};

/// Adds what `userAgent` says as `enrichment.userAgent`.
#[derive(Debug)]
pub struct EnrichUserAgent {
    enrichment: Path,
    user_agent: Path,
    products: Products,
}

/// What stands before the user agent where it comes with the object around it.
const OPENING: &[u8] = b"{\"userAgent\":";

/// Room for all but the longest.
const ROOM: usize = 512;

impl EnrichUserAgent {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichUserAgent {
            enrichment: Path::member("enrichment"),
            user_agent: Path::new(vec![member("enrichment"), member("userAgent")]),
            products: Products::new(),
        }
    }

    /// What is to be put where; `None` if there is no user agent.
    fn found(&self, event: &Event<'_>) -> Option<(&Path, Vec<u8>)> {
        let [written, enrichment] = pick(event.root(), |key| match key {
            b"userAgent" => Some(0),
            b"enrichment" => Some(1),
            _ => None,
        });
        let written = text(written)?;
        let agent = parse(&written, &self.products);
        // A string without escapes has nothing in it that wants one.
        let is_plain = matches!(written, Cow::Borrowed(_));
        let mut value = Vec::with_capacity(ROOM);
        // The outer object is set where there is none, for less work than to have it made.
        if enrichment.is_some_and(|node| node.kind() != Kind::Null) {
            agent.write(is_plain, &mut value);
            return Some((&self.user_agent, value));
        }
        value.extend_from_slice(OPENING);
        agent.write(is_plain, &mut value);
        value.push(b'}');
        Some((&self.enrichment, value))
    }
}

impl Default for EnrichUserAgent {
    fn default() -> Self {
        EnrichUserAgent::new()
    }
}

impl Stage for EnrichUserAgent {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let Some((path, value)) = self.found(event) else { return Ok(Verdict::Keep) };
        match event.set(path, Put::Json(&value)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&USER_AGENT_IN_THE_WAY)),
        }
    }
}
