//! What is faulty ends in the quarantine, whole, and in the books.

use crate::scene::{Scene, gzip, ids, record, records};
use serde_json::Value;

/// The quarantine lines in a file.
fn lines(scene: &Scene, name: &str) -> Vec<Value> {
    let text = scene.read(name);
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn a_bad_line_costs_that_line() {
    let scene = Scene::new();
    scene.write("in.json", format!("{}\n{{\"eventName\": nonsense}}\n{}\n", record(1), record(2)));
    let ended = scene.run(&["run", "p.yaml", "in.json"]).good();
    assert_eq!(ids(&scene.read("out/rows.ndjson")), [1, 2]);
    let told: Vec<&str> = ended.err.lines().collect();
    assert_eq!(told[1], "read 3 = written 2 + filtered 0 + dropped 0 + quarantined 1");
    assert_eq!(told[3], "out/bad.ndjson: 1 record in quarantine");
    let place = format!("first at byte {} of in.json", record(1).len() + 1);
    assert!(told[4].starts_with("  1 ") && told[4].ends_with(&place), "{}", told[4]);
    let lines = lines(&scene, "out/bad.ndjson");
    assert_eq!(lines.len(), 1);
    assert!(lines[0]["raw"].as_str().expect("text").contains("nonsense"));
    assert_eq!(lines[0]["source"], "in.json");
    assert!(!ended.err.contains("nonsense"), "no value is told");
}

#[test]
fn strict_runs_tell_by_their_exit_code() {
    let scene = Scene::new();
    scene.write("bad.json", format!("{}\n{{]\n", record(1)));
    scene.write("good.json", record(1));
    assert_eq!(scene.run(&["run", "p.yaml", "bad.json", "--strict"]).code, Some(1));
    assert!(scene.path("out/rows.ndjson").exists(), "the output is complete all the same");
    assert_eq!(scene.run(&["run", "p.yaml", "good.json", "--strict"]).code, Some(0));
    scene.write("torn.gz", &gzip(record(1).as_bytes())[..20]);
    assert_eq!(scene.run(&["run", "p.yaml", "torn.gz", "--strict"]).code, Some(1));
}

#[test]
fn an_input_that_is_bad_as_a_whole_is_kept_as_a_whole() {
    let scene = Scene::new();
    let torn = &gzip(records(0..100).as_bytes())[..200];
    scene.write("a.json", records(0..2));
    scene.write("b.json.gz", torn);
    scene.write("c.json", records(2..4));
    let args = ["run", "p.yaml", "a.json", "b.json.gz", "c.json", "--summary", "json"];
    let summary = scene.run(&args).good().summary();
    assert_eq!(summary["deadInputs"], 1);
    assert_eq!(summary["quarantine"], "out/bad.ndjson");
    let rows = ids(&scene.read("out/rows.ndjson"));
    assert_eq!((rows[..2].to_vec(), rows[rows.len() - 2..].to_vec()), (vec![0, 1], vec![2, 3]));
    let lines = lines(&scene, "out/bad.ndjson");
    let [line] = &lines[..] else {
        panic!("{} lines", lines.len());
    };
    assert_eq!(line["source"], "b.json.gz");
    assert_eq!(line["bytes"], 200);
    assert_eq!(raw(line), torn);
    let piped = scene.feed(&["run", "p.yaml", "-"], torn).good();
    assert!(piped.err.contains("1 input as a whole in quarantine"), "{}", piped.err);
    let lines = self::lines(&scene, "out/bad.ndjson");
    assert_eq!((lines[0]["source"].as_str(), raw(&lines[0])), (Some("stdin"), torn.to_vec()));
}

fn raw(line: &Value) -> Vec<u8> {
    use base64::Engine;
    let text = line["rawBase64"].as_str().expect("no text, so base64");
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}

#[test]
fn a_quarantine_that_nobody_named_has_a_place() {
    let scene = Scene::new();
    scene.write("p.yaml", "stages: [decode-cloudtrail]\noutputs: [{ to: stdout }]\n");
    scene.write("in.json", format!("{}\n{{]\n", record(1)));
    let ended = scene.run(&["run", "p.yaml", "in.json"]).good();
    assert!(ended.err.contains("trailmill-quarantine.ndjson: 1 record in quarantine"));
    assert_eq!(lines(&scene, "trailmill-quarantine.ndjson").len(), 1);
    let ended = scene.run(&["run", "p.yaml", "in.json", "--quarantine", "x/bad.ndjson"]).good();
    assert!(ended.err.contains("x/bad.ndjson: 1 record"), "{}", ended.err);
}

#[test]
fn what_can_not_be_read_is_told_and_the_rest_is_done() {
    let scene = Scene::new();
    scene.write("logs/a.json", record(1));
    scene.write("logs/c.json", record(3));
    std::os::unix::fs::symlink("gone", scene.path("logs/b.json")).unwrap();
    let ended = scene.run(&["run", "p.yaml", "logs"]);
    assert_eq!(ended.code, Some(3));
    assert_eq!(ids(&scene.read("out/rows.ndjson")), [1, 3]);
    let told: Vec<&str> = ended.err.lines().collect();
    assert_eq!(told[0], "trailmill: cannot read logs/b.json: No such file or directory");
    assert_eq!(told.last(), Some(&"1 input could not be read"));
}
