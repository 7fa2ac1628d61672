//! Tells the linker how much memory the module may have: a promise to hosts, so it stands in the
//! module and not in settings that a build may leave out.

/// The stack, in bytes: what hosts for small modules allow, and enough, since nothing recurses on
/// input without bound.
const STACK_BYTES: u32 = 64 << 10;

/// The most memory that the module can ever ask for, in bytes.
const MEMORY_BYTES_MAX: u32 = 512 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK_BYTES}");
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MEMORY_BYTES_MAX}");
    }
}
