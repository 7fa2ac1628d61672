//! Presets: rules for those who do not want to write their own.

use crate::catalog;
use crate::detect::Detector;
use crate::pattern::Pattern;
use crate::plan::{Build, Trigger};
use crate::rule::{Action, Rule};
use crate::tables::personal::{NOT_PERSONAL, PERSONAL};
use crate::tables::resources::RESOURCES;
use serde::Deserialize;

/// A set of rules by name.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Preset {
    /// Passwords, keys, tokens.
    Secrets,
    /// What tells of people.
    Pii,
    /// Both, and what tells whose account it is.
    Share,
}

/// What `secrets` finds in texts.
const SECRET_TEXTS: &[Detector] = &[
    Detector::PrivateKey,
    Detector::Certificate,
    Detector::SessionToken,
    Detector::AuthorizationMessage,
    Detector::Jwt,
    Detector::Bearer,
    Detector::ConnectionString,
];

/// What `pii` finds in texts; people in ARNs before the addresses that their names may be.
const PERSONAL_TEXTS: &[Detector] =
    &[Detector::Principal, Detector::Email, Detector::Ipv4, Detector::Ipv6, Detector::Phone];

/// What `share` finds in texts.
const RESOURCE_TEXTS: &[Detector] = &[Detector::Arn, Detector::AccountId, Detector::AccessKeyId];

/// Adds the rules of presets, the strictest first, in whatever order they are named.
pub(crate) fn add(presets: &[Preset], has_key: bool, build: &mut Build) {
    let has = |preset| presets.contains(&preset) || presets.contains(&Preset::Share);
    if has(Preset::Secrets) {
        secrets(has_key, build);
    }
    if presets.contains(&Preset::Share) {
        names("share", RESOURCES, Action::Pseudonym, build);
        texts("share", RESOURCE_TEXTS, Action::Pseudonym, build);
    }
    if has(Preset::Pii) {
        let action = if has_key { Action::Pseudonym } else { Action::Mask };
        // Who may see `pii` only wants to know more than who may see `share`.
        if !presets.contains(&Preset::Share) {
            for (parent, leaf) in NOT_PERSONAL {
                let pattern = (!parent.is_empty()).then(|| Pattern::below(parent, leaf));
                let rule = Rule { pattern, ..Rule::new("pii: of no person", Action::Keep) };
                build.add(Trigger::Name((*leaf).to_owned()), rule);
            }
        }
        names("pii", PERSONAL, action, build);
        texts("pii", PERSONAL_TEXTS, action, build);
    }
}

fn secrets(has_key: bool, build: &mut Build) {
    catalog::add(has_key, build);
    texts("secrets", SECRET_TEXTS, Action::Mask, build);
    if has_key {
        texts("secrets", &[Detector::AccessKeyId], Action::Pseudonym, build);
        // Sessions are often named after people by their addresses.
        let rule = Rule {
            pattern: Some(Pattern::below_top("userIdentity")),
            detector: Some(Detector::Email),
            ..Rule::new("secrets: email in userIdentity", Action::Pseudonym)
        };
        build.add(Trigger::Text, rule);
    }
}

fn names(preset: &str, table: &[&str], action: Action, build: &mut Build) {
    for name in table {
        build
            .add(Trigger::Name((*name).to_owned()), Rule::new(format!("{preset}: {name}"), action));
    }
}

fn texts(preset: &str, detectors: &[Detector], action: Action, build: &mut Build) {
    for detector in detectors {
        let rule = Rule {
            detector: Some(*detector),
            ..Rule::new(format!("{preset}: {}", detector.name()), action)
        };
        build.add(Trigger::Text, rule);
    }
}
