//! Adding up the books of several workers.

use super::{Books, FaultBook, OutputBook, StageBook};

impl Books {
    /// Adds the figures of other books of the same pipeline.
    ///
    /// The sum is the same in whatever order books are added.
    ///
    /// # Panics
    /// If the books are of different pipelines.
    pub fn merge(&mut self, other: &Books) {
        self.inputs += other.inputs;
        self.dead_inputs += other.dead_inputs;
        self.bytes_in += other.bytes_in;
        self.text_bytes += other.text_bytes;
        self.read += other.read;
        self.written += other.written;
        self.filtered += other.filtered;
        self.not_routed += other.not_routed;
        self.dropped += other.dropped;
        self.quarantined += other.quarantined;
        self.quarantine_lines += other.quarantine_lines;
        assert_eq!(self.stages.len(), other.stages.len(), "books of different pipelines");
        assert_eq!(self.outputs.len(), other.outputs.len(), "books of different pipelines");
        for (own, other) in self.stages.iter_mut().zip(&other.stages) {
            own.add(other);
        }
        for (own, other) in self.outputs.iter_mut().zip(&other.outputs) {
            own.add(other);
        }
        for fault in &other.faults {
            self.add_fault(fault.clone());
        }
        for (kind, count) in other.notes.iter() {
            self.notes.add(kind, count);
        }
    }

    /// Adds a fault to those of its stage and kind.
    pub(super) fn add_fault(&mut self, fault: FaultBook) {
        let key = |fault: &FaultBook| (fault.stage, fault.kind.name);
        match self.faults.binary_search_by(|known| key(known).cmp(&key(&fault))) {
            Err(position) => self.faults.insert(position, fault),
            Ok(position) => {
                let known = &mut self.faults[position];
                known.count += fault.count;
                if fault.first < known.first {
                    known.first = fault.first;
                }
            }
        }
    }
}

impl StageBook {
    fn add(&mut self, other: &StageBook) {
        self.skipped += other.skipped;
        self.read += other.read;
        self.kept += other.kept;
        self.filtered += other.filtered;
        self.marked += other.marked;
        self.dropped += other.dropped;
        self.quarantined += other.quarantined;
    }
}

impl OutputBook {
    fn add(&mut self, other: &OutputBook) {
        self.not_routed += other.not_routed;
        self.read += other.read;
        self.written += other.written;
        self.filtered += other.filtered;
        self.dropped += other.dropped;
        self.quarantined += other.quarantined;
        self.bytes += other.bytes;
    }
}
