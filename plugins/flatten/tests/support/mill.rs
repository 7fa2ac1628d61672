//! Rows made in every way there is, which must be the same, and records given back.

use super::equal::same;
use super::text;
use std::sync::Arc;
use trailmill_flatten::{Flatten, Schema, Unflatten, snare};
use trailmill_stage::event::json::Index;
use trailmill_stage::event::{Batch, Event, Path, Put, Source};
use trailmill_stage::{Stage, Verdict};

/// When the records were collected.
pub(crate) const COLLECTED_AT: &str = "2024-05-06T07:08:09.25+02:00";
/// When CloudWatch Logs took them, as milliseconds and as text.
pub(crate) const LOGS_TIME: (i64, &str) = (1_700_000_000_120, "2023-11-14T22:13:20.12Z");

/// A schema at work in both directions.
pub(crate) struct Mill {
    stage: Flatten,
    unflatten: Unflatten,
}

/// A row, and what was counted while it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) row: String,
    /// Names of notes, sorted, each as often as it was noted.
    pub(crate) notes: Vec<&'static str>,
}

/// How a record gets to the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Without blanks, and the batch knows it.
    Dense,
    /// Without blanks.
    Compact,
    /// A line for each value; the text is the end of a line.
    Lines(&'static str),
    /// With a member that came and went.
    Touched,
    /// With every member of the record set to what it was.
    Replaced,
    /// With every member of the identity set to what it was, in a text with blanks.
    Inside,
    /// As what an earlier stage has put in its place.
    Settled,
}

const FORMS: &[Form] = &[
    Form::Dense,
    Form::Compact,
    Form::Lines("\n"),
    Form::Lines("\r\n"),
    Form::Touched,
    Form::Replaced,
    Form::Inside,
    Form::Settled,
];

impl Mill {
    pub(crate) fn snare() -> Self {
        Mill::of(snare())
    }

    pub(crate) fn of(schema: Schema) -> Self {
        Mill { stage: Flatten::new(schema.clone()), unflatten: Unflatten::new(schema) }
    }

    /// A schema of one's own.
    pub(crate) fn custom(table: &str) -> Self {
        Mill::of(table.parse().unwrap())
    }

    /// The row of a record, the same whatever form the record is in.
    pub(crate) fn row(&self, record: &str) -> Made {
        let record = text::compact(record);
        let made = self.made(&record, FORMS[0]);
        for &form in &FORMS[1..] {
            assert_eq!(self.made(&record, form), made, "{form:?}, {}", head(&record));
        }
        made
    }

    fn made(&self, record: &str, form: Form) -> Made {
        let written = match form {
            Form::Lines(end) => trailmill_golden::pretty(record).replace('\n', end),
            Form::Inside => trailmill_golden::pretty(record),
            _ => record.to_owned(),
        };
        let mut batch = batch(&written);
        batch.set_dense(form == Form::Dense || form == Form::Touched);
        let mut event = batch.event(0);
        prepare(&mut event, form, record);
        assert_eq!(self.stage.apply(&mut event), Ok(Verdict::Keep));
        event.finish();
        let line = String::from_utf8(std::mem::take(batch.rows_mut())).unwrap();
        let row = line.strip_suffix('\n').unwrap().to_owned();
        let notes = batch.notes_mut().iter();
        let mut notes: Vec<&str> =
            notes.flat_map(|(kind, count)| (0..count).map(|_| kind.name)).collect();
        notes.sort_unstable();
        Made { row, notes }
    }

    /// The record that a row gives back.
    pub(crate) fn back(&mut self, row: &str) -> String {
        let mut out = b"before".to_vec();
        self.unflatten.record(row.as_bytes(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let record = out.strip_prefix("before").unwrap();
        assert_eq!(text::compact(record), record, "a record without blanks");
        record.to_owned()
    }

    /// The row of a record, once it is known to give the record back.
    pub(crate) fn round(&mut self, record: &str) -> Made {
        let made = self.row(record);
        let back = self.back(&made.row);
        assert!(
            alike(record, &back),
            "\n{}\nrow {}\ngave {}",
            head(record),
            head(&made.row),
            head(&back)
        );
        // A row that went through other hands may have blanks.
        let back = self.back(&trailmill_golden::pretty(&made.row));
        assert!(alike(record, &back), "with blanks\n{}\ngave {}", head(record), head(&back));
        made
    }
}

/// Whether two records are the same but for what a row may forget.
pub(crate) fn alike(one: &str, two: &str) -> bool {
    let (mut left, mut right) = (Index::new(), Index::new());
    same(left.parse(one.as_bytes()).unwrap(), right.parse(two.as_bytes()).unwrap())
}

fn batch(record: &str) -> Batch {
    let mut batch = Batch::new();
    let source = Source {
        name: Arc::from("test"),
        container: "test",
        collected_at: Arc::from(COLLECTED_AT),
    };
    batch.load(format!("\n {record} \n").into_bytes().into(), 0, source);
    batch.validate(0).unwrap();
    batch.push(0, Some(LOGS_TIME.0));
    batch
}

fn prepare(event: &mut Event<'_>, form: Form, record: &str) {
    match form {
        Form::Touched => {
            event.set(&Path::member("comes and goes"), Put::Null).unwrap();
            assert!(event.remove(&Path::member("comes and goes")));
        }
        Form::Replaced => set_again(event, "", record),
        Form::Inside => {
            let last = last_members(record).into_iter().find(|(name, _)| name == "userIdentity");
            if let Some((_, identity)) = last.filter(|(_, value)| value.starts_with('{')) {
                set_again(event, "userIdentity.", identity);
            }
        }
        Form::Settled => {
            let written = event.rewrite(|event, out| {
                event.root().write_into(out);
                Ok::<(), ()>(())
            });
            assert_eq!((written, event.settle()), (Ok(()), Ok(())));
        }
        Form::Dense | Form::Compact | Form::Lines(_) => {}
    }
}

/// Sets each member of an object to what it is; of several of one name, only the last can be.
fn set_again(event: &mut Event<'_>, before: &str, object: &str) {
    for (name, value) in last_members(object) {
        let path: Path = format!("{before}{}", Path::member(&name)).parse().unwrap();
        event.set(&path, Put::Json(value.as_bytes())).unwrap();
    }
}

/// The members of an object that count, but those whose names mean nothing.
fn last_members(object: &str) -> Vec<(String, &str)> {
    let mut last: Vec<(String, &str)> = Vec::new();
    for (key, value) in text::members(object) {
        let Ok(name) = serde_json::from_str::<String>(key) else { continue };
        last.retain(|(known, _)| *known != name);
        last.push((name, value));
    }
    last
}

/// The start of a text, to show.
fn head(text: &str) -> &str {
    let end = (0..=text.len().min(3000)).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
