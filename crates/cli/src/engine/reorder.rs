//! Puts back into input order what workers finish in any order.

use std::collections::VecDeque;

/// Holds what came too early, item by item.
#[derive(Debug)]
pub(crate) struct Reorder<T> {
    front: u64,
    slots: VecDeque<Slot<T>>,
}

#[derive(Debug)]
struct Slot<T> {
    parts: VecDeque<T>,
    ended: bool,
}

impl<T> Reorder<T> {
    pub(crate) fn new() -> Self {
        Reorder { front: 0, slots: VecDeque::new() }
    }

    /// The first item that has not ended, or whose parts were not all taken.
    pub(crate) fn front(&self) -> u64 {
        self.front
    }

    /// Adds a part of an item; the parts of one item come in their order.
    pub(crate) fn put(&mut self, sequence: u64, part: T) {
        self.slot(sequence).parts.push_back(part);
    }

    /// Says that an item has no more parts.
    pub(crate) fn end(&mut self, sequence: u64) {
        self.slot(sequence).ended = true;
    }

    /// The next part in order, if it has come.
    pub(crate) fn take(&mut self) -> Option<T> {
        loop {
            let slot = self.slots.front_mut()?;
            if let Some(part) = slot.parts.pop_front() {
                return Some(part);
            }
            if !slot.ended {
                return None;
            }
            self.slots.pop_front();
            self.front += 1;
        }
    }

    fn slot(&mut self, sequence: u64) -> &mut Slot<T> {
        let position = (sequence - self.front) as usize;
        while self.slots.len() <= position {
            self.slots.push_back(Slot { parts: VecDeque::new(), ended: false });
        }
        &mut self.slots[position]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(reorder: &mut Reorder<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| reorder.take()).collect()
    }

    #[test]
    fn later_items_wait_for_earlier_ones() {
        let mut reorder = Reorder::new();
        reorder.put(1, "1a");
        reorder.end(1);
        reorder.put(2, "2a");
        assert_eq!(drain(&mut reorder), [""; 0]);
        reorder.put(0, "0a");
        assert_eq!(drain(&mut reorder), ["0a"]);
        reorder.put(0, "0b");
        reorder.end(0);
        assert_eq!(drain(&mut reorder), ["0b", "1a", "2a"]);
        assert_eq!(reorder.front(), 2);
    }

    #[test]
    fn items_without_parts_are_passed_over() {
        let mut reorder = Reorder::new();
        reorder.end(2);
        reorder.end(0);
        reorder.put(3, "3a");
        assert_eq!(drain(&mut reorder), [""; 0]);
        reorder.end(1);
        assert_eq!(drain(&mut reorder), ["3a"]);
        assert_eq!(reorder.front(), 3);
    }
}
