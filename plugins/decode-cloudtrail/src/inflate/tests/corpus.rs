//! The bad inputs of the corpus end as its manifest says.

use super::*;
use std::env;
use std::fs;
use std::path::PathBuf;

/// Generous for CloudTrail, and below what the bombs do.
const LIMITS: Limits = Limits { inflated_bytes_max: 1 << 30, ratio_max: 200, ..WIDE };

/// The folder of bad inputs; says so and answers nothing where there is none.
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn bad_inputs() -> Option<PathBuf> {
    let corpus = env::var_os("TRAILMILL_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus")),
        PathBuf::from,
    );
    let folder = corpus.join("badinputs");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus at {}; TRAILMILL_CORPUS names it", corpus.display());
    None
}

/// The files of one class in the manifest, with the action that it wants.
fn files(class: &str) -> Vec<(String, String, Vec<u8>)> {
    let Some(folder) = bad_inputs() else {
        return Vec::new();
    };
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row[3] == class);
    let files = rows.map(|row| {
        let bytes = fs::read(folder.join(row[0])).unwrap();
        (row[0].to_owned(), row[4].to_owned(), bytes)
    });
    files.collect()
}

#[test]
fn gzip_inputs_end_as_the_manifest_says() {
    for (name, action, bytes) in files("gzip") {
        let verdict = verdict(&bytes, LIMITS);
        match action.as_str() {
            "accept" => assert!(verdict.is_ok(), "{name}: {verdict:?}"),
            "dead" | "dead-or-flag" => assert!(verdict.is_err(), "{name}"),
            other => panic!("{name}: unknown action {other}"),
        }
    }
}

#[test]
fn bombs_stop_at_a_limit() {
    for (name, _, bytes) in files("bomb") {
        let (mut scratch, mut content) = (Scratch::default(), Vec::new());
        for (limits, most) in [(LIMITS, 8 << 20), (WIDE_TO_64_MIB, 64 << 20)] {
            let mut inflater = Inflater::new(&bytes[..], limits, &mut scratch);
            let mut total = 0;
            let error = loop {
                content.clear();
                match inflater.read_into(&mut content, 1 << 20) {
                    Ok(read) => total += read,
                    Err(error) => break error,
                }
            };
            assert!(error.limit.is_some(), "{name}: {error}");
            assert!(total <= most, "{name}: {total}");
            let whole = inflate_whole(&bytes, &limits, &mut scratch, usize::MAX, &mut content);
            assert_eq!(whole.map_err(|error| error.kind), Err(error.kind), "{name}");
        }
    }
}

const WIDE_TO_64_MIB: Limits = Limits { inflated_bytes_max: 64 << 20, ..WIDE };
