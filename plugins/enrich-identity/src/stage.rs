//! The stage: reads who acted and puts it into the event.

use crate::buffer::Buffer;
use crate::record::Record;
use crate::resolve::resolve;
use crate::workload::environment_finder;
use crate::write::write;
use memchr::memmem::Finder;
use trailmill_stage::event::{Event, Path, Put, Segment};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static IN_THE_WAY: FaultKind = FaultKind {
    name: "identity-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no identity is added",
};

/// Adds who acted as `enrichment.identity`.
#[derive(Debug)]
pub struct EnrichIdentity {
    enrichment: Path,
    identity: Path,
    agents: Finder<'static>,
}

/// What stands before the identity where it comes with the object around it.
const OPENING: &[u8] = b"{\"identity\":";

impl EnrichIdentity {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichIdentity {
            enrichment: Path::member("enrichment"),
            identity: Path::new(vec![member("enrichment"), member("identity")]),
            agents: environment_finder(),
        }
    }
}

impl Default for EnrichIdentity {
    fn default() -> Self {
        EnrichIdentity::new()
    }
}

impl Stage for EnrichIdentity {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let Some(record) = Record::read(event) else { return Ok(Verdict::Keep) };
        let mut text = Buffer::new();
        text.add(OPENING);
        write(&resolve(&record, &self.agents), &mut text);
        text.add(b"}");
        let text = text.as_slice();
        // The outer object is set where there is none, for less work than to have it made.
        let (path, value) = match record.has_enrichment {
            false => (&self.enrichment, text),
            true => (&self.identity, &text[OPENING.len()..text.len() - 1]),
        };
        match event.set(path, Put::Json(value)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&IN_THE_WAY)),
        }
    }
}
