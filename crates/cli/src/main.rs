//! The program trailmill.
fn main() {}
