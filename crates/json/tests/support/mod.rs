//! What the tests share: documents made at random, ways to spoil them, and what other parsers say.
// Each test file is a crate of its own and uses its own part of this module.
#![allow(dead_code)]

pub(crate) mod ask;
pub(crate) mod oracle;
pub(crate) mod spoil;
pub(crate) mod tree;

use proptest::test_runner::Config;
use trailmill_json::{Error, Index, Isa};

/// The code paths that this machine can run.
pub(crate) fn paths() -> impl Iterator<Item = Isa> {
    Isa::ALL.iter().copied().filter(|isa| isa.is_usable())
}

/// `per_mille` thousandths of the usual number of cases.
///
/// A failing case belongs into `regressions/`, by hand, so proptest keeps no files of its own.
pub(crate) fn cases(per_mille: u32) -> Config {
    let default = Config::default();
    let cases = (default.cases * per_mille / 1000).max(1);
    Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..default }
}

/// What [`Index::parse`] says about a text, by its kind and place.
pub(crate) fn verdict(isa: Isa, text: &[u8]) -> Result<(), Error> {
    Index::with_isa(isa).parse(text).map(|_| ())
}
