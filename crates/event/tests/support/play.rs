//! The game: an event and its model take the same steps, and must look alike after each.

use super::draw::Draw;
use super::tree::{Layout, Name, Tree};
use trailmill_event::json::{Kind, Literal, Output};
use trailmill_event::{Batch, EditError, Event, Mark, Names, Node, Path, Put, Source};

/// The most steps for one event.
const STEPS_MAX: usize = 24;

/// What is no JSON text, though some of it would be one without its blanks.
const NOT_JSON: &[&[u8]] = &[
    b"",
    b" ",
    b"1 2",
    b"tr ue",
    b"\"a\" \"b\"",
    b"{\"a\":1",
    b"[1,]",
    b"{} {}",
    b"\x011",
    b"- 1",
    b"\"a",
    b"{\"a\" 1}",
    b"nul",
    b"\"\xff\"",
    b"1\n2",
    // Pieces that could become JSON by what is put around them.
    b"1,\"b\":2",
    b"1},\"b\":{",
    b"1}",
];

/// What the model knows of an event.
#[derive(Clone, Debug)]
struct State {
    /// What can be looked into.
    tree: Tree,
    /// What the event was rewritten to, and not settled since.
    row: Option<Tree>,
}

impl State {
    fn written(&self) -> String {
        self.row.as_ref().unwrap_or(&self.tree).compact()
    }
}

/// Plays the game that `bytes` lead.
///
/// # Panics
/// Where event and model differ.
pub(crate) fn play(bytes: &[u8]) {
    let mut draw = Draw::new(bytes);
    let mut batch = Batch::new();
    // The memory of the batch is used again, so the second text meets what is left of the first.
    for _ in 0..=draw.below(2) {
        play_batch(&mut draw, &mut batch);
    }
}

fn play_batch(draw: &mut Draw<'_>, batch: &mut Batch) {
    let layouts = [Layout::Compact, Layout::Lines("\n"), Layout::Lines("\r\n"), Layout::Blanks];
    let layout = draw.one_of(&layouts);
    let dense = layout == Layout::Compact && draw.once_in(2);
    let records: Vec<Tree> = (0..=draw.below(3)).map(|_| draw.object(true)).collect();
    let texts: Vec<String> = records.iter().map(|record| record.laid_out(layout)).collect();
    batch.load_lines(texts.join("\n").as_bytes(), Source::default()).unwrap();
    batch.set_dense(dense);
    let mut rows = String::new();
    for (number, record) in records.into_iter().enumerate() {
        assert_eq!(batch.raw(number), texts[number].as_bytes());
        let mut event = batch.event(number);
        let state = play_event(draw, &mut event, State { tree: record, row: None });
        if draw.once_in(2) {
            event.finish();
            rows += &state.written();
            rows.push('\n');
        }
    }
    // Starting an event drops what the one before has left unfinished.
    let _ = batch.event(0);
    assert_eq!(batch.rows_mut(), rows.as_bytes());
    batch.rows_mut().clear();
}

fn play_event(draw: &mut Draw<'_>, event: &mut Event<'_>, mut state: State) -> State {
    let mut marks: Vec<(Mark, State)> = Vec::new();
    agree(event, &state);
    for _ in 0..STEPS_MAX {
        if draw.is_empty() {
            break;
        }
        match draw.below(16) {
            0..6 => set(draw, event, &mut state.tree),
            6..9 => {
                let path = draw.path(&state.tree);
                assert_eq!(event.remove(&path), state.tree.remove(&path), "remove {path}");
            }
            9..11 => {
                let (path, name) = (draw.path(&state.tree), draw.name());
                let (got, wanted) = (event.rename(&path, name), state.tree.rename(&path, name));
                assert_eq!(got, wanted, "rename {path} to {name:?}");
            }
            11 => marks.push((event.mark(), state.clone())),
            12 if !marks.is_empty() => {
                let back = draw.below(marks.len());
                marks.truncate(back + 1);
                event.reset(&marks[back].0);
                state = marks[back].1.clone();
            }
            12 | 13 => {
                let row = draw.object(false);
                rewrite(event, Ok(&row.compact()));
                state.row = Some(row);
            }
            14 => rewrite(event, Err("half of a row {")),
            _ => {
                event.settle().unwrap();
                state.tree = state.row.take().unwrap_or(state.tree);
            }
        }
        agree(event, &state);
        let elsewhere = draw.path(&state.tree);
        assert_eq!(
            event.get(&elsewhere).map(text),
            state.tree.get(elsewhere.segments()).map(Tree::compact),
            "get {elsewhere}"
        );
    }
    state
}

