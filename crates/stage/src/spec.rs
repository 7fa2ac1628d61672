//! The one value from which everything about a plugin is derived.

use crate::{Decoder, Remember, Resources, Settings, SettingsError, Stage};

/// A plugin: what it is called, what it does, how it is set and built.
#[derive(Debug)]
pub struct StageSpec {
    /// Its name in pipeline files, and of its folder under `plugins/`: `flatten`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What else a user should know, as paragraphs of Markdown.
    pub details: &'static str,
    /// Its options, in the order in which they are documented.
    pub options: &'static [OptionSpec],
    /// Uses of it, each a test.
    pub examples: &'static [Example],
    /// Whether the stage is a guard: what it has not seen may not leave the pipeline. True for a
    /// stage that hides secrets.
    ///
    /// In a pipeline with a guard, quarantine and `explain` show an event only as the last guard on
    /// its way has left it, and what has passed none not at all; `on_fault: mark` is refused.
    pub guards: bool,
    /// How it is built.
    pub build: Build,
}

/// An option of a plugin.
#[derive(Debug)]
pub struct OptionSpec {
    /// Its name in pipeline files, `snake_case`, the unit last: `record_bytes_max`.
    pub name: &'static str,
    /// What may be written: `bytes`, `text`, `one of refuse, accept`.
    pub kind: &'static str,
    /// What holds if it is left out, as it would be written; empty if it must be given.
    pub default: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
}

/// A use of a plugin, printed as documentation and run as a test.
#[derive(Debug)]
pub struct Example {
    /// What it is good for: "Hide the session token that AssumeRole returns".
    pub title: &'static str,
    /// The options, as JSON.
    pub settings: &'static str,
    /// The event before, as JSON; for a decoder, the text of the input.
    pub before: &'static str,
    /// What becomes of it.
    pub after: After,
}

/// What becomes of the event of an [`Example`].
#[derive(Clone, Copy, Debug)]
pub enum After {
    /// It goes on, as this JSON.
    Event(&'static str),
    /// A decoder finds these records, or these of several events go on; each as JSON.
    Events(&'static [&'static str]),
    /// It is filtered.
    Filtered,
    /// It is at fault: the name of the kind.
    Fault(&'static str),
}

/// How a plugin is built from its settings.
#[derive(Clone, Copy, Debug)]
pub enum Build {
    /// Into a stage.
    Stage(Builder<dyn Stage>),
    /// Into a step that remembers the events before.
    Remember(Builder<dyn Remember>),
    /// Into a decoder, which can only come first.
    Decoder(Builder<dyn Decoder>),
}

/// Reads settings and whatever files they name into something that can not fail for them later.
pub type Builder<T> = fn(&Settings, &dyn Resources) -> Result<Box<T>, SettingsError>;
