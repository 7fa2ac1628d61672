//! Modules built for tests, as their authors build them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use wasmtime::{Config, Engine, Module};

/// What modules are built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The module of `crates/guest` as a release has it, built once; `folder` is to be the
/// `CARGO_TARGET_TMPDIR` of the test.
///
/// # Panics
/// If it can not be built.
pub fn guest(folder: &str) -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| {
        // Where `crates/host/build.rs` has built nearly all of it, with more entry points: it
        // keeps its module under another name.
        let folder = Path::new(folder).with_file_name("guest");
        let build = ["build", "--locked", "--package", "trailmill-guest", "--profile", "guest"];
        cargo(&workspace(), &folder, &[&build[..], &["--target", TARGET]].concat());
        let path = folder.join(TARGET).join("guest/trailmill_guest.wasm");
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    })
}

/// Runs cargo in a folder, with a target folder that is not the usual one; gives what it has said
/// on its error output.
///
/// # Panics
/// If it fails, with what it has said.
pub fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(arguments)
        .env("CARGO_TARGET_DIR", target)
        // What is set for the tests is not meant for modules.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .expect("cargo can be run");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !errors.contains("target may not be installed"),
        "the standard library for {TARGET} is missing; install it with\n\n    \
         rustup target add {TARGET}\n"
    );
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "cargo {arguments:?} fails:\n{errors}\n{printed}");
    errors
}

/// An engine without what Fluent Bit's runtime does not have: vectors, tail calls, 64-bit memories
/// and whatever is newer.
///
/// # Panics
/// If there can be none.
pub fn old_engine() -> Engine {
    let mut config = Config::new();
    config.wasm_simd(false).wasm_relaxed_simd(false).wasm_tail_call(false);
    config.wasm_multi_memory(false).wasm_memory64(false).wasm_extended_const(false);
    Engine::new(&config).expect("an engine")
}

/// Holds a module to what [`old_engine`] takes.
///
/// # Panics
/// If it needs more.
pub fn assert_for_old_hosts(module: &[u8]) {
    Module::validate(&old_engine(), module).expect("a module for old hosts");
}
