//! Figures, for whoever asks: `cargo test --release -p trailmill-guest -- --ignored --nocapture`.
#![allow(clippy::print_stdout, reason = "figures")]

use crate::abi::{FULL, Host, configuration, snare};
use crate::build::module;
use crate::hosts::{Compiled, Interpreted, Machine};
use cpu_time::ThreadTime;
use std::time::Duration;
use trailmill_event::json::Isa;
use trailmill_guest::{Configured, Guest};

/// How many records are measured at once.
const BATCH: usize = 1000;

/// The shortest of some rounds.
fn best(rounds: usize, mut work: impl FnMut()) -> Duration {
    work();
    let times = (0..rounds).map(|_| {
        let start = ThreadTime::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn report(what: &str, time: Duration, records: &[String]) {
    let bytes: usize = records.iter().map(String::len).sum();
    let micros = time.as_secs_f64() * 1e6 / records.len() as f64;
    println!(
        "{what:32} {micros:8.2} us a record {:8.1} MB/s",
        bytes as f64 / 1e6 / time.as_secs_f64()
    );
}

fn native(what: &str, configuration: &[u8], records: &[String], isa: Option<Isa>) {
    let configured = Configured::new(configuration).expect("a configuration");
    let mut guest = Guest::new(&configured, isa);
    let batches: Vec<String> = records.chunks(BATCH).map(|chunk| chunk.join("\n")).collect();
    let time = best(5, || batches.iter().for_each(|batch| _ = guest.process(batch.as_bytes())));
    report(&format!("{what} native batch"), time, records);
    let time = best(5, || {
        for record in records {
            guest.filter(b"tag", (0, 0), Some(record.as_bytes()));
        }
    });
    report(&format!("{what} native one by one"), time, records);
}

fn hosted<M: Machine>(what: &str, configuration: &[u8], records: &[String], rounds: usize) {
    let mut host = Host::<M>::configured(configuration);
    let batches: Vec<String> = records.chunks(BATCH).map(|chunk| chunk.join("\n")).collect();
    let run = |host: &mut Host<M>, name: &str, texts: &[String]| {
        for text in texts {
            let pointer = host.put(text.as_bytes());
            let length = text.len() as u32;
            let arguments = [0, 0, 0, 0, pointer, length];
            let arguments = if name == "trailmill_process" { &arguments[4..] } else { &arguments };
            host.machine.call(name, arguments).expect(name);
            host.machine.call("free", &[pointer]).expect("freed");
        }
    };
    let time = best(rounds, || run(&mut host, "trailmill_process", &batches));
    report(&format!("{what} {} batch", M::NAME), time, records);
    let time = best(rounds, || run(&mut host, "trailmill_fluent_bit", records));
    report(&format!("{what} {} one by one", M::NAME), time, records);
}

#[test]
#[ignore = "figures, which hold nothing"]
fn figures() {
    let records = trailmill_golden::corpus().expect("the corpus");
    // What has seen them once would drop them the second time.
    let full = FULL.replace("  - dedupe\n", "");
    println!("the module has {} bytes", module().len());
    for (what, configuration) in
        [("snare", snare()), ("full", configuration("full.yaml", &full, &[]))]
    {
        native(&format!("{what} scalar"), &configuration, &records, Some(Isa::Scalar));
        native(&format!("{what} fastest"), &configuration, &records, None);
        hosted::<Compiled>(what, &configuration, &records, 3);
        hosted::<Interpreted>(what, &configuration, &records[..BATCH], 1);
    }
    cold_start();
}

/// What a host does before the first record.
fn cold_start() {
    let start = ThreadTime::now();
    wasmtime::Module::new(&wasmtime::Engine::default(), module()).expect("a module");
    println!("compiled: {:?}", start.elapsed());
    let time = best(5, || drop(Host::<Compiled>::configured(&snare())));
    println!("an instance of compiled code, configured: {time:?}");
}
