//! Plugins for the tests of this crate, which knows no real ones: a decoder of lines, a stage that
//! sorts events out by a number, and a stage that makes rows.

#![allow(dead_code, reason = "each test program uses a part of this")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;
use trailmill_event::{Batch, Event, NoteKind, Path, Put, Source};
use trailmill_pipeline::{Books, Format, Outlet, Pipeline, Worker};
use trailmill_stage::*;

pub(crate) const SPECS: &[&StageSpec] = &[&LINES, &SIEVE, &ROW];
/// These, a guard and a stage that remembers, which would change what messages list.
pub(crate) const GUARDED: &[&StageSpec] = &[&LINES, &SIEVE, &ROW, &VEIL, &ONCE];

pub(crate) static NOT_JSON: FaultKind =
    FaultKind { name: "toy-not-json", message: "the line is not JSON" };
pub(crate) static CUT: FaultKind = FaultKind { name: "toy-cut", message: "the input is cut" };
pub(crate) static TOO_MUCH: FaultKind =
    FaultKind { name: "toy-much", message: "the number is too much" };
pub(crate) static ODD: NoteKind = NoteKind { name: "toy-odd", help: "the number was odd" };

const fn option(name: &'static str, kind: &'static str, default: &'static str) -> OptionSpec {
    OptionSpec { name, kind, default, summary: "An option." }
}

const LINES: StageSpec = StageSpec {
    name: "decode-lines",
    summary: "Opens lines.",
    details: "",
    options: &[option("lines_max", "count", "3")],
    examples: &[],
    guards: false,
    build: Build::Decoder(|settings, _| {
        let Lines { lines_max } = settings.read()?;
        if lines_max == 0 {
            return Err(SettingsError::new("lines_max", "must be at least 1"));
        }
        Ok(Box::new(Lines { lines_max }))
    }),
};

const SIEVE: StageSpec = StageSpec {
    name: "sieve",
    summary: "Sorts events out by the number `n`.",
    details: "",
    options: &[
        option("filter", "count", "0"),
        option("fault", "count", "0"),
        option("limits", "map", "no limits"),
        option("table", "path", "none"),
    ],
    examples: &[],
    guards: false,
    build: Build::Stage(|settings, resources| {
        let sieve: Sieve = settings.read()?;
        if let Some(table) = &sieve.table {
            resources.file(table).map_err(|message| SettingsError::new("table", message))?;
        }
        Ok(Box::new(sieve))
    }),
};

const ROW: StageSpec = StageSpec {
    name: "row",
    summary: "Makes a row.",
    details: "",
    options: &[
        option("name", "text", ""),
        option("style", "one of good, bad, even", "good"),
        option("on_fault", "one of quarantine, drop", "quarantine"),
    ],
    examples: &[],
    guards: false,
    build: Build::Stage(|settings, _| Ok(Box::new(settings.read::<Row>()?))),
};

const VEIL: StageSpec = StageSpec {
    name: "veil",
    summary: "Hides a member.",
    details: "",
    options: &[option("hide", "name", "secret"), option("fault", "count", "0")],
    examples: &[],
    guards: true,
    build: Build::Stage(|settings, _| Ok(Box::new(settings.read::<Veil>()?))),
};

const ONCE: StageSpec = StageSpec {
    name: "once",
    summary: "Lets every number through once.",
    details: "",
    options: &[],
    examples: &[],
    guards: false,
    build: Build::Remember(|settings, _| Ok(Box::new(settings.read::<Once>()?))),
};

/// Remembers the numbers; at fault on 13, and not concerned with 0.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Once {}

impl Remember for Once {
    fn trace(&self, event: &Event<'_>) -> Result<Option<Trace>, Fault> {
        match number(event) {
            0 => Ok(None),
            13 => Err(Fault::new(&TOO_MUCH)),
            n => Ok(Some(n as Trace)),
        }
    }

    fn memory(&self) -> Box<dyn Memory> {
        Box::new(Numbers::default())
    }
}

#[derive(Debug, Default)]
struct Numbers(std::collections::BTreeSet<Trace>);

impl Memory for Numbers {
    fn see(&mut self, trace: Trace) -> Verdict {
        let verdict = self.guess(trace);
        self.0.insert(trace);
        verdict
    }

    fn guess(&self, trace: Trace) -> Verdict {
        match self.0.contains(&trace) {
            true => Verdict::Filter,
            false => Verdict::Keep,
        }
    }
}

