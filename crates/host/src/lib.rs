//! Runs guests in `wasmtime`, sandboxed, as a stage; makes guests from pipeline files.

mod component;
pub mod export;

pub use component::{NoComponent, component};
