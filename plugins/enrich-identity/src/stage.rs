//! The stage: reads who acted and puts it into the event.

use crate::decoded::Decoded;
use crate::record::{Reader, Record, Wanted};
use crate::resolve::resolve;
use crate::write::Writer;
use trailmill_stage::event::{Basis, Event, Memo, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static IN_THE_WAY: FaultKind = FaultKind {
    name: "identity-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no identity is added",
};

/// Adds who acted as `enrichment.identity`.
#[derive(Debug)]
pub struct EnrichIdentity {
    identity: Path,
    wanted: Wanted,
    memo: Memo,
}

impl EnrichIdentity {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        EnrichIdentity {
            identity: Path::members(["enrichment", "identity"]),
            wanted: Wanted::new(),
            memo: Memo::new(),
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
        let tell = |event: &Event<'_>, basis: &mut Basis<'_>| self.wanted.tell(event, basis);
        let outcome = event.set_object_by(&self.identity, &self.memo, tell, |event, object| {
            let (decoded, mut record) = (Decoded::default(), Record::default());
            if Reader::new(&self.wanted, &decoded).read(event, &mut record) {
                let identity = resolve(&record);
                Writer { object, is_plain: decoded.is_empty() }.identity(&identity);
            }
        });
        match outcome {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&IN_THE_WAY)),
        }
    }
}
