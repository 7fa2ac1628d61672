//! Runs that go well: order, layouts, places, the summary.

use crate::scene::{Scene, gzip, ids, record, records};
use std::io::Read;
use std::process::Stdio;

#[test]
fn rows_go_where_the_pipeline_says_in_the_order_of_the_input() {
    let scene = Scene::new();
    scene.write("logs/b/2.json", records(20..30));
    scene.write("logs/a.json.gz", gzip(records(0..20).as_bytes()));
    scene.write("logs/b/3.json.gz", gzip(records(30..35).as_bytes()));
    let ended = scene.run(&["run", "p.yaml", "logs"]).good();
    assert_eq!(ended.out, "");
    assert_eq!(ids(&scene.read("out/rows.ndjson")), (0..35).collect::<Vec<_>>());
    let lines: Vec<&str> = ended.err.lines().collect();
    assert!(lines[0].starts_with("35 events from 3 files: "), "{}", lines[0]);
    assert_eq!(lines[1], "read 35 = written 35 + filtered 0 + dropped 0 + quarantined 0");
    assert!(lines[2].starts_with("out/rows.ndjson: 35 rows, "), "{}", lines[2]);
    assert_eq!(lines.len(), 3, "{}", ended.err);
    assert!(!scene.path("out/bad.ndjson").exists(), "nothing was quarantined");
}

#[test]
fn order_does_not_depend_on_threads() {
    let scene = Scene::new();
    // Larger than two pieces, so that it is cut up; and many small files around it.
    scene.write("in/5.json", records(500..45_000));
    for number in 0..5 {
        let from = number * 100;
        scene.write(&format!("in/{number}.json"), records(from..from + 100));
    }
    scene.write("in/6.json.gz", gzip(records(45_000..50_000).as_bytes()));
    for threads in ["1", "2", "7"] {
        let args = ["run", "p.yaml", "in", "--out", "-", "--threads", threads];
        let ended = scene.run(&args).good();
        assert!(ids(&ended.out).into_iter().eq(0..50_000), "{threads} threads");
    }
}

/// A file that is too large to be inflated whole, which a worker without work inflates ahead:
/// sound, and cut off.
#[test]
fn a_large_compressed_file_is_the_same_for_any_number_of_threads() {
    let scene = Scene::new();
    let packed = gzip(records(0..120_000).as_bytes());
    for (name, bytes) in [("sound.gz", &packed[..]), ("torn.gz", &packed[..packed.len() / 8 * 7])] {
        scene.write(name, bytes);
        let run = |threads| {
            let time = ["--collected-at", "2026-01-01T00:00:00Z"];
            let args = ["run", "p.yaml", name, "--threads", threads, "--summary", "json"];
            let summary = scene.run(&[&args[..], &time].concat()).good().summary();
            let figures = ["read", "written", "deadInputs"].map(|name| summary[name].clone());
            let quarantine = std::fs::read(scene.path("out/bad.ndjson")).ok();
            (scene.read("out/rows.ndjson"), quarantine, figures)
        };
        let alone = run("1");
        let rows = alone.0.lines().count();
        match alone.1 {
            Some(_) => assert!((80_000..120_000).contains(&rows), "{name}: {rows} rows"),
            None => assert!(ids(&alone.0).into_iter().eq(0..120_000), "{name}: {rows} rows"),
        }
        assert_eq!(alone.1.is_some(), name == "torn.gz");
        for threads in ["2", "3"] {
            assert!(run(threads) == alone, "{name}, {threads} threads");
        }
    }
}

#[test]
fn standard_input_in_lines_or_whole() {
    let scene = Scene::new();
    let args = ["run", "p.yaml", "-", "--out", "-", "--summary", "json"];
    let ended = scene.feed(&args, records(0..20_000).as_bytes()).good();
    assert!(ids(&ended.out).into_iter().eq(0..20_000));
    assert_eq!(ended.summary()["files"], 1);
    let ended = scene.feed(&args, &gzip(records(0..20_000).as_bytes())).good();
    assert!(ids(&ended.out).into_iter().eq(0..20_000));
    let log = format!("{{\"Records\":[{},{}]}}", record(1), record(2));
    assert_eq!(ids(&scene.feed(&args, log.as_bytes()).good().out), [1, 2]);
    assert_eq!(scene.feed(&args, b"").good().out, "");
}

