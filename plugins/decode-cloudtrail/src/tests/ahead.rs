//! Inflating ahead makes no difference to what comes out, wherever an input is damaged.

use super::make::*;
use super::{Enough, Outcome, assert_same, decode_input, decoder};
use crate::run::Tuning;
use serde_json::{Value, json};
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread::{self, ThreadId};
use std::time::Duration;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Decoder, Helper, Input};

/// When a helper begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Never,
    BeforeTheWork,
    InTheMiddleOfIt,
    AfterIt,
}

impl Helper for Begins {
    #[expect(clippy::disallowed_methods, reason = "what runs a decoder has threads")]
    fn beside(&self, ahead: &mut (dyn FnMut() + Send), work: &mut dyn FnMut()) {
        match self {
            Begins::Never => work(),
            Begins::AfterIt => {
                work();
                ahead();
            }
            Begins::BeforeTheWork => thread::scope(|scope| {
                scope.spawn(ahead);
                thread::sleep(Duration::from_millis(5));
                work();
            }),
            Begins::InTheMiddleOfIt => thread::scope(|scope| {
                scope.spawn(|| {
                    thread::sleep(Duration::from_millis(2));
                    ahead();
                });
                work();
            }),
        }
    }
}

/// A reader that counts how often another thread than its maker reads.
struct Watched<'a> {
    bytes: &'a [u8],
    owner: ThreadId,
    elsewhere: &'a AtomicUsize,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.elsewhere.fetch_add((thread::current().id() != self.owner).into(), Relaxed);
        let count = into.len().min(5_000);
        self.bytes.read(&mut into[..count])
    }
}

/// What comes out of `input`, and how often it was read by the helper.
fn decode(options: &Value, input: &[u8], helper: Option<&dyn Helper>) -> (Outcome, usize) {
    // Too large for anything but bit by bit, behind the first step.
    let tuning = Tuning { packed_max: 100, whole_max: 100_000, ..Tuning::default() };
    let elsewhere = AtomicUsize::new(0);
    let owner = thread::current().id();
    let mut reader = Watched { bytes: input, owner, elsewhere: &elsewhere };
    let input = Input { helper, ..Input::whole(&mut reader, Source::default()) };
    (decode_input(&decoder(options.clone(), tuning), input), elsewhere.into_inner())
}

/// What comes out of `input`, which is shown to be the same whenever the helper begins.
fn decode_every_way(options: &Value, input: &[u8]) -> Outcome {
    let (usual, _) = decode(options, input, None);
    for begins in [Begins::Never, Begins::BeforeTheWork, Begins::InTheMiddleOfIt, Begins::AfterIt] {
        let (other, elsewhere) = decode(options, input, Some(&begins));
        assert_same(&usual, &other, Tuning::default());
        match begins {
            Begins::BeforeTheWork => assert!(elsewhere > 0, "it has helped"),
            Begins::InTheMiddleOfIt => {}
            Begins::Never | Begins::AfterIt => assert_eq!(elsewhere, 0),
        }
    }
    usual
}

/// Some megabytes, which do not pack too well.
fn lines() -> String {
    let name =
        |id: u32| format!("Get{:08x}{:08x}", id.wrapping_mul(0x9e37_79b9), (!id).wrapping_mul(77));
    let line = |id| record(id).replace("GetCallerIdentity", &name(id)) + "\n";
    (0..10_000).map(line).collect()
}

#[test]
fn it_is_the_same_for_lines_and_log_files() {
    let lines = lines();
    let outcome = decode_every_way(&Value::Null, &gzip(lines.as_bytes()));
    assert!(outcome.raw().into_iter().eq(lines.lines().map(str::as_bytes)));
    assert!(outcome.faults().is_empty());
    let records: Vec<String> = lines.lines().map(str::to_owned).collect();
    let outcome = decode_every_way(&Value::Null, &gzip(log_file("", &records, "").as_bytes()));
    assert!(outcome.raw().into_iter().eq(lines.lines().map(str::as_bytes)));
    assert!(outcome.faults().is_empty());
}

#[test]
fn it_is_the_same_for_zstd() {
    let lines = lines();
    let packed = zstd::encode_all(lines.as_bytes(), 1).expect("memory");
    let outcome = decode_every_way(&Value::Null, &packed);
    assert_eq!((outcome.records.len(), outcome.faults().len()), (10_000, 0));
}

#[test]
fn as_much_comes_out_of_a_damaged_input() {
    let packed = gzip(lines().as_bytes());
    let places = [3, 5, 7, 8, 9].map(|tenth| packed.len() / 10 * tenth);
    for at in places.into_iter().chain([packed.len() - 6]) {
        let mut flipped = packed.clone();
        flipped[at] ^= 0x55;
        for (damaged, what) in [(&flipped[..], "flipped"), (&packed[..at], "cut")] {
            let outcome = decode_every_way(&Value::Null, damaged);
            assert!(outcome.dead.is_some(), "{what} at {at}");
            assert!(!outcome.records.is_empty(), "{what} at {at}");
        }
    }
}

#[test]
fn a_limit_is_met_at_the_same_place() {
    let options = json!({"inflated_bytes_max": 1_000_000});
    let outcome = decode_every_way(&options, &gzip(lines().as_bytes()));
    let limit = outcome.dead.and_then(|fault| fault.limit).map(|limit| limit.option);
    assert_eq!(limit, Some("inflated_bytes_max"));
    assert!(!outcome.records.is_empty());
}

#[test]
fn what_is_packed_twice_comes_out_without_help() {
    let twice = gzip(&gzip(lines().as_bytes()));
    let (usual, _) = decode(&Value::Null, &twice, None);
    let (other, _) = decode(&Value::Null, &twice, Some(&Begins::BeforeTheWork));
    assert_same(&usual, &other, Tuning::default());
    assert_eq!(usual.records.len(), 10_000);
}

#[test]
fn nobody_inflates_on_when_the_sink_has_enough() {
    let tuning = Tuning { packed_max: 100, whole_max: 1_000, ..Tuning::default() };
    let packed = gzip(lines().as_bytes());
    for begins in [Begins::BeforeTheWork, Begins::InTheMiddleOfIt, Begins::AfterIt] {
        let mut rest = &packed[..];
        let helper = Some(&begins as &dyn Helper);
        let mut input = Input { helper, ..Input::whole(&mut rest, Source::default()) };
        let outcome = decoder(Value::Null, tuning).decode(
            &mut input,
            &mut Batch::new(),
            &mut Enough::default(),
        );
        assert_eq!(outcome, Ok(()));
        assert!(!rest.is_empty(), "{begins:?}");
    }
}
