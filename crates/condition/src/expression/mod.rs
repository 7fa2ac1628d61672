//! The expression language: `eventName == "ConsoleLogin" and errorCode exists`.

mod display;
mod error;
mod evaluate;
mod list;
mod parse;

pub use error::ExpressionError;

use crate::value::{Folded, Names, Number, Wildcard};
use list::List;
use std::str::FromStr;
use trailmill_event::{Event, Path, Segment};

/// A condition in the expression language, ready to be asked.
///
/// ```text
/// expression = all { "or" all }
/// all        = unary { "and" unary }
/// unary      = "not" unary | "(" expression ")" | path test
/// test       = ( "==" | "!=" ) literal | ( "<" | "<=" | ">" | ">=" ) ( number | text )
///            | "==~" text | "exists" | "in" ( list | network ) | "matches" text
///            | "starts" "with" text | "ends" "with" text | "contains" text
/// list       = "[" item { "," item } "]"
/// item       = literal | network
/// literal    = text | number | "true" | "false" | "null"
/// ```
///
/// A path is one of [`Path`], a number one of JSON, a network `10.0.0.0/8`, `fd00::/8` or a bare
/// address. A text stands in double or single quotes; inside, `\` goes before a quote or a `\`.
/// The words of the language may be written in any case; a path that begins with `and`, `or` or
/// `not` has that name in quotes.
///
/// | test | holds if the value |
/// |---|---|
/// | `==` | is that literal. `true` and `"true"` are the same, as CloudTrail writes both; so are `false` and `"false"`. Numbers are compared by value |
/// | `!=` | is not, or is not there: `a != b` is `not a == b` |
/// | `<` ... | is a number, or for a literal text a text, byte by byte: `eventTime >= "2024-02"` |
/// | `==~` | is that text but for case |
/// | `exists` | is there, whatever it is; also `null` |
/// | `in` | is one of the list, or an IP address in one of the networks |
/// | `starts with`, `ends with`, `contains` | is a text that does |
/// | `matches` | is a text like that one, in which `*` stands for any characters, `\*` for an asterisk |
///
/// A member of an array is that of any of its elements, and a test holds for an array if it holds
/// for any element: `resources.ARN starts with "arn:aws:s3:"`. Nothing else holds for a value
/// that is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The top-level members that it asks for.
    names: Names,
    root: Rule,
}

impl Expression {
    /// Whether the event is one of those that the expression describes.
    pub fn matches(&self, event: &Event<'_>) -> bool {
        self.root.holds(&self.names.find(event.root()))
    }
}

impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        let mut names = Names::default();
        let mut root = parse::rule(text)?;
        root.place(&mut names);
        Ok(Expression { names, root })
    }
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
enum Rule {
    /// Two or more that must all hold.
    All(Vec<Rule>),
    /// Two or more of which one must hold.
    Any(Vec<Rule>),
    /// One that must not hold.
    Not(Box<Rule>),
    /// A test of the value at a path.
    Test(Place, Test),
}

/// Where a value is that is asked for.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    path: Path,
    /// The number of the path's first step among the names of the expression.
    slot: usize,
}

impl Rule {
    /// Notes the top-level members that it asks for.
    fn place(&mut self, names: &mut Names) {
        match self {
            Rule::All(rules) | Rule::Any(rules) => {
                rules.iter_mut().for_each(|rule| rule.place(names));
            }
            Rule::Not(rule) => rule.place(names),
            // No path that is read from text begins with an element.
            Rule::Test(place, _) => {
                if let Some(Segment::Member(name)) = place.path.segments().first() {
                    place.slot = names.slot(name);
                }
            }
        }
    }
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    Equals(Literal),
    Compares(Order, Literal),
    EqualsIgnoringCase(Folded),
    Exists,
    /// In a list, or in the one network of a list written without brackets.
    In(List),
    StartsWith(Box<str>),
    EndsWith(Box<str>),
    Contains(Box<str>),
    Matches(Wildcard),
}

/// A way to compare by size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value as it is written in an expression.
#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Text(Box<str>),
    Number(Number),
    Bool(bool),
    Null,
}
