//! Where a value stands: the path to a token, found only when somebody asks for it.

use smallvec::SmallVec;
use trailmill_stage::event::json::{Kind, Tokens};

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Into the member of that name, as it stands between its quotes.
    Name(&'a [u8]),
    /// Into an element of an array.
    Element,
    /// Into the document that a string holds.
    Document,
}

/// The way to a value, outermost step first.
pub(crate) type Steps<'a> = SmallVec<[Step<'a>; 8]>;

impl<'a> Step<'a> {
    #[cfg(test)]
    pub(crate) fn name(name: &'a [u8]) -> Self {
        Step::Name(name)
    }

    /// Whether it leads into the member of that name, in whatever case.
    pub(crate) fn is(&self, name: &str) -> bool {
        match self {
            Step::Name(raw) => raw.eq_ignore_ascii_case(name.as_bytes()),
            Step::Element | Step::Document => false,
        }
    }
}

/// A document inside a string, and where that string is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inside<'a> {
    pub(crate) tokens: Tokens<'a>,
    pub(crate) token: usize,
    pub(crate) outer: Option<&'a Inside<'a>>,
}

impl Inside<'_> {
    /// How many strings are around it.
    pub(crate) fn depth(&self) -> usize {
        1 + self.outer.map_or(0, Inside::depth)
    }
}

/// The way to the value or key at a token, through the strings that it is inside of.
pub(crate) fn steps<'a>(
    tokens: Tokens<'a>,
    token: usize,
    outer: Option<&'a Inside<'a>>,
) -> Steps<'a> {
    let mut way = match outer {
        Some(inside) => {
            let mut way = steps(inside.tokens, inside.token, inside.outer);
            way.push(Step::Document);
            way
        }
        None => Steps::new(),
    };
    let mut at = 0;
    while let Some((step, next)) = towards(tokens, at, token) {
        way.push(step);
        if next >= token {
            break;
        }
        at = next;
    }
    way
}

/// The step from a container to the value inside it that the token is, or is in.
fn towards<'a>(tokens: Tokens<'a>, at: usize, token: usize) -> Option<(Step<'a>, usize)> {
    let is_object = match tokens.value(at).kind() {
        Kind::Object => true,
        Kind::Array => false,
        _ => return None,
    };
    let close = tokens.behind(at) - 1;
    let mut next = at + 1;
    while next < close && next <= token {
        let value = if is_object { next + 2 } else { next };
        let behind = tokens.behind(value);
        if token < behind {
            let step = match is_object {
                true => Step::Name(tokens.string(next).raw()),
                false => Step::Element,
            };
            return Some((step, value));
        }
        next = behind + 1;
    }
    None
}

/// A path as people read it: `requestParameters.tags[].value`; what is inside a string stands
/// behind `(json)`.
pub(crate) fn written(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Element => path += "[]",
            Step::Document => path += "(json)",
            Step::Name(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path += &String::from_utf8_lossy(name);
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use trailmill_stage::event::json::Index;

    #[test]
    fn ways_lead_to_keys_and_values() {
        let text = br#"{"a":1,"b":{"c":[7,{"d":"x"}],"e":[]},"f":"y"}"#;
        let mut index = Index::new();
        let tokens = index.parse(text).unwrap().tokens();
        let path = |needle: &str| {
            let offset = std::str::from_utf8(text).unwrap().find(needle).unwrap();
            written(&steps(tokens, tokens.at(offset), None))
        };
        for (needle, expected) in [
            ("1", "a"),
            ("\"a", "a"),
            ("7", "b.c[]"),
            ("\"x", "b.c[].d"),
            ("\"d", "b.c[].d"),
            ("\"e", "b.e"),
            ("\"y", "f"),
        ] {
            assert_eq!(path(needle), expected, "{needle}");
        }
        let inside = Inside { tokens, token: tokens.at(44), outer: None };
        assert_eq!(written(&steps(tokens, tokens.at(1), Some(&inside))), "f(json).a");
    }
}
