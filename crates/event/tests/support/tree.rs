//! The model of an event: a plain tree that keeps every token as it stands.

use trailmill_event::{EditError, Path, Segment};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// Anything but a container, as it stands.
    Leaf(String),
    Array(Vec<Tree>),
    Object(Vec<(Name, Tree)>),
}

/// The name of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// As it stands, with its quotes.
    pub(crate) raw: String,
    /// What it means.
    pub(crate) decoded: String,
}

/// How a tree is laid out as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// No blanks.
    Compact,
    /// A line for each value, two spaces a level.
    Lines(&'static str),
    /// Blanks wherever the grammar allows them.
    Blanks,
}

impl Name {
    pub(crate) fn new(name: &str) -> Self {
        Name { raw: serde_json::to_string(name).unwrap(), decoded: name.to_owned() }
    }

    /// The name with every character escaped.
    pub(crate) fn escaped(name: &str) -> Self {
        let units = name.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        Name { raw: format!("\"{}\"", units.collect::<String>()), decoded: name.to_owned() }
    }
}

impl Tree {
    pub(crate) fn leaf(raw: &str) -> Self {
        Tree::Leaf(raw.to_owned())
    }

    pub(crate) fn text(text: &str) -> Self {
        Tree::Leaf(serde_json::to_string(text).unwrap())
    }

    /// The text, without blanks.
    pub(crate) fn compact(&self) -> String {
        let mut out = String::new();
        self.write(Layout::Compact, 0, &mut out);
        out
    }

    /// The text in some layout.
    pub(crate) fn laid_out(&self, layout: Layout) -> String {
        let mut out = String::new();
        self.write(layout, 0, &mut out);
        out
    }

    fn write(&self, layout: Layout, depth: usize, out: &mut String) {
        match self {
            Tree::Leaf(raw) => out.push_str(raw),
            Tree::Array(elements) => {
                list(layout, depth, ['[', ']'], elements, out, |element, out| {
                    element.write(layout, depth + 1, out);
                });
            }
            Tree::Object(members) => {
                list(layout, depth, ['{', '}'], members, out, |(name, value), out| {
                    out.push_str(&name.raw);
                    out.push_str(match layout {
                        Layout::Compact => ":",
                        Layout::Lines(_) => ": ",
                        Layout::Blanks => "\t:\r\n ",
                    });
                    value.write(layout, depth + 1, out);
                });
            }
        }
    }

