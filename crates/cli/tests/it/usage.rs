//! What is wrong is told in one message, with the right exit code, and nothing is written.

use crate::scene::{Scene, record, records};

/// Runs the program on what is wrong; gives the message.
#[track_caller]
fn refused(scene: &Scene, args: &[&str], code: i32) -> String {
    let before = scene.files();
    let ended = scene.run(args);
    assert_eq!(ended.code, Some(code), "{}", ended.err);
    assert_eq!(ended.out, "");
    assert_eq!(scene.files(), before, "nothing was written");
    assert_eq!(ended.err.lines().count(), 1, "one message: {}", ended.err);
    ended.err.trim_end().to_owned()
}

fn scene_with(pipeline: &str) -> Scene {
    let scene = Scene::new();
    scene.write("p.yaml", pipeline);
    scene.write("in.json", record(1));
    scene
}

#[test]
fn an_unknown_stage() {
    let scene = scene_with("stages:\n  - decode-cloudtrail\n  - flaten: { schema: snare }\n");
    let message = refused(&scene, &["run", "p.yaml", "in.json"], 2);
    let expected = "trailmill: p.yaml:3:5: unknown stage `flaten`; did you mean `flatten`?";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn an_unknown_option() {
    let scene = scene_with("stages:\n  - decode-cloudtrail\n  - flatten:\n      shema: snare\n");
    let message = refused(&scene, &["run", "p.yaml", "in.json"], 2);
    let expected = "trailmill: p.yaml:4:7: unknown option `shema` of stage `flatten`; \
                    did you mean `schema`?";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn a_pipeline_file_with_a_tab() {
    let scene = scene_with("stages:\n\t- decode-cloudtrail\n");
    let message = refused(&scene, &["run", "p.yaml", "in.json"], 2);
    let expected = "trailmill: p.yaml:2:1: line 2 is indented with a tab; YAML wants spaces";
    assert_eq!(message, expected);
}

#[test]
fn a_missing_input() {
    let scene = scene_with(crate::scene::TO_FILES);
    let message = refused(&scene, &["run", "p.yaml", "in.json", "missing.json"], 3);
    assert_eq!(message, "trailmill: cannot read missing.json: No such file or directory");
    let message = refused(&scene, &["run", "p.yaml", "logs/**/*.gz"], 3);
    assert_eq!(message, "trailmill: no file matches logs/**/*.gz");
}

#[test]
fn a_missing_pipeline() {
    let scene = Scene::new();
    let message = refused(&scene, &["run", "missing.yaml", "-"], 2);
    assert_eq!(message, "trailmill: no pipeline at missing.yaml: No such file or directory");
    scene.write("folder/readme", "");
    let message = refused(&scene, &["run", "folder", "-"], 2);
    assert_eq!(message, "trailmill: no pipeline in folder: it holds no pipeline.yaml");
}

#[test]
fn an_output_that_can_not_be_written() {
    let scene = scene_with(crate::scene::TO_FILES);
    scene.write("plain", "");
    let run =
        |option: &str, path: &str| refused(&scene, &["run", "p.yaml", "in.json", option, path], 3);
    let expected = "trailmill: cannot write plain/rows.ndjson: Not a directory";
    assert_eq!(run("--out", "plain/rows.ndjson"), expected);
    let expected = "trailmill: cannot write plain/bad.ndjson: Not a directory";
    assert_eq!(run("--quarantine", "plain/bad.ndjson"), expected);
    assert_eq!(run("--out", "."), "trailmill: cannot write .: Is a directory");
}

#[test]
fn a_file_that_would_be_written_twice_or_read_and_written() {
    let scene = scene_with(crate::scene::TO_FILES);
    let message = refused(&scene, &["run", "p.yaml", "in.json", "--out", "in.json"], 2);
    assert_eq!(message, "trailmill: in.json would be read and written");
    let args = ["run", "p.yaml", "in.json", "--out", "x", "--quarantine", "./x"];
    let message = refused(&scene, &args, 2);
    assert!(message.ends_with("/x would be written twice"), "{message}");
    let args = ["run", "p.yaml", "in.json", "--out", "-", "--quarantine", "-"];
    let message = refused(&scene, &args, 2);
    assert_eq!(message, "trailmill: standard output would be written twice");
}

#[test]
fn a_pipeline_without_a_source_wants_inputs() {
    let scene = scene_with(crate::scene::TO_FILES);
    let message = refused(&scene, &["run", "p.yaml"], 2);
    let expected =
        "trailmill: p.yaml has no source: name files or folders, or - for standard input";
    assert_eq!(message, expected);
}

#[test]
fn one_name_for_several_outputs() {
    let scene = scene_with(
        "stages: [decode-cloudtrail]\noutputs:\n  - to: stdout\n  - to: { file: { path: a } }\n",
    );
    let message = refused(&scene, &["run", "p.yaml", "in.json", "--out", "x"], 2);
    let expected = "trailmill: --out takes the place of an only output, and p.yaml has 2";
    assert_eq!(message, expected);
}

#[test]
fn a_pipeline_file_that_is_no_text() {
    let scene = scene_with("");
    scene.write("p.yaml", b"stages:\n  - \xff\n");
    let message = refused(&scene, &["check", "p.yaml"], 2);
    assert_eq!(message, "trailmill: p.yaml:2: not UTF-8 text");
}

#[test]
fn arguments_that_are_none() {
    let scene = scene_with(crate::scene::TO_FILES);
    for args in [
        &["run", "p.yaml", "in.json", "--collected-at", "yesterday"][..],
        &["run", "p.yaml", "in.json", "--threads", "0"],
        &["run", "p.yaml", "in.json", "--quiet", "--summary", "json"],
        &["walk", "p.yaml"],
        &["run"],
    ] {
        let ended = scene.run(args);
        assert_eq!(ended.code, Some(2), "{args:?}");
        assert!(ended.err.starts_with("error: "), "{}", ended.err);
    }
    assert_eq!(scene.files(), ["in.json", "p.yaml"]);
}

#[test]
fn a_device_without_room_ends_the_run_and_leaves_nothing() {
    let scene = scene_with(crate::scene::TO_FILES);
    scene.write("in.json", records(0..2000));
    let message = refused(&scene, &["run", "p.yaml", "in.json", "--out", "/dev/full"], 3);
    assert_eq!(message, "trailmill: cannot write /dev/full: No space left on device");
}
