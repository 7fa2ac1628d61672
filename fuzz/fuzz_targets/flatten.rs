//! Any record gives the same row in whatever form it comes, and the row gives it back.
#![no_main]
#![allow(dead_code)]

#[path = "../../plugins/flatten/tests/support/equal.rs"]
mod equal;
#[path = "../../plugins/flatten/tests/support/mill.rs"]
mod mill;
#[path = "../../plugins/flatten/tests/support/text.rs"]
mod text;

use libfuzzer_sys::fuzz_target;
use mill::Mill;
use trailmill_stage::event::json::{Index, Kind};

fuzz_target!(|record: &str| {
    // A row holds one level more than its record.
    let wrapped = format!("[{record}]");
    let mut index = Index::new();
    let Ok(root) = index.parse(wrapped.as_bytes()) else { return };
    let mut elements = root.elements();
    if let (Some(only), None) = (elements.next(), elements.next())
        && only.kind() == Kind::Object
    {
        Mill::snare().round(record);
    }
});
