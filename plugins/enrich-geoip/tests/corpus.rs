//! Every record of the corpus, with a database that knows every address.
#![allow(clippy::print_stderr, reason = "it reports what it has counted")]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::IpAddr;
use support::build;
use support::mmdb::Writer;
use trailmill_golden::applied;

#[test]
fn shares() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut writer = Writer::new("Test-City", 6, 28);
    for first in 1..=255 {
        let names = json!({"en": format!("country {first}")});
        writer.add(&format!("{first}.0.0.0/8"), &json!({"country": {"names": names}}));
    }
    let file = writer.finish();
    let stage = build(json!({"databases": ["a"]}), &[("a", &file)]).unwrap();
    let (mut hits, mut addresses) = (0, BTreeSet::new());
    for text in &records {
        let before: Value = serde_json::from_str(text).unwrap();
        let mut after: Value = serde_json::from_str(&applied(&*stage, text, 1).unwrap()).unwrap();
        if let Some(enrichment) = after.as_object_mut().unwrap().remove("enrichment") {
            let address = before["sourceIPAddress"].as_str().unwrap();
            let Ok(IpAddr::V4(parsed)) = address.parse() else { panic!("{address} is no address") };
            let name = format!("country {}", parsed.octets()[0]);
            assert_eq!(enrichment["geo"], json!({"country": {"name": name}}));
            assert!(!parsed.is_private() && !parsed.is_documentation(), "{address}");
            addresses.insert(parsed);
            hits += 1;
        }
        assert_eq!(after, before, "something else was changed");
    }
    eprintln!("{hits} of {} records with {} public addresses", records.len(), addresses.len());
    assert!(hits >= 300 && addresses.len() >= 10, "{hits} {}", addresses.len());
}
