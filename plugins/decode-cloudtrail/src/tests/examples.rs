//! The examples of the reference page hold.

use super::decode;
use crate::SPEC;
use serde_json::Value;
use trailmill_stage::After;

#[test]
fn every_example_holds() {
    for example in SPEC.examples {
        assert_eq!(example.settings, "{}", "no example has options so far");
        let outcome = decode(example.before.as_bytes());
        let json = |text: &[u8]| serde_json::from_slice::<Value>(text).expect("JSON");
        let found: Vec<Value> = outcome.raw().into_iter().map(json).collect();
        match example.after {
            After::Events(events) => {
                let expected: Vec<Value> =
                    events.iter().map(|text| json(text.as_bytes())).collect();
                assert_eq!(found, expected, "{}", example.title);
                assert_eq!(outcome.faults(), Vec::<&str>::new(), "{}", example.title);
            }
            After::Fault(kind) => {
                assert_eq!(outcome.faults(), [kind], "{}", example.title);
                assert!(found.is_empty(), "{}", example.title);
            }
            other => panic!("{}: no outcome of a decoder: {other:?}", example.title),
        }
    }
    assert!(SPEC.examples.len() >= 20);
}
