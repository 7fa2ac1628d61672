//! Records through the stage.

use trailmill_enrich_source_address::{AwsRanges, EnrichSourceAddress};
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Fault, Stage};

/// A stage that knows a few ranges.
pub(crate) fn stage() -> EnrichSourceAddress {
    let ranges = AwsRanges::read(
        br#"{"createDate": "2026-11-01-10-00-00", "prefixes": [
            {"ip_prefix": "3.224.0.0/12", "region": "us-east-1", "service": "AMAZON"},
            {"ip_prefix": "3.224.0.0/12", "region": "us-east-1", "service": "EC2"},
            {"ip_prefix": "72.21.192.0/19", "region": "us-east-1", "service": "AMAZON"}
        ], "ipv6_prefixes": [
            {"ipv6_prefix": "2600:1f18::/33", "region": "us-east-1", "service": "EC2"}
        ]}"#,
    );
    EnrichSourceAddress::new(Some(ranges.unwrap()))
}

/// The record as the stage leaves it after so many calls.
pub(crate) fn enriched(
    stage: &EnrichSourceAddress,
    record: &str,
    calls: usize,
) -> Result<String, Fault> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).unwrap();
    let mut event = batch.event(0);
    for _ in 0..calls {
        stage.apply(&mut event)?;
    }
    let mut out = Vec::new();
    event.write_into(&mut out);
    Ok(String::from_utf8(out).unwrap())
}
