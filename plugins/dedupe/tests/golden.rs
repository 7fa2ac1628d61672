//! The examples of the descriptor, and the cases in the folders beside this file.
#![allow(clippy::disallowed_methods)]

use trailmill_dedupe::SPEC;

#[test]
fn examples() {
    trailmill_golden::examples(&SPEC);
}

#[test]
fn cases() {
    trailmill_golden::cases(&SPEC, "tests");
}
