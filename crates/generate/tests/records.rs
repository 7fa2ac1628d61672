//! What every record has, and what many of them have together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trailmill_generate::Generator;

/// The records of one seed, parsed, with their sizes in bytes.
fn records(seed: u64, count: usize) -> Vec<(usize, Value)> {
    let mut generator = Generator::new(seed);
    let mut text = Vec::new();
    let mut record = || {
        text.clear();
        generator.record(&mut text);
        let shown = String::from_utf8_lossy(&text);
        let value =
            serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{error}: {shown}"));
        assert!(!text.contains(&b'\n'), "a line break in {shown}");
        (text.len(), value)
    };
    (0..count).map(|_| record()).collect()
}

fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name].as_str().unwrap_or_default()
}

/// The members that a record of its category can not do without.
fn required(record: &Value) -> &'static [&'static str] {
    match text(record, "eventCategory") {
        "Insight" => &[
            "eventVersion",
            "eventTime",
            "awsRegion",
            "eventID",
            "eventType",
            "recipientAccountId",
            "sharedEventID",
            "insightDetails",
        ],
        "Aggregated" => &[
            "eventVersion",
            "accountId",
            "eventId",
            "eventType",
            "awsRegion",
            "eventSource",
            "timeWindow",
            "summary",
        ],
        _ => &[
            "eventVersion",
            "userIdentity",
            "eventTime",
            "eventSource",
            "eventName",
            "awsRegion",
            "sourceIPAddress",
            "requestParameters",
            "responseElements",
            "eventID",
            "eventType",
            "recipientAccountId",
        ],
    }
}

#[test]
fn records_have_what_their_category_needs() {
    for (_, record) in records(1, 20_000) {
        for name in required(&record) {
            assert!(record.get(name).is_some(), "no {name} in {record}");
        }
        let minor: u32 = text(&record, "eventVersion")[2..].parse().expect("a minor version");
        let category = text(&record, "eventCategory");
        assert_eq!(category.is_empty(), (1..7).contains(&minor), "category in {record}");
        let is_call = text(&record, "eventType") == "AwsApiCall";
        if is_call && minor >= 7 {
            assert_eq!(record["managementEvent"], category != "Data", "{record}");
        }
        if is_call {
            assert!(record["readOnly"].is_boolean() && !text(&record, "userAgent").is_empty());
        }
    }
}

#[test]
fn event_ids_are_unique() {
    let mut seen = BTreeSet::new();
    for (_, record) in records(2, 20_000) {
        let id = record.get("eventID").or(record.get("eventId")).and_then(Value::as_str);
        let id = id.expect("an id").to_owned();
        assert_eq!(id.len(), 36, "{id}");
        assert!(seen.insert(id), "an id twice: {record}");
    }
}

#[test]
fn time_goes_forward() {
    let records = records(3, 5_000);
    let times: Vec<&str> =
        records.iter().filter_map(|(_, record)| record["eventTime"].as_str()).collect();
    assert_eq!(&times[0][..16], "2024-02-12T06:00");
    assert!(times.is_sorted());
}

#[test]
fn a_pair_is_one_call_seen_from_two_accounts() {
    let records = records(4, 20_000);
    let mut shared: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (_, record) in &records {
        if let Some(id) = record["sharedEventID"].as_str() {
            shared.entry(id).or_default().push(record);
        }
    }
    let pairs: Vec<&Vec<&Value>> = shared.values().filter(|group| group.len() > 1).collect();
    assert!(pairs.len() > 500, "{} pairs", pairs.len());
    for pair in pairs {
        let [first, second] = pair[..] else { panic!("{} records share an id", pair.len()) };
        for name in ["eventTime", "eventName", "requestID", "requestParameters", "resources"] {
            assert_eq!(first[name], second[name], "{name}");
        }
        for name in ["eventID", "recipientAccountId"] {
            assert_ne!(first[name], second[name], "{name}");
        }
        let caller = &first["userIdentity"];
        assert_ne!(caller["type"], "AWSAccount");
        assert_eq!(caller["accountId"], first["recipientAccountId"]);
        // The other account learns the caller's account and id, and no more.
        let outside = &second["userIdentity"];
        assert_eq!(outside["type"], "AWSAccount");
        assert_eq!(outside["accountId"], caller["accountId"]);
        assert!(outside.get("accessKeyId").is_none());
    }
}

#[test]
fn credentials_that_were_granted_are_used() {
    let mut granted: BTreeMap<String, usize> = BTreeMap::new();
    let mut chains = 0;
    for (_, record) in records(5, 20_000) {
        let key = text(&record["userIdentity"], "accessKeyId");
        let is_granted = granted.get_mut(key).map(|uses| *uses += 1).is_some();
        let credentials = &record["responseElements"]["credentials"];
        if text(&record, "eventName").starts_with("AssumeRole") && credentials.is_object() {
            chains += usize::from(is_granted);
            assert!(text(credentials, "sessionToken").len() > 400);
            granted.entry(text(credentials, "accessKeyId").to_owned()).or_default();
        }
    }
    let used = granted.values().filter(|uses| **uses > 0).count();
    assert!(used * 10 > granted.len() * 8, "{used} of {}", granted.len());
    assert!(chains > 100, "{chains} roles assumed with a role that was assumed before");
}

