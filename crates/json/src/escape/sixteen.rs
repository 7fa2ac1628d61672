//! Escaping in registers of 16 bytes.

use super::spread::SPREAD;
use super::swar;
use crate::sixteen::Sixteen;

/// 16 bytes at a time; where something is to be escaped, eight at a time by table.
pub(super) fn sixteen<S: Sixteen>(text: &[u8], out: &mut Vec<u8>) {
    let (whole, rest) = text.as_chunks::<16>();
    out.reserve(text.len() * 2);
    let mut written = out.len();
    for chunk in whole {
        let bytes = S::load(*chunk);
        let special = bytes.equal(S::all(b'"')).or(bytes.equal(S::all(b'\\')));
        // SAFETY: at most 32 bytes are written, and count as such, for each 16 of the text: there
        // is room.
        unsafe {
            let to = out.as_mut_ptr().add(written).cast::<[u8; 16]>();
            written += 16;
            if special.any() {
                let [low, high] = special.mask().to_le_bytes();
                let behind = 8 + low.count_ones() as usize;
                to.write(spread(bytes, low, 0));
                to.byte_add(behind).write(spread(bytes, high, 8));
                written += behind - 8 + high.count_ones() as usize;
            } else {
                to.write(*chunk);
            }
        }
    }
    // SAFETY: `written` bytes have been written, within the capacity reserved.
    unsafe { out.set_len(written) }
    swar(rest, out);
}

/// The eight bytes from `from` on, which is 0 or 8, those of `set` escaped; behind them, whatever.
#[inline(always)]
fn spread<S: Sixteen>(bytes: S, set: u8, from: u8) -> [u8; 16] {
    let order = S::load(SPREAD[usize::from(set)]);
    let slashes = order.equal(S::all(0x80)).and(S::all(b'\\'));
    bytes.look_up(order.or(S::all(from))).or(slashes).bytes()
}