#[test]
fn rows_come_while_the_input_is_still_open() {
    let scene = Scene::new();
    let mut child = scene.start(&["run", "p.yaml", "-", "--out", "-", "--quiet"]);
    let mut stdin = child.stdin.take().expect("is piped");
    let mut stdout = child.stdout.take().expect("is piped");
    std::io::Write::write_all(&mut stdin, records(0..3).as_bytes()).unwrap();
    let mut rows = vec![0; 64 << 10];
    let count = stdout.read(&mut rows).unwrap();
    assert_eq!(ids(std::str::from_utf8(&rows[..count]).unwrap()), [0, 1]);
    drop(stdin);
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(ids(&rest), [2]);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_source_of_the_pipeline_is_read_unless_inputs_are_named() {
    let scene = Scene::new();
    let source = "source: { files: [\"logs/**/*.json\"] }\n";
    scene.write("p/pipeline.yaml", format!("{source}{}", crate::scene::TO_FILES));
    scene.write("logs/a/1.json", records(0..2));
    scene.write("logs/2.json", records(2..4));
    scene.write("logs/3.txt", records(4..6));
    let out = |args: &[&str]| {
        scene.run(args).good();
        ids(&scene.read("out/rows.ndjson"))
    };
    assert_eq!(out(&["run", "p"]), [2, 3, 0, 1]);
    assert_eq!(out(&["run", "p", "logs/3.txt"]), [4, 5]);
}

#[test]
fn files_are_named_by_their_rows() {
    let scene = Scene::new();
    let path = "\"out/{DATE}/rows.ndjson.gz\"";
    let pipeline = crate::scene::TO_FILES.replace("out/rows.ndjson", path);
    scene.write("p.yaml", pipeline);
    scene.write("in.json", records(0..28));
    let ended = scene.run(&["run", "p.yaml", "in.json"]).good();
    assert!(ended.err.contains("out/{DATE}/rows.ndjson.gz: 28 rows in 28 files"), "{}", ended.err);
    for number in 0..28 {
        let name = format!("out/2024-02-{:02}/rows.ndjson.gz", number + 1);
        let bytes = std::fs::read(scene.path(&name)).expect("a file for each date");
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        assert_eq!(ids(&text), [number]);
    }
    assert_eq!(scene.files().len(), 2 + 28);
}

#[test]
fn what_an_earlier_run_has_written_is_no_input() {
    let scene = Scene::new();
    scene.write("in/a.json", records(0..3));
    for _ in 0..2 {
        let args = ["run", "p.yaml", "in", "--out", "in/rows.ndjson", "--summary", "json"];
        let summary = scene.run(&args).good().summary();
        assert_eq!((&summary["files"], &summary["quarantined"]), (&1.into(), &0.into()));
        assert_eq!(ids(&scene.read("in/rows.ndjson")), [0, 1, 2]);
    }
}

#[test]
fn names_tell_how_an_output_is_packed() {
    let scene = Scene::new();
    scene.write("in.json", records(0..3));
    scene.run(&["run", "p.yaml", "in.json", "--out", "a.ndjson.zst"]).good();
    let bytes = std::fs::read(scene.path("a.ndjson.zst")).unwrap();
    let text = zstd::decode_all(&bytes[..]).expect("Zstandard");
    assert_eq!(ids(&String::from_utf8(text).unwrap()), [0, 1, 2]);
}

#[test]
fn the_time_of_collection_is_in_every_row() {
    let scene = Scene::new();
    scene.write("in.json", record(1));
    let args = ["run", "p.yaml", "in.json", "--out", "-"];
    let given = scene.run(&[&args[..], &["--collected-at", "2024-03-01T12:00:00+02:00"]].concat());
    let collected = "\"COLLECTIONDATETIME\":\"2024-03-01T12:00:00+02:00\"";
    assert!(given.good().out.contains(collected));
    let row: serde_json::Value = serde_json::from_str(&scene.run(&args).good().out).unwrap();
    let now = row["COLLECTIONDATETIME"].as_str().expect("a time");
    assert!(now.starts_with("20") && now.ends_with('Z'), "{now}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let scene = Scene::new();
    scene.write("in.json", records(0..20_000));
    let args = ["run", "p.yaml", "in.json", "--out", "-", "--quarantine", "bad.ndjson"];
    let mut child = scene.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.as_mut().map(|child| (child.stdout.take(), child)).expect("it starts");
    let mut start = [0; 10];
    child.0.take().expect("is piped").read_exact(&mut start).unwrap();
    assert_eq!(child.1.wait().unwrap().code(), Some(0));
    let mut message = String::new();
    child.1.stderr.take().expect("is piped").read_to_string(&mut message).unwrap();
    assert_eq!(message, "");
    assert_eq!(scene.files(), ["in.json", "p.yaml"]);
}

#[test]
fn quiet_is_quiet_and_summaries_are_for_machines_too() {
    let scene = Scene::new();
    scene.write("in.json", records(0..5));
    let ended = scene.run(&["run", "p.yaml", "in.json", "--quiet"]).good();
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", ""));
    let ended = scene.run(&["run", "p.yaml", "in.json", "--summary", "json"]).good();
    let summary = ended.summary();
    assert_eq!(summary["read"], 5);
    assert_eq!(summary["outputs"][0]["to"], "out/rows.ndjson");
    assert_eq!(summary["outputs"][0]["rows"], 5);
    let bytes = scene.read("out/rows.ndjson").len();
    assert_eq!(summary["outputs"][0]["bytes"], bytes);
    assert_eq!(summary["stages"][1]["name"], "flatten");
    assert_eq!(ended.err.lines().count(), 1);
}

#[test]
fn vector_instructions_make_no_difference() {
    let scene = Scene::new();
    scene.write("in.json", records(0..500));
    let run = |simd| {
        let args = ["run", "p.yaml", "in.json", "--out", "-", "--simd", simd];
        scene.run(&[&args[..], &["--collected-at", "2024-03-01T12:00:00Z"]].concat())
    };
    let scalar = run("scalar").good().out;
    for simd in ["swar", "avx2", "avx512", "neon"] {
        let ended = run(simd);
        match ended.code {
            Some(2) => eprintln!("skipped: {}", ended.err),
            _ => assert!(ended.good().out == scalar, "{simd}"),
        }
    }
}

#[test]
fn no_input_gives_an_empty_output() {
    let scene = Scene::new();
    scene.write("in/.hidden", "");
    let ended = scene.run(&["run", "p.yaml", "in"]).good();
    assert!(ended.err.starts_with("0 events from 0 files"), "{}", ended.err);
    assert_eq!(scene.read("out/rows.ndjson"), "");
}
