//! The contract between a stage and whatever runs it.
//!
//! A plugin is one crate that exports one [`StageSpec`]: a name, a summary, its options, examples
//! that are tests, and a function that builds a stage from its settings. Everything else (the
//! loader, `trailmill stages`, the reference pages, the example tests) is derived from that value.
//!
//! Stages are pure. What they need from outside (tables, keys, the time of collection) is handed in
//! when they are built, by way of [`Resources`], or stands in the origin of an event.

mod decoder;
mod fault;
mod quiet;
mod remember;
mod settings;
mod spec;

pub use decoder::{Decoder, Helper, Input, Sink};
pub use fault::{Fault, FaultKind, Limit};
pub use remember::{Memory, Remember, Trace};
pub use settings::{Cut, NoResources, Resources, Settings, SettingsError};
pub use spec::{After, Build, Builder, Example, OptionSpec, StageSpec};
pub use trailmill_event as event;

use std::fmt;
use trailmill_event::Event;

/// One step of a pipeline: a pure function of its settings, its tables and one event.
///
/// One value serves all threads and all events. What becomes of an event, outcome by outcome:
///
/// | outcome | the event | who acts |
/// |---|---|---|
/// | `Ok(Verdict::Keep)` | is as the stage has left it | the next stage gets it |
/// | `Ok(Verdict::Filter)` | is dropped here on purpose | the runner counts it as filtered |
/// | `Err(fault)` | **is as it was found** | the runner: quarantine, mark or drop, as `on_fault` says |
///
/// A stage never panics on any event. It may count what is no fault with [`Event::note`].
pub trait Stage: Send + Sync {
    /// Rewrites `event` in place and says whether it goes on.
    ///
    /// # Errors
    /// Why the stage could not do its work on this event, which is then as it was found.
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault>;

    /// For a stage that makes rows: where each column comes from, in the order of the columns.
    fn columns(&self) -> Option<Vec<Provenance>> {
        None
    }

    /// Whether it is a guard though not all of its plugin are; see [`StageSpec::guards`].
    fn guards(&self) -> bool {
        false
    }
}

/// What a trait object prints is its trait alone: printing code of stages that can be reached
/// through their tables is never left out of a module.
macro_rules! debug {
    ($($object:ident),*) => {$(
        impl fmt::Debug for dyn $object + '_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($object))
            }
        }
    )*};
}
debug!(Stage, Decoder, Remember, Memory);

/// Where a column of a row comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The name of the column.
    pub column: String,
    /// The path in the record, or nothing for a constant and the like.
    pub from: String,
    /// How the value becomes the cell, in a few words.
    pub rule: String,
}

/// Whether an event goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on to the next stage.
    Keep,
    /// It is not wanted, and counted as filtered.
    Filter,
}
