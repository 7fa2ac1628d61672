//! Lists of stages: names and options, looked up among the plugins and built.

use super::when::{WHEN, when};
use super::{Named, some_of};
use crate::step::{Action, DecoderStep, OnFault, Step};
use crate::tree::{self, Node, Place, TreeError, Value};
use crate::when::When;
use serde_json::Value as Json;
use trailmill_stage::{Build, OptionSpec, Resources, Settings, SettingsError, StageSpec};

/// The option that every stage has. All but the decoder have `when` too.
pub(crate) const ON_FAULT: &str = "on_fault";

/// Builds stages from what the file says of them.
pub(super) struct Loader<'a> {
    pub(super) specs: &'a [&'static StageSpec],
    pub(super) resources: &'a dyn Resources,
}

impl Loader<'_> {
    /// The stages of the pipeline itself: a decoder, and what follows.
    pub(super) fn chain(&self, node: &Node) -> Result<(DecoderStep, Vec<Step>), TreeError> {
        let [first, rest @ ..] = some_of(node, "stages")? else {
            return Err(node.error("`stages` is empty"));
        };
        Ok((self.decoder(first)?, self.steps(rest)?))
    }

    /// Stages that follow a decoder.
    pub(super) fn steps(&self, nodes: &[Node]) -> Result<Vec<Step>, TreeError> {
        nodes.iter().map(|node| self.step(node)).collect()
    }

    fn decoder(&self, node: &Node) -> Result<DecoderStep, TreeError> {
        let entry = self.entry(node)?;
        let Build::Decoder(build) = entry.spec.build else {
            let decoders = self.specs.iter().filter(|spec| matches!(spec.build, Build::Decoder(_)));
            let decoders: Vec<&str> = decoders.map(|spec| spec.name).collect();
            return Err(entry.named.error(format!(
                "the first stage must be a decoder, and `{}` is none (decoders: {})",
                entry.spec.name,
                decoders.join(", ")
            )));
        };
        let decoder = build(&entry.settings, self.resources).map_err(|e| entry.locate(&e))?;
        Ok(DecoderStep { name: entry.spec.name, decoder, on_fault: entry.on_fault })
    }

    fn step(&self, node: &Node) -> Result<Step, TreeError> {
        let entry = self.entry(node)?;
        let (settings, resources) = (&entry.settings, self.resources);
        let action = match entry.spec.build {
            Build::Stage(build) => build(settings, resources).map(Action::Stage),
            Build::Remember(build) => build(settings, resources).map(Action::Remember),
            Build::Decoder(_) => {
                return Err(entry.named.error(format!(
                    "`{}` is a decoder, which only the first stage of the pipeline can be",
                    entry.spec.name
                )));
            }
        };
        let action = action.map_err(|error| entry.locate(&error))?;
        let step = Step::new(entry.spec, action, entry.on_fault, entry.when);
        if step.guards && step.on_fault == OnFault::Mark {
            // Those of which every stage is a guard have no such value in the first place.
            let message =
                format!("stage `{}` is a guard here, so `on_fault` can not be `mark`", step.name);
            return Err(entry.named.error(message));
        }
        Ok(step)
    }

    /// Finds the plugin and checks the names of the options.
    fn entry<'n>(&self, node: &'n Node) -> Result<Entry<'n>, TreeError> {
        let named = Named::read(node, "stage")?;
        let Some(spec) = self.specs.iter().copied().find(|spec| spec.name == named.name) else {
            let names: Vec<&str> = self.specs.iter().map(|spec| spec.name).collect();
            return Err(named.unknown("stage", &names));
        };
        check_options(&named, spec)?;
        let on_fault = match named.options.and_then(|options| options.get(ON_FAULT)) {
            Some(node) => on_fault(node, spec)?,
            None => OnFault::Quarantine,
        };
        let when = match named.options.and_then(|options| options.get(WHEN)) {
            Some(node) => Some(when(node, &format!("stage `{}`", spec.name))?),
            None => None,
        };
        let settings = Settings::new(named.options.map_or(Json::Null, options_of));
        Ok(Entry { named, spec, settings, on_fault, when })
    }
}

/// The options for the plugin, without those that are the runner's.
fn options_of(node: &Node) -> Json {
    let mut options = node.to_json();
    if let Some(options) = options.as_object_mut() {
        options.shift_remove(ON_FAULT);
        options.shift_remove(WHEN);
    }
    options
}

