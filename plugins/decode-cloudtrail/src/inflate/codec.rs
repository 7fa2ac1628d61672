//! Tells by magic number what bytes are: plain, gzip, zstd, or a codec that is not supported.

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    /// Not packed, as far as the first bytes tell; no bytes at all are plain, too.
    Plain,
    /// gzip, RFC 1952.
    Gzip,
    /// zstd, RFC 8878.
    Zstd,
}

/// What is recognized only to be named in an error: the first bytes, and the name.
///
/// zlib is the two-byte header with a 32 KB window and one of its four levels, RFC 1950.
const UNSUPPORTED: &[(&[u8], &str)] = &[
    (b"\x78\x01", "a zlib stream"),
    (b"\x78\x5e", "a zlib stream"),
    (b"\x78\x9c", "a zlib stream"),
    (b"\x78\xda", "a zlib stream"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\xff\x06\x00\x00sNaPpY", "snappy"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
];

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

impl Codec {
    /// How many bytes [`Codec::of`] wants to see, where the input has as many.
    pub(crate) const HEAD_BYTES: usize = 10;

    /// What an input is that begins with `head`. The start of a magic number with nothing after it
    /// counts as that codec, so that a cut file is told from a plain one.
    ///
    /// # Errors
    /// The name of a codec or encoding that is not supported.
    pub(crate) fn of(head: &[u8]) -> Result<Codec, &'static str> {
        // Nothing else begins like JSON.
        if let [b'{' | b'[', ..] = head {
            return Ok(Codec::Plain);
        }
        if head.starts_with(GZIP) || head == &GZIP[..1] {
            return Ok(Codec::Gzip);
        }
        if Codec::starts_zstd(head) || (2..4).contains(&head.len()) && ZSTD.starts_with(head) {
            return Ok(Codec::Zstd);
        }
        match UNSUPPORTED.iter().find(|(magic, _)| head.starts_with(magic)) {
            Some((_, name)) => Err(name),
            None => Ok(Codec::Plain),
        }
    }

    /// The name that messages use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Codec::Plain => "plain",
            Codec::Gzip => "gzip",
            Codec::Zstd => "zstd",
        }
    }

    /// Whether a further member of this codec begins with `head`.
    pub(super) fn continues_with(self, head: &[u8]) -> bool {
        match self {
            Codec::Plain => false,
            Codec::Gzip => head.starts_with(GZIP),
            Codec::Zstd => Codec::starts_zstd(head),
        }
    }

    /// Whether `head` begins a skippable zstd frame: 184D2A50 to 184D2A5F, little-endian.
    pub(super) fn starts_skippable(head: &[u8]) -> bool {
        matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
    }

    fn starts_zstd(head: &[u8]) -> bool {
        head.starts_with(ZSTD) || Codec::starts_skippable(head)
    }
}
