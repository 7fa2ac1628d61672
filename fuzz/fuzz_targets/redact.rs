//! Any record is redacted into a record, and a second time into the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use std::sync::LazyLock;
use trailmill_redact::Redactor;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Resources, Settings, Stage};

struct Keys;

impl Resources for Keys {
    fn file(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(b"a key for fuzzing only".to_vec())
    }
}

static STAGES: LazyLock<Vec<Redactor>> = LazyLock::new(|| {
    let build = |settings| Redactor::new(&Settings::new(settings), &Keys).expect("good settings");
    vec![
        build(json!({ "preset": "secrets" })),
        build(json!({ "preset": "share", "key": { "file": "k" }, "keep_prefixes": true })),
    ]
});

fn redacted(stage: &Redactor, record: &[u8]) -> Option<Vec<u8>> {
    let mut batch = Batch::new();
    batch.load_lines(record, Source::default()).ok()?;
    if batch.len() != 1 || batch.event(0).root().kind() != Kind::Object {
        return None;
    }
    let mut event = batch.event(0);
    stage.apply(&mut event).expect("a record");
    event.settle().expect("JSON");
    let mut out = Vec::new();
    event.write_into(&mut out);
    Some(out)
}

fuzz_target!(|record: &[u8]| {
    for stage in STAGES.iter() {
        let Some(once) = redacted(stage, record) else { return };
        assert_eq!(redacted(stage, &once).as_deref(), Some(&once[..]));
    }
});
