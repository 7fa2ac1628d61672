//! What is written for registers of 16 bytes finds what the scalar path finds, on any machine:
//! without such registers, in arrays.

use super::super::{SLACK, State, Stop, Tokens, scalar};
use super::sixteen;
#[cfg(not(miri))]
use proptest::{collection::vec, prelude::*};

/// All that a pass tells: tokens, line feeds, whether there are blanks and bytes above 0x7f, and
/// why it stops.
type Told = (Vec<(u32, u8)>, u64, bool, bool, Option<Stop>);

/// A pass over all of a text, of at most a stride.
type Pass<'p> = &'p dyn Fn(&[u8], &mut Tokens, &mut State) -> Option<Stop>;

fn told(text: &[u8], pass: Pass<'_>) -> Told {
    let (mut tokens, mut state) = (Tokens::default(), State::default());
    tokens.reserve(text.len() + SLACK.max(64));
    let stop = pass(text, &mut tokens, &mut state);
    let positions = tokens.positions[..tokens.count].iter().copied();
    let found = positions.zip(tokens.kinds[..tokens.count].iter().copied());
    (found.collect(), state.newlines, state.blanks, state.non_ascii.is_some(), stop)
}

fn check(text: &[u8]) {
    let expected =
        told(text, &|text, tokens, state| scalar::stride(text, 0, text.len(), tokens, state));
    let own = told(text, &|text, tokens, state| {
        // SAFETY: `told` has made room for a token a byte and the slack.
        unsafe { sixteen(text, 0, text.len(), tokens, state) }
    });
    let (stopped, above) = (own.4.is_some(), (own.3, expected.3));
    assert_eq!((own.0, own.1, own.2, own.4), (expected.0, expected.1, expected.2, expected.4));
    // Behind a stop nobody asks.
    assert!(stopped || above.0 == above.1, "{above:?}");
}

/// Each byte in each place of a block, outside and inside a string, and behind a backslash.
#[test]
fn every_byte_in_every_place() {
    let (places, step) = if cfg!(miri) { (1, 7) } else { (130, 1) };
    for place in 0..places {
        for byte in (0..=255).step_by(step) {
            for fill in [&b" "[..], b"\"", b"[", b"7", b"\\"] {
                let mut text = vec![if fill == b"\\" { b'\"' } else { fill[0] }];
                text.resize(place + 1, if text[0] == b'"' { b'x' } else { fill[0] });
                text.extend(fill.iter().filter(|byte| **byte == b'\\'));
                text.extend([byte, b'"', b' ', b'1']);
                check(&text);
            }
        }
    }
}

#[cfg(not(miri))]
proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4096,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn pieces_of_json(pieces in vec(prop_oneof![
        8 => proptest::sample::select(vec![
            "\"", "\\\\", "\\\"", "\\u00e9", "\\n", "{", "}", "[", "]", ":", ",", "null", "-1.5e3",
            "eventName", "\"a\":\"b\",", " ", "\n", "é", "\\",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ], 0..120)) {
        check(pieces.concat().as_bytes());
    }
}
