//! Where something that can not be read ends, so that its neighbors can.

use super::is_blank;
use memchr::memmem;

/// A search for the end of a bad piece, in a text that may come in bit by bit.
pub(super) struct Search {
    ends: Ends,
    /// What of the text was looked at.
    seen: usize,
}

/// What ends the piece.
enum Ends {
    /// The next line that begins with a bracket: nothing that is laid out over several lines has
    /// those in its middle, as their insides are indented.
    Line { starts: bool },
    /// The end of an element, as its brackets tell, or the start of a record behind it.
    Element(Brackets),
    /// Nothing but the end of the input.
    Nothing,
}

impl Search {
    /// For a bad document among others.
    pub(super) fn for_line() -> Self {
        Search { ends: Ends::Line { starts: false }, seen: 0 }
    }

    /// For a bad element of an array.
    pub(super) fn for_element() -> Self {
        Search { ends: Ends::Element(Brackets::default()), seen: 0 }
    }

    /// For what has no neighbors.
    pub(super) fn for_nothing() -> Self {
        Search { ends: Ends::Nothing, seen: 0 }
    }

    /// The length of the piece at the start of `text`, if it ends in `text`, which begins with all
    /// that was given before.
    pub(super) fn end(&mut self, text: &[u8]) -> Option<usize> {
        let seen = self.seen;
        match &mut self.ends {
            Ends::Line { starts } => {
                let end = line_start(text, seen, *starts);
                // A line feed at the end may have a bracket behind it.
                self.seen = text.len().saturating_sub(1);
                end
            }
            Ends::Element(brackets) => {
                let close = brackets.close(text, seen);
                let record = record_behind(text, seen.saturating_sub(KEY.len()));
                self.seen = text.len();
                match (close, record) {
                    (Some(close), Some(record)) => Some(close.min(record)),
                    (close, record) => close.or(record),
                }
            }
            Ends::Nothing => None,
        }
    }

    /// Goes on behind `text`, in which the piece did not end.
    pub(super) fn go_on_behind(&mut self, text: &[u8]) {
        self.seen = 0;
        if let Ends::Line { starts } = &mut self.ends {
            *starts = text.ends_with(b"\n");
        }
    }
}

/// The start of the first line that begins with a bracket; `starts` says that the text begins at
/// the start of a line that may be it.
fn line_start(text: &[u8], from: usize, starts: bool) -> Option<usize> {
    let is_bracket = |at: usize| matches!(text.get(at), Some(b'{' | b'['));
    if starts && is_bracket(0) {
        return Some(0);
    }
    let mut feeds = memchr::memchr_iter(b'\n', &text[from..]).map(|at| from + at + 1);
    feeds.find(|start| is_bracket(*start))
}

/// Matches brackets and quotes, which works for most of what can be wrong with an element: control
/// characters, bad escapes and numbers, invalid UTF-8, too many levels.
#[derive(Default)]
struct Brackets {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// More brackets were closed than opened, so they tell nothing.
    lost: bool,
}

impl Brackets {
    /// The comma or bracket behind the element.
    fn close(&mut self, text: &[u8], from: usize) -> Option<usize> {
        for (at, &byte) in text.iter().enumerate().skip(from) {
            if self.lost {
                return None;
            }
            if self.in_string {
                self.step_in_string(byte);
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b',' | b']' if self.depth == 0 => return Some(at),
                b'}' if self.depth == 0 => self.lost = true,
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
        }
        None
    }

    fn step_in_string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }
}

const KEY: &[u8] = b"\"eventVersion\"";

/// The comma in the first `, {"eventVersion"`. Inside a string its quote would be escaped, so it
/// marks the next record even where a stray quote has turned strings inside out.
fn record_behind(text: &[u8], from: usize) -> Option<usize> {
    let mut keys = memmem::find_iter(&text[from..], KEY).map(|at| from + at);
    keys.find_map(|key| {
        let brace = before(text, key, b'{')?;
        before(text, brace, b',')
    })
}

/// The place of `byte`, if it stands before `end` with nothing but blanks between.
fn before(text: &[u8], end: usize, byte: u8) -> Option<usize> {
    let at = text[..end].iter().rposition(|byte| !is_blank(*byte))?;
    (text[at] == byte).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::Search;

    /// The end found when the text comes whole, which must be the one found byte by byte.
    fn end(mut whole: Search, mut bit_by_bit: Search, text: &str) -> Option<usize> {
        let text = text.as_bytes();
        let found = whole.end(text);
        let lengths = 1..=text.len();
        let slowly = lengths.map(|length| &text[..length]).find_map(|text| bit_by_bit.end(text));
        assert_eq!(found, slowly);
        found
    }

    fn line(text: &str) -> Option<usize> {
        end(Search::for_line(), Search::for_line(), text)
    }

    fn element(text: &str) -> Option<usize> {
        end(Search::for_element(), Search::for_element(), text)
    }

    #[test]
    fn lines_end_before_one_that_begins_with_a_bracket() {
        assert_eq!(line("{bad\n{\"a\":1}"), Some(5));
        assert_eq!(line("{bad\r\n  {\n\n[1]"), Some(11));
        assert_eq!(line("{bad\n \nx"), None);
        assert_eq!(line("{bad\n"), None);
    }

    #[test]
    fn lines_are_found_over_the_ends_of_chunks() {
        let mut search = Search::for_line();
        assert_eq!(search.end(b"{bad\n"), None);
        search.go_on_behind(b"{bad\n");
        assert_eq!(search.end(b"{}"), Some(0));
    }

    #[test]
    fn elements_end_with_their_brackets() {
        assert_eq!(element(r#"{"a":[1,{"b":"}]\"],"}]} ,{"#), Some(25));
        assert_eq!(element(r#"nul]}"#), Some(3));
        assert_eq!(element(r#"{"a":"#), None);
        assert_eq!(element(r#"}}}, {"#), None);
    }

    #[test]
    fn elements_end_before_the_next_record_whatever_their_quotes() {
        let text = r#"{"a":"x"y"} , { "eventVersion":"1.08"},{"b":1}]"#;
        assert_eq!(element(text), Some(12));
    }
}
