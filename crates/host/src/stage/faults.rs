//! The kinds of faults that a guest can be the reason of.

use crate::sandbox::Failure;
use trailmill_stage::{Fault, FaultKind};

/// The guest has trapped: a bug of it.
pub static GUEST_TRAPPED: FaultKind =
    FaultKind { name: "guest-trapped", message: "the guest has trapped" };

/// The guest was stopped.
pub static GUEST_TIMED_OUT: FaultKind =
    FaultKind { name: "guest-timed-out", message: "the guest took too long" };

/// The guest could not go on.
pub static GUEST_OUT_OF_MEMORY: FaultKind = FaultKind {
    name: "guest-out-of-memory",
    message: "the guest needs more memory than it may have",
};

/// The guest does not answer as `ABI.md` says.
pub static GUEST_ANSWER_MALFORMED: FaultKind =
    FaultKind { name: "guest-answer-malformed", message: "the guest does not answer as it should" };

/// A fresh instance of the guest did not start, though one did when the pipeline was loaded.
pub static GUEST_NOT_STARTED: FaultKind =
    FaultKind { name: "guest-not-started", message: "the guest could not be started again" };

/// The guest says that it could not process the event.
pub static GUEST_REFUSED: FaultKind =
    FaultKind { name: "guest-refused", message: "the guest could not process the event" };

/// The guest, a pipeline itself, was at fault on the event.
pub static GUEST_QUARANTINED: FaultKind = FaultKind {
    name: "guest-quarantined",
    message: "the guest has put the event into its quarantine",
};

/// The guest made several rows of one event.
pub static GUEST_SEVERAL_ROWS: FaultKind = FaultKind {
    name: "guest-several-rows",
    message: "the guest made several rows of the event, which can become one only",
};

/// The guest made something of the event that can not stand in its place.
pub static GUEST_ROW_INVALID: FaultKind = FaultKind {
    name: "guest-row-invalid",
    message: "what the guest made of the event is no JSON object on one line",
};

/// The guest made more of the event than may be.
pub static GUEST_ROW_TOO_LARGE: FaultKind = FaultKind {
    name: "guest-row-too-large",
    message: "what the guest made of the event is too large",
};

/// The fault of an event for which no fresh instance could be started.
pub(super) fn of_start(failure: &Failure) -> Fault {
    let fault = Fault::new(&GUEST_NOT_STARTED);
    match failure {
        Failure::Trapped(what) | Failure::Malformed(what) => fault.found(what),
        Failure::TimedOut => fault.found("it takes too long"),
        Failure::OutOfMemory => fault.found("there is no memory"),
        Failure::Refused(_) => fault.found("it does not take its settings again"),
    }
}

/// The fault of a call that has failed; the limits are those of the stage.
pub(super) fn of_call(failure: &Failure, deadline_ms: u64, memory_bytes_max: u64) -> Fault {
    match failure {
        Failure::Trapped(what) => Fault::new(&GUEST_TRAPPED).found(what),
        Failure::TimedOut => Fault::new(&GUEST_TIMED_OUT).limited_by("deadline_ms", deadline_ms),
        Failure::OutOfMemory => {
            Fault::new(&GUEST_OUT_OF_MEMORY).limited_by("memory_bytes_max", memory_bytes_max)
        }
        Failure::Malformed(what) => Fault::new(&GUEST_ANSWER_MALFORMED).found(what),
        // Its own words may hold anything of the event.
        Failure::Refused(_) => Fault::new(&GUEST_REFUSED),
    }
}
