//! Nothing secret gets out of a pipeline that hides secrets, by whatever way.

use crate::scene::{Ended, Scene, gzip};
use serde_json::json;
use std::path::Path;

/// What stands where secrets stand; no part of it is found anywhere else.
const CANARY: &str = "Qv7zKp2wXr9tLm4sJh6b";

/// Its key for pseudonyms.
const KEY: &str = "Zt5yNc8dGf3aWe1u-key";

/// The canary in every form in which it might show.
fn forms() -> Vec<String> {
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let escaped = |text: &str| text.bytes().map(|b| format!("\\u{b:04x}")).collect::<String>();
    let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let mut forms: Vec<String> = vec![CANARY.into(), hex(CANARY), escaped(CANARY), encoded(CANARY)];
    // Base64 of it, wherever in a longer text it begins.
    let base64 =
        ["UXY3ektwMndYcjl0TG00c0poNm", "F2N3pLcDJ3WHI5dExtNHNKaDZi", "Rdjd6S3Ayd1hyOXRMbTRzSmg2Y"];
    forms.extend(base64.map(str::to_owned));
    forms.extend([KEY.to_owned(), hex(KEY)]);
    forms
}

#[track_caller]
fn no_canary(what: &str, text: &str) {
    for form in forms() {
        assert!(!text.contains(&form), "{what} shows {form}:\n{text}");
    }
}

fn event(number: usize, name: &str, source: &str, members: serde_json::Value) -> String {
    let mut event = json!({
        "eventVersion": "1.08", "userIdentity": {"type": "IAMUser", "userName": "alice"},
        "eventTime": "2024-03-08T08:58:31Z", "eventSource": source, "eventName": name,
        "awsRegion": "eu-west-1", "eventID": format!("{number}"), "recipientAccountId": "1",
    });
    let members = members.as_object().expect("an object").clone();
    event.as_object_mut().expect("an object").extend(members);
    event.to_string()
}

/// Records with a canary where CloudTrail has secrets, and text that is none.
fn input() -> String {
    let policy = format!("{{\"Statement\": [{{\"password\": \"{CANARY}\"}}]}}");
    let mut deep = format!("{{\"password\":\"{CANARY}\"}}");
    for _ in 0..60 {
        deep = format!("{{\"x\":{deep}}}");
    }
    let sts = "sts.amazonaws.com";
    let good = [
        event(
            1,
            "AssumeRole",
            sts,
            json!({"responseElements": {"credentials": {
            "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "sessionToken": CANARY}}}),
        ),
        event(
            2,
            "CreateDBInstance",
            "rds.amazonaws.com",
            json!({"requestParameters": {"masterUserPassword": CANARY}}),
        ),
        event(3, "PutX", "x.amazonaws.com", json!({"requestParameters": {"body": policy}})),
        event(
            4,
            "PutX",
            "x.amazonaws.com",
            json!({"errorMessage": format!("can not reach postgres://app:{CANARY}@db/x")}),
        ),
        event(5, "PutX", "x.amazonaws.com", json!({"requestParameters": {"password": [CANARY]}})),
        event(
            6,
            "PutX",
            "x.amazonaws.com",
            json!({"requestParameters": serde_json::from_str::<serde_json::Value>(&deep).expect("JSON")}),
        ),
    ];
    let bad = [
        format!("{{\"eventName\": \"AssumeRole\", \"password\": \"{CANARY}\", nonsense}}"),
        format!("{{\"eventName\": \"AssumeRole\", \"sessionToken\": \"{CANARY}"),
        CANARY.to_owned(),
        format!("[\"{CANARY}\", 1]"),
    ];
    good.into_iter().chain(bad).map(|line| line + "\n").collect()
}

#[track_caller]
fn nothing_is_told(scene: &Scene, ended: &Ended, inputs: &[&str]) {
    no_canary("the output", &ended.out);
    no_canary("the error output", &ended.err);
    for name in scene.files() {
        if !inputs.contains(&name.as_str()) {
            no_canary(&name, &scene.read(&name));
        }
    }
}

const TORN: &str = "torn.json.gz";

fn scene() -> Scene {
    let scene = Scene::new();
    scene.write("in.json", input());
    scene.write(TORN, &gzip(input().as_bytes())[..300]);
    scene.write(
        "spoilt.json",
        [input().as_bytes(), b"\xff\xfe{\"password\":\"", CANARY.as_bytes()].concat(),
    );
    let pipeline = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines/cloudtrail-snare");
    let text = std::fs::read_to_string(pipeline.join("pipeline.yaml")).expect("a pipeline");
    let own = text.split("tests:\n").next().expect("what precedes the tests");
    scene.write("snare.yaml", own);
    scene.write(
        "keyed.yaml",
        own.replace("{ preset: secrets }", "{ preset: share, key: { variable: MILL } }"),
    );
    scene
}

const INPUTS: [&str; 3] = ["in.json", TORN, "spoilt.json"];

#[test]
fn no_secret_gets_out() {
    for pipeline in ["snare.yaml", "keyed.yaml"] {
        for threads in ["1", "3"] {
            let scene = scene();
            let args = ["run", pipeline, "--threads", threads, "--summary", "json"];
            let mut command = scene.command(&[&args[..], &INPUTS].concat());
            let ended = crate::scene::ended(command.env("MILL", KEY));
            let summary = ended.summary();
            assert_eq!(summary["written"], 12, "{}", ended.err);
            assert!(summary["quarantined"].as_u64() >= Some(7), "{}", ended.err);
            nothing_is_told(&scene, &ended, &INPUTS);
            let quarantine = scene.read("out/quarantine.ndjson");
            assert!(
                quarantine.lines().all(|line| line.contains("\"withheld\":true")),
                "{quarantine}"
            );
        }
    }
}

#[test]
fn no_secret_is_told_about() {
    let scene = scene();
    for args in [
        &["explain", "snare.yaml", "in.json"][..],
        &["redact-report", "snare.yaml", "in.json"],
        &["redact-report", "keyed.yaml", "in.json", "--json"],
        &["check", "keyed.yaml"],
        &["test", "keyed.yaml"],
    ] {
        let ended = crate::scene::ended(scene.command(args).env("MILL", KEY));
        assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.err);
        nothing_is_told(&scene, &ended, &INPUTS);
    }
    // A key that is none is not repeated, either.
    let short = "Zt5yNc8dGf3";
    let ended = crate::scene::ended(scene.command(&["check", "keyed.yaml"]).env("MILL", short));
    assert_eq!(ended.code, Some(2));
    assert!(!ended.err.contains(short), "{}", ended.err);
}

#[test]
fn canaries_are_found_where_nothing_hides_them() {
    let scene = scene();
    let ended = scene.run(&["run", "p.yaml", "in.json"]).good();
    let shown = [scene.read("out/rows.ndjson"), scene.read("out/bad.ndjson"), ended.err];
    assert_eq!(shown[0].matches(CANARY).count(), 6);
    assert!(shown[1].matches(CANARY).count() >= 4);
}
