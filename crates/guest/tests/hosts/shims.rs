//! Exported modules in hosts that are written after their sources.

use crate::exported::{exported, native, rows};
use std::collections::BTreeMap;
use trailmill_host::export::Host;
use trailmill_shim::{Connect, Extism, Message, Record, Transform};

fn leaked(host: Host) -> &'static [u8] {
    Box::leak(exported(host).into_boxed_slice())
}

fn without_feed(mut rows: Vec<u8>) -> Vec<u8> {
    rows.pop();
    rows
}

#[test]
fn redpanda_connect_gets_the_rows() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let (mut native, mut host) = (native(), Connect::new(leaked(Host::RedpandaConnect), None));
    for record in &records {
        let bytes = record.clone().into_bytes();
        let answer = host.process(Message { bytes, ..Message::default() }).expect("no trap");
        assert!(answer.bytes == without_feed(rows(&mut native, record.as_bytes())), "{record}");
        assert_eq!((answer.meta, answer.error), (BTreeMap::new(), None));
    }
}

#[test]
fn redpanda_gets_the_rows() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let (mut native, host) = (native(), Transform::new(leaked(Host::Redpanda), None));
    let record = |value| Record { value: Some(value), ..Record::default() };
    let batches = records.chunks(50);
    let batches = batches.map(|batch| batch.iter().map(|text| record(text.clone().into_bytes())));
    let out = host.run(batches.map(Iterator::collect).collect()).expect("no trap");
    assert_eq!(out.records.len(), records.len());
    let mut too_large = 0;
    for (text, row) in records.iter().zip(out.records) {
        let kind = row.headers.first().and_then(|(_, kind)| kind.as_deref());
        if text.len() > 24 << 10 && kind == Some(b"host-record-too-large") {
            too_large += 1;
            continue;
        }
        let row = row == record(without_feed(rows(&mut native, text.as_bytes())));
        assert!(row, "a record of {} bytes gives another row", text.len());
    }
    // What the memory of a broker may be too small for is told, and goes on.
    assert!(too_large <= 2, "{too_large} records");
}

#[test]
fn extism_gets_the_rows() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let (mut native, mut host) = (native(), Extism::new(leaked(Host::Extism), None));
    for record in &records {
        let answer = host.call("process", record.as_bytes()).expect("no fault");
        assert!(answer == rows(&mut native, record.as_bytes()), "{record}");
    }
}
