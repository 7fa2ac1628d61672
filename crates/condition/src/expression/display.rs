//! Writes an expression so that it is read as the same one again.

use super::list::{Item, List};
use super::{Expression, Literal, Order, Rule, Test};
use std::fmt::{self, Formatter, Result};
use trailmill_event::{Path, Segment};

/// Names that a path can begin with only in quotes.
pub(super) const RESERVED: &[&str] = &["and", "or", "not"];

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Rule::All(rules) => joined(rules, " and ", f),
            Rule::Any(rules) => joined(rules, " or ", f),
            Rule::Not(rule) => match &**rule {
                Rule::Test(place, Test::Equals(literal)) => {
                    write_path(&place.path, f)?;
                    write!(f, " != {literal}")
                }
                Rule::All(_) | Rule::Any(_) => write!(f, "not ({rule})"),
                Rule::Not(_) | Rule::Test(..) => write!(f, "not {rule}"),
            },
            Rule::Test(place, test) => {
                write_path(&place.path, f)?;
                write!(f, " {test}")
            }
        }
    }
}

fn joined(rules: &[Rule], word: &str, f: &mut Formatter<'_>) -> Result {
    for (position, rule) in rules.iter().enumerate() {
        f.write_str(if position == 0 { "" } else { word })?;
        match rule {
            Rule::All(_) | Rule::Any(_) => write!(f, "({rule})")?,
            Rule::Not(_) | Rule::Test(..) => write!(f, "{rule}")?,
        }
    }
    Ok(())
}

fn write_path(path: &Path, f: &mut Formatter<'_>) -> Result {
    let text = path.to_string();
    match path.segments().first() {
        Some(Segment::Member(name))
            if RESERVED.iter().any(|word| name.eq_ignore_ascii_case(word)) =>
        {
            write!(f, "\"{name}\"{}", &text[name.len()..])
        }
        _ => f.write_str(&text),
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Test::Equals(literal) => write!(f, "== {literal}"),
            Test::Compares(order, literal) => write!(f, "{} {literal}", order.sign()),
            Test::EqualsIgnoringCase(folded) => write_text("==~", folded.as_str(), f),
            Test::Exists => f.write_str("exists"),
            Test::In(list) => write!(f, "in {list}"),
            Test::StartsWith(start) => write_text("starts with", start, f),
            Test::EndsWith(end) => write_text("ends with", end, f),
            Test::Contains(part) => write_text("contains", part, f),
            Test::Matches(wildcard) => write_text("matches", &wildcard.source(), f),
        }
    }
}

impl Order {
    fn sign(self) -> &'static str {
        match self {
            Order::Less => "<",
            Order::LessOrEqual => "<=",
            Order::Greater => ">",
            Order::GreaterOrEqual => ">=",
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let items: Vec<String> = self
            .items()
            .iter()
            .map(|item| match item {
                Item::Literal(literal) => literal.to_string(),
                Item::Network(network) => network.to_string(),
            })
            .collect();
        let items = items.join(", ");
        if self.in_brackets() { write!(f, "[{items}]") } else { f.write_str(&items) }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Literal::Text(text) => quoted(text, f),
            Literal::Number(number) => number.fmt(f),
            Literal::Bool(truth) => truth.fmt(f),
            Literal::Null => f.write_str("null"),
        }
    }
}

fn write_text(operator: &str, text: &str, f: &mut Formatter<'_>) -> Result {
    write!(f, "{operator} ")?;
    quoted(text, f)
}

fn quoted(text: &str, f: &mut Formatter<'_>) -> Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
