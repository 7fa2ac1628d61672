//! What grows: the tables, their pipelines and their inputs.

use super::made;
use crate::processes::inputs::{self, Input, Kind};
use crate::processes::places::Places;
use crate::processes::write;
use crate::way::Unmeasured;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A thing that grows.
#[derive(Debug)]
pub(super) struct Table {
    /// What grows.
    pub(super) title: String,
    /// What it is measured on.
    pub(super) note: &'static str,
    /// From little to much.
    pub(super) rows: Vec<Row>,
}

/// One amount of it.
#[derive(Debug)]
pub(super) struct Row {
    /// How much.
    pub(super) label: String,
    /// The pipeline.
    pub(super) pipeline: PathBuf,
    /// What runs through it.
    pub(super) input: Input,
}

/// The stages between the decoder and the rows of most tables: none.
const FLAT: &[&str] = &[];

/// All tables, with their inputs made.
///
/// # Errors
/// If an input or a pipeline can not be written.
pub(super) fn all(places: &Places) -> Result<Vec<Table>, Unmeasured> {
    let ready = |name: &str| places.root().join("pipelines").join(name);
    Ok(vec![
        amounts(places, "Input, cloudtrail-flat", ready("cloudtrail-flat"))?,
        amounts(places, "Input, cloudtrail-snare", ready("cloudtrail-snare"))?,
        files(places)?,
        sizes(places)?,
        shares(places)?,
        stages(places)?,
    ])
}

fn amounts(places: &Places, title: &str, pipeline: PathBuf) -> Result<Table, Unmeasured> {
    let mut rows = Vec::new();
    for times in [1, 4, 16] {
        let input = inputs::make(places, Kind::Lines, 25_000 * times)?;
        rows.push(Row { label: format!("{times}x"), pipeline: pipeline.clone(), input });
    }
    Ok(Table { title: title.to_owned(), note: "JSON lines in one file.", rows })
}

fn files(places: &Places) -> Result<Table, Unmeasured> {
    let pipeline = pipeline(places, "flat", FLAT, true)?;
    let mut rows = Vec::new();
    for files in [1, 100, 10_000] {
        let input = made::files(&places.made(&format!("files-{files}")), 40_000, files)?;
        rows.push(Row { label: files.to_string(), pipeline: pipeline.clone(), input });
    }
    let note = "The same records, in so many S3 log files, `.json.gz`; decode and flatten.";
    Ok(Table { title: "Files".to_owned(), note, rows })
}

fn sizes(places: &Places) -> Result<Table, Unmeasured> {
    let pipeline = pipeline(places, "flat", FLAT, true)?;
    let sizes = [("200 B", 200), ("1.5 KB", 1_500), ("30 KB", 30_000), ("1 MB", 1_000_000)];
    let mut rows = Vec::new();
    for (label, size) in sizes.into_iter().chain([("20 MB", 20_000_000)]) {
        let input = made::sized(&places.made(&format!("size-{size}.ndjson")), size, 100_000_000)?;
        rows.push(Row { label: label.to_owned(), pipeline: pipeline.clone(), input });
    }
    let note = "About 100 MB of JSON lines, each a record of that size, most of it in \
                `requestParameters`; decode and flatten.";
    Ok(Table { title: "Size of a record".to_owned(), note, rows })
}

fn shares(places: &Places) -> Result<Table, Unmeasured> {
    let pipeline = pipeline(places, "redact", &["redact: { preset: secrets }"], true)?;
    let mut rows = Vec::new();
    for percent in [0, 25, 50, 75, 100] {
        let input = made::shared(&places.made(&format!("secrets-{percent}.ndjson")), percent)?;
        rows.push(Row { label: format!("{percent} %"), pipeline: pipeline.clone(), input });
    }
    let note = "Records of one size, of which so many hold three secrets; decode, \
                `redact: { preset: secrets }`, flatten.";
    Ok(Table { title: "Events redacted".to_owned(), note, rows })
}

fn stages(places: &Places) -> Result<Table, Unmeasured> {
    let input = inputs::make(places, Kind::Lines, 100_000)?;
    let filters: Vec<String> = (0..18)
        .map(|number| format!("filter: {{ drop: 'eventName == \"NoSuch{number}\"' }}"))
        .collect();
    let filters: Vec<&str> = filters.iter().map(String::as_str).collect();
    let mut rows = Vec::new();
    for count in [1, 2, 5, 10, 20] {
        let between = &filters[..usize::max(count, 2) - 2];
        let pipeline = pipeline(places, &format!("stages-{count}"), between, count > 1)?;
        rows.push(Row { label: count.to_string(), pipeline, input: input.clone() });
    }
    let note = "JSON lines; the first stage decodes, the last makes rows, and each between them is \
                a `filter` with an expression.";
    Ok(Table { title: "Stages".to_owned(), note, rows })
}

/// Writes a pipeline that decodes, does what is between, and perhaps makes rows.
fn pipeline(
    places: &Places,
    name: &str,
    between: &[&str],
    flattens: bool,
) -> Result<PathBuf, Unmeasured> {
    let mut yaml = "stages:\n  - decode-cloudtrail\n".to_owned();
    for stage in between.iter().copied().chain(flattens.then_some("flatten: { schema: snare }")) {
        let _ = writeln!(yaml, "  - {stage}");
    }
    yaml += "outputs:\n  - to: { file: { path: out.ndjson } }\n";
    let path = places.made(&format!("{name}.yaml"));
    write(&path, &yaml)?;
    Ok(path)
}
