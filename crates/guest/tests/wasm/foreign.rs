//! Modules made for hosts with an ABI of their own, and the component: the rows of a batch.

use crate::cases::ready;
use crate::exported::exported;
use trailmill_event::json::Isa;
use trailmill_guest::{Configured, Guest};
use trailmill_host::export::{Host as Target, inspect};
use trailmill_shim::{Answer, Connect, Extism, Message, Record, Transform};
use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Engine, Store};

mod world {
    wasmtime::component::bindgen!({ path: "wit", world: "guest" });
}

use world::exports::trailmill::pipeline::pipeline::Origin;

/// A configuration, records, and what the native guest makes of each.
type Scene = (Vec<u8>, Vec<String>, Vec<Vec<u8>>);

/// The ready pipeline that hides secrets, and the corpus.
fn snare() -> Option<Scene> {
    let records = trailmill_golden::corpus()?;
    let all = ready();
    let found = all.into_iter().find(|(_, _, folder)| folder.ends_with("cloudtrail-snare"));
    let (configuration, ..) = found.expect("the pipeline");
    let configured = Configured::new(&configuration).expect("a configuration");
    let mut native = Guest::new(&configured, Some(Isa::Scalar));
    let rows = records.iter().map(|record| {
        let mut rows = Answer::read(native.process(record.as_bytes())).lines(0, 0);
        rows.pop();
        rows
    });
    let rows = rows.collect();
    Some((configuration, records, rows))
}

#[test]
fn redpanda_connect_gets_the_rows() {
    let Some((configuration, records, rows)) = snare() else { return };
    let mut host = Connect::new(exported(Target::RedpandaConnect, &configuration), None);
    for (record, row) in records.iter().zip(&rows) {
        let message = Message { bytes: record.clone().into_bytes(), ..Message::default() };
        assert!(host.process(message).expect("no trap").bytes == *row, "{record}");
    }
    assert_eq!(rows.len(), 6175);
}

#[test]
fn redpanda_gets_the_rows_within_its_memory() {
    let Some((configuration, records, rows)) = snare() else { return };
    let transform = Transform::new(exported(Target::Redpanda, &configuration), None);
    let of = |value: &[u8]| Record { value: Some(value.to_vec()), ..Record::default() };
    let all: Vec<Record> = records.iter().map(|text| of(text.as_bytes())).collect();
    let out = transform.run(all.chunks(100).map(<[Record]>::to_vec).collect()).expect("no trap");
    assert_eq!(out.records.len(), 6175);
    for (row, record) in rows.iter().zip(&out.records) {
        assert!(record.value.as_ref() == Some(row));
    }
    let most = out.memory_bytes.iter().max();
    assert!(most.is_some_and(|bytes| *bytes <= 2 << 20), "{most:?} bytes");
}

#[test]
fn extism_gets_the_rows() {
    let Some((configuration, records, rows)) = snare() else { return };
    let mut host = Extism::new(exported(Target::Extism, &configuration), None);
    for (records, rows) in records.chunks(1000).zip(rows.chunks(1000)) {
        let answer = host.call("process", records.join("\n").as_bytes()).expect("no fault");
        let expected = [rows.join(&b'\n'), b"\n".to_vec()].concat();
        assert!(answer == expected, "rows of a batch");
    }
}

#[test]
fn a_component_gives_the_rows() {
    let Some((configuration, records, rows)) = snare() else { return };
    let binary = exported(Target::Component, &configuration);
    assert_eq!(inspect(binary).expect("a section")["host"], "component");
    let mut config = Config::new();
    config.wasm_component_model(true);
    let engine = Engine::new(&config).expect("an engine");
    let component = Component::new(&engine, binary).expect("a component");
    let mut store = Store::new(&engine, ());
    let linker = Linker::<()>::new(&engine);
    let guest = world::Guest::instantiate(&mut store, &component, &linker).expect("no imports");
    let pipeline = guest.trailmill_pipeline_pipeline();
    let told = pipeline.call_describe(&mut store).expect("no trap");
    assert!(told.contains("\"cloudtrail-snare\""), "{told}");
    let origin = Origin { source: "a trail".to_owned(), collected_at: String::new() };
    for (records, rows) in records.chunks(1000).zip(rows.chunks(1000)) {
        let input = records.join("\n");
        let answer = pipeline.call_process(&mut store, input.as_bytes(), &origin);
        let answer = answer.expect("no trap").expect("an answer");
        let lines: Vec<u8> = answer.rows.iter().flat_map(|frame| &frame.lines).copied().collect();
        assert!(lines == [rows.join(&b'\n'), b"\n".to_vec()].concat(), "rows of a batch");
        let all = rows.len() as u64;
        assert_eq!((answer.counts.read, answer.counts.written), (all, all));
    }
}
