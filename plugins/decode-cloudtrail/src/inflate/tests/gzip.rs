//! gzip members: where they begin and end, and what may stand around them.

use super::*;
use InflateErrorKind::{Checksum, Header, Length, Trailing, Truncated};

const FTEXT: u8 = 1;
const FHCRC: u8 = 2;
const FEXTRA: u8 = 4;
const FNAME: u8 = 8;
const FCOMMENT: u8 = 16;

#[test]
fn sizes_around_every_buffer_come_out() {
    for bytes in [0, 1, 2, 32_767, 32_769, 65_536, 262_143, 262_144, 262_145, 524_288, 700_000] {
        let text = make::text(bytes, bytes as u64);
        assert_eq!(verdict(&make::gzip(&text), WIDE), Ok(text));
    }
    let noise = make::noise(200_000, 1);
    assert_eq!(verdict(&make::gzip(&noise), WIDE), Ok(noise));
}

#[test]
fn header_fields_are_passed_over() {
    let text = make::text(3000, 2);
    let long = [b'n'; 70_000];
    for (flags, fields) in [
        (FTEXT, vec![]),
        (FEXTRA, b"\x03\x00abc".to_vec()),
        (FEXTRA, b"\x00\x00".to_vec()),
        (FNAME, b"name.json\0".to_vec()),
        (FNAME, b"\0".to_vec()),
        (FNAME, [&long[..], b"\0"].concat()),
        (FCOMMENT, b"a comment\0".to_vec()),
        (FEXTRA | FNAME | FCOMMENT, b"\x02\x00xyname\0comment\0".to_vec()),
    ] {
        let member = make::member(flags, &fields, &text);
        assert_eq!(verdict(&member, WIDE), Ok(text.clone()), "flags {flags}");
    }
}

#[test]
fn the_checksum_of_a_header_is_checked() {
    let text = make::text(3000, 3);
    let head = [0x1f, 0x8b, 8, FHCRC | FNAME, 0, 0, 0, 0, 0, 255, b'n', 0];
    let crc = make::crc(&head) as u16;
    let member = |crc: u16| {
        let fields = [b"n\0", &crc.to_le_bytes()[..]].concat();
        make::member(FHCRC | FNAME, &fields, &text)
    };
    assert_eq!(verdict(&member(crc), WIDE), Ok(text.clone()));
    let kind = Header("the checksum of the header is wrong");
    assert_eq!(fault(&member(crc ^ 1), WIDE), kind);
}

#[test]
fn bad_headers_are_told_apart() {
    let text = make::text(300, 4);
    for bit in [0x20, 0x40, 0x80] {
        let kind = Header("reserved flags are set in the header");
        assert_eq!(fault(&make::member(bit, b"", &text), WIDE), kind);
    }
    let mut method = make::gzip(&text);
    method[2] = 7;
    assert_eq!(fault(&method, WIDE), Header("the compression method is unknown"));
    assert_eq!(fault(&make::member(FNAME, b"", b"")[..10], WIDE), Truncated);
}

#[test]
fn zero_padding_is_no_content() {
    let text = make::text(3000, 5);
    for zeros in [1, 7, 8, 9, 512, 100_000] {
        let padded = [make::gzip(&text), vec![0; zeros]].concat();
        assert_eq!(verdict(&padded, WIDE), Ok(text.clone()), "{zeros}");
        let empty = [make::gzip(b""), vec![0; zeros]].concat();
        assert_eq!(verdict(&empty, WIDE), Ok(vec![]), "{zeros}");
    }
}

#[test]
fn anything_after_the_member_is_refused() {
    let (first, second) = (make::gzip(&make::text(3000, 6)), make::gzip(&make::text(3000, 7)));
    let end = first.len() as u64;
    for (behind, offset) in [
        (&b"x"[..], end),
        (b"\0\0\0x", end + 3),
        (b"\x1f", end),
        (b"\x1f\x8b", end),
        (&second, end),
        (&make::gzip(b""), end),
        (&[&[0; 9], &second[..]].concat(), end + 9),
    ] {
        let error = verdict(&[&first[..], behind].concat(), WIDE).unwrap_err();
        assert_eq!((error.kind, error.offset), (Trailing, offset), "{behind:x?}");
    }
}

#[test]
fn further_members_are_read_where_that_is_accepted() {
    let (one, two) = (make::text(3000, 8), make::text(400_000, 9));
    let (first, second) = (make::gzip(&one), make::gzip(&two));
    let both = Ok([&one[..], &two].concat());
    assert_eq!(verdict(&[&first[..], &second].concat(), ACCEPT), both);
    assert_eq!(verdict(&[&first[..], &[0; 512], &second, &[0; 3]].concat(), ACCEPT), both);
    let twice = Ok([&one[..], &one].concat());
    assert_eq!(verdict(&[&first[..], &first].concat(), ACCEPT), twice);
    let empties = make::gzip(b"").repeat(100);
    assert_eq!(verdict(&[&empties[..], &first, &empties].concat(), ACCEPT), Ok(one.clone()));
    for behind in [&b"x"[..], b"\x1f", b"\x28\xb5\x2f\xfd", b"{}"] {
        assert_eq!(fault(&[&first[..], behind].concat(), ACCEPT), Trailing, "{behind:x?}");
    }
    let cut = [&first[..], &second[..second.len() - 3]].concat();
    assert_eq!(fault(&cut, ACCEPT), Truncated);
    let kind = Header("reserved flags are set in the header");
    let reserved = make::member(0x80, b"", &one);
    assert_eq!(fault(&[&first[..], &reserved].concat(), ACCEPT), kind);
}

#[test]
fn checksum_and_length_are_told_apart() {
    let text = make::text(3000, 10);
    let member = make::gzip(&text);
    let end = member.len();
    for (at, kind, offset) in [(end - 8, Checksum, end - 8), (end - 4, Length, end - 4)] {
        let mut wrong = member.clone();
        wrong[at] ^= 1;
        let error = verdict(&wrong, WIDE).unwrap_err();
        assert_eq!((error.kind, error.offset), (kind, offset as u64));
    }
}

/// The end of a member is where its deflate data ends, and not where bytes stand that look like
/// its trailer.
#[test]
fn a_second_trailer_hides_nothing() {
    let text = make::text(3000, 11);
    let member = make::gzip(&text);
    let trailer = &member[member.len() - 8..];
    for between in [&b""[..], b"smuggled", &make::gzip(b"{}")] {
        let forged = [&member[..], between, trailer].concat();
        assert_eq!(fault(&forged, WIDE), Trailing);
    }
    // In the name of the file it is harmless.
    let name = [trailer, b"\0"].concat();
    if !trailer.contains(&0) {
        assert_eq!(verdict(&make::member(FNAME, &name, &text), WIDE), Ok(text));
    }
}
