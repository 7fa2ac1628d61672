//! A batch of records on their way, and the one view of a record that stages see.
//!
//! A [`Batch`] owns a piece of text, one structural index over it, and the list of the records
//! found in it. An [`Event`] is one of those records: stages look at it by [`Path`] or member by
//! member through [`Node`]s, and change it with [`Event::set`], [`Event::remove`] and
//! [`Event::rename`]. A change never touches the text: it is noted beside it, with new text in an
//! arena, and [`Event::write_into`] copies what is untouched as it stands.
//!
//! ```
//! use trailmill_event::{Batch, Path, Put, Source};
//! let mut batch = Batch::new();
//! batch.load_lines(br#"{"eventName": "GetUser", "userIdentity": {"type": "Root"}}"#, Source::default())?;
//! let mut event = batch.event(0);
//! let path: Path = "userIdentity.type".parse()?;
//! assert!(event.get(&path).unwrap().is_text("Root"));
//! event.set(&path, Put::Text("hidden"))?;
//! let mut out = Vec::new();
//! event.write_into(&mut out);
//! assert_eq!(out, br#"{"eventName":"GetUser","userIdentity":{"type":"hidden"}}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arena;
mod batch;
mod change;
mod edit;
mod event;
mod id;
mod member;
mod memo;
mod names;
mod node;
mod note;
pub mod order;
mod origin;
mod path;
mod pick;
mod roots;
mod shared;
pub mod time;
mod write;

pub use batch::{Batch, RECORD_DEPTH_MAX};
pub use edit::{EditError, Put};
pub use event::{Event, Mark};
pub use id::NodeId;
pub use member::{Member, Members, Seen};
pub use memo::{Basis, Memo};
pub use names::Names;
pub use node::Node;
pub use note::{NoteKind, Notes};
pub use origin::{Origin, Source};
pub use path::{Path, PathError, Segment};
pub use shared::Shared;
pub use trailmill_json as json;
pub use write::Written;
