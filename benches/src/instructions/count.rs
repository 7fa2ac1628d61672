//! Counting: this program once more, under valgrind.

use super::ISAS;
use crate::way::Unmeasured;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::{self, ScopedJoinHandle};
use trailmill_stage::event::json::Isa;

/// Copies are made with vectors, whatever their size: `rep movsb` would be counted by bytes, and
/// the C library takes it from a size on that differs from machine to machine.
const TUNABLES: &str = "glibc.cpu.x86_rep_movsb_threshold=1073741824:\
                        glibc.cpu.x86_non_temporal_threshold=1073741824";

/// Counts instructions of this program.
#[derive(Debug)]
pub(super) struct Counter {
    program: PathBuf,
    folder: PathBuf,
}

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// How many records were read.
    pub(super) records: u64,
    /// All instructions of the process.
    pub(super) instructions: u64,
}

impl Counter {
    /// A counter, if there is valgrind.
    ///
    /// # Errors
    /// If there is, but it does not run.
    pub(super) fn find() -> Result<Option<Self>, Unmeasured> {
        match Command::new("valgrind").arg("--version").output() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Unmeasured(format!("valgrind: {error}"))),
            Ok(_) => {}
        }
        let program = std::env::current_exe();
        let program = program.map_err(|error| Unmeasured(format!("this program: {error}")))?;
        let folder = program.with_file_name("instructions-input");
        Ok(Some(Counter { program, folder }))
    }

    /// Where inputs may be put.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Counts what a case takes over the files of each folder, with each instruction set. They run
    /// beside each other: what counts is not time.
    pub(super) fn run_all(
        &self,
        case: &str,
        inputs: [&Path; 2],
    ) -> Vec<(Isa, [Result<Count, Unmeasured>; 2])> {
        thread::scope(|scope| {
            let start = |isa| inputs.map(|inputs| scope.spawn(move || self.run(case, isa, inputs)));
            let end = |run: ScopedJoinHandle<'_, _>| run.join().expect("counting does not panic");
            let started = ISAS.map(|isa| (isa, start(isa)));
            started.into_iter().map(|(isa, runs)| (isa, runs.map(end))).collect()
        })
    }

    /// Counts what a case takes over the files of a folder.
    ///
    /// # Errors
    /// If it does not come to its end, or what it says can not be read.
    pub(super) fn run(&self, case: &str, isa: Isa, inputs: &Path) -> Result<Count, Unmeasured> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        command.arg(&self.program).arg(case).args(["--isa", isa.name(), "--work"]).arg(inputs);
        if let Some(path) = std::env::var_os("PATH") {
            command.env_clear().env("PATH", path);
        }
        let output = command.env("GLIBC_TUNABLES", TUNABLES).output();
        let output = output.map_err(|error| Unmeasured(format!("valgrind: {error}")))?;
        let said = String::from_utf8_lossy(&output.stderr);
        counted(&output, &said).ok_or_else(|| Unmeasured(format!("valgrind over {case}: {said}")))
    }
}

fn counted(output: &Output, said: &str) -> Option<Count> {
    let records = String::from_utf8_lossy(&output.stdout).trim().parse().ok()?;
    let instructions = references(said)?;
    output.status.success().then_some(Count { records, instructions })
}

/// The number in a line such as `==17== I   refs:      28,374,626`.
fn references(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains(" I ") && line.contains("refs:"))?;
    let digits = line.rsplit(' ').next()?.replace(',', "");
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn the_count_is_found_among_what_valgrind_says() {
        let said = "==7== Cachegrind, a tool\n==7== Command: x\n==7== I   refs:      28,374,626\n";
        assert_eq!(references(said), Some(28_374_626));
        // Later versions write one blank.
        assert_eq!(references("==7== I refs:  5\n"), Some(5));
        assert_eq!(references("==7== Command: I refs\n"), None);
    }
}
