//! Deep nesting: one limit, no recursion, no time.

mod support;

use std::time::{Duration, Instant};
use support::{paths, verdict};
use trailmill_json::{DEPTH_MAX, Error, ErrorKind, Index};

/// `depth` brackets around a number, arrays and objects in turn if `mixed`.
fn nested(depth: usize, object: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut text = Vec::new();
    for level in 0..depth {
        text.extend_from_slice(if object(level) { b"{\"a\":" } else { b"[" });
    }
    text.push(b'1');
    for level in (0..depth).rev() {
        text.push(if object(level) { b'}' } else { b']' });
    }
    text
}

#[test]
fn the_limit_is_exact() {
    for isa in paths() {
        for depth in [DEPTH_MAX - 1, DEPTH_MAX] {
            assert_eq!(verdict(isa, &nested(depth, |_| false)), Ok(()));
            assert_eq!(verdict(isa, &nested(depth, |_| true)), Ok(()));
            assert_eq!(verdict(isa, &nested(depth, |level| level % 2 == 0)), Ok(()));
        }
        let too_deep = |offset| Err(Error { kind: ErrorKind::Depth, offset });
        let depth = DEPTH_MAX + 1;
        assert_eq!(verdict(isa, &nested(depth, |_| false)), too_deep(DEPTH_MAX));
        assert_eq!(verdict(isa, &nested(depth, |_| true)), too_deep(DEPTH_MAX * 5));
        let mixed = nested(depth, |level| level % 2 == 0);
        assert_eq!(verdict(isa, &mixed), too_deep(DEPTH_MAX / 2 * 6));
    }
}

/// The one level of difference that the documentation speaks of.
#[test]
fn serde_json_stops_one_level_earlier() {
    let value = |depth| serde_json::from_slice::<serde_json::Value>(&nested(depth, |_| false));
    assert!(value(DEPTH_MAX - 1).is_ok());
    assert!(value(DEPTH_MAX).is_err());
}

/// Siblings do not add up.
#[test]
fn width_is_no_depth() {
    let deep = String::from_utf8(nested(DEPTH_MAX - 1, |_| false)).unwrap();
    let text = format!("[{}]", vec![deep; if cfg!(miri) { 2 } else { 50 }].join(","));
    for isa in paths() {
        assert_eq!(verdict(isa, text.as_bytes()), Ok(()));
    }
}

#[test]
fn every_level_can_be_read() {
    let text = nested(DEPTH_MAX, |level| level % 3 == 0);
    let mut index = Index::new();
    let mut value = index.parse(&text).unwrap();
    for level in 0..DEPTH_MAX {
        assert_eq!(value.span().len(), value.raw().len());
        value = if level % 3 == 0 { value.get("a").unwrap() } else { value.element(0).unwrap() };
    }
    assert_eq!(value.as_i64(), Some(1));
}

/// Refused at the limit, on a stack that could hold no recursion of that depth.
#[test]
#[cfg_attr(target_family = "wasm", ignore = "there are no threads, and so no smaller stack")]
fn a_hundred_thousand_brackets_are_refused_at_once() {
    let depth = if cfg!(miri) { 200 } else { 100_000 };
    let check = move || {
        for unit in [&b"["[..], b"{\"a\":", b"[{\"a\":"] {
            let text = unit.repeat(depth);
            for isa in paths() {
                let error = verdict(isa, &text).unwrap_err();
                assert_eq!(error.kind, ErrorKind::Depth);
            }
        }
        let closed = nested(depth, |_| false);
        assert_eq!(verdict(paths().next().unwrap(), &closed).unwrap_err().kind, ErrorKind::Depth);
    };
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(128 * 1024).spawn(check);
    thread.unwrap().join().unwrap();
    assert!(cfg!(miri) || start.elapsed() < Duration::from_secs(2));
}
