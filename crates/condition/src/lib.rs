//! Conditions on events, in three languages.
//!
//! A [`Condition`] is written in one of three languages, each compiled once: a short
//! [`Expression`], an event [`Pattern`] of Amazon EventBridge, or the advanced event
//! [`Selectors`] of CloudTrail. The stage `filter` asks them, and so does `when:` on any stage or
//! output.
//!
//! ```
//! use trailmill_condition::Condition;
//! use trailmill_event::{Batch, Source};
//! let condition = Condition::parse(r#"eventName == "ConsoleLogin" and errorCode exists"#)?;
//! let mut batch = Batch::new();
//! batch.load_lines(br#"{"eventName": "ConsoleLogin"}"#, Source::default())?;
//! assert!(!condition.matches(&batch.event(0)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod condition;
mod expression;
mod pattern;
mod selectors;
mod value;

pub use condition::{Condition, ConditionError};
pub use expression::{Expression, ExpressionError};
pub use pattern::Pattern;
pub use selectors::Selectors;
