//! Builds the generic guest, which the program carries inside, and packs it.
//!
//! `trailmill export` needs no compiler on the machine of whoever uses it; so the guest is built
//! here, for WebAssembly and with a profile of its own, whatever profile this is. With
//! `TRAILMILL_GUEST` set to the path of such a module, that is taken instead.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// What the guest is made of, below the root of the workspace; and the plugins.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/abi",
    "crates/address/src",
    "crates/catalog/src",
    "crates/condition/src",
    "crates/event/src",
    "crates/guest/Cargo.toml",
    "crates/guest/build.rs",
    "crates/guest/src",
    "crates/json/src",
    "crates/pipeline/src",
    "crates/stage/src",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=TRAILMILL_GUEST");
    let module = env::var_os("TRAILMILL_GUEST").map_or_else(build, PathBuf::from);
    println!("cargo::rerun-if-changed={}", module.display());
    let bytes = fs::read(&module).unwrap_or_else(|e| panic!("{}: {e}", module.display()));
    let packed = out().join("guest.wasm.gz");
    let file = File::create(&packed).unwrap_or_else(|e| panic!("{}: {e}", packed.display()));
    let mut writer = GzEncoder::new(file, Compression::best());
    writer.write_all(&bytes).and_then(|()| writer.finish()).expect("the guest is packed");
}

fn out() -> PathBuf {
    PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"))
}

/// Builds the guest in a folder that all profiles share; gives the path of the module.
fn build() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", workspace.join(source).display());
    }
    let plugins = fs::read_dir(workspace.join("plugins")).expect("the folder of plugins");
    for plugin in plugins.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", plugin.join("src").display());
        println!("cargo::rerun-if-changed={}", plugin.join("Cargo.toml").display());
    }
    // The folder for what this builds lies four levels above: <target>/<profile>/build/<package>.
    let folder = out().ancestors().nth(4).expect("a folder of cargo's").join("guest");
    let status = Command::new(env::var_os("CARGO").expect("cargo says which"))
        .current_dir(&workspace)
        .args(["build", "--quiet", "--locked", "--package", "trailmill-guest"])
        .args(["--features", "foreign-hosts", "--profile", "guest", "--target", TARGET])
        .arg("--target-dir")
        .arg(&folder)
        // What is set for this build is not meant for that one.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env_remove("CARGO_BUILD_TARGET")
        .status()
        .expect("cargo can be run");
    assert!(
        status.success(),
        "the guest can not be built; if the standard library for {TARGET} is missing, install it \
         with `rustup target add {TARGET}`, or set TRAILMILL_GUEST to a module that is built"
    );
    folder.join(TARGET).join("guest/trailmill_guest.wasm")
}
