//! Instructions after which nothing but a trap can come.
//!
//! Where a program panics, it first puts together what it would say. On the hosts that modules go
//! to nobody hears it: the call ends in a trap, whatever stands there. Such code, and all that only
//! it refers to (texts, the places in the source, functions that print values), is a fifth of a
//! module. A run of instructions without a branch that ends in `unreachable` is as good as its last
//! instruction.

use crate::export::broken::Result;
use std::ops::Range;
use wasmparser::{FunctionBody, Operator};

/// Where in the file the instructions of a function stand that can be left out, in their order.
pub(super) fn doomed(body: &FunctionBody<'_>) -> Result<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut operators = body.get_operators_reader()?;
    let mut start = operators.original_position();
    while !operators.eof() {
        let (operator, at) = operators.read_with_offset()?;
        if matches!(operator, Operator::Unreachable) && start < at {
            found.push(start..at);
        }
        if branches(&operator) {
            start = operators.original_position();
        }
    }
    Ok(found)
}

/// Whether what comes next may be reached in another way, or not at all.
fn branches(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
    )
}

/// Whether a byte of the file stands in one of the ranges, which are in order.
pub(super) fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= at);
    behind.checked_sub(1).is_some_and(|last| ranges[last].contains(&at))
}

#[cfg(test)]
mod tests;
