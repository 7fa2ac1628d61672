//! Runs guests in `wasmtime`, sandboxed, as a stage; makes guests from pipeline files.

pub mod export;