/// Hides a member, unless it is at fault on the event: before or after the work.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Veil {
    hide: String,
    /// Be at fault on multiples of this.
    fault: i64,
}

impl Default for Veil {
    fn default() -> Self {
        Veil { hide: "secret".to_owned(), fault: 0 }
    }
}

impl Stage for Veil {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        if self.fault != 0 && number(event) % self.fault == 0 {
            return Err(Fault::new(&TOO_MUCH));
        }
        event.note(&ODD);
        let path = Path::member(&self.hide);
        if event.get(&path).is_some() {
            event.set(&path, Put::Text("***")).map_err(|_| Fault::new(&TOO_MUCH))?;
        }
        Ok(Verdict::Keep)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    #[serde(default = "three")]
    lines_max: usize,
}

fn three() -> usize {
    3
}

/// Every line is a record; the line `cut` kills the input.
impl Decoder for Lines {
    fn decode(
        &self,
        input: &mut Input<'_>,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        let mut text = Vec::new();
        input.reader.read_to_end(&mut text).map_err(|_| Fault::new(&CUT))?;
        let source = Source { container: "lines", ..input.source.clone() };
        let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        let mut offset = input.offset;
        for lines in lines.chunks(self.lines_max) {
            let (flow, cut) = chunk(lines, offset, &source, batch, sink);
            match (flow, cut) {
                (ControlFlow::Break(()), _) => return Ok(()),
                (_, Some(at)) => return Err(Fault::new(&CUT).at(at)),
                _ => offset += lines.concat().len() as u64,
            }
        }
        Ok(())
    }

    fn may_split(&self, head: &[u8]) -> bool {
        head.starts_with(b"{")
    }
}

fn chunk(
    lines: &[&[u8]],
    mut offset: u64,
    source: &Source,
    batch: &mut Batch,
    sink: &mut dyn Sink,
) -> (ControlFlow<()>, Option<u64>) {
    let text = lines.concat();
    let begin = offset;
    let mut cut = None;
    let mut bad = Vec::new();
    batch.load(text.clone().into(), offset, source.clone());
    for line in lines {
        let mut index = trailmill_event::json::Index::new();
        if *line == b"cut\n" {
            cut = Some(offset);
            break;
        }
        match index.parse(line) {
            Ok(_) => {
                let token = batch.index().token_at((offset - begin) as usize);
                batch.validate(token).expect("valid alone");
                batch.push(token, None);
            }
            Err(_) => bad.push((offset, line)),
        }
        offset += line.len() as u64;
    }
    let mut flow = sink.batch(batch);
    for (offset, line) in bad {
        if flow.is_continue() {
            flow = sink.fault(Fault::new(&NOT_JSON).at(offset), source, offset, line);
        }
    }
    (flow, cut)
}

/// What to do with the number `n` of an event; zero means nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sieve {
    /// Filter multiples of this.
    filter: i64,
    /// Be at fault on multiples of this.
    fault: i64,
    limits: Limits,
    table: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Limits {
    /// Be at fault above this.
    max: Option<i64>,
    names: BTreeMap<String, Vec<i64>>,
}

pub(crate) fn number(event: &Event<'_>) -> i64 {
    event.get(&Path::member("n")).and_then(|n| n.as_i64()).unwrap_or(1)
}

impl Stage for Sieve {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let n = number(event);
        if self.limits.max.is_some_and(|max| n > max) {
            return Err(
                Fault::new(&TOO_MUCH).limited_by("limits.max", self.limits.max.unwrap() as u64)
            );
        }
        if self.fault != 0 && n % self.fault == 0 {
            return Err(Fault::new(&TOO_MUCH).at(5));
        }
        if n % 2 != 0 {
            event.note(&ODD);
        }
        match self.filter != 0 && n % self.filter == 0 {
            true => Ok(Verdict::Filter),
            false => Ok(Verdict::Keep),
        }
    }
}

/// Replaces the event with `{"n": n, "<name>": true}` and the members of an earlier row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    style: Style,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Style {
    #[default]
    Good,
    /// Writes what is not JSON.
    Bad,
    /// Filters odd numbers, but only after it has written the row.
    Even,
}

