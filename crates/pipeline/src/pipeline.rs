//! A pipeline: decoder, stages and outputs, built and unchangeable.

use crate::guard;
use crate::load::{self, LoadError};
use crate::step::{DecoderStep, OnFault, Step};
use crate::target::Target;
use crate::testing::TestCase;
use crate::tree::Format;
use crate::when::When;
use trailmill_event::Event;
use trailmill_stage::{Memory, Resources, StageSpec};

/// What a pipeline file says, checked and built. One value serves all threads.
#[derive(Debug)]
pub struct Pipeline {
    parts: Parts,
    fork: Fork,
    guarded: bool,
}

/// What the loader has read.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<SourceSettings>,
    pub(crate) decoder: DecoderStep,
    /// The stages that all outputs share.
    pub(crate) shared: Vec<Step>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) quarantine: Option<Target>,
    pub(crate) tests: Vec<TestCase>,
}

/// Where input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceSettings {
    /// From files.
    Files {
        /// Files, folders and globs, in the order of the pipeline file; at least one.
        patterns: Vec<String>,
    },
    /// From the standard input.
    Stdin,
}

/// One output of a pipeline.
#[derive(Debug)]
pub struct Output {
    pub(crate) name: String,
    pub(crate) route: Route,
    pub(crate) to: Target,
    pub(crate) steps: Vec<Step>,
}

/// Which events an output takes.
#[derive(Debug)]
pub(crate) enum Route {
    /// All of them.
    Everything,
    /// Those that the condition describes.
    When(Box<dyn When>),
    /// Those that no output with a condition has taken.
    Rest,
}

/// How an event is brought back to what the shared stages have made of it, for the next output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fork {
    /// No stage changes it for one output only.
    Nothing,
    /// Its changes are taken back.
    Reset,
    /// Both the shared stages and those of an output replace the event, and an event keeps one
    /// replacement at a time: it is written down, and put back.
    Replace,
}

impl Pipeline {
    /// Builds the pipeline that `text` describes.
    ///
    /// `specs` are the plugins that it may name. `resources` hands out the files that their
    /// options name, relative to the pipeline file.
    ///
    /// # Errors
    /// The first thing in the file that does not fit, with line and column.
    pub fn load(
        text: &str,
        format: Format,
        specs: &[&'static StageSpec],
        resources: &dyn Resources,
    ) -> Result<Pipeline, LoadError> {
        load::load(text, format, specs, resources)
    }

    pub(crate) fn new(mut parts: Parts) -> Self {
        let looked_into = parts.outputs.iter().any(Output::looks_into);
        settle_between(&mut parts.shared, looked_into);
        for output in &mut parts.outputs {
            let looked_into = output.has_fields();
            settle_between(&mut output.steps, looked_into);
        }
        number(&mut parts);
        let guarded = guard::place(&mut parts.shared, &mut parts.outputs);
        Pipeline { fork: fork(&parts), guarded, parts }
    }

    /// Its name, if the file gives one.
    pub fn name(&self) -> Option<&str> {
        self.parts.name.as_deref()
    }

    /// What it is for, if the file says so.
    pub fn description(&self) -> Option<&str> {
        self.parts.description.as_deref()
    }

    /// Where its input comes from, unless that is left to the command line.
    pub fn source(&self) -> Option<&SourceSettings> {
        self.parts.source.as_ref()
    }

    /// Its outputs, at least one. An output is known by its position here.
    pub fn outputs(&self) -> &[Output] {
        &self.parts.outputs
    }

    /// Whether one event may become a line of more than one output.
    pub fn may_write_twice(&self) -> bool {
        let routes = || self.parts.outputs.iter().map(|output| &output.route);
        let everything = routes().filter(|route| matches!(route, Route::Everything)).count();
        let some = routes().filter(|route| matches!(route, Route::When(_))).count();
        let rest = routes().any(|route| matches!(route, Route::Rest));
        everything + some > 1 || (everything == 1 && rest)
    }

    /// Where faulty input goes.
    pub fn quarantine(&self) -> Option<&Target> {
        self.parts.quarantine.as_ref()
    }

    /// Its own tests.
    pub fn tests(&self) -> &[TestCase] {
        &self.parts.tests
    }

    /// Whether an input that begins with `head` may be cut before any line that begins with `{`,
    /// and the pieces run apart from each other with the same outcome.
    pub fn may_split(&self, head: &[u8]) -> bool {
        self.parts.decoder.decoder.may_split(head)
    }

    /// The names of its stages: the decoder, then the stages that all outputs share, then those
    /// of each output; the order of [`Books::stages`](crate::Books::stages).
    pub fn stage_names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.parts.decoder.name).chain(self.steps().map(|step| step.name))
    }

    /// What becomes of input that the decoder can not open: quarantine (the default) or drop. Of
    /// an input that is bad as a whole, whoever has its bytes takes care.
    pub fn decoder_on_fault(&self) -> OnFault {
        self.parts.decoder.on_fault
    }

    /// Whether any of its stages is a guard, so that nothing may leave it that no guard has seen;
    /// see [`StageSpec::guards`].
    pub fn is_guarded(&self) -> bool {
        self.guarded
    }

    /// An empty memory for a run, if one of the stages remembers events; see
    /// [`Remember`](trailmill_stage::Remember).
    pub fn memory(&self) -> Option<Box<dyn Memory>> {
        self.parts.shared.iter().find_map(Step::memory)
    }

    pub(crate) fn decoder(&self) -> &DecoderStep {
        &self.parts.decoder
    }

    pub(crate) fn shared(&self) -> &[Step] {
        &self.parts.shared
    }

    /// All stages but the decoder, in the order of their slots.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        let of_outputs = self.parts.outputs.iter().flat_map(|output| &output.steps);
        self.parts.shared.iter().chain(of_outputs)
    }

    /// The stages that an event has passed when it comes to `at`.
    pub(crate) fn way_to(&self, at: &Step) -> impl Iterator<Item = &Step> {
        let own = at.output.map(|number| &self.parts.outputs[number].steps[..]);
        let way = self.parts.shared.iter().chain(own.unwrap_or_default());
        way.take_while(move |step| step.slot != at.slot)
    }

    pub(crate) fn fork(&self) -> Fork {
        self.fork
    }
}

