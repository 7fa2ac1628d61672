//! A core module as a component.

use super::broken::{Broken, Result};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// What a component of ours exports.
const WIT: &str = include_str!("../../../guest/wit/pipeline.wit");

/// Makes a component of a core module that exports what [`WIT`] asks for, by the names that the
/// canonical ABI gives it. Sections that hosts pass over are kept, at the end of the component.
pub(super) fn component(core: &[u8], custom: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let wrong = |error| Broken(format!("it makes no component: {error:#}"));
    let mut resolve = Resolve::default();
    let package = resolve.push_str("pipeline.wit", WIT);
    let package = package.map_err(|error| Broken(error.to_string()))?;
    let world = resolve.select_world(&[package], Some("guest")).map_err(wrong)?;
    let mut module = core.to_vec();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).map_err(wrong)?;
    let mut encoder = ComponentEncoder::default().validate(true).module(&module).map_err(wrong)?;
    let mut component = encoder.encode().map_err(wrong)?;
    for (name, data) in custom {
        let section = wasm_encoder::CustomSection { name: (*name).into(), data: (*data).into() };
        wasm_encoder::ComponentSection::append_to_component(&section, &mut component);
    }
    Ok(component)
}
