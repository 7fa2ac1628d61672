//! The kinds of fault that this decoder meets, and how errors of the layers below become faults.

use crate::inflate::{InflateError, InflateErrorKind};
use trailmill_stage::event::json::{Error, ErrorKind};
use trailmill_stage::{Fault, FaultKind};

/// Every kind, for reference pages and for the test that names are unique.
pub const FAULT_KINDS: &[&FaultKind] = &[
    &READ_FAILED,
    &UNKNOWN_COMPRESSION,
    &DAMAGED_COMPRESSION,
    &BYTES_BEHIND_END,
    &INFLATED_TOO_LARGE,
    &COMPRESSED_TWICE,
    &NOT_UTF8,
    &NOT_JSON,
    &CUT_SHORT,
    &TOO_DEEP,
    &RECORD_TOO_LARGE,
    &DOCUMENT_TOO_LARGE,
    &TOO_MANY_RECORDS,
    &NOT_A_RECORD,
    &NOT_A_LOG,
    &UNKNOWN_SHAPE,
    &EMPTY_PACKAGE,
    &NOT_BASE64,
    &NESTED_TOO_DEEP,
];

/// Reading stopped with an error; what was read before it is no complete input.
pub static READ_FAILED: FaultKind =
    FaultKind { name: "read-failed", message: "the input could not be read to its end" };

/// The magic number of a codec or an encoding that is not supported.
pub static UNKNOWN_COMPRESSION: FaultKind =
    FaultKind { name: "unknown-compression", message: "neither text nor gzip nor zstd" };

/// A gzip or zstd file that is cut or changed, or a header that its format does not allow.
pub static DAMAGED_COMPRESSION: FaultKind =
    FaultKind { name: "damaged-compression", message: "the compressed data is damaged" };

/// Something other than zero padding follows the first gzip member or zstd frame. Validators of
/// digest files have taken such files for whole, so that is how forged events could be slipped in.
pub static BYTES_BEHIND_END: FaultKind = FaultKind {
    name: "bytes-behind-end",
    message: "more bytes follow the end of the compressed data (trailing is refuse)",
};

/// More comes out of compressed data than a limit allows.
pub static INFLATED_TOO_LARGE: FaultKind =
    FaultKind { name: "inflated-too-large", message: "more comes out of the data than allowed" };

/// Compressed data in compressed data in compressed data.
pub static COMPRESSED_TWICE: FaultKind =
    FaultKind { name: "compressed-twice", message: "compressed more than twice over" };

/// Bytes that no UTF-8 text holds.
pub static NOT_UTF8: FaultKind = FaultKind { name: "not-utf8", message: "the text is not UTF-8" };

/// Text that is not JSON.
pub static NOT_JSON: FaultKind = FaultKind { name: "not-json", message: "the text is not JSON" };

/// The input ends inside a document. What precedes the torn rest is good.
pub static CUT_SHORT: FaultKind =
    FaultKind { name: "cut-short", message: "the input ends before its document does" };

/// More brackets are open than any record needs; the limit is that of the JSON index.
pub static TOO_DEEP: FaultKind =
    FaultKind { name: "too-deep", message: "more than 127 brackets are open" };

/// A record, or an element beside records, above `record_bytes_max`.
pub static RECORD_TOO_LARGE: FaultKind =
    FaultKind { name: "record-too-large", message: "the record is too large" };

/// A document that must be held in memory whole, above `document_bytes_max`.
pub static DOCUMENT_TOO_LARGE: FaultKind =
    FaultKind { name: "document-too-large", message: "the document is too large" };

/// More elements in one container than `records_max`.
pub static TOO_MANY_RECORDS: FaultKind =
    FaultKind { name: "too-many-records", message: "the container holds too many records" };

/// Something stands where a record or a package should, and is neither.
pub static NOT_A_RECORD: FaultKind =
    FaultKind { name: "not-a-record", message: "this is no record" };

/// Something that is known and holds no records: a digest file, an S3 notification.
pub static NOT_A_LOG: FaultKind =
    FaultKind { name: "not-a-log", message: "known, but nothing that carries records" };

/// An object that is neither a record nor a container that is known.
pub static UNKNOWN_SHAPE: FaultKind = FaultKind {
    name: "unknown-shape",
    message: "neither a record nor anything known to carry records",
};

/// A message or data field that holds nothing.
pub static EMPTY_PACKAGE: FaultKind =
    FaultKind { name: "empty-package", message: "the package is empty" };

/// A data field that is not base64.
pub static NOT_BASE64: FaultKind =
    FaultKind { name: "not-base64", message: "the package is not base64" };

/// Packages in packages beyond any wrapping that AWS makes.
pub static NESTED_TOO_DEEP: FaultKind =
    FaultKind { name: "nested-too-deep", message: "too many packages inside each other" };

/// The fault for text that the index refuses; `base` is where the text begins.
pub(crate) fn of_json(error: Error, base: u64) -> Fault {
    let fault = match error.kind {
        ErrorKind::Incomplete => Fault::new(&CUT_SHORT),
        ErrorKind::Utf8 => Fault::new(&NOT_UTF8),
        ErrorKind::Depth => Fault::new(&TOO_DEEP),
        kind => Fault::new(&NOT_JSON).found(kind.message()),
    };
    fault.at(base + error.offset as u64)
}

/// The fault for data that can not be inflated. Its place is a byte of the compressed data.
pub(crate) fn of_inflate(error: InflateError) -> Fault {
    let damaged = |what| Fault::new(&DAMAGED_COMPRESSION).found(what);
    let fault = match error.kind {
        InflateErrorKind::Unsupported(name) => Fault::new(&UNKNOWN_COMPRESSION).found(name),
        InflateErrorKind::Header(what) => damaged(what),
        InflateErrorKind::Data => damaged("no code has these bits"),
        InflateErrorKind::Checksum => damaged("the checksum does not match"),
        InflateErrorKind::Length => damaged("the stated length does not match"),
        InflateErrorKind::Truncated => damaged("it ends early"),
        InflateErrorKind::Trailing => Fault::new(&BYTES_BEHIND_END),
        InflateErrorKind::InflatedBytes | InflateErrorKind::Ratio | InflateErrorKind::Window => {
            Fault::new(&INFLATED_TOO_LARGE)
        }
        InflateErrorKind::Read(_) => Fault::new(&READ_FAILED),
    };
    let fault = fault.at(error.offset);
    match (error.kind.option(), error.limit) {
        (Some(option), Some(value)) => fault.limited_by(option, value),
        _ => fault,
    }
}
