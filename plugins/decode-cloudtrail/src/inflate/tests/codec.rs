//! What the first bytes say, and what the messages say of it.

use super::*;

#[test]
fn the_magic_number_tells_the_codec() {
    for (head, codec) in [
        (&b""[..], Codec::Plain),
        (b"{", Codec::Plain),
        (b"(", Codec::Plain),
        (b"{\"Records\":[]}", Codec::Plain),
        (b"\xef\xbb\xbf{}", Codec::Plain),
        (b"\x1f", Codec::Gzip),
        (b"\x1f\x8b", Codec::Gzip),
        (b"\x1f\x8b\x08", Codec::Gzip),
        (b"\x1f\x8b\x07", Codec::Gzip),
        (b"\x1f\x8c", Codec::Plain),
        (b"\x28\xb5", Codec::Zstd),
        (b"\x28\xb5\x2f\xfd", Codec::Zstd),
        (b"\x28\xb5\x2f\xfe", Codec::Plain),
        (b"\x50\x2a\x4d\x18", Codec::Zstd),
        (b"\x5f\x2a\x4d\x18", Codec::Zstd),
        (b"\x60\x2a\x4d\x18", Codec::Plain),
    ] {
        assert_eq!(Codec::of(head), Ok(codec), "{head:x?}");
    }
}

#[test]
fn unsupported_codecs_are_named() {
    for (head, message) in [
        (&b"\x78\x9c\x4b\x04\x00\x00\x62\x00\x62"[..], "a zlib stream is not supported at byte 0"),
        (b"\x78\x01", "a zlib stream is not supported at byte 0"),
        (b"\x78\xda", "a zlib stream is not supported at byte 0"),
        (b"\x78\x5e", "a zlib stream is not supported at byte 0"),
        (b"BZh91AY&SY", "bzip2 is not supported at byte 0"),
        (b"\xfd7zXZ\x00\x00\x04", "xz is not supported at byte 0"),
        (b"\x04\x22\x4d\x18\x64", "lz4 is not supported at byte 0"),
        (b"\xff\x06\x00\x00sNaPpY", "snappy is not supported at byte 0"),
        (b"PK\x03\x04", "a zip archive is not supported at byte 0"),
        (b"\xff\xfe{\x00", "UTF-16 text is not supported at byte 0"),
        (b"\xfe\xff\x00{", "UTF-16 text is not supported at byte 0"),
        (b"\xff\xfe\x00\x00{", "UTF-32 text is not supported at byte 0"),
    ] {
        assert_eq!(verdict(head, WIDE).unwrap_err().to_string(), message, "{head:x?}");
    }
}

#[test]
fn plain_bytes_pass_as_they_are() {
    for bytes in [0, 1, 9, 10, 65_535, 65_536, 300_000] {
        let text = make::text(bytes, 1);
        assert_eq!(verdict(&text, WIDE), Ok(text));
    }
}

#[test]
fn messages_name_the_option_and_the_place() {
    let gzip = make::gzip(&make::text(5000, 1));
    let limits = Limits { inflated_bytes_max: 4999, ..WIDE };
    assert_eq!(
        verdict(&gzip, limits).unwrap_err().to_string(),
        "gzip: too much content (inflated_bytes_max is 4999) at byte 0"
    );
    let doubled = [&gzip[..], &gzip].concat();
    assert_eq!(
        verdict(&doubled, WIDE).unwrap_err().to_string(),
        format!("gzip: more bytes follow the first member (see trailing) at byte {}", gzip.len())
    );
    let cut = &gzip[..gzip.len() - 1];
    assert_eq!(
        verdict(cut, WIDE).unwrap_err().to_string(),
        format!("gzip: the input ends early at byte {}", cut.len())
    );
}
