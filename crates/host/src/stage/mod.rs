//! The stage `wasm`: every event through an instance of a module.

mod faults;
mod reply;
mod spec;

pub use faults::{
    GUEST_ANSWER_MALFORMED, GUEST_NOT_STARTED, GUEST_OUT_OF_MEMORY, GUEST_QUARANTINED,
    GUEST_REFUSED, GUEST_ROW_INVALID, GUEST_ROW_TOO_LARGE, GUEST_SEVERAL_ROWS, GUEST_TIMED_OUT,
    GUEST_TRAPPED,
};
pub use reply::Reply;
pub use spec::{SPEC, stages};

use crate::sandbox::{Failure, Instance, Module, Pool};
use trailmill_event::json::{self, Index};
use trailmill_event::{Event, Source};
use trailmill_stage::{Fault, Stage, Verdict};

/// Buffers that have grown beyond this many bytes are not kept for the next event.
const KEPT_BYTES_MAX: usize = 1 << 20;

/// Takes every event through an instance of a module, one event a call: a call costs little, and
/// what goes wrong in it costs no other event.
#[derive(Debug)]
pub(crate) struct Wasm {
    module: Module,
    row_bytes_max: usize,
    guards: bool,
    pool: Pool<Place>,
}

/// What a thread works with.
#[derive(Debug, Default)]
struct Place {
    guest: Option<Guest>,
    /// The event as the guest gets it.
    text: Vec<u8>,
    /// For the check of what comes back.
    index: Index,
}

impl Place {
    /// Gives back the memory that a large event, or a large row, has taken.
    fn shrink(&mut self) {
        // Behind the last token the text ends that was checked last.
        let row_bytes = self.index.position(self.index.len());
        if self.text.capacity().max(row_bytes) > KEPT_BYTES_MAX {
            (self.text, self.index) = (Vec::new(), Index::new());
        }
    }
}

/// An instance, and what it was told last of where events come from.
#[derive(Debug)]
struct Guest {
    instance: Instance,
    source: Source,
}

impl Guest {
    fn start(module: &Module) -> Result<Self, Failure> {
        Ok(Guest { instance: module.start()?, source: Source::default() })
    }

    /// Tells the guest where the event comes from, if that is another place than it knows.
    fn tell(&mut self, source: &Source) -> Result<(), Failure> {
        let known = &self.source;
        if known.name != source.name || known.collected_at != source.collected_at {
            self.instance.origin(&source.name, &source.collected_at)?;
            self.source = source.clone();
        }
        Ok(())
    }
}

impl Wasm {
    /// A stage whose first instance has started.
    ///
    /// # Errors
    /// Why no instance can be started.
    pub(crate) fn new(module: Module, row_bytes_max: usize) -> Result<Self, Failure> {
        let mut guest = Guest::start(&module)?;
        // Only now it knows its settings.
        let guards = guest.instance.describe()?.is_guarded();
        let pool = Pool::new(Place { guest: Some(guest), ..Place::default() });
        Ok(Wasm { module, row_bytes_max, guards, pool })
    }

    /// Has a guest process the event, and puts what comes back in its place.
    fn process(
        &self,
        guest: &mut Guest,
        text: &[u8],
        index: &mut Index,
        event: &mut Event<'_>,
    ) -> Result<Verdict, Fault> {
        let source = event.origin().source;
        guest.tell(source).map_err(|failure| self.fault(&failure))?;
        let answer = guest.instance.process(text).map_err(|failure| self.fault(&failure))?;
        let (row, compact) = match Reply::read(answer, index, self.row_bytes_max)? {
            Reply::Nothing => return Ok(Verdict::Filter),
            Reply::Row { text, compact } => (text, compact),
        };
        event.rewrite(|_, out| {
            match compact {
                true => out.extend_from_slice(row),
                false => json::compact_into(row, out),
            }
            Ok(())
        })?;
        Ok(Verdict::Keep)
    }

    fn fault(&self, failure: &Failure) -> Fault {
        let bounds = self.module.bounds();
        faults::of_call(failure, bounds.deadline.as_millis() as u64, bounds.memory_bytes_max as u64)
    }
}

impl Stage for Wasm {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let mut place = self.pool.place();
        let Place { guest: kept, text, index } = &mut *place;
        // Whoever does not put it back has thrown it away.
        let mut guest = match kept.take() {
            Some(guest) => guest,
            None => Guest::start(&self.module).map_err(|why| faults::of_start(&why))?,
        };
        text.clear();
        event.write_into(text);
        text.push(b'\n');
        let outcome = self.process(&mut guest, text, index, event);
        if outcome.as_ref().map_or_else(may_go_on, |_| true) {
            *kept = Some(guest);
        }
        place.shrink();
        outcome
    }

    fn guards(&self) -> bool {
        self.guards
    }
}

/// Whether an instance can be used again after a fault: it has answered as it should.
fn may_go_on(fault: &Fault) -> bool {
    [&GUEST_REFUSED, &GUEST_QUARANTINED, &GUEST_SEVERAL_ROWS, &GUEST_ROW_TOO_LARGE]
        .contains(&fault.kind)
}
