//! A made-up plugin that keeps its contract or breaks it as its settings say.

#![allow(dead_code, reason = "each test target uses a part of it")]

use std::sync::atomic::{AtomicU64, Ordering};
use trailmill_stage::event::{Event, Path, Put};
use trailmill_stage::{
    Build, Example, Fault, FaultKind, Resources, Settings, SettingsError, Stage, StageSpec, Verdict,
};

/// A descriptor of the made-up stage.
pub(crate) const fn spec(examples: &'static [Example]) -> StageSpec {
    StageSpec {
        name: "made-up",
        summary: "Marks an event.",
        details: "",
        options: &[],
        examples,
        guards: false,
        build: Build::Stage(build),
    }
}

static ODD: FaultKind = FaultKind { name: "odd-event", message: "the event is odd" };

static BADLY_NAMED: FaultKind = FaultKind { name: "Odd_event", message: "The event is odd." };

#[derive(Debug, Default)]
struct MadeUp {
    does: String,
    mark: String,
    calls: AtomicU64,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let option = |name| settings.options().get(name).and_then(|value| value.as_str());
    let mark = match (option("mark_file"), option("mark")) {
        (Some(path), _) => {
            let bytes = resources.file(path);
            let bytes = bytes.map_err(|error| SettingsError::new("mark_file", error))?;
            String::from_utf8_lossy(&bytes).trim().to_owned()
        }
        (None, Some(mark)) => mark.to_owned(),
        (None, None) => "seen".to_owned(),
    };
    Ok(Box::new(MadeUp {
        does: option("does").unwrap_or_default().to_owned(),
        mark,
        calls: AtomicU64::new(0),
    }))
}

impl Stage for MadeUp {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let mark: Path = "mark".parse().unwrap();
        let row = |event: &mut Event<'_>, text: &[u8]| {
            let done: Result<(), ()> = event.rewrite(|_, out| {
                out.extend_from_slice(text);
                Ok(())
            });
            done.unwrap();
        };
        match self.does.as_str() {
            "filter" => return Ok(Verdict::Filter),
            "fault" => return Err(Fault::new(&ODD).at(7)),
            "fault-badly-named" => return Err(Fault::new(&BADLY_NAMED)),
            "fault-and-change" => {
                event.set(&mark, Put::Text("half done")).unwrap();
                return Err(Fault::new(&ODD));
            }
            "fault-odd" if event.get(&"odd".parse().unwrap()).is_some() => {
                return Err(Fault::new(&ODD));
            }
            "count" => {
                let calls = self.calls.fetch_add(1, Ordering::Relaxed);
                event.set(&mark, Put::Integer(calls as i64)).unwrap();
            }
            "copy-raw" => {
                let raw = event.root().untouched().unwrap().raw().to_vec();
                let raw = String::from_utf8(raw).unwrap();
                event.set(&mark, Put::Text(&raw)).unwrap();
            }
            "row-with-blanks" => row(event, br#"{"a": 1}"#),
            "row-no-json" => row(event, br#"{"a":"#),
            "row-no-object" => row(event, b"[1]"),
            _ => event.set(&mark, Put::Text(&self.mark)).unwrap(),
        }
        Ok(Verdict::Keep)
    }
}
