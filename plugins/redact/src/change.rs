//! Changes to spans of a text, and the text with them.

use std::ops::Range;
use trailmill_stage::event::json::Tokens;

/// A change to a span of the text.
#[derive(Debug)]
pub(crate) struct Change {
    /// The token at which the span begins.
    pub(crate) token: usize,
    pub(crate) span: Range<usize>,
    pub(crate) with: With,
    /// The rule that wants it.
    pub(crate) rule: usize,
    /// Only something in the value is hidden.
    pub(crate) is_part: bool,
}

/// What a span is changed to.
#[derive(Debug)]
pub(crate) enum With {
    /// JSON text.
    Text(Vec<u8>),
    /// Nothing: the member or element is gone, and a comma with it.
    Nothing,
    /// Itself: nothing inside is changed by a later rule.
    Itself,
}

/// Puts changes in the order of the text. Of those that overlap the outer one counts; of those for
/// the same span the one of the whole value, and then that of the first rule.
pub(crate) fn settle(changes: &mut Vec<Change>) {
    changes.sort_by_key(|change| {
        (change.span.start, usize::MAX - change.span.end, change.is_part, change.rule)
    });
    let mut end = 0;
    changes.retain(|change| {
        let is_outer = change.span.start >= end;
        if is_outer {
            end = change.span.end;
        }
        is_outer
    });
    changes.retain(|change| !matches!(change.with, With::Itself));
}

/// Appends a span of the text with those of the changes that are in it, which must be settled.
pub(crate) fn splice(
    tokens: Tokens<'_>,
    span: Range<usize>,
    changes: &[Change],
    out: &mut Vec<u8>,
) {
    let text = tokens.text();
    let mut from = span.start;
    for change in changes.iter().filter(|change| change.span.start >= span.start) {
        if change.span.start >= span.end {
            break;
        }
        // What was removed before may have taken the beginning along.
        out.extend_from_slice(text.get(from..change.span.start).unwrap_or_default());
        from = change.span.end.max(from);
        match &change.with {
            With::Text(new) => out.extend_from_slice(new),
            With::Itself => out.extend_from_slice(&text[change.span.clone()]),
            With::Nothing => from = take_comma(tokens, &change.span, out),
        }
    }
    out.extend_from_slice(text.get(from..span.end).unwrap_or_default());
}

/// The byte at which it goes on behind something that was removed: what is next, if there is
/// something; else the comma before goes.
fn take_comma(tokens: Tokens<'_>, span: &Range<usize>, out: &mut Vec<u8>) -> usize {
    let next = tokens.positions().partition_point(|&position| (position as usize) < span.end);
    if tokens.kinds().get(next) == Some(&b',') {
        return tokens.positions().get(next + 1).map_or(span.end, |&at| at as usize);
    }
    // The text so far ends with a token, so that this is no comma inside a string.
    let end = out.iter().rposition(|byte| *byte > b' ').map_or(0, |at| at + 1);
    if out[..end].ends_with(b",") {
        out.truncate(end - 1);
    }
    span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use trailmill_stage::event::json::Index;

    fn removed(text: &str, pieces: &[&str]) -> String {
        let mut index = Index::new();
        let tokens = index.parse(text.as_bytes()).unwrap().tokens();
        let change = |piece: &&str| {
            let start = text.find(*piece).unwrap();
            let span = start..start + piece.len();
            Change { token: tokens.at(start), span, with: With::Nothing, rule: 0, is_part: false }
        };
        let mut changes: Vec<Change> = pieces.iter().map(change).collect();
        settle(&mut changes);
        let mut out = Vec::new();
        splice(tokens, 0..text.len(), &changes, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn commas_go_with_what_is_removed() {
        let (a, b, c) = (r#""a":1"#, r#""b" : [2]"#, r#""c":"x,""#);
        let text = format!("{{{a}, {b} ,{c}}}");
        assert_eq!(removed(&text, &[a]), format!("{{{b} ,{c}}}"));
        assert_eq!(removed(&text, &[b]), format!("{{{a}, {c}}}"));
        assert_eq!(removed(&text, &[c]), format!("{{{a}, {b} }}"));
        assert_eq!(removed(&text, &[b, c]), format!("{{{a}}}"));
        assert_eq!(removed(&text, &[a, c]), format!("{{{b} }}"));
        assert_eq!(removed(&text, &[a, b, c]), "{}");
        assert_eq!(removed("[1, 2,3]", &["2", "3"]), "[1]");
        assert_eq!(removed(&text, &["2", b]), format!("{{{a}, {c}}}"));
    }
}
