//! Builds the module, once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

/// The bytes of the module, as a release has it.
pub(crate) fn module() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| build(&[]))
}

/// The bytes of the generic module, with the entry points of all hosts.
pub(crate) fn generic() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| build(&["--features", "foreign-hosts"]))
}

fn build(options: &[&str]) -> Vec<u8> {
    // Both are built in one folder, where one has the place of the other.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let path = built(options);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn built(options: &[&str]) -> PathBuf {
    let target = "wasm32-unknown-unknown";
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // A folder of its own: whoever runs the tests may hold the lock of the usual one.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guest");
    let output = Command::new(env!("CARGO"))
        .current_dir(&workspace)
        .args(["build", "--locked", "--package", "trailmill-guest", "--profile", "guest"])
        .args(options)
        .args(["--target", target, "--target-dir"])
        .arg(&folder)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo can be run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        !errors.contains("target may not be installed"),
        "the standard library for {target} is missing; install it with\n\n    \
         rustup target add {target}\n"
    );
    assert!(output.status.success(), "the module can not be built:\n{errors}");
    folder.join(target).join("guest/trailmill_guest.wasm")
}
