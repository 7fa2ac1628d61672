//! The catalog of secrets as rules.

use crate::pattern::Pattern;
use crate::plan::{Build, Trigger};
use crate::rule::{Action, Calls, Rule};
use crate::tables::identifiers::{ELSEWHERE, IDENTIFIERS};
use crate::tables::names::SECRET_NAMES;
use crate::tables::secrets::SECRETS;
use std::collections::HashSet;

/// Adds rules for names that are secret anywhere, and for members that are secret in one call.
///
/// Identifiers get pseudonyms if there is a key, and are kept if there is none.
pub(crate) fn add(has_key: bool, build: &mut Build) {
    let identifiers = has_key.then_some(Action::Pseudonym);
    for name in SECRET_NAMES {
        let rule = Rule::new(format!("secrets: {name}"), Action::Mask);
        build.add(Trigger::Name((*name).to_owned()), rule);
    }
    if has_key {
        let rule = Rule::new("secrets: accessKeyId", Action::Pseudonym);
        build.add(Trigger::Name("accessKeyId".to_owned()), rule);
    }
    let everywhere: HashSet<String> =
        SECRET_NAMES.iter().map(|name| name.to_ascii_lowercase()).collect();
    for (event, service, parent, leaf, _) in SECRETS {
        let is_elsewhere = ELSEWHERE.contains(&(*event, *parent, *leaf));
        if is_elsewhere || everywhere.contains(&leaf.to_ascii_lowercase()) {
            continue;
        }
        let is_identifier = IDENTIFIERS.contains(&(*event, *parent, *leaf));
        let action = if is_identifier { identifiers } else { Some(Action::Mask) };
        if let Some(action) = action {
            let spares_arns = is_identifier;
            let (trigger, rule) = rule(event, service, parent, leaf, action);
            build.add(trigger, Rule { spares_arns, ..rule });
        }
    }
}

fn rule(event: &str, service: &str, parent: &str, leaf: &str, action: Action) -> (Trigger, Rule) {
    let (leaf, inside) = match leaf.strip_suffix(".*") {
        Some(leaf) => (leaf, 1),
        None => (leaf, 0),
    };
    let is_any = event.ends_with('*');
    let calls = Calls {
        // Where the trigger is the call, its name has been compared.
        event: if is_any { event.to_owned() } else { String::new() },
        service: service.to_owned(),
    };
    let rule = Rule {
        calls,
        pattern: (!parent.is_empty()).then(|| Pattern::below(parent, leaf)),
        inside,
        ..Rule::new(format!("secrets: {event} {parent}.{leaf}"), action)
    };
    let leaf = leaf.to_owned();
    let trigger = match is_any {
        true if service.is_empty() => Trigger::Name(leaf),
        true => Trigger::Service(service.to_owned(), leaf),
        false => Trigger::Call(event.to_owned(), leaf),
    };
    (trigger, rule)
}
