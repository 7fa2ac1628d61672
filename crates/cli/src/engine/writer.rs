//! The thread that writes: lines in input order, then everything under its final name, or nothing.

use super::control::Control;
use super::outbound::{Content, Parcel, To};
use super::reorder::Reorder;
use crate::io::outputs::{Landed, Outputs, WriteError};
use tokio::sync::mpsc::Receiver;

/// Writes what workers send until all have hung up. Gives what then stands under its final name;
/// none if the run was stopped.
///
/// # Errors
/// If something can not be written, which stops the run.
pub(crate) fn write(
    receiver: Receiver<Parcel>,
    mut outputs: Outputs,
    control: &Control,
) -> Result<Option<Landed>, WriteError> {
    let outcome = copy(receiver, &mut outputs, control);
    if outcome.is_err() {
        control.stop();
    }
    outcome?;
    match control.is_stopped() {
        true => Ok(None),
        false => outputs.commit().map(Some),
    }
}

fn copy(
    mut receiver: Receiver<Parcel>,
    outputs: &mut Outputs,
    control: &Control,
) -> Result<(), WriteError> {
    let mut reorder = Reorder::new();
    while let Some(parcel) = receiver.blocking_recv() {
        match parcel.content {
            Some(content) => reorder.put(parcel.sequence, content),
            None => reorder.end(parcel.sequence),
        }
        while let Some(Content { to, bytes }) = reorder.take() {
            match to {
                To::Output(output, path) => outputs.rows(output, path.as_deref(), &bytes)?,
                To::Quarantine => outputs.quarantine(&bytes)?,
            }
            control.window.release(bytes.len());
            control.pool.give(bytes);
        }
        control.window.advance(reorder.front());
    }
    Ok(())
}
