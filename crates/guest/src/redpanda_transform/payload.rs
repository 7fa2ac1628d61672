//! The payload of a record: key, value and headers, each text with its length before it.
//!
//! Numbers are zigzag varints, and the length of a text that is not there is -1.

use crate::lines::Fault;

/// The header that a record in trouble gets; its value is the kind of the fault.
const HEADER: &[u8] = b"trailmill-fault";

/// A record as it stands in its payload.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'p> {
    /// The key, with its length.
    key: &'p [u8],
    /// The value, if there is one.
    pub(super) value: Option<&'p [u8]>,
    /// How many headers there are.
    pub(super) header_count: i64,
    /// The headers as they are written.
    headers: &'p [u8],
}

impl<'p> Parts<'p> {
    /// Takes a payload apart; the headers are not looked into.
    pub(super) fn read(payload: &'p [u8]) -> Option<Self> {
        let (_, behind_key) = read_text(payload)?;
        let key = payload.get(..payload.len() - behind_key.len())?;
        let (value, behind_value) = read_text(behind_key)?;
        let (header_count, headers) = read_number(behind_value)?;
        (header_count >= 0).then_some(Parts { key, value, header_count, headers })
    }

    /// Where in its payload the headers begin, behind their number.
    pub(super) fn headers_at(&self, payload: &[u8]) -> usize {
        payload.len() - self.headers.len()
    }

    /// The payload of the same record with another value, and a header if there is a fault.
    pub(super) fn with<'o>(
        &self,
        value: &[u8],
        fault: Option<&Fault>,
        out: &'o mut Vec<u8>,
    ) -> &'o [u8] {
        out.clear();
        out.extend_from_slice(self.key);
        write_text(value, out);
        write_number(self.header_count, out);
        let at = out.len();
        out.extend_from_slice(self.headers);
        mark(out, at, self.header_count, fault);
        out
    }
}

/// Adds the header of a fault to a payload that has `count` of them, the first at the byte `at`,
/// right behind their number.
pub(super) fn mark(payload: &mut Vec<u8>, at: usize, count: i64, fault: Option<&Fault>) {
    let Some(fault) = fault else { return };
    let mut number = Vec::new();
    write_number(count, &mut number);
    let start = at - number.len();
    number.clear();
    write_number(count + 1, &mut number);
    payload.splice(start..at, number);
    write_text(HEADER, payload);
    write_text(fault.kind.as_bytes(), payload);
}

fn read_text(bytes: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let (length, rest) = read_number(bytes)?;
    if length < 0 {
        return Some((None, rest));
    }
    let (text, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((Some(text), rest))
}

fn read_number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut number = 0u64;
    for (place, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(((number >> 1) as i64 ^ -((number & 1) as i64), &bytes[place + 1..]));
        }
    }
    None
}

fn write_text(text: &[u8], out: &mut Vec<u8>) {
    write_number(text.len() as i64, out);
    out.extend_from_slice(text);
}

fn write_number(number: i64, out: &mut Vec<u8>) {
    let mut rest = (number << 1 ^ number >> 63) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}
