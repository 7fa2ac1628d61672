//! One job: contenders that must make the same rows first, and are then timed in turn.

use super::contenders::{Contender, Job};
use super::inputs::{self, Input};
use super::places::Places;
use super::process::{self, Taken};
use super::{Options, say};
use crate::way::Unmeasured;
use std::collections::btree_map::{BTreeMap, Entry};
use std::path::Path;

/// How many records are compared.
const COMPARED: u64 = 3_000;

/// A contender and what its rounds have taken.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its name and its version.
    pub(super) name: String,
    /// It had the first of so many parts of the input.
    pub(super) of: u64,
    /// How many bytes of text that is.
    pub(super) text_bytes: u64,
    /// Round by round.
    pub(super) rounds: Vec<Taken>,
}

/// Compares the contenders of a job, leaves out those that are not to be had, and times the rest.
///
/// # Errors
/// If the first can not be run, or the rows of another differ from its.
pub(super) fn run(places: &Places, job: &Job, options: &Options) -> Result<Vec<Line>, Unmeasured> {
    say(&format!("\n{}\nRows of {COMPARED} records, held against the first:", job.title));
    let small = inputs::make(places, job.name, COMPARED)?;
    let mut present = Vec::new();
    for contender in &job.contenders {
        let wanted = options.only.as_ref().is_none_or(|part| contender.name.contains(part));
        if !wanted && !present.is_empty() {
            continue;
        }
        match admitted(places, job, contender, &small, present.is_empty())? {
            Ok(line) => present.push((contender, line)),
            Err(why) => say(&format!("  {}: LEFT OUT, {why}", contender.name)),
        }
    }
    timed(places, job, present, options)
}

/// A line for a contender that is there and makes the rows; or else why it is left out.
fn admitted(
    places: &Places,
    job: &Job,
    contender: &Contender,
    small: &Input,
    is_first: bool,
) -> Result<Result<Line, String>, Unmeasured> {
    let missing = |program| format!("there is no {program}");
    let version = match job.version(contender, places).map_err(missing) {
        Ok(command) => process::first_line(&command).map_err(|error| error.to_string()),
        Err(missing) => Err(missing),
    };
    let command = job.command(contender, places, &small.path).map_err(missing);
    let (version, command) = match (version, command) {
        (Ok(version), Ok(command)) => (version, command),
        (Err(why), _) | (_, Err(why)) => return Ok(Err(why)),
    };
    let [expected, found] = ["expected.ndjson", "found.ndjson"].map(|name| places.made(name));
    let out = if is_first { &expected } else { &found };
    if let Err(error) = process::run(&command, Some(out)) {
        return Ok(Err(error.to_string()));
    }
    let told = check(contender, &expected, out, small.records)?;
    say(&format!("  {}: {told}", contender.name));
    Ok(Ok(Line { name: named(&contender.name, &version), of: contender.of, ..Line::default() }))
}

/// Holds the rows of a contender against those of the first.
fn check(
    contender: &Contender,
    expected: &Path,
    found: &Path,
    records: u64,
) -> Result<String, Unmeasured> {
    if !contender.rows {
        return Ok("makes no rows".to_owned());
    }
    // In a process of its own, since it takes memory.
    let program = std::env::current_exe().map_err(|error| Unmeasured(error.to_string()))?;
    let paths = [program.as_path(), Path::new("--same"), expected, found];
    let command = paths.map(|path| path.display().to_string());
    let same = process::first_line(&command);
    let count = same.map_err(|error| Unmeasured(format!("{}: {error}", contender.name)))?;
    match count == records.to_string() {
        true => Ok(format!("{count} rows are the same")),
        false => Err(Unmeasured(format!("{}: {count} rows of {records}", contender.name))),
    }
}

/// The name in tables: with the number of the version, if the version has one.
fn named(name: &str, version: &str) -> String {
    let words = version.split([' ', '-']);
    let mut numbers = words.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    match numbers.next() {
        Some(number) => format!("{name} {number}"),
        None => name.to_owned(),
    }
}

/// Times all in turn, round after round.
fn timed(
    places: &Places,
    job: &Job,
    present: Vec<(&Contender, Line)>,
    options: &Options,
) -> Result<Vec<Line>, Unmeasured> {
    let mut made = BTreeMap::new();
    let (mut commands, mut lines) = (Vec::new(), Vec::new());
    for (contender, mut line) in present {
        let input: &Input = match made.entry(line.of) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(place) => {
                place.insert(inputs::make(places, job.name, options.records / line.of)?)
            }
        };
        line.text_bytes = input.text_bytes;
        commands.push(job.command(contender, places, &input.path).map_err(Unmeasured)?);
        lines.push(line);
    }
    let taken = process::in_turn(&commands, options.rounds)?;
    lines.iter_mut().zip(taken).for_each(|(line, rounds)| line.rounds = rounds);
    Ok(lines)
}

impl Default for Line {
    fn default() -> Self {
        Line { name: String::new(), of: 1, text_bytes: 0, rounds: Vec::new() }
    }
}

impl Line {
    /// Megabytes of text a second of time on a processor: slowest, median and fastest round.
    pub(super) fn speeds(&self) -> [f64; 3] {
        let speed = |taken: &Taken| self.text_bytes as f64 / 1e6 / taken.cpu.as_secs_f64();
        let mut speeds: Vec<f64> = self.rounds.iter().map(speed).collect();
        speeds.sort_by(f64::total_cmp);
        match speeds[..] {
            [] => [f64::NAN; 3],
            [first, .., last] => [first, speeds[speeds.len() / 2], last],
            [only] => [only; 3],
        }
    }

    /// The most memory that it had in any round, in bytes.
    pub(super) fn peak_bytes(&self) -> u64 {
        process::peak_bytes(&self.rounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn speeds_are_by_time_on_a_processor() {
        let taken = |seconds, peak_bytes| Taken {
            cpu: Duration::from_secs(seconds),
            wall: Duration::ZERO,
            peak_bytes,
        };
        let rounds = vec![taken(4, 7), taken(1, 9), taken(2, 8)];
        let line = Line { text_bytes: 8_000_000, rounds, ..Line::default() };
        assert_eq!((line.speeds(), line.peak_bytes()), ([2.0, 4.0, 8.0], 9));
    }

    #[test]
    fn a_name_has_the_number_of_a_version() {
        assert_eq!(named("jq", "jq-1.6"), "jq 1.6");
        assert_eq!(named("zcat", "zcat (gzip) 1.12"), "zcat 1.12");
        assert_eq!(named("trailmill", ""), "trailmill");
    }
}
