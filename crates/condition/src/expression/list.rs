//! The list behind `in`, ready to be looked up.

use super::Literal;
use crate::value::{self, Network, Networks};
use trailmill_event::Node;
use trailmill_event::json::Kind;

/// Values and networks, one of which a value may be or be in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    /// As they were written.
    items: Vec<Item>,
    /// Whether they were written in brackets.
    in_brackets: bool,
    /// The texts among them, sorted.
    texts: Box<[Box<str>]>,
    /// What is neither a text nor a network.
    others: Box<[Literal]>,
    networks: Networks,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Literal(Literal),
    Network(Network),
}

impl List {
    /// A list of any number of items.
    pub(super) fn new(items: Vec<Item>) -> Self {
        let mut texts: Vec<Box<str>> = Vec::new();
        let mut others = Vec::new();
        let mut networks = Vec::new();
        for item in &items {
            match item {
                Item::Literal(Literal::Text(text)) => texts.push(text.clone()),
                Item::Literal(other) => others.push(other.clone()),
                Item::Network(network) => networks.push(*network),
            }
        }
        texts.sort_unstable();
        List {
            items,
            in_brackets: true,
            texts: texts.into(),
            others: others.into(),
            networks: Networks::new(networks),
        }
    }

    /// One network, written without brackets.
    pub(super) fn network(network: Network) -> Self {
        List { in_brackets: false, ..List::new(vec![Item::Network(network)]) }
    }

    /// The items as they were written.
    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether they were written in brackets.
    pub(super) fn in_brackets(&self) -> bool {
        self.in_brackets
    }

    /// Whether a value that is no array is one of the list.
    pub(super) fn has(&self, node: Node<'_>) -> bool {
        let known = |text: &str| {
            self.texts.binary_search_by(|known| (**known).cmp(text)).is_ok()
                || self.networks.contain(text)
        };
        let is_known = match node.kind() {
            Kind::String => value::text(node).is_some_and(|text| known(&text)),
            Kind::Bool => node.as_bool().is_some_and(|truth| known(value::word(truth))),
            _ => false,
        };
        is_known || self.others.iter().any(|other| other.equals(node))
    }
}
