//! The examples of the reference page, each a test: one for each container.

use trailmill_stage::Example;

pub(crate) const EXAMPLES: &[Example] = &[];
