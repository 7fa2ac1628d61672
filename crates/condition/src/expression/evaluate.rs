//! Asks an expression of an event.

use super::{Literal, Order, Place, Rule, Test};
use crate::value::{self, Found};
use std::cmp::Ordering;
use trailmill_event::json::Kind;
use trailmill_event::{Node, Segment};

impl Rule {
    /// Whether it holds for an event with these members.
    pub(super) fn holds(&self, members: &Found<'_>) -> bool {
        match self {
            Rule::All(rules) => rules.iter().all(|rule| rule.holds(members)),
            Rule::Any(rules) => rules.iter().any(|rule| rule.holds(members)),
            Rule::Not(rule) => !rule.holds(members),
            Rule::Test(place, Test::Exists) => place.leads(members, &mut |_| true),
            Rule::Test(place, test) => {
                place.leads(members, &mut |node| value::any(node, &mut |value| test.holds(value)))
            }
        }
    }
}

impl Place {
    /// Whether it has a value for which `holds` says so.
    fn leads(&self, members: &Found<'_>, holds: &mut dyn FnMut(Node<'_>) -> bool) -> bool {
        let rest = self.path.segments().get(1..).unwrap_or_default();
        members.get(self.slot).is_some_and(|node| leads(node, rest, holds))
    }
}

/// Whether a path leads to a value for which `holds` says so; a name goes into every element of
/// an array.
fn leads(node: Node<'_>, path: &[Segment], holds: &mut dyn FnMut(Node<'_>) -> bool) -> bool {
    let Some((step, rest)) = path.split_first() else { return holds(node) };
    match step {
        Segment::Element(number) => {
            node.elements().nth(*number).is_some_and(|element| leads(element, rest, holds))
        }
        Segment::Member(_) if node.kind() == Kind::Array => {
            node.elements().any(|element| leads(element, path, holds))
        }
        Segment::Member(name) => node.get(name).is_some_and(|member| leads(member, rest, holds)),
    }
}

impl Test {
    /// Whether it holds for a value that is no array.
    fn holds(&self, node: Node<'_>) -> bool {
        let text =
            |holds: &dyn Fn(&str) -> bool| value::text(node).is_some_and(|text| holds(&text));
        match self {
            Test::Equals(literal) => literal.equals(node),
            Test::Compares(order, literal) => {
                literal.compare(node).is_some_and(|compared| order.allows(compared))
            }
            Test::EqualsIgnoringCase(folded) => text(&|text| folded.equals(text)),
            Test::Exists => true,
            Test::In(list) => list.has(node),
            Test::StartsWith(start) => text(&|text| text.starts_with(&**start)),
            Test::EndsWith(end) => text(&|text| text.ends_with(&**end)),
            Test::Contains(part) => text(&|text| text.contains(&**part)),
            Test::Matches(wildcard) => text(&|text| wildcard.matches(text)),
        }
    }
}

impl Literal {
    /// Whether a value that is no array is this one.
    pub(super) fn equals(&self, node: Node<'_>) -> bool {
        match self {
            Literal::Text(text) => {
                node.is_text(text)
                    || node.as_bool().is_some_and(|truth| value::is_word(truth, text))
            }
            Literal::Bool(truth) => {
                node.as_bool() == Some(*truth) || node.is_text(value::word(*truth))
            }
            Literal::Number(_) => self.compare(node) == Some(Ordering::Equal),
            Literal::Null => node.kind() == Kind::Null,
        }
    }

    /// How a value of the same kind compares to it.
    fn compare(&self, node: Node<'_>) -> Option<Ordering> {
        match self {
            Literal::Number(number) => Some(value::number(node)?.compare(*number)),
            Literal::Text(text) => Some((*value::text(node)?).cmp(text)),
            Literal::Bool(_) | Literal::Null => None,
        }
    }
}

impl Order {
    fn allows(self, compared: Ordering) -> bool {
        match self {
            Order::Less => compared.is_lt(),
            Order::LessOrEqual => compared.is_le(),
            Order::Greater => compared.is_gt(),
            Order::GreaterOrEqual => compared.is_ge(),
        }
    }
}
