//! The guide, followed: its files are written as they stand, and what is built of them does what
//! the guide shows.

use crate::build::{cargo, folder, module, workspace};
use std::fs;
use trailmill_abi::{PIPELINE, entry};
use trailmill_shim::{Answer, Compiled, Host, Interpreted};

const GUIDE: &str = "docs/guides/write-a-stage.md";

/// The blocks of the guide behind a line `<!-- MARK -->`, each with the rest of that line.
fn blocks(guide: &str, mark: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let marked = line.strip_prefix(&format!("<!-- {mark}"));
        let Some(name) = marked.and_then(|rest| rest.strip_suffix(" -->")) else { continue };
        assert!(lines.next().is_some_and(|line| line.starts_with("```")), "{line}");
        let block = lines.by_ref().take_while(|line| *line != "```");
        found.push((name.trim().to_owned(), block.map(|line| format!("{line}\n")).collect()));
    }
    found
}

/// The settings that a pipeline file of the guide tells its stage, as the host hands them over.
fn settings(pipeline: &str) -> Vec<u8> {
    let list = pipeline.split_once("regions: [").expect("settings").1.split_once(']');
    let regions: Vec<&str> = list.expect("a list").0.split(", ").collect();
    let mut out = Vec::new();
    let settings = serde_json::json!({ "regions": regions }).to_string();
    entry(PIPELINE, "settings.json", settings.as_bytes(), &mut out);
    out
}

#[test]
fn the_guide_works_as_it_stands() {
    let guide = fs::read_to_string(workspace().join(GUIDE)).expect("the guide");
    let files = blocks(&guide, "file: ");
    let place = folder("unused-region");
    for (name, text) in &files {
        // Beside the guide's crate there is a checkout, which is this one.
        let checkout = workspace().display().to_string().replace('\\', "/");
        let text = match name.as_str() {
            "Cargo.toml" => text.replace("../trailmill", &checkout),
            _ => text.clone(),
        };
        let path = place.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    cargo(&place, &["test"]);
    cargo(&place, &["build", "--release", "--target", "wasm32-unknown-unknown"]);
    let module: &'static [u8] = module("unused_region").leak();
    let is_told = guide.contains("some 140 KB") && (130_000..150_000).contains(&module.len());
    assert!(is_told, "{} bytes", module.len());
    let of = |name: &str| &files.iter().find(|file| file.0 == name).expect(name).1;
    let (_, expected) = blocks(&guide, "output").remove(0);
    let mut host = Host::<Compiled>::of(module).taking(&settings(of("pipeline.yaml")));
    let answer = Answer::read(&host.process(of("records.jsonl").as_bytes()));
    assert_eq!(String::from_utf8(answer.lines(0, 0)).expect("text"), expected);
    let mut host = Host::<Interpreted>::of(module);
    let answers = of("records.jsonl").lines().map(|record| host.filter(record.as_bytes()));
    let answers = answers.map(|answer| String::from_utf8(answer).expect("text") + "\n");
    assert_eq!(answers.collect::<String>(), expected);
}

/// What Fluent Bit is told is what the module exports.
#[test]
fn the_guide_names_what_there_is() {
    let guide = fs::read_to_string(workspace().join(GUIDE)).expect("the guide");
    for name in ["Cargo.toml", "build.rs", "settings.json", "src/lib.rs", "fluent-bit.yaml"] {
        assert!(blocks(&guide, "file: ").iter().any(|file| file.0 == name), "{name}");
    }
    for line in ["function_name: trailmill_fluent_bit", "wasm_stack_size: 1M", "event_format: json"]
    {
        assert!(guide.contains(line), "{line}");
    }
}
