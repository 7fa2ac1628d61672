//! How guests are compiled and run: which WebAssembly there is, and what is checked on the way.

use super::clock::Clock;
use wasmtime::{Cache, Config, Engine};

/// The stack of a call, in bytes: threads have 2 MiB, and the host needs some of it.
const STACK_BYTES: usize = 512 << 10;

/// Smaller modules are compiled faster than found in the cache.
const CACHED_BYTES_MIN: usize = 64 << 10;

/// An engine for one module, with its clock.
///
/// # Errors
/// If the machine can not run guests, or has no thread left for the clock.
pub(crate) fn engine(module_bytes: usize) -> Result<(Engine, Clock), String> {
    let cache = (module_bytes >= CACHED_BYTES_MIN).then(cache).flatten();
    let engine = Engine::new(&config(cache)).map_err(|error| format!("{error:#}"))?;
    let clock = Clock::start(engine.clone()).map_err(|error| format!("no clock: {error}"))?;
    Ok((engine, clock))
}

/// The cache of compiled modules, where `wasmtime` has it for every program; none if there is
/// anything wrong with it, as it saves time only.
fn cache() -> Option<Cache> {
    Cache::from_file(None).ok()
}

fn config(cache: Option<Cache>) -> Config {
    let mut config = Config::new();
    config.cache(cache);
    config.epoch_interruption(true);
    config.max_wasm_stack(STACK_BYTES);
    // Nobody reads where a guest has trapped, and a trap costs less without.
    config.wasm_backtrace_max_frames(None);
    // What compilers use today for code without threads; the rest is surface.
    config.wasm_simd(true).wasm_relaxed_simd(false);
    config.wasm_bulk_memory(true).wasm_multi_value(true);
    config.wasm_multi_memory(false).wasm_memory64(false).wasm_custom_page_sizes(false);
    config.wasm_tail_call(false).wasm_wide_arithmetic(false);
    config
}

#[cfg(test)]
mod tests {
    use super::config;
    use std::{env, fs};
    use wasmtime::{Cache, CacheConfig, Engine, Module};

    /// Somebody has written over what is in the cache: it is compiled anew.
    #[test]
    fn a_broken_cache_is_no_error() {
        let folder = env::temp_dir().join(format!("trailmill-host-cache-{}", std::process::id()));
        let text = wat::parse_str("(module (func (export \"f\")))").expect("a module");
        let compiled = || {
            let mut settings = CacheConfig::new();
            settings.with_directory(&folder);
            let cache = Cache::new(settings).expect("a cache");
            let engine = Engine::new(&config(Some(cache.clone()))).expect("an engine");
            Module::new(&engine, &text).expect("a module");
            (cache.cache_hits(), cache.cache_misses())
        };
        assert_eq!(compiled(), (0, 1));
        assert_eq!(compiled(), (1, 0));
        overwrite(&folder);
        assert_eq!(compiled(), (0, 1));
        // A thread of the cache may be writing there still.
        let _ = fs::remove_dir_all(&folder);
    }

    fn overwrite(folder: &std::path::Path) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => overwrite(&path),
                false => fs::write(&path, "broken").expect("written"),
            }
        }
    }
}
