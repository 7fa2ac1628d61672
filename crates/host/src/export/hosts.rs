//! The hosts that a module can be made for: what each calls, allows and wants to be told.

use std::fmt;
use std::str::FromStr;

/// A host that loads modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Fluent Bit's `filter_wasm`.
    FluentBit,
    /// Our own: the stage `wasm`, and whoever follows `crates/guest/ABI.md`.
    Trailmill,
    /// The processor `wasm` of Redpanda Connect.
    RedpandaConnect,
    /// Data Transforms of the Redpanda broker.
    Redpanda,
    /// Any SDK of Extism.
    Extism,
    /// Any host of components, such as `wasmtime` or, by way of `jco`, Node.
    Component,
}

/// What is known of a host.
#[derive(Debug)]
pub(super) struct Profile {
    host: Host,
    pub(super) name: &'static str,
    /// The exports that it calls, by the names that they have in the generic guest and the names
    /// that it knows.
    pub(super) exports: &'static [(&'static str, &'static str)],
    /// The most pages of memory that it gives, if that is less than the guest may ask for.
    pub(super) pages_max: Option<u64>,
    /// How many bytes the tables that a pipeline names may have, all together.
    pub(super) table_bytes_max: usize,
    /// Whether a record can become one row at most.
    pub(super) takes_one_row: bool,
    /// Whether it hands over nothing but text.
    pub(super) all_is_text: bool,
    /// Whether it loads components, and not core modules.
    pub(super) is_component: bool,
    /// Whether it has vectors (`simd128`), in every release that it is made for.
    pub(super) vectors: bool,
    /// What its user pastes; `{file}` stands for the module.
    pub(super) configuration: &'static str,
}

const MEMORY: (&str, &str) = ("memory", "memory");
const MALLOC: (&str, &str) = ("malloc", "malloc");
const FREE: (&str, &str) = ("free", "free");

/// What holds of most hosts: they take core modules with vectors, any input and any number of rows.
const USUAL: Profile = Profile {
    host: Host::Trailmill,
    name: "",
    exports: &[],
    pages_max: None,
    table_bytes_max: 128 << 20,
    takes_one_row: false,
    all_is_text: false,
    is_component: false,
    vectors: true,
    configuration: "",
};

/// All hosts, in the order of [`Host`], in which they are told.
const PROFILES: &[Profile] = &[
    // Without `__heap_base` and `__data_end`: where its runtime finds them, it gives the first of
    // five threads a fifth of the stack, and ends every call that needs more.
    Profile {
        host: Host::FluentBit,
        name: "fluent-bit",
        exports: &[MEMORY, MALLOC, FREE, ("trailmill_fluent_bit", "trailmill_fluent_bit")],
        table_bytes_max: 64 << 20,
        takes_one_row: true,
        all_is_text: true,
        // Its runtime is built without them, and refuses a module that has any.
        vectors: false,
        configuration: include_str!("hosts/fluent-bit.yaml"),
        ..USUAL
    },
    Profile {
        host: Host::Trailmill,
        name: "trailmill",
        exports: &[
            MEMORY,
            MALLOC,
            FREE,
            ("trailmill_abi_version", "trailmill_abi_version"),
            ("trailmill_describe", "trailmill_describe"),
            ("trailmill_origin", "trailmill_origin"),
            ("trailmill_process", "trailmill_process"),
        ],
        configuration: include_str!("hosts/trailmill.yaml"),
        ..USUAL
    },
    Profile {
        host: Host::RedpandaConnect,
        name: "redpanda-connect",
        exports: &[
            MEMORY,
            ("trailmill_connect_malloc", "malloc"),
            FREE,
            ("trailmill_connect_process", "process"),
        ],
        table_bytes_max: 64 << 20,
        configuration: include_str!("hosts/redpanda-connect.yaml"),
        ..USUAL
    },
    // A broker gives a transform 2 MiB of memory unless it was told otherwise.
    Profile {
        host: Host::Redpanda,
        name: "redpanda",
        exports: &[MEMORY, ("trailmill_redpanda_start", "_start")],
        pages_max: Some(32),
        // Nobody has seen a broker take them.
        vectors: false,
        table_bytes_max: 256 << 10,
        configuration: include_str!("hosts/redpanda.txt"),
        ..USUAL
    },
    Profile {
        host: Host::Extism,
        name: "extism",
        exports: &[
            MEMORY,
            ("trailmill_extism_process", "process"),
            ("trailmill_extism_process_all", "process_all"),
            ("trailmill_extism_origin", "origin"),
            ("trailmill_extism_describe", "describe"),
        ],
        configuration: include_str!("hosts/extism.py"),
        ..USUAL
    },
    Profile {
        host: Host::Component,
        name: "component",
        exports: &[
            MEMORY,
            ("trailmill_component_realloc", "cabi_realloc"),
            ("trailmill_component_describe", "trailmill:pipeline/pipeline@0.1.0#describe"),
            ("trailmill_component_process", "trailmill:pipeline/pipeline@0.1.0#process"),
        ],
        is_component: true,
        configuration: include_str!("hosts/component.txt"),
        ..USUAL
    },
];

impl Host {
    /// All of them, in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Host> {
        PROFILES.iter().map(|profile| profile.host)
    }

    pub(super) fn profile(self) -> &'static Profile {
        &PROFILES[self as usize]
    }

    /// Its name on the command line: `fluent-bit`.
    pub fn name(self) -> &'static str {
        self.profile().name
    }

    /// What its user pastes into a configuration, for a module of that name.
    pub fn configuration(self, file: &str) -> String {
        self.profile().configuration.replace("{file}", file)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no host of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownHost;

impl fmt::Display for UnknownHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Host::all().map(Host::name).collect();
        write!(f, "there is no such host (hosts: {})", names.join(", "))
    }
}

impl std::error::Error for UnknownHost {}

impl FromStr for Host {
    type Err = UnknownHost;

    fn from_str(name: &str) -> Result<Self, UnknownHost> {
        Host::all().find(|host| host.name() == name).ok_or(UnknownHost)
    }
}

#[cfg(test)]
mod tests;
