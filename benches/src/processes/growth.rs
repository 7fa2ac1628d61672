//! How the cost of trailmill grows with its work: one table for each thing that can grow.

mod made;
mod tables;

use super::places::Places;
use super::process::{self, Taken};
use super::table::machine;
use super::{inputs, say, write};
use crate::way::Unmeasured;
use std::fmt::Write as _;
use tables::{Row, Table};

const HEAD: &str = "\
<!-- Written by `cargo xtask bench --growth`. -->

# How cost grows

What `trailmill run --threads 1` takes as its work grows, as a whole process on one core, rows to
`/dev/null`: time of user and system on a processor, start-up and all, the median of the rounds; the
most memory in any round. Where cost is in proportion, a record costs the same from line to line.
";

/// Times every row of every table in turn, and writes `docs/growth.md`.
///
/// # Errors
/// If something can not be made or run.
pub(super) fn run(places: &Places, rounds: usize) -> Result<String, Unmeasured> {
    let mut page = HEAD.to_owned();
    for table in tables::all(places)? {
        say(&format!("\n{}", table.title));
        page += &measured(places, &table, rounds)?;
    }
    let _ = write!(page, "\n{rounds} rounds; {}.\n", machine());
    write(&places.root().join("docs/growth.md"), &page)?;
    Ok(page)
}

fn measured(places: &Places, table: &Table, rounds: usize) -> Result<String, Unmeasured> {
    let commands: Result<Vec<_>, _> = table.rows.iter().map(|row| command(places, row)).collect();
    let mut taken = process::in_turn(&commands?, rounds)?;
    let mut text = format!("\n## {}\n\n{}\n\n{}", table.title, table.note, HEADINGS);
    for (row, taken) in table.rows.iter().zip(&mut taken) {
        line(row, taken, &mut text);
    }
    Ok(text)
}

const HEADINGS: &str = "\
| | records | MB of text | ms | us a record | MB/s | memory, MB |\n|---|---|---|---|---|---|---|\n";

/// The command of a row. It ends with 1 if a record is quarantined, which would be no measurement.
fn command(places: &Places, row: &Row) -> Result<Vec<String>, Unmeasured> {
    let input = row.input.path.display().to_string();
    let pipeline = row.pipeline.display().to_string();
    let arguments = ["--threads", "1", "--quiet", "--strict", "--out", "/dev/null"];
    let mut command = vec![inputs::trailmill(places)?, "run".to_owned(), pipeline, input];
    command.extend(arguments.map(str::to_owned));
    Ok(command)
}

fn line(row: &Row, taken: &mut [Taken], text: &mut String) {
    taken.sort_by_key(|taken| taken.cpu);
    let seconds = taken.get(taken.len() / 2).map_or(f64::NAN, |taken| taken.cpu.as_secs_f64());
    let peak = process::peak_bytes(taken);
    let (records, bytes) = (row.input.records as f64, row.input.text_bytes as f64);
    let _ = writeln!(
        text,
        "| {} | {} | {:.1} | {:.0} | {:.2} | {:.0} | {:.1} |",
        row.label,
        row.input.records,
        bytes / 1e6,
        seconds * 1e3,
        seconds * 1e6 / records,
        bytes / 1e6 / seconds,
        peak as f64 / 1e6,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::processes::inputs::Input;
    use std::time::Duration;

    #[test]
    fn a_line_has_the_median_time_and_the_highest_peak() {
        let input = Input { path: "in".into(), records: 1_000, text_bytes: 2_000_000 };
        let row = Row { label: "x".to_owned(), pipeline: "p".into(), input };
        let taken = |ms, peak_bytes| {
            let cpu = Duration::from_millis(ms);
            Taken { cpu, wall: cpu, peak_bytes }
        };
        let mut text = String::new();
        line(&row, &mut [taken(40, 1), taken(10, 8_000_000), taken(4, 2)], &mut text);
        assert_eq!(text, "| x | 1000 | 2.0 | 10 | 10.00 | 200 | 8.0 |\n");
    }
}
