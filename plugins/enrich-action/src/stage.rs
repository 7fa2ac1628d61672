//! The stage: looks up what an event did and puts it into the event.

use crate::access::{self, Access};
use crate::call::Call;
use crate::category::Categories;
use crate::notable::Notable;
use crate::outcome::{Outcome, outcome};
use trailmill_stage::event::{Event, Path, Segment};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static ACTION_IN_THE_WAY: FaultKind = FaultKind {
    name: "action-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no action is added",
};

/// Adds what an event did as `enrichment.action`.
#[derive(Debug)]
pub struct EnrichAction {
    action: Path,
    categories: Categories,
    notable: Notable,
}

impl EnrichAction {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichAction {
            action: Path::new(vec![member("enrichment"), member("action")]),
            categories: Categories::new(),
            notable: Notable::new(),
        }
    }

    /// Adds what the call did. All of it is words of the vocabulary, so nothing is escaped.
    fn write(&self, call: &Call<'_>, out: &mut Vec<u8>) {
        let mut add = |pieces: &[&str]| {
            pieces.iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()))
        };
        let (service, name) = (call.service(), call.plain_name());
        add(&["{"]);
        let told = call.read_only.map(|is_read| if is_read { Access::Read } else { Access::Write });
        if let Some(access) = told.or_else(|| access::by_verb(service, name)) {
            add(&[access.members(told.is_some())]);
        }
        match outcome(call) {
            Outcome::Success => add(&[r#""outcome":"success","#]),
            Outcome::Failure(class) => {
                add(&[r#""outcome":"failure","error":""#, class.name(), r#"","#]);
            }
        }
        if let Some(category) = self.categories.of(service, name) {
            add(&[r#""category":""#, category.name(), r#"","#]);
        }
        if let Some(members) = self.notable.members(service, name) {
            add(&[members]);
        }
        if out.last() == Some(&b',') {
            out.pop();
        }
        out.push(b'}');
    }
}

impl Default for EnrichAction {
    fn default() -> Self {
        EnrichAction::new()
    }
}

impl Stage for EnrichAction {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let outcome = event.set_json(&self.action, |event, out| {
            if let Some(call) = Call::read(event) {
                self.write(&call, out);
            }
        });
        match outcome {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&ACTION_IN_THE_WAY)),
        }
    }
}
