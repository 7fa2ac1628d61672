//! The fast way answers for common inputs, and only for those where it is sure.

use super::member::WholeMember;
use super::*;

/// Whether the fast way takes the input, which it must then inflate rightly.
fn takes(input: &[u8], limits: Limits) -> bool {
    let mut out = b"left over".to_vec();
    let taken = WholeMember::default().inflate(input, &limits, &mut out);
    if taken {
        assert!(verdict(input, limits) == Ok(out));
    }
    taken
}

#[test]
fn one_sound_member_is_taken() {
    for bytes in [1, 100, 2000, 300_000] {
        assert!(takes(&make::gzip(&make::text(bytes, 1)), WIDE), "{bytes}");
    }
    assert!(takes(&make::member(4 | 8 | 16, b"\x01\x00xname\0comment\0", b"{}"), WIDE));
}

#[test]
fn all_else_is_left_to_the_steps() {
    let member = make::gzip(&make::text(2000, 2));
    let trailer = &member[member.len() - 8..];
    let bad = [
        [&member[..], b"x"].concat(),
        member.repeat(2),
        [&member[..], b"smuggled", trailer].concat(),
        [&member[..], &make::gzip(b"{}")[..10], trailer].concat(),
        member[..member.len() - 1].to_vec(),
        make::member(2, b"\0\0", b"{}"),
        make::member(0x20, b"", b"{}"),
        zstd::TEXT.to_vec(),
        b"{}".to_vec(),
        b"\x1f\x8b".to_vec(),
    ];
    for limits in [WIDE, ACCEPT] {
        assert!(!bad.iter().any(|input| takes(input, limits)));
    }
    assert!(takes(&member, Limits { inflated_bytes_max: 2000, ..WIDE }));
    assert!(!takes(&member, Limits { inflated_bytes_max: 1999, ..WIDE }));
}

#[test]
fn a_trailer_is_found_wherever_it_stands() {
    let member = make::gzip(&make::noise(5000, 3));
    let (body, trailer) = member.split_at(member.len() - 8);
    // At each place around the edges of the blocks that the search goes by, a copy of the trailer
    // in the name makes two of them, and then the fast way is not sure.
    for pad in (0..40).chain(990..1060).chain(2030..2060) {
        let name = [&vec![b'n'; pad][..], trailer, b"\0"].concat();
        let named = [&body[..3], b"\x08", &body[4..10], &name, &body[10..], trailer].concat();
        assert!(!takes(&named, WIDE), "{pad}");
        let name = [&vec![b'n'; pad][..], b"\0"].concat();
        let named = [&body[..3], b"\x08", &body[4..10], &name, &body[10..], trailer].concat();
        assert!(takes(&named, WIDE), "{pad}");
    }
}

/// What libdeflate lets pass and RFC 1951 does not, pinned so that it does not grow unseen: see
/// the note in `member.rs`.
#[test]
fn libdeflate_is_lenient_with_reserved_symbols() {
    // One block of fixed codes: the byte `a`, the reserved length symbol 286 with distance 1, the
    // end of the block.
    let content = vec![b'a'; 259];
    let input = make::member_of(0, b"", &[0x4b, 0x1c, 0x03, 0x00], &content);
    let mut out = Vec::new();
    assert!(WholeMember::default().inflate(&input, &WIDE, &mut out));
    let mut scratch = Scratch::default();
    let by_steps = by_pieces(&input, WIDE, &mut scratch, usize::MAX);
    assert_eq!(kind(&by_steps), Some(InflateErrorKind::Data));
}
