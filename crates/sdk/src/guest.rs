//! One stage as a guest: what every export does, in safe code that runs natively as well.

mod batch;
mod trouble;

use crate::json::{self, Checks, Span};
use crate::record::Record;
use crate::stage::{Apply, Stage, Trouble, Verdict};
use std::fmt;
use trailmill_abi::{ABI_VERSION, ANSWER_BYTES_MAX, INPUT_BYTES_MAX};
use trailmill_abi::{AnswerWriter, Entries, FLUENT_BIT_DEPTH_MAX, PIPELINE};

/// How many bytes a record may have, and what is made of it: what surely fits in the memory of a
/// module, several times over.
pub const RECORD_BYTES_MAX: usize = 8 << 20;

/// The name that stands for a stage where none is at fault.
const NO_STAGE: &str = "guest";

const NOT_CONFIGURED: Trouble =
    Trouble::new("not-configured", "the settings that the module was built with are refused");
const NO_INPUT: Trouble =
    Trouble::new("no-input", "the host had no memory to hand the record over");
const TOO_LARGE: Trouble =
    Trouble::new("host-record-too-large", "the record has more than 8388608 bytes");
const NO_RECORD: Trouble =
    Trouble::new("no-record", "it is no JSON object, or one that is nested too deep");
const ROW_TOO_LARGE: Trouble =
    Trouble::new("row-too-large", "what the stage made of it has more than 8388608 bytes");
const ROW_NO_OBJECT: Trouble =
    Trouble::new("row-no-object", "what the stage made of it is no JSON object");

/// A stage at work, as a module holds it. Tests of a stage can use one as well.
///
/// ```
/// use trailmill_sdk::{Guest, Record, Trouble, Verdict};
///
/// fn nothing(_: &Record, _: &mut String) -> Result<Verdict, Trouble> {
///     Ok(Verdict::Keep)
/// }
///
/// trailmill_sdk::stage!(nothing);
///
/// let mut guest = Guest::new(&STAGE);
/// assert_eq!(guest.filter(Some(br#"{"a":1}"#)), b"{\"a\":1}\0");
/// ```
pub struct Guest {
    stage: &'static Stage,
    state: State,
    source: Source,
    row: String,
    members: Vec<Span>,
    /// An answer to Fluent Bit.
    text: String,
    writer: AnswerWriter,
}

/// Where the settings come from.
enum State {
    /// Nobody has asked for them yet.
    Untold,
    /// From the module itself, or from a configuration.
    Told(Apply),
    /// Those of the module itself are refused.
    Refused(String),
}

/// Where inputs come from.
#[derive(Default)]
struct Source {
    name: String,
    collected_at: String,
}

/// What becomes of a record that is not in trouble.
enum Outcome<'a> {
    Row(&'a str),
    Unwanted,
}

/// Why a record has become no row: who says so, and what.
struct Fault {
    stage: &'static str,
    trouble: Trouble,
}

impl Guest {
    /// A guest that nobody has configured.
    pub fn new(stage: &'static Stage) -> Self {
        Guest {
            stage,
            state: State::Untold,
            source: Source::default(),
            row: String::new(),
            members: Vec::new(),
            text: String::new(),
            writer: AnswerWriter::default(),
        }
    }

    /// Takes a configuration: one entry of the kind of a pipeline file, whose value are settings.
    /// If the value is empty or `null`, the settings of the module itself stand.
    ///
    /// # Errors
    /// What is wrong with it, or with the settings; the guest is as it was.
    pub fn configure(&mut self, configuration: &[u8]) -> Result<(), String> {
        if let State::Told(_) = self.state {
            return Err("the module holds settings already".to_owned());
        }
        let (name, settings) = settings(configuration)?;
        let are_ours = settings.is_empty() || settings == "null";
        let settings = if are_ours { self.stage.settings } else { settings };
        let apply = build(self.stage, settings).map_err(|error| format!("{name}: {error}"))?;
        self.state = State::Told(apply);
        Ok(())
    }

    /// Makes sure that there are settings.
    ///
    /// # Errors
    /// What is wrong with those of the module itself, if it has no others.
    pub fn start(&mut self) -> Result<(), String> {
        if let State::Untold = self.state {
            self.state = match build(self.stage, self.stage.settings) {
                Ok(apply) => State::Told(apply),
                Err(message) => State::Refused(message),
            };
        }
        match &self.state {
            State::Refused(message) => Err(message.clone()),
            _ => Ok(()),
        }
    }

