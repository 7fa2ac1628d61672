//! Calls that the guides name, each with the reason and the technique that it is known for.
//!
//! Sources: the metric filters of the CIS AWS Foundations Benchmark (1.4.0, section 4; the controls
//! `CloudWatch.1` to `CloudWatch.14` of Security Hub); "Creating CloudWatch alarms for CloudTrail
//! events" in the CloudTrail user guide; and, for calls that those leave out, the catalogs of calls
//! seen in attacks of TrailDiscover (traildiscover.cloud) and Stratus Red Team
//! (stratus-red-team.cloud), which also name the techniques.

mod access;
mod assets;
mod watch;

use crate::technique::Technique;

/// Calls of one service that are notable for the same reason: the service, as `eventSource` has it
/// before its first dot; the names without versions, with blanks between them; the reason, as a
/// clause; and the technique that they are known for, where that is well established.
pub(crate) type Group = (&'static str, &'static str, &'static str, Option<Technique>);

/// All groups.
pub(crate) const TABLES: [&[Group]; 3] = [access::GROUPS, assets::GROUPS, watch::GROUPS];
