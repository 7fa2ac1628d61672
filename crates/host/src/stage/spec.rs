//! The descriptor of the stage `wasm`, and how it is built from its settings.

use super::Wasm;
use crate::sandbox::{Bounds, Failure, Module};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use trailmill_abi::{FILE, PIPELINE, VARIABLE, entry};
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The stage `wasm`.
pub const SPEC: StageSpec = StageSpec {
    name: "wasm",
    summary: "Has a WebAssembly module of your own rewrite or filter the events, in a sandbox.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Runs any module with the batch ABI of trailmill (`crates/guest/ABI.md`): one that `trailmill \
export --host trailmill` has made of a pipeline file, or a stage that somebody has written in Rust \
or C. It needs the exports `memory`, `malloc`, `free`, `trailmill_abi_version`, \
`trailmill_describe` and `trailmill_process`; `trailmill_configure` and `trailmill_origin` are \
called if they are there.

The module gets each event by itself, as a line of JSON, and answers the row that takes its place, \
or that the event is filtered or dropped. It can make no more than one row of an event. The \
instances of a module are used again, each by one thread at a time, so a module must not let what \
it answers depend on the events before.

A module is not trusted. It can import nothing, so it reaches no file, no clock and no network; \
its memory, its tables, its stack and the time of each call are limited; its answers are checked, \
and a row must be one JSON object on one line. Whatever goes wrong is a fault of that event alone, \
the instance is thrown away, and the next event meets a fresh one:

| fault | what the module did |
|---|---|
| `guest-trapped` | it has trapped, for instance as its stack was full or it divided by zero |
| `guest-timed-out` | it took longer than `deadline_ms` |
| `guest-out-of-memory` | it could not go on with `memory_bytes_max` |
| `guest-answer-malformed` | its answer is not within its memory, or not laid out as it should be, \
or its counts are not those of one event |
| `guest-row-invalid` | its row is no JSON object |
| `guest-row-too-large` | its row has more than `row_bytes_max` bytes |
| `guest-several-rows` | it made several rows |
| `guest-refused` | it says that it could not process the event |
| `guest-quarantined` | it is a pipeline, and its own quarantine got the event |
| `guest-not-started` | no fresh instance could be started |

A module that was made of a pipeline with `redact` is a guard, as `redact` itself is, and so is \
one whose author says that it is.

What is compiled is kept where `wasmtime` keeps it for all programs (on Linux \
`~/.cache/wasmtime`), so that the next start is quick; a cache that is broken or can not be \
written is passed over.";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "module",
        kind: "path",
        default: "",
        summary: "The file of the module (.wasm), relative to the pipeline file.",
    },
    OptionSpec {
        name: "settings",
        kind: "JSON",
        default: "none",
        summary: "Settings for a module that is not configured yet, which gets them as \
                  `settings.json`.",
    },
    OptionSpec {
        name: "files",
        kind: "list of paths",
        default: "[]",
        summary: "Files that the module gets with its settings, under the names given here.",
    },
    OptionSpec {
        name: "variables",
        kind: "list of names",
        default: "[]",
        summary: "Environment variables, such as keys, that the module gets with its settings.",
    },
    OptionSpec {
        name: "deadline_ms",
        kind: "count",
        default: "50",
        summary: "How long the module may take for an event: milliseconds of CPU time, to 60000.",
    },
    OptionSpec {
        name: "memory_bytes_max",
        kind: "bytes",
        default: "67108864",
        summary: "How much memory an instance may have, of which each thread has one.",
    },
    OptionSpec {
        name: "row_bytes_max",
        kind: "bytes",
        default: "8388608",
        summary: "How large a row may be that the module makes of an event.",
    },
    OptionSpec {
        name: "module_bytes_max",
        kind: "bytes",
        default: "16777216",
        summary: "How large the file of the module may be.",
    },
];

