//! Cases in folders: what holds, what does not, and what an update writes.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::spec;
use trailmill_golden::{cases, check_cases};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn read(folder: &Path, name: &str) -> Option<String> {
    fs::read_to_string(folder.join(name)).ok()
}

#[test]
fn cases_that_hold() {
    let folder = folder("hold");
    write(
        &folder,
        &[
            ("one/in.json", "{\n  \"a\": 1\n}\n"),
            ("one/out.json", "{\n  \"a\": 1,\n  \"mark\": \"seen\"\n}\n"),
            ("deeper/file/settings.json", r#"{"mark_file": "mark.txt"}"#),
            ("deeper/file/mark.txt", "from a file\n"),
            ("deeper/file/in.jsonl", "{}\n{\"a\":2}\n"),
            (
                "deeper/file/out.jsonl",
                "{\"mark\":\"from a file\"}\n{\"a\":2,\"mark\":\"from a file\"}",
            ),
            ("fault/settings.json", r#"{"does": "fault"}"#),
            ("fault/in.json", "{}"),
            ("fault/fault.txt", "odd-event: the event is odd at byte 7\n"),
            ("some/settings.json", r#"{"does": "fault-odd"}"#),
            ("some/in.jsonl", "{\"odd\":1}\n{}\n"),
            ("some/out.json", "{\"mark\":\"seen\"}"),
            ("some/fault.txt", "odd-event: the event is odd\n"),
            ("filtered/settings.json", r#"{"does": "filter"}"#),
            ("filtered/in.json", "{}"),
            ("filtered/out.jsonl", ""),
            ("settings/settings.json", r#"{"mark_file": "missing"}"#),
            (
                "settings/fault.txt",
                "settings: option `mark_file`: missing: No such file or directory (os error 2)\n",
            ),
        ],
    );
    cases(&spec(&[]), folder);
}

/// What is wrong with a folder of cases.
fn report(name: &str, files: &[(&str, &str)]) -> String {
    let folder = folder(name);
    write(&folder, files);
    check_cases(&spec(&[]), &folder, false).unwrap_err()
}

#[test]
fn a_difference_names_its_case() {
    let out = ("one/out.json", "{\"a\":1,\"mark\":\"other\"}");
    let report = report("differs", &[("one/in.json", "{\"a\":1}"), out]);
    assert!(report.contains("/differs/one: "), "{report}");
    assert!(report.contains("-  \"mark\": \"other\"\n+  \"mark\": \"seen\""), "{report}");
}

#[test]
fn faults_are_compared_whole() {
    let settings = ("one/settings.json", r#"{"does": "fault"}"#);
    let fault = ("one/fault.txt", "odd-event: the event is odd\n");
    let report = report("fault-differs", &[settings, ("one/in.json", "{}"), fault]);
    assert!(report.contains("+odd-event: the event is odd at byte 7"), "{report}");
}

#[test]
fn a_case_has_one_input_and_an_expectation() {
    let one = ("one/in.json", "{}");
    assert!(report("expects-nothing", &[one]).contains("nothing is expected of it"));
    let both = [one, ("one/out.json", "{}"), ("one/out.jsonl", "{}")];
    assert!(report("both", &both).contains("both out.json and out.jsonl"));
    assert!(report("inputs", &[one, ("one/in.txt", "")]).contains("more than one input"));
    assert!(report("none", &[]).contains("nothing to run"));
    let empty = [("one/in.json", ""), ("one/out.jsonl", "")];
    assert!(report("empty", &empty).contains("the input has no records"));
}

#[test]
fn an_update_rewrites_what_does_not_hold() {
    let folder = folder("update");
    write(
        &folder,
        &[
            ("one/in.json", "{\"a\":1.0}"),
            ("one/out.jsonl", "{}"),
            ("two/in.jsonl", "{}\n{}"),
            ("held/in.json", "{}"),
            ("held/out.json", "{ \"mark\":  \"seen\" }"),
            ("fault/in.json", "{}"),
            ("fault/out.json", "{}"),
            ("fault/settings.json", r#"{"does": "fault"}"#),
        ],
    );
    check_cases(&spec(&[]), &folder, true).unwrap();
    check_cases(&spec(&[]), &folder, false).unwrap();
    let one = "{\n  \"a\": 1.0,\n  \"mark\": \"seen\"\n}\n";
    assert_eq!(read(&folder, "one/out.json").as_deref(), Some(one));
    assert_eq!(read(&folder, "one/out.jsonl"), None);
    let two = "{\"mark\":\"seen\"}\n{\"mark\":\"seen\"}\n";
    assert_eq!(read(&folder, "two/out.jsonl").as_deref(), Some(two));
    let held = "{ \"mark\":  \"seen\" }";
    assert_eq!(read(&folder, "held/out.json").as_deref(), Some(held), "laid out by hand");
    assert_eq!(read(&folder, "fault/out.json"), None);
    let fault = "odd-event: the event is odd at byte 7\n";
    assert_eq!(read(&folder, "fault/fault.txt").as_deref(), Some(fault));
}

#[test]
fn an_update_does_not_cover_a_broken_contract() {
    let folder = folder("broken");
    let settings = r#"{"does": "fault-and-change"}"#;
    write(&folder, &[("one/in.json", "{}"), ("one/settings.json", settings)]);
    let report = check_cases(&spec(&[]), &folder, true).unwrap_err();
    assert!(report.contains("on `Err` the event is not as it was found"), "{report}");
}
