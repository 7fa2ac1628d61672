//! The stage: reads the user agent of an event and puts what it says into the event.

use crate::parse::parse;
use crate::products::Products;
use trailmill_stage::event::json::Object;
use trailmill_stage::event::{Basis, Event, Memo, Names, Node, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static USER_AGENT_IN_THE_WAY: FaultKind = FaultKind {
    name: "user-agent-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no user agent is added",
};

/// Adds what `userAgent` says as `enrichment.userAgent`.
#[derive(Debug)]
pub struct EnrichUserAgent {
    user_agent: Path,
    /// The names of the members that matter.
    wanted: Names,
    products: Products,
    memo: Memo,
}

impl EnrichUserAgent {
    /// The stage; it has no settings.
    pub fn new() -> Self {
        EnrichUserAgent {
            user_agent: Path::members(["enrichment", "userAgent"]),
            wanted: Names::new(["userAgent"]),
            products: Products::new(),
            memo: Memo::new(),
        }
    }

    /// Adds what the user agent of an event says, if it has one.
    fn write(&self, event: &Event<'_>, object: &mut Object<'_>) {
        let [user_agent] = event.root().pick(&self.wanted);
        if let Some(written) = user_agent.and_then(Node::text) {
            parse(&written, &self.products).write(object);
        }
    }
}

impl Default for EnrichUserAgent {
    fn default() -> Self {
        EnrichUserAgent::new()
    }
}

impl Stage for EnrichUserAgent {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let tell = |event: &Event<'_>, basis: &mut Basis<'_>| {
            let [user_agent] = event.root().pick(&self.wanted);
            basis.value(user_agent);
        };
        let write = |event: &Event<'_>, object: &mut Object<'_>| self.write(event, object);
        match event.set_object_by(&self.user_agent, &self.memo, tell, write) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&USER_AGENT_IN_THE_WAY)),
        }
    }
}
