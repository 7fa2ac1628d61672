//! Builds modules from copies of their folders, as their authors do.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use trailmill_shim::TARGET;

pub(crate) fn workspace() -> PathBuf {
    trailmill_shim::workspace().canonicalize().expect("the workspace")
}

/// Where modules are built: nobody's but this test's.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("sdk").join(name)
}

/// The example in Rust.
pub(crate) fn office_hours() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| example("examples/office-hours", "office_hours"))
}

/// A stage that does what no stage should.
pub(crate) fn odd() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| example("tests/odd", "odd"))
}

/// The example in Rust, made a guard as its author would.
pub(crate) fn guard() -> &'static [u8] {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| {
        let name = "office_guard";
        let place = copied("examples/office-hours", name);
        edit(&place.join("Cargo.toml"), "name = \"office-hours\"", "name = \"office_guard\"");
        edit(&place.join("src/lib.rs"), "settings: Office)", "settings: Office, guards: true)");
        built(&place, name)
    })
}

fn example(from: &str, name: &str) -> Vec<u8> {
    built(&copied(from, name), name)
}

/// A copy of a folder of this crate.
fn copied(from: &str, name: &str) -> PathBuf {
    let place = folder(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(from), &place);
    place
}

/// Writes something else in a file, where it stands.
fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{} has `{from}`", path.display());
    fs::write(path, text.replace(from, to)).expect("a file");
}

fn built(to: &Path, name: &str) -> Vec<u8> {
    let sdk = format!("path = '{}'", env!("CARGO_MANIFEST_DIR"));
    edit(&to.join("Cargo.toml"), "path = \"../..\"", &sdk);
    cargo(to, &["build", "--release", "--target", TARGET]);
    module(name)
}

/// Copies a folder, less what was built in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true if path.ends_with("target") => {}
            true => copy(&path, &target),
            false => _ = fs::copy(&path, &target).expect("a copy"),
        }
    }
}

/// Runs cargo in a folder, with the versions of dependencies that the workspace has.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) {
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let errors = trailmill_shim::cargo(folder, &self::folder("target"), arguments);
    assert!(!errors.contains("warning"), "cargo {arguments:?} warns:\n{errors}");
}

/// The bytes of a module that was built.
pub(crate) fn module(name: &str) -> Vec<u8> {
    let path = folder("target").join(TARGET).join("release").join(format!("{name}.wasm"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The example in C; none, and a line on the error output that says so, where there is no clang
/// that can do it. It is built by the command that stands at its head.
pub(crate) fn mark_denied() -> Option<&'static [u8]> {
    static MODULE: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    MODULE.get_or_init(|| compiled("mark_denied", &[])).as_deref()
}

/// The same as a guard.
pub(crate) fn guard_in_c() -> Option<&'static [u8]> {
    static MODULE: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    MODULE.get_or_init(|| compiled("mark_guard", &["-DGUARD"])).as_deref()
}

fn compiled(name: &str, more: &[&str]) -> Option<Vec<u8>> {
    let to = copied("examples/c", name);
    let clang = ["clang", "wasm-ld"].map(|tool| Command::new(tool).arg("--version").output());
    if clang.iter().any(Result::is_err) {
        // Not by a macro, whose output a test that passes keeps to itself.
        let skipped = b"SKIPPED: no clang or no lld, so the example in C is not tested\n";
        std::io::stderr().write_all(skipped).expect("an error output");
        return None;
    }
    let source = fs::read_to_string(to.join("stage.c")).expect("a source");
    let lines = source.lines().filter_map(|line| line.strip_prefix("//     "));
    let command = lines.map(|line| line.trim_end_matches('\\')).collect::<String>();
    let mut words = command.split_whitespace();
    let mut clang = Command::new(words.next().expect("a command"));
    let clang = clang.current_dir(&to).args(words).arg("-Werror").args(more);
    let output = clang.output().expect("clang");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(fs::read(to.join("stage.wasm")).expect("a module"))
}
