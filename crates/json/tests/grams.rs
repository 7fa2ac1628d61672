//! Short texts are found wherever they are, and what is met in vain is what must be, on every path.

use proptest::prelude::*;
use trailmill_json::{Grams, Isa};

/// The places and groups that are found.
fn found(grams: &Grams, text: &[u8]) -> Vec<(usize, u8)> {
    let mut found = Vec::new();
    grams.each(text, |at, groups| found.push((at, groups)));
    found
}

/// The same, by what [`Grams`] says of itself: byte by byte, group by group.
fn expected(
    grams: &Grams,
    positions: [usize; 4],
    texts: &[Vec<u8>],
    text: &[u8],
) -> Vec<(usize, u8)> {
    let is_met = |group: usize, at: usize, position: usize| {
        let byte = text.get(at + position).copied().unwrap_or(0) & 0x7f;
        let own = texts.iter().enumerate().filter(|(number, _)| grams.group(*number) == group);
        own.map(|(_, text)| text.get(position))
            .any(|known| known.is_none_or(|known| (known & 0x7f).eq_ignore_ascii_case(&byte)))
    };
    let groups = |at| {
        let is_met = |group: &usize| positions.iter().all(|&place| is_met(*group, at, place));
        (0..8).filter(is_met).fold(0, |groups, group| groups | 1 << group)
    };
    let met = (0..text.len()).map(|at| (at, groups(at)));
    met.filter(|(_, groups)| *groups != 0).collect()
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
        for isa in Isa::ALL {
            let grams = Grams::with_isa(*isa, positions, texts.iter().map(Vec::as_slice));
            let found = found(&grams, &text);
            let expected = expected(&grams, positions, &texts, &text);
            match isa {
                // It may pass over what the others meet in vain.
                Isa::Swar => prop_assert!(found.iter().all(|met| expected.contains(met))),
                _ => prop_assert_eq!(&found, &expected, "{}", isa.name()),
            }
            for (number, wanted) in texts.iter().enumerate() {
                let places = text.windows(wanted.len()).enumerate();
                for (at, _) in places.filter(|(_, window)| window.eq_ignore_ascii_case(wanted)) {
                    let met = found.iter().find(|(place, _)| *place == at);
                    let groups = met.map_or(0, |(_, groups)| *groups);
                    prop_assert_eq!(groups >> grams.group(number) & 1, 1, "{}", isa.name());
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
                let grams = Grams::with_isa(*isa, [0, 1, 2, 5], [&b"NEEDle"[..]]);
                assert_eq!(found(&grams, &text), expected, "{length} {at}");
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
        let grams = Grams::with_isa(*isa, [0, 1, 2, 3], texts.iter().map(Vec::as_slice));
        let found: Vec<usize> = found(&grams, text).iter().map(|(at, _)| *at).collect();
        assert_eq!(found, places);
    }
}
