//! Drives the built program as a user would.

mod commands;
mod interruptions;
mod memory;
mod quarantine;
mod runs;
mod scene;
mod usage;
