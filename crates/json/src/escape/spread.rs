//! How the bytes of a text come apart, so that there is room for backslashes.

/// For each set of bytes to escape among eight: where each byte of the result comes from; 0x80 for
/// backslashes and for what is behind the result.
pub(super) static SPREAD: [[u8; 16]; 256] = spread(false);

/// For each set of bytes to escape among eight: the backslashes of the result.
#[cfg(all(target_arch = "x86_64", not(miri)))]
pub(super) static SLASHES: [[u8; 16]; 256] = spread(true);

const fn spread(slashes: bool) -> [[u8; 16]; 256] {
    let mut table = [[if slashes { 0 } else { 0x80 }; 16]; 256];
    let mut set = 0;
    while set < 256 {
        let (mut byte, mut place) = (0, 0);
        while byte < 8 {
            if set >> byte & 1 == 1 {
                if slashes {
                    table[set][place] = b'\\';
                }
                place += 1;
            }
            if !slashes {
                table[set][place] = byte as u8;
            }
            place += 1;
            byte += 1;
        }
        set += 1;
    }
    table
}
