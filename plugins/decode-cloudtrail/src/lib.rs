//! Opens CloudTrail in whatever wrapping it arrives.
//!
//! | part | what it does |
//! |---|---|
//! | `decoder` | bytes to text: tells gzip and zstd by magic number, opens them twice at most |
//! | `inflate` | inflates within limits, and checks what comes out |
//! | `ahead` | the same beside the work on what came out, on another thread |
//! | `feed` | text as it comes in, in memory that does not grow with the input |
//! | `text` | text to values, window by window; a bad value costs that value |
//! | `shape` | what a value is: a record, something that carries records, something else known |
//! | `package` | texts inside texts: strings, base64, compressed |
//!
//! Everything is told by content, never by name. Where a member carries a text in which records
//! lie (a message, base64 data), that text goes the same way as the text of an input, so wrappings
//! may lie inside each other as they please, eight deep.

mod ahead;
mod alone;
mod decoder;
mod examples;
pub mod fault;
mod feed;
mod inflate;
mod package;
mod paths;
mod run;
mod settings;
mod shape;
mod spec;
mod split;
mod text;
mod unpack;

#[cfg(test)]
mod tests;

pub use shape::{LOGS_CONTROL_MESSAGE, S3_TEST_EVENT};
pub use spec::SPEC;
