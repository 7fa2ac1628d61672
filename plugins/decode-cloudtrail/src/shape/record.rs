//! What makes an object a CloudTrail record.

use super::key::{Key, Keys};
use trailmill_stage::event::Batch;

/// Whether an object is a record, once it is known to be nothing else.
///
/// Records vary: old ones lack categories, some samples lack a version, insights have no name,
/// aggregated ones neither name nor identity. So an object is one if it has
/// - `eventName` and `eventSource`, or
/// - `insightDetails`, or
/// - `eventVersion`, `eventID` or `eventId`, beside another of the members that AWS documents as
///   never absent from one kind of record or the other.
///
/// All 6,175 real records of a corpus collected from seven public sources pass.
pub(super) fn is_record(keys: &Keys<'_>) -> bool {
    use Key as K;
    if keys.has(K::EventName) && keys.has(K::EventSource) || keys.has(K::InsightDetails) {
        return true;
    }
    let marks = [K::EventVersion, K::EventId, K::AggregatedEventId];
    let others = [
        K::EventTime,
        K::EventType,
        K::EventCategory,
        K::EventName,
        K::EventSource,
        K::UserIdentity,
    ];
    keys.has_any(&marks) && keys.has_any(&others)
}

const VERSION: &[u8; 14] = b"\"eventVersion\"";

/// Whether a text begins with a shorter one, in two comparisons.
#[inline(always)]
fn begins<const N: usize>(text: &[u8], with: &[u8; N]) -> bool {
    const { assert!(N >= 8 && N <= 16) };
    let ends = |text: &[u8; N]| {
        let word = |at: usize| text[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        (word(0), word(N - 8))
    };
    text.first_chunk::<N>().is_some_and(|text| ends(text) == ends(with))
}

/// Whether the object at `token`, validated or not, begins as CloudTrail writes its records: with
/// a version 1 and then an identity or a time.
///
/// Nothing else that is known begins so (S3 notifications have version 2), so no closer look is
/// needed. It costs a few nanoseconds where the closer look costs a few hundred.
#[inline(always)]
pub(crate) fn is_plain_record(batch: &Batch, token: usize) -> bool {
    let (index, text) = (batch.index(), &batch.text()[..]);
    let from = |token: usize| text.get(index.position(token)..).unwrap_or_default();
    index.kind(token) == b'{'
        && index.kind(token + 4) == b','
        && begins(from(token + 1), VERSION)
        && matches!(from(token + 3), [b'"', b'1', b'.', ..])
        && {
            let next = from(token + 5);
            begins(next, b"\"userIdentity\"") || begins(next, b"\"eventTime\"")
        }
}

/// Whether a text begins like a record of that kind. It may not hold enough to be sure.
pub(crate) fn starts_plain_record(text: &[u8]) -> bool {
    let Some(inside) = text.strip_prefix(b"{") else { return false };
    inside.trim_ascii_start().starts_with(VERSION)
}
