//! A guest that is not what this crate takes for one.

use std::fmt;

/// What is wrong with a module that is to be made into another: a bug, or somebody else's module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken(pub(super) String);

/// What fails if a module is not as it should be.
pub(super) type Result<T> = std::result::Result<T, Broken>;

impl Broken {
    pub(super) fn new(message: &str) -> Self {
        Broken(message.to_owned())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the generic guest can not be used: {}", self.0)
    }
}

impl From<wasmparser::BinaryReaderError> for Broken {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Broken(error.to_string())
    }
}

impl<E: fmt::Display> From<wasm_encoder::reencode::Error<E>> for Broken {
    fn from(error: wasm_encoder::reencode::Error<E>) -> Self {
        Broken(error.to_string())
    }
}

impl From<wasmtime::Error> for Broken {
    fn from(error: wasmtime::Error) -> Self {
        Broken(format!("{error:#}"))
    }
}

impl From<crate::NoComponent> for Broken {
    fn from(error: crate::NoComponent) -> Self {
        Broken(error.to_string())
    }
}
