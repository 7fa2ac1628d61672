//! What can be left out of functions, and what can not.

use super::*;
use wasmparser::{Parser, Payload};

/// The instructions that are left of a function, given as text.
fn left(body: &str) -> Vec<String> {
    let text = format!("(module (memory 1) (func $f (param i32)) (func (param i32) {body}))");
    let module = wat::parse_str(text).expect("a module");
    let bodies = Parser::new(0).parse_all(&module).filter_map(|payload| match payload {
        Ok(Payload::CodeSectionEntry(body)) => Some(body),
        _ => None,
    });
    let body = bodies.last().expect("a function");
    let ranges = doomed(&body).expect("instructions");
    let operators = body.get_operators_reader().expect("instructions").into_iter_with_offsets();
    let named = operators.map(|operator| {
        let (operator, at) = operator.expect("an instruction");
        (format!("{operator:?}").split([' ', '{']).next().unwrap_or_default().to_owned(), at)
    });
    named.filter(|(_, at)| !contains(&ranges, *at)).map(|(name, _)| name).collect()
}

#[test]
fn what_only_leads_to_a_trap_is_left_out() {
    assert_eq!(left("(call $f (i32.const 7)) unreachable"), ["Unreachable", "End"]);
    assert_eq!(
        left("(i32.store (i32.const 0) (i32.const 7)) (call $f (i32.const 1)) unreachable"),
        ["Unreachable", "End"]
    );
}

#[test]
fn what_may_go_on_stays() {
    assert_eq!(left("(call $f (i32.const 7))"), ["I32Const", "Call", "End"]);
    // The trap is on one side only.
    assert_eq!(
        left(
            "(call $f (i32.const 1)) (if (local.get 0) (then (call $f (i32.const 2)) unreachable))"
        ),
        ["I32Const", "Call", "LocalGet", "If", "Unreachable", "End", "End"]
    );
    assert_eq!(
        left("(block (br_if 0 (local.get 0)) (call $f (i32.const 2)) unreachable)"),
        ["Block", "LocalGet", "BrIf", "Unreachable", "End", "End"]
    );
    // What stands before a loop or a block may be followed by something else than the trap.
    assert_eq!(
        left("(call $f (i32.const 1)) (loop (br_if 0 (local.get 0))) unreachable"),
        ["I32Const", "Call", "Loop", "LocalGet", "BrIf", "End", "Unreachable", "End"]
    );
}

#[test]
fn a_place_is_in_a_range_or_not() {
    let ranges = [3..5, 8..9];
    let inside: Vec<usize> = (0..12).filter(|&at| contains(&ranges, at)).collect();
    assert_eq!(inside, [3, 4, 8]);
    assert!(!contains(&[], 0));
}
