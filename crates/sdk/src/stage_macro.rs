//! The macro, which expands in the module itself: only that may export.
#![allow(unsafe_code, reason = "exported names are a promise that nobody else exports them")]

/// Makes a module of a function: `stage!(function)`, or `stage!(function, settings: Type)`.
///
/// `stage!(mark)` is for `fn mark(record: &Record, out: &mut String) -> Result<Verdict, Trouble>`;
/// with settings it is `fn mark(settings: &Type, record: &Record, out: &mut String) -> ...`, and
/// [`Settings`](crate::Settings) has to be there for `Type`. With `guards: true` behind that, the
/// stage is a guard, as one has to be that hides secrets; see [`Stage::guards`](crate::Stage).
///
/// It stands once, in a crate that is a `cdylib`. Name, version and description of the stage are
/// those of the package. Everything that hosts call is exported where the target is WebAssembly;
/// elsewhere there is only `STAGE`, for tests.
#[macro_export]
macro_rules! stage {
    ($function:path) => {
        $crate::stage!($function, guards: false);
    };
    ($function:path, guards: $guards:expr) => {
        $crate::stage!(@stage $guards, "{}", |settings: &str| {
            $crate::no_settings(settings)?;
            Ok(Box::new(|record: &$crate::Record<'_>, out: &mut String| $function(record, out)))
        });
    };
    ($function:path, settings: $settings:ty) => {
        $crate::stage!($function, settings: $settings, guards: false);
    };
    ($function:path, settings: $settings:ty, guards: $guards:expr) => {
        $crate::stage!(@stage $guards, <$settings as $crate::Settings>::DEFAULT, |settings: &str| {
            let settings = <$settings as $crate::Settings>::new(settings)?;
            Ok(Box::new(move |record: &$crate::Record<'_>, out: &mut String| {
                $function(&settings, record, out)
            }))
        });
    };
    (@stage $guards:expr, $default:expr, $build:expr) => {
        /// The stage that this module is.
        pub static STAGE: $crate::Stage = $crate::Stage {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            description: env!("CARGO_PKG_DESCRIPTION"),
            settings: $default,
            guards: $guards,
            build: $build,
        };

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            use $crate::wasm;

            #[unsafe(no_mangle)]
            extern "C" fn malloc(bytes: u32) -> *mut u8 {
                wasm::malloc(bytes)
            }

            #[unsafe(no_mangle)]
            extern "C" fn free(pointer: u32) {
                wasm::free(pointer);
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_abi_version() -> u32 {
                wasm::abi_version()
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_describe() -> u64 {
                wasm::describe(&STAGE)
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_configure(pointer: u32, length: u32) -> u64 {
                wasm::configure(&STAGE, pointer, length)
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_origin(pointer: u32, length: u32) -> u64 {
                wasm::origin(&STAGE, pointer, length)
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_process(pointer: u32, length: u32) -> u64 {
                wasm::process(&STAGE, pointer, length)
            }

            #[unsafe(no_mangle)]
            extern "C" fn trailmill_fluent_bit(
                _tag: u32,
                _tag_length: u32,
                _seconds: u32,
                _nanoseconds: u32,
                record: u32,
                record_length: u32,
            ) -> *const u8 {
                wasm::fluent_bit(&STAGE, record, record_length)
            }

            #[unsafe(export_name = "wizer-initialize")]
            extern "C" fn initialize() {
                wasm::initialize(&STAGE);
            }
        };
    };
}
