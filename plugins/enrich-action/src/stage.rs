//! The stage: looks up what an event did and puts it into the event.

use crate::access::{self, Access};
use crate::buffer::Buffer;
use crate::call::Call;
use crate::category::Categories;
use crate::notable::Notable;
use crate::outcome::{Outcome, outcome};
use trailmill_stage::event::{Event, Path, Put, Segment};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static ACTION_IN_THE_WAY: FaultKind = FaultKind {
    name: "action-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no action is added",
};

/// Adds what an event did as `enrichment.action`.
#[derive(Debug)]
pub struct EnrichAction {
    enrichment: Path,
    action: Path,
    categories: Categories,
    notable: Notable,
}

/// What stands before the action where it comes with the object around it.
const OPENING: &str = "{\"action\":";

impl EnrichAction {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichAction {
            enrichment: Path::member("enrichment"),
            action: Path::new(vec![member("enrichment"), member("action")]),
            categories: Categories::new(),
            notable: Notable::new(),
        }
    }

    /// Adds what the call did. All of it is words of the vocabulary, so nothing is escaped.
    fn write(&self, call: &Call<'_>, out: &mut Buffer) {
        let mut add = |pieces: &[&str]| pieces.iter().for_each(|piece| out.add(piece.as_bytes()));
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
        out.drop_comma();
        out.add(b"}");
    }
}

impl Default for EnrichAction {
    fn default() -> Self {
        EnrichAction::new()
    }
}

impl Stage for EnrichAction {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let Some(call) = Call::read(event) else { return Ok(Verdict::Keep) };
        let mut text = Buffer::new();
        text.add(OPENING.as_bytes());
        self.write(&call, &mut text);
        text.add(b"}");
        let text = text.as_slice();
        // The outer object is set where there is none, for less work than to have it made.
        let (path, value) = match call.has_enrichment {
            false => (&self.enrichment, text),
            true => (&self.action, &text[OPENING.len()..text.len() - 1]),
        };
        match event.set(path, Put::Json(value)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&ACTION_IN_THE_WAY)),
        }
    }
}
