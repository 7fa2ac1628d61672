//! The commands besides `run`.

use crate::scene::{Scene, TO_FILES, record, records};
use serde_json::Value;

#[test]
fn check_tells_what_is_good_and_what_is_not() {
    let scene = Scene::new();
    scene.write("bad.yaml", "stages: [nonsense]\n");
    let ended = scene.run(&["check", "p.yaml"]).good();
    assert_eq!(ended.out, "p.yaml: good (2 stages, 1 output, 0 tests)\n");
    let ended = scene.run(&["check", "p.yaml", "bad.yaml"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(ended.out.lines().count(), 1);
    assert!(ended.err.starts_with("trailmill: bad.yaml:1:10: unknown stage `nonsense`"));
    let tests = "tests: [{ name: one, in: missing.json, out: out.ndjson }]\n";
    scene.write("p.yaml", format!("{TO_FILES}{tests}"));
    let ended = scene.run(&["check", "p.yaml"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("test `one`: cannot read out.ndjson"), "{}", ended.err);
}

#[test]
fn test_shows_what_differs() {
    let scene = Scene::new();
    let tests = "tests:\n  - { name: one user, in: in.json, out: out.ndjson }\n";
    scene.write("p/pipeline.yaml", format!("{TO_FILES}{tests}"));
    scene.write("p/in.json", record(7));
    scene.write("p/out.ndjson", "");
    let ended = scene.run(&["test", "p"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("  FAILED  one user\n"), "{}", ended.out);
    assert!(ended.out.contains("    +   \"EVENTID\": \"7\",\n"), "{}", ended.out);
    assert!(ended.out.ends_with("0 tests passed, 1 failed\n"), "{}", ended.out);
    let args = ["run", "p", "p/in.json", "--out", "p/out.ndjson", "--collected-at"];
    scene.run(&[&args[..], &["2024-01-01T00:00:00Z"]].concat()).good();
    let ended = scene.run(&["test", "p"]).good();
    assert_eq!(ended.out, "p/pipeline.yaml:\n  passed  one user\n1 test passed\n");
    let wrong = scene.read("p/out.ndjson").replace("alice", "bob");
    scene.write("p/out.ndjson", wrong);
    let ended = scene.run(&["test", "p"]);
    let expected = "    -   \"USERNAME\": \"bob\",\n    +   \"USERNAME\": \"alice\",\n";
    assert!(ended.out.contains(expected), "{}", ended.out);
    assert!(!ended.out.contains("EVENTVERSION"), "what is the same is left out");
}

#[test]
fn stages_tells_of_all_and_of_one() {
    let scene = Scene::new();
    let list = scene.run(&["stages"]).good().out;
    assert!(list.contains("decode-cloudtrail  "), "{list}");
    assert!(list.contains("flatten "), "{list}");
    let one = scene.run(&["stages", "flatten"]).good().out;
    assert!(one.starts_with("flatten (a stage after the decoder)\n"), "{one}");
    assert!(one.contains("  schema (one of "), "{one}");
    assert!(one.contains("Example: "), "{one}");
    let page = scene.run(&["stages", "flatten", "--markdown"]).good().out;
    assert!(page.starts_with("# `flatten`\n"), "{page}");
    assert!(page.contains("| `schema` | one of "), "{page}");
    let ended = scene.run(&["stages", "flaten"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(ended.err, "trailmill: unknown stage `flaten`; did you mean `flatten`?\n");
}

#[test]
fn schema_is_a_json_schema_of_all_stages() {
    let scene = Scene::new();
    let schema: Value = serde_json::from_str(&scene.run(&["schema"]).good().out).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema.to_string().contains("\"flatten\""));
}

#[test]
fn completions_know_the_commands() {
    let scene = Scene::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = scene.run(&["completions", shell]).good().out;
        assert!(script.contains("unflatten"), "{shell}");
    }
}

#[test]
fn explain_follows_one_event() {
    let scene = Scene::new();
    scene.write("in.json", records(0..5));
    let told = scene.run(&["explain", "p.yaml", "in.json", "--event", "3"]).good().out;
    let start = format!("record at byte {} of in.json (", 3 * (record(3).len() + 1));
    assert!(told.starts_with(&start), "{told}");
    assert!(told.contains("\nflatten (of output 1): goes on\n"), "{told}");
    assert!(told.contains("\noutput 1\n"), "{told}");
    let ended = scene.run(&["explain", "p.yaml", "in.json", "--event", "9"]);
    assert_eq!(ended.code, Some(3));
    assert_eq!(ended.err, "trailmill: in.json holds no event of that eventID\n");
}

#[test]
fn generate_makes_the_same_from_the_same_seed() {
    let scene = Scene::new();
    for folder in ["a", "b"] {
        scene.run(&["generate", "--events", "300", "--seed", "5", folder]).good();
    }
    scene.run(&["generate", "--events", "300", "--seed", "6", "c"]).good();
    let inside = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let prefix = format!("{folder}/");
        let files = scene.files().into_iter();
        let files = files.filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned));
        files
            .map(|name| {
                let bytes = std::fs::read(scene.path(&format!("{folder}/{name}")));
                (name, bytes.expect("can be read"))
            })
            .collect()
    };
    assert!(inside("a").iter().all(|(name, _)| name.starts_with("AWSLogs/")));
    assert_eq!(inside("a"), inside("b"));
    assert_ne!(inside("a"), inside("c"));
    let summary = scene.run(&["run", "p.yaml", "a", "--summary", "json"]).good().summary();
    assert_eq!((&summary["read"], &summary["written"]), (&300.into(), &300.into()));
}

#[test]
fn unflatten_gives_back_what_was_flattened() {
    let scene = Scene::new();
    let args = ["generate", "--events", "200", "--layout", "lines", "."];
    let said = scene.run(&args).good().out;
    assert!(said.starts_with("200 events in 1 file ("), "{said}");
    scene.run(&["run", "p.yaml", "events.ndjson"]).good();
    let records = scene.run(&["unflatten", "out/rows.ndjson"]).good().out;
    let values = |text: &str| -> Vec<Value> {
        let values = text.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        values.map(without_nulls).collect()
    };
    assert_eq!(values(&records), values(&scene.read("events.ndjson")));
    let ended = scene.feed(&["unflatten"], b"{\"DATE\":null}\n{\"x\":1}\n");
    assert_eq!((ended.code, ended.out.as_str()), (Some(3), "{}\n"));
    assert!(ended.err.starts_with("trailmill: stdin:2: "), "{}", ended.err);
}

/// Null and absent mean the same in a row.
fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        members.retain(|_, member| !member.is_null());
    }
    value
}

#[test]
fn help_names_every_command() {
    let scene = Scene::new();
    let help = scene.run(&["help"]).good().out;
    for command in
        ["run", "check", "test", "stages", "unflatten", "schema", "completions", "explain"]
    {
        assert!(help.contains(&format!("  {command} ")), "{command}");
    }
    assert!(help.contains("Exit codes: "), "{help}");
}
