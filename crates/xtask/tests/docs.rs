//! The derived pages say what the SPECs say.

use std::fs;
use std::path::Path;
use trailmill_xtask::{docs, root};

#[test]
fn the_pages_are_fresh() {
    let stale = docs::stale(&root()).unwrap();
    assert!(stale.is_empty(), "run `cargo xtask docs`; not fresh: {}", stale.join(", "));
}

#[test]
fn stale_missing_and_surplus_pages_are_found_and_mended() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    let written = docs::write(&root).unwrap();
    assert!(written.contains(&"docs/stages/flatten.md".to_owned()), "{written:?}");
    assert_eq!(docs::stale(&root).unwrap(), [""; 0]);

    fs::write(root.join("docs/stages/gone.md"), "").unwrap();
    fs::write(root.join("docs/stages/flatten.md"), "").unwrap();
    fs::remove_file(root.join("docs/pipeline.schema.json")).unwrap();
    let expected = ["docs/stages/gone.md", "docs/stages/flatten.md", "docs/pipeline.schema.json"];
    assert_eq!(docs::stale(&root).unwrap(), expected);

    assert_eq!(docs::write(&root).unwrap(), expected[1..]);
    assert_eq!(docs::stale(&root).unwrap(), [""; 0]);
}
