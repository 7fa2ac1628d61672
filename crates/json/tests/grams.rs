//! Short texts are found wherever they are, and the same places on every path.

use proptest::prelude::*;
use trailmill_json::{Grams, Isa};

/// The places and groups that a path finds.
fn found(isa: Isa, positions: [usize; 4], texts: &[Vec<u8>], text: &[u8]) -> Vec<(usize, u8)> {
    let grams = Grams::with_isa(isa, positions, texts.iter().map(Vec::as_slice));
    let mut found = Vec::new();
    grams.each(text, |at, groups| found.push((at, groups)));
    found
}

fn bytes() -> impl Strategy<Value = u8> {
    prop_oneof![4 => proptest::sample::select(&b"abAB\":-=wW\0"[..]), 1 => any::<u8>()]
}

proptest! {
    #[test]
    fn none_is_missed_on_any_path(
        positions in proptest::array::uniform4(0..8_usize),
        texts in proptest::collection::vec(proptest::collection::vec(bytes(), 1..7), 0..24),
        text in proptest::collection::vec(bytes(), 0..300),
    ) {
        let scalar = found(Isa::Scalar, positions, &texts, &text);
        for isa in Isa::ALL {
            let own = found(*isa, positions, &texts, &text);
            match isa {
                // It may pass over what the others meet in vain.
                Isa::Swar => prop_assert!(own.iter().all(|met| scalar.contains(met))),
                _ => prop_assert_eq!(&own, &scalar, "{}", isa.name()),
            }
        }
        let grams = Grams::new(positions, texts.iter().map(Vec::as_slice));
        for found in [&scalar, &found(Isa::Swar, positions, &texts, &text)] {
            for (number, wanted) in texts.iter().enumerate() {
                let places = text.windows(wanted.len()).enumerate();
                for (at, _) in places.filter(|(_, window)| window.eq_ignore_ascii_case(wanted)) {
                    let met = found.iter().find(|(place, _)| *place == at);
                    let groups = met.map_or(0, |(_, groups)| *groups);
                    prop_assert_eq!(groups >> grams.group(number) & 1, 1);
                }
            }
        }
    }
}

#[test]
fn chunks_and_blocks_have_no_seams() {
    for isa in Isa::ALL {
        for length in [1, 3, 4, 63, 64, 65, 67, 68, 127, 128, 4095, 4096, 4097, 4100, 9000] {
            let mut text = vec![b'.'; length];
            for at in (0..length).filter(|at| at % 61 < 2 || length - at < 9 || *at % 64 > 58) {
                text.fill(b'.');
                for (byte, own) in text[at..].iter_mut().zip(b"needle") {
                    *byte = *own;
                }
                let is_whole = length - at >= 6;
                let expected = if is_whole { vec![(at, 1)] } else { vec![] };
                assert_eq!(
                    found(*isa, [0, 1, 2, 5], &[b"NEEDle".to_vec()], &text),
                    expected,
                    "{length} {at}"
                );
            }
        }
    }
}

#[test]
fn few_texts_meet_nothing_but_themselves() {
    let texts = [b"pass".to_vec(), b"key".to_vec(), b"x".to_vec()];
    let text = b"a PASSword, keys, kay, pasS and paxs";
    let places = [2, 12, 23, 34].map(|at| at as usize);
    for isa in Isa::ALL {
        let found: Vec<usize> =
            found(*isa, [0, 1, 2, 3], &texts, text).iter().map(|(at, _)| *at).collect();
        assert_eq!(found, places);
    }
}
