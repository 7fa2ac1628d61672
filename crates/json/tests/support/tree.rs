//! Documents made at random, with their text and every span in it known beforehand.

use proptest::collection::vec;
use proptest::prelude::*;
use std::ops::Range;

/// A document before it is text.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Number(String),
    String(Text),
    Array(Vec<Tree>),
    Object(Vec<(Text, Tree)>),
}

/// A string as it stands between its quotes, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) raw: String,
    pub(crate) decoded: String,
    /// A surrogate without its other half is in it.
    pub(crate) lone: bool,
}

/// A part of a string.
#[derive(Clone, Debug)]
enum Piece {
    Plain(String),
    /// The letter behind the backslash, and what both mean.
    Short(char, char),
    /// `\uXXXX`, in capitals or not.
    Unit(u16, bool),
}

/// A tree and the blanks that go between its tokens, used in turn.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) tree: Tree,
    pub(crate) text: Vec<u8>,
    /// The span of each value, a container's before those of its content.
    pub(crate) spans: Vec<Range<usize>>,
}

/// Documents of all shapes, up to 119 levels deep.
pub(crate) fn documents() -> impl Strategy<Value = Written> {
    let deeper = prop_oneof![4 => Just(0..1usize), 1 => Just(0..110usize)];
    let wraps = deeper.prop_flat_map(|range| vec(any::<bool>(), range));
    (trees(), wraps, blanks()).prop_map(|(tree, wraps, blanks)| {
        let tree = wraps.into_iter().fold(tree, |tree, object| match object {
            true => Tree::Object(vec![(plain("k"), tree)]),
            false => Tree::Array(vec![tree]),
        });
        write(tree, &blanks)
    })
}

/// Documents that are an object or an array, and so are not whole before their last byte.
pub(crate) fn containers() -> impl Strategy<Value = Written> {
    let trees = vec(trees(), 0..4).prop_map(Tree::Array);
    (trees, blanks()).prop_map(|(tree, blanks)| write(tree, &blanks))
}

/// Writes the tree with the blanks given, in turn, around its tokens.
pub(crate) fn write(tree: Tree, blanks: &[String]) -> Written {
    let mut writer = Writer { text: Vec::new(), spans: Vec::new(), blanks: blanks.iter().cycle() };
    writer.blank();
    writer.tree(&tree);
    writer.blank();
    Written { tree, text: writer.text, spans: writer.spans }
}

struct Writer<'a> {
    text: Vec<u8>,
    spans: Vec<Range<usize>>,
    blanks: std::iter::Cycle<std::slice::Iter<'a, String>>,
}

impl Writer<'_> {
    fn blank(&mut self) {
        let blank = self.blanks.next().map_or("", String::as_str);
        self.text.extend_from_slice(blank.as_bytes());
    }

    fn tree(&mut self, tree: &Tree) {
        let (span, start) = (self.spans.len(), self.text.len());
        self.spans.push(start..start);
        match tree {
            Tree::Null => self.put("null"),
            Tree::Bool(truth) => self.put(if *truth { "true" } else { "false" }),
            Tree::Number(text) => self.put(text),
            Tree::String(text) => self.string(text),
            Tree::Array(elements) => {
                self.list("[", elements.iter(), "]", |writer, element| writer.tree(element));
            }
            Tree::Object(members) => {
                self.list("{", members.iter(), "}", |writer, (key, value)| {
                    writer.string(key);
                    writer.blank();
                    writer.put(":");
                    writer.blank();
                    writer.tree(value);
                });
            }
        }
        self.spans[span].end = self.text.len();
    }

    fn list<T>(
        &mut self,
        open: &str,
        items: impl Iterator<Item = T>,
        close: &str,
        mut item: impl FnMut(&mut Self, T),
    ) {
        self.put(open);
        self.blank();
        for (number, content) in items.enumerate() {
            if number > 0 {
                self.put(",");
                self.blank();
            }
            item(self, content);
            self.blank();
        }
        self.put(close);
    }

    fn string(&mut self, text: &Text) {
        self.put("\"");
        self.put(&text.raw);
        self.put("\"");
    }

    fn put(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        1 => Just(Tree::Null),
        1 => any::<bool>().prop_map(Tree::Bool),
        3 => numbers().prop_map(Tree::Number),
        4 => texts().prop_map(Tree::String),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Tree::Array),
            vec((keys(), inner), 0..8).prop_map(Tree::Object),
        ]
    })
}

