//! How far workers may run ahead of the item whose rows are being written.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bounds what is finished but can not be written yet, in items and in bytes.
///
/// The front item, whose rows are next, is never held up here; so whatever the others wait for
/// comes in the end.
#[derive(Debug)]
pub(crate) struct Window {
    bytes_max: usize,
    items_max: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    front: u64,
    bytes: usize,
    closed: bool,
}

impl Window {
    /// A window of that many bytes of output and that many items.
    pub(crate) fn new(bytes_max: usize, items_max: u64) -> Self {
        Window { bytes_max, items_max, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until an item is near enough to be started; `false` if the run is over.
    pub(crate) fn admit(&self, sequence: u64) -> bool {
        let far = |state: &State| sequence - state.front.min(sequence) >= self.items_max;
        !self.wait_while(far).closed
    }

    /// Waits until there is room for output of an item; `false` if the run is over.
    pub(crate) fn charge(&self, sequence: u64, bytes: usize) -> bool {
        let full = |state: &State| {
            sequence != state.front && state.bytes > 0 && state.bytes + bytes > self.bytes_max
        };
        let mut state = self.wait_while(full);
        state.bytes += bytes;
        !state.closed
    }

    /// Output of that size is written.
    pub(crate) fn release(&self, bytes: usize) {
        self.lock().bytes -= bytes;
        self.changed.notify_all();
    }

    /// All items before `front` are written.
    pub(crate) fn advance(&self, front: u64) {
        let mut state = self.lock();
        if state.front != front {
            state.front = front;
            self.changed.notify_all();
        }
    }

    /// Ends all waiting: the run is over.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn wait_while(&self, held_up: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        self.changed
            .wait_while(self.lock(), |state| !state.closed && held_up(state))
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    const SOON: Duration = Duration::from_millis(30);
    const LATE: Duration = Duration::from_secs(20);

    #[test]
    fn the_front_item_is_never_held_up() {
        let window = Window::new(10, 4);
        assert!(window.charge(1, 10));
        assert!(window.charge(0, 1_000));
        assert!(window.charge(0, 1_000));
    }

    #[test]
    fn others_wait_for_room() {
        let window = Window::new(10, 4);
        assert!(window.charge(1, 8));
        let (send, receive) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| send.send(window.charge(2, 8)));
            assert!(receive.recv_timeout(SOON).is_err());
            window.release(8);
            assert_eq!(receive.recv_timeout(LATE), Ok(true));
        });
    }

    #[test]
    fn who_becomes_the_front_goes_on() {
        let window = Window::new(10, 4);
        assert!(window.charge(1, 8));
        let (send, receive) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| send.send(window.charge(1, 8)));
            assert!(receive.recv_timeout(SOON).is_err());
            window.advance(1);
            assert_eq!(receive.recv_timeout(LATE), Ok(true));
        });
    }

    #[test]
    fn far_items_wait_and_a_closed_window_lets_go() {
        let window = Window::new(10, 4);
        assert!(window.admit(3));
        let (send, receive) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| send.send(window.admit(4)));
            assert!(receive.recv_timeout(SOON).is_err());
            window.close();
            assert_eq!(receive.recv_timeout(LATE), Ok(false));
        });
    }
}
