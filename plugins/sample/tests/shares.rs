//! The shares that are kept, and that they are the same ones every time.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr)]

mod support;

use proptest::prelude::*;
use trailmill_sample::{KEY_MISSING, SPEC};
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Build, NoResources, Settings, Stage, Verdict};

fn stage(settings: &str) -> Box<dyn Stage> {
    let Build::Stage(build) = SPEC.build else { panic!("a stage") };
    build(&Settings::new(serde_json::from_str(settings).unwrap()), &NoResources).unwrap()
}

fn batch(records: &str) -> Batch {
    let mut batch = Batch::new();
    batch.load_lines(records.as_bytes(), Source::default()).unwrap();
    batch
}

/// Which records are kept.
fn kept(settings: &str, batch: &mut Batch) -> Vec<bool> {
    let stage = stage(settings);
    let numbers = 0..batch.len();
    numbers.map(|number| stage.apply(&mut batch.event(number)) == Ok(Verdict::Keep)).collect()
}

fn share(kept: &[bool]) -> f64 {
    kept.iter().filter(|kept| **kept).count() as f64 / kept.len() as f64
}

/// Identifiers that differ in as little as they can, which a poor hash would keep together.
#[test]
fn a_rate_keeps_its_share() {
    let records: String =
        (0..100_000).map(|n| format!("{{\"eventID\":\"id-{n:08}\"}}\n")).collect();
    let mut batch = batch(&records);
    for rate in [0.001, 0.01, 0.1, 0.5, 0.9] {
        let share = share(&kept(&format!("{{\"rate\":{rate}}}"), &mut batch));
        // Five standard deviations of as many throws of a coin.
        let near = 5.0 * (rate * (1.0 - rate) / 100_000.0_f64).sqrt();
        assert!((share - rate).abs() < near, "{share} for {rate}");
    }
    assert_eq!(kept("{\"rate\":0.125}", &mut batch), kept("{\"one_in\":8}", &mut batch));
}

#[test]
fn events_without_a_key_are_kept_and_counted() {
    let mut batch = batch("{}\n{\"eventID\":null}\n{\"eventID\":{}}\n{\"eventID\":\"a\"}");
    assert_eq!(kept("{\"rate\":0}", &mut batch), [true, true, true, false]);
    let notes: Vec<(&str, u64)> =
        batch.notes_mut().iter().map(|(kind, count)| (kind.name, count)).collect();
    assert_eq!(notes, [(KEY_MISSING.name, 3)]);
}

proptest! {
    #[test]
    fn what_a_rate_keeps_a_higher_one_keeps(
        key in "\\PC*",
        one in 0.0..=1.0,
        two in 0.0..=1.0,
    ) {
        let mut batch = batch(&serde_json::json!({"eventID": key}).to_string());
        let (low, high) = if one < two { (one, two) } else { (two, one) };
        let mut keeps = |rate: f64| kept(&format!("{{\"rate\":{rate}}}"), &mut batch)[0];
        prop_assert!(keeps(high) || !keeps(low));
        prop_assert!(keeps(1.0) && !keeps(0.0));
    }
}

#[test]
fn the_corpus_is_cut_to_its_share() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut batch = batch(&records.join("\n"));
    let tenth = kept("{\"rate\":0.1}", &mut batch);
    let half = kept("{\"one_in\":2}", &mut batch);
    eprintln!("kept: {:.4} for 0.1, {:.4} for one in 2", share(&tenth), share(&half));
    assert!((share(&tenth) - 0.1).abs() < 0.02 && (share(&half) - 0.5).abs() < 0.03);
    assert!(tenth.iter().zip(&half).all(|(tenth, half)| *half || !tenth));
}
