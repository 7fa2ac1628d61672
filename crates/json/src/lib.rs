//! A structural index over JSON text, and lazy values on it.
//!
//! The text is read once, 64 bytes at a time, into an [`Index`]: the place and the first byte of
//! every token. One walk over that index checks the grammar and links every opening bracket to its
//! closing one. After that a [`Value`] is a position in the index: its kind, its raw text, its
//! members and elements are found without looking at the text again, and a string is unescaped
//! only when somebody asks for it. No tree is built and nothing is allocated for a document once
//! the buffers are warm.
//!
//! ```
//! let mut index = trailmill_json::Index::new();
//! let text = br#"{"a": [1.10, "x\ny"], "b": null}"#;
//! let root = index.parse(text)?;
//! let list = root.get("a").unwrap();
//! assert_eq!(list.raw(), br#"[1.10, "x\ny"]"#);
//! let mut elements = list.elements();
//! assert_eq!(elements.next().unwrap().raw(), b"1.10");
//! assert_eq!(elements.next().unwrap().as_string().unwrap().decode(), "x\ny");
//! # Ok::<(), trailmill_json::Error>(())
//! ```
//!
//! # Rules
//! The grammar is RFC 8259, checked completely, and the answers are the same on every code path:
//!
//! | case | rule |
//! |---|---|
//! | depth | at most [`DEPTH_MAX`] open brackets; one more is [`ErrorKind::Depth`]; nothing recurses |
//! | duplicate members | grammatical; [`Value::get`] answers with the last one, as serde_json, JavaScript, Python and Go do; [`Value::members`] gives all of them |
//! | numbers | kept to the last digit as text, whatever their size: `1e400`, `-0`, 20,000 digits |
//! | lone surrogates (`\ud800`) | grammatical, kept as they stand in raw text; decoding gives U+FFFD |
//! | `\u0000` | grammatical; a raw NUL byte is not |
//! | control characters | refused inside strings (RFC 8259, section 7), and anywhere else but for the four blanks |
//! | invalid UTF-8 | refused |
//! | byte order mark | refused: whoever reads files strips it (RFC 8259, section 8.1) |
//! | a text that is cut | [`ErrorKind::Incomplete`] wherever more text could save it: an empty text, an open bracket, half an escape, `tru`, `1.` |
//!
//! # Unsafe code
//! The vector code and the unchecked look-ups into the index live here, behind safe functions. The
//! scalar path is the reference: property tests compare every other path with it, and it runs
//! under Miri. `tests/machines/run` runs the tests for machines that are not at hand.

#![allow(unsafe_code)]

mod build;
mod compact;
mod dispatch;
mod error;
mod escape;
mod grams;
mod index;
mod isa;
mod members;
mod number;
mod output;
mod scan;
mod sixteen;
mod string;
mod tokens;
mod value;
mod walk;
mod words;

pub use build::{Draft, Key, List, Object};
pub use compact::compact_into;
pub use dispatch::Work;
pub use error::{Error, ErrorKind};
pub use escape::{escape_into, quote_into};
pub use grams::Grams;
pub use index::{Blanks, Index};
pub use isa::Isa;
pub use members::{DenseMember, DenseMembers, Elements, Member, MemberSpans, Members};
pub use output::{Literal, Output, Spans};
pub use string::{Str, overwrite};
pub use tokens::{StringToken, Tokens};
pub use value::{Document, Kind, Value};
pub use walk::DEPTH_MAX;
