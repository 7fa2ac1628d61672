//! What becomes of records, whatever a stage does.

use super::*;
use serde_json::{Value, json};
use trailmill_abi::{Answer, Counts, FILE, Kind, Status, entry};

/// Writes its settings where the record says `write`, and does other things where it says so.
fn odd(settings: &str, record: &Record, out: &mut String) -> Result<Verdict, Trouble> {
    match record.string("do").as_deref() {
        Some("write") => out.push_str(settings),
        Some("filter") => return Ok(Verdict::Filter),
        Some("fail") => return Err(Trouble::new("a-kind", "a \"message\"")),
        Some("two") => out.push_str("{}{}"),
        Some("cut") => out.push_str(&record[..record.len() - 1]),
        Some("list") => out.push_str("[1]"),
        Some("zero") => out.push_str("{\"a\":\"\0\"}"),
        Some("pretty") => out.push_str("\n{\n\t\"a\":\r\n 1 }\n"),
        Some("long") => out.push_str(&format!("{{\"a\":\"{}\"}}", "a".repeat(RECORD_BYTES_MAX))),
        Some("none") => {}
        _ => {
            out.push_str("left over");
            return Ok(Verdict::Keep);
        }
    }
    Ok(Verdict::Replace)
}

static ODD: Stage = Stage {
    name: "odd",
    version: "1.2.3",
    description: "Does \"odd\" things.",
    settings: r#"{"own":true}"#,
    guards: false,
    build: |settings| {
        let settings = settings.to_owned();
        if settings.contains("refuse") {
            return Err("no `refuse`".to_owned());
        }
        Ok(Box::new(move |record, out| odd(&settings, record, out)))
    },
};

/// As the stage above, but with settings of its own that it refuses.
static BROKEN: Stage = Stage { settings: "{\"refuse\":1}", ..ODD_STAGE };
const ODD_STAGE: Stage = Stage {
    name: "odd",
    version: "1.2.3",
    description: "",
    settings: "{}",
    guards: false,
    build: |_| Err("no `refuse`".to_owned()),
};

fn filtered(record: &[u8]) -> String {
    let mut guest = Guest::new(&ODD);
    let answer = String::from_utf8(guest.filter(Some(record)).to_vec()).unwrap();
    let text = answer.strip_suffix('\0').expect("a zero byte");
    assert!(!text.contains('\0'));
    text.to_owned()
}

fn configuration(kind: u32, value: &str) -> Vec<u8> {
    let mut out = Vec::new();
    entry(kind, "settings.json", value.as_bytes(), &mut out);
    out
}

