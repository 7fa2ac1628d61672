//! Counts what events have below `enrichment`.

use serde_json::Value;
use std::collections::BTreeMap;

/// Of how many different values of a member the counts are kept.
const VALUES_MAX: usize = 16;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Records that were read, good or bad.
    pub(super) read: u64,
    /// Those that could not be taken.
    pub(super) quarantined: u64,
    /// Those that came out.
    pub(super) events: u64,
    /// What is known of who acted, by `userIdentity.type`.
    pub(super) identities: BTreeMap<String, Identity>,
    /// Events with a `sourceIPAddress` that is a text.
    pub(super) addresses: u64,
    /// Those of them that have a kind.
    pub(super) classified: u64,
    /// The members below `enrichment`, by path.
    pub(super) members: BTreeMap<String, Member>,
}

/// What is known of who acted, for one `userIdentity.type`.
#[derive(Debug, Default)]
pub(super) struct Identity {
    pub(super) events: u64,
    /// With an identity at all.
    pub(super) found: u64,
    /// With a kind that is not `unknown`.
    pub(super) kind: u64,
    /// With a name for the actor.
    pub(super) actor: u64,
}

/// A member of an enrichment.
#[derive(Debug, Default)]
pub(super) struct Member {
    pub(super) events: u64,
    /// How often it has which value, as long as there are few.
    pub(super) values: BTreeMap<String, u64>,
    /// There were too many values to count.
    pub(super) is_varied: bool,
}

impl Counts {
    /// Adds an event.
    pub(super) fn add(&mut self, event: &Value) {
        self.events += 1;
        let enrichment = &event["enrichment"];
        let kind = match &event["userIdentity"]["type"] {
            Value::String(kind) => kind.as_str(),
            _ if event["userIdentity"].is_object() => "(no type)",
            _ => "(no userIdentity)",
        };
        self.identities.entry(kind.to_owned()).or_default().add(&enrichment["identity"]);
        if event["sourceIPAddress"].is_string() {
            self.addresses += 1;
            self.classified += u64::from(enrichment["sourceAddress"]["kind"].is_string());
        }
        for (name, value) in enrichment.as_object().into_iter().flatten() {
            self.member(name, value);
            for (inner, value) in value.as_object().into_iter().flatten() {
                self.member(&format!("{name}.{inner}"), value);
            }
        }
    }

    fn member(&mut self, path: &str, value: &Value) {
        let member = self.members.entry(path.to_owned()).or_default();
        member.events += 1;
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(truth) => truth.to_string(),
            _ => return,
        };
        if member.is_varied {
            return;
        }
        *member.values.entry(text).or_default() += 1;
        if member.values.len() > VALUES_MAX {
            member.values.clear();
            member.is_varied = true;
        }
    }
}

impl Identity {
    fn add(&mut self, identity: &Value) {
        self.events += 1;
        self.found += u64::from(identity.is_object());
        self.kind += u64::from(identity["kind"].as_str().is_some_and(|kind| kind != "unknown"));
        self.actor += u64::from(identity["actor"].is_string());
    }
}
