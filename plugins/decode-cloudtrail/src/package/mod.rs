//! Packages: texts inside texts, opened one by one, so that a bad one costs that one.

mod kind;
mod unescape;
mod unpack;

use crate::fault::{
    EMPTY_PACKAGE, NESTED_TOO_DEEP, NOT_A_LOG, NOT_A_RECORD, TOO_MANY_RECORDS, UNKNOWN_SHAPE,
};
use crate::paths::Paths;
use crate::run::{Run, Stop};
use crate::shape::Shape;
use crate::text::Level;
pub(crate) use kind::{Encoding, Kind};
use trailmill_stage::Fault;
use trailmill_stage::event::json::{self, Str, Value};
use trailmill_stage::event::{Batch, Shared};
pub(crate) use unpack::{LAYERS_MAX, MARK};

/// How many texts may lie inside each other. What AWS makes needs four at most: a record in a
/// message of CloudWatch Logs in base64 in SNS in SQS.
const DEPTH_MAX: u8 = 8;

const NO_ARRAY: &str = "its list of records is no array";

/// The text that packages lie in.
pub(crate) struct Outer<'o, 'r> {
    pub(crate) run: &'o mut Run<'r>,
    pub(crate) batch: &'o Batch,
    pub(crate) level: Level,
    /// What a record at this place would travel in.
    pub(crate) container: &'static str,
}

impl Outer<'_, '_> {
    /// Opens the value at `token`, which is of that shape.
    pub(crate) fn open(mut self, shape: Shape, token: usize) -> Result<(), Stop> {
        match shape {
            Shape::Record | Shape::Envelope(_) => Ok(()),
            Shape::LogFile => self.log_files(token),
            Shape::Package(kind, content) => self.package(kind, content, None),
            Shape::Packages(_, list) | Shape::LakeRows(list) if !self.is_list(list) => {
                self.refuse(Fault::new(&UNKNOWN_SHAPE).found(NO_ARRAY), token)
            }
            Shape::Packages(kind, list) => self.packages(kind, list),
            Shape::LakeRows(list) => self.lake_rows(list),
            Shape::Around(content) => {
                let level = Level { depth: self.level.depth + 1, ..self.level };
                self.text(content, self.slice(content), level)
            }
            Shape::Nothing(kind) => {
                self.run.note(kind);
                Ok(())
            }
            Shape::Foreign(what) => self.refuse(Fault::new(&NOT_A_LOG).found(what), token),
            Shape::Empty => self.refuse(Fault::new(&NOT_A_RECORD), token),
            Shape::Unknown => self.refuse(Fault::new(&UNKNOWN_SHAPE), token),
        }
    }

    /// Whether the value at `token` is an array, or `null` for an empty one.
    fn is_list(&self, token: usize) -> bool {
        matches!(self.batch.value(token).kind(), json::Kind::Array | json::Kind::Null)
    }

    /// The `Records` of the object at `token`, before or behind other members.
    fn log_files(&mut self, token: usize) -> Result<(), Stop> {
        let batch = self.batch;
        for member in batch.value(token).members().filter(|member| member.key().is("Records")) {
            let list = member.value();
            match list.kind() {
                json::Kind::Null => {}
                json::Kind::Array => {
                    // Its text is an array, but one that is known to be of a log file.
                    let paths = self.level.paths;
                    let paths = Paths { array: paths.log_file, ..paths };
                    let level = Level { paths, depth: self.level.depth + 1, ..self.level };
                    self.text(list.token(), self.slice(list.token()), level)?;
                }
                _ => {
                    self.refuse(Fault::new(&UNKNOWN_SHAPE).found(NO_ARRAY), token)?;
                }
            }
        }
        Ok(())
    }

    /// The packages that are elements of the array at `list`.
    fn packages(&mut self, kind: &'static Kind, list: usize) -> Result<(), Stop> {
        let batch = self.batch;
        for (count, element) in batch.value(list).elements().enumerate() {
            if let Some(fault) = self.too_many(count) {
                return self.refuse(fault, list);
            }
            let Some(content) = element.get(kind.content) else {
                self.refuse(Fault::new(&NOT_A_RECORD), element.token())?;
                continue;
            };
            let time = kind.logs_time.and_then(|name| element.get(name)).and_then(Value::as_i64);
            self.package(kind, content.token(), time)?;
        }
        Ok(())
    }

