//! The rules of the house, checked over every file of the tree.
//!
//! | rule | where |
//! |---|---|
//! | lengths of files, functions and lines | [`lengths`] |
//! | words that must not stand in code or comments | [`words`] |
//! | what a file opens with | [`heads`] |
//! | paths and hosts that hold on one machine only | [`places`] |
//! | manifests and settings that must agree | [`manifests`] |
//!
//! Every limit is a constant with its reason, beside the rule.

mod files;
mod functions;
mod heads;
mod lengths;
mod manifests;
mod places;
mod source;
mod words;

use anyhow::Result;
use files::File;
use std::path::Path;

/// A rule: what breaks it, as `path:line: message`.
type Rule = fn(&[File]) -> Vec<String>;

const RULES: &[Rule] = &[
    lengths::files,
    lengths::median,
    lengths::functions,
    lengths::columns,
    lengths::contract,
    words::leftovers,
    words::prints,
    words::unsafe_code,
    heads::sentences,
    places::paths,
    places::hosts,
    places::lock,
    manifests::members,
    manifests::clippy,
];

/// Everything that breaks a rule in the tree below `root`.
///
/// # Errors
/// If the tree can not be read.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let files = files::read(root)?;
    Ok(RULES.iter().flat_map(|rule| rule(&files)).collect())
}
