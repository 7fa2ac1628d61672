//! The hash that decides which events are kept.

/// The hash of a key: 64-bit FNV-1a over its UTF-8 bytes, then the finalizer of MurmurHash3.
///
/// FNV-1a reads any text, but leaves the upper bits of similar texts alike; the finalizer mixes
/// them. It is a fixed part of the behavior of `sample`: with another one, two runs would keep
/// different events. It is no secret, so whoever chooses keys can choose what is kept.
///
/// FNV-1a is [RFC 9923](https://www.rfc-editor.org/rfc/rfc9923); the finalizer is `fmix64` of
/// <https://github.com/aappleby/smhasher>.
pub fn hash(key: &str) -> u64 {
    mix(fnv_1a(key.as_bytes()))
}

fn fnv_1a(bytes: &[u8]) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::{fnv_1a, hash, mix};

    /// The first three are test vectors of RFC 9923, the others of SMHasher's `fmix64`.
    #[test]
    fn is_the_one_that_it_says() {
        assert_eq!(fnv_1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv_1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(mix(0), 0);
        assert_eq!(mix(1), 0xb456_bcfc_34c2_cb2c);
    }

    /// A change of these is a change of what users keep.
    #[test]
    fn stays_as_it_is() {
        assert_eq!(hash("ccdd8add-d995-5308-9d5f-8589ac91b3fc"), 0x7510_57ec_05f4_b534);
    }
}
