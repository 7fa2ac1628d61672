//! Whatever stands in a record, the stage does not fail on it and changes nothing else; and it
//! finds what a look through the lists finds.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use support::stage;
use trailmill_golden::applied;
use trailmill_stage::Stage;

const TEXTS: &[&str] = &[
    "",
    "198.51.100.1",
    "::ffff:198.51.100.1",
    "2001:db8::1",
    "evil.example",
    "a.b.EVIL.example:443",
    "[2001:db8::1]:443",
    "[",
    ":",
    "AKIAIOSFODNN7EXAMPLE",
    "tool/1.0",
    "\u{1}\"\\",
];

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => proptest::sample::select(TEXTS).prop_map(Value::from),
        2 => ".{0,24}".prop_map(Value::from),
        1 => "[a-z.:\\[\\]0-9]{0,300}".prop_map(Value::from),
        1 => Just(json!(null)),
        1 => Just(json!(false)),
        1 => Just(json!(-1.5e300)),
        1 => Just(json!(["198.51.100.1"])),
        1 => Just(json!({"accessKeyId": "AKIAIOSFODNN7EXAMPLE"})),
    ]
}

/// An object with these members, or something else in its place.
fn object(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let members = proptest::collection::vec(text(), names.len());
    let members = members.prop_map(|values| names.iter().copied().zip(values).collect::<Value>());
    prop_oneof![4 => members, 1 => text()]
}

fn everything() -> Box<dyn Stage> {
    let settings = r#"{"lists": [
        {"name": "networks", "type": "address", "entries": ["198.51.100.0/24", "2001:db8::/32"]},
        {"name": "domains", "type": "domain", "entries": ["evil.example"]},
        {"name": "keys", "type": "access-key", "entries": ["AKIAIOSFODNN7EXAMPLE"]},
        {"name": "agents", "type": "user-agent", "entries": ["tool/1.0", "\u0001\"\\"]}
    ]}"#;
    stage(settings, |_| Vec::new()).unwrap()
}

proptest! {
    #[test]
    fn any_record_is_taken(
        tops in proptest::collection::vec(text(), 2),
        identity in object(&["accessKeyId", "arn"]),
        tls in object(&["clientProvidedHostHeader"]),
        request in object(&["Host", "accessKeyId"]),
        response in object(&["accessKey", "credentials"]),
    ) {
        let stage = everything();
        let record = json!({
            "sourceIPAddress": tops[0], "userAgent": tops[1], "userIdentity": identity,
            "tlsDetails": tls, "requestParameters": request, "responseElements": response,
        });
        let text = applied(&*stage, &record.to_string(), 1).unwrap();
        prop_assert_eq!(&applied(&*stage, &record.to_string(), 2).unwrap(), &text);
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        prop_assert_eq!(&after, &record);
        for found in added.iter().flat_map(|added| added["threat"]["matches"].as_array().unwrap()) {
            // Every field that is named is there, and is a text.
            let path = found["field"].as_str().unwrap().replace('.', "/");
            let value = record.pointer(&format!("/{path}"));
            prop_assert!(value.is_some_and(Value::is_string), "{}", path);
        }
        let is_listed = record["sourceIPAddress"].as_str().is_some_and(|text| {
            ["198.51.100.1", "::ffff:198.51.100.1", "2001:db8::1"].contains(&text)
        });
        let is_found = added.is_some_and(|added| added["threat"]["matches"][0]["list"] == "networks"
            && added["threat"]["matches"][0]["field"] == "sourceIPAddress");
        prop_assert_eq!(is_found, is_listed);
    }

    #[test]
    fn what_is_in_a_list_is_found(
        hosts in proptest::collection::vec(0..64u32, 1..40),
        networks in proptest::collection::vec((0..64u32, 24..=32u32), 1..8),
        domains in proptest::collection::vec("[ab]{1,2}(\\.[ab]){1,2}", 1..8),
        address in 0..64u32,
        name in "[ab]{1,2}(\\.[abAB]){1,4}",
    ) {
        let base = u32::from_be_bytes([198, 51, 100, 0]);
        let network = |(host, bits): (u32, u32)| {
            let hosts = u32::MAX.checked_shr(bits).unwrap_or(0);
            (Ipv4Addr::from((base + host) & !hosts), bits)
        };
        let all: Vec<(Ipv4Addr, u32)> =
            hosts.iter().map(|&host| (host, 32)).chain(networks).map(network).collect();
        let lines: Vec<String> = all.iter().map(|(ip, bits)| format!("{ip}/{bits}")).collect();
        let settings = r#"{"lists": [{"name": "a", "type": "address", "file": "a"},
            {"name": "d", "type": "domain", "file": "d"}]}"#;
        let stage = stage(settings, |path| match path {
            "a" => lines.join("\n").into_bytes(),
            _ => domains.join("\r\n").into_bytes(),
        }).unwrap();
        let address = Ipv4Addr::from(base + address);
        let record = json!({
            "sourceIPAddress": address.to_string(),
            "tlsDetails": {"clientProvidedHostHeader": name},
        });
        let after: Value =
            serde_json::from_str(&applied(&*stage, &record.to_string(), 1).unwrap()).unwrap();
        let none = Vec::new();
        let matches = after["enrichment"]["threat"]["matches"].as_array().unwrap_or(&none);
        let mut found: Vec<String> = matches.iter().map(|found| {
            let value = if found["type"] == "address" { json!(address.to_string()) } else { json!(name) };
            let indicator = found.get("indicator").unwrap_or(&value);
            indicator.as_str().unwrap().to_lowercase()
        }).collect();
        found.sort();
        let holds = |(ip, bits): &&(Ipv4Addr, u32)| {
            let hosts = u32::MAX.checked_shr(*bits).unwrap_or(0);
            u32::from(address) & !hosts == u32::from(*ip)
        };
        let in_list = all.iter().filter(holds).map(|(ip, bits)| match bits {
            32 => ip.to_string(),
            bits => format!("{ip}/{bits}"),
        });
        let name = name.to_lowercase();
        let above = domains.iter().filter(|domain| {
            name == **domain || name.ends_with(&format!(".{domain}"))
        });
        let mut expected: Vec<String> = in_list.chain(above.cloned()).collect();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn what_is_in_the_way_is_told() {
    let stage = everything();
    for enrichment in ["1", "\"x\"", "[]", "true"] {
        let record = format!(r#"{{"enrichment":{enrichment},"sourceIPAddress":"198.51.100.1"}}"#);
        let fault = applied(&*stage, &record, 1).unwrap_err();
        assert_eq!(fault.kind.name, "threat-in-the-way");
    }
}

#[test]
fn the_largest_records_are_taken() {
    let stage = everything();
    let long = "a.".repeat(8 << 20) + "evil.example";
    let members = format!(r#""{long}""#);
    for record in [
        format!(r#"{{"sourceIPAddress":{members}}}"#),
        format!(r#"{{"userAgent":{members}}}"#),
        format!(r#"{{"tlsDetails":{{"clientProvidedHostHeader":{members}}}}}"#),
        format!(r#"{{"userIdentity":{{"accessKeyId":{members}}}}}"#),
    ] {
        assert_eq!(applied(&*stage, &record, 1).unwrap(), record);
    }
}
