//! Records through the stage.

use trailmill_enrich_source_address::{AwsRanges, EnrichSourceAddress};

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
