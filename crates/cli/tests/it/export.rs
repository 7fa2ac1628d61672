//! `trailmill export` and `trailmill inspect`, as their users call them.

use crate::scene::{Scene, records};
use serde_json::Value;

const FLAT: &str = "name: flat\nstages: [decode-cloudtrail, { flatten: { schema: snare } }]\n";

/// Every host that README.md names; what comes out says for whom it is.
#[test]
fn every_host_gets_a_module_that_says_what_is_inside() {
    let scene = Scene::new();
    scene.write("flat/pipeline.yaml", FLAT);
    for host in ["fluent-bit", "trailmill", "redpanda-connect", "redpanda", "extism", "component"] {
        let ended = scene.run(&["export", "--host", host, "flat", "-o", "flat.wasm"]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{host}");
        let first = ended.out.lines().next().unwrap_or_default();
        assert!(first.starts_with("flat.wasm: ") && first.ends_with(&format!(" for {host}")));
        assert!(ended.out.lines().skip(1).any(|line| line.contains("flat.wasm")), "{}", ended.out);
        let ended = scene.run(&["inspect", "flat.wasm"]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{host}");
        let told: Value = serde_json::from_str(&ended.out).expect("JSON");
        assert_eq!(told["host"], host);
        assert_eq!(told["pipeline"]["name"], "flat");
        assert_eq!(told["pipeline"]["file"], "pipeline.yaml");
    }
}

/// What is printed for our own host works as it stands.
#[test]
fn a_module_is_a_stage_of_another_pipeline() {
    let scene = Scene::new();
    scene.write("flat.yaml", FLAT);
    scene.write("in.ndjson", records(1..6));
    let ended = scene.run(&["export", "--host", "trailmill", "flat.yaml", "-o", "flat.wasm"]);
    let (_, pasted) = ended.out.split_once("\n\n").expect("something to paste");
    scene.write("staged.yaml", pasted);
    let run = |pipeline: &str| {
        let time = "2024-03-08T10:15:30Z";
        let ended = scene.run(&[
            "run",
            pipeline,
            "in.ndjson",
            "--out",
            "-",
            "--quiet",
            "--collected-at",
            time,
        ]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{pipeline}");
        ended.out
    };
    assert_eq!(run("flat.yaml").lines().count(), 5);
    assert_eq!(run("staged.yaml"), run("flat.yaml"));
}

/// What stands in a module of the files that the pipeline names.
#[test]
fn tables_are_told() {
    let scene = Scene::new();
    let databases = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugins/enrich-geoip/tests");
    for name in ["city.mmdb", "asn.mmdb"] {
        scene.write(name, std::fs::read(format!("{databases}/{name}")).expect("a database"));
    }
    scene.write("a.csv", "id,name\n111122223333,one\n");
    let pipeline = "stages:\n  - decode-cloudtrail\n  - enrich-account: { table: a.csv }\n  - \
                    enrich-geoip: { databases: [city.mmdb, asn.mmdb], fields: [city] }\n";
    scene.write("geo.yaml", pipeline);
    let ended = scene.run(&["export", "--host", "fluent-bit", "geo.yaml", "-o", "geo.wasm"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = ended.out.lines().take(5).collect();
    assert!(lines[0].ends_with(" for fluent-bit, with 1.5 kB of tables"), "{}", lines[0]);
    let told = [
        "  a.csv: 25 B",
        "  city.mmdb: 1.1 kB of 2.4 kB, as no more is read",
        "  asn.mmdb: 379 B of 1.3 kB, as no more is read",
        "",
    ];
    assert_eq!(lines[1..], told);
}

#[track_caller]
fn refused(scene: &Scene, args: &[&str], code: i32) -> String {
    let before = scene.files();
    let ended = scene.run(args);
    assert_eq!((ended.code, ended.out.as_str()), (Some(code), ""), "{}", ended.err);
    assert_eq!(scene.files(), before, "nothing was written");
    ended.err.trim_end().to_owned()
}

#[test]
fn what_can_not_be_made_is_told() {
    let scene = Scene::new();
    scene.write("flat.yaml", FLAT);
    scene.write("wrong.yaml", FLAT.replace("flatten", "flaten"));
    let key =
        "stages: [decode-cloudtrail, { redact: { preset: share, key: { variable: A_KEY } } }]";
    scene.write("key.yaml", key);
    let mut args = ["export", "--host", "fluent-bit", "wrong.yaml", "-o", "x.wasm"];
    let message = refused(&scene, &args, 2);
    assert!(message.starts_with("trailmill: wrong.yaml:2:"), "{message}");
    args[3] = "key.yaml";
    let message = refused(&scene, &args, 2);
    let expected = "trailmill: key.yaml: the pipeline needs A_KEY, and a module has no environment \
                    to take it from";
    assert!(message.starts_with(expected), "{message}");
    args[2] = "vector";
    assert!(refused(&scene, &args, 2).contains("fluent-bit, trailmill, redpanda-connect"));
    let args = ["export", "--host", "fluent-bit", "flat.yaml", "-o", "flat.yaml/x.wasm"];
    let message = refused(&scene, &args, 3);
    assert_eq!(message, "trailmill: cannot write flat.yaml/x.wasm: Not a directory");
}

#[test]
fn what_is_no_module_of_ours_is_told() {
    let scene = Scene::new();
    scene.write("text.wasm", "{}");
    scene.write("empty.wasm", b"\0asm\x01\0\0\0");
    let message = refused(&scene, &["inspect", "text.wasm"], 2);
    assert_eq!(message, "trailmill: text.wasm: this is no WebAssembly module");
    let message = refused(&scene, &["inspect", "empty.wasm"], 2);
    let expected = "trailmill: empty.wasm: this module was not made by `trailmill export`";
    assert_eq!(message, expected);
    let message = refused(&scene, &["inspect", "none.wasm"], 3);
    assert_eq!(message, "trailmill: cannot read none.wasm: No such file or directory");
}
