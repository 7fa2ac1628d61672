//! What holds for all records: no panic, and no record is lost for another.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use trailmill_dedupe::SPEC;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Build, NoResources, Remember, Settings, Trace, Verdict};

fn dedupe() -> Box<dyn Remember> {
    let Build::Remember(build) = SPEC.build else { panic!("it remembers") };
    build(&Settings::default(), &NoResources).expect("its defaults")
}

fn trace(step: &dyn Remember, record: &str) -> Option<Trace> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).expect(record);
    step.trace(&batch.event(0)).expect("it is never at fault")
}

fn kinds() -> impl Strategy<Value = Value> {
    let texts = ["", "a", "UPDATED_DATA", "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "\u{0}\"\\ä"];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(texts.to_vec()).prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!([])),
        Just(json!(["a", {"eventID": "a"}])),
        Just(json!({})),
        Just(json!({"reason": "UPDATED_DATA", "updatedFields": null})),
        Just(json!({"reason": ["UPDATED_DATA"], "updatedFields": "a", "originalEventID": 1})),
    ]
}

proptest! {
    /// Two records are one only if both have the same id, and none was updated; or if they are the
    /// same throughout.
    #[test]
    fn only_copies_are_copies(
        one in (kinds(), kinds(), kinds(), kinds()),
        two in (kinds(), kinds(), kinds(), kinds()),
    ) {
        let record = |(id, aggregate, addendum, other): &(Value, Value, Value, Value)| {
            json!({"eventID": id, "eventId": aggregate, "addendum": addendum, "x": other})
        };
        let step = dedupe();
        let [one, two] = [record(&one), record(&two)];
        let traces = [&one, &two].map(|record| trace(&*step, &record.to_string()));
        prop_assert_eq!(traces[0], trace(&*step, &one.to_string()));
        let id = |record: &Value| -> Option<String> {
            let text = |name: &str| record[name].as_str().filter(|id| !id.is_empty());
            text("eventID").or_else(|| text("eventId")).map(str::to_owned)
        };
        let updated = |record: &Value| {
            let text = |name: &str| record["addendum"][name].as_str().unwrap_or_default();
            text("reason") == "UPDATED_DATA"
                || ["updatedFields", "originalEventID", "originalRequestID"]
                    .iter()
                    .any(|name| !text(name).is_empty())
        };
        prop_assert_eq!(traces[0].is_some(), id(&one).is_some());
        let same = id(&one).is_some()
            && id(&one) == id(&two)
            && match (updated(&one), updated(&two)) {
                (false, false) => true,
                (true, true) => one == two,
                _ => false,
            };
        prop_assert_eq!(traces[0].is_some() && traces[0] == traces[1], same);
    }
}

#[test]
fn the_corpus_is_told_apart_by_its_ids() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let step = dedupe();
    let mut memory = step.memory();
    let mut ids = HashSet::new();
    let mut filtered = 0;
    for record in &records {
        let value: Value = serde_json::from_str(record).expect("JSON");
        let id = value["eventID"].as_str().or(value["eventId"].as_str());
        let is_new = id.is_none_or(|id| ids.insert(id.to_owned()));
        let verdict = trace(&*step, record).map_or(Verdict::Keep, |trace| memory.see(trace));
        assert_eq!(verdict == Verdict::Keep, is_new, "{id:?}");
        filtered += u64::from(!is_new);
    }
    assert_eq!(filtered, 52, "copies in the corpus");
}
