//! The way of one event through a pipeline, told for people.

use crate::ui::figures::count;
use std::fmt::Write;
use trailmill_pipeline::{Column, Explanation, Passage, Pipeline};
use trailmill_stage::Verdict;

/// Longer values are cut in tables.
const VALUE_CHARS_MAX: usize = 60;

/// What stands in the place of an event that no guard of the pipeline has passed.
const WITHHELD: &str = "(withheld: the pipeline shows an event only behind its guard)";

/// The way of an event, stage by stage, and how it leaves.
pub(crate) fn explanation(pipeline: &Pipeline, event: &Explanation) -> String {
    let mut text = format!(
        "record at byte {} of {} ({})\n",
        count(event.offset),
        event.source,
        event.container
    );
    let record = event.record.as_deref().unwrap_or(WITHHELD);
    let _ = writeln!(text, "  {record}\n");
    for passage in &event.passages {
        write_passage(pipeline, passage, &mut text);
    }
    for finished in &event.finished {
        let path = finished.path.as_ref().map(|path| format!(", file {path}"));
        let name = pipeline.outputs()[finished.output].name();
        let _ = writeln!(text, "output {name}{}", path.unwrap_or_default());
        let _ = writeln!(text, "  {}\n", finished.line.as_deref().unwrap_or(WITHHELD));
    }
    for output in &event.not_routed {
        let _ = writeln!(text, "output {}: not routed here", pipeline.outputs()[*output].name());
    }
    if event.finished.is_empty() {
        text.push_str("no output gets it\n");
    }
    text
}

fn write_passage(pipeline: &Pipeline, passage: &Passage, text: &mut String) {
    let output = passage.output.map(|number| pipeline.outputs()[number].name());
    let output = output.map_or_else(String::new, |name| format!(" (of output {name})"));
    let outcome = match &passage.outcome {
        _ if passage.skipped => "passed by, as its `when` does not hold".to_owned(),
        Ok(Verdict::Keep) => "goes on".to_owned(),
        Ok(Verdict::Filter) => "filtered".to_owned(),
        Err(fault) => format!("at fault: {fault}"),
    };
    let _ = writeln!(text, "{}{output}: {outcome}", passage.stage);
    let changes =
        [("added", &passage.added), ("removed", &passage.removed), ("changed", &passage.changed)];
    for (what, names) in changes {
        // Columns say the same in greater detail.
        if !names.is_empty() && passage.columns.is_empty() {
            let _ = writeln!(text, "  {what}: {}", names.join(", "));
        }
    }
    if let Some(event) = &passage.event {
        let _ = writeln!(text, "  {event}");
    }
    for (kind, times) in &passage.notes {
        let _ = writeln!(text, "  {} {}: {}", count(*times), kind.name, kind.help);
    }
    write_columns(&passage.columns, text);
    text.push('\n');
}

/// A table of columns: name, where the value came from, how it was made, the value.
fn write_columns(columns: &[Column], text: &mut String) {
    let wide = |of: fn(&Column) -> &String| {
        let widths = columns.iter().map(|column| of(column).chars().count());
        widths.max().unwrap_or_default()
    };
    let (name, from) = (wide(|column| &column.column), wide(|column| &column.from));
    let rule = wide(|column| &column.rule);
    for column in columns {
        let value = column.value.as_deref().map_or_else(String::new, shortened);
        let line = format!(
            "  {:name$}  {:from$}  {:rule$}  {value}",
            column.column, column.from, column.rule
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}...", &value[..end]),
        None => value.to_owned(),
    }
}
