//! Other libraries make the same rows as trailmill.

use std::path::{Path, PathBuf};
use trailmill_benches::agreement::compare;
use trailmill_benches::input;
use trailmill_benches::session::typed_twin;
use trailmill_benches::way::Way;

/// Every way with rows makes those of the typed twin, which are known to be those of trailmill.
fn check(name: &str, text: &[u8]) -> usize {
    let mut compared = 0;
    for mut way in trailmill_peers::ways() {
        if way.makes_rows() {
            let agreement = compare(&mut typed_twin(), &mut way, text).unwrap();
            let (first, rows) = (&agreement.first, agreement.rows());
            assert_eq!(agreement.identical, rows, "{name}, {}: {first:?}", way.name());
            compared += 1;
        } else {
            let lines = text.iter().filter(|&&byte| byte == b'\n').count() as u64;
            assert_eq!(way.run(text, &mut |_| {}), Ok(lines), "{name}, {}", way.name());
        }
    }
    compared
}

#[test]
fn generated_records_make_the_same_rows() {
    assert_eq!(check("seed 12", &input::records(12, 20_000)), 1);
}

#[test]
fn odd_keys_and_identities_make_the_same_rows() {
    let lines = [
        r#"{"a\"b":1,"c\u0001":{"d\ne":2}}"#,
        r#"{"userIdentity":"Anonymous","eventName":"GetUser"}"#,
        r#"{"userIdentity":{"type":"Root"},"eventName":null}"#,
        r#"{"userIdentity":{},"requestParameters":"HIDDEN"}"#,
    ];
    check("odd records", (lines.join("\n") + "\n").as_bytes());
}

#[test]
fn what_is_no_json_is_refused() {
    for mut way in trailmill_peers::ways() {
        for bad in ["{\"a\":tru}\n", "{\"a\":1\n", "{\"a\":\"\u{1}\"}\n"] {
            assert!(way.run(bad.as_bytes(), &mut |_| {}).is_err(), "{}: {bad}", way.name());
        }
    }
}

#[test]
fn real_records_make_the_same_rows() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("TRAILMILL_CORPUS").map_or(beside, PathBuf::from);
    let Ok(files) = std::fs::read_dir(folder.join("records")) else {
        eprintln!("skipped: no corpus of real records (set TRAILMILL_CORPUS)");
        return;
    };
    for path in files.map(|file| file.unwrap().path()) {
        check(&path.display().to_string(), &input::file(&path).unwrap());
    }
}
