//! The stage: looks up what an event did and puts it into the event.

use crate::access::{Access, Verbs};
use crate::call::{self, Call};
use crate::category::Categories;
use crate::notable::Notable;
use crate::outcome::{Outcome, outcome};
use crate::technique::Technique;
use trailmill_stage::event::json::{Key, Object};
use trailmill_stage::event::{Event, Names, Path};
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
    wanted: Names,
    verbs: Verbs,
    categories: Categories,
    notable: Notable,
}

impl EnrichAction {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        EnrichAction {
            action: Path::members(["enrichment", "action"]),
            wanted: call::wanted(),
            verbs: Verbs::new(),
            categories: Categories::new(),
            notable: Notable::new(),
        }
    }

    /// Adds what the call did.
    fn write(&self, call: &Call<'_>, object: &mut Object<'_>) {
        let (service, name) = (call.service(), call.plain_name());
        let told = call.read_only.map(|is_read| if is_read { Access::Read } else { Access::Write });
        if let Some(access) = told.or_else(|| self.verbs.access(service, name)) {
            object.plain(&ACCESS, access.name());
            object.plain(&ACCESS_BASIS, if told.is_some() { "record" } else { "verb" });
        }
        match outcome(call) {
            Outcome::Success => object.plain(&OUTCOME, "success"),
            Outcome::Failure(class) => {
                object.plain(&OUTCOME, "failure");
                object.plain(&ERROR, class.name());
            }
        }
        if let Some(category) = self.categories.of(service, name) {
            object.plain(&CATEGORY, category.name());
        }
        if let Some((reason, technique)) = self.notable.of(service, name) {
            object.plain(&NOTABLE, reason);
            if let Some(Technique { id, name }) = technique {
                object.object(&TECHNIQUE, |object| {
                    object.plain(&ID, id);
                    object.plain(&NAME, name);
                });
            }
        }
    }
}

const ACCESS: Key = Key::new("access");
const ACCESS_BASIS: Key = Key::new("accessBasis");
const CATEGORY: Key = Key::new("category");
const ERROR: Key = Key::new("error");
const ID: Key = Key::new("id");
const NAME: Key = Key::new("name");
const NOTABLE: Key = Key::new("notable");
const OUTCOME: Key = Key::new("outcome");
const TECHNIQUE: Key = Key::new("technique");

impl Default for EnrichAction {
    fn default() -> Self {
        EnrichAction::new()
    }
}

impl Stage for EnrichAction {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let outcome = event.set_object(&self.action, |event, object| {
            if let Some(call) = Call::read(event, &self.wanted) {
                self.write(&call, object);
            }
        });
        match outcome {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&ACTION_IN_THE_WAY)),
        }
    }
}
