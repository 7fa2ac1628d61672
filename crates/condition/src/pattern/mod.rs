//! Event patterns of Amazon EventBridge.

mod compile;
mod evaluate;
mod operators;

use crate::ConditionError;
use crate::value::{Folded, Names, Networks, Number, Wildcard};
use serde_json::Value;
use std::cmp::Ordering;
use trailmill_event::Event;

/// An event pattern of Amazon EventBridge, ready to be asked.
///
/// | written | matches |
/// |---|---|
/// | `{"a": [..], "b": {"c": [..]}}` | if the values at `a` and at `b.c` both match |
/// | `["x", 1, true, null, ""]` | any of these values, of the same kind; numbers by value |
/// | `{"exactly": "x"}` | that text |
/// | `{"prefix": "x"}`, `{"suffix": "x"}` | a text that begins or ends so; `{"prefix": {"equals-ignore-case": "x"}}` but for case |
/// | `{"equals-ignore-case": "x"}` | a text but for case |
/// | `{"wildcard": "a*b"}` | a text, where `*` is any characters, `\*` an asterisk and `\\` a backslash |
/// | `{"anything-but": ..}` | a value that is there and is not this one, or none of this list; also of `{"prefix": ..}`, `{"suffix": ..}`, `{"equals-ignore-case": ..}`, `{"wildcard": ..}` with a text or a list |
/// | `{"numeric": [">", 0, "<=", 5]}` | a number in that range; also `=` |
/// | `{"exists": true}` | if there is a value that is no object, also `null`; `false`: if there is none |
/// | `{"cidr": "10.0.0.0/8"}` | the text of an IP address in that network |
/// | `"$or": [{..}, {..}]` | if one of two or more patterns matches in its place |
///
/// An array in the event matches if one of its elements does, however deep arrays stand in
/// arrays. Conditions on the members of objects in an array must hold for one and the same
/// element; if all of them are `{"exists": false}`, for every element.
///
/// The rules are those of the Amazon EventBridge User Guide ("Comparison operators for use in event
/// patterns") and, where it is silent, of AWS's own [event-ruler].
///
/// [event-ruler]: https://github.com/aws/event-ruler
#[derive(Clone, Debug)]
pub struct Pattern {
    root: Object,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn new(pattern: &Value) -> Result<Self, ConditionError> {
        compile::pattern(pattern).map(|root| Pattern { root })
    }

    /// Whether the event is one of those that the pattern describes.
    pub fn matches(&self, event: &Event<'_>) -> bool {
        self.root.match_object(event.root())
    }
}

/// What is wanted of an object.
#[derive(Clone, Debug)]
struct Object {
    /// The members that are asked for, also by alternatives.
    names: Names,
    fields: Fields,
}

/// What is wanted of the members of an object.
#[derive(Clone, Debug, Default)]
struct Fields {
    /// All of this.
    fields: Vec<Field>,
    /// The alternatives of each `$or`.
    or: Vec<Vec<Fields>>,
}

/// What is wanted of a member.
#[derive(Clone, Debug)]
struct Field {
    /// The number of its name among those of the object.
    slot: usize,
    want: Want,
}

#[derive(Clone, Debug)]
enum Want {
    /// That it is an object, or has one, with these members.
    Object(Box<Object>),
    /// That its value passes one of these tests.
    Value(Vec<Test>),
}

/// What a value may be.
#[derive(Clone, Debug)]
enum Test {
    Is(Scalar),
    Text(TextTest),
    AnythingBut(Except),
    /// Comparisons that must all hold.
    Numeric(Vec<(Sign, Number)>),
    Exists(bool),
    Cidr(Networks),
}

/// A value that is neither object nor array.
#[derive(Clone, Debug)]
enum Scalar {
    Text(Box<str>),
    Number(Number),
    Bool(bool),
    Null,
}

/// What a text may be like.
#[derive(Clone, Debug)]
enum TextTest {
    Prefix(Box<str>),
    PrefixIgnoringCase(Folded),
    Suffix(Box<str>),
    SuffixIgnoringCase(Folded),
    EqualsIgnoringCase(Folded),
    Wildcard(Wildcard),
}

/// What a value must not be.
#[derive(Clone, Debug)]
enum Except {
    Values(Vec<Scalar>),
    Like(Vec<TextTest>),
}

/// How a number must compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Sign {
    fn allows(self, compared: Ordering) -> bool {
        match self {
            Sign::Equal => compared.is_eq(),
            Sign::Less => compared.is_lt(),
            Sign::LessOrEqual => compared.is_le(),
            Sign::Greater => compared.is_gt(),
            Sign::GreaterOrEqual => compared.is_ge(),
        }
    }
}
