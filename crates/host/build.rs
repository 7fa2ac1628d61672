//! Builds the generic guest, which the program carries inside, and packs it: once for hosts that
//! have vectors, and once for those that do not.
//!
//! `trailmill export` needs no compiler on the machine of whoever uses it; so the guest is built
//! here, for WebAssembly and with a profile of its own, whatever profile this is. With
//! `TRAILMILL_GUEST` and `TRAILMILL_GUEST_VECTORS` set to the paths of such modules, these are
//! taken instead; with the first alone, it is taken for both.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc is told for hosts that have vectors.
const VECTORS: &str = "-Ctarget-feature=+simd128";

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

/// The variables that name modules which are built already.
const GIVEN: [&str; 2] = ["TRAILMILL_GUEST", "TRAILMILL_GUEST_VECTORS"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    GIVEN.iter().for_each(|name| println!("cargo::rerun-if-env-changed={name}"));
    let [portable, vectors] = GIVEN.map(env::var_os);
    let vectors = vectors.or_else(|| portable.clone());
    let vectors = vectors.map_or_else(|| build("guest-vectors", VECTORS), PathBuf::from);
    pack(&vectors, "guest-vectors.wasm.gz");
    pack(&portable.map_or_else(|| build("guest", ""), PathBuf::from), "guest.wasm.gz");
}

/// Packs a module into a file of that name.
fn pack(module: &Path, name: &str) {
    println!("cargo::rerun-if-changed={}", module.display());
    let bytes = fs::read(module).unwrap_or_else(|e| panic!("{}: {e}", module.display()));
    let packed = out().join(name);
    let file = File::create(&packed).unwrap_or_else(|e| panic!("{}: {e}", packed.display()));
    let mut writer = GzEncoder::new(file, Compression::best());
    writer.write_all(&bytes).and_then(|()| writer.finish()).expect("the guest is packed");
}

fn out() -> PathBuf {
    PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"))
}

/// Builds the guest with flags, in a folder that all profiles share; gives the path of the module.
fn build(folder: &str, flags: &str) -> PathBuf {
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
    let folder = out().ancestors().nth(4).expect("a folder of cargo's").join(folder);
    let status = Command::new(env::var_os("CARGO").expect("cargo says which"))
        .current_dir(&workspace)
        .args(["build", "--quiet", "--locked", "--package", "trailmill-guest"])
        .args(["--features", "foreign-hosts", "--profile", "guest", "--target", TARGET])
        .arg("--target-dir")
        .arg(&folder)
        // What is set for this build is not meant for that one.
        .env("RUSTFLAGS", flags)
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
    let built = folder.join(TARGET).join("guest/trailmill_guest.wasm");
    let bytes = fs::read(&built).unwrap_or_else(|e| panic!("{}: {e}", built.display()));
    // A name of its own, as tests build the guest in this folder with other features. What has not
    // changed is not written, so that nothing looks changed.
    let kept = folder.join("generic.wasm");
    if fs::read(&kept).ok().as_ref() != Some(&bytes) {
        fs::write(&kept, bytes).unwrap_or_else(|e| panic!("{}: {e}", kept.display()));
    }
    kept
}