const EXAMPLES: &[Example] = &[
    Example {
        title: "Mark the events that a module of your own has seen",
        settings: r#"{"module": "review.wasm"}"#,
        before: r#"{"eventName": "DeleteTrail", "readOnly": false}"#,
        after: After::Event(r#"{"eventName":"DeleteTrail","readOnly":false,"reviewed":true}"#),
    },
    Example {
        title: "Have it filter what only reads",
        settings: r#"{"module": "review.wasm", "deadline_ms": 20}"#,
        before: r#"{"eventName": "GetUser", "readOnly": true}"#,
        after: After::Filtered,
    },
];

/// Every stage of a program that can run guests: its plugins, and `wasm` behind them.
pub fn stages(plugins: &[&'static StageSpec]) -> Vec<&'static StageSpec> {
    plugins.iter().copied().chain([&SPEC]).collect()
}

/// What `deadline_ms` may be.
const DEADLINE_MS: std::ops::RangeInclusive<u64> = 1..=60_000;

/// The options as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    module: String,
    settings: Option<Value>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    variables: Vec<String>,
    deadline_ms: Option<u64>,
    memory_bytes_max: Option<usize>,
    row_bytes_max: Option<usize>,
    module_bytes_max: Option<usize>,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let wrong =
        |message: String| SettingsError::new("module", format!("{}: {message}", options.module));
    let bounds = bounds(&options)?;
    let bytes = resources.mapped(&options.module);
    let bytes = bytes.map_err(|message| SettingsError::new("module", message))?;
    let mut module = Module::load(&bytes, bounds).map_err(wrong)?;
    match configuration(&options, resources)? {
        Some(configuration) => module = module.configured(configuration),
        None if module.description().wants_configuration() => {
            let message = "the module is not configured yet; give it settings, or make one that \
                           is with `trailmill export`";
            return Err(SettingsError::new("settings", message));
        }
        None => {}
    }
    let row_bytes_max = options.row_bytes_max.unwrap_or(8 << 20);
    let stage = Wasm::new(module, row_bytes_max).map_err(|failure| match failure {
        Failure::Refused(_) => SettingsError::new("settings", failure.to_string()),
        _ => wrong(failure.to_string()),
    })?;
    Ok(Box::new(stage))
}

fn bounds(options: &Options) -> Result<Bounds, SettingsError> {
    let usual = Bounds::default();
    let deadline = match options.deadline_ms {
        Some(deadline) if !DEADLINE_MS.contains(&deadline) => {
            return Err(SettingsError::new("deadline_ms", "expected a number from 1 to 60000"));
        }
        Some(deadline) => Duration::from_millis(deadline),
        None => usual.deadline,
    };
    Ok(Bounds {
        module_bytes_max: options.module_bytes_max.unwrap_or(usual.module_bytes_max),
        memory_bytes_max: options.memory_bytes_max.unwrap_or(usual.memory_bytes_max),
        deadline,
    })
}

/// The configuration that the options make, if they make one.
fn configuration(
    options: &Options,
    resources: &dyn Resources,
) -> Result<Option<Vec<u8>>, SettingsError> {
    let Some(settings) = &options.settings else {
        let rest = [("files", &options.files), ("variables", &options.variables)];
        return match rest.into_iter().find(|(_, names)| !names.is_empty()) {
            Some((option, _)) => Err(SettingsError::new(option, "needs `settings`")),
            None => Ok(None),
        };
    };
    let mut out = Vec::new();
    entry(PIPELINE, "settings.json", settings.to_string().as_bytes(), &mut out);
    for (at, path) in options.files.iter().enumerate() {
        let content = resources.mapped(path);
        let content = content.map_err(|why| SettingsError::new(&format!("files[{at}]"), why))?;
        entry(FILE, path, &content, &mut out);
    }
    for (at, name) in options.variables.iter().enumerate() {
        let value = resources.variable(name);
        let value = value.map_err(|why| SettingsError::new(&format!("variables[{at}]"), why))?;
        entry(VARIABLE, name, value.as_bytes(), &mut out);
    }
    Ok(Some(out))
}