#[test]
fn a_session_keeps_its_account_and_role() {
    let mut holders: BTreeMap<String, Value> = BTreeMap::new();
    for (_, mut record) in records(6, 20_000) {
        let identity = record["userIdentity"].take();
        if identity["type"] == "AssumedRole" {
            let key = text(&identity, "accessKeyId").to_owned();
            let arn = identity["arn"].clone();
            assert_eq!(holders.entry(key).or_insert_with(|| arn.clone()), &arn);
        }
    }
    assert!(holders.len() > 500, "{} sessions", holders.len());
}

#[test]
fn every_kind_of_caller_and_event_occurs() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (_, record) in records(7, 20_000) {
        for name in ["eventVersion", "eventType", "eventCategory"] {
            *kinds.entry(text(&record, name).to_owned()).or_default() += 1;
        }
        *kinds.entry(text(&record["userIdentity"], "type").to_owned()).or_default() += 1;
    }
    for kind in [
        "Root",
        "IAMUser",
        "AssumedRole",
        "AWSService",
        "AWSAccount",
        "WebIdentityUser",
        "SAMLUser",
        "FederatedUser",
        "IdentityCenterUser",
        "Unknown",
        "AwsApiCall",
        "AwsConsoleSignIn",
        "AwsServiceEvent",
        "AwsVpceEvent",
        "AwsCloudTrailInsight",
        "AwsAggregatedEvent",
        "Management",
        "Data",
        "NetworkActivity",
        "Insight",
        "Aggregated",
        "1.0",
        "1.05",
        "1.06",
        "1.07",
        "1.08",
        "1.09",
        "1.10",
        "1.11",
    ] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "{kind}: {:?}", kinds.get(kind));
    }
    assert!(kinds["AssumedRole"] > kinds["IAMUser"] && kinds["IAMUser"] > kinds["Root"]);
}

#[test]
fn what_is_hard_to_read_occurs() {
    let mut generator = Generator::new(8);
    let mut all = Vec::new();
    (0..20_000).for_each(|_| generator.record(&mut all));
    let all = String::from_utf8(all).expect("UTF-8");
    for part in [
        "\"ConsoleLogin\":\"Success\"",
        "\"ConsoleLogin\":\"Failure\"",
        "\"userName\":\"HIDDEN_DUE_TO_SECURITY_REASONS\"",
        "\"MFAUsed\":\"Yes\"",
        "\"errorCode\":\"AccessDenied\"",
        "\"errorCode\":\"Client.UnauthorizedOperation\"",
        "\"errorCode\":\"NoSuchBucket\"",
        "\"errorCode\":\"ThrottlingException\"",
        "\"sourceIPAddress\":\"AWS Internal\"",
        "\"sourceIPAddress\":\"cloudformation.amazonaws.com\"",
        "\"sourceIPAddress\":\"2001:db8:",
        "\"accountId\":\"ANONYMOUS_PRINCIPAL\"",
        "\"ec2RoleDelivery\":\"2.0\"",
        "\"sourceIdentity\":",
        "\"assumedRoot\":\"true\"",
        "\"sessionCredentialFromConsole\":\"true\"",
        "\"vpcEndpointAccountId\":",
        "\"keyExchange\":",
        "\"addendum\":",
        "\"policyDocument\":\"{\\\"Version\\\"",
        "\"x-amz-id-2\":",
        "\"webIdFederationData\":{}",
        "\\u003d",
        "\\u202f",
        "\\ud83d\\udd12",
        "C:\\\\deploy",
        "🚀",
        "東京",
        ".0,",
        "1.2E-4",
    ] {
        assert!(all.contains(part), "{part}");
    }
    for part in ["${", "$(", "$[", "$|", "$)", "$]", "$_", "\"\"\""] {
        assert!(!all.contains(part), "a part of a template: {part}");
    }
}

#[test]
fn sizes_are_those_of_real_records() {
    let mut sizes: Vec<usize> = records(9, 20_000).iter().map(|(size, _)| *size).collect();
    sizes.sort_unstable();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    let at = |parts: usize| sizes[sizes.len() * parts / 1_000];
    assert!((1_300..=1_700).contains(&mean), "mean {mean}");
    assert!((1_250..=1_700).contains(&at(500)), "median {}", at(500));
    assert!((2_000..6_000).contains(&at(990)), "99th percentile {}", at(990));
    assert!(sizes[0] > 400, "smallest {}", sizes[0]);
    assert!(sizes[sizes.len() - 1] < 60_000, "largest {}", sizes[sizes.len() - 1]);
    let large = sizes.iter().filter(|size| **size > 10_000).count();
    assert!((5..200).contains(&large), "{large} beyond 10 KB");
}

#[test]
fn partners_assume_roles_of_the_organization() {
    let from_outside = records(10, 20_000).into_iter().filter(|(_, record)| {
        let home = text(&record["userIdentity"], "accountId");
        text(record, "eventName") == "AssumeRole"
            && ["555555555555", "210987654321", "999999999999"].contains(&home)
    });
    let mut count = 0;
    for (_, record) in from_outside {
        assert_eq!(record["userIdentity"]["type"], "AWSAccount");
        assert!(record["sharedEventID"].is_string());
        assert_eq!(record["resources"][0]["accountId"], record["recipientAccountId"]);
        count += 1;
    }
    assert!(count > 20, "{count}");
}
