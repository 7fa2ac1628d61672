//! Changes to an event: what is set, removed and renamed.

use crate::edit::{Change, EditError, Place, Put};
use crate::event::Event;
use crate::memo::{Basis, Memo};
use crate::node::Node;
use crate::path::{Path, Segment};
use trailmill_json::{self as json, Kind};

impl Event<'_> {
    /// Sets the value at a path. Objects that are missing or null on the way are made; elements
    /// are not.
    ///
    /// # Errors
    /// [`EditError::NotThere`] if the path leads into a string or the like, or to an element that
    /// does not exist; [`EditError::NotJson`]. The event is then as it was.
    pub fn set(&mut self, path: &Path, put: Put<'_>) -> Result<(), EditError> {
        let mut draft = std::mem::take(&mut self.scratch.draft);
        draft.clear();
        put.write(&mut draft);
        let outcome = self.put(path.segments(), &draft);
        self.scratch.draft = draft;
        outcome
    }

    /// Sets the value at a path, as [`set`](Event::set) does, to the JSON text that `write`
    /// appends to an empty buffer; if that is none, nothing is set. `write` may look at the event
    /// as it is.
    ///
    /// # Errors
    /// Those of [`set`](Event::set).
    pub fn set_json(
        &mut self,
        path: &Path,
        write: impl FnOnce(&Event<'_>, &mut Vec<u8>),
    ) -> Result<(), EditError> {
        let mut draft = std::mem::take(&mut self.scratch.draft);
        draft.clear();
        write(self, &mut draft);
        let outcome = match draft.is_empty() {
            true => Ok(()),
            false => self.put(path.segments(), &draft),
        };
        self.scratch.draft = draft;
        outcome
    }

    /// Sets the value at a path, as [`set`](Event::set) does, to an object with the members that
    /// `write` adds; if it adds none, nothing is set. The quickest way to add to an event: what is
    /// written is known to be JSON, and is not read again.
    ///
    /// # Errors
    /// [`EditError::NotThere`], as [`set`](Event::set).
    pub fn set_object(
        &mut self,
        path: &Path,
        write: impl FnOnce(&Event<'_>, &mut json::Object<'_>),
    ) -> Result<(), EditError> {
        let mut draft = std::mem::take(&mut self.scratch.object);
        let outcome = self.set_draft(path, |event, names| {
            draft.object(names, |object| write(event, object));
            &draft
        });
        self.scratch.object = draft;
        outcome
    }

    /// The same, where an object that was set lately is set again without a call of `write`, if
    /// the basis is the same. What `write` adds has to follow from what `tell` tells and from
    /// nothing else; in builds with debug assertions that is made sure of.
    ///
    /// # Errors
    /// [`EditError::NotThere`], as [`set`](Event::set).
    pub fn set_object_by(
        &mut self,
        path: &Path,
        memo: &Memo,
        tell: impl FnOnce(&Event<'_>, &mut Basis<'_>),
        write: impl FnOnce(&Event<'_>, &mut json::Object<'_>),
    ) -> Result<(), EditError> {
        let mut draft = std::mem::take(&mut self.scratch.object);
        let mut memos = std::mem::take(&mut self.scratch.memos);
        let outcome = self.set_draft(path, |event, names| {
            let make = |draft: &mut json::Draft| {
                draft.object(names.clone(), |object| write(event, object));
            };
            memos.object(memo, names.len(), &mut draft, |basis| tell(event, basis), make)
        });
        self.scratch.memos = memos;
        self.scratch.object = draft;
        outcome
    }

    /// Sets the value at a path to an object that `make` makes, with those around it that have
    /// these names and are missing.
    #[inline(always)]
    fn set_draft<'d>(
        &mut self,
        path: &Path,
        make: impl FnOnce(&Event<'_>, MemberNames<'_>) -> &'d json::Draft,
    ) -> Result<(), EditError> {
        let (place, kind, depth) = self.deepest(path.segments());
        let missing = &path.segments()[depth..];
        let parent = parent_of(kind, missing);
        let draft = make(self, missing.iter().map(member_name));
        if !draft.is_empty() {
            let kind = parent?;
            let token = self.scratch.arena.adopt(draft);
            self.attach(place, kind, token);
        }
        Ok(())
    }

    /// Attaches a value of the arena, with the objects around it that were missing.
    fn attach(&mut self, place: Place, parent: Option<Kind>, token: u32) {
        let change = match parent {
            // The member in the outermost of them joins those that are there.
            Some(Kind::Object) => Change::Append(token + 1),
            // Null is what is not there, so the object takes its place.
            _ => Change::Replace(token),
        };
        self.scratch.edits.note(place, change);
    }

    fn put(&mut self, segments: &[Segment], value: &[u8]) -> Result<(), EditError> {
        let (place, kind, depth) = self.deepest(segments);
        let missing = &segments[depth..];
        let kind = parent_of(kind, missing)?;
        let names = missing.iter().map(member_name);
        let token = self.scratch.arena.add_object(names, value).map_err(|_| EditError::NotJson)?;
        self.attach(place, kind, token);
        Ok(())
    }

    /// Removes the member or element at a path, with all of its duplicates; says whether there
    /// was one.
    pub fn remove(&mut self, path: &Path) -> bool {
        let places = self.places(path);
        for &place in &places {
            self.scratch.edits.note(place, Change::Remove);
        }
        !places.is_empty()
    }

    /// Gives the member at a path another name; says whether there was one.
    ///
    /// # Errors
    /// [`EditError::Exists`] if there is a member of that name already.
    pub fn rename(&mut self, path: &Path, name: &str) -> Result<bool, EditError> {
        let Some((Segment::Member(_), parents)) = path.segments().split_last() else {
            return Ok(false);
        };
        let Some(parent) = parents.iter().try_fold(self.root(), |node, step| node.step(step))
        else {
            return Ok(false);
        };
        if parent.get(name).is_some() {
            return Err(EditError::Exists);
        }
        let places = self.places(path);
        for &place in &places {
            let key = self.add(|out| json::quote_into(name, out))?;
            self.scratch.edits.note(place, Change::Rename(key));
        }
        Ok(!places.is_empty())
    }

    fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<u32, EditError> {
        self.scratch.arena.add(write).map_err(|_| EditError::NotJson)
    }

    /// How far a path leads: the value at its end or at the last step that exists, what that is,
    /// and how many steps it takes.
    fn deepest(&self, segments: &[Segment]) -> (Place, Kind, usize) {
        let mut node = self.root();
        for (depth, segment) in segments.iter().enumerate() {
            match node.step(segment) {
                Some(next) => node = next,
                None => return (node.place(), node.kind(), depth),
            }
        }
        (node.place(), node.kind(), segments.len())
    }

    /// The keys of all members, or the one element, at a path.
    fn places(&self, path: &Path) -> Vec<Place> {
        let Some((last, parents)) = path.segments().split_last() else {
            return Vec::new();
        };
        let parent = parents.iter().try_fold(self.root(), |node, segment| node.step(segment));
        match (parent, last) {
            (None, _) => Vec::new(),
            (Some(parent), Segment::Member(name)) => self.keys_named(parent, name),
            (Some(parent), Segment::Element(number)) => parent.original_element(*number),
        }
    }
}

impl Node<'_> {
    /// The place at which the text has, or had, what is now element `number`.
    fn original_element(self, number: usize) -> Vec<Place> {
        let doc = self.doc();
        let places = self.value().elements().map(|v| Place { doc, token: v.token() as u32 });
        let there = places.filter(|&place| self.event.resolve(place).is_some());
        there.skip(number).take(1).collect()
    }
}

/// What a value is that is to get what is missing; `None` if nothing is missing and the value is
/// to be replaced.
#[inline]
fn parent_of(kind: Kind, missing: &[Segment]) -> Result<Option<Kind>, EditError> {
    if missing.is_empty() {
        return Ok(None);
    }
    let makes_members = missing.iter().all(|segment| matches!(segment, Segment::Member(_)));
    match kind {
        Kind::Object | Kind::Null if makes_members => Ok(Some(kind)),
        _ => Err(EditError::NotThere),
    }
}

/// Names of members around a value.
type MemberNames<'p> = std::iter::Map<std::slice::Iter<'p, Segment>, fn(&Segment) -> &str>;

/// The name that a segment is, if it is one.
fn member_name(segment: &Segment) -> &str {
    match segment {
        Segment::Member(name) => name,
        Segment::Element(_) => "",
    }
}
