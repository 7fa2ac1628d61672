//! Extism: texts come and go through a memory of the host's, eight bytes at a time.

use super::{DESCRIBE, NOT_CONFIGURED, with_guest};
use crate::{End, Lines};
use std::cell::Cell;
use trailmill_abi::{Answer, INPUT_BYTES_MAX, Kind, Status};

#[link(wasm_import_module = "extism:host/env")]
unsafe extern "C" {
    fn input_length() -> u64;
    fn input_load_u8(offset: u64) -> u32;
    fn input_load_u64(offset: u64) -> u64;
    fn alloc(bytes: u64) -> u64;
    fn store_u8(at: u64, byte: u32);
    fn store_u64(at: u64, word: u64);
    fn output_set(at: u64, bytes: u64);
    fn error_set(at: u64);
}

thread_local! {
    static LINES: Cell<Lines> = Cell::default();
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

const WORD: usize = size_of::<u64>();

/// The input as lines: `process`.
#[unsafe(no_mangle)]
extern "C" fn trailmill_extism_process() -> i32 {
    with_input(|input| {
        let mut lines = LINES.take();
        let end = with_guest(|guest| guest.lines(input, &mut lines));
        let code = match end {
            None => failed(NOT_CONFIGURED),
            Some(End::Untouched) => failed(lines.fault().map_or("", |fault| &fault.kind)),
            Some(End::Lines | End::Unwanted) => answered(lines.text()),
        };
        LINES.set(lines);
        code
    })
}

/// The input as an answer of the batch ABI: `process_all`.
#[unsafe(no_mangle)]
extern "C" fn trailmill_extism_process_all() -> i32 {
    with_input(|input| {
        let code = with_guest(|guest| {
            let answer = guest.process(input);
            match Answer::read(answer) {
                Ok(Answer { status: Status::Done, .. }) => answered(answer),
                Ok(told) => failed(&message(&told)),
                Err(malformed) => failed(malformed.0),
            }
        });
        code.unwrap_or_else(|| failed(NOT_CONFIGURED))
    })
}

/// Where the inputs from now on come from: `origin`.
#[unsafe(no_mangle)]
extern "C" fn trailmill_extism_origin() -> i32 {
    with_input(|input| match with_guest(|guest| guest.origin(input)) {
        Some(Ok(())) => 0,
        Some(Err(message)) => failed(message),
        None => failed(NOT_CONFIGURED),
    })
}

/// What the module says of itself: `describe`.
#[unsafe(no_mangle)]
extern "C" fn trailmill_extism_describe() -> i32 {
    answered(DESCRIBE.get()().as_bytes())
}

fn message(answer: &Answer<'_>) -> String {
    let mut frames = answer.frames().filter(|frame| frame.kind == Kind::Message);
    frames.next().map_or_else(String::new, |frame| String::from_utf8_lossy(frame.bytes).into())
}

/// Copies the input out of the host's memory.
fn with_input(work: impl FnOnce(&[u8]) -> i32) -> i32 {
    // SAFETY: It takes nothing.
    let length = unsafe { input_length() };
    let Some(length) = usize::try_from(length).ok().filter(|length| *length <= INPUT_BYTES_MAX)
    else {
        return failed("the input has more than 67108864 bytes");
    };
    let mut input = INPUT.take();
    input.clear();
    input.reserve(length);
    let words = length / WORD;
    for word in 0..words {
        // SAFETY: The word is within the input.
        let word = unsafe { input_load_u64((word * WORD) as u64) };
        input.extend_from_slice(&word.to_le_bytes());
    }
    for at in words * WORD..length {
        // SAFETY: The byte is within the input.
        input.push(unsafe { input_load_u8(at as u64) } as u8);
    }
    let code = work(&input);
    INPUT.set(input);
    code
}

/// Hands over the output; gives the code for a call that has gone well.
fn answered(text: &[u8]) -> i32 {
    match (text.is_empty(), stored(text)) {
        (true, _) => 0,
        (_, None) => failed("the host has no memory for the output"),
        (_, Some(block)) => {
            // SAFETY: The block is one of the host's, with the length of the text.
            unsafe { output_set(block, text.len() as u64) };
            0
        }
    }
}

/// Hands over what is wrong; gives the code for a call that has failed.
fn failed(message: &str) -> i32 {
    if let Some(block) = stored(message.as_bytes()) {
        // SAFETY: The block is one of the host's.
        unsafe { error_set(block) };
    }
    1
}

/// Copies a text into a block of the host's memory; none if it has no memory, or the text is
/// empty.
fn stored(text: &[u8]) -> Option<u64> {
    // SAFETY: It takes a number.
    let block = unsafe { alloc(text.len() as u64) };
    if block == 0 {
        return None;
    }
    let words = text.chunks_exact(WORD);
    let rest = words.remainder();
    let mut at = block;
    for word in words {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        // SAFETY: The word is within the block.
        unsafe { store_u64(at, word) };
        at += WORD as u64;
    }
    for byte in rest {
        // SAFETY: The byte is within the block.
        unsafe { store_u8(at, u32::from(*byte)) };
        at += 1;
    }
    Some(block)
}
