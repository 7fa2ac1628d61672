//! The module itself: what it imports, exports, declares and weighs.

use crate::build::module;
use crate::hosts::compiled;
use wasmtime::ExternType;

/// What the module may weigh, in bytes: about what it does, so that it does not grow unseen. Much
/// of it reads settings, which is of no more use once a module is configured, and is then taken out
/// (see `exported.rs`).
const BYTES_MAX: usize = 2500 << 10;

#[test]
fn the_module_does_not_grow() {
    let bytes = module().len();
    assert!(bytes <= BYTES_MAX, "the module has {bytes} bytes");
}

#[test]
fn nothing_is_imported() {
    let imports: Vec<String> = compiled().imports().map(|import| format!("{import:?}")).collect();
    assert_eq!(imports, [""; 0]);
}

#[test]
fn these_are_the_exports_and_the_memory_has_an_end() {
    let module = compiled();
    let mut names: Vec<&str> = module.exports().map(|export| export.name()).collect();
    names.sort_unstable();
    let expected = [
        "__data_end",
        "__heap_base",
        "free",
        "malloc",
        "memory",
        "trailmill_abi_version",
        "trailmill_configure",
        "trailmill_describe",
        "trailmill_fluent_bit",
        "trailmill_origin",
        "trailmill_process",
        "wizer-initialize",
    ];
    assert_eq!(names, expected);
    let Some(ExternType::Memory(memory)) = compiled().get_export("memory") else {
        panic!("no memory");
    };
    assert_eq!(memory.maximum(), Some(8192));
    assert!(memory.minimum() < 64, "{} pages at the start", memory.minimum());
}

/// What Fluent Bit's runtime does not have: vectors, tail calls, threads, 64-bit memories ...
#[test]
fn no_instruction_is_too_new() {
    trailmill_shim::assert_for_old_hosts(module());
}