fn set(draw: &mut Draw<'_>, event: &mut Event<'_>, tree: &mut Tree) {
    let path = draw.path(tree);
    let (got, wanted) = match draw.below(8) {
        0 => (
            event.set(&path, Put::Text("x \"\\\n\u{1}\u{7f}\u{e9}")),
            Some(Tree::text("x \"\\\n\u{1}\u{7f}\u{e9}")),
        ),
        1 => (event.set(&path, Put::Integer(i64::MIN)), Some(Tree::leaf("-9223372036854775808"))),
        2 => (event.set(&path, Put::Bool(true)), Some(Tree::leaf("true"))),
        3 => (event.set(&path, Put::Null), Some(Tree::leaf("null"))),
        4 => (event.set(&path, Put::Json(draw.one_of(NOT_JSON))), None),
        5 => {
            let value = draw.tree(3, true);
            let text = format!(" {}\r\n", value.laid_out(Layout::Blanks));
            (event.set(&path, Put::Json(text.as_bytes())), Some(value))
        }
        _ => {
            let value = draw.tree(3, true);
            (event.set(&path, Put::Json(value.compact().as_bytes())), Some(value))
        }
    };
    let wanted: Result<(), EditError> = tree.set(&path, wanted);
    assert_eq!(got, wanted, "set {path}");
}

fn rewrite(event: &mut Event<'_>, row: Result<&str, &str>) {
    let outcome = event.rewrite(|_, out| {
        out.extend_from_slice(row.unwrap_or_else(|half| half).as_bytes());
        row.map(drop).map_err(drop)
    });
    assert_eq!(outcome, row.map(drop).map_err(drop));
}

/// Whether event and model look alike, however one looks at them.
fn agree(event: &Event<'_>, state: &State) {
    let mut written = Vec::new();
    event.write_into(&mut written);
    assert_eq!(String::from_utf8(written).unwrap(), state.written());
    assert_eq!(event.is_rewritten(), state.row.is_some());
    if state.tree.has_no_duplicates() {
        // What no model of ours has a say in: another parser reads the same from both.
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(parse(&text(event.root())), parse(&state.tree.compact()));
    }
    for path in state.tree.paths() {
        let tree = state.tree.get(path.segments()).unwrap();
        let Some(node) = event.get(&path) else { panic!("nothing at {path}") };
        look_alike(node, tree, &path);
    }
}

fn look_alike(node: Node<'_>, tree: &Tree, path: &Path) {
    let wanted = tree.compact();
    assert_eq!(text(node), wanted, "{path}");
    assert_eq!(node.kind(), kind(&wanted), "{path}");
    assert_eq!(text(node.event().node(node.id())), wanted, "by its id, {path}");
    if let Some(value) = node.untouched() {
        let mut compact = Vec::new();
        trailmill_event::json::compact_into(value.raw(), &mut compact);
        assert_eq!(String::from_utf8(compact).unwrap(), wanted, "untouched, {path}");
    }
    assert!(node.text_length_is_at_most(wanted.len()), "{path}");
    assert!(!node.text_length_is_at_most(wanted.len() - 1), "{path}");
    let string = serde_json::from_str::<String>(&wanted).ok();
    assert_eq!(node.as_string().map(|text| text.decode().into_owned()), string, "{path}");
    assert_eq!(node.as_bool(), serde_json::from_str(&wanted).ok(), "{path}");
    // Another parser takes `-0` for a float, which is no rule of ours.
    let integer = serde_json::from_str(&wanted).ok().or((wanted == "-0").then_some(0));
    assert_eq!(node.as_i64(), integer, "{path}");
    writes_alike(node, &wanted, string.as_deref(), path);
    match tree {
        Tree::Object(_) => members_alike(node, tree, path),
        Tree::Array(elements) => {
            let got: Vec<String> = node.elements().map(text).collect();
            assert_eq!(got, elements.iter().map(Tree::compact).collect::<Vec<_>>(), "{path}");
        }
        Tree::Leaf(_) => {
            assert_eq!((node.members().count(), node.elements().count()), (0, 0), "{path}");
        }
    }
}

