//! Signals that end a run, caught from before its first file is made.

use super::bug;
use super::control::Control;
use crate::failure::{Failure, Status};
use crate::io::temporary::Temporaries;
use std::process;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The runtime of what waits, and the signals that it waits for.
#[derive(Debug)]
pub(crate) struct Signals {
    runtime: Runtime,
    streams: Vec<(u8, Signal)>,
}

impl Signals {
    /// Catches signals from now on; they are heeded once the run has begun.
    ///
    /// # Errors
    /// If the system does not let it.
    pub(crate) fn catch() -> Result<Self, Failure> {
        let failed = |error| bug(format_args!("signals can not be caught: {error}"));
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let within = runtime.enter();
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        let streams = kinds.map(|kind| {
            let number = u8::try_from(kind.as_raw_value()).unwrap_or_default();
            signal(kind).map(|stream| (number, stream))
        });
        let streams = streams.into_iter().collect::<Result<_, _>>().map_err(failed)?;
        drop(within);
        Ok(Signals { runtime, streams })
    }

    /// Runs `work` to its end. Meanwhile the first signal stops the run, and the second the
    /// program.
    pub(super) fn heed<T>(
        self,
        control: &Arc<Control>,
        temporaries: &Temporaries,
        work: impl Future<Output = T>,
    ) -> T {
        for (number, stream) in self.streams {
            self.runtime.spawn(heed(number, stream, control.clone(), temporaries.clone()));
        }
        self.runtime.block_on(work)
    }
}

async fn heed(number: u8, mut stream: Signal, control: Arc<Control>, temporaries: Temporaries) {
    while stream.recv().await.is_some() {
        if !control.interrupt(number) {
            let _held = temporaries.remove_all();
            process::exit(i32::from(Status::Signal(number).number()));
        }
    }
}
