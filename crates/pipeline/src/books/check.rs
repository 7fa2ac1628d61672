//! Whether the books balance.

use super::{Books, OutputBook, StageBook};
use std::fmt;

/// Two figures that should be equal and are not: a bug of the pipeline, not of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imbalance {
    /// Which figures: `read and ended, of stage flatten`.
    pub what: String,
    /// The first of them.
    pub left: u64,
    /// The second.
    pub right: u64,
}

impl Books {
    /// Checks that nothing was lost and nothing invented: by the pipeline, by each stage, by each
    /// output, and on the way from one stage to the next.
    ///
    /// Every figure was counted where the event was, none is worked out from another.
    ///
    /// # Errors
    /// The first two figures that do not balance.
    pub fn check(&self) -> Result<(), Imbalance> {
        let ended = self.written + self.filtered + self.dropped + self.quarantined;
        same("read and ended", self.read, ended)?;
        let Some(decoder) = self.stages.first() else {
            return Ok(());
        };
        same("read by the pipeline and by its decoder", self.read, decoder.read)?;
        self.stages
            .iter()
            .enumerate()
            .try_for_each(|(slot, stage)| self.check_stage(slot, stage))?;
        let shared = self.chain(None)?;
        for (number, output) in self.outputs.iter().enumerate() {
            let who = || format!("of output {}", output.name);
            let come = output.read + output.not_routed;
            same(&format!("kept by all and read or not routed, {}", who()), shared, come)?;
            same(&format!("read and ended, {}", who()), output.read, output.ended())?;
            let written = self.chain(Some((number, output.read)))?;
            same(&format!("kept and written, {}", who()), written, output.written)?;
        }
        self.check_ends()
    }

    fn check_stage(&self, slot: usize, stage: &StageBook) -> Result<(), Imbalance> {
        let who = format!("of stage {}", stage.name);
        same(&format!("read and ended, {who}"), stage.read, stage.ended())?;
        let met = self.faults.iter().filter(|fault| fault.stage == slot);
        let met: u64 = met.map(|fault| fault.count).sum();
        // What kills an input is no fault of a record or of a piece.
        let dead = if slot == 0 { self.dead_inputs } else { 0 };
        same(&format!("faults met and acted on, {who}"), met, stage.faulted() + dead)
    }

    /// Follows the stages that all outputs share, or those of one output and what it has read;
    /// gives what the last of them has kept.
    fn chain(&self, output: Option<(usize, u64)>) -> Result<u64, Imbalance> {
        let number = output.map(|(number, _)| number);
        let mut kept = output.map_or(self.read, |(_, read)| read);
        for stage in self.stages.iter().filter(|stage| stage.output == number) {
            let come = stage.read + stage.skipped;
            same(&format!("kept before and read or skipped, of stage {}", stage.name), kept, come)?;
            kept = stage.kept + stage.skipped;
        }
        Ok(kept)
    }

    fn check_ends(&self) -> Result<(), Imbalance> {
        let sum = |figure: fn(&StageBook) -> u64| self.stages.iter().map(figure).sum::<u64>();
        let lines = sum(|stage| stage.quarantined);
        same("sent to the quarantine and lines there", lines, self.quarantine_lines)?;
        if let [only] = &self.outputs[..] {
            same("written by the pipeline and by its output", self.written, only.written)?;
            let filtered = sum(|stage| stage.filtered) + only.not_routed;
            same(
                "not routed, and not routed to the only output",
                self.not_routed,
                only.not_routed,
            )?;
            same("filtered by the pipeline and by its stages", self.filtered, filtered)?;
            let dropped = sum(|stage| stage.dropped);
            same("dropped by the pipeline and by its stages", self.dropped, dropped)?;
        }
        Ok(())
    }
}

impl StageBook {
    fn ended(&self) -> u64 {
        self.kept + self.filtered + self.dropped + self.quarantined
    }
}

impl OutputBook {
    fn ended(&self) -> u64 {
        self.written + self.filtered + self.dropped + self.quarantined
    }
}

fn same(what: &str, left: u64, right: u64) -> Result<(), Imbalance> {
    match left == right {
        true => Ok(()),
        false => Err(Imbalance { what: what.to_owned(), left, right }),
    }
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Imbalance { what, left, right } = self;
        write!(f, "the books do not balance: {what}: {left} and {right}")
    }
}

impl std::error::Error for Imbalance {}
