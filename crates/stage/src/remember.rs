//! Steps that remember: whether an event goes on depends on those before it.

use crate::{Fault, Verdict};
use trailmill_event::Event;

/// What is remembered of an event: a hash, or an id that fits. Equal traces are the same thing.
pub type Trace = u128;

/// A step of a pipeline that remembers the events before.
///
/// It changes no event, and says only what is to be remembered of one; the runner keeps the
/// [`Memory`] and has it decide. What holds, whoever runs it:
///
/// | | |
/// |---|---|
/// | order | the memory sees traces in the order of the input; so what goes on is the same for any number of threads |
/// | `Ok(None)` | the event goes on, and nothing is remembered |
/// | `Err(fault)` | nothing is remembered; the runner acts as `on_fault` says |
/// | a later fault | what came here is remembered, whatever becomes of it later: with `on_fault: quarantine` one of several equal events is in an output or in the quarantine, and none is lost |
/// | life | every run, and every test of a pipeline, begins with an empty memory |
/// | place | among the stages that all outputs share, before rows are made, and one to a pipeline; the loader checks it |
pub trait Remember: Send + Sync {
    /// What is to be remembered of an event.
    ///
    /// It is pure: the same event has the same trace, however often it is asked.
    ///
    /// # Errors
    /// Why the event has none, though it should.
    fn trace(&self, event: &Event<'_>) -> Result<Option<Trace>, Fault>;

    /// An empty memory.
    fn memory(&self) -> Box<dyn Memory>;
}

/// What a step has seen of one run. It is bounded: whoever writes one says by what.
pub trait Memory: Send + Sync {
    /// Takes in the trace of the next event of the input, and says whether that event goes on.
    fn see(&mut self, trace: Trace) -> Verdict;

    /// What [`see`](Memory::see) would say now. A runner that is ahead of the input's order takes
    /// it as a guess, and corrects itself if it was wrong.
    fn guess(&self, trace: Trace) -> Verdict;
}
