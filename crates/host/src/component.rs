//! Makes a component of a core module that exports what `crates/guest/wit` says.

use std::fmt;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// What a component exports.
const WIT: &str = include_str!("../../guest/wit/pipeline.wit");

const WORLD: &str = "guest";

/// A module does not export what a component has to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoComponent(String);

/// The component around a core module, whose exports have the names that the canonical ABI gives
/// to those of `crates/guest/wit`, and which imports nothing.
///
/// # Errors
/// What the module lacks, or imports.
pub fn component(core: &[u8]) -> Result<Vec<u8>, NoComponent> {
    let fail = |error| NoComponent(format!("{error:#}"));
    let mut resolve = Resolve::default();
    let package = resolve.push_str("pipeline.wit", WIT).map_err(|e| NoComponent(e.to_string()))?;
    let world = resolve.select_world(&[package], Some(WORLD)).map_err(fail)?;
    let mut module = core.to_vec();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).map_err(fail)?;
    let encoder = ComponentEncoder::default().validate(true).module(&module).map_err(fail)?;
    let mut encoder = encoder;
    encoder.encode().map_err(fail)
}

impl fmt::Display for NoComponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoComponent {}
