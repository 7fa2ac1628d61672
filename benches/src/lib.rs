//! Measures trailmill against its own yardsticks, on checked answers.
