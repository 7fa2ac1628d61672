//! The options of this plugin: what may be written, and what holds if it is not.

use crate::inflate::{Limits, Trailing};
use serde::Deserialize;
use trailmill_stage::{OptionSpec, Settings, SettingsError};

/// The options, in the order of the reference page.
pub(crate) const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "record_bytes_max",
        kind: "bytes",
        default: "33554432",
        summary: "The largest record; CloudTrail's own end at 1 MB.",
    },
    OptionSpec {
        name: "document_bytes_max",
        kind: "bytes",
        default: "67108864",
        summary: "The largest message around records, which is held in memory whole; an S3 log \
                  file and an array of records may have any size.",
    },
    OptionSpec {
        name: "records_max",
        kind: "number",
        default: "10000000",
        summary: "The most elements in one container (log file, array, message); 0 for no limit.",
    },
    OptionSpec {
        name: "inflated_bytes_max",
        kind: "bytes",
        default: "8589934592",
        summary: "The most that may come out of one compressed input.",
    },
    OptionSpec {
        name: "ratio_max",
        kind: "number",
        default: "250",
        summary: "The most bytes that may come out of each compressed byte, beyond the first MiB; \
                  CloudTrail's own files lie below 30.",
    },
    OptionSpec {
        name: "window_bytes_max",
        kind: "bytes",
        default: "8388608",
        summary: "The largest window of a zstd frame, which is what it costs in memory.",
    },
    OptionSpec {
        name: "trailing",
        kind: "one of refuse, accept",
        default: "refuse",
        summary: "What becomes of a file with more than zero padding behind its first gzip \
                  member: to quarantine as a whole, or read all members.",
    },
];

/// The options as they were written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Options {
    pub(crate) record_bytes_max: usize,
    pub(crate) document_bytes_max: usize,
    pub(crate) records_max: u64,
    inflated_bytes_max: u64,
    ratio_max: u32,
    window_bytes_max: u64,
    trailing: Behind,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Behind {
    Refuse,
    Accept,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            record_bytes_max: 32 << 20,
            document_bytes_max: 64 << 20,
            records_max: 10_000_000,
            inflated_bytes_max: 8 << 30,
            ratio_max: 250,
            window_bytes_max: 8 << 20,
            trailing: Behind::Refuse,
        }
    }
}

/// What an index can hold at once, less room to spare.
const TEXT_BYTES_MAX: usize = 1 << 30;

impl Options {
    /// Reads the options and checks what they say together.
    pub(crate) fn read(settings: &Settings) -> Result<Self, SettingsError> {
        let options: Options = settings.read()?;
        let sizes = [
            ("record_bytes_max", options.record_bytes_max),
            ("document_bytes_max", options.document_bytes_max),
        ];
        for (option, bytes) in sizes {
            if !(1..=TEXT_BYTES_MAX).contains(&bytes) {
                return Err(SettingsError::new(option, "must be from 1 to 1073741824 bytes"));
            }
        }
        if options.document_bytes_max < options.record_bytes_max {
            let message = "must not be less than record_bytes_max";
            return Err(SettingsError::new("document_bytes_max", message));
        }
        if options.ratio_max == 0 {
            return Err(SettingsError::new("ratio_max", "must be at least 1"));
        }
        Ok(options)
    }

    /// The limits of inflating.
    pub(crate) fn inflate_limits(&self) -> Limits {
        Limits {
            inflated_bytes_max: self.inflated_bytes_max,
            ratio_max: self.ratio_max,
            window_bytes_max: self.window_bytes_max,
            trailing: match self.trailing {
                Behind::Refuse => Trailing::Refuse,
                Behind::Accept => Trailing::Accept,
            },
        }
    }
}
