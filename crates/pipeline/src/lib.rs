//! From a pipeline file to stages, and from batches to balanced books.
//!
//! A [`Pipeline`] is what a pipeline file says, checked and built: [`Pipeline::load`] knows no
//! plugin and takes the list of them. It opens nothing; source, outputs and quarantine are data
//! for whoever has files. A [`Worker`] takes one input after the other through the pipeline, hands
//! finished lines to an [`Outlet`], and keeps [`Books`] that balance.

mod books;
mod explain;
mod guard;
mod load;
mod pipeline;
mod quarantine;
mod schema;
mod step;
mod target;
mod template;
mod testing;
pub mod tree;
mod when;
mod worker;

pub use books::{Books, FaultBook, Imbalance, OutputBook, Spot, StageBook};
pub use explain::{Column, Explanation, Finished, Passage};
pub use load::LoadError;
pub use pipeline::{Output, Pipeline, SourceSettings};
pub use quarantine::Remains;
pub use schema::schema;
pub use step::{MARK, OnFault, write_fault};
pub use target::{Compression, Target};
pub use template::PathTemplate;
pub use testing::{Comparison, TestCase, TestOut, TestOutcome};
pub use tree::Format;
pub use worker::{FLUSH_BYTES, Outlet, Worker};
