//! From a worker to the writer: finished lines, tagged with the item they belong to.

use super::control::Control;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering::Relaxed;
use tokio::sync::mpsc::Sender;
use trailmill_pipeline::Outlet;

/// Something finished, and the item it belongs to.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) sequence: u64,
    /// None when the item has ended.
    pub(crate) content: Option<Content>,
}

/// Finished lines.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) to: To,
    pub(crate) bytes: Vec<u8>,
}

/// Where lines go.
#[derive(Debug)]
pub(crate) enum To {
    /// To the output of that number, and the file of it.
    Output(usize, Option<Box<str>>),
    Quarantine,
}

/// Quarantine lines are sent on when there are this many bytes of them.
const QUARANTINE_BYTES: usize = 256 << 10;
/// Fewer bytes are copied rather than handed on with the memory they are in, which has room for
/// many more.
const COPY_BYTES_MAX: usize = 64 << 10;
/// Of these, so many are gathered before they are sent on: an item may be many small files.
const GATHERED_BYTES: usize = 256 << 10;

/// Takes what a worker finishes of one item.
pub(crate) struct Outbound<'c> {
    control: &'c Control,
    sender: &'c Sender<Parcel>,
    sequence: u64,
    quarantine: Vec<u8>,
    /// Lines that are few as yet, and where they go.
    gathered: Option<Content>,
    /// Lines of the first output that were shown as progress already.
    shown: u64,
}

impl<'c> Outbound<'c> {
    pub(crate) fn new(control: &'c Control, sender: &'c Sender<Parcel>, sequence: u64) -> Self {
        Outbound { control, sender, sequence, quarantine: Vec::new(), gathered: None, shown: 0 }
    }

    /// Shows lines as progress, so that one long item does not look like standstill.
    fn show(&mut self, lines: &[u8]) {
        if self.control.is_watched {
            let lines = memchr::memchr_iter(b'\n', lines).count() as u64;
            self.shown += lines;
            self.control.events.fetch_add(lines, Relaxed);
        }
    }

    /// Says that the item has ended. If the run was stopped it may have been cut short, and
    /// nothing that comes after it is to be written. Gives how many lines were shown already.
    pub(crate) fn end(mut self) -> u64 {
        let _ = self.flush_gathered();
        let _ = self.flush_quarantine();
        if self.control.is_stopped() {
            return self.shown;
        }
        let _ = self.sender.blocking_send(Parcel { sequence: self.sequence, content: None });
        self.shown
    }

    fn send(&mut self, to: To, bytes: Vec<u8>) -> ControlFlow<()> {
        if !self.control.window.charge(self.sequence, bytes.len()) {
            return ControlFlow::Break(());
        }
        let parcel = Parcel { sequence: self.sequence, content: Some(Content { to, bytes }) };
        match self.sender.blocking_send(parcel) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Takes few lines, which go on with others or before them.
    fn gather(&mut self, output: usize, path: Option<&str>, lines: &[u8]) -> ControlFlow<()> {
        match &mut self.gathered {
            Some(Content { to: To::Output(own, own_path), bytes })
                if *own == output && own_path.as_deref() == path =>
            {
                bytes.extend_from_slice(lines);
                if bytes.len() < GATHERED_BYTES {
                    return ControlFlow::Continue(());
                }
                self.flush_gathered()
            }
            _ => {
                self.flush_gathered()?;
                let to = To::Output(output, path.map(Box::from));
                self.gathered = Some(Content { to, bytes: lines.to_vec() });
                ControlFlow::Continue(())
            }
        }
    }

    fn flush_gathered(&mut self) -> ControlFlow<()> {
        match self.gathered.take() {
            Some(Content { to, bytes }) => self.send(to, bytes),
            None => ControlFlow::Continue(()),
        }
    }

    fn flush_quarantine(&mut self) -> ControlFlow<()> {
        if self.quarantine.is_empty() {
            return ControlFlow::Continue(());
        }
        let lines = std::mem::take(&mut self.quarantine);
        self.send(To::Quarantine, lines)
    }
}

impl Outlet for Outbound<'_> {
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        if output == 0 {
            self.show(bytes);
        }
        if bytes.len() <= COPY_BYTES_MAX {
            let flow = self.gather(output, path, bytes);
            bytes.clear();
            return flow;
        }
        self.flush_gathered()?;
        let lines = std::mem::replace(bytes, self.control.pool.take());
        self.send(To::Output(output, path.map(Box::from)), lines)
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.quarantine.extend_from_slice(line);
        match self.quarantine.len() < QUARANTINE_BYTES {
            true => ControlFlow::Continue(()),
            false => self.flush_quarantine(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc;

    /// Few lines of one output are sent together, none of them behind lines that came later.
    #[test]
    fn few_lines_go_together_and_in_order() {
        let (sender, mut receiver) = mpsc::channel(16);
        let control = Control::for_tests();
        let mut outbound = Outbound::new(&control, &sender, 7);
        let many = vec![b'x'; COPY_BYTES_MAX + 1];
        let rows: [(usize, Option<&str>, &[u8]); 7] = [
            (0, None, b"a\n"),
            (0, None, b"b\n"),
            (1, None, b"c\n"),
            (1, Some("p"), b"d\n"),
            (1, Some("p"), &many),
            (1, Some("p"), b"e\n"),
            (0, None, b"f\n"),
        ];
        for (output, path, lines) in rows {
            let mut bytes = lines.to_vec();
            assert!(outbound.rows(output, path, &mut bytes).is_continue());
            assert!(bytes.is_empty());
        }
        assert!(outbound.quarantine(b"q\n").is_continue());
        outbound.end();
        drop(sender);
        let mut sent = Vec::new();
        while let Ok(Parcel { sequence, content }) = receiver.try_recv() {
            assert_eq!(sequence, 7);
            sent.push(content.map(|Content { to, bytes }| match to {
                To::Output(output, path) => (format!("{output}{path:?}"), bytes),
                To::Quarantine => ("quarantine".to_owned(), bytes),
            }));
        }
        let expected: [(&str, &[u8]); 7] = [
            ("0None", b"a\nb\n"),
            ("1None", b"c\n"),
            ("1Some(\"p\")", b"d\n"),
            ("1Some(\"p\")", &many),
            ("1Some(\"p\")", b"e\n"),
            ("0None", b"f\n"),
            ("quarantine", b"q\n"),
        ];
        let expected = expected.map(|(to, bytes)| Some((to.to_owned(), bytes.to_vec())));
        assert_eq!(sent, [&expected[..], &[None]].concat());
    }

    #[test]
    fn lines_do_not_pile_up() {
        let (sender, mut receiver) = mpsc::channel(16);
        let control = Control::for_tests();
        let mut outbound = Outbound::new(&control, &sender, 0);
        for _ in 0..=GATHERED_BYTES / COPY_BYTES_MAX {
            assert!(outbound.rows(0, None, &mut vec![b'x'; COPY_BYTES_MAX]).is_continue());
        }
        assert_eq!(
            receiver.try_recv().ok().and_then(|p| p.content).map(|c| c.bytes.len()),
            Some(GATHERED_BYTES)
        );
    }
}
