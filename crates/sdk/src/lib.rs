//! Write a stage of your own as a WebAssembly module: one function, one macro.
//!
//! The module runs as the stage `wasm` of a `trailmill` pipeline and, without a change, in Fluent
//! Bit's filter `wasm`. `docs/guides/write-a-stage.md` goes the whole way, from an empty folder to
//! a Fluent Bit that runs it.
//!
//! ```
//! use trailmill_sdk::{Record, Trouble, Verdict, json};
//!
//! /// Marks what root does.
//! fn mark(record: &Record, out: &mut String) -> Result<Verdict, Trouble> {
//!     let identity = record.get("userIdentity");
//!     let kind = identity.and_then(|identity| json::member(identity, "type"));
//!     if kind != Some("\"Root\"") {
//!         return Ok(Verdict::Keep);
//!     }
//!     json::with_member(record, "isRoot", "true", out);
//!     Ok(Verdict::Replace)
//! }
//!
//! trailmill_sdk::stage!(mark);
//!
//! let mut guest = trailmill_sdk::Guest::new(&STAGE);
//! let root = guest.filter(Some(br#"{"userIdentity":{"type":"Root"}}"#));
//! assert_eq!(root, b"{\"userIdentity\":{\"type\":\"Root\"},\"isRoot\":true}\0");
//! ```
//!
//! # What the function gets, and what it gives
//! A [`Record`] is one complete JSON object, checked, as text, of at most 8 MiB. Members may stand
//! there twice (the last one counts), and numbers may have any size.
//!
//! | it gives | and then |
//! |---|---|
//! | `Ok(Verdict::Keep)` | the record goes on as it is |
//! | `Ok(Verdict::Replace)` | what was written to `out`, which is empty at first, goes on: one JSON object, whatever its white space |
//! | `Ok(Verdict::Filter)` | the record does not go on |
//! | `Err(Trouble)` | the record is in trouble: quarantined in batches; in Fluent Bit it goes on as it is, with `trailmillFault` |
//! | `Replace`, and no JSON object | the same: the record is in trouble, `row-no-object` |
//! | it panics | a trap, see below |
//!
//! A stage that hides secrets is a guard, `stage!(hide, guards: true)`: of a record in trouble
//! nothing is passed on then but the fault.
//!
//! So whatever the function writes, a host gets valid JSON, and no record is lost on the way but
//! by `Filter`. It is a function of the record and the settings alone: a module has no clock, no
//! files and no network, and a value that it keeps from record to record is gone after a trap.
//!
//! # Panics
//! A panic ends the call with a trap, without an answer. Fluent Bit then drops the record; the
//! stage `wasm` of `trailmill` takes another instance, and the events of that call go to the
//! quarantine. The module can go on afterwards: the next call makes a new state of the same
//! settings. But what a trap leaves on the stack of the module stays there: with a stack of 64 KiB,
//! in a test, everything trapped after the 132nd panic, in a host that keeps the instance, as
//! Fluent Bit does.
//! So give an error for whatever can be in a record: no `unwrap`, no index out of range.
//!
//! # The crate of a module
//! ```toml
//! [lib]
//! crate-type = ["cdylib", "rlib"]
//!
//! [profile.release]
//! lto = true
//! panic = "abort"
//! opt-level = 2
//! strip = true
//! ```
//!
//! `build.rs` tells the linker that a stack of 64 KiB is enough, and how much memory the module
//! may have in the end. Without it the stack takes 1 MiB of every instance, and hosts do not know
//! where the module will stop:
//!
//! ```no_run
//! # #[allow(clippy::needless_doctest_main)]
//! fn main() {
//!     if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
//!         println!("cargo::rustc-link-arg-cdylib=-zstack-size=65536");
//!         println!("cargo::rustc-link-arg-cdylib=--max-memory=134217728");
//!     }
//! }
//! ```

mod guest;
pub mod json;
mod record;
mod stage;
mod stage_macro;
#[doc(hidden)]
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use guest::{Guest, RECORD_BYTES_MAX};
pub use record::Record;
#[doc(hidden)]
pub use stage::no_settings;
pub use stage::{Apply, Settings, Stage, Trouble, Verdict};
