//! Values of an event as they stand now: the text of the record, seen through its changes.

use crate::edit::{Change, Doc, Place};
use crate::event::Event;
use crate::path::Segment;
use trailmill_json::{self as json, Kind, Str};

/// One value of an event.
#[derive(Clone, Copy)]
pub struct Node<'e> {
    pub(crate) event: &'e Event<'e>,
    pub(crate) doc: Doc,
    pub(crate) token: u32,
}

impl<'e> Node<'e> {
    /// What it is.
    pub fn kind(self) -> Kind {
        self.value().kind()
    }

    /// The string, if it is one.
    pub fn as_string(self) -> Option<Str<'e>> {
        self.value().as_string()
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        self.value().as_bool()
    }

    /// The integer, if it is a number written as one that fits.
    pub fn as_i64(self) -> Option<i64> {
        self.value().as_i64()
    }

    /// Whether it is the string `text`.
    pub fn is_text(self, text: &str) -> bool {
        self.as_string().is_some_and(|string| string.is(text))
    }

    /// The value as it stands in its text, if nothing in it was changed.
    pub fn untouched(self) -> Option<json::Value<'e>> {
        (!self.is_touched()).then(|| self.value())
    }

    /// The members of an object as they stand now; none for anything else.
    #[inline]
    pub fn members(self) -> Members<'e> {
        Members {
            node: self,
            touched: self.is_touched(),
            inner: self.value().members(),
            appended: 0,
        }
    }

    /// The elements of an array as they stand now; none for anything else.
    pub fn elements(self) -> impl Iterator<Item = Node<'e>> {
        let Node { event, doc, .. } = self;
        self.value().elements().filter_map(move |value| {
            event.resolve(Place {
                doc,
                token: value.token() as u32,
            })
        })
    }

    /// The value of the last member of that name, if this is an object that has one.
    pub fn get(self, name: &str) -> Option<Node<'e>> {
        self.members()
            .filter(|member| member.key().is(name))
            .last()
            .map(Member::value)
    }

    /// The value one step further.
    pub(crate) fn step(self, segment: &Segment) -> Option<Node<'e>> {
        match segment {
            Segment::Member(name) => self.get(name),
            Segment::Element(number) => self.elements().nth(*number),
        }
    }

    pub(crate) fn place(self) -> Place {
        Place {
            doc: self.doc,
            token: self.token,
        }
    }

    /// The value in its own text, blind to changes inside it.
    #[inline]
    pub(crate) fn value(self) -> json::Value<'e> {
        self.event.document(self.doc).value(self.token as usize)
    }

    /// Whether anything inside it was changed.
    #[inline]
    pub(crate) fn is_touched(self) -> bool {
        let edits = &self.event.scratch.edits;
        if edits.is_empty() {
            return false;
        }
        edits.touch(self.doc, self.token, self.value().token_behind() as u32 - 1)
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().fmt(f)
    }
}

/// A member of an object as it stands now.
#[derive(Clone, Copy, Debug)]
pub struct Member<'e> {
    value: Node<'e>,
    key: Place,
    /// The key that the member was given, if it was renamed.
    renamed: Option<u32>,
}

impl<'e> Member<'e> {
    /// The key.
    #[inline]
    pub fn key(self) -> Str<'e> {
        let event = self.value.event;
        match self.renamed {
            Some(token) => event.string(Place {
                doc: Doc::Arena,
                token,
            }),
            None => event.string(self.key),
        }
    }

    /// The value.
    #[inline]
    pub fn value(self) -> Node<'e> {
        self.value
    }

    /// Where key and value stand in the text of the record, if neither was changed.
    #[inline]
    pub fn span(self) -> Option<std::ops::Range<usize>> {
        let as_it_was = self.key.doc == Doc::Base
            && self.value.doc == Doc::Base
            && self.renamed.is_none()
            && !self.value.is_touched();
        as_it_was.then(|| {
            let start = self
                .value
                .event
                .document(Doc::Base)
                .position(self.key.token as usize);
            start..self.value.value().span().end
        })
    }

    pub(crate) fn place(self) -> Place {
        self.key
    }
}

/// Iterates over the members of an object.
#[derive(Clone, Debug)]
pub struct Members<'e> {
    node: Node<'e>,
    touched: bool,
    inner: json::Members<'e>,
    /// How many of the added members have been given.
    appended: usize,
}

impl<'e> Iterator for Members<'e> {
    type Item = Member<'e>;

    #[inline]
    fn next(&mut self) -> Option<Member<'e>> {
        if self.touched {
            return self.next_touched();
        }
        let member = self.inner.next()?;
        let Node { event, doc, .. } = self.node;
        let token = member.token() as u32;
        Some(Member {
            value: Node {
                event,
                doc,
                token: token + 2,
            },
            key: Place { doc, token },
            renamed: None,
        })
    }
}

impl<'e> Members<'e> {
    fn next_touched(&mut self) -> Option<Member<'e>> {
        let Node { event, doc, .. } = self.node;
        loop {
            let (key, value) = match self.inner.next() {
                Some(member) => {
                    let token = member.token() as u32;
                    (
                        Place { doc, token },
                        Place {
                            doc,
                            token: token + 2,
                        },
                    )
                }
                None => self.next_appended()?,
            };
            if let Some(member) = event.member(key, value) {
                return Some(member);
            }
        }
    }

    /// The key and value of the next added member.
    fn next_appended(&mut self) -> Option<(Place, Place)> {
        let changes = self.node.event.scratch.edits.at(self.node.place());
        let mut added = changes.filter_map(|change| match change {
            Change::Append(key, value) => Some((key, value)),
            _ => None,
        });
        let (key, value) = added.nth(self.appended)?;
        self.appended += 1;
        let place = |token| Place {
            doc: Doc::Arena,
            token,
        };
        Some((place(key), place(value)))
    }
}

impl<'b> Event<'b> {
    /// The value that stands at a place now, unless it was removed.
    pub(crate) fn resolve<'e>(&'e self, place: Place) -> Option<Node<'e>>
    where
        'b: 'e,
    {
        let mut node = Node {
            event: self,
            doc: place.doc,
            token: place.token,
        };
        for change in self.scratch.edits.at(place) {
            match change {
                Change::Remove => return None,
                Change::Replace(token) => {
                    return self.resolve(Place {
                        doc: Doc::Arena,
                        token,
                    });
                }
                Change::Rename(_) | Change::Append(..) => node.doc = place.doc,
            }
        }
        Some(node)
    }

    /// The member whose key and value were at these places, unless it was removed.
    fn member(&self, key: Place, value: Place) -> Option<Member<'_>> {
        let mut renamed = None;
        for change in self.scratch.edits.at(key) {
            match change {
                Change::Remove => return None,
                Change::Rename(token) => renamed = Some(token),
                Change::Replace(_) | Change::Append(..) => {}
            }
        }
        Some(Member {
            value: self.resolve(value)?,
            key,
            renamed,
        })
    }

    fn string(&self, place: Place) -> Str<'_> {
        self.document(place.doc).string_at(place.token as usize)
    }
}
