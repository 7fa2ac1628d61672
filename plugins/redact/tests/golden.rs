//! The examples of the descriptor, and the cases in the folders beside this file.

use trailmill_redact::SPEC;

#[test]
fn examples() {
    trailmill_golden::examples(&SPEC);
}

#[test]
fn cases() {
    trailmill_golden::cases(&SPEC, "tests");
}
