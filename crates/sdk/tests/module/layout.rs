//! The modules themselves: what they import, export, declare and weigh.

use crate::build::{mark_denied, odd, office_hours};
use trailmill_shim::{assert_for_old_hosts, compiled};
use wasmtime::ExternType;

/// What a host that reads `ABI.md` looks for.
const EXPORTS: [&str; 9] = [
    "free",
    "malloc",
    "memory",
    "trailmill_abi_version",
    "trailmill_configure",
    "trailmill_describe",
    "trailmill_fluent_bit",
    "trailmill_origin",
    "trailmill_process",
];

/// What the linker and the macro export besides.
const MORE: [&str; 3] = ["__data_end", "__heap_base", "wizer-initialize"];

/// A module with no more than it needs: at most `bytes_max` bytes, and so many pages of memory.
fn is_good(module: &'static [u8], bytes_max: usize, pages_max: u64) {
    assert!(module.len() <= bytes_max, "the module has {} bytes", module.len());
    let compiled = compiled(module);
    assert_eq!(compiled.imports().count(), 0, "imports");
    let names: Vec<&str> = compiled.exports().map(|export| export.name()).collect();
    assert!(EXPORTS.iter().all(|name| names.contains(name)), "{names:?}");
    let other = names.iter().find(|name| !EXPORTS.contains(name) && !MORE.contains(name));
    assert_eq!(other, None, "another export");
    let Some(ExternType::Memory(memory)) = compiled.get_export("memory") else {
        panic!("no memory");
    };
    assert!(memory.maximum().is_some_and(|pages| pages <= pages_max), "{:?}", memory.maximum());
    assert_for_old_hosts(module);
    // Names of functions are for whoever debugs, and take half of a module.
    assert!(!module.windows(5).any(|part| part == b"\x04name"), "a section of names");
}

#[test]
fn modules_are_small_and_import_nothing() {
    is_good(office_hours(), 150 << 10, 2048);
    is_good(odd(), 70 << 10, 2048);
    if let Some(module) = mark_denied() {
        is_good(module, 24 << 10, 1024);
    }
}
