//! Drives the built program as a user would.
#![allow(clippy::print_stderr)] // Tests that can not be run here say so.

mod commands;
mod corpus;
mod dedupe;
mod export;
mod interruptions;
mod memory;
mod quarantine;
mod ready;
mod redact_report;
mod runs;
mod samples;
mod scene;
mod secrets;
mod usage;
