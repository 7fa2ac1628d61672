//! The quick way for a record that comes by itself, as some hosts hand over one after the other.

use crate::paths::Paths;
use crate::shape::is_plain_record;
use trailmill_stage::Sink;
use trailmill_stage::event::{Batch, Source};

/// Hands a text of up to `bytes_max` bytes to `sink` if it is one record as CloudTrail writes it,
/// perhaps with line feeds behind; says whether it is, and does nothing else.
pub(crate) fn decode(
    text: &[u8],
    bytes_max: usize,
    source: &Source,
    batch: &mut Batch,
    sink: &mut dyn Sink,
) -> bool {
    if text.first() != Some(&b'{') || text.len() > bytes_max {
        return false;
    }
    batch.load_copy(text, Source { container: Paths::TOP.bare, ..source.clone() });
    let is_alone = is_plain_record(batch, 0) && is_one_value(batch);
    if is_alone {
        let (index, blanks) = (batch.index(), batch.index().blanks());
        let behind = text.len() - index.position(index.len() - 1) - 1;
        batch.set_dense(!blanks.spaces && blanks.newlines == behind as u64);
        batch.push(0, None);
        // There is nothing left that a break could stop.
        let _ = sink.batch(batch);
    }
    batch.clear();
    is_alone
}

/// Whether the text of a batch is one value with nothing behind.
fn is_one_value(batch: &mut Batch) -> bool {
    let behind = batch.validate(0);
    behind.is_ok_and(|behind| behind == batch.index().len()) && batch.index().stop().is_none()
}
