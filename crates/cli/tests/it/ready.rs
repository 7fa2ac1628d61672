//! The pipelines that come with the program pass the tests that they carry.

use crate::scene::Scene;
use std::path::Path;

#[test]
fn ready_pipelines_pass_their_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("can be read").path();
        let pipeline = path.to_str().expect("text");
        let scene = Scene::new();
        let ended = scene.run(&["test", pipeline]);
        assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
        assert!(!ended.out.contains("no tests"), "{}", ended.out);
        count += 1;
    }
    assert!(count >= 4, "pipelines are looked for in the wrong place");
}

#[test]
fn update_takes_over_what_comes_out() {
    let scene = Scene::new();
    let tests = "tests:\n  - { name: one user, in: in.json, out: out.ndjson }\n";
    scene.write("p/pipeline.yaml", format!("{}{tests}", crate::scene::TO_FILES));
    scene.write("p/in.json", crate::scene::record(7));
    scene.write("p/out.ndjson", "");
    let ended = scene.run(&["test", "--update", "p"]).good();
    assert!(ended.out.contains("  updated p/out.ndjson\n  passed  one user\n"), "{}", ended.out);
    assert!(scene.read("p/out.ndjson").contains("\"EVENTID\":\"7\""));
    let ended = scene.run(&["test", "--update", "p"]).good();
    assert_eq!(ended.out, "p/pipeline.yaml:\n  passed  one user\n1 test passed\n");
}

/// What the reference pages show can be written into a pipeline file as it is shown.
#[test]
fn examples_of_all_stages_load() {
    let scene = Scene::new();
    for spec in trailmill_host::stages(trailmill_catalog::STAGES) {
        copy_files(spec.name, &scene);
        for (number, example) in spec.examples.iter().enumerate() {
            let settings = if example.settings.is_empty() { "{}" } else { example.settings };
            let stage = format!("{{\"{}\": {settings}}}", spec.name);
            let decoder = match spec.name.starts_with("decode-") {
                true => String::new(),
                false => "\"decode-cloudtrail\", ".to_owned(),
            };
            let name = format!("{}-{number}.json", spec.name);
            scene.write(&name, format!("{{\"stages\": [{decoder}{stage}]}}"));
            let ended = scene.run(&["check", &name]);
            assert_eq!(ended.code, Some(0), "{}: {}", example.title, ended.err);
        }
    }
}

/// The files beside the tests of a stage, which its examples may name.
fn copy_files(stage: &str, scene: &Scene) {
    let tests = trailmill_golden::folder_of(stage).join("tests");
    for entry in std::fs::read_dir(tests).into_iter().flatten() {
        let path = entry.expect("can be read").path();
        if path.is_file() {
            let name = path.file_name().and_then(|name| name.to_str()).expect("text");
            scene.write(name, std::fs::read(&path).expect("can be read"));
        }
    }
}
