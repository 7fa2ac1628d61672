//! `when:`, a condition on a stage or an output.

use super::stages::option_place;
use crate::tree::{Node, TreeError};
use crate::when::When;
use trailmill_condition::Condition;

/// The option that every stage but the decoder has, and every output.
pub(crate) const WHEN: &str = "when";

/// Reads a condition; `whose` says what it stands on: ``stage `redact` ``.
pub(super) fn when(node: &Node, whose: &str) -> Result<Box<dyn When>, TreeError> {
    match Condition::read(&node.to_json()) {
        Ok(condition) => Ok(Box::new(condition)),
        Err(error) => {
            let place = option_place(node, &error.option);
            Err(TreeError::new(place, format!("`{WHEN}` of {whose}: {error}")))
        }
    }
}
