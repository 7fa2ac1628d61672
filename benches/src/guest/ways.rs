//! A guest made natively, and guests in engines: records in, answers out.

use super::engines::{Export, Machine};
use crate::contest::{Answer, Contender};
use crate::way::Unmeasured;
use trailmill_guest::{Configured, Guest};
use trailmill_stage::event::json::Isa;

/// How many records are in a batch.
const BATCH: usize = 1000;

/// The name of the source that a host gives.
const TAG: &[u8] = b"aws.trail";

/// When the records were collected.
const TIME: (u32, u32) = (1_709_889_330, 500_000_000);

/// What is run.
#[derive(Debug)]
pub(super) struct Records {
    pub(super) list: Vec<Vec<u8>>,
    batches: Vec<Vec<u8>>,
    pub(super) bytes: usize,
}

impl Records {
    pub(super) fn new(list: Vec<Vec<u8>>) -> Self {
        let batches = list.chunks(BATCH).map(|records| records.join(&b'\n')).collect();
        Records { batches, bytes: list.iter().map(Vec::len).sum(), list }
    }
}

/// A guest, wherever it runs.
pub(super) trait Guests {
    /// Takes a batch; gives the answer.
    fn process(&mut self, batch: &[u8]) -> Result<&[u8], Unmeasured>;

    /// Takes a record as Fluent Bit hands it over; gives the answer without the zero behind it.
    fn filter(&mut self, record: &[u8]) -> Result<&[u8], Unmeasured>;

    /// Checks that all answers are those of another guest.
    fn agree(&mut self, other: &mut dyn Guests, records: &Records) -> Result<(), Unmeasured> {
        let differ = |what: &str| Unmeasured(format!("the answers for {what} differ"));
        for batch in &records.batches {
            if self.process(batch)? != other.process(batch)? {
                return Err(differ("a batch"));
            }
        }
        for record in &records.list {
            if self.filter(record)? != other.filter(record)? {
                return Err(differ(&String::from_utf8_lossy(record)));
            }
        }
        Ok(())
    }
}

/// A guest in a race.
pub(super) fn contender<'c>(
    name: String,
    guest: &'c mut dyn Guests,
    records: &'c Records,
    one_by_one: bool,
) -> Contender<'c> {
    let round = move || {
        let mut answer = Answer::default();
        match one_by_one {
            false => {
                for batch in &records.batches {
                    answer.bytes += guest.process(batch)?.len();
                }
            }
            true => {
                for record in &records.list {
                    answer.bytes += guest.filter(record)?.len();
                }
            }
        }
        Ok(answer)
    };
    Contender { name, instructions: String::new(), round: Box::new(round) }
}

/// Without an engine.
pub(super) struct Native<'c> {
    guest: Guest<'c>,
}

impl<'c> Native<'c> {
    pub(super) fn new(configured: &'c Configured, isa: Isa) -> Self {
        Native { guest: Guest::new(configured, Some(isa)) }
    }
}

impl Guests for Native<'_> {
    fn process(&mut self, batch: &[u8]) -> Result<&[u8], Unmeasured> {
        Ok(self.guest.process(batch))
    }

    fn filter(&mut self, record: &[u8]) -> Result<&[u8], Unmeasured> {
        let answer = self.guest.filter(TAG, TIME, Some(record));
        Ok(answer.strip_suffix(b"\0").unwrap_or(answer))
    }
}

/// In an engine, with the copies that a host makes.
pub(super) struct Hosted<M> {
    machine: M,
    answer: Vec<u8>,
}

impl<M: Machine> Hosted<M> {
    /// Configures an instance, unless it is so already.
    pub(super) fn new(machine: M, configuration: &[u8]) -> Result<Self, Unmeasured> {
        let mut hosted = Hosted { machine, answer: Vec::new() };
        let described = hosted.machine.call(Export::Describe, [0; 6])?;
        let is_configured = !hosted.packed(described).ends_with(b"\"pipeline\":null}");
        if !is_configured {
            let pointer = hosted.put(configuration)?;
            let length = configuration.len() as u32;
            let told = hosted.machine.call(Export::Configure, [pointer, length, 0, 0, 0, 0])?;
            if told != 0 {
                let message = String::from_utf8_lossy(hosted.packed(told)).into_owned();
                return Err(Unmeasured(message));
            }
            hosted.machine.call(Export::Free, [pointer, 0, 0, 0, 0, 0])?;
        }
        Ok(hosted)
    }

    /// The fuel that a record takes once all memory is warm.
    pub(super) fn fuel(&mut self, records: &Records) -> Result<u64, Unmeasured> {
        let mut before = 0;
        for _ in 0..2 {
            before = self.machine.fuel_used();
            for record in &records.list {
                self.filter(record)?;
            }
        }
        Ok((self.machine.fuel_used() - before) / records.list.len().max(1) as u64)
    }

    /// Writes a text into memory of the guest.
    fn put(&mut self, text: &[u8]) -> Result<u32, Unmeasured> {
        let pointer = self.machine.call(Export::Malloc, [text.len() as u32, 0, 0, 0, 0, 0])?;
        let place = self.machine.memory().get_mut(pointer as usize..);
        let place = place.and_then(|memory| memory.get_mut(..text.len()));
        let place = place.filter(|_| pointer != 0);
        place
            .ok_or_else(|| Unmeasured("the guest has no memory".to_owned()))?
            .copy_from_slice(text);
        Ok(pointer as u32)
    }

    /// Copies an answer out of the memory of the guest.
    fn packed(&mut self, packed: u64) -> &[u8] {
        let (pointer, length) = ((packed >> 32) as usize, packed as u32 as usize);
        let text = self.machine.memory().get(pointer..).and_then(|memory| memory.get(..length));
        self.answer.clear();
        self.answer.extend_from_slice(text.unwrap_or_default());
        &self.answer
    }
}

impl<M: Machine> Guests for Hosted<M> {
    fn process(&mut self, batch: &[u8]) -> Result<&[u8], Unmeasured> {
        let pointer = self.put(batch)?;
        let length = batch.len() as u32;
        let packed = self.machine.call(Export::Process, [pointer, length, 0, 0, 0, 0])?;
        self.packed(packed);
        self.machine.call(Export::Free, [pointer, 0, 0, 0, 0, 0])?;
        Ok(&self.answer)
    }

    fn filter(&mut self, record: &[u8]) -> Result<&[u8], Unmeasured> {
        let (tag, text) = (self.put(TAG)?, self.put(record)?);
        let (length, (seconds, nanoseconds)) = (record.len() as u32, TIME);
        let arguments = [tag, TAG.len() as u32, seconds, nanoseconds, text, length];
        let pointer = self.machine.call(Export::FluentBit, arguments)? as usize;
        let text_at = self.machine.memory().get(pointer..).unwrap_or_default();
        let length = memchr::memchr(0, text_at).unwrap_or(0);
        self.answer.clear();
        self.answer.extend_from_slice(&text_at[..length]);
        self.machine.call(Export::Free, [tag, 0, 0, 0, 0, 0])?;
        self.machine.call(Export::Free, [text, 0, 0, 0, 0, 0])?;
        Ok(&self.answer)
    }
}
