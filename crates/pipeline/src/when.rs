//! Which events something is for.

use std::fmt;
use trailmill_condition::Condition;
use trailmill_event::Event;

/// A condition on events.
///
/// The languages of conditions are a lot of code. Behind this, nothing refers to it in a pipeline
/// without any, so that a module made of such a pipeline does not have to hold it.
pub(crate) trait When: Send + Sync {
    /// Whether the event is meant.
    fn matches(&self, event: &Event<'_>) -> bool;
}

// Printing a condition is as much code as the languages.
impl fmt::Debug for dyn When + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("When")
    }
}

impl When for Condition {
    fn matches(&self, event: &Event<'_>) -> bool {
        Condition::matches(self, event)
    }
}
