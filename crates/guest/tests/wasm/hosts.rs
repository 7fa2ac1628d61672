//! The runtimes that the module is run in.

use crate::build::module;
pub(crate) use trailmill_shim::{Compiled, Interpreted, Machine};

/// The module, compiled.
pub(crate) fn compiled() -> wasmtime::Module {
    trailmill_shim::compiled(module())
}
