//! Tests of cutting streams at lines.

use super::*;
use crate::engine::control::Control;
use std::sync::mpsc;

fn control() -> Control {
    Control::for_tests()
}

/// A reader whose bytes the test hands over one by one.
struct Slow(mpsc::Receiver<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Ok(bytes) = self.0.recv() else {
            return Ok(0);
        };
        out[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

fn pieces(stream: &Stream, control: &Control) -> Vec<String> {
    let mut pieces = Vec::new();
    loop {
        let (lines, last) = match stream.lines(control) {
            Some(Next::Lines(lines)) => (lines, false),
            Some(Next::Last(lines)) => (lines, true),
            other => panic!("no lines but {other:?}"),
        };
        pieces.push(String::from_utf8(lines).expect("text"));
        if last {
            return pieces;
        }
    }
}

#[test]
fn pieces_are_whole_lines_and_nothing_is_lost() {
    let text: String = (0..40_000).map(|number| format!("{{\"n\":{number}}}\n")).collect();
    let stream = Stream::new(io::Cursor::new(text.clone()), 1000);
    let pieces = pieces(&stream, &control());
    assert!(pieces.len() > 1);
    assert!(pieces.iter().all(|piece| piece.starts_with('{') && piece.ends_with('\n')));
    assert_eq!(pieces.concat(), text);
}

#[test]
fn lines_do_not_wait_for_more_of_them() {
    let (send, receive) = mpsc::channel();
    let stream = Stream::new(Slow(receive), 1 << 20);
    let control = control();
    send.send(b"{1}\n{2}\n{3".to_vec()).unwrap();
    match stream.lines(&control) {
        Some(Next::Lines(lines)) => assert_eq!(lines, b"{1}\n{2}\n"),
        other => panic!("no lines but {other:?}"),
    }
    send.send(b"}\n".to_vec()).unwrap();
    drop(send);
    match stream.lines(&control) {
        Some(Next::Last(lines)) => assert_eq!(lines, b"{3}\n"),
        other => panic!("no lines but {other:?}"),
    }
}

#[test]
fn a_line_too_long_is_left_to_be_read_as_a_stream() {
    let long = "x".repeat(LINE_BYTES_MAX + (4 << 20));
    let text = format!("{{}}\n{{{long}}}\n{{}}\n");
    let stream = Stream::new(io::Cursor::new(text.clone()), 1 << 20);
    let control = control();
    let Some(Next::Lines(mut all)) = stream.lines(&control) else {
        panic!("no lines");
    };
    assert_eq!(all, b"{}\n");
    assert!(matches!(stream.lines(&control), Some(Next::TooLong)));
    stream.reader(&control).read_to_end(&mut all).unwrap();
    assert!(all == text.as_bytes());
}

#[test]
fn a_stop_ends_the_waiting() {
    let (_send, receive) = mpsc::channel();
    let stream = Stream::new(Slow(receive), 1 << 20);
    let control = control();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| stream.lines(&control).is_none());
        control.stop();
        assert!(waiting.join().unwrap());
    });
    assert!(stream.reader(&control).read(&mut [0]).is_err());
}

#[test]
fn what_came_before_an_error_is_given_first() {
    let failing = io::Cursor::new("{1}\n{2}\n").chain(Failing);
    let stream = Stream::new(failing, 1 << 20);
    let control = control();
    assert!(matches!(stream.lines(&control), Some(Next::Lines(lines)) if lines == b"{1}\n"));
    assert!(matches!(stream.lines(&control), Some(Next::Lines(lines)) if lines == b"{2}\n"));
    assert!(matches!(stream.lines(&control), Some(Next::Failed(_))));
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("torn"))
    }
}