    /// The value one step further: of several members of one name, the last.
    pub(crate) fn step(&self, segment: &Segment) -> Option<&Tree> {
        match (self, segment) {
            (Tree::Array(elements), Segment::Element(number)) => elements.get(*number),
            (Tree::Object(members), Segment::Member(name)) => {
                members.iter().rfind(|(key, _)| key.decoded == *name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    fn step_mut(&mut self, segment: &Segment) -> Option<&mut Tree> {
        match (self, segment) {
            (Tree::Array(elements), Segment::Element(number)) => elements.get_mut(*number),
            (Tree::Object(members), Segment::Member(name)) => {
                members.iter_mut().rfind(|(key, _)| key.decoded == *name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(crate) fn get(&self, path: &[Segment]) -> Option<&Tree> {
        path.iter().try_fold(self, |tree, segment| tree.step(segment))
    }

    fn get_mut(&mut self, path: &[Segment]) -> Option<&mut Tree> {
        path.iter().try_fold(self, |tree, segment| tree.step_mut(segment))
    }

    /// As [`trailmill_event::Event::set`] is documented; `None` stands for text that is no JSON.
    pub(crate) fn set(&mut self, path: &Path, value: Option<Tree>) -> Result<(), EditError> {
        let path = path.segments();
        let there = (0..=path.len()).rev().find(|&depth| self.get(&path[..depth]).is_some());
        let depth = there.unwrap_or(0);
        if depth < path.len() {
            let makes_members = path[depth..].iter().all(|s| matches!(s, Segment::Member(_)));
            let parent = self.get(&path[..depth]);
            let takes_members = matches!(parent, Some(Tree::Object(_)));
            let takes_members = takes_members || parent == Some(&Tree::Leaf("null".to_owned()));
            if !makes_members || !takes_members {
                return Err(EditError::NotThere);
            }
        }
        let mut value = value.ok_or(EditError::NotJson)?;
        if depth == path.len() {
            *self.get_mut(path).unwrap() = value;
            return Ok(());
        }
        for segment in path[depth + 1..].iter().rev() {
            let Segment::Member(name) = segment else { unreachable!() };
            value = Tree::Object(vec![(Name::new(name), value)]);
        }
        let Segment::Member(name) = &path[depth] else { unreachable!() };
        let member = (Name::new(name), value);
        match self.get_mut(&path[..depth]).unwrap() {
            Tree::Object(members) => members.push(member),
            null => *null = Tree::Object(vec![member]),
        }
        Ok(())
    }

    /// As [`trailmill_event::Event::remove`] is documented.
    pub(crate) fn remove(&mut self, path: &Path) -> bool {
        let Some((last, parents)) = path.segments().split_last() else { return false };
        match (self.get_mut(parents), last) {
            (Some(Tree::Array(elements)), Segment::Element(number)) if *number < elements.len() => {
                elements.remove(*number);
                true
            }
            (Some(Tree::Object(members)), Segment::Member(name)) => {
                let before = members.len();
                members.retain(|(key, _)| key.decoded != *name);
                members.len() < before
            }
            _ => false,
        }
    }

    /// As [`trailmill_event::Event::rename`] is documented.
    pub(crate) fn rename(&mut self, path: &Path, to: &str) -> Result<bool, EditError> {
        let Some((Segment::Member(name), parents)) = path.segments().split_last() else {
            return Ok(false);
        };
        let Some(Tree::Object(members)) = self.get_mut(parents) else { return Ok(false) };
        if members.iter().any(|(key, _)| key.decoded == to) {
            return Err(EditError::Exists);
        }
        let mut found = false;
        for (key, _) in members.iter_mut().filter(|(key, _)| key.decoded == *name) {
            *key = Name::new(to);
            found = true;
        }
        Ok(found)
    }

    /// The paths of all values, as far as paths lead to them.
    pub(crate) fn paths(&self) -> Vec<Path> {
        let mut paths = vec![Vec::new()];
        let mut done = 0;
        while let Some(path) = paths.get(done).cloned() {
            done += 1;
            let more = |segment: Segment| [path.as_slice(), &[segment]].concat();
            match self.get(&path) {
                Some(Tree::Array(elements)) => {
                    paths.extend((0..elements.len()).map(|n| more(Segment::Element(n))));
                }
                Some(Tree::Object(members)) => {
                    let names = members.iter().map(|(name, _)| name.decoded.clone());
                    paths.extend(names.map(|name| more(Segment::Member(name))));
                }
                _ => {}
            }
        }
        paths.into_iter().map(Path::new).collect()
    }

    /// Whether no object in it has two members of one name.
    pub(crate) fn has_no_duplicates(&self) -> bool {
        match self {
            Tree::Leaf(_) => true,
            Tree::Array(elements) => elements.iter().all(Tree::has_no_duplicates),
            Tree::Object(members) => members.iter().enumerate().all(|(number, (name, value))| {
                value.has_no_duplicates()
                    && members[..number].iter().all(|(other, _)| other.decoded != name.decoded)
            }),
        }
    }
}

fn list<T>(
    layout: Layout,
    depth: usize,
    brackets: [char; 2],
    items: &[T],
    out: &mut String,
    mut write: impl FnMut(&T, &mut String),
) {
    let blank = |depth: usize, out: &mut String| match layout {
        Layout::Compact => {}
        Layout::Lines(end) => {
            out.push_str(end);
            out.extend(std::iter::repeat_n("  ", depth));
        }
        Layout::Blanks => out.push_str(" \t\r\n"),
    };
    out.push(brackets[0]);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push_str(if layout == Layout::Blanks { " ," } else { "," });
        }
        blank(depth + 1, out);
        write(item, out);
    }
    if !items.is_empty() || layout == Layout::Blanks {
        blank(depth, out);
    }
    out.push(brackets[1]);
}
