//! Settings as they are written, and the plan that they become.

use crate::detect::DETECTORS;
use crate::key::{KEY_BYTES_MIN, Key};
use crate::pattern::Pattern;
use crate::plan::{Build, Plan, Trigger};
use crate::preset::{self, Preset};
use crate::pseudonym::Pseudonyms;
use crate::rule::{Action, Calls, Rule};
use serde::Deserialize;
use trailmill_stage::{Resources, Settings, SettingsError};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    #[serde(default)]
    preset: Presets,
    #[serde(default)]
    key: Option<KeyPlace>,
    #[serde(default)]
    keep_prefixes: bool,
    #[serde(default)]
    rules: Vec<Written>,
}

/// One preset, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`secrets`, `pii`, `share` or a list of these")]
enum Presets {
    One(Preset),
    Several(Vec<Preset>),
}

impl Default for Presets {
    fn default() -> Self {
        Presets::Several(Vec::new())
    }
}

/// Where the key is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum KeyPlace {
    File(String),
    Variable(String),
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    path: Option<String>,
    name: Option<String>,
    detect: Option<String>,
    #[serde(default)]
    event_name: String,
    #[serde(default)]
    event_source: String,
    action: WrittenAction,
    characters: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenAction {
    Mask,
    Remove,
    Hash,
    Pseudonym,
    Truncate,
    Partial,
    Keep,
}

/// How many characters `truncate` and `partial` keep if nobody says.
const TRUNCATED: usize = 16;
const PARTIAL: usize = 4;

/// Reads settings into a plan.
///
/// # Errors
/// The first option that does not fit.
pub(crate) fn plan(settings: &Settings, resources: &dyn Resources) -> Result<Plan, SettingsError> {
    let options: Options = settings.read()?;
    let presets = match options.preset {
        Presets::One(preset) => vec![preset],
        Presets::Several(presets) => presets,
    };
    if presets.is_empty() && options.rules.is_empty() {
        let message = "nothing would be hidden: name a preset (`secrets`, `pii`, `share`) or rules";
        return Err(SettingsError::new("preset", message));
    }
    let key = options.key.map(|place| key(&place, resources)).transpose()?;
    let mut build = Build::default();
    for (number, written) in options.rules.iter().enumerate() {
        let place = format!("rules[{number}]");
        let (trigger, rule) = written.read(&place)?;
        if rule.action.needs_key() && key.is_none() {
            return Err(no_key(&format!("{place}.action")));
        }
        build.add(trigger, rule);
    }
    if presets.contains(&Preset::Share) && key.is_none() {
        return Err(no_key("preset"));
    }
    preset::add(&presets, key.is_some(), &mut build);
    Ok(build.finish(key.map(|key| Pseudonyms::new(key, options.keep_prefixes))))
}

fn no_key(option: &str) -> SettingsError {
    let message = "hashes and pseudonyms need a key: add `key: { file: PATH }` or \
                   `key: { variable: NAME }`";
    SettingsError::new(option, message)
}

/// Reads the key; no error repeats any of it.
fn key(place: &KeyPlace, resources: &dyn Resources) -> Result<Key, SettingsError> {
    let (option, bytes) = match place {
        KeyPlace::File(path) => ("key.file", resources.file(path)),
        KeyPlace::Variable(name) => {
            ("key.variable", resources.variable(name).map(String::into_bytes))
        }
    };
    let mut bytes = bytes.map_err(|message| SettingsError::new(option, message))?;
    // Editors and `echo` put a line feed behind a key, which is none of it.
    while bytes.last().is_some_and(|byte| b"\r\n".contains(byte)) {
        bytes.pop();
    }
    if bytes.len() < KEY_BYTES_MIN {
        let message = format!(
            "the key has {} bytes and needs {KEY_BYTES_MIN} or more: make one with `openssl rand \
             -hex 32`",
            bytes.len(),
        );
        return Err(SettingsError::new(option, message));
    }
    Ok(Key::new(&bytes))
}

impl Written {
    fn read(&self, place: &str) -> Result<(Trigger, Rule), SettingsError> {
        let action = self.action(place)?;
        let calls = Calls {
            event: self.event_name.clone(),
            service: self.event_source.split('.').next().unwrap_or_default().to_owned(),
        };
        let mut rule = Rule { calls, ..Rule::new(place, action) };
        if let Some(path) = &self.path {
            let wrong = |message| SettingsError::new(&format!("{place}.path"), message);
            let pattern = Pattern::read(path).map_err(wrong)?;
            let (pattern, inside) = pattern.split();
            (rule.pattern, rule.inside) = (Some(pattern), inside);
        }
        let trigger = match (&self.name, &self.detect) {
            (None, Some(detector)) => {
                rule.detector = Some(detector_of(detector, place)?);
                Trigger::Text
            }
            (Some(name), None) if self.path.is_none() => Trigger::Name(name.clone()),
            (None, None) if self.path.is_some() => {
                let last = rule.pattern.as_ref().and_then(Pattern::last_name);
                last.map_or(Trigger::Root, |name| Trigger::Name(name.to_owned()))
            }
            _ => {
                let message = "a rule has one of `path`, `name` and `detect`, or `detect` and the \
                               `path` of what is looked into";
                return Err(SettingsError::new(place, message));
            }
        };
        Ok((trigger, rule))
    }

    fn action(&self, place: &str) -> Result<Action, SettingsError> {
        let characters = |usual| self.characters.unwrap_or(usual);
        Ok(match self.action {
            WrittenAction::Truncate => Action::Truncate(characters(TRUNCATED)),
            WrittenAction::Partial => Action::Partial(characters(PARTIAL)),
            _ if self.characters.is_some() => {
                let message = "only `truncate` and `partial` keep some";
                return Err(SettingsError::new(&format!("{place}.characters"), message));
            }
            WrittenAction::Mask => Action::Mask,
            WrittenAction::Remove => Action::Remove,
            WrittenAction::Hash => Action::Hash,
            WrittenAction::Pseudonym => Action::Pseudonym,
            WrittenAction::Keep => Action::Keep,
        })
    }
}

fn detector_of(name: &str, place: &str) -> Result<crate::detect::Detector, SettingsError> {
    let found = DETECTORS.iter().find(|(known, _)| *known == name);
    found.map(|(_, detector)| *detector).ok_or_else(|| {
        let names: Vec<String> = DETECTORS.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("there is no detector of that name, but {}", names.join(", "));
        SettingsError::new(&format!("{place}.detect"), message)
    })
}
