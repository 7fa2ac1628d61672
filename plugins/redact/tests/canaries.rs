//! One made event for every row of the catalog of secrets: what is put there does not come out.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "the catalog is a file")]

mod support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::Path;
use support::{preset, redacted};
use trailmill_redact::Redactor;

/// A row that names a path.
#[derive(Debug)]
struct Row {
    service: String,
    event: String,
    path: String,
}

const TOPS: &[&str] = &[
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "serviceEventDetails",
    "userIdentity",
    "errorMessage",
];

/// The rows of the catalog, or nothing where that is not at hand.
fn rows() -> Option<Vec<Row>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let path = root.join("shared/cloudtrail/secrets.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no catalog at {}", path.display());
        return None;
    };
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        for service in columns[1].split(',') {
            for event in columns[2].split(" (").next().unwrap().split([',', '/']) {
                rows.extend(paths(columns[3]).into_iter().map(|path| Row {
                    service: service.replace("emr", "elasticmapreduce").replace('*', "any"),
                    event: event.replace('*', "Thing"),
                    path,
                }));
            }
        }
    }
    Some(rows)
}

/// The paths in a cell, from the top.
fn paths(cell: &str) -> Vec<String> {
    let cell = cell.split(" = ").next().unwrap();
    let mut top = "requestParameters";
    let mut paths = Vec::new();
    for path in cell.split(['|', ',']).map(str::trim) {
        let first = path.split('.').next().unwrap();
        let is_path = !path.contains([' ', '/']) && !path.is_empty();
        let is_whole = path == "responseElements";
        if let Some(known) = TOPS.iter().find(|known| **known == first) {
            top = known;
            paths.push(path.to_owned());
        } else if is_path {
            paths.push(format!("{top}.{path}"));
        }
        paths.retain(|path| is_path && !is_whole || path.contains('.'));
    }
    paths
}

/// A record with a value at a path.
fn record(row: &Row, value: Value) -> Value {
    let mut value = value;
    for part in row.path.split('.').rev() {
        let lists = part.matches("[]").count();
        let name = part.replace("[]", "");
        if name.ends_with("{}") || name == "*" {
            value = json!({ "anyName": value });
        }
        for _ in 0..lists {
            value = json!([value]);
        }
        let name = name.replace("{}", "");
        if name != "*" {
            value = json!({ name: value });
        }
    }
    value["eventSource"] = json!(format!("{}.amazonaws.com", row.service));
    value["eventName"] = json!(row.event);
    value["eventID"] = json!("cdc4b7ed-e171-4cef-975a-ad829d4123e8");
    value["requestID"] = json!("79104EXAMPLEB723");
    value
}

/// What is put there; `"` and `/` make the forms differ.
const CANARY: &str = "CaNaRy-\"17/x";

/// The canary as it could come out.
fn forms() -> Vec<String> {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let url = "CaNaRy-%2217%2Fx";
    let escaped = serde_json::to_string(CANARY).unwrap();
    let twice = serde_json::to_string(&escaped).unwrap();
    let inner = |text: &str| text[1..text.len() - 1].to_owned();
    let encoded = STANDARD.encode(CANARY).trim_end_matches('=').to_owned();
    let upper = hex.to_ascii_uppercase();
    vec!["CaNaRy".to_owned(), hex, upper, url.to_owned(), inner(&escaped), inner(&twice), encoded]
}

/// Rows in which only a part of the text is hidden, as that part.
fn special(row: &Row) -> Option<Value> {
    match row.path.as_str() {
        "errorMessage" => {
            let code = "CaNaRy_".repeat(30);
            Some(json!(format!("Denied. Encoded authorization failure message: {code}")))
        }
        path if path.starts_with("userIdentity.") => {
            let session = json!("AROAEXAMPLEID:CaNaRy@example.com");
            Some(if path.ends_with("Context") { json!({ "a": session }) } else { session })
        }
        _ => None,
    }
}

fn survives(stage: &Redactor, row: &Row) -> bool {
    // The name of a user that does exist; preset `pii` hides it.
    if row.event == "ConsoleLogin" {
        return false;
    }
    let record = record(row, special(row).unwrap_or(json!(CANARY)));
    let text = redacted(stage, &record.to_string()).unwrap();
    let after: Value = serde_json::from_str(&text).unwrap();
    for name in ["eventID", "requestID", "eventName", "eventSource"] {
        assert_eq!(after[name], record[name], "{row:?}");
    }
    assert_eq!(redacted(stage, &text).unwrap(), text, "{row:?}");
    forms().iter().any(|form| text.contains(form))
}

#[test]
fn none_survives_where_there_is_a_key() {
    let Some(rows) = rows() else { return };
    let stage = preset(&["secrets"], true);
    let survivors: Vec<&Row> = rows.iter().filter(|row| survives(&stage, row)).collect();
    eprintln!("{} events", rows.len());
    assert!(rows.len() > 1200);
    assert!(survivors.is_empty(), "{survivors:#?}");
}

/// Without a key, identifiers are kept, and nothing else.
#[test]
fn only_identifiers_survive_where_there_is_none() {
    let Some(rows) = rows() else { return };
    let stage = preset(&["secrets"], false);
    let survivors = rows.iter().filter(|row| survives(&stage, row));
    let mut names: Vec<&str> = survivors.map(|row| row.path.rsplit('.').next().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    let identifiers = [
        "*",
        "SubjectFromWebIdentityToken",
        "accessKeyId",
        "aliasName",
        "arn",
        "constraints",
        "description",
        "masterUsername",
        "name",
        "policy",
        "principalId",
        "requesterComment",
        "secretId",
        "sessionContext",
        "sourceIdentity",
        "tags",
        "value",
    ];
    assert_eq!(names, identifiers);
}

/// The names are those of the models; records have them in another case.
#[test]
fn the_case_of_names_does_not_matter() {
    let Some(rows) = rows() else { return };
    let stage = preset(&["secrets"], true);
    for mut row in rows {
        let is_top = |part: &str| TOPS.contains(&part);
        let parts = row.path.split('.').map(|part| match part.chars().next() {
            Some(first) if !is_top(part) => {
                let other = if first.is_lowercase() {
                    first.to_ascii_uppercase()
                } else {
                    first.to_ascii_lowercase()
                };
                format!("{other}{}", &part[first.len_utf8()..])
            }
            _ => part.to_owned(),
        });
        row.path = parts.collect::<Vec<_>>().join(".");
        let is_email_only = row.path.starts_with("userIdentity.");
        assert!(is_email_only || !survives(&stage, &row), "{row:?}");
    }
}
