//! A pipeline that remembers: the same first copies, whatever the number of threads.

use crate::scene::{Scene, gzip};
use std::collections::HashSet;

const PIPELINE: &str = "\
stages:
  - decode-cloudtrail
  - dedupe
outputs:
  - { name: rows, to: { file: { path: out/rows.ndjson } } }
quarantine: { file: { path: out/bad.ndjson } }
";

/// Records of several files, with ids that come again and again, mostly soon.
struct Made {
    /// A state of the generator of Lehmer, so that every run makes the same.
    state: u64,
    next: u64,
}

impl Made {
    fn draw(&mut self, below: u64) -> u64 {
        self.state = self.state * 48_271 % 0x7fff_ffff;
        self.state % below
    }

    /// A record, as a line; one of five has an id that came lately.
    fn record(&mut self, file: usize) -> String {
        let back = if self.draw(5) == 0 { self.draw(400) } else { 0 };
        let id = self.next.saturating_sub(back);
        self.next += u64::from(back == 0);
        let id = format!("9cb0e2a0-6c1f-4a54-9a33-{id:012x}");
        let blank = "x".repeat(self.draw(300) as usize);
        format!(
            "{{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-02-01T06:00:00Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"GetUser\",\"eventID\":\"{id}\",\"requestParameters\":{{\"file\":{file},\"x\":\"{blank}\"}}}}\n"
        )
    }
}

fn id(line: &str) -> &str {
    let at = line.find("\"eventID\":\"").expect("an id") + 11;
    &line[at..at + 36]
}

/// Files of many sizes, in the order of their names: some packed, one to be cut into pieces. Gives
/// the first copies in the order of the input.
fn files(scene: &Scene) -> String {
    let mut made = Made { state: 4711, next: 0 };
    let mut seen = HashSet::new();
    let mut firsts = String::new();
    for file in 0..60 {
        let records = if file == 30 { 9_000 } else { 1 + made.draw(300) };
        let lines: Vec<String> = (0..records).map(|_| made.record(file)).collect();
        for line in &lines {
            if seen.insert(id(line).to_owned()) {
                firsts.push_str(line);
            }
        }
        let text = lines.concat();
        match file % 4 {
            0 => scene.write(&format!("logs/{file:02}.json.gz"), gzip(text.as_bytes())),
            _ => scene.write(&format!("logs/{file:02}.json"), text),
        }
    }
    firsts
}

#[test]
fn the_first_copies_survive_for_any_number_of_threads() {
    let scene = Scene::new();
    scene.write("p.yaml", PIPELINE);
    let firsts = files(&scene);
    let mut summaries = Vec::new();
    for threads in ["1", "2", "3", "8", "8"] {
        let args = ["run", "p.yaml", "logs", "--threads", threads, "--summary", "json"];
        let summary = scene.run(&args).good().summary();
        // Not by `assert_eq`, which would print megabytes.
        assert!(scene.read("out/rows.ndjson") == firsts, "{threads} threads");
        let figures = ["read", "written", "filtered", "quarantined", "bytes", "stages", "outputs"];
        summaries.push(figures.map(|name| summary[name].to_string()));
    }
    assert!(summaries.iter().all(|summary| *summary == summaries[0]), "{summaries:?}");
    let filtered: u64 = summaries[0][2].parse().expect("a count");
    assert!(filtered > 1_000, "{filtered} copies");
}

#[test]
fn the_standard_input_is_remembered_in_order_too() {
    let scene = Scene::new();
    scene.write("p.yaml", PIPELINE);
    let mut made = Made { state: 815, next: 0 };
    let lines: Vec<String> = (0..9_000).map(|_| made.record(0)).collect();
    let mut seen = HashSet::new();
    let firsts: String =
        lines.iter().filter(|line| seen.insert(id(line))).map(String::as_str).collect();
    for (input, threads) in [
        (lines.concat().into_bytes(), "4"),
        (gzip(lines.concat().as_bytes()), "4"),
        (lines.concat().into_bytes(), "1"),
    ] {
        scene.feed(&["run", "p.yaml", "-", "--threads", threads], &input).good();
        assert!(scene.read("out/rows.ndjson") == firsts, "{threads} threads");
    }
}

/// What is no record is not remembered: every bad line is kept.
#[test]
fn bad_lines_are_no_copies() {
    let scene = Scene::new();
    let record = |n: u32| format!("{{\"eventID\":\"{n}\",\"eventName\":\"GetUser\"}}\n");
    scene.write("p.yaml", PIPELINE);
    let bad = "{\"eventName\": nonsense}\n";
    scene.write("a.json", record(1) + bad + &record(2));
    scene.write("b.json", record(2) + bad + &record(3));
    let ended = scene.run(&["run", "p.yaml", "a.json", "b.json", "--summary", "json"]).good();
    let summary = ended.summary();
    assert_eq!(scene.read("out/rows.ndjson"), [1, 2, 3].map(record).concat());
    assert_eq!((&summary["filtered"], &summary["quarantined"]), (&1.into(), &2.into()));
    assert_eq!(scene.read("out/bad.ndjson").lines().count(), 2);
}

#[test]
fn inputs_that_are_bad_as_a_whole_take_their_turn() {
    let scene = Scene::new();
    scene.write("p.yaml", PIPELINE);
    let firsts = files(&scene);
    for file in [5, 6, 31, 59] {
        scene.write(&format!("logs/{file:02}x.json.gz"), &gzip(firsts.as_bytes())[..30]);
    }
    let args = ["run", "p.yaml", "logs", "--threads", "6", "--summary", "json"];
    let summary = scene.run(&args).good().summary();
    assert_eq!(summary["deadInputs"], 4);
    assert!(scene.read("out/rows.ndjson") == firsts);
}
