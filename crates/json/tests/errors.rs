//! What is wrong, and where: each kind of error at its exact place.

mod support;

use support::{paths, verdict};
use trailmill_json::{Error, ErrorKind, ErrorKind::*};

const CASES: &[(&[u8], ErrorKind, usize)] = &[
    (b"", Incomplete, 0),
    (b" \n", Incomplete, 2),
    (b"{", Incomplete, 1),
    (b"{\"a\"", Incomplete, 4),
    (b"{\"a\":", Incomplete, 5),
    (b"{\"a\":1", Incomplete, 6),
    (b"{\"a\":1,", Incomplete, 7),
    (b"[\"", Incomplete, 2),
    (b"[\"\\", Incomplete, 3),
    (b"[\"\\u00", Incomplete, 6),
    (b"[\"\xe2\x82", Incomplete, 4),
    (b"[nul", Incomplete, 4),
    (b"-", Incomplete, 1),
    (b"1e", Incomplete, 2),
    (b"}", Syntax, 0),
    (b"[1}", Syntax, 2),
    (b"{]", Syntax, 1),
    (b"[,1]", Syntax, 1),
    (b"[1,]", Syntax, 3),
    (b"[1 2]", Syntax, 3),
    (b"[1:2]", Syntax, 2),
    (b"{1:2}", Syntax, 1),
    (b"{\"a\"}", Syntax, 4),
    (b"{\"a\",1}", Syntax, 4),
    (b"{\"a\":1,}", Syntax, 7),
    (b"{\"a\":\"b\",}", Syntax, 9),
    (b"{\"a\":\"b\" \"c\"}", Syntax, 9),
    (b"[\"a\"b]", Syntax, 4),
    (b"1 2", Trailing, 2),
    (b"{}}", Trailing, 2),
    (b"\"a\"b", Trailing, 3),
    (b"[] \"a", Trailing, 3),
    (b"[] \"\xff\"", Trailing, 3),
    (b"tru ", Scalar, 0),
    (b"[tru]", Scalar, 1),
    (b"[-]", Scalar, 1),
    (b"[1.]", Scalar, 1),
    (b"[01]", Scalar, 1),
    (b"[1e5x]", Scalar, 1),
    (b"[truetrue]", Scalar, 1),
    (b"[true\"a\"]", Scalar, 1),
    (b"[1\"", Scalar, 1),
    (b"[1\\", Scalar, 1),
    (b"[1\x01", Scalar, 1),
    (b"[1\xff", Scalar, 1),
    (b"\xef\xbb\xbf{}", Scalar, 0),
    (b"[\xc3\xa9]", Scalar, 1),
    (b"\x00", Control, 0),
    (b"[ \x0c]", Control, 2),
    (b"[\"a\x1f\"]", Control, 3),
    (b"[\"a\n\"]", Control, 3),
    (b"[\"a\x00", Control, 3),
    (b"[ \\n]", Escape, 2),
    (b"[\"a\\x\"]", Escape, 3),
    (b"[\"\\\n\"]", Escape, 2),
    (b"[\"\\u12\"]", Escape, 2),
    (b"[\"\\u12g4\"]", Escape, 2),
    (b"[\"\\U0000\"]", Escape, 2),
    (b"[\"\xc0\x80\"]", Utf8, 2),
    (b"[\"a\xed\xa0\x80\"]", Utf8, 3),
    (b"[\"\xf4\x90\x80\x80\"]", Utf8, 2),
    (b"[\"\xe2\x82\"]", Utf8, 2),
    (b"[ \xff]", Utf8, 2),
    (b"[\"\xff\n\"]", Utf8, 2),
    (b"[\"\n\xff\"]", Control, 2),
];

#[test]
fn each_error_has_its_kind_and_place() {
    for (text, kind, offset) in CASES {
        for isa in paths() {
            let expected = Error { kind: *kind, offset: *offset };
            assert_eq!(verdict(isa, text), Err(expected), "{:?}", text.escape_ascii().to_string());
        }
    }
}

/// The same behind a block and a stride of blanks.
#[test]
fn the_place_is_counted_from_the_start() {
    let places: &[usize] = if cfg!(miri) { &[63] } else { &[63, 64, 16_383, 16_384] };
    for &before in places {
        for (text, kind, offset) in CASES {
            let text = [&vec![b' '; before], *text].concat();
            for isa in paths() {
                let expected = Error { kind: *kind, offset: before + offset };
                assert_eq!(verdict(isa, &text), Err(expected), "{}", text.escape_ascii());
            }
        }
    }
}

/// A message names kind and place, and nothing of the text.
#[test]
fn a_message_repeats_no_input() {
    for (text, ..) in CASES {
        let error = verdict(paths().next().unwrap(), text).unwrap_err();
        let message = error.to_string();
        assert_eq!(message, format!("{} (byte {})", error.kind.message(), error.offset));
        assert!(message.is_ascii() && !message.contains('\n'));
    }
}