/// An event that a stage has replaced is made readable where somebody looks into it later.
fn settle_between(steps: &mut [Step], looked_into_at_last: bool) {
    let count = steps.len();
    for (position, step) in steps.iter_mut().enumerate() {
        step.settle = position + 1 < count || looked_into_at_last;
    }
}

/// Gives each stage its place in the books.
fn number(parts: &mut Parts) {
    let shared = parts.shared.iter_mut().map(|step| (None, step));
    let outputs = parts.outputs.iter_mut().enumerate();
    let of_outputs = outputs
        .flat_map(|(number, output)| output.steps.iter_mut().map(move |s| (Some(number), s)));
    for (position, (output, step)) in shared.chain(of_outputs).enumerate() {
        // The decoder has slot 0.
        step.slot = position + 1;
        step.output = output;
    }
}

fn fork(parts: &Parts) -> Fork {
    // What the last output does to the event harms nobody.
    let forked = &parts.outputs[..parts.outputs.len() - 1];
    let settles = |steps: &[Step]| steps.iter().any(|step| step.settle);
    if forked.iter().all(|output| output.steps.is_empty()) {
        Fork::Nothing
    } else if settles(&parts.shared) && forked.iter().any(|output| settles(&output.steps)) {
        Fork::Replace
    } else {
        Fork::Reset
    }
}

impl Output {
    /// Its name: as in the file, or else its number, from 1.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its lines go.
    pub fn to(&self) -> &Target {
        &self.to
    }

    pub(crate) fn has_fields(&self) -> bool {
        matches!(&self.to, Target::File { path, .. } if path.has_fields())
    }

    /// Whether it takes an event; `taken` says whether an output with a condition has.
    #[inline]
    pub(crate) fn takes(&self, event: &Event<'_>, taken: &mut bool) -> bool {
        match &self.route {
            Route::Everything => true,
            Route::When(condition) => {
                let matches = condition.matches(event);
                *taken |= matches;
                matches
            }
            Route::Rest => !*taken,
        }
    }

    /// Whether it looks into the events that reach it.
    fn looks_into(&self) -> bool {
        !self.steps.is_empty() || self.has_fields() || matches!(self.route, Route::When(_))
    }
}
