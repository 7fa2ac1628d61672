//! What settings become: rules, found by what they are about.

use crate::anchors::Anchors;
use crate::detect::Detector;
use crate::folded::Folded;
use crate::names::Names;
use crate::pass::{Local, Rules};
use crate::pseudonym::Pseudonyms;
use crate::rule::{Action, Rule};
use std::collections::BTreeMap;
use trailmill_stage::event::json::Isa;

/// Rules, ready to be used; never without one.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) rules: Vec<Rule>,
    /// Rules by the name of a member.
    pub(crate) names: Folded<Rules>,
    /// The same names by how they end, unless there are too many.
    pub(crate) tails: Option<Names>,
    /// Rules by the name of a call, and then by the name of a member.
    pub(crate) calls: Folded<Local>,
    /// Rules by the service of a call, and then by the name of a member.
    pub(crate) services: Folded<Local>,
    /// Rules for everything.
    pub(crate) roots: Rules,
    /// Rules for what is found in texts.
    pub(crate) detectors: Rules,
    /// Whether something is taken out of texts with nothing in its place.
    pub(crate) cuts_texts: bool,
    pub(crate) anchors: Anchors,
    pub(crate) pseudonyms: Option<Pseudonyms>,
}

/// What makes one think of a rule.
#[derive(Clone, Debug)]
pub(crate) enum Trigger {
    /// A member of that name.
    Name(String),
    /// A member of that name in a call of another.
    Call(String, String),
    /// A member of that name in a call of a service.
    Service(String, String),
    /// Any text.
    Text,
    /// Any record.
    Root,
}

/// A plan in the making.
#[derive(Debug, Default)]
pub(crate) struct Build {
    rules: Vec<Rule>,
    names: BTreeMap<String, Rules>,
    calls: BTreeMap<String, Local>,
    services: BTreeMap<String, Local>,
    roots: Rules,
    detectors: Rules,
}

/// What holds base64 of a text, by the names of members (EC2 API Reference, "UserData").
const ENCODED: &[&str] = &["userData"];

impl Build {
    /// Adds a rule behind all others.
    pub(crate) fn add(&mut self, trigger: Trigger, rule: Rule) {
        // There are some two thousand rules in all presets together.
        let number = self.rules.len() as u16;
        self.rules.push(rule);
        match trigger {
            Trigger::Name(name) => {
                self.names.entry(name.to_ascii_lowercase()).or_default().push(number);
            }
            Trigger::Call(call, name) => {
                let local = self.calls.entry(call.to_ascii_lowercase()).or_default();
                local.push((name.to_ascii_lowercase().into(), number));
            }
            Trigger::Service(service, name) => {
                let local = self.services.entry(service.to_ascii_lowercase()).or_default();
                local.push((name.to_ascii_lowercase().into(), number));
            }
            Trigger::Text => self.detectors.push(number),
            Trigger::Root => self.roots.push(number),
        }
    }

    /// The plan.
    pub(crate) fn finish(mut self, pseudonyms: Option<Pseudonyms>) -> Plan {
        for name in ENCODED {
            let rule = Rule::new(format!("inside {name}"), Action::Inside);
            self.add(Trigger::Name((*name).to_owned()), rule);
        }
        let cuts = |rule: &Rule| {
            matches!(rule.action, Action::Remove | Action::Truncate(_) | Action::Partial(_))
        };
        let names = Folded::new(self.names);
        let isa = Isa::best();
        Plan {
            cuts_texts: self.rules.iter().any(cuts),
            anchors: anchors(isa, &self.rules, &self.detectors, &names),
            tails: Names::new(isa, &names),
            names,
            calls: Folded::new(self.calls),
            services: Folded::new(self.services),
            roots: self.roots,
            detectors: self.detectors,
            rules: self.rules,
            pseudonyms,
        }
    }
}

/// What has to be met before anyone looks closer at a text.
fn anchors(isa: Isa, rules: &[Rule], detectors: &Rules, names: &Folded<Rules>) -> Anchors {
    let detectors = detectors.iter().filter_map(|rule| rules[usize::from(*rule)].detector);
    let detectors: Vec<Detector> = detectors.collect();
    // What has to be escaped in a key.
    let is_odd = |name: &str| name.bytes().any(|byte| byte < b' ' || b"\"\\".contains(&byte));
    Anchors::new(isa, &detectors, names.names().any(is_odd))
}

#[cfg(test)]
impl Plan {
    /// The same plan for other instructions.
    pub(crate) fn with_isa(self, isa: Isa) -> Plan {
        Plan {
            anchors: anchors(isa, &self.rules, &self.detectors, &self.names),
            tails: Names::new(isa, &self.names),
            ..self
        }
    }
}
