//! Targets: `stdout`, or `{ file: { path, compression } }`.

use super::Named;
use crate::target::{Compression, Target};
use crate::template::PathTemplate;
use crate::tree::{Node, TreeError, check_keys};

/// The names of compressions.
pub(crate) const COMPRESSIONS: [&str; 3] = ["none", "gzip", "zstd"];

/// Reads a target; `fields` says whether its path may have fields.
pub(super) fn target(node: &Node, fields: bool) -> Result<Target, TreeError> {
    let named = Named::read(node, "target")?;
    match (named.name, named.options) {
        ("stdout", None) => Ok(Target::Stdout),
        ("stdout", Some(options)) => {
            check_keys(options, "target `stdout`", &[])?;
            Ok(Target::Stdout)
        }
        ("file", Some(options)) => file(&named, options, fields),
        ("file", None) => Err(named.error("target `file` needs the option `path`")),
        _ => Err(named.unknown("target", &["file", "stdout"])),
    }
}

fn file(named: &Named<'_>, options: &Node, fields: bool) -> Result<Target, TreeError> {
    check_keys(options, "target `file`", &["path", "compression"])?;
    let node =
        options.get("path").ok_or_else(|| named.error("target `file` needs the option `path`"))?;
    let path = PathTemplate::new(node.as_str()?).map_err(|message| node.error(message))?;
    if path.has_fields() && !fields {
        return Err(node.error("the path of the quarantine can have no fields"));
    }
    let compression = match options.get("compression") {
        Some(node) => compression(node)?,
        None => by_extension(path.text()),
    };
    Ok(Target::File { path, compression })
}

fn compression(node: &Node) -> Result<Compression, TreeError> {
    match node.as_str()? {
        "none" => Ok(Compression::None),
        "gzip" => Ok(Compression::Gzip),
        "zstd" => Ok(Compression::Zstd),
        name => {
            let named = Named { name, at: node.at, options: None };
            Err(named.unknown("compression", &COMPRESSIONS))
        }
    }
}

/// What a path says by its end, where no compression is given.
fn by_extension(path: &str) -> Compression {
    match path.rsplit_once('.') {
        Some((_, "gz")) => Compression::Gzip,
        Some((_, "zst")) => Compression::Zstd,
        _ => Compression::None,
    }
}