fn writes_alike(node: Node<'_>, wanted: &str, string: Option<&str>, path: &Path) {
    let mut as_text = Vec::new();
    node.write_as_text_into(&mut as_text);
    assert_eq!(as_text, serde_json::to_vec(wanted).unwrap(), "as text, {path}");
    let mut as_string = Vec::new();
    node.write_as_string_into(&mut as_string);
    let read: String = serde_json::from_slice(&as_string).unwrap();
    assert_eq!(read, string.unwrap_or(wanted), "as a string, {path}");
    let mut blocks = b"before".to_vec();
    node.write_to(&mut Output::new(&mut blocks));
    assert_eq!(blocks, [b"before", wanted.as_bytes()].concat(), "in blocks, {path}");
}

fn members_alike(node: Node<'_>, tree: &Tree, path: &Path) {
    let Tree::Object(members) = tree else { return };
    let wanted: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{}", name.raw, value.compact())).collect();
    let mut written = Vec::new();
    for (member, (name, _)) in node.members().zip(members) {
        assert!(member.key().is(&name.decoded), "{path}");
        let mut out = Vec::new();
        member.write_into(&mut out);
        written.push(String::from_utf8(out).unwrap());
        if let Some(span) = member.span() {
            let mut out = Vec::new();
            node.event().written().write_span_to(
                &Literal::new(b"").unwrap(),
                span,
                &mut Output::new(&mut out),
            );
            assert_eq!(written.last().unwrap().as_bytes(), out, "by its span, {path}");
        }
    }
    assert_eq!(written, wanted, "{path}");
    assert_eq!(node.members().count(), wanted.len(), "{path}");
    picked_alike(node, members, path);
    seen_alike::<false>(node, &wanted, path);
    if node.is_dense() {
        seen_alike::<true>(node, &wanted, path);
    }
}

/// Several members at once are those that are there one by one.
fn picked_alike(node: Node<'_>, members: &[(Name, Tree)], path: &Path) {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.decoded.as_str()).collect();
    names.extend(["a", "b", "none of them", "none of them, and longer than three words"]);
    names.sort_unstable();
    names.dedup();
    let picked: [_; 12] = node.pick(&Names::new(names.iter().copied()));
    for (place, found) in picked.into_iter().enumerate() {
        let expected = names.get(place).and_then(|name| node.get(name));
        assert_eq!(found.map(Node::id), expected.map(Node::id), "{path}");
    }
}

fn seen_alike<const PLAIN: bool>(node: Node<'_>, wanted: &[String], path: &Path) {
    let event = node.event();
    let mut seen = Vec::new();
    node.each_member::<PLAIN>(|member| {
        let value = event.node(member.id);
        assert_eq!(value.kind(), member.kind, "{path}");
        let key = String::from_utf8_lossy(member.key().raw()).into_owned();
        let whole = format!("\"{key}\":{}", text(value));
        if !member.is_changed {
            let spans = [member.key_start..member.end, member.value_start..member.end];
            let spans = spans.map(|span| {
                let mut out = Vec::new();
                let span = span.start as usize..span.end as usize;
                event.written().write_span_to(
                    &Literal::new(b"").unwrap(),
                    span,
                    &mut Output::new(&mut out),
                );
                String::from_utf8(out).unwrap()
            });
            assert_eq!(spans, [whole.clone(), text(value)], "{path}");
        }
        seen.push(whole);
    });
    assert_eq!(seen, wanted, "{path}");
    seen_from(node, path);
}

/// From any token on, members are those that the whole of them end with.
fn seen_from(node: Node<'_>, path: &Path) {
    let ids = |from: u32| {
        let mut ids = Vec::new();
        node.each_member_from(from, |member| ids.push(member.id));
        ids
    };
    let (all, last) = (ids(0), ids(u32::MAX));
    assert!(all.ends_with(&last), "{path}");
    let tokens = node.written().members().map(|member| member.token() as u32);
    for token in tokens.clone().chain(tokens.map(|token| token + 2)) {
        let some = ids(token);
        assert!(all.ends_with(&some) && some.ends_with(&last), "{path}");
    }
}

fn text(node: Node<'_>) -> String {
    let mut out = Vec::new();
    node.write_into(&mut out);
    String::from_utf8(out).unwrap()
}

fn kind(text: &str) -> Kind {
    match text.as_bytes()[0] {
        b'{' => Kind::Object,
        b'[' => Kind::Array,
        b'"' => Kind::String,
        b't' | b'f' => Kind::Bool,
        b'n' => Kind::Null,
        _ => Kind::Number,
    }
}
