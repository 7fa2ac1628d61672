//! A pipeline that hides secrets hands none to a host, whatever happens.

use crate::abi::{Host, configuration};
use crate::hosts::{Compiled, Interpreted};
use serde_json::{Value, json};

const PIPELINE: &str = "\
stages:
  - decode-cloudtrail
  - redact: { preset: secrets }
  - enrich-action
";

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A record with a secret in it, and with `more` members.
fn record(more: &str) -> String {
    format!(
        r#"{{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"iam.amazonaws.com","eventName":"CreateLoginProfile","requestParameters":{{"password":"{SECRET}"}}{more}}}"#
    )
}

fn host() -> Host<Compiled> {
    Host::configured(&configuration("p.yaml", PIPELINE, &[]))
}

fn answer(host: &mut Host<Compiled>, record: &str) -> Value {
    let answer = host.filter(record.as_bytes());
    assert!(!String::from_utf8_lossy(&answer).contains(&SECRET[..12]), "the secret");
    serde_json::from_slice(&answer).expect("an object")
}

#[test]
fn a_good_record_comes_without_its_secret() {
    let answer = answer(&mut host(), &record(""));
    assert_eq!(answer["requestParameters"]["password"], "<redacted>");
    assert_eq!(answer.get("trailmillFault"), None);
}

/// The stage behind the guard is at fault, so the record is shown as the guard has left it.
#[test]
fn a_record_in_trouble_behind_the_guard_comes_as_the_guard_left_it() {
    let answer = answer(&mut host(), &record(r#","enrichment":"in the way""#));
    assert_eq!(answer["requestParameters"]["password"], "<redacted>");
    assert_eq!(answer["enrichment"], "in the way");
    assert_eq!(answer["trailmillFault"]["stage"], "enrich-action");
}

/// No guard has seen these, so that nothing of them is passed on but the fault.
#[test]
fn what_no_guard_has_passed_is_not_passed_on() {
    let mut host = host();
    let two = format!(r#"{{"Records":[{0},{0}]}}"#, record(""));
    let cut = &record("")[..200];
    let other = format!(r#"{{"password":"{SECRET}"}}"#);
    let large = record(&format!(r#","a":"{}""#, "a".repeat(8 << 20)));
    for (text, kind) in [
        (&two[..], "several-rows"),
        (cut, "cut-short"),
        (&other, "unknown-shape"),
        (&large, "host-record-too-large"),
    ] {
        let answer = answer(&mut host, text);
        let names: Vec<&String> = answer.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["trailmillFault"], "{kind}");
        assert_eq!(answer["trailmillFault"]["kind"], kind);
    }
}

#[test]
fn a_module_says_that_it_is_guarded() {
    let mut host = Host::<Interpreted>::configured(&configuration("p.yaml", PIPELINE, &[]));
    assert_eq!(host.describe()["pipeline"]["guarded"], json!(true));
    let answer = host.process(record("").as_bytes());
    assert!(!String::from_utf8_lossy(&answer).contains(&SECRET[..12]), "the secret");
}
