//! Figures, for whoever asks: `cargo test --release -p trailmill-host -- --ignored --nocapture`.

use crate::guest::{guest, process};
use crate::support::stage;
use cpu_time::ThreadTime;
use std::time::Duration;
use trailmill_event::{Batch, Event, Source};
use trailmill_stage::{Fault, Stage, Verdict};

/// What the stage is measured against: the same row, made without a guest.
#[derive(Debug)]
struct Native;

impl Stage for Native {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        event.rewrite(|event, out| {
            event.write_into(out);
            Ok(())
        })?;
        Ok(Verdict::Keep)
    }
}

/// The shortest of some rounds over all events, for one of them.
fn best(batch: &mut Batch, stage: &dyn Stage) -> Duration {
    let mut round = || {
        let start = ThreadTime::now();
        for number in 0..batch.len() {
            let mut event = batch.event(number);
            stage.apply(&mut event).expect("no fault");
        }
        start.elapsed()
    };
    round();
    (0..7).map(|_| round()).min().unwrap_or_default() / batch.len() as u32
}

/// Answers what was there before, without a look at the event.
const CONSTANT: &str = r#"(global $answered (mut i64) (i64.const 0))"#;

#[test]
#[ignore = "figures, which hold nothing"]
fn figures() {
    let records = trailmill_golden::corpus().expect("the corpus");
    let mut batch = Batch::new();
    batch.load_lines(records.join("\n").as_bytes(), Source::default()).expect("records");
    let bytes: usize = records.iter().map(String::len).sum();
    println!("{} records of {} bytes", records.len(), bytes / records.len());
    let constant = process(
        "(if (i64.eqz (global.get $answered)) (then
            (memory.copy (i32.const 2048) (i32.const 3072) (i32.const 3))
            (global.set $answered (call $answer (i32.const 2048) (i32.const 3)))))
         (global.get $answered)",
    );
    let short = guest(&[
        ("global", CONSTANT),
        ("data", r#"(data (i32.const 3072) "{}\n")"#),
        ("process", &constant),
    ]);
    let native = best(&mut batch, &Native);
    for (what, time) in [
        ("native, the same row", native),
        ("guest, the same row", best(&mut batch, &*stage(guest(&[])))),
        ("guest, always {}", best(&mut batch, &*stage(short))),
    ] {
        let nanos = time.as_nanos();
        let ratio = time.as_secs_f64() / native.as_secs_f64();
        println!("{what:24} {nanos:6} ns an event, {ratio:.2} of native");
    }
}

/// A loop over memory, as scanners of text have it: what the look at the clock costs at most.
const LOOP: &str = r#"(module (memory (export "memory") 16)
  (func (export "f") (result i32)
    (local $at i32) (local $sum i32)
    (loop $more
      (local.set $sum (i32.add
        (i32.rotl (local.get $sum) (i32.const 5)) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $at) (i32.const 1048576))))
    (local.get $sum)))"#;

#[test]
#[ignore = "figures, which hold nothing"]
fn epochs() {
    let bytes = wat::parse_str(LOOP).expect("a module");
    let time = |epochs: bool| {
        let mut config = wasmtime::Config::new();
        config.epoch_interruption(epochs);
        let engine = wasmtime::Engine::new(&config).expect("an engine");
        let module = wasmtime::Module::new(&engine, &bytes).expect("a module");
        let mut store = wasmtime::Store::new(&engine, ());
        store.set_epoch_deadline(1);
        let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("an instance");
        let function = instance.get_typed_func::<(), i32>(&mut store, "f").expect("f");
        let rounds = (0..30).map(|_| {
            let start = ThreadTime::now();
            function.call(&mut store, ()).expect("no trap");
            start.elapsed()
        });
        rounds.min().unwrap_or_default()
    };
    let (without, with) = (time(false), time(true));
    println!("a loop over 1 MiB: {without:?}, with epochs {with:?}");
}
