//! Values as the format writes them, each only once.

use super::Result;
use std::collections::HashMap;

/// Numbers of the kinds of values.
const POINTER: u8 = 1;
const TEXT: u8 = 2;
const DOUBLE: u8 = 3;
const UINT16: u8 = 5;
const UINT32: u8 = 6;
const MAP: u8 = 7;
/// Kinds from here on do not fit in the first byte.
const EXTENDED: u8 = 8;
const UINT64: u8 = 9;
const LIST: u8 = 11;

/// Why a database is not cut, if the records that are left have no fewer bytes.
pub(super) const NOT_SMALLER: &str = "it would not get smaller";

/// The values of a database.
#[derive(Debug)]
pub(super) struct Data {
    bytes: Vec<u8>,
    bytes_max: usize,
    /// Where values stand.
    places: HashMap<Box<[u8]>, u32>,
}

impl Data {
    /// No values; all together may have `bytes_max` bytes.
    pub(super) fn new(bytes_max: usize) -> Self {
        Data { bytes: Vec::new(), bytes_max, places: HashMap::new() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where a value stands, which is put there if it is new.
    pub(super) fn place(&mut self, value: &[u8]) -> Result<u32> {
        if let Some(&place) = self.places.get(value) {
            return Ok(place);
        }
        if self.bytes.len() + value.len() > self.bytes_max {
            return Err(NOT_SMALLER);
        }
        let place = u32::try_from(self.bytes.len()).map_err(|_| NOT_SMALLER)?;
        self.bytes.extend_from_slice(value);
        self.places.insert(value.into(), place);
        Ok(place)
    }

    /// A pointer to a value, which may be no pointer itself.
    pub(super) fn pointer(&mut self, value: &[u8]) -> Result<Vec<u8>> {
        Ok(pointer(self.place(value)?))
    }
}

/// Members of an object, one after the other.
#[derive(Debug, Default)]
pub(super) struct Members {
    count: usize,
    bytes: Vec<u8>,
}

impl Members {
    /// Adds one: its name, as text or as a pointer to one, and its value.
    pub(super) fn add(&mut self, name: &[u8], value: &[u8]) {
        self.count += 1;
        self.bytes.extend_from_slice(name);
        self.bytes.extend_from_slice(value);
    }

    /// The object.
    pub(super) fn object(&self) -> Vec<u8> {
        [&control(MAP, self.count), &*self.bytes].concat()
    }

    /// The object; nothing if it would be empty.
    pub(super) fn object_if_any(&self) -> Option<Vec<u8>> {
        (self.count > 0).then(|| self.object())
    }
}

pub(super) fn text(text: &str) -> Vec<u8> {
    [&control(TEXT, text.len()), text.as_bytes()].concat()
}

pub(super) fn list(elements: &[Vec<u8>]) -> Vec<u8> {
    [control(LIST, elements.len()), elements.concat()].concat()
}

pub(super) fn uint16(number: u16) -> Vec<u8> {
    integer(UINT16, number.into())
}

pub(super) fn uint32(number: u32) -> Vec<u8> {
    integer(UINT32, number.into())
}

pub(super) fn uint64(number: u64) -> Vec<u8> {
    integer(UINT64, number)
}

/// A number in as few bytes as it is read from again to the last bit.
pub(super) fn number(number: f64) -> Vec<u8> {
    // Zero below zero is another number, and so is what does not fit.
    let whole = number as u32;
    if f64::from(whole).to_bits() != number.to_bits() {
        return [control(DOUBLE, 8), number.to_be_bytes().to_vec()].concat();
    }
    u16::try_from(whole).map_or_else(|_| uint32(whole), uint16)
}

fn integer(kind: u8, number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let bytes = &bytes[number.leading_zeros() as usize / 8..];
    [&control(kind, bytes.len()), bytes].concat()
}

/// What a value begins with: its kind, and its size as bytes, members or elements.
fn control(kind: u8, size: usize) -> Vec<u8> {
    let (first, more) = match size {
        0..29 => (size, 0),
        29..285 => (29, 1),
        285..65_821 => (30, 2),
        _ => (31, 3),
    };
    let first = first as u8;
    let mut out = if kind < EXTENDED { vec![kind << 5 | first] } else { vec![first, kind - 7] };
    let rest = size - [0, 29, 285, 65_821][more];
    out.extend_from_slice(&rest.to_be_bytes()[size_of::<usize>() - more..]);
    out
}

/// A pointer to an offset in the data: the further it is, the more bytes.
fn pointer(offset: u32) -> Vec<u8> {
    let (size, from) = match offset {
        0..2048 => (0, 0),
        2048..526_336 => (1, 2048),
        526_336..134_744_064 => (2, 526_336),
        _ => (3, 0),
    };
    let rest = (offset - from).to_be_bytes();
    // The highest bits of shorter ones stand in the first byte.
    let high = if size == 3 { 0 } else { rest[2 - size] };
    let first = POINTER << 5 | (size as u8) << 3 | high;
    [&[first], &rest[3_usize.saturating_sub(size)..]].concat()
}
