//! Hosts for tests: modules in real runtimes, called as their hosts call them.
//!
//! - [`Machine`] is a runtime: [`Compiled`] is `wasmtime`, [`Interpreted`] is `wasmi`, which has
//!   no more features than the runtime of Fluent Bit.
//! - [`Host`] is a host written by `crates/guest/ABI.md` alone, and Fluent Bit's `filter_wasm`.
//! - [`Answer`] is an answer, taken apart by that page and not by our own reader.
//! - [`Connect`], [`Transform`] and [`Extism`] are foreign hosts: Redpanda Connect, Redpanda Data
//!   Transforms, and Extism. They take modules that were made for them, or the generic one.
//! - [`guest`] is the module of this project, built.
//!
//! Everything here panics where a module does not keep its word, as tests do.

mod build;
mod foreign;
mod host;
mod machine;

pub use build::{TARGET, assert_for_old_hosts, cargo, guest, old_engine, workspace};
pub use foreign::{Connect, Extism, Message, Record, Transform, Transformed};
pub use host::{Answer, Frame, Host, NANOSECONDS, SECONDS, TAG, is_one_object};
pub use machine::{Compiled, Interpreted, Machine, compiled};
