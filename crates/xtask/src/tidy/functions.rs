//! Finds the functions of a source and how long they are.

use super::source::{Source, closed};

/// A function with a body.
#[derive(Debug, PartialEq)]
pub(super) struct Function<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Where its `fn` stands.
    pub(super) at: usize,
    /// Its lines from `fn` to the closing bracket.
    pub(super) lines: usize,
    /// Whether it is part of the unit tests of its file.
    pub(super) is_test: bool,
}

/// The functions of a source that have a body; closures are part of the function around them.
pub(super) fn find(source: &Source) -> impl Iterator<Item = Function<'_>> {
    let code = &source.code;
    source.words("fn").filter_map(move |at| {
        let signature = &code[at + "fn".len()..];
        let name = signature.strip_prefix(' ')?.split(['(', '<']).next()?;
        let open = at + "fn".len() + body(signature)?;
        Some(Function {
            name,
            at,
            lines: code[at..closed(code, open)].lines().count(),
            is_test: source.tests.contains(&at),
        })
    })
}

/// Where the body begins; `None` if the signature ends without one.
fn body(signature: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in signature.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            // A function pointer ends with the bracket of what is around it.
            b')' | b']' => depth = depth.checked_sub(1)?,
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::tidy::source::Source;

    fn found(text: &str) -> Vec<(String, usize)> {
        let source = Source::new(text);
        find(&source).map(|f| (f.name.to_owned(), f.lines)).collect()
    }

    #[test]
    fn bodies_are_measured_from_their_signature() {
        let text =
            "fn a<T>(b: [u8; 2]) -> T\nwhere\n    T: Copy,\n{\n    \"}\"; // }\n}\nfn c() {}\n";
        assert_eq!(found(text), [("a".to_owned(), 6), ("c".to_owned(), 1)]);
    }

    #[test]
    fn what_has_no_body_is_no_function() {
        assert_eq!(found("trait A { fn a(&self); }\ntype F = fn(u8) -> u8;\nfn_name! {}"), []);
    }
}
