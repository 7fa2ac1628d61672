//! Limits: records that are checked and passed over, and nothing is made of them.

use serde::de::IgnoredAny;
use sonic_rs::LazyValue;

/// Passes over a record with serde_json.
///
/// # Errors
/// If `line` is not JSON.
pub fn serde(line: &str) -> serde_json::Result<()> {
    serde_json::from_str::<IgnoredAny>(line).map(drop)
}

/// Passes over a record with sonic-rs.
///
/// # Errors
/// If `line` is not JSON.
pub fn sonic(line: &str) -> sonic_rs::Result<()> {
    sonic_rs::from_str::<LazyValue<'_>>(line).map(drop)
}