/// Numbers of all sorts; few of them are beyond what a float holds.
pub(crate) fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<i64>().prop_map(|n| n.to_string()),
        4 => "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
        1 => "-?[1-9][0-9]{18,60}(\\.[0-9]{1,60})?",
        1 => prop::sample::select(vec!["-0", "0", "0e0", "-0.0E-0", "1e400", "-1e-400", "576.0"])
            .prop_map(str::to_owned),
    ]
}

/// Few enough for duplicates; some that look like another one before they are decoded.
fn keys() -> impl Strategy<Value = Text> {
    let few =
        vec!["a", "b", "", "a\\\\b", "\\u0061", "a\\\"", "\\\\", "a\\\\", "\u{e9}", "\\u00e9"];
    prop_oneof![
        3 => prop::sample::select(few).prop_map(|raw| {
            let decoded = serde_json::from_str(&format!("\"{raw}\"")).unwrap();
            Text { raw: raw.to_owned(), decoded, lone: false }
        }),
        2 => texts(),
    ]
}

fn plain(text: &str) -> Text {
    Text { raw: text.to_owned(), decoded: text.to_owned(), lone: false }
}

/// Strings, most of them short, with all the escapes and lone surrogates now and then.
pub(crate) fn texts() -> impl Strategy<Value = Text> {
    let short = vec![
        ('"', '"'),
        ('\\', '\\'),
        ('/', '/'),
        ('b', '\u{8}'),
        ('f', '\u{c}'),
        ('n', '\n'),
        ('r', '\r'),
        ('t', '\t'),
    ];
    let piece = prop_oneof![
        6 => "[a-zA-Z0-9 :,{}\\[\\]/.-]{0,40}".prop_map(Piece::Plain),
        2 => "[^\\x00-\\x1f\"\\\\]{0,8}".prop_map(Piece::Plain),
        3 => prop::sample::select(short).prop_map(|(letter, means)| Piece::Short(letter, means)),
        2 => (0u16..0xd800, any::<bool>()).prop_map(|(unit, upper)| Piece::Unit(unit, upper)),
        1 => (0xd800u16..0xe000, any::<bool>()).prop_map(|(unit, upper)| Piece::Unit(unit, upper)),
    ];
    let pairs = (0xd800u16..0xdc00, 0xdc00u16..0xe000)
        .prop_map(|(high, low)| vec![Piece::Unit(high, true), Piece::Unit(low, false)]);
    let pieces = prop_oneof![4 => vec(piece, 0..5), 1 => pairs];
    pieces.prop_map(|pieces| text_of(&pieces))
}

fn text_of(pieces: &[Piece]) -> Text {
    let mut text = plain("");
    let mut units = Vec::new();
    for piece in pieces {
        let between = match piece {
            Piece::Plain(plain) => !plain.is_empty(),
            Piece::Short(..) => true,
            Piece::Unit(..) => false,
        };
        if between {
            flush(&mut units, &mut text);
        }
        match piece {
            Piece::Plain(plain) => {
                text.raw.push_str(plain);
                text.decoded.push_str(plain);
            }
            Piece::Short(letter, means) => {
                text.raw.extend(['\\', *letter]);
                text.decoded.push(*means);
            }
            Piece::Unit(unit, upper) => {
                let digits = if *upper { format!("{unit:04X}") } else { format!("{unit:04x}") };
                text.raw.push_str("\\u");
                text.raw.push_str(&digits);
                units.push(*unit);
            }
        }
    }
    flush(&mut units, &mut text);
    text
}

/// Decodes the `\u` escapes that stand directly behind each other.
fn flush(units: &mut Vec<u16>, text: &mut Text) {
    for character in char::decode_utf16(units.drain(..)) {
        text.lone |= character.is_err();
        text.decoded.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
}

fn blanks() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        1 => Just(vec![String::new()]),
        1 => vec("[ \t\r\n]{0,3}", 1..12),
        1 => vec(prop_oneof![9 => Just(String::new()), 1 => "[ \n]{0,100}"], 1..12),
    ]
}
