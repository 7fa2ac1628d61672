//! Runs a pipeline: threads that compute, one that writes, and one that waits for signals.

mod ahead;
pub(crate) mod control;
mod crew;
mod idle;
mod outbound;
mod recall;
mod reorder;
pub(crate) mod signals;
mod window;
mod writer;

use crate::failure::{Failure, Status};
use crate::io::inputs::Inputs;
use crate::io::outputs::{Landed, Outputs, WriteError};
use crate::io::source::Source;
use crate::io::temporary::Temporaries;
use crate::ui::progress::Progress;
use control::{Control, Unreadable};
use crew::Crew;
use idle::Idle;
use recall::Recall;
use signals::Signals;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use trailmill_pipeline::{Books, Pipeline};
use trailmill_stage::event::json::Isa;
use window::Window;

/// Files are cut into pieces of about this many bytes, with many threads into smaller ones.
const PIECE_BYTES_MAX: usize = 1 << 20;
const PIECE_BYTES_MIN: usize = 256 << 10;
/// Together, pieces under way have about this many bytes.
const PIECES_BYTES: usize = 16 << 20;
/// So many bytes of output may wait for their turn.
const AHEAD_BYTES: usize = 8 << 20;
/// So many items may be finished before their turn.
const AHEAD_ITEMS: u64 = 4096;
/// How often the progress bar is drawn.
const TICK: Duration = Duration::from_millis(100);

/// A run, ready to start.
pub(crate) struct Run<'p> {
    pub(crate) pipeline: &'p Pipeline,
    pub(crate) inputs: Inputs,
    pub(crate) outputs: Outputs,
    pub(crate) temporaries: Temporaries,
    pub(crate) threads: usize,
    pub(crate) collected_at: Arc<str>,
    pub(crate) isa: Option<Isa>,
    pub(crate) progress: Progress,
    pub(crate) signals: Signals,
}

/// How a run went.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) books: Books,
    pub(crate) ending: Ending,
    pub(crate) unreadable: Unreadable,
    pub(crate) files: u64,
    pub(crate) wall: Duration,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Everything was written.
    Complete(Landed),
    /// Something could not be written.
    Unwritten(WriteError),
    /// A signal of that number came.
    Interrupted(u8),
}

impl Run<'_> {
    /// Runs to the end, and reports.
    ///
    /// # Errors
    /// If the program itself fails.
    pub(crate) fn run(self) -> Result<Report, Failure> {
        let started = Instant::now();
        let bytes_ahead = AHEAD_BYTES.max(self.threads * PIECE_BYTES_MIN);
        let window = Window::new(bytes_ahead, AHEAD_ITEMS);
        let control = Arc::new(Control::new(
            window,
            self.pipeline.memory().map(Recall::new),
            self.progress.is_shown(),
        ));
        let piece = (PIECES_BYTES / self.threads).clamp(PIECE_BYTES_MIN, PIECE_BYTES_MAX);
        let may_split = |head: &[u8]| self.pipeline.may_split(head);
        let crew = Crew {
            pipeline: self.pipeline,
            source: Mutex::new(Source::new(self.inputs, &may_split, piece as u64)),
            control: control.clone(),
            collected_at: self.collected_at,
            isa: self.isa,
            morgue: Mutex::new(()),
            // A worker by itself is never idle as long as there is anything to be done.
            idle: (self.threads > 1).then(Idle::default),
        };
        let office = Office {
            control: control.clone(),
            temporaries: self.temporaries,
            progress: self.progress,
            signals: self.signals,
        };
        let mut books = Books::new(self.pipeline);
        let written = std::thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel(2 * self.threads);
            let workers: Vec<_> = (0..self.threads)
                .map(|_| {
                    let (crew, sender) = (&crew, sender.clone());
                    scope.spawn(move || crew.work(&sender))
                })
                .collect();
            drop(sender);
            let written = office.conduct(receiver, self.outputs);
            for worker in workers {
                match worker.join() {
                    Ok(own) => books.merge(&own),
                    Err(_) => control.fail(),
                }
            }
            written
        });
        let ending = end(written?, &control)?;
        Ok(Report {
            books,
            ending,
            unreadable: control.all_unreadable(),
            files: control.files.load(Relaxed),
            wall: started.elapsed(),
        })
    }
}

type Written = Result<Option<Landed>, WriteError>;

fn end(written: Written, control: &Control) -> Result<Ending, Failure> {
    match (written, control.signal()) {
        (Ok(Some(landed)), _) => Ok(Ending::Complete(landed)),
        _ if control.is_broken() => Err(bug("a thread has stopped; nothing was written")),
        (_, Some(signal)) => Ok(Ending::Interrupted(signal)),
        (Err(error), None) => Ok(Ending::Unwritten(error)),
        (Ok(None), None) => Err(bug("the run has stopped; nothing was written")),
    }
}

/// A failure of the program itself.
pub(crate) fn bug(message: impl std::fmt::Display) -> Failure {
    Failure { status: Status::Bug, error: anyhow::anyhow!("{message}; this is a bug of trailmill") }
}

/// What waits while others compute: for the writer, for signals, for the next drawing of the
/// progress bar.
struct Office {
    control: Arc<Control>,
    temporaries: Temporaries,
    progress: Progress,
    signals: Signals,
}

impl Office {
    /// Starts the writer and waits for it.
    fn conduct(
        self,
        receiver: mpsc::Receiver<outbound::Parcel>,
        outputs: Outputs,
    ) -> Result<Written, Failure> {
        let Office { control, temporaries, progress, signals } = self;
        let work = async {
            let drawing = tokio::spawn(draw(progress.clone(), control.clone()));
            let theirs = control.clone();
            let writer = move || writer::write(receiver, outputs, &theirs);
            let written = tokio::task::spawn_blocking(writer).await;
            drawing.abort();
            written
        };
        let outcome = signals.heed(&control, &temporaries, work);
        progress.clear();
        outcome.map_err(|_| bug("the writer has stopped; nothing was written"))
    }
}

async fn draw(progress: Progress, control: Arc<Control>) {
    let mut tick = tokio::time::interval(TICK);
    while progress.is_shown() {
        tick.tick().await;
        progress.draw(&control);
    }
}
