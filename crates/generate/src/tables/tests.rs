//! Every row of the tables, however rare, gives JSON whatever is drawn for it.

use serde_json::Value;

use super::identities::Shape;
use super::special::SPECIAL;
use crate::book::{Book, Entry};
use crate::entry::{Reach, Record, View};
use crate::scene::Scene;

/// How many seeds each row is tried with.
const SEEDS: u64 = 40;

fn parsed(text: &[u8]) -> Value {
    serde_json::from_slice(text)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(text)))
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    let book = Book::open();
    [&book.calls, &book.service_calls, &book.shared_calls, &book.grants]
        .into_iter()
        .flat_map(|entries| entries.all())
}

/// The record of one call, seen by its caller.
fn written(entry: &'static Entry, seed: u64, failure: Option<usize>) -> Value {
    let scene = Scene { action: entry.call.action, ..Scene::example(seed, entry.service) };
    let reach = [Reach::Internet, Reach::Endpoint, Reach::Console][seed as usize % 3];
    let failure = failure.map(|at| &scene.book.failures[at]);
    let record =
        Record { scene, entry, failure, minor: 5 + seed as u32 % 7, reach, is_shared: true };
    let mut text = Vec::new();
    record.write(&mut text, View::Caller);
    parsed(&text)
}

#[test]
fn every_call_gives_json() {
    for entry in entries() {
        for seed in 0..SEEDS {
            let record = written(entry, seed, None);
            assert_eq!(record["eventName"], entry.call.action);
            for (member, template) in
                [("requestParameters", &entry.request), ("responseElements", &entry.response)]
            {
                assert_eq!(record[member].is_null(), template.is_empty(), "{member}: {record}");
            }
        }
    }
}

#[test]
fn every_failure_gives_json() {
    for entry in entries() {
        for (seed, at) in (0..).zip(&entry.failures) {
            let record = written(entry, seed, Some(*at));
            assert_eq!(record["errorCode"], Book::open().failures[*at].code);
            assert!(record["responseElements"].is_null());
        }
    }
}

#[test]
fn every_identity_gives_json() {
    let service = Book::open().calls.all()[0].service;
    for (shape, _, _) in super::identities::IDENTITIES {
        for seed in 0..SEEDS {
            let via = if *shape == Shape::Service { "ec2.amazonaws.com" } else { "" };
            let scene = Scene { shape: *shape, via, ..Scene::example(seed, service) };
            let (mut json, mut arn) = (Vec::new(), Vec::new());
            let identity = scene.book.shape(*shape);
            identity.json.write(&mut json, &scene);
            identity.arn.write(&mut arn, &scene);
            let json = parsed(&json);
            assert!(json["type"].is_string());
            if let Some(written) = json["arn"].as_str() {
                assert_eq!(written.as_bytes(), arn, "messages call {shape:?} by another name");
            }
        }
    }
}

#[test]
fn every_special_record_gives_json() {
    let specials = Book::open().special.all();
    assert_eq!(specials.len(), SPECIAL.iter().map(|rows| rows.len()).sum::<usize>());
    for special in specials {
        for seed in 0..SEEDS {
            let mut text = Vec::new();
            special.json.write(&mut text, &Scene::example(seed, special.service));
            assert!(parsed(&text)["awsRegion"].is_string());
        }
    }
}

#[test]
fn every_agent_fits_into_a_string() {
    let book = Book::open();
    for agent in book.programs.all().iter().chain(book.consoles.all()) {
        for seed in 0..SEEDS {
            let mut text = vec![b'"'];
            agent.write(&mut text, &Scene::example(seed, book.calls.all()[0].service));
            text.push(b'"');
            let agent = parsed(&text);
            // CloudTrail cuts what is longer than one kilobyte.
            assert!(agent.as_str().is_some_and(|text| (10..1_024).contains(&text.len())));
        }
    }
}
