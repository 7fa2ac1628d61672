//! The modules that are tested, built once.

/// The bytes of the module, as a release has it.
pub(crate) fn module() -> &'static [u8] {
    trailmill_shim::guest(env!("CARGO_TARGET_TMPDIR"))
}

/// The bytes of the generic module, with the entry points of all hosts.
pub(crate) fn generic() -> &'static [u8] {
    trailmill_shim::generic_guest(env!("CARGO_TARGET_TMPDIR"))
}
