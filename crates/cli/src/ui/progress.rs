//! The progress bar, on a terminal only.

use super::figures;
use crate::engine::control::Control;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::sync::atomic::Ordering::Relaxed;

/// A progress bar, or none.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    files: u64,
}

const TEMPLATE: &str = "{bar:12} {percent:>3}%, {eta} left  {wide_msg}";
/// For input whose size nobody knows.
const OPEN_TEMPLATE: &str = "{spinner} {wide_msg}";

impl Progress {
    /// No progress bar.
    pub(crate) fn none() -> Self {
        Progress { bar: None, files: 0 }
    }

    /// A progress bar if standard error is a terminal. `size` is asked for files and bytes only
    /// then; 0 bytes if that is not known.
    pub(crate) fn on_terminal(size: impl FnOnce() -> (u64, u64)) -> Self {
        if !stderr().is_terminal() {
            return Self::none();
        }
        let (files, bytes) = size();
        let (length, template) = match bytes {
            0 => (None, OPEN_TEMPLATE),
            bytes => (Some(bytes), TEMPLATE),
        };
        let target = ProgressDrawTarget::stderr();
        let bar = ProgressBar::with_draw_target(length, target);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar: Some(bar), files }
    }

    pub(crate) fn is_shown(&self) -> bool {
        self.bar.is_some()
    }

    /// Shows how far a run has come.
    pub(crate) fn draw(&self, control: &Control) {
        let Some(bar) = &self.bar else { return };
        let bytes = control.bytes.load(Relaxed);
        let files = control.files.load(Relaxed);
        let events = control.events.load(Relaxed);
        let time = bar.elapsed();
        let files = match self.files {
            0 => figures::counted(files, "file"),
            all => format!("{} of {}", figures::count(files), figures::counted(all, "file")),
        };
        let speed = figures::bytes(figures::rate(bytes, time));
        let rate = figures::count(figures::rate(events, time));
        let size = figures::bytes(bytes);
        bar.set_position(bytes);
        bar.set_message(format!("{files}, {size}, {rate} events/s, {speed}/s"));
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
