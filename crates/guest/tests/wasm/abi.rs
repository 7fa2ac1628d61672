//! A host, written by `ABI.md` alone.

use crate::hosts::Machine;
use trailmill_abi::{FILE, PIPELINE, entry};

/// A host with one instance.
pub(crate) struct Host<M> {
    pub(crate) machine: M,
}

/// An answer, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u32,
    /// Read, written, filtered, dropped, quarantined, quarantine lines, dead inputs.
    pub(crate) counts: [u64; 7],
    pub(crate) frames: Vec<Frame>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: u32,
    pub(crate) output: u32,
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl<M: Machine> Host<M> {
    pub(crate) fn new() -> Self {
        let mut host = Host { machine: M::new() };
        assert_eq!(host.machine.call("trailmill_abi_version", &[]), Ok(1));
        host
    }

    /// A host whose instance has taken a configuration.
    pub(crate) fn configured(configuration: &[u8]) -> Self {
        let mut host = Host::new();
        assert_eq!(host.with("trailmill_configure", configuration).unwrap(), b"", "{}", M::NAME);
        host
    }

    pub(crate) fn describe(&mut self) -> serde_json::Value {
        let packed = self.machine.call("trailmill_describe", &[]).unwrap();
        serde_json::from_slice(&self.read(packed)).expect("a description")
    }

    /// Calls an export with a text; gives the text that it answers.
    ///
    /// # Errors
    /// The trap.
    pub(crate) fn with(&mut self, name: &str, text: &[u8]) -> Result<Vec<u8>, String> {
        let pointer = self.put(text);
        let packed = self.machine.call(name, &[pointer, text.len() as u32])?;
        let answer = self.read(packed);
        self.machine.call("free", &[pointer])?;
        Ok(answer)
    }

    pub(crate) fn process(&mut self, input: &[u8]) -> Vec<u8> {
        self.with("trailmill_process", input).unwrap_or_else(|trap| panic!("{}: {trap}", M::NAME))
    }

    /// Writes a text into memory of the guest.
    pub(crate) fn put(&mut self, text: &[u8]) -> u32 {
        let pointer = self.machine.call("malloc", &[text.len() as u32]).unwrap() as u32;
        assert_ne!(pointer, 0, "{} bytes of memory", text.len());
        self.machine.memory()[pointer as usize..][..text.len()].copy_from_slice(text);
        pointer
    }

    fn read(&mut self, packed: u64) -> Vec<u8> {
        let (pointer, length) = ((packed >> 32) as usize, packed as u32 as usize);
        self.machine.memory()[pointer..pointer + length].to_vec()
    }

    pub(crate) fn pages(&mut self) -> usize {
        self.machine.memory().len() / 65_536
    }
}

impl Answer {
    pub(crate) fn read(bytes: &[u8]) -> Answer {
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
    pub(crate) fn lines(&self, kind: u32, output: u32) -> Vec<u8> {
        let frames = self.frames.iter();
        let frames = frames.filter(|frame| (frame.kind, frame.output) == (kind, output));
        frames.flat_map(|frame| &frame.bytes).copied().collect()
    }
}

/// A configuration of a pipeline file and others.
pub(crate) fn configuration(name: &str, pipeline: &str, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    entry(PIPELINE, name, pipeline.as_bytes(), &mut out);
    files.iter().for_each(|(name, content)| entry(FILE, name, content, &mut out));
    out
}

/// The pipeline that most tests run: decode, then the rows of Snare.
pub(crate) const SNARE: &str = "stages: [decode-cloudtrail, { flatten: { schema: snare } }]";

/// Every stage that needs no table, and then rows.
pub(crate) const FULL: &str = "\
stages:
  - decode-cloudtrail
  - dedupe
  - enrich-source-address
  - enrich-identity
  - enrich-action
  - enrich-user-agent
  - enrich-account: { accounts: { \"111122223333\": { name: example } } }
  - filter: { drop: 'eventName == \"Decrypt\"' }
  - flatten: { schema: snare }
";

pub(crate) fn snare() -> Vec<u8> {
    configuration("pipeline.yaml", SNARE, &[])
}
