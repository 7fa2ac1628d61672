//! Lays records out as CloudTrail delivers them to Amazon S3: one file per account and region.

use crate::book::Folder;
use crate::clock::Civil;
use crate::generator::{Generator, Origin};
use crate::rng::{Dice, hash};
use crate::text;

/// A log file as CloudTrail would deliver it, but not yet compressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3File {
    /// The object's key in the bucket, with the `.json.gz` that it gets once it is compressed:
    /// `AWSLogs/<account>/CloudTrail/<region>/<year>/<month>/<day>/<name>.json.gz`. Insight,
    /// network activity and aggregated events have folders of their own beside `CloudTrail`
    /// (AWS CloudTrail User Guide, "Finding your CloudTrail log files").
    pub path: String,
    /// `{"Records":[...]}` as compact JSON text.
    pub text: Vec<u8>,
}

/// Splits a number of records into log files.
///
/// A file holds the records of one account and one region, in the order of their `eventTime`, and
/// is handed out when it is full; what is left at the end comes in smaller files. So no more is
/// held in memory than one open file per account, region and folder.
#[derive(Debug)]
pub struct S3Files {
    generator: Generator,
    /// Records still to be made.
    left: u64,
    per_file: usize,
    /// Files being filled, the one that was begun first in front.
    open: Vec<Open>,
    record: Vec<u8>,
    names: Dice,
}

/// A file being filled.
#[derive(Debug)]
struct Open {
    origin: Origin,
    records: usize,
    text: Vec<u8>,
}

impl S3Files {
    /// Takes `events` records from `generator` and puts at most `events_per_file` into a file (0
    /// counts as 1).
    pub fn new(generator: Generator, events: u64, events_per_file: usize) -> Self {
        Self {
            generator,
            left: events,
            per_file: events_per_file.max(1),
            open: Vec::new(),
            record: Vec::new(),
            names: Dice::new(hash(b"names of files")),
        }
    }

    /// Puts a record into its file, and returns where that file is among the open ones.
    fn add(&mut self, origin: Origin) -> usize {
        let same = |file: &Open| {
            let known = &file.origin;
            (known.account, known.region, known.folder)
                == (origin.account, origin.region, origin.folder)
        };
        let at = self.open.iter().position(same).unwrap_or_else(|| {
            self.open.push(Open { origin, records: 0, text: b"{\"Records\":[".to_vec() });
            self.open.len() - 1
        });
        let file = &mut self.open[at];
        if file.records > 0 {
            file.text.push(b',');
        }
        file.text.extend_from_slice(&self.record);
        file.records += 1;
        file.origin.time = origin.time;
        at
    }

    fn close(&mut self, at: usize) -> S3File {
        let Open { origin, mut text, .. } = self.open.remove(at);
        text.extend_from_slice(b"]}");
        S3File { path: path(&origin, &mut self.names), text }
    }
}

impl Iterator for S3Files {
    type Item = S3File;

    fn next(&mut self) -> Option<S3File> {
        while self.left > 0 {
            self.left -= 1;
            self.record.clear();
            let origin = self.generator.write(&mut self.record);
            let at = self.add(origin);
            if self.open[at].records == self.per_file {
                return Some(self.close(at));
            }
        }
        (!self.open.is_empty()).then(|| self.close(0))
    }
}

/// The key of a file whose last record is of `origin`.
fn path(origin: &Origin, names: &mut Dice) -> String {
    // Files are delivered every five minutes, with what has come in until then.
    let time = Civil::from_unix((origin.time / 300 + 1) * 300);
    let folder = match origin.folder {
        Folder::Trail => "CloudTrail",
        Folder::Insight => "CloudTrail-Insight",
        Folder::NetworkActivity => "CloudTrail-NetworkActivity",
        Folder::Aggregated => "CloudTrail-Aggregated",
    };
    let Origin { account, region, .. } = origin;
    let Civil { year, month, day, hour, minute, .. } = time;
    let mut unique = Vec::with_capacity(16);
    text::alphanumeric(&mut unique, names, 16);
    let unique = String::from_utf8_lossy(&unique);
    let name = format!("{account}_{folder}_{region}");
    let date = format!("{year}{month:02}{day:02}T{hour:02}{minute:02}Z");
    let place = format!("AWSLogs/{account}/{folder}/{region}/{year}/{month:02}/{day:02}");
    format!("{place}/{name}_{date}_{unique}.json.gz")
}