    /// The rows of a query: each a list of objects with one member, named after its column.
    fn lake_rows(&mut self, list: usize) -> Result<(), Stop> {
        let batch = self.batch;
        for (count, row) in batch.value(list).elements().enumerate() {
            if let Some(fault) = self.too_many(count) {
                return self.refuse(fault, list);
            }
            let columns = || row.elements().chain([row]).flat_map(Value::members);
            let named = |name| columns().find(|column| column.key().is(name));
            match named("eventJson").or_else(|| named("eventData")) {
                Some(column) => self.package(&Kind::LAKE, column.value().token(), None)?,
                None => {
                    let fault = Fault::new(&NOT_A_LOG).found("a query row without eventJson");
                    self.refuse(fault, row.token())?;
                }
            }
        }
        Ok(())
    }

    /// The fault for one more element than `count`, if there may not be one.
    fn too_many(&self, count: usize) -> Option<Fault> {
        let max = self.run.options.records_max;
        let fault = || Fault::new(&TOO_MANY_RECORDS).limited_by("records_max", max);
        (max != 0 && count as u64 >= max).then(fault)
    }

    /// One package whose content is at `token`.
    fn package(
        &mut self,
        kind: &'static Kind,
        token: usize,
        logs_time_ms: Option<i64>,
    ) -> Result<(), Stop> {
        let paths = self.run.paths.inside(self.level.paths, kind.name);
        let level = Level {
            paths,
            logs_time_ms: logs_time_ms.or(self.level.logs_time_ms),
            depth: self.level.depth + 1,
        };
        let container = std::mem::replace(&mut self.container, paths.bare);
        let outcome = match self.content(kind.encoding, token) {
            Ok(text) => self.text(token, text, level),
            Err(fault) => self.refuse(fault, token),
        };
        self.container = container;
        outcome
    }

    /// The content at `token`, unpacked.
    fn content(&mut self, encoding: Encoding, token: usize) -> Result<Shared, Fault> {
        let value = self.batch.value(token);
        let Some(string) = value.as_string() else {
            return match value.kind() {
                json::Kind::Object | json::Kind::Array => Ok(self.slice(token)),
                _ => Err(Fault::new(&NOT_A_RECORD)),
            };
        };
        if string.raw().is_empty() {
            return Err(Fault::new(&EMPTY_PACKAGE));
        }
        match encoding {
            Encoding::Text => Ok(self.unescaped(string)),
            Encoding::Base64 => unpack::base64(self.run, string.decode().as_bytes()),
        }
    }

    /// The text of a string: the text that is there, where nothing is escaped.
    fn unescaped(&self, string: Str<'_>) -> Shared {
        match memchr::memchr(b'\\', string.raw()) {
            None => self.batch.text().slice_ref(string.raw()),
            Some(_) => Shared::from(unescape::unescape(string)),
        }
    }

    /// Decodes the content of the package at `token`, which goes to quarantine if its text is bad
    /// from somewhere on.
    fn text(&mut self, token: usize, text: Shared, level: Level) -> Result<(), Stop> {
        if level.depth > DEPTH_MAX {
            return self.refuse(Fault::new(&NESTED_TOO_DEEP), token);
        }
        let offset = self.offset(token);
        match self.run.inner(text, offset, level) {
            Err(Stop::Dead(fault)) => self.refuse(fault, token),
            outcome => outcome,
        }
    }

    /// Gives the value at `token` to quarantine.
    fn refuse(&mut self, fault: Fault, token: usize) -> Result<(), Stop> {
        let offset = self.offset(token);
        let fault = if fault.offset.is_none() { fault.at(offset) } else { fault };
        self.run.fault(fault, self.container, offset, self.batch.value(token).raw())
    }

    /// Where the value at `token` begins in the input.
    fn offset(&self, token: usize) -> u64 {
        self.batch.offset() + self.batch.index().position(token) as u64
    }

    /// The text of the value at `token`, which is not copied.
    fn slice(&self, token: usize) -> Shared {
        self.batch.text().slice(self.batch.value(token).span())
    }
}

/// Opens base64 of something compressed that stands in a text by itself.
pub(crate) fn open_blob(
    run: &mut Run<'_>,
    blob: &[u8],
    offset: u64,
    level: Level,
) -> Result<(), Stop> {
    let inside = Level { depth: level.depth + 1, ..level };
    let outcome = match unpack::base64(run, blob) {
        Ok(_) if inside.depth > DEPTH_MAX => Err(Stop::Dead(Fault::new(&NESTED_TOO_DEEP))),
        Ok(text) => run.inner(text, offset, inside),
        Err(fault) => Err(Stop::Dead(fault)),
    };
    match outcome {
        Err(Stop::Dead(fault)) => run.fault(fault, level.paths.bare, offset, blob),
        outcome => outcome,
    }
}
