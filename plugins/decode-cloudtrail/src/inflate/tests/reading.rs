//! The reader's side: readers that fail, memory that lasts, and what is handed out when.

use super::*;
use std::io::ErrorKind;

/// Is interrupted before each piece, and fails after the last.
struct Failing<'a> {
    bytes: &'a [u8],
    interrupted: bool,
}

impl Read for Failing<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        match self.bytes.read(out)? {
            0 => Err(ErrorKind::ConnectionReset.into()),
            read => Ok(read),
        }
    }
}

#[test]
fn a_failing_reader_is_not_a_short_input() {
    let gzip = make::gzip(&make::text(100_000, 1));
    let inputs = [&b"{}"[..], b"", &gzip[..5], &gzip[..3000], &gzip, &zstd::TEXT[..20], zstd::TEXT];
    for bytes in inputs {
        let reader = Failing { bytes, interrupted: false };
        let mut scratch = Scratch::default();
        let verdict = read_all(Inflater::new(reader, WIDE, &mut scratch), 1000);
        let error = verdict.unwrap_err();
        assert_eq!(error.kind, InflateErrorKind::Read(ErrorKind::ConnectionReset));
        assert_eq!(error.offset, bytes.len() as u64);
        assert!(error.to_string().starts_with("the input could not be read (connection reset)"));
    }
}

#[test]
fn memory_lasts_from_input_to_input() {
    fn assert_send<T: Send>(_: &T) {}
    let mut scratch = Scratch::default();
    let (text, mut out) = (make::text(100_000, 2), Vec::new());
    let input = make::gzip(&text);
    for broken in [false, true, false] {
        let input = if broken { &input[..2000] } else { &input[..] };
        let verdict = by_pieces(input, WIDE, &mut scratch, 1000);
        assert_eq!(verdict.is_ok(), !broken);
        let whole = inflate_whole(input, &WIDE, &mut scratch, usize::MAX, &mut out);
        assert_eq!(whole.is_ok(), !broken);
        assert_eq!(out.len(), if broken { 0 } else { text.len() });
    }
    let memory = out.as_ptr();
    for input in [&input, &make::gzip(b"{}"), &input] {
        inflate_whole(input, &WIDE, &mut scratch, usize::MAX, &mut out).unwrap();
        assert_eq!(out.as_ptr(), memory);
    }
    assert_send(&scratch);
}

/// What comes out together with its end has been checked, and so has what follows it.
#[test]
fn a_small_input_is_handed_out_checked_or_not_at_all() {
    let gzip = make::gzip(&make::text(200_000, 3));
    let mut wrong = gzip.clone();
    *wrong.last_mut().unwrap() ^= 1;
    for input in [wrong, [&gzip[..], b"x"].concat(), [zstd::TEXT, b"x"].concat()] {
        let (mut scratch, mut content) = (Scratch::default(), Vec::new());
        let mut inflater = Inflater::new(&input[..], WIDE, &mut scratch);
        assert!(inflater.read_into(&mut content, 1 << 20).is_err());
        assert!(content.is_empty());
    }
}

/// A decoder may hand on what came before the damage; what that is must not depend on how the
/// input came in.
#[test]
fn what_comes_before_the_damage_is_the_same_for_all_pieces() {
    let gzip = make::gzip(&make::text(900_000, 4));
    for at in (20..gzip.len()).step_by(gzip.len() / 40) {
        let mut input = gzip.clone();
        input[at] ^= 0x55;
        let before = |piece: usize| {
            let reader = Pieces { bytes: &input, most: piece };
            let (mut scratch, mut content) = (Scratch::default(), Vec::new());
            let mut inflater = Inflater::new(reader, WIDE, &mut scratch);
            let error = loop {
                match inflater.read_into(&mut content, 10_000) {
                    Ok(read) => assert!(read > 0, "damage at {at} went unseen"),
                    Err(error) => break error,
                }
            };
            (content, error)
        };
        assert!(before(usize::MAX) == before(13), "damage at {at}");
    }
}
