//! The stage `wasm` with guests of every kind, most of them evil.

#![allow(clippy::print_stdout, reason = "tests tell the figures that they hold")]

mod deadline;
mod evil;
mod examples;
mod guest;
mod lines;
mod loading;
mod moody;
mod pipelines;
mod real;
mod stage;
mod support;
