//! A record as a stage sees it.

use crate::json::{self, Checks, Span};
use std::borrow::Cow;
use std::ops::Deref;

/// One JSON object, checked, as text: at most 8 MiB, at most [`DEPTH_MAX`](json::DEPTH_MAX) deep,
/// with nothing around it. It can be used as the `str` that it is; its members are known already,
/// so that [`get`](Record::get) does not read the text again.
#[derive(Clone, Debug)]
pub struct Record<'r> {
    text: &'r str,
    members: Cow<'r, [Span]>,
}

impl<'r> Record<'r> {
    /// A record of a text, for tests; none if that is no JSON object.
    pub fn of(text: &'r str) -> Option<Self> {
        let mut members = Vec::new();
        let text = json::spans(text, &mut members, &mut Checks::new(json::DEPTH_MAX))?;
        Some(Record { text, members: Cow::Owned(members) })
    }

    /// A record of a text whose members are noted already.
    pub(crate) fn new(text: &'r str, members: &'r [Span]) -> Self {
        Record { text, members: Cow::Borrowed(members) }
    }

    /// All of it.
    pub fn text(&self) -> &'r str {
        self.text
    }

    /// The value of a member, as it stands there; the last one counts if there are several.
    pub fn get(&self, name: &str) -> Option<&'r str> {
        let mut members = self.members.iter().rev();
        let member = members.find(|member| member.is_named(name, self.text))?;
        self.text.get(member.value())
    }

    /// The text of a member that is a string, its escapes undone; none for any other.
    pub fn string(&self, name: &str) -> Option<Cow<'r, str>> {
        json::string(self.get(name)?)
    }
}

impl Deref for Record<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}
