//! The examples of the stage hold, and their module is what its text says.

use std::fs;
use std::path::Path;
use trailmill_host::SPEC;

#[test]
fn examples() {
    trailmill_golden::examples(&SPEC);
}

/// `UPDATE_GOLDEN=1 cargo test` writes it.
#[test]
fn the_module_is_what_its_text_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let fresh = wat::parse_file(folder.join("review.wat")).expect("a module");
    let path = folder.join("review.wasm");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &fresh).expect("can be written");
    }
    assert!(fs::read(&path).is_ok_and(|bytes| bytes == fresh), "review.wasm is stale");
}
