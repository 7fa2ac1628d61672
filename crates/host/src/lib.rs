//! Runs guests in `wasmtime`, sandboxed, as a stage; makes guests from pipeline files.

pub mod export;
mod sandbox;
mod stage;

pub use sandbox::{Bounds, Description, Failure, Instance, Module};
pub use stage::{
    GUEST_ANSWER_MALFORMED, GUEST_NOT_STARTED, GUEST_OUT_OF_MEMORY, GUEST_QUARANTINED,
    GUEST_REFUSED, GUEST_ROW_INVALID, GUEST_ROW_TOO_LARGE, GUEST_SEVERAL_ROWS, GUEST_TIMED_OUT,
    GUEST_TRAPPED, Reply, SPEC, stages,
};
