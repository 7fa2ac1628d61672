//! What conditions ask of one value: the parts that the three languages share.

mod fold;
mod names;
mod network;
mod number;
mod wildcard;

pub(crate) use fold::Folded;
pub(crate) use names::{Found, Names};
pub(crate) use network::{Network, Networks};
pub(crate) use number::Number;
pub(crate) use wildcard::Wildcard;

use std::borrow::Cow;
use trailmill_event::Node;
use trailmill_event::json::Kind;

/// The string, if the value is one; nothing is copied unless it has escapes.
pub(crate) fn text(node: Node<'_>) -> Option<Cow<'_, str>> {
    node.as_string().map(|string| string.decode())
}

/// The number, if the value is one.
pub(crate) fn number(node: Node<'_>) -> Option<Number> {
    if node.kind() != Kind::Number {
        return None;
    }
    // A number has no parts that could have been changed, so its text is always at hand.
    std::str::from_utf8(node.untouched()?.raw()).ok()?.parse().ok()
}

/// Whether the truth value and the text are the same word: CloudTrail has written `readOnly` and
/// `sessionCredentialFromConsole` both ways.
pub(crate) fn is_word(truth: bool, text: &str) -> bool {
    text == word(truth)
}

/// The truth value as text.
pub(crate) fn word(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// Whether `holds` says so of the value or, where it is an array, of one of its elements,
/// however deep arrays stand in arrays.
pub(crate) fn any(node: Node<'_>, holds: &mut dyn FnMut(Node<'_>) -> bool) -> bool {
    match node.kind() {
        // The depth of a record is limited to 128, and so is this.
        Kind::Array => node.elements().any(|element| any(element, holds)),
        _ => holds(node),
    }
}
