//! The input of a case: records of a seed in some layout, or copies of a file.

use super::folder;
use crate::way::Unmeasured;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use std::io::Write;
use trailmill_generate::{Generator, S3Files, START};

/// The input of a case as its file says it: a seed or a file, and how much.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSpec {
    /// The seed of the generator.
    seed: Option<u64>,
    /// A file beside that of the case.
    file: Option<String>,
    /// How much of it: records of a seed, copies of a file.
    amount: Amounts,
    /// What the records travel in.
    #[serde(default)]
    layout: Layout,
    /// How many records a file or a message holds at most.
    #[serde(default = "per_file")]
    records_per_file: usize,
    /// Every so manyth line lacks its last byte.
    spoil_every: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amounts {
    checked: u64,
    timed: u64,
}

/// How much input is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Half of what has a known answer, to tell what the other half costs.
    Half,
    /// As much as has a known answer.
    Checked,
    /// As much as it takes to be timed.
    Timed,
}

/// What records travel in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// JSON lines, all in one input.
    #[default]
    Lines,
    /// S3 log files, an input each.
    S3,
    /// The same, each compressed with gzip.
    S3Gzip,
    /// Messages of CloudWatch Logs, each compressed with gzip.
    CloudwatchLogs,
}

/// Inputs, ready to be run.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    stored: Vec<Vec<u8>>,
    text_lengths: Vec<usize>,
}

/// CloudTrail itself seldom puts more into a file.
fn per_file() -> usize {
    2_000
}

impl InputSpec {
    /// Makes the input.
    ///
    /// # Errors
    /// If the file is not there, or the options do not go together.
    pub fn make(&self, amount: Amount) -> Result<Inputs, Unmeasured> {
        let amount = match amount {
            Amount::Half => self.amount.checked / 2,
            Amount::Checked => self.amount.checked,
            Amount::Timed => self.amount.timed,
        };
        match (self.seed, &self.file, self.layout) {
            (Some(seed), None, layout) => Ok(self.generate(seed, amount, layout)),
            (None, Some(name), Layout::Lines) => {
                let text = std::fs::read(folder().join(name));
                let text = text.map_err(|_| Unmeasured(format!("there is no file `{name}`")))?;
                Ok(self.plain([text.repeat(amount as usize)]))
            }
            (None, Some(_), _) => Err(Unmeasured("a file is taken as it stands".to_owned())),
            _ => Err(Unmeasured("an input has either a seed or a file".to_owned())),
        }
    }

    fn generate(&self, seed: u64, records: u64, layout: Layout) -> Inputs {
        let logs = || {
            let files = S3Files::new(Generator::new(seed), records, self.records_per_file);
            files.map(|file| file.text)
        };
        match layout {
            Layout::Lines => self.plain([crate::input::records(seed, records)]),
            Layout::S3 => self.plain(logs()),
            Layout::S3Gzip => packed(logs()),
            Layout::CloudwatchLogs => packed(messages(seed, records, self.records_per_file)),
        }
    }

    fn plain(&self, texts: impl IntoIterator<Item = Vec<u8>>) -> Inputs {
        let mut inputs = Inputs::default();
        for mut text in texts {
            if let Some(every) = self.spoil_every {
                text = spoiled(&text, every);
            }
            inputs.text_lengths.push(text.len());
            inputs.stored.push(text);
        }
        inputs
    }
}

impl Inputs {
    /// The inputs, as they are stored.
    pub fn stored(&self) -> impl Iterator<Item = &[u8]> {
        self.stored.iter().map(Vec::as_slice)
    }

    /// How many bytes of text they hold together.
    pub fn text_bytes(&self) -> usize {
        self.text_lengths.iter().sum()
    }

    /// Each compressed input with the length of its text; none if they are not compressed.
    pub fn compressed(&self) -> impl Iterator<Item = (&[u8], usize)> {
        let inputs = self.stored().zip(self.text_lengths.iter().copied());
        inputs.filter(|(stored, length)| stored.len() != *length)
    }
}

fn packed(texts: impl IntoIterator<Item = Vec<u8>>) -> Inputs {
    let mut inputs = Inputs::default();
    for text in texts {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let packed = encoder.write_all(&text).and_then(|()| encoder.finish());
        inputs.text_lengths.push(text.len());
        inputs.stored.push(packed.expect("writing to memory does not fail"));
    }
    inputs
}

/// Lines of which every so manyth lacks its last byte.
fn spoiled(text: &[u8], every: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match line {
            [rest @ .., _, b'\n'] if number % every == every - 1 => {
                out.extend_from_slice(rest);
                out.push(b'\n');
            }
            line => out.extend_from_slice(line),
        }
    }
    out
}

/// Records as CloudWatch Logs hands them to a subscription: each as a text in a message of many.
fn messages(seed: u64, records: u64, per_message: usize) -> Vec<Vec<u8>> {
    let mut generator = Generator::new(seed);
    let mut record = Vec::new();
    let mut messages: Vec<serde_json::Value> = Vec::new();
    let mut events = Vec::new();
    for number in 0..records {
        record.clear();
        generator.record(&mut record);
        let text = String::from_utf8_lossy(&record);
        let time = u64::from(START) * 1000 + number * 7;
        events.push(serde_json::json!({ "id": number.to_string(), "timestamp": time,
            "message": text }));
        if events.len() == per_message || number + 1 == records {
            let events = std::mem::take(&mut events);
            messages.push(serde_json::json!({ "messageType": "DATA_MESSAGE",
                "owner": "111122223333", "logGroup": "CloudTrail/logs",
                "logStream": "111122223333_CloudTrail_us-east-1",
                "subscriptionFilters": ["all"], "logEvents": events }));
        }
    }
    messages.iter().map(|message| message.to_string().into_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_line_is_spoiled() {
        assert_eq!(spoiled(b"{1}\n{2}\n{3}\n{4}\n", 3), b"{1}\n{2}\n{3\n{4}\n");
    }

    #[test]
    fn messages_hold_all_records() {
        let messages = messages(1, 7, 3);
        let counts = messages.iter().map(|message| {
            let message: serde_json::Value = serde_json::from_slice(message).unwrap();
            message["logEvents"].as_array().unwrap().len()
        });
        assert_eq!(counts.collect::<Vec<_>>(), [3, 3, 1]);
    }
}
