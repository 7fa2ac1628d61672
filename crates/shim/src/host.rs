//! A host, written by `ABI.md` alone.

use crate::machine::Machine;
use serde::Deserialize;

/// The tag of every record that is handed over as Fluent Bit does it.
pub const TAG: &[u8] = b"aws.trail";
/// The seconds of the time of collection: 2024-03-08T09:15:30.5Z.
pub const SECONDS: u32 = 1_709_889_330;
/// And its nanoseconds.
pub const NANOSECONDS: u32 = 500_000_000;

/// A host with one instance.
#[derive(Debug)]
pub struct Host<M> {
    /// The instance.
    pub machine: M,
}

/// An answer, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// 0 done, 1 failed.
    pub status: u32,
    /// Read, written, filtered, dropped, quarantined, quarantine lines, dead inputs.
    pub counts: [u64; 7],
    /// In their order.
    pub frames: Vec<Frame>,
}

/// Lines that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    /// 0 rows, 1 quarantine, 2 message.
    pub kind: u32,
    /// The position of the output.
    pub output: u32,
    /// Of an output whose path has fields.
    pub path: String,
    /// Lines, or the message.
    pub bytes: Vec<u8>,
}

/// Whether a text is one JSON object and nothing else, by somebody else's judgment.
pub fn is_one_object(text: &[u8]) -> bool {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = serde::de::IgnoredAny::deserialize(&mut reader);
    value.is_ok() && reader.end().is_ok() && text.starts_with(b"{")
}

impl<M: Machine> Host<M> {
    /// A host with a fresh instance, which nobody has configured.
    ///
    /// # Panics
    /// If the module is of another ABI.
    pub fn of(module: &'static [u8]) -> Self {
        let mut host = Host { machine: M::new(module) };
        assert_eq!(host.machine.call("trailmill_abi_version", &[]), Ok(1));
        host
    }

    /// Has the instance take a configuration.
    ///
    /// # Panics
    /// If it does not.
    #[must_use]
    pub fn taking(mut self, configuration: &[u8]) -> Self {
        let message = self.with("trailmill_configure", configuration).expect("no trap");
        assert_eq!(String::from_utf8_lossy(&message), "", "{}", M::NAME);
        self
    }

    /// What the module says of itself.
    ///
    /// # Panics
    /// If that is no JSON.
    pub fn describe(&mut self) -> serde_json::Value {
        let packed = self.machine.call("trailmill_describe", &[]).expect("no trap");
        serde_json::from_slice(&self.read(packed)).expect("a description")
    }

    /// Calls an export with a text; gives the text that it answers.
    ///
    /// # Errors
    /// The trap.
    pub fn with(&mut self, name: &str, text: &[u8]) -> Result<Vec<u8>, String> {
        let pointer = self.put(text);
        let packed = self.machine.call(name, &[pointer, text.len() as u32])?;
        let answer = self.read(packed);
        self.machine.call("free", &[pointer])?;
        Ok(answer)
    }

    /// The answer to an input.
    ///
    /// # Panics
    /// If there is a trap.
    pub fn process(&mut self, input: &[u8]) -> Vec<u8> {
        self.with("trailmill_process", input).unwrap_or_else(|trap| panic!("{}: {trap}", M::NAME))
    }

    /// What `filter_wasm` of Fluent Bit does with a record; gives what it would read: bytes up to
    /// a zero.
    ///
    /// # Panics
    /// If there is a trap.
    pub fn filter(&mut self, record: &[u8]) -> Vec<u8> {
        self.try_filter(record).unwrap_or_else(|trap| panic!("{}: {trap}", M::NAME))
    }

    /// The same, for modules that may fail.
    ///
    /// # Errors
    /// The trap.
    pub fn try_filter(&mut self, record: &[u8]) -> Result<Vec<u8>, String> {
        let tag = self.put(&[TAG, b"\0"].concat());
        let text = self.put(&[record, b"\0"].concat());
        let (tag_length, length) = (TAG.len() as u32, record.len() as u32);
        let arguments = [tag, tag_length, SECONDS, NANOSECONDS, text, length];
        let pointer = self.machine.call("trailmill_fluent_bit", &arguments);
        let answer = pointer.map(|pointer| self.text(pointer));
        self.machine.call("free", &[tag])?;
        self.machine.call("free", &[text])?;
        answer
    }

    /// The text at an address, up to a zero byte.
    ///
    /// # Panics
    /// If there is none.
    pub fn text(&mut self, pointer: u64) -> Vec<u8> {
        let memory = &self.machine.memory()[pointer as usize..];
        let end = memory.iter().position(|byte| *byte == 0).expect("a zero byte");
        memory[..end].to_vec()
    }

    /// Writes a text into memory of the guest.
    ///
    /// # Panics
    /// If there is none.
    pub fn put(&mut self, text: &[u8]) -> u32 {
        let pointer = self.machine.call("malloc", &[text.len() as u32]).expect("no trap") as u32;
        assert_ne!(pointer, 0, "{} bytes of memory", text.len());
        self.machine.memory()[pointer as usize..][..text.len()].copy_from_slice(text);
        pointer
    }

    /// The text of a packed result.
    ///
    /// # Panics
    /// If there is no such memory.
    pub fn read(&mut self, packed: u64) -> Vec<u8> {
        let (pointer, length) = ((packed >> 32) as usize, packed as u32 as usize);
        self.machine.memory()[pointer..pointer + length].to_vec()
    }

    /// How many pages the memory has.
    pub fn pages(&mut self) -> usize {
        self.machine.memory().len() / 65_536
    }
}

impl Answer {
    /// Takes an answer apart.
    ///
    /// # Panics
    /// If it is not laid out as it should be.
    pub fn read(bytes: &[u8]) -> Answer {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let count = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
        let mut answer = Answer { status: word(0), ..Answer::default() };
        for (number, to) in answer.counts.iter_mut().enumerate() {
            *to = count(8 + 8 * number);
        }
        let mut at = 64;
        for _ in 0..word(4) {
            let (path, length) = (word(at + 8) as usize, word(at + 12) as usize);
            let text = bytes[at + 16..][..path].to_vec();
            answer.frames.push(Frame {
                kind: word(at),
                output: word(at + 4),
                path: String::from_utf8(text).expect("a path"),
                bytes: bytes[at + 16 + path..][..length].to_vec(),
            });
            at += 16 + path + length;
        }
        assert_eq!(at, bytes.len(), "behind the last frame");
        answer
    }

    /// The lines of a kind and an output.
    pub fn lines(&self, kind: u32, output: u32) -> Vec<u8> {
        let frames = self.frames.iter();
        let frames = frames.filter(|frame| (frame.kind, frame.output) == (kind, output));
        frames.flat_map(|frame| &frame.bytes).copied().collect()
    }
}
