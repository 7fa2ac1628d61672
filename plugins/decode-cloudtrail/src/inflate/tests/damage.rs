//! Cut and flipped inputs: always an error, or the same bytes.

use super::*;

/// Members of each block type and with each header field, and one zstd frame.
fn inputs() -> Vec<Vec<u8>> {
    let text = make::text(600, 1);
    vec![
        make::gzip(&text),
        make::gzip(b"{}"),
        make::gzip(&make::noise(100, 1)),
        make::member(4 | 8 | 16, b"\x02\x00xyname\0comment\0", &text),
        zstd::TEXT.to_vec(),
        zstd::NO_CHECKSUM.to_vec(),
    ]
}

#[test]
fn an_input_cut_anywhere_is_an_error() {
    for input in inputs() {
        for length in 1..input.len() {
            if input[..length] == *b"(" {
                continue; // The first byte of zstd alone may be anything.
            }
            let error = verdict(&input[..length], WIDE).unwrap_err();
            assert_eq!(error.kind, InflateErrorKind::Truncated, "{length}");
            assert_eq!(error.offset, length as u64, "{length}");
        }
    }
}

#[test]
fn a_flipped_bit_never_makes_other_content() {
    for input in inputs() {
        let content = verdict(&input, WIDE).unwrap();
        let checked = input != zstd::NO_CHECKSUM;
        for bit in 0..input.len() * 8 {
            let mut flipped = input.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // Without its magic number it is another input altogether.
            if Codec::of(&flipped) != Codec::of(&input) {
                continue;
            }
            if let Ok(other) = verdict(&flipped, WIDE) {
                assert!(other == content || !checked, "byte {}, bit {}", bit / 8, bit % 8);
            }
        }
    }
}

#[test]
fn heavy_damage_never_panics() {
    let mut random = make::Random(7);
    let inputs = [make::gzip(&make::text(20_000, 2)), zstd::LARGE.to_vec()];
    for round in 0..400 {
        let mut input = inputs[round % 2].clone();
        for _ in 0..random.next() % 8 + 1 {
            let at = random.next() as usize % input.len();
            input[at] = random.next() as u8;
        }
        let _ = verdict(&input, ACCEPT);
    }
}

#[test]
fn random_bytes_after_a_magic_number_never_panic() {
    for seed in 0..300 {
        let noise = make::noise(400, seed);
        for magic in [&b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"[..], b"\x28\xb5\x2f\xfd"] {
            assert!(verdict(&[magic, &noise].concat(), ACCEPT).is_err());
        }
    }
}
