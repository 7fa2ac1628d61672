//! Limits: exact to the byte, the same each way, and reached without much memory.

use super::*;
use InflateErrorKind::{InflatedBytes, Length, Ratio, Window};

const MIB: usize = 1 << 20;

#[test]
fn inflated_bytes_max_is_exact() {
    let text = make::text(300_000, 1);
    let input = make::gzip(&text);
    for (max, fits) in [(300_000, true), (300_001, true), (299_999, false), (1, false), (0, false)]
    {
        let limits = Limits { inflated_bytes_max: max, ..WIDE };
        let verdict = verdict(&input, limits);
        assert_eq!(verdict.is_ok(), fits, "{max}");
        if let Err(error) = verdict {
            assert_eq!((error.kind, error.limit), (InflatedBytes, Some(max)));
        }
    }
    let none = Limits { inflated_bytes_max: 0, ..WIDE };
    assert_eq!(verdict(&make::gzip(b""), none), Ok(vec![]));
}

#[test]
fn inflated_bytes_max_counts_over_all_members() {
    let two = make::gzip(&make::text(1000, 2)).repeat(2);
    let exact = Limits { inflated_bytes_max: 2000, ..ACCEPT };
    assert_eq!(verdict(&two, exact).map(|content| content.len()), Ok(2000));
    let less = Limits { inflated_bytes_max: 1999, ..ACCEPT };
    assert_eq!(fault(&two, less), InflatedBytes);
}

#[test]
fn the_ratio_counts_from_one_mebibyte_on() {
    let limits = Limits { ratio_max: 100, ..WIDE };
    let zeros = vec![b'0'; 2 * MIB];
    assert_eq!(verdict(&make::gzip(&zeros[..MIB]), limits).map(|content| content.len()), Ok(MIB));
    let error = verdict(&make::gzip(&zeros[..MIB + 1]), limits).unwrap_err();
    assert_eq!((error.kind, error.limit), (Ratio, Some(100)));
    let text = make::text(2 * MIB, 3);
    assert_eq!(verdict(&make::gzip(&text), limits), Ok(text));
}

#[test]
fn a_bomb_stops_early() {
    let input = make::gzip(&vec![b'0'; 64 * MIB]);
    let limits = Limits { ratio_max: 200, ..WIDE };
    let mut scratch = Scratch::default();
    let mut inflater = Inflater::new(&input[..], limits, &mut scratch);
    let (mut content, mut total) = (Vec::new(), 0);
    let error = loop {
        content.clear();
        match inflater.read_into(&mut content, MIB) {
            Ok(read) => total += read,
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind, Ratio);
    assert!(total <= 2 * MIB, "{total}");
    let mut out = Vec::new();
    let whole = inflate_whole(&input, &limits, &mut scratch, usize::MAX, &mut out);
    assert_eq!(whole.map_err(|error| error.kind), Err(Ratio));
    assert!(out.is_empty());
}

#[test]
fn a_known_length_makes_the_ratio_one_of_the_whole() {
    let text = [vec![b'0'; 2 * MIB], make::noise(MIB, 4)].concat();
    let input = make::gzip(&text);
    let limits = Limits { ratio_max: 100, ..WIDE };
    assert_eq!(verdict(&input, limits), Ok(text));
    let mut scratch = Scratch::default();
    let unknown = read_all(Inflater::new(&input[..], limits, &mut scratch), MIB);
    assert_eq!(kind(&unknown), Some(Ratio));
}

#[test]
fn a_stated_length_is_not_believed() {
    let text = make::text(5000, 5);
    let member = make::gzip(&text);
    for lie in [0u32, 1, 4999, 5001, 1 << 20, u32::MAX] {
        let mut input = member.clone();
        let end = input.len();
        input[end - 4..].copy_from_slice(&lie.to_le_bytes());
        let (mut scratch, mut out) = (Scratch::default(), Vec::new());
        let whole = inflate_whole(&input, &WIDE, &mut scratch, usize::MAX, &mut out);
        assert_eq!(whole.map_err(|error| error.kind), Err(Length), "{lie}");
        assert!(out.capacity() <= 4 * 1032 * input.len(), "{lie}");
    }
}

#[test]
fn what_does_not_fit_is_left_to_an_inflater() {
    let text = make::text(300_000, 6);
    let input = make::gzip(&text);
    let padded = [&input[..], &[0; 8]].concat();
    let (mut scratch, mut out) = (Scratch::default(), Vec::new());
    for input in [&input, &padded, &text] {
        let mut whole = |fit| {
            let whole = inflate_whole(input, &WIDE, &mut scratch, fit, &mut out);
            (whole, out.len())
        };
        assert_eq!(whole(300_000), (Ok(Whole::Inflated), 300_000));
        assert_eq!(whole(299_999), (Ok(Whole::TooLarge), 0));
        assert_eq!(whole(0), (Ok(Whole::TooLarge), 0));
    }
    assert!(out.capacity() <= MIB);
}

/// 128 KiB of one byte in four bytes is the most that a zstd block can do.
#[test]
fn a_zstd_bomb_meets_the_same_limits() {
    let block = |last: u32| (((128 << 10) << 3) | 1 << 1 | last).to_le_bytes()[..3].to_vec();
    let mut input = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    for last in [vec![0; 63], vec![1]].concat() {
        input.extend(block(last));
        input.push(b'0');
    }
    assert_eq!(verdict(&input, WIDE).map(|content| content.len()), Ok(8 * MIB));
    assert_eq!(fault(&input, Limits { ratio_max: 1000, ..WIDE }), Ratio);
    let exact = Limits { inflated_bytes_max: 8 << 20, ..WIDE };
    assert_eq!(verdict(&input, exact).map(|content| content.len()), Ok(8 * MIB));
    let less = Limits { inflated_bytes_max: (8 << 20) - 1, ..WIDE };
    assert_eq!(fault(&input, less), InflatedBytes);
}

#[test]
fn the_window_of_a_zstd_frame_is_limited() {
    // Window descriptors: 8 MiB, and an eighth more.
    for (descriptor, fits) in [(0x68, true), (0x69, false), (0xff, false)] {
        let input = [b"\x28\xb5\x2f\xfd\x00", &[descriptor][..], b"\x19\x00\x00{}\n"].concat();
        let verdict = verdict(&input, WIDE);
        assert_eq!(verdict.as_deref().ok(), fits.then_some(&b"{}\n"[..]), "{descriptor:x}");
        if let Err(error) = verdict {
            assert_eq!((error.kind, error.limit), (Window, Some(8 << 20)));
        }
    }
}
