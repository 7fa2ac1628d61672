//! The file of a database: tree, data, and what it says of itself.

use super::data::{Data, Members, NOT_SMALLER, list, text, uint16, uint32, uint64};
use super::tree::Side;
use super::{Result, SEPARATOR, Wanted};
use crate::record::ENGLISH;
use maxminddb::Metadata;

/// What stands before the metadata.
const MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";

/// The file of a database that is like another one, of which some languages are left.
///
/// # Errors
/// If it is too large for the format.
pub(super) fn write(
    nodes: Vec<[Side; 2]>,
    data: &Data,
    like: &Metadata,
    wanted: Wanted<'_>,
) -> Result<Vec<u8>> {
    let largest = nodes.len() + SEPARATOR + data.bytes().len();
    let record_size = match largest {
        0..0x0100_0000 => 24,
        0x0100_0000..0x1000_0000 => 28,
        _ if u32::try_from(largest).is_ok() => 32,
        _ => return Err(NOT_SMALLER),
    };
    let count = nodes.len() as u32;
    let number = |side| match side {
        Side::Nothing => count,
        Side::Node(node) => node,
        Side::Data(offset) => count + SEPARATOR as u32 + offset,
    };
    let bytes = nodes.len() * usize::from(record_size) / 4;
    let mut out = Vec::with_capacity(bytes + data.bytes().len() + 4096);
    nodes.iter().for_each(|sides| node(sides.map(number), record_size, &mut out));
    out.extend_from_slice(&[0; SEPARATOR]);
    out.extend_from_slice(data.bytes());
    out.extend_from_slice(MARKER);
    out.extend(metadata(count, record_size, like, wanted));
    Ok(out)
}

fn node(sides: [u32; 2], record_size: u16, out: &mut Vec<u8>) {
    let [left, right] = sides.map(u32::to_be_bytes);
    match record_size {
        24 => {
            out.extend_from_slice(&left[1..]);
            out.extend_from_slice(&right[1..]);
        }
        28 => {
            out.extend_from_slice(&left[1..]);
            out.push(left[0] << 4 | right[0]);
            out.extend_from_slice(&right[1..]);
        }
        _ => out.extend(left.into_iter().chain(right)),
    }
}

/// What the database says of itself; the tree and the languages are its own.
fn metadata(count: u32, record_size: u16, like: &Metadata, wanted: Wanted<'_>) -> Vec<u8> {
    let is_left = |language: &&String| [wanted.language, ENGLISH].contains(&language.as_str());
    let languages: Vec<_> = like.languages.iter().filter(is_left).map(|it| text(it)).collect();
    let mut descriptions = Members::default();
    for (language, description) in &like.description {
        descriptions.add(&text(language), &text(description));
    }
    let mut members = Members::default();
    let mut add = |name, value: Vec<u8>| members.add(&text(name), &value);
    add("binary_format_major_version", uint16(like.binary_format_major_version));
    add("binary_format_minor_version", uint16(like.binary_format_minor_version));
    add("build_epoch", uint64(like.build_epoch));
    add("database_type", text(&like.database_type));
    add("description", descriptions.object());
    add("ip_version", uint16(like.ip_version));
    add("languages", list(&languages));
    add("node_count", uint32(count));
    add("record_size", uint16(record_size));
    members.object()
}
