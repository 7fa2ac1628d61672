//! Cases: a pipeline, an input and the answer to it, as files that are tests and benchmarks.

mod inputs;

pub use inputs::{Amount, InputSpec, Inputs, Layout};

use crate::contest::{Answer, Contender};
use crate::digest::Digest;
use crate::trail::{Trailmill, pipeline};
use crate::way::Unmeasured;
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use trailmill_pipeline::{Books, Pipeline};
use trailmill_stage::event::json::Isa;

/// A case as its file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, and what to hold it against.
    pub analysis: String,
    /// The pipeline, as YAML.
    pub pipeline: String,
    /// What runs through it.
    pub input: InputSpec,
    /// What must come out for the amount of input that is checked.
    pub expect: Expect,
}

/// What must come out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// Records and pieces read.
    pub read: u64,
    /// Those written by an output.
    pub written: u64,
    /// Those that no output wanted.
    pub filtered: u64,
    /// Those in the quarantine.
    pub quarantined: u64,
    /// What each output has got.
    pub outputs: Vec<ExpectOutput>,
}

/// What an output must have got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectOutput {
    /// Lines.
    pub rows: u64,
    /// Bytes, line feeds included.
    pub bytes: u64,
    /// The SHA-256 of them.
    pub sha256: String,
}

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// The names of all cases, sorted.
///
/// # Errors
/// If the folder can not be read.
pub fn names() -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".toml").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

impl Case {
    /// Reads the case of a name.
    ///
    /// # Errors
    /// If there is none, or its file does not say what a case says.
    pub fn read(name: &str) -> Result<Self, Unmeasured> {
        let path = folder().join(format!("{name}.toml"));
        let text = std::fs::read_to_string(path).map_err(|_| {
            let known = names().unwrap_or_default().join(", ");
            Unmeasured(format!("there is no case `{name}` (cases: {known})"))
        })?;
        toml::from_str(&text).map_err(|error| Unmeasured(format!("case `{name}`: {error}")))
    }

    /// Builds its pipeline.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn pipeline(&self) -> Result<Pipeline, Unmeasured> {
        pipeline(&self.pipeline)
    }

    /// Takes inputs through the pipeline and says what came out.
    ///
    /// # Errors
    /// If an input is bad as a whole, or the books do not balance.
    pub fn answer(&self, inputs: &Inputs, isa: Isa) -> Result<Expect, Unmeasured> {
        let pipeline = self.pipeline()?;
        let mut trailmill = Trailmill::new(&pipeline, isa);
        let mut digests = vec![Digest::default(); pipeline.outputs().len()];
        for input in inputs.stored() {
            trailmill.input(input, &mut |output, rows| digests[output].add(rows))?;
        }
        let books = trailmill.books();
        books.check().map_err(|wrong| Unmeasured(format!("the books: {wrong:?}")))?;
        Ok(Expect::of(books, &digests))
    }

    /// The pipeline of the case over inputs, to be timed.
    pub fn contender<'c>(pipeline: &'c Pipeline, inputs: &'c Inputs, isa: Isa) -> Contender<'c> {
        let mut trailmill = Trailmill::new(pipeline, isa);
        Contender {
            name: "trailmill".to_owned(),
            instructions: isa.name().to_owned(),
            round: Box::new(move || {
                let (read, mut bytes) = (trailmill.books().read, 0);
                for input in inputs.stored() {
                    trailmill.input(input, &mut |_, rows| bytes += rows.len())?;
                }
                Ok(Answer { records: Some(trailmill.books().read - read), bytes })
            }),
        }
    }
}

impl Expect {
    fn of(books: &Books, digests: &[Digest]) -> Self {
        let outputs = digests.iter().map(|digest| ExpectOutput {
            rows: digest.lines(),
            bytes: digest.bytes(),
            sha256: digest.hex(),
        });
        Expect {
            read: books.read,
            written: books.written,
            filtered: books.filtered,
            quarantined: books.quarantined,
            outputs: outputs.collect(),
        }
    }

    /// The section `expect` of a case, as it stands in a file.
    pub fn section(&self) -> String {
        let Expect { read, written, filtered, quarantined, outputs } = self;
        let mut text = format!("[expect]\nread = {read}\nwritten = {written}\n");
        let _ = write!(text, "filtered = {filtered}\nquarantined = {quarantined}\n");
        for ExpectOutput { rows, bytes, sha256 } in outputs {
            let _ = write!(text, "\n[[expect.outputs]]\nrows = {rows}\nbytes = {bytes}\n");
            let _ = writeln!(text, "sha256 = \"{sha256}\"");
        }
        text
    }
}