#[test]
fn a_record_that_is_not_in_trouble_is_what_the_stage_makes_of_it() {
    assert_eq!(filtered(br#" {"a":1} "#), r#"{"a":1}"#);
    assert_eq!(filtered(br#"{"do":"write"}"#), r#"{"own":true}"#);
    assert_eq!(filtered(br#"{"do":"filter"}"#), "");
    assert_eq!(filtered(br#"{"do":"pretty"}"#), "{ \t\"a\":   1 }");
}

#[test]
fn a_record_in_trouble_passes_as_it_is() {
    for (what, stage, kind) in [
        ("fail", "odd", "a-kind"),
        ("two", "guest", "row-no-object"),
        ("cut", "guest", "row-no-object"),
        ("list", "guest", "row-no-object"),
        ("zero", "guest", "row-no-object"),
        ("none", "guest", "row-no-object"),
        ("long", "guest", "row-too-large"),
    ] {
        let record = format!(r#"{{"do":"{what}"}}"#);
        let mut answer: Value = serde_json::from_str(&filtered(record.as_bytes())).unwrap();
        let fault = answer.as_object_mut().unwrap().remove("trailmillFault").unwrap();
        assert_eq!(answer, json!({"do": what}));
        assert_eq!((&fault["stage"], &fault["kind"]), (&json!(stage), &json!(kind)), "{what}");
    }
    let fault = r#""trailmillFault":{"stage":"odd","kind":"a-kind","message":"a \"message\""}"#;
    assert_eq!(filtered(br#"{"do":"fail"}"#), format!(r#"{{"do":"fail",{fault}}}"#));
}

/// Fluent Bit ends with a number beyond the doubles, and loses what is nested deeper.
#[test]
fn fluent_bit_gets_what_it_can_read() {
    assert_eq!(filtered(br#"{"a":[1e400,1e5],"b":"1e400"}"#), r#"{"a":["1e400",1e5],"b":"1e400"}"#);
    let failed = filtered(br#"{"do":"fail","a":-2E308}"#);
    assert!(failed.starts_with(r#"{"do":"fail","a":"-2E308","trailmillFault":{"#), "{failed}");
    let nested =
        |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert_eq!(filtered(nested(63).as_bytes()), nested(63));
    let answer: Value = serde_json::from_str(&filtered(nested(64).as_bytes())).unwrap();
    assert_eq!(
        (&answer["raw"], &answer["trailmillFault"]["kind"]),
        (&json!(nested(64)), &json!("no-record"))
    );
    // In batches there is no such limit.
    let mut guest = Guest::new(&ODD);
    let answer = Answer::read(guest.process(nested(127).as_bytes())).unwrap();
    assert_eq!(answer.counts.written, 1);
}

#[test]
fn what_is_no_record_passes_as_a_member() {
    for text in ["", "x", "[]", "{\"a\":", "{}{}", "\0", "{\"a\":\"\n\"}"] {
        let answer: Value = serde_json::from_str(&filtered(text.as_bytes())).unwrap();
        assert_eq!(answer["raw"], json!(text));
        assert_eq!(answer["trailmillFault"]["kind"], "no-record");
    }
    for (bytes, expected) in
        [(&b"\xff"[..], "/w=="), (b"\xff{", "/3s="), (b"\xff{}", "/3t9"), (b"\xff{}\n", "/3t9Cg==")]
    {
        let answer: Value = serde_json::from_str(&filtered(bytes)).unwrap();
        assert_eq!(answer["rawBase64"], expected);
    }
    let long = vec![b' '; RECORD_BYTES_MAX + 1];
    let answer: Value = serde_json::from_str(&filtered(&long)).unwrap();
    assert_eq!(answer["trailmillFault"]["kind"], "host-record-too-large");
}

#[test]
fn nothing_is_passed_on_without_settings_or_without_a_record() {
    let kind = |mut guest: Guest, record| {
        let answer = guest.filter(record);
        let answer: Value = serde_json::from_slice(answer.strip_suffix(b"\0").unwrap()).unwrap();
        assert_eq!(answer.as_object().unwrap().len(), 1);
        answer["trailmillFault"]["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind(Guest::new(&BROKEN), Some(br#"{"a":1}"#)), "not-configured");
    assert_eq!(kind(Guest::new(&ODD), None), "no-input");
    let mut guest = Guest::new(&BROKEN);
    let answer = Answer::read(guest.process(b"{}")).unwrap();
    assert_eq!(answer.status, Status::Failed);
    let message = answer.frames().next().unwrap().bytes;
    assert_eq!(message, b"the module holds no settings: no `refuse`");
    assert_eq!(guest.start(), Err("no `refuse`".to_owned()));
}

#[test]
fn a_batch_is_told_apart_line_by_line() {
    let mut guest = Guest::new(&ODD);
    guest.origin(br#"{"source":"s3:\/\/b","collectedAt":"2024-03-08T09:15:30Z"}"#).unwrap();
    let input =
        b"{\"a\":1}\r\n\n  {\"do\":\"filter\"}\n \n{\"do\":\"fail\"}\n\xff\n{\"do\":\"pretty\"}";
    let answer = Answer::read(guest.process(input)).unwrap();
    let expected = Counts {
        read: 5,
        written: 2,
        filtered: 1,
        quarantined: 2,
        quarantine_lines: 2,
        ..Counts::default()
    };
    assert_eq!(answer.counts, expected);
    assert!(answer.counts.balance());
    let lines = |kind| {
        let frames = answer.frames().filter(move |frame| frame.kind == kind);
        String::from_utf8(frames.flat_map(|frame| frame.bytes.to_vec()).collect()).unwrap()
    };
    assert_eq!(lines(Kind::Rows), "{\"a\":1}\n{ \t\"a\":   1 }\n");
    let cases = lines(Kind::Quarantine);
    let expected = r#"{"fault":"a-kind","message":"a \"message\"","stage":"odd","scope":"record","source":"s3://b","container":"json-lines","offset":30,"collectedAt":"2024-03-08T09:15:30Z","bytes":13,"raw":"{\"do\":\"fail\"}"}"#;
    assert_eq!(cases.lines().next(), Some(expected));
    assert_eq!(&input[30..43], br#"{"do":"fail"}"#);
    let bad: Value = serde_json::from_str(cases.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&bad["fault"], &bad["rawBase64"]), (&json!("no-record"), &json!("/w==")));
    assert_eq!(guest.process(b"").len(), trailmill_abi::HEADER_BYTES);
}

#[test]
fn a_stage_is_configured_once() {
    let mut guest = Guest::new(&BROKEN);
    assert_eq!(guest.describe().parse::<Value>().unwrap()["pipeline"], Value::Null);
    let one = "the configuration of a stage is one entry, its settings";
    for (configuration, expected) in [
        (vec![], one),
        (configuration(FILE, "{}"), one),
        ([configuration(0, "{}"), configuration(FILE, "")].concat(), one),
        (vec![9; 12], "no entry can be read at byte 0 of the configuration"),
        (configuration(0, "[]"), "settings.json: settings are one JSON object"),
        (configuration(0, "{}"), "settings.json: no `refuse`"),
    ] {
        assert_eq!(guest.configure(&configuration), Err(expected.to_owned()));
    }
    for (value, expected) in
        [(r#" {"b":2} "#, r#"{"b":2}"#), ("null", r#"{"own":true}"#), ("", r#"{"own":true}"#)]
    {
        let mut guest = Guest::new(&ODD);
        assert_eq!(guest.configure(&configuration(0, value)), Ok(()));
        let again = guest.configure(&configuration(0, "{}"));
        assert_eq!(again, Err("the module holds settings already".to_owned()));
        let answer = guest.filter(Some(br#"{"do":"write"}"#));
        assert_eq!(answer, format!("{expected}\0").as_bytes());
    }
}

#[test]
fn a_guest_describes_itself() {
    let mut guest = Guest::new(&ODD);
    let expected = json!({
        "abi": 1,
        "name": "odd",
        "version": "1.2.3",
        "description": "Does \"odd\" things.",
        "stages": [],
        "limits": {"inputBytes": 67108864, "answerBytes": 134217728, "recordBytes": 8388608},
        "pipeline": {
            "name": "odd",
            "description": "Does \"odd\" things.",
            "stages": ["odd"],
            "outputs": ["1"],
            "guarded": false,
            "files": [],
            "variables": [],
        },
    });
    assert_eq!(guest.describe().parse::<Value>().unwrap(), expected);
    // To be looked at is not to be told.
    assert_eq!(guest.configure(&configuration(0, "{}")), Ok(()));
    assert_eq!(guest.describe().parse::<Value>().unwrap(), expected);
}

/// The same stage, if it were one that hides secrets.
static GUARD: Stage = Stage { guards: true, build: |settings| (ODD.build)(settings), ..ODD_STAGE };

#[test]
fn what_a_guard_could_not_work_on_is_withheld() {
    let mut guest = Guest::new(&GUARD);
    assert_eq!(guest.describe().parse::<Value>().unwrap()["pipeline"]["guarded"], true);
    for record in
        [r#"{"do":"fail","a":"hunter2"}"#, r#"{"a":"hunter2""#, "hunter2", "\u{80}hunter2"]
    {
        let answer = String::from_utf8(guest.filter(Some(record.as_bytes())).to_vec()).unwrap();
        assert!(answer.starts_with("{\"trailmillFault\":{") && !answer.contains("hunter2"));
        let answer = Answer::read(guest.process(record.as_bytes())).unwrap();
        assert_eq!((answer.counts.read, answer.counts.quarantine_lines), (1, 1));
        let lines = answer.frames().map(|frame| String::from_utf8(frame.bytes.to_vec()).unwrap());
        let line: String = lines.collect();
        assert!(line.ends_with(&format!("\"bytes\":{},\"withheld\":true}}\n", record.len())));
        assert!(!line.contains("hunter2"), "{line}");
    }
    // What it has passed goes on.
    assert_eq!(guest.filter(Some(br#"{"a":"***"}"#)), b"{\"a\":\"***\"}\0");
}

#[test]
fn wrong_origins_are_refused() {
    let mut guest = Guest::new(&ODD);
    for (text, expected) in [
        (&b"\xff"[..], "an origin is a JSON object with `source` and `collectedAt`"),
        (br#"{"source":1}"#, "the members of an origin are strings"),
        (br#"{"sauce":""}"#, "an origin has the members `source` and `collectedAt` only"),
    ] {
        assert_eq!(guest.origin(text), Err(expected));
    }
    assert_eq!(guest.origin(b"{}"), Ok(()));
}

#[test]
fn a_stage_without_settings_takes_none() {
    for none in ["{}", " { } "] {
        assert_eq!(crate::no_settings(none), Ok(()));
    }
    assert!(crate::no_settings(r#"{"a":1}"#).is_err());
}
