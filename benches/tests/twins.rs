//! The twins make the same rows as trailmill, so that comparing their speeds means something.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_benches::agreement::{Agreement, compare};
use trailmill_benches::input;
use trailmill_benches::session::{typed_twin, value_twin};
use trailmill_benches::trail::{SNARE, Trailmill, pipeline};
use trailmill_benches::twins::columns::COLUMNS;
use trailmill_benches::way::ByLine;
use trailmill_stage::event::json::Isa;

/// Holds the rows of a twin against those of trailmill.
fn held(mut twin: ByLine, text: &[u8]) -> Agreement {
    let pipeline = pipeline(SNARE).unwrap();
    let mut ours = Trailmill::new(&pipeline, Isa::best());
    compare(&mut ours, &mut twin, text).unwrap()
}

/// Whether serde_json writes a record as it stands. Where numbers have exponents or characters
/// are escaped without need, it writes the same otherwise.
fn is_ordinary(line: &[u8]) -> bool {
    let record: Value = serde_json::from_slice(line).unwrap();
    record.to_string().as_bytes() == line
}

/// Both twins make the rows of trailmill, byte for byte; but for records that the tree does not
/// hold as they stand, its twin makes rows that are equal as JSON. There is no other exception.
/// Gives the numbers of ordinary records and others.
fn check(name: &str, text: &[u8]) -> (u64, u64) {
    let typed = held(typed_twin(), text);
    assert_eq!(typed.identical, typed.rows(), "{name}: {typed}\n{:?}", typed.first);
    let (mut ordinary, mut others) = (Vec::new(), Vec::new());
    for line in text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let same_kind = if is_ordinary(line) { &mut ordinary } else { &mut others };
        same_kind.extend_from_slice(line);
        same_kind.push(b'\n');
    }
    let (ordinary, others) = (held(value_twin(), &ordinary), held(value_twin(), &others));
    assert_eq!(ordinary.identical, ordinary.rows(), "{name}: {ordinary}\n{:?}", ordinary.first);
    assert_eq!(others.different, 0, "{name}: {others}\n{:?}", others.first);
    assert_eq!(ordinary.rows() + others.rows(), typed.rows(), "{name}");
    (ordinary.rows(), others.rows())
}

#[test]
fn the_twins_know_the_columns_of_the_schema() {
    let schema = trailmill_flatten::snare();
    let columns = schema.columns.iter().map(|column| column.name.as_str());
    assert!(columns.eq(COLUMNS.iter().map(|&(_, name)| name)));
    let mut places = COLUMNS.iter().enumerate();
    assert!(places.all(|(place, &(column, _))| place == column as usize));
}

#[test]
fn generated_records_make_the_same_rows() {
    let (ordinary, others) = check("seed 11", &input::records(11, 20_000));
    assert_eq!(ordinary + others, 20_000);
    assert!(ordinary > 10_000 && others > 0, "{ordinary} ordinary records, {others} others");
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests should see what was skipped")]
fn real_records_make_the_same_rows() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TRAILMILL_CORPUS").map_or(beside, PathBuf::from);
    let Ok(files) = fs::read_dir(folder.join("records")) else {
        eprintln!("skipped: no corpus of real records (set TRAILMILL_CORPUS)");
        return;
    };
    let mut records = 0;
    for path in files.map(|file| file.unwrap().path()) {
        let (ordinary, others) = check(&path.display().to_string(), &input::file(&path).unwrap());
        records += ordinary + others;
    }
    assert!(records > 0, "a corpus without records");
}

/// Every rule of the table that ordinary records do not show.
#[test]
fn odd_records_make_the_same_rows() {
    let long = "é".repeat(600);
    let payload = "x".repeat(110 * 1024);
    let odd = [
        "{}".to_owned(),
        r#"{"userIdentity":"Anonymous","eventName":7,"eventID":null,"errorCode":null}"#.to_owned(),
        r#"{"a":1,"userIdentity":{},"b":2}"#.to_owned(),
        r#"{"userIdentity":{"type":"Root","arn":"x"},"b":{"type":"y"}}"#.to_owned(),
        r#"{"a":1,"userIdentity":{"type":"Root","invokedBy":"x","userName":5}}"#.to_owned(),
        r#"{"userIdentity":null,"eventSource":["a"]}"#.to_owned(),
        r#"{"userIdentity":{"userName":null}}"#.to_owned(),
        r#"{"eventTime":"2022-02-08T09:23:37.25+11:00"}"#.to_owned(),
        r#"{"eventTime":"yesterday"}"#.to_owned(),
        r#"{"eventTime":1644268957}"#.to_owned(),
        r#"{"requestParameters":"HIDDEN","responseElements":"{\"a\":1}"}"#.to_owned(),
        r#"{"requestParameters":["a"],"responseElements":12}"#.to_owned(),
        r#"{"eventName":"say \"x\"","requestParameters":{"a":"b \"c\" \\ é"}}"#.to_owned(),
        format!(r#"{{"userAgent":"{long}","eventName":"GetUser"}}"#),
        format!(r#"{{"requestParameters":{{"a":"{payload}"}},"eventName":"GetUser"}}"#),
    ];
    // What makes it a record stands in front, so that all else is up to the case.
    let record = |line: String| {
        let rest = &line[1..];
        let comma = if rest == "}" { "" } else { "," };
        format!("{{\"eventVersion\":\"1.08\",\"eventType\":\"AwsApiCall\"{comma}{rest}\n")
    };
    let count = odd.len() as u64;
    let text: String = odd.into_iter().map(record).collect();
    assert_eq!(check("odd records", text.as_bytes()), (count, 0));
}

/// Of several members of one name, trailmill keeps all: the last in the column, the others in the
/// rest. The twins have no place for the others. And only the tree knows a key by what it says.
#[test]
fn duplicate_members_and_escaped_keys_are_the_exceptions() {
    let head = "{\"eventVersion\":\"1.08\",\"eventType\":\"a\"";
    let twice = format!("{head},\"eventType\":\"b\"}}\n");
    let escaped = format!("{head},\"aws\\u0052egion\":\"b\"}}\n");
    for (text, twin, different) in [
        (&twice, typed_twin(), 1),
        (&twice, value_twin(), 1),
        (&escaped, typed_twin(), 1),
        (&escaped, value_twin(), 0),
    ] {
        let found = held(twin, text.as_bytes());
        assert_eq!(found.different, different, "{:?}", found.first);
    }
}
