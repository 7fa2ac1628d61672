//! Tables: what is hidden by the presets, row by row, each with its source.

pub(crate) mod identifiers;
pub(crate) mod names;
pub(crate) mod personal;
pub(crate) mod resources;
pub(crate) mod secrets;

/// How the catalog of secrets knows a row; all are hidden alike, as what AWS hides itself today,
/// or is only remembered to show, costs nothing to hide once more.
#[allow(dead_code, reason = "which of them there are is for the catalog to say")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Seen in clear in a record.
    SeenClear,
    /// Said to be shown in clear by AWS's documentation.
    DocClear,
    /// Seen hidden by AWS.
    SeenMasked,
    /// Said to be hidden by AWS's documentation.
    DocMasked,
    /// Said to be left out by AWS's documentation.
    DocRemoved,
    /// Marked as sensitive in the models of the SDK.
    SdkSensitive,
    /// Named like a credential in the models of the SDK, and not marked.
    SdkUnmarked,
    /// Remembered, and seen nowhere.
    Memory,
}
