//! zstd frames, as the reference encoder writes them (`zstd` 1.5).

use super::*;
use InflateErrorKind::{Checksum, Header, Length, Trailing, Truncated};

/// `seq 1 40 | zstd -19`, with its length and checksum.
pub(super) const TEXT: &[u8] = include_bytes!("data/numbers-40.zst");
/// The same by `zstd -19 --no-check`.
pub(super) const NO_CHECKSUM: &[u8] = include_bytes!("data/numbers-40-no-check.zst");
/// `seq 1 400`, 100 times over, by `zstd -3`: more than one block.
pub(super) const LARGE: &[u8] = include_bytes!("data/numbers-400-100-times.zst");

/// Where the descriptor of a frame stands.
const DESCRIPTOR: usize = 4;

fn numbers(to: u32) -> Vec<u8> {
    (1..=to).flat_map(|n| format!("{n}\n").into_bytes()).collect()
}

fn skippable(bytes: usize) -> Vec<u8> {
    [&b"\x57\x2a\x4d\x18"[..], &(bytes as u32).to_le_bytes(), &vec![7; bytes]].concat()
}

#[test]
fn frames_of_the_reference_encoder_come_out() {
    assert_eq!(verdict(TEXT, WIDE), Ok(numbers(40)));
    assert_eq!(verdict(NO_CHECKSUM, WIDE), Ok(numbers(40)));
    assert_eq!(verdict(LARGE, WIDE), Ok(numbers(400).repeat(100)));
}

#[test]
fn skippable_frames_hold_no_content() {
    let skipped = skippable(300);
    assert_eq!(verdict(&skipped, WIDE), Ok(vec![]));
    let input = [&skippable(0)[..], &skipped, TEXT, &skipped, &[0; 5], &skippable(70_000)].concat();
    assert_eq!(verdict(&input, WIDE), Ok(numbers(40)));
    for length in [4, 7, 8, 307] {
        assert_eq!(fault(&skipped[..length], WIDE), Truncated, "{length}");
    }
}

#[test]
fn the_same_rule_holds_after_a_frame_as_after_a_member() {
    let twice = [TEXT, &[0; 9], NO_CHECKSUM].concat();
    assert_eq!(verdict(&[TEXT, &[0; 9]].concat(), WIDE), Ok(numbers(40)));
    let error = verdict(&twice, WIDE).unwrap_err();
    assert_eq!((error.kind, error.offset), (Trailing, TEXT.len() as u64 + 9));
    assert_eq!(verdict(&twice, ACCEPT), Ok(numbers(40).repeat(2)));
    for behind in [&b"x"[..], b"\x28\xb5", &make::gzip(b"{}")] {
        assert_eq!(fault(&[TEXT, behind].concat(), ACCEPT), Trailing, "{behind:x?}");
        assert_eq!(fault(&[TEXT, behind].concat(), WIDE), Trailing, "{behind:x?}");
    }
}

#[test]
fn checksum_and_length_are_checked() {
    let mut wrong = TEXT.to_vec();
    *wrong.last_mut().unwrap() ^= 1;
    assert_eq!(fault(&wrong, WIDE), Checksum);
    let mut longer = NO_CHECKSUM.to_vec();
    longer[DESCRIPTOR + 1] += 1;
    assert_eq!(fault(&longer, WIDE), Length);
}

#[test]
fn bad_headers_are_told_apart() {
    let mut reserved = TEXT.to_vec();
    reserved[DESCRIPTOR] |= 1 << 3;
    assert_eq!(fault(&reserved, WIDE), Header("a reserved flag is set"));
    let dictionary = [&TEXT[..DESCRIPTOR], &[TEXT[DESCRIPTOR] | 1, 42], &TEXT[5..]].concat();
    assert_eq!(fault(&dictionary, WIDE), Header("a dictionary is needed"));
}