impl Stage for Row {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        event.rewrite(|event, out| {
            out.extend_from_slice(b"{\"n\":");
            match event.get(&Path::member("n")) {
                Some(n) => n.write_into(out),
                None => out.extend_from_slice(b"null"),
            }
            for member in event.root().members().filter(|m| m.value().as_bool() == Some(true)) {
                out.extend_from_slice(b",\"");
                out.extend_from_slice(member.key().raw());
                out.extend_from_slice(b"\":true");
            }
            out.extend_from_slice(format!(",\"{}\":true", self.name).as_bytes());
            if !matches!(self.style, Style::Bad) {
                out.push(b'}');
            }
            Ok(())
        })?;
        let is_odd = number(event) % 2 != 0;
        let filters = is_odd && matches!(self.style, Style::Even);
        Ok(if filters { Verdict::Filter } else { Verdict::Keep })
    }

    fn columns(&self) -> Option<Vec<Provenance>> {
        let provenance = |column: &str, from: &str, rule: &str| Provenance {
            column: column.to_owned(),
            from: from.to_owned(),
            rule: rule.to_owned(),
        };
        Some(vec![provenance("n", "n", "as it stands"), provenance(&self.name, "", "always true")])
    }
}

/// Files in memory.
pub(crate) struct Files(pub(crate) &'static [(&'static str, &'static str)]);

impl Resources for Files {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|(name, _)| *name == path);
        match file {
            Some((_, text)) => Ok(text.as_bytes().to_vec()),
            None => Err(format!("no file `{path}`")),
        }
    }
}

/// A pipeline from YAML.
pub(crate) fn pipeline(text: &str) -> Pipeline {
    match Pipeline::load(text, Format::Yaml, SPECS, &NoResources) {
        Ok(pipeline) => pipeline,
        Err(error) => panic!("{error}\n{text}"),
    }
}

/// A pipeline from YAML that may name the guard too.
pub(crate) fn guarded(text: &str) -> Pipeline {
    match Pipeline::load(text, Format::Yaml, GUARDED, &NoResources) {
        Ok(pipeline) => pipeline,
        Err(error) => panic!("{error}\n{text}"),
    }
}

/// What a run has handed over.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// By output and path.
    pub(crate) rows: BTreeMap<(usize, Option<String>), String>,
    /// The lengths of what was handed over, in order.
    pub(crate) lengths: Vec<usize>,
    pub(crate) quarantine: String,
    /// After how many calls the run is broken.
    pub(crate) calls_max: Option<usize>,
}

impl Taken {
    fn flow(&self, calls: usize) -> ControlFlow<()> {
        match self.calls_max.is_some_and(|max| calls >= max) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn calls(&self) -> usize {
        self.lengths.len() + self.quarantine.lines().count()
    }

    /// The rows of an output without fields.
    pub(crate) fn of(&self, output: usize) -> &str {
        self.rows.get(&(output, None)).map_or("", String::as_str)
    }
}

impl Outlet for Taken {
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        let text = std::str::from_utf8(bytes).expect("rows are text");
        assert!(text.ends_with('\n'), "whole lines");
        self.rows.entry((output, path.map(str::to_owned))).or_default().push_str(text);
        self.lengths.push(bytes.len());
        // The bytes are left where they are: the worker must empty what an outlet has not.
        self.flow(self.calls())
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        let text = std::str::from_utf8(line).expect("lines are text");
        assert!(text.ends_with('\n') && text.lines().count() == 1, "one line");
        self.quarantine.push_str(text);
        self.flow(self.calls())
    }
}

/// Runs a text through a worker.
pub(crate) fn run(worker: &mut Worker<'_>, text: &[u8], taken: &mut Taken) -> Result<(), Fault> {
    let mut reader: &[u8] = text;
    let reader: &mut (dyn Read + Send) = &mut reader;
    let source = Source {
        name: Arc::from("made.json"),
        container: "",
        collected_at: Arc::from("2024-01-01T00:00:00Z"),
    };
    worker.run(&mut Input::whole(reader, source), taken)
}

/// Runs a text through a pipeline of its own; the books balance.
pub(crate) fn run_once(pipeline: &Pipeline, text: &str) -> (Taken, Books, Result<(), Fault>) {
    let mut taken = Taken::default();
    let mut worker = Worker::new(pipeline, None);
    let outcome = run(&mut worker, text.as_bytes(), &mut taken);
    let books = worker.books().clone();
    assert_eq!(books.check(), Ok(()));
    (taken, books, outcome)
}