    /// Says where the inputs from now on come from: JSON, an object with `source`, the name that
    /// quarantine lines give, and `collectedAt`, RFC 3339 text. What is left out is empty.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn origin(&mut self, text: &[u8]) -> Result<(), &'static str> {
        let text = std::str::from_utf8(text).ok().filter(|text| json::is_object(text));
        let text = text.ok_or("an origin is a JSON object with `source` and `collectedAt`")?;
        let mut source = Source::default();
        for (key, value) in json::members(text) {
            let value = json::string(value).ok_or("the members of an origin are strings")?;
            match key {
                "source" => source.name = value.into_owned(),
                "collectedAt" => source.collected_at = value.into_owned(),
                _ => return Err("an origin has the members `source` and `collectedAt` only"),
            }
        }
        self.source = source;
        Ok(())
    }

    /// What the guest says of itself, as `ABI.md` has it. It is ready unless it has been told no
    /// settings and refuses its own.
    pub fn describe(&self) -> String {
        let mut name = String::new();
        json::quote(self.stage.name, &mut name);
        let mut description = String::new();
        json::quote(self.stage.description, &mut description);
        let guards = self.stage.guards;
        let is_told = matches!(self.state, State::Told(_));
        let pipeline = match is_told || build(self.stage, self.stage.settings).is_ok() {
            true => format!(
                r#"{{"name":{name},"description":{description},"stages":[{name}],"outputs":["1"],"guarded":{guards},"files":[],"variables":[]}}"#
            ),
            false => "null".to_owned(),
        };
        let version = self.stage.version;
        format!(
            r#"{{"abi":{ABI_VERSION},"name":{name},"version":"{version}","description":{description},"stages":[],"limits":{{"inputBytes":{INPUT_BYTES_MAX},"answerBytes":{ANSWER_BYTES_MAX},"recordBytes":{RECORD_BYTES_MAX}}},"pipeline":{pipeline}}}"#
        )
    }

    /// Takes a record through the stage, as Fluent Bit hands it over; `record` is none if there
    /// was no memory for it. Gives one JSON object and a zero byte behind it, or only the zero
    /// byte for a record that is filtered. It stands until the next call.
    pub fn filter(&mut self, record: Option<&[u8]>) -> &[u8] {
        self.text.clear();
        let mut checks = Checks::new(FLUENT_BIT_DEPTH_MAX);
        let is_ready = self.start().is_ok();
        match (record, &self.state) {
            (Some(record), State::Told(apply)) if is_ready => {
                let memory = (&mut self.row, &mut self.members);
                match judge(self.stage, apply, record, memory, &mut checks) {
                    Ok(Outcome::Row(row)) => self.text.push_str(row),
                    Ok(Outcome::Unwanted) => {}
                    Err(fault) if self.stage.guards => fault.tell(&mut self.text),
                    Err(fault) => fault.pass(record, &mut checks, &mut self.text),
                }
            }
            (None, _) => Fault::from(NO_INPUT).tell(&mut self.text),
            _ => Fault::from(NOT_CONFIGURED).tell(&mut self.text),
        }
        if checks.saw_odd_number {
            // Fluent Bit ends with a number beyond the doubles.
            self.text = json::tame(&self.text);
        }
        self.text.push('\0');
        self.text.as_bytes()
    }
}

/// Takes one record through the function. What goes on is one JSON object on one line.
fn judge<'a>(
    stage: &Stage,
    apply: &Apply,
    record: &'a [u8],
    (row, members): (&'a mut String, &mut Vec<Span>),
    checks: &mut Checks,
) -> Result<Outcome<'a>, Fault> {
    if record.len() > RECORD_BYTES_MAX {
        return Err(TOO_LARGE.into());
    }
    let text = std::str::from_utf8(record).map_err(|_| NO_RECORD)?;
    let record = json::spans(text, members, checks).ok_or(NO_RECORD)?;
    row.clear();
    let verdict = apply(&Record::new(record, members), row);
    match verdict.map_err(|trouble| Fault { stage: stage.name, trouble })? {
        Verdict::Keep => Ok(Outcome::Row(record)),
        Verdict::Filter => Ok(Outcome::Unwanted),
        Verdict::Replace if row.len() > RECORD_BYTES_MAX => Err(ROW_TOO_LARGE.into()),
        Verdict::Replace if json::is_object_like(record, row, checks) => {
            Ok(Outcome::Row(on_one_line(row)))
        }
        Verdict::Replace => Err(ROW_NO_OBJECT.into()),
    }
}

/// The same JSON without line breaks, which can stand between tokens only.
fn on_one_line(row: &mut String) -> &str {
    if row.contains(['\n', '\r']) {
        *row = row.replace(['\n', '\r'], " ");
    }
    row.trim_matches(json::BLANKS)
}

fn build(stage: &Stage, settings: &str) -> Result<Apply, String> {
    match json::is_object(settings) {
        true => (stage.build)(settings),
        false => Err("settings are one JSON object".to_owned()),
    }
}

/// The name and the value of the only entry of a configuration.
fn settings(configuration: &[u8]) -> Result<(&str, &str), String> {
    let mut entries = Entries::of(configuration);
    let first = entries.next().transpose().map_err(|unknown| unknown.to_string())?;
    let behind = entries.next().transpose().map_err(|unknown| unknown.to_string())?;
    let (Some(entry), None) = (first.filter(|entry| entry.kind == PIPELINE), behind) else {
        return Err("the configuration of a stage is one entry, its settings".to_owned());
    };
    let value = configuration.get(entry.value).unwrap_or_default();
    let value = std::str::from_utf8(value).map_err(|_| format!("{}: not UTF-8", entry.name))?;
    Ok((entry.name, value.trim_matches(json::BLANKS)))
}

impl From<Trouble> for Fault {
    /// Trouble that is not the stage's.
    fn from(trouble: Trouble) -> Self {
        Fault { stage: NO_STAGE, trouble }
    }
}

impl fmt::Debug for Guest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guest").field("stage", &self.stage.name).finish_non_exhaustive()
    }
}

/// The answer to an input that could not be handed over.
#[cfg(target_arch = "wasm32")]
pub(crate) fn failure(message: &str) -> Vec<u8> {
    AnswerWriter::default().failed(message).to_vec()
}

#[cfg(test)]
mod tests;
