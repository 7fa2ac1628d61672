//! The table of secrets is that of the catalog.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;

#[test]
fn the_table_is_fresh() {
    let root = trailmill_xtask::root();
    let path = root.join("../shared/cloudtrail/secrets.tsv");
    let Ok(catalog) = fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no catalog at {}", path.display());
        return;
    };
    let table = fs::read_to_string(root.join("plugins/redact/src/tables/secrets.rs")).unwrap();
    let fresh = trailmill_xtask::secrets::table(&catalog).unwrap();
    assert!(table == fresh, "run `cargo xtask secrets` with {}", path.display());
}
