//! The stage: makes the pass and writes the event anew.

use crate::change::{Change, splice};
use crate::findings::Finding;
use crate::options;
use crate::pass::Pass;
use crate::place::{steps, written};
use crate::plan::Plan;
use crate::rule::Call;
use std::borrow::Cow;
use trailmill_stage::event::json::{Index, Kind, Str, Tokens, Value};
use trailmill_stage::event::{Event, Names, Node, Path};
use trailmill_stage::{Fault, FaultKind, Resources, Settings, SettingsError, Stage, Verdict};

/// What was found could not be hidden.
pub static NOT_REDACTED: FaultKind = FaultKind {
    name: "not-redacted",
    message: "something has to be hidden in the event, and could not be",
};

/// Hides what its rules are about.
#[derive(Debug)]
pub struct Redactor {
    plan: Plan,
    /// The members that say which call a record is about.
    call: Names,
}

impl Redactor {
    /// The stage of settings, which may name a key among the resources.
    ///
    /// # Errors
    /// The option that does not fit, or why there is no key; never any of the key.
    pub fn new(settings: &Settings, resources: &dyn Resources) -> Result<Self, SettingsError> {
        Ok(Redactor { plan: options::plan(settings, resources)?, call: Names::new(CALL) })
    }

    /// What would be hidden in an event, in the order of its text.
    pub fn findings(&self, event: &Event<'_>) -> Vec<Finding> {
        let mut text = Vec::new();
        event.write_into(&mut text);
        let mut index = Index::new();
        let Ok(root) = index.parse(&text) else { return Vec::new() };
        let tokens = root.tokens();
        let finding = |change: Change| Finding {
            rule: self.plan.rules[change.rule].name.clone(),
            path: written(&steps(tokens, change.token, None)),
        };
        self.changes(tokens, false, call(tokens)).into_iter().map(finding).collect()
    }

    #[inline]
    fn changes(&self, tokens: Tokens<'_>, is_dense: bool, call: [Text<'_>; 2]) -> Vec<Change> {
        let [name, source] = &call;
        let call = Call::new(name.as_bytes(), source.as_bytes());
        let pass = Pass::new(&self.plan, tokens, call, None);
        match is_dense {
            true => pass.run::<true>(),
            false => pass.run::<false>(),
        }
    }

    /// An event that stages before have changed.
    fn apply_touched(&self, event: &mut Event<'_>) -> Result<(), Fault> {
        let mut text = Vec::new();
        event.write_into(&mut text);
        let mut index = Index::new();
        let fault = |_| Fault::new(&NOT_REDACTED);
        let tokens = index.parse(&text).map_err(fault)?.tokens();
        let changes = self.changes(tokens, true, call(tokens));
        if changes.is_empty() {
            return Ok(());
        }
        rewrite(event, |_, out| splice(tokens, 0..text.len(), &changes, out))
    }
}

impl Stage for Redactor {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let is_dense = event.root().is_dense();
        let Some(root) = event.root().untouched() else {
            self.apply_touched(event)?;
            return Ok(Verdict::Keep);
        };
        let tokens = root.tokens();
        // By way of the table that other stages share.
        let call = event.root().pick(&self.call).map(|node| text(node.and_then(Node::as_string)));
        let changes = self.changes(tokens, is_dense, call);
        if changes.is_empty() {
            return Ok(Verdict::Keep);
        }
        if let Some((name, value)) = only_member(tokens, &changes) {
            let (path, span) = (Path::member(&name), value.span());
            let set = event.set_json(&path, |event, out| {
                if let Some(root) = event.root().untouched() {
                    splice(root.tokens(), span, &changes, out);
                }
            });
            return set.map(|()| Verdict::Keep).map_err(|_| Fault::new(&NOT_REDACTED));
        }
        rewrite(event, |event, out| {
            if let Some(root) = event.root().untouched() {
                splice(root.tokens(), root.span(), &changes, out);
            }
        })?;
        Ok(Verdict::Keep)
    }
}

/// Puts what `write` appends in the place of the record, if it is an object.
fn rewrite(
    event: &mut Event<'_>,
    write: impl FnOnce(&Event<'_>, &mut Vec<u8>),
) -> Result<(), Fault> {
    event.rewrite(|event, out| {
        let mut text = Vec::with_capacity(2048);
        write(event, &mut text);
        let mut index = Index::new();
        match index.parse(&text) {
            Ok(root) if root.kind() == Kind::Object => {
                trailmill_stage::event::json::compact_into(&text, out);
                Ok(())
            }
            _ => Err(Fault::new(&NOT_REDACTED)),
        }
    })
}

/// The name and value of the one top-level member in which all changes are; `None` if there are
/// several, or several of that name.
fn only_member<'a>(tokens: Tokens<'a>, changes: &[Change]) -> Option<(String, Value<'a>)> {
    let (first, last) = (changes.first()?, changes.last()?);
    let root = tokens.value(0);
    let mut around = root.members().filter(|member| member.span().contains(&first.span.start));
    let member = around.next()?;
    let (name, value) = (member.key().decode(), member.value());
    let span = value.span();
    let is_inside = span.start <= first.span.start && last.span.end <= span.end;
    let is_only = root.members().filter(|other| other.key().is(&name)).count() == 1;
    (is_inside && is_only).then(|| (name.into_owned(), value))
}

/// What a record says of its call.
type Text<'a> = Cow<'a, str>;

/// The call that a document is about: `eventName` and `eventSource`, empty if they are no texts.
fn call(tokens: Tokens<'_>) -> [Text<'_>; 2] {
    let root = tokens.value(0);
    CALL.map(|name| text(root.get(name).and_then(Value::as_string)))
}

fn text(string: Option<Str<'_>>) -> Text<'_> {
    string.map(Str::decode).unwrap_or_default()
}

/// The members that say which call a record is about.
const CALL: [&str; 2] = ["eventName", "eventSource"];
