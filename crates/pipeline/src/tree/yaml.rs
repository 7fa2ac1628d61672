//! YAML settings: the parser's events, gathered into a tree without recursion.

use super::place::Place;
use super::{Entry, NESTING_MAX, Node, TreeError, Value, core_schema, map_of};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

const NO_ANCHOR: &str =
    "YAML anchors and aliases are not taken here; quote text that begins with `&` or `*`";
const NO_TAG: &str = "YAML tags are not taken here; quote text that begins with `!`";

/// Parts of the parser's messages, and what a reader of settings gets instead.
const EXPLAINED: [(&str, &str); 6] = [
    ("anchor", NO_ANCHOR),
    ("the handle wasn't declared", NO_TAG),
    (
        "mapping values are not allowed",
        "a `:` does not fit here; check the indentation, and quote text with `: ` in it",
    ),
    ("simple key expect", "the key before this place has no `:`; check the indentation"),
    ("did not find expected key", "expected a key; check the indentation"),
    ("did not find expected '-'", "expected `- ` and an item; check the indentation"),
];

pub(super) fn parse(text: &str) -> Result<Node, TreeError> {
    let mut parser = Parser::new_from_str(text);
    let mut tree =
        Tree { lines: text.lines().collect(), open: Vec::new(), root: None, documents: 0 };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| explain(&tree.lines, &error))?;
        tree.take(event, &span.start)?;
    }
    Ok(tree.root.unwrap_or(Node { value: Value::Null, at: Place::START }))
}

struct Tree<'t> {
    lines: Vec<&'t str>,
    /// The lists and maps that have begun and not ended, outermost first.
    open: Vec<(Place, Open)>,
    root: Option<Node>,
    documents: usize,
}

enum Open {
    List(Vec<Node>),
    /// The entries so far, and the key whose value comes next.
    Map(Vec<Entry>, Option<(String, Place)>),
}

impl Tree<'_> {
    fn take(&mut self, event: Event<'_>, start: &Marker) -> Result<(), TreeError> {
        let at = place(start);
        refuse_references(&event, at)?;
        match event {
            Event::DocumentStart(_) => self.begin_document(at),
            Event::SequenceStart(..) => self.begin(at, Open::List(Vec::new())),
            Event::MappingStart(..) => self.begin(at, Open::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Scalar(text, style, ..) => self.scalar(&text, style, at),
            _ => Ok(()),
        }
    }

    fn begin_document(&mut self, at: Place) -> Result<(), TreeError> {
        self.documents += 1;
        match self.documents {
            1 => Ok(()),
            _ => Err(TreeError::new(at, "a second YAML document begins here; only one is taken")),
        }
    }

    fn begin(&mut self, at: Place, open: Open) -> Result<(), TreeError> {
        if let Some((_, Open::Map(_, None))) = self.open.last() {
            return Err(TreeError::new(at, "a key must be text, not a list or a map"));
        }
        if self.open.len() == NESTING_MAX {
            return Err(TreeError::too_deep(at));
        }
        if let Some(error) = tab_before_block(&self.lines, at) {
            return Err(error);
        }
        self.open.push((at, open));
        Ok(())
    }

    fn end(&mut self) -> Result<(), TreeError> {
        let Some((at, open)) = self.open.pop() else {
            return Ok(());
        };
        let value = match open {
            Open::List(items) => Value::List(items),
            Open::Map(entries, _) => map_of(entries)?,
        };
        self.put(Node { value, at });
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: Place) -> Result<(), TreeError> {
        let plain = style == ScalarStyle::Plain;
        let at = match self.open.last_mut() {
            Some((_, Open::Map(_, key @ None))) => {
                *key = Some((key_of(text, plain, at)?, at));
                return Ok(());
            }
            // Where nothing was written, the parser may already stand on the next line.
            Some((_, Open::Map(_, Some((_, key_at))))) if plain && text.is_empty() => *key_at,
            _ => at,
        };
        let value = match plain {
            true => core_schema::resolve(text).map_err(|message| TreeError::new(at, message))?,
            false => Value::String(text.to_owned()),
        };
        self.put(Node { value, at });
        Ok(())
    }

    /// Puts a complete node where it belongs.
    fn put(&mut self, value: Node) {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some((_, Open::List(items))) => items.push(value),
            Some((_, Open::Map(entries, key))) => {
                if let Some((key, key_at)) = key.take() {
                    entries.push(Entry { key, key_at, value });
                }
            }
        }
    }
}

/// Anchors and aliases let a short file grow without bound, and tags ask for types that settings
/// do not have.
fn refuse_references(event: &Event<'_>, at: Place) -> Result<(), TreeError> {
    let (anchor, tag) = match event {
        Event::Alias(_) => (true, false),
        Event::Scalar(_, _, anchor, tag)
        | Event::SequenceStart(anchor, tag)
        | Event::MappingStart(anchor, tag) => (*anchor != 0, tag.is_some()),
        _ => (false, false),
    };
    match (anchor, tag) {
        (true, _) => Err(TreeError::new(at, NO_ANCHOR)),
        (_, true) => Err(TreeError::new(at, NO_TAG)),
        _ => Ok(()),
    }
}

fn key_of(text: &str, plain: bool, at: Place) -> Result<String, TreeError> {
    match text {
        "" if plain => Err(TreeError::new(at, "expected a key before the `:`")),
        "<<" if plain => Err(TreeError::new(at, "YAML merge keys (`<<`) are not taken here")),
        _ => Ok(text.to_owned()),
    }
}

fn place(marker: &Marker) -> Place {
    Place::new(marker.line(), marker.col() + 1)
}

/// Says what to do where the parser says which production of the grammar failed.
fn explain(lines: &[&str], error: &ScanError) -> TreeError {
    let (at, info) = (place(error.marker()), error.info());
    // Some errors about a tab stand where the text before the tab began.
    let about_tab = info.split(' ').any(|word| matches!(word, "tab" | "tabs"));
    let last = if about_tab { lines.len() } else { at.line as usize };
    let tab = (at.line as usize..=last).find_map(|line| tab_indent(lines, line));
    tab.unwrap_or_else(|| {
        let plain = EXPLAINED.iter().find(|(part, _)| info.contains(part));
        match plain {
            Some((_, message)) => TreeError::new(at, *message),
            None if info == "recursion limit exceeded" => TreeError::too_deep(at),
            None => TreeError::new(at, format!("not valid YAML: {info}")),
        }
    })
}

/// The parser lets a tab behind spaces open a block, which an editor may show at any depth.
fn tab_before_block(lines: &[&str], at: Place) -> Option<TreeError> {
    let (indent, content) = split_indent(lines, at.line as usize)?;
    let block = indent.len() + 1 == at.column as usize && !content.starts_with(['[', '{']);
    if block { tab_indent(lines, at.line as usize) } else { None }
}

/// The error that this line (from 1) deserves if there is a tab in its indentation.
fn tab_indent(lines: &[&str], number: usize) -> Option<TreeError> {
    let (indent, _) = split_indent(lines, number)?;
    let message = format!("line {number} is indented with a tab; YAML wants spaces");
    Some(TreeError::new(Place::new(number, indent.find('\t')? + 1), message))
}

/// The indentation and the content of a line (from 1), unless the line is blank.
fn split_indent<'t>(lines: &[&'t str], number: usize) -> Option<(&'t str, &'t str)> {
    let line = lines.get(number.checked_sub(1)?)?;
    Some(line.split_at(line.find(|c| c != ' ' && c != '\t')?))
}