fn check_options(named: &Named<'_>, spec: &StageSpec) -> Result<(), TreeError> {
    // What stands inside other options (`lists.name`) is for the plugin to check.
    let is_own = |option: &&OptionSpec| option.name != ON_FAULT && !option.name.contains('.');
    let own = spec.options.iter().filter(is_own);
    if let Some(options) = named.options {
        let mut names: Vec<&str> = own.clone().map(|option| option.name).collect();
        names.push(ON_FAULT);
        names.extend(has_when(spec).then_some(WHEN));
        tree::check_keys(options, &format!("stage `{}`", spec.name), &names)?;
    }
    let given = |name: &str| named.options.is_some_and(|options| options.get(name).is_some());
    match own.clone().find(|option| option.default.is_empty() && !given(option.name)) {
        None => Ok(()),
        Some(option) => {
            let message = format!("stage `{}` needs the option `{}`", spec.name, option.name);
            Err(named.error(message))
        }
    }
}

/// Whether the stage can be passed by: all but a decoder can.
pub(crate) fn has_when(spec: &StageSpec) -> bool {
    !matches!(spec.build, Build::Decoder(_))
}

/// What `on_fault` may be for a plugin. A decoder has no event to mark, and an event that a guard
/// has not seen can not go on; another plugin that must not keep going lists an option `on_fault`
/// of its own, whose kind says what is left.
pub(crate) fn on_fault_values(spec: &StageSpec) -> Vec<&'static str> {
    let own = spec.options.iter().find(|option| option.name == ON_FAULT);
    let all = ["quarantine", "mark", "drop"].into_iter();
    let may_mark = !matches!(spec.build, Build::Decoder(_)) && !spec.guards;
    let allowed = all.filter(|value| match own {
        _ if *value == "mark" && !may_mark => false,
        Some(option) => option.kind.split([' ', ',']).any(|word| word == *value),
        None => true,
    });
    allowed.collect()
}

fn on_fault(node: &Node, spec: &StageSpec) -> Result<OnFault, TreeError> {
    let name = node.as_str()?;
    let values = on_fault_values(spec);
    if !values.contains(&name) {
        let hint = match tree::nearest(name, values.iter().copied()) {
            Some(value) => format!("; did you mean `{value}`?"),
            None => String::new(),
        };
        return Err(node.error(format!(
            "`on_fault` of stage `{}` can not be that{hint} (values: {})",
            spec.name,
            values.join(", ")
        )));
    }
    Ok(match name {
        "mark" => OnFault::Mark,
        "drop" => OnFault::Drop,
        _ => OnFault::Quarantine,
    })
}

/// A stage of the file with its plugin.
struct Entry<'n> {
    named: Named<'n>,
    spec: &'static StageSpec,
    settings: Settings,
    on_fault: OnFault,
    when: Option<Box<dyn When>>,
}

impl Entry<'_> {
    /// Brings an error of the plugin back to the option that it speaks of.
    fn locate(&self, error: &SettingsError) -> TreeError {
        let place = match self.named.options {
            Some(options) if !error.option.is_empty() => option_place(options, &error.option),
            _ => self.named.at,
        };
        TreeError::new(place, format!("stage `{}`: {error}", self.spec.name))
    }
}

/// Where the option at a path like `limits.names[2].max` stands, or the deepest part of the path
/// that exists. Keys may hold dots themselves; the longest key that fits is taken.
pub(super) fn option_place(options: &Node, path: &str) -> Place {
    let (mut node, mut place, mut rest) = (options, options.at, path);
    loop {
        let next = match &node.value {
            Value::Map(entries) => {
                let fitting = entries.iter().filter_map(|entry| {
                    let behind = rest.strip_prefix(entry.key.as_str())?;
                    let ends = behind.is_empty() || behind.starts_with(['.', '[']);
                    ends.then_some((entry, behind))
                });
                let longest = fitting.min_by_key(|(_, behind)| behind.len());
                longest.map(|(entry, behind)| (&entry.value, entry.key_at, behind))
            }
            Value::List(items) => element(items, rest).map(|(item, rest)| (item, item.at, rest)),
            _ => None,
        };
        let Some((child, at, behind)) = next else {
            return place;
        };
        (node, place, rest) = (child, at, behind.strip_prefix('.').unwrap_or(behind));
    }
}

/// The element that `rest`, which begins with `[2]`, speaks of, and what is behind.
fn element<'n, 'r>(items: &'n [Node], rest: &'r str) -> Option<(&'n Node, &'r str)> {
    let (number, behind) = rest.strip_prefix('[')?.split_once(']')?;
    Some((items.get(number.parse::<usize>().ok()?)?, behind))
}
