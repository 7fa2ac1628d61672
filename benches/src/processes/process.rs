//! One process, and what it has taken.

use super::say;
use crate::way::Unmeasured;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a process has taken, with the children that it has waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Time on a processor, of the user and of the system.
    pub(super) cpu: Duration,
    /// Time on the wall.
    pub(super) wall: Duration,
    /// The most memory that it had at once: of several processes, the one with most.
    pub(super) peak_bytes: u64,
}

/// Runs a command to its end, on one core, its output into a file or nowhere.
///
/// # Errors
/// If it does not end well, with the last line that it says about that.
pub(super) fn run(command: &[String], out: Option<&Path>) -> Result<Taken, Unmeasured> {
    let name = command.first().map_or("", String::as_str);
    let failed = |error: std::io::Error| Unmeasured(format!("{name}: {error}"));
    let stdout = match out {
        Some(path) => Stdio::from(File::create(path).map_err(failed)?),
        None => Stdio::null(),
    };
    let mut pinned = Command::new(PIN.first().filter(|_| is_pinned()).map_or(name, |pin| *pin));
    if is_pinned() {
        pinned.args(&PIN[1..]).arg(name);
    }
    pinned.args(command.get(1..).unwrap_or_default());
    let start = Instant::now();
    let child = pinned.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(failed)?;
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut said).map_err(failed)?;
    }
    let ended = child.wait4().map_err(failed)?;
    let wall = start.elapsed();
    if !ended.status.success() {
        return Err(failure(ended.status, &said));
    }
    let usage = ended.rusage;
    Ok(Taken { cpu: usage.utime + usage.stime, wall, peak_bytes: usage.maxrss })
}

/// Runs commands in turn, round after round, their output nowhere; gives what each has taken in
/// each round. A round before these is for warming up.
///
/// # Errors
/// If one does not end well.
pub(super) fn in_turn(
    commands: &[Vec<String>],
    rounds: usize,
) -> Result<Vec<Vec<Taken>>, Unmeasured> {
    let mut taken = vec![Vec::new(); commands.len()];
    for round in 0..=rounds {
        say(&format!("round {round} of {rounds}"));
        for (command, taken) in commands.iter().zip(&mut taken) {
            let once = run(command, None)?;
            if round > 0 {
                taken.push(once);
            }
        }
    }
    Ok(taken)
}

/// The most memory that a process had in any round, in bytes.
pub(super) fn peak_bytes(rounds: &[Taken]) -> u64 {
    rounds.iter().map(|taken| taken.peak_bytes).max().unwrap_or_default()
}

/// The first line that a command prints.
///
/// # Errors
/// If it does not end well, with the last line that it says about that.
pub(super) fn first_line(command: &[String]) -> Result<String, Unmeasured> {
    let Some((name, arguments)) = command.split_first() else { return Ok(String::new()) };
    let output = Command::new(name).args(arguments).output();
    let output = output.map_err(|error| Unmeasured(format!("{name}: {error}")))?;
    if !output.status.success() {
        return Err(failure(output.status, &String::from_utf8_lossy(&output.stderr)));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.lines().next().unwrap_or_default().to_owned())
}

fn failure(status: ExitStatus, said: &str) -> Unmeasured {
    let line = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("says nothing");
    Unmeasured(format!("{status}: {line}"))
}

const PIN: [&str; 3] = ["taskset", "--cpu-list", "0"];

/// Whether processes can be kept on one core.
pub(super) fn is_pinned() -> bool {
    static PINNED: OnceLock<bool> = OnceLock::new();
    *PINNED.get_or_init(|| {
        let attempt = Command::new(PIN[0]).args(&PIN[1..]).arg("true").status();
        attempt.is_ok_and(|status| status.success())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Vec<String> {
        ["sh", "-c", script].map(str::to_owned).to_vec()
    }

    #[test]
    fn what_a_process_takes_is_told_with_its_children() {
        let idle = run(&shell("true"), None).unwrap();
        let busy = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        let busy = run(&shell(&format!("sh -c '{busy}'; true")), None).unwrap();
        assert!(busy.cpu > idle.cpu + Duration::from_millis(20), "{idle:?} {busy:?}");
        assert!(idle.peak_bytes > 100_000 && idle.wall >= Duration::from_micros(100), "{idle:?}");
    }

    #[test]
    fn one_that_fails_says_why() {
        let error = run(&shell("echo so and so >&2; exit 3"), None).unwrap_err().to_string();
        assert_eq!(error, "exit status: 3: so and so");
        assert_eq!(first_line(&shell("echo one; echo two")).unwrap(), "one");
        assert!(first_line(&shell("exit 1")).is_err());
    }
}
