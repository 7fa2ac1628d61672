//! Asks a pattern of an event.

use super::{Except, Fields, Object, Scalar, Test, TextTest, Want};
use crate::value;
use std::cmp::Ordering;
use trailmill_event::Node;
use trailmill_event::json::Kind;

impl Object {
    /// Whether an object has everything that is wanted.
    pub(super) fn match_object(&self, object: Node<'_>) -> bool {
        let members = self.names.find(object);
        self.fields.holds(&|slot| members.get(slot))
    }

    /// Whether everything that is wanted holds where there is no object.
    fn match_nothing(&self) -> bool {
        self.fields.holds(&|_| None)
    }

    /// Whether a value of any kind is, or has, such an object.
    fn match_value(&self, node: Node<'_>) -> bool {
        match node.kind() {
            Kind::Object => self.match_object(node),
            Kind::Array if node.elements().next().is_none() => self.match_nothing(),
            Kind::Array if self.fields.want_something() => {
                node.elements().any(|element| self.match_value(element))
            }
            Kind::Array => node.elements().all(|element| self.match_value(element)),
            _ => self.match_nothing(),
        }
    }
}

impl Fields {
    /// Whether all of it holds for the members of an object.
    fn holds<'e>(&self, member: &dyn Fn(usize) -> Option<Node<'e>>) -> bool {
        self.fields.iter().all(|field| field.want.match_member(member(field.slot)))
            && self.or.iter().all(|or| or.iter().any(|fields| fields.holds(member)))
    }

    /// Whether something is wanted to be there.
    fn want_something(&self) -> bool {
        self.fields.iter().any(|field| match &field.want {
            Want::Object(object) => object.fields.want_something(),
            Want::Value(tests) => tests.iter().any(|test| !matches!(test, Test::Exists(false))),
        }) || self.or.iter().flatten().any(Fields::want_something)
    }
}

impl Want {
    fn match_member(&self, member: Option<Node<'_>>) -> bool {
        match (self, member) {
            (Want::Object(object), Some(node)) => object.match_value(node),
            (Want::Object(object), None) => object.match_nothing(),
            (Want::Value(tests), Some(node)) => tests.iter().any(|test| test.match_value(node)),
            (Want::Value(tests), None) => tests.iter().any(Test::match_nothing),
        }
    }
}

impl Test {
    fn match_nothing(&self) -> bool {
        matches!(self, Test::Exists(false))
    }

    fn match_value(&self, node: Node<'_>) -> bool {
        let mut is_leaf = |node: Node<'_>| node.kind() != Kind::Object;
        match self {
            Test::Exists(there) => value::any(node, &mut is_leaf) == *there,
            _ => value::any(node, &mut |node| is_leaf(node) && self.match_leaf(node)),
        }
    }

    /// Whether a value that is neither object nor array passes.
    fn match_leaf(&self, node: Node<'_>) -> bool {
        match self {
            Test::Is(scalar) => scalar.is(node),
            Test::Text(test) => value::text(node).is_some_and(|text| test.holds(&text)),
            Test::AnythingBut(Except::Values(values)) => !values.iter().any(|value| value.is(node)),
            Test::AnythingBut(Except::Like(tests)) => {
                let is_like = |text: &str| tests.iter().any(|test| test.holds(text));
                !value::text(node).is_some_and(|text| is_like(&text))
            }
            Test::Numeric(comparisons) => value::number(node).is_some_and(|number| {
                comparisons.iter().all(|(sign, limit)| sign.allows(number.compare(*limit)))
            }),
            Test::Exists(there) => *there,
            Test::Cidr(networks) => value::text(node).is_some_and(|text| networks.contain(&text)),
        }
    }
}

impl Scalar {
    fn is(&self, node: Node<'_>) -> bool {
        match self {
            Scalar::Text(text) => node.is_text(text),
            Scalar::Number(number) => {
                value::number(node).is_some_and(|other| other.compare(*number) == Ordering::Equal)
            }
            Scalar::Bool(truth) => node.as_bool() == Some(*truth),
            Scalar::Null => node.kind() == Kind::Null,
        }
    }
}

impl TextTest {
    fn holds(&self, text: &str) -> bool {
        match self {
            TextTest::Prefix(start) => text.starts_with(&**start),
            TextTest::PrefixIgnoringCase(start) => start.starts(text),
            TextTest::Suffix(end) => text.ends_with(&**end),
            TextTest::SuffixIgnoringCase(end) => end.ends(text),
            TextTest::EqualsIgnoringCase(other) => other.equals(text),
            TextTest::Wildcard(wildcard) => wildcard.matches(text),
        }
    }
}
