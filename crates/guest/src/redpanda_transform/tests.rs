//! Payloads, and records without a runtime around them.

use super::payload::mark;
use super::*;
use crate::lines::Fault;

/// Key `k`, value `v`, headers `a` with the value `b`, and `n` without one.
const PAYLOAD: &[u8] = b"\x02k\x02v\x04\x02a\x02b\x02n\x01";

fn fault() -> Fault {
    Fault { stage: "s".to_owned(), kind: "k".to_owned() }
}

#[test]
fn a_payload_is_written_as_it_was_read() {
    let parts = Parts::read(PAYLOAD).expect("a payload");
    assert_eq!((parts.value, parts.header_count), (Some(&b"v"[..]), 2));
    let mut out = Vec::new();
    assert_eq!(parts.with(b"v", None, &mut out), PAYLOAD);
    let marked = parts.with(b"", Some(&fault()), &mut out);
    assert_eq!(marked, b"\x02k\x00\x06\x02a\x02b\x02n\x01\x1etrailmill-fault\x02k");
}

#[test]
fn what_is_no_payload_is_refused() {
    for end in 0..5 {
        assert_eq!(Parts::read(&PAYLOAD[..end]), None, "{end}");
    }
    assert_eq!(Parts::read(&[0xff; 20]), None);
    assert_eq!(Parts::read(b"\x01\x01\x01"), None, "a negative number of headers");
}

/// The number of headers can need another byte.
#[test]
fn a_header_is_added_in_place() {
    for count in [0, 1, 62, 63, 64, 8191] {
        let headers = b"\x02a\x01".repeat(count as usize);
        let start = Parts::read(b"\x01\x02v\x00").expect("a payload");
        let mut payload = Vec::new();
        start.with(b"v", None, &mut payload);
        let number_at = payload.len() - 1;
        payload.truncate(number_at);
        let mut rest = (count as u64) << 1;
        while rest > 0x7f {
            payload.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        payload.push(rest as u8);
        let at = payload.len();
        payload.extend_from_slice(&headers);
        mark(&mut payload, at, count, Some(&fault()));
        let parts = Parts::read(&payload).expect("a payload");
        assert_eq!((parts.value, parts.header_count), (Some(&b"v"[..]), count + 1));
        assert!(payload.ends_with(b"\x1etrailmill-fault\x02k"));
    }
}

#[test]
fn times_before_2001_are_none() {
    let time = collected_at(1_709_889_330_500).expect("a time");
    assert_eq!(time.as_str(), "2024-03-08T09:15:30.5Z");
    for time in [0, 7, -1, i64::MIN, i64::MAX, TIME_MIN - 1] {
        assert_eq!(collected_at(time), None, "{time}");
    }
}

/// The host has to do again what it did not take.
#[test]
fn what_is_not_taken_is_an_error() {
    let mut transform = Transform::default();
    let outcome = transform.record(None, 0, PAYLOAD, &mut |_| false);
    assert_eq!(outcome, Err(Refused));
    let mut written = Vec::new();
    let mut write = |payload: &[u8]| {
        written.push(payload.to_vec());
        true
    };
    assert_eq!(transform.too_large(false, &mut PAYLOAD.to_vec(), &mut write), Ok(()));
    assert_eq!(transform.too_large(true, &mut PAYLOAD.to_vec(), &mut write), Ok(()));
    let values: Vec<Vec<u8>> = written
        .iter()
        .map(|payload| Parts::read(payload).and_then(|parts| parts.value).expect("one").to_vec())
        .collect();
    assert_eq!(values[0], b"v");
    assert!(values[1].starts_with(b"{\"trailmillFault\""));
}
