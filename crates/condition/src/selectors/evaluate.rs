//! Asks a selector of an event.

use super::{EVENT_CATEGORY, FieldSelector, MANAGEMENT_EVENT, Operator, RESOURCES, Selector};
use crate::value::{self, Found};
use std::borrow::Cow;
use trailmill_event::Node;

impl Selector {
    /// Whether all of its conditions hold for a record with these members.
    pub(super) fn selects(&self, record: &Found<'_>) -> bool {
        self.record.iter().all(|field| {
            let text = field.text(&|name| record.named(name));
            field.selects(text.as_deref()) && !field.deselects(text.as_deref())
        }) && self.selects_resources(record)
    }

    fn selects_resources(&self, record: &Found<'_>) -> bool {
        if self.resources.is_empty() {
            return true;
        }
        let resources = record.named(RESOURCES);
        let resources = || resources.into_iter().flat_map(Node::elements);
        let selects = |resource: Node<'_>| {
            let text = |field: &FieldSelector| field.text(&|name| resource.get(name));
            self.resources.iter().all(|field| field.selects(text(field).as_deref()))
        };
        let deselects = |resource: Node<'_>| {
            let text = |field: &FieldSelector| field.text(&|name| resource.get(name));
            self.resources.iter().any(|field| field.deselects(text(field).as_deref()))
        };
        let selects_nothing = || self.resources.iter().all(|field| field.selects(None));
        (resources().any(selects) || selects_nothing()) && !resources().any(deselects)
    }
}

impl FieldSelector {
    /// Whether the conditions that include hold, if there are any.
    fn selects(&self, text: Option<&str>) -> bool {
        self.select.is_empty()
            || text.is_some_and(|text| self.select.iter().any(|operator| operator.holds(text)))
    }

    /// Whether one of the conditions that exclude fits.
    fn deselects(&self, text: Option<&str>) -> bool {
        text.is_some_and(|text| self.deselect.iter().any(|operator| operator.holds(text)))
    }

    /// The value of the field as text, from the members of a record or a resource.
    fn text<'e>(&self, member: &dyn Fn(&str) -> Option<Node<'e>>) -> Option<Cow<'e, str>> {
        let (first, rest) = self.field.steps.split_first()?;
        let Some(found) = member(first) else {
            return (self.field.name == EVENT_CATEGORY)
                .then(|| member(MANAGEMENT_EVENT))?
                .and_then(Node::as_bool)
                .map(|is_management| if is_management { "Management" } else { "Data" }.into());
        };
        let node = rest.iter().try_fold(found, |node, name| node.get(name))?;
        match node.as_bool() {
            Some(truth) => Some(value::word(truth).into()),
            None => value::text(node),
        }
    }
}

impl Operator {
    fn holds(&self, text: &str) -> bool {
        match self {
            Operator::Equals(value) => text == &**value,
            Operator::StartsWith(start) => text.starts_with(&**start),
            Operator::EndsWith(end) => text.ends_with(&**end),
        }
    }
}
