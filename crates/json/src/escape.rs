//! Escaping: JSON text into the body of a JSON string.

mod sixteen;
mod spread;
#[cfg(test)]
mod tests;
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod vector;

use crate::isa::Isa;
use crate::sixteen::{IS_NATIVE, Native};
use crate::words;

/// Appends `text` to `out` with a backslash before each `"` and `\`.
///
/// This is all the escaping that *valid, compacted JSON text* needs to become the body of a
/// string: it holds no control characters. For any other text use [`quote_into`].
pub fn escape_into(text: &[u8], out: &mut Vec<u8>) {
    // SAFETY: the best instructions are some that the machine has.
    unsafe { escape_with(Isa::best(), text, out) }
}

/// The same with these instructions.
///
/// # Safety
/// The machine has them: [`Isa::is_usable`].
pub(crate) unsafe fn escape_with(isa: Isa, text: &[u8], out: &mut Vec<u8>) {
    match isa {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: the caller's promise.
        Isa::Avx512 => unsafe { vector::avx512(text, out) },
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { vector::avx2(text, out) },
        Isa::Neon | Isa::Simd128 if IS_NATIVE => sixteen::sixteen::<Native>(text, out),
        Isa::Scalar => scalar(text, out),
        _ => swar(text, out),
    }
}

fn scalar(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&b| b == b'"' || b == b'\\') {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(&[b'\\', rest[at]]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

/// Eight bytes at a time are copied, and looked at as one number.
fn swar(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() * 2);
    let is_escaped = |byte: u8| byte == b'"' || byte == b'\\';
    let (length, start) = (out.len(), out.as_mut_ptr());
    // SAFETY: eight bytes are copied only where there are as many, and each byte of the text has
    // room for two; what is written counts up to where `to` has come.
    unsafe {
        let mut to = start.add(length);
        let mut rest = text;
        while let Some((&[first, ..], _)) = rest.split_first_chunk::<1>() {
            let mut here = 0;
            if let Some(&chunk) = rest.first_chunk::<8>() {
                to.cast::<[u8; 8]>().write(chunk);
                here = words::first_of_two(u64::from_le_bytes(chunk), b'"', b'\\');
                if here == 8 {
                    (to, rest) = (to.add(8), rest.get_unchecked(8..));
                    continue;
                }
            } else if !is_escaped(first) {
                to.write(first);
                (to, rest) = (to.add(1), rest.get_unchecked(1..));
                continue;
            }
            to = to.add(here);
            to.cast::<[u8; 2]>().write([b'\\', *rest.get_unchecked(here)]);
            (to, rest) = (to.add(2), rest.get_unchecked(here + 1..));
        }
        out.set_len(to.offset_from(start) as usize);
    }
}

/// Appends `text` to `out` as a JSON string, quotes and all.
#[inline]
pub fn quote_into(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let text = text.as_bytes();
    let escaped = words::any(text, |word| {
        words::below(word, b' ') | words::equal(word, b'"') | words::equal(word, b'\\')
    });
    match escaped {
        false => out.extend_from_slice(text),
        true => body_into(text, out),
    }
    out.push(b'"');
}

/// Whether a byte can not stand in a string as it is.
#[inline(always)]
fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Appends the bytes of a text with whatever has to be escaped.
#[cold]
pub(crate) fn body_into(mut rest: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = rest.iter().position(|&byte| is_escaped(byte)) {
        out.extend_from_slice(&rest[..at]);
        control_into(rest[at], out);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

fn control_into(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0c => out.extend_from_slice(b"\\f"),
        _ => {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&digits);
        }
    }
}
