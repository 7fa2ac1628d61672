//! The top-level members of an event before and after.

use trailmill_event::json::Index;

/// The members of an object with the texts of their values, in their order.
pub(super) type Members = Vec<(String, String)>;

/// The names of members that differ.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
    pub(super) changed: Vec<String>,
}

/// Reads the members of an object; none if the text is not JSON.
pub(super) fn members(text: &str) -> Members {
    let mut index = Index::new();
    let Ok(root) = index.parse(text.as_bytes()) else {
        return Members::new();
    };
    let members = root.members().map(|member| {
        let value = String::from_utf8_lossy(member.value().raw()).into_owned();
        (member.key().decode().into_owned(), value)
    });
    members.collect()
}

/// The text of the value of a member.
pub(super) fn value<'m>(members: &'m Members, name: &str) -> Option<&'m str> {
    let member = members.iter().rev().find(|(known, _)| known == name);
    member.map(|(_, value)| value.as_str())
}

/// Compares two states of an event.
pub(super) fn compare(old: &Members, new: &Members) -> Difference {
    let names = |members: &Members, wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        let names = members.iter().map(|(name, _)| name);
        names.filter(|name| wanted(name)).cloned().collect()
    };
    let differs = |name: &str| value(old, name).is_some_and(|old| Some(old) != value(new, name));
    Difference {
        added: names(new, &|name| value(old, name).is_none()),
        removed: names(old, &|name| value(new, name).is_none()),
        changed: names(new, &differs),
    }
}
