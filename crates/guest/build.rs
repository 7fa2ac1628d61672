//! Tells the linker how much memory the module may have: a promise to hosts, so it stands in the
//! module and not in settings that a build may leave out.

/// The stack, in bytes: what hosts for small modules allow, and enough, since nothing recurses on
/// input without bound.
const STACK_BYTES: u32 = 64 << 10;

/// The most memory that the module can ever ask for, in bytes.
const MEMORY_BYTES_MAX: u32 = 512 << 20;

/// The first position of the table that holds a function. Whoever looks through the memory of a
/// module for what it refers to (`trailmill export` does) can tell such a position from the numbers
/// that stand there for other reasons: lengths, most of which are smaller, and sizes, which are
/// round. With 4096, a size of the decoder kept a stage alive that no pipeline had.
const TABLE_BASE: u32 = 11_003;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK_BYTES}");
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MEMORY_BYTES_MAX}");
        println!("cargo::rustc-link-arg-cdylib=--table-base={TABLE_BASE}");
        // Whoever takes the module apart later has to know what refers to what in it.
        let records = std::env::var_os("CARGO_FEATURE_FOREIGN_HOSTS").is_some();
        let rest = if records { ["--emit-relocs", "--strip-debug"] } else { ["", "--strip-all"] };
        for argument in rest.iter().filter(|argument| !argument.is_empty()) {
            println!("cargo::rustc-link-arg-cdylib={argument}");
        }
    }
}
