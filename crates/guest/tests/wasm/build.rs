//! The modules that are tested, built once.

use std::sync::OnceLock;

/// The bytes of the module, as a release has it.
pub(crate) fn module() -> &'static [u8] {
    trailmill_shim::guest(env!("CARGO_TARGET_TMPDIR"))
}

/// The bytes of the generic module, with the entry points of all hosts.
pub(crate) fn generic() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| trailmill_host::export::generic_guest().expect("a guest"))
}
