//! Ways that must agree first, and are then timed in turn on the same input.

use crate::agreement::compare;
use crate::clock::{Cost, megabytes_per_second, timed};
use crate::digest::Digest;
use crate::input::pieces;
use crate::way::{Unmeasured, Way};
use std::fmt::{self, Write};
use std::hint::black_box;
use std::time::Duration;
use trailmill_stage::event::Shared;

/// Ways to be compared, the one that the others are held against first.
pub type Ways<'w> = Vec<Box<dyn Way + 'w>>;

/// How much of the input is hashed at once.
const PIECE: usize = 8 << 20;

/// What came of comparing the rows of ways.
#[derive(Debug)]
pub struct Check {
    /// A line for each way, and the first difference of each.
    pub report: String,
    /// Whether no row of any way differs as JSON.
    pub agrees: bool,
}

/// Compares the rows of every way with those of the first.
///
/// # Errors
/// If there are no ways, or one of them can not take the input.
pub fn check(ways: &mut Ways<'_>, text: &[u8]) -> Result<Check, Unmeasured> {
    let Some((first, others)) = ways.split_first_mut() else {
        return Err(Unmeasured("there is nothing to compare".to_owned()));
    };
    let mut digest = Digest::default();
    let mut records = 0;
    for piece in pieces(text, PIECE) {
        records += first.run(piece, &mut |rows| digest.add(rows))?;
    }
    let mut report = line(&**first, &format!("{records} records, sha256 {}", digest.hex()));
    let mut agrees = true;
    for way in others.iter_mut() {
        if !way.makes_rows() {
            let own = way.run(text, &mut |_| {})?;
            agrees &= own == records;
            report += &line(&**way, &format!("{own} records, no rows"));
            continue;
        }
        let agreement = compare(&mut **first, &mut **way, text)?;
        agrees &= agreement.different == 0;
        report += &line(&**way, &agreement.to_string());
        if let Some(first) = agreement.first {
            let _ = writeln!(report, "{first}");
        }
    }
    Ok(Check { report, agrees })
}

fn line(way: &dyn Way, said: &str) -> String {
    format!("{:<18} {:<8} {said}\n", way.name(), way.instructions())
}

/// Something to be timed, round after round.
pub struct Contender<'c> {
    /// What it is called in tables.
    pub name: String,
    /// The instructions that it uses.
    pub instructions: String,
    /// Does the work of one round.
    pub round: Box<dyn FnMut() -> Result<Answer, Unmeasured> + 'c>,
}

impl fmt::Debug for Contender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contender({} {})", self.name, self.instructions)
    }
}

/// What tells cheaply whether a round did what it should.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many records it found, if it looks for any.
    pub records: Option<u64>,
    /// How many bytes of rows it made.
    pub bytes: usize,
}

/// Ways over a text as contenders.
pub fn contenders<'c>(ways: &'c mut Ways<'_>, text: &'c Shared) -> Vec<Contender<'c>> {
    let contenders = ways.iter_mut().map(|way| Contender {
        name: way.name().to_owned(),
        instructions: way.instructions().to_owned(),
        round: Box::new(move || round(&mut **way, text)),
    });
    contenders.collect()
}

/// One round of a way over a text.
pub(crate) fn round(way: &mut dyn Way, text: &Shared) -> Result<Answer, Unmeasured> {
    let mut bytes = 0;
    let mut count = |rows: &[u8]| bytes += black_box(rows).len();
    let records = way.run_shared(black_box(text), &mut count)?;
    Ok(Answer { records: Some(records), bytes })
}

/// Times all in turn, so many rounds; a round before that is for warming up.
///
/// # Errors
/// If one can not do its work, or finds another number of records than the others, or gives
/// another answer than in the round before.
pub fn race(contenders: &mut [Contender<'_>], rounds: usize) -> Result<Vec<Speed>, Unmeasured> {
    let warm: Result<Vec<Answer>, _> = contenders.iter_mut().map(|it| (it.round)()).collect();
    let known = warm?;
    let mut records = known.iter().filter_map(|answer| answer.records);
    let first = records.next();
    if records.any(|other| Some(other) != first) {
        return Err(Unmeasured("the numbers of records differ".to_owned()));
    }
    let mut speeds: Vec<Speed> = contenders.iter().map(Speed::new).collect();
    for _ in 0..rounds {
        for ((contender, speed), known) in contenders.iter_mut().zip(&mut speeds).zip(&known) {
            let (answer, cost) = timed(&mut contender.round);
            if answer? != *known {
                return Err(Unmeasured(format!("{} gave another answer", contender.name)));
            }
            speed.costs.push(cost);
        }
    }
    Ok(speeds)
}

/// A way and what each of its rounds has cost.
#[derive(Clone, Debug)]
pub struct Speed {
    /// The name of the way.
    pub name: String,
    /// The instructions that it uses.
    pub instructions: String,
    /// What its rounds have cost, in their order.
    pub costs: Vec<Cost>,
}

impl Speed {
    fn new(contender: &Contender<'_>) -> Self {
        let (name, instructions) = (contender.name.clone(), contender.instructions.clone());
        Speed { name, instructions, costs: Vec::new() }
    }

    /// Slowest, median and fastest round, in megabytes of input a second.
    pub fn range(&self, bytes: usize, time: fn(&Cost) -> Duration) -> [f64; 3] {
        let rounds = self.costs.iter().map(|cost| megabytes_per_second(bytes, time(cost)));
        let mut speeds: Vec<f64> = rounds.collect();
        speeds.sort_by(f64::total_cmp);
        let at = |position: usize| speeds.get(position).copied().unwrap_or(f64::NAN);
        [at(0), median(&speeds), at(speeds.len().wrapping_sub(1))]
    }

    /// How many times as fast as another way it is: the median over rounds of the CPU time of the
    /// other by its own, so that what slows down a round slows down both.
    pub fn times(&self, other: &Speed) -> f64 {
        let pairs = other.costs.iter().zip(&self.costs);
        let mut ratios: Vec<f64> =
            pairs.map(|(other, own)| other.cpu.as_secs_f64() / own.cpu.as_secs_f64()).collect();
        ratios.sort_by(f64::total_cmp);
        median(&ratios)
    }
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match sorted {
        [] => f64::NAN,
        _ if sorted.len() % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}

/// The table of speeds: MB/s of input by CPU time, by the wall, and each way as a multiple of the
/// first.
pub fn table(speeds: &[Speed], bytes: usize) -> String {
    let mut table = String::from(
        "                                 MB/s by CPU time          by wall   times\n\
         way                SIMD         min   median      max    median   the first\n",
    );
    for speed in speeds {
        let [min, median, max] = speed.range(bytes, |cost| cost.cpu);
        let [_, wall, _] = speed.range(bytes, |cost| cost.wall);
        let times = speed.times(&speeds[0]);
        let _ = writeln!(
            table,
            "{:<18} {:<8} {min:>7.0}  {median:>7.0}  {max:>7.0}   {wall:>7.0}   {times:>9.3}",
            speed.name, speed.instructions,
        );
    }
    table
}

#[cfg(test)]
mod tests;
