//! The tables of speeds, in Markdown.

use super::contenders::Job;
use super::contest::Line;
use super::process;
use std::fmt::Write;

const HEADINGS: &str = "\
| program | MB/s | slowest to fastest round | slower than the first, times | memory, MB |
|---|---|---|---|---|
";

/// A line for each contender: its speed, how much slower it is than the first, and its memory.
pub(super) fn table(job: &Job, lines: &[Line]) -> String {
    let whole = lines.iter().map(|line| line.text_bytes).max().unwrap_or_default();
    let mut table = format!("\n{}, {} MB of text:\n\n{HEADINGS}", job.title, whole / 1_000_000);
    let first = lines.first().map_or(f64::NAN, |line| line.speeds()[1]);
    for line in lines {
        let [slowest, median, fastest] = line.speeds();
        let part = if line.of == 1 { String::new() } else { format!(" (1/{})", line.of) };
        let _ = writeln!(
            table,
            "| {}{part} | {} | {} to {} | {} | {:.0} |",
            line.name,
            figure(median),
            figure(slowest),
            figure(fastest),
            figure(first / median),
            line.peak_bytes() as f64 / 1e6,
        );
    }
    table
}

/// A number with as many digits as it is worth.
fn figure(number: f64) -> String {
    match number {
        _ if number >= 1000.0 => format!("{},{:03}", number as u64 / 1000, number as u64 % 1000),
        _ if number >= 20.0 => format!("{number:.0}"),
        _ => format!("{number:.1}"),
    }
}

/// How, where and when.
pub(super) fn footnote(rounds: usize) -> String {
    let pinned = if process::is_pinned() { "kept on one core" } else { "NOT kept on one core" };
    format!(
        "\nWhole processes, {pinned}, rows to `/dev/null`, in turn; median of {rounds} rounds by \
         time of user and system on a processor, start-up and all; memory at its peak. Rows were \
         compared as JSON first (numbers as doubles). `(1/N)`: a slow one has had the first Nth of \
         the input, and its speed is reckoned on that. {}.\n",
        machine()
    )
}

/// The machine and the day.
pub(super) fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpu = cpu.map_or("an unknown processor", |(_, name)| name);
    let day =
        process::first_line(&["date", "-u", "+%Y-%m-%d"].map(str::to_owned)).unwrap_or_default();
    format!("{cpu}, {cores} cores, {day}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_are_worth() {
        let figures = [1_282.4, 152.3, 19.96, 0.25].map(figure);
        assert_eq!(figures, ["1,282", "152", "20.0", "0.2"]);
    }
}
