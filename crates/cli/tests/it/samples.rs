//! The samples that come with the project are what `trailmill generate` makes.

use crate::scene::Scene;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The text of all files in a folder, by their names.
fn texts(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut text = String::new();
            let file = std::fs::File::open(&path).expect("can be opened");
            let mut reader = flate2::read::GzDecoder::new(file);
            reader.read_to_string(&mut text).expect("compressed text");
            texts.insert(path.strip_prefix(root).expect("is inside").to_owned(), text);
        }
    }
    texts
}

#[test]
fn they_are_as_they_were_made_and_every_record_gives_a_row() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let scene = Scene::new();
    scene.run(&["generate", "--events", "800", "made"]).good();
    assert!(
        texts(&samples) == texts(&scene.path("made")),
        "make them anew: trailmill generate --events 800 samples"
    );
    let input = samples.to_string_lossy().into_owned();
    let args = ["run", "p.yaml", &input, "--strict", "--summary", "json"];
    let summary = scene.run(&args).good().summary();
    assert_eq!((&summary["read"], &summary["written"]), (&800.into(), &800.into()));
}
