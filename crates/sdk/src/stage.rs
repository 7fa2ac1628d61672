//! What an author writes, and what the macro makes of it.

use crate::record::Record;

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on as it is; what was written is not looked at.
    Keep,
    /// What was written goes on in its place: one JSON object.
    Replace,
    /// It does not go on.
    Filter,
}

/// Why a record could not be worked on: a kind and a message that the program is built with, so
/// that neither can repeat anything that stands in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub(crate) kind: &'static str,
    pub(crate) message: &'static str,
}

impl Trouble {
    /// `kind` is a name to count and search for, such as `no-region`; `message` is for people.
    pub const fn new(kind: &'static str, message: &'static str) -> Self {
        Trouble { kind, message }
    }
}

/// What a stage can be told, for stages that can be told something. It is made once, and from then
/// on it is the same for every record.
pub trait Settings: Sized {
    /// The settings of a module that nobody has told any, such as one in Fluent Bit, which has no
    /// way to: a JSON object. A file beside the manifest is read with
    /// `include_str!("../settings.json")`.
    const DEFAULT: &'static str = "{}";

    /// Reads settings, which are one JSON object.
    ///
    /// # Errors
    /// What is wrong with them, for the author of the pipeline to read. An option that is not
    /// known is better refused than overlooked.
    fn new(settings: &str) -> Result<Self, String>;
}

/// A function of one record, with the settings in it.
pub type Apply = Box<dyn Fn(&Record<'_>, &mut String) -> Result<Verdict, Trouble>>;

/// A stage with what is known of it, as [`stage!`](crate::stage!) writes it down.
#[derive(Debug)]
pub struct Stage {
    /// The name of the package.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its description.
    pub description: &'static str,
    /// The settings that hold if nobody gives others.
    pub settings: &'static str,
    /// Whether it is a guard, as a stage is that hides secrets: of a record that it could not work
    /// on nothing is passed on but the fault, and a pipeline with it is a guarded one.
    pub guards: bool,
    /// Reads settings, and makes the function.
    pub build: fn(&str) -> Result<Apply, String>,
}

/// The settings of a stage that takes none.
///
/// # Errors
/// If there are any.
#[doc(hidden)]
pub fn no_settings(settings: &str) -> Result<(), String> {
    let inside = settings.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match inside.is_some_and(|inside| inside.trim().is_empty()) {
        true => Ok(()),
        false => Err("this stage takes no settings".to_owned()),
    }
}
