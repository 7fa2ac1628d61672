//! Calls that do not end by themselves are ended.

use crate::guest::{guest, process, processing};
use crate::support::{apply, build, stage};
use cpu_time::ThreadTime;
use serde_json::json;
use std::time::{Duration, Instant};

const FOREVER: &str = "(loop $more (br $more)) (unreachable)";

/// How long a call took that had to be ended: by the clock, and of the thread.
fn ended(stage: &dyn trailmill_stage::Stage) -> (Duration, Duration) {
    let (start, of_thread) = (Instant::now(), ThreadTime::now());
    let fault = apply(stage, "{}").expect_err("a loop without an end");
    let took = (start.elapsed(), of_thread.elapsed());
    assert_eq!(fault.to_string(), "the guest took too long (deadline_ms is 50)");
    assert_eq!(fault.kind.name, "guest-timed-out");
    took
}

#[test]
fn a_loop_ends_within_100_ms() {
    let stage = stage(processing(FOREVER));
    let took: Vec<_> = (0..7).map(|_| ended(&*stage)).collect();
    println!("loops with a deadline of 50 ms (by the clock, of the thread): {took:?}");
    let millis = Duration::from_millis;
    assert!(took.iter().all(|(clock, _)| *clock >= millis(50)), "cut short: {took:?}");
    // By the clock it may be any time on a machine that is busy with something else.
    assert!(took.iter().all(|(_, thread)| *thread <= millis(100)), "too late: {took:?}");
}

#[test]
fn every_call_has_a_deadline() {
    let malloc = format!(r#"(func (export "malloc") (param i32) (result i32) {FOREVER})"#);
    ended(&*stage(guest(&[("malloc", &malloc)])));
    let free = format!(r#"(func (export "free") (param i32) {FOREVER})"#);
    ended(&*stage(guest(&[("free", &free)])));
    // Calls without a loop are looked at as well: this one is as good as endless.
    let calls = "(func $f (param $n i32)
        (if (local.get $n) (then
            (call $f (i32.sub (local.get $n) (i32.const 1)))
            (call $f (i32.sub (local.get $n) (i32.const 1))))))";
    let process = process("(call $f (i32.const 60)) (i64.const 0)");
    ended(&*stage(guest(&[("calls", calls), ("process", &process)])));
}

/// A deadline is for one event, whatever the instance has done before.
#[test]
fn time_is_not_added_up() {
    // Two nested loops over some 20 million steps: a few milliseconds.
    let some_time = "(local $n i32) (local.set $n (i32.const 5000000))
        (loop $more
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br_if $more (local.get $n)))
        (call $answer (local.get $at) (local.get $length))";
    let stage = build(processing(some_time), json!({"deadline_ms": 2000})).expect("a stage");
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(2500) {
        assert_eq!(apply(&*stage, "{}"), Ok(Some("{}".to_owned())));
    }
}

#[test]
fn a_start_has_an_end_too() {
    let start = format!("(func $start {FOREVER}) (start $start)");
    let error = build(guest(&[("start", &start)]), json!({})).expect_err("no start");
    assert_eq!(error.to_string(), "option `module`: guest.wasm: the guest takes too long");
}
