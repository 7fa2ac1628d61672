//! The command line of `compare`.

use clap::Parser;
use std::path::PathBuf;

/// Compares the rows of trailmill with those of other ways, then times them in turn.
#[derive(Debug, Parser)]
pub(super) struct Options {
    /// Records as JSON lines, plain or gzip; without, they are made from a seed
    pub(super) file: Option<PathBuf>,

    /// How many megabytes to make
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(super) megabytes: usize,

    /// The seed to make them from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,

    /// How often each way is timed
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(super) rounds: usize,

    /// Time what differs too
    #[arg(long)]
    pub(super) anyway: bool,

    /// Check and time this case of `benches/cases` instead
    #[arg(long, value_name = "NAME", conflicts_with_all = ["file", "only"])]
    pub(super) case: Option<String>,

    /// Only turn FILE into rows this way, to be timed from outside: `typed serde`, `trailmill`
    #[arg(long, value_name = "WAY", requires = "file")]
    pub(super) only: Option<String>,

    /// Where the rows of `--only` go; `-` is the standard output
    #[arg(long, value_name = "PATH", default_value = "-", requires = "only")]
    pub(super) out: PathBuf,
}
