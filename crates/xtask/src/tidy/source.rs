//! Takes a Rust source apart into code and comments, each with the other blanked out.

use std::ops::Range;

/// A Rust source in two layers of the same length and lines as its text.
#[derive(Debug)]
pub(super) struct Source {
    /// The code, with comments and the insides of literals blanked out.
    pub(super) code: String,
    /// The comments, with everything else blanked out.
    pub(super) comments: String,
    /// Where the inline module of unit tests stands; empty if there is none.
    pub(super) tests: Range<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut code, mut comments) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < bytes.len() {
            let (kind, end) = piece(bytes, at);
            for &byte in &bytes[at..end] {
                let keep = |wanted| if kind == wanted || byte == b'\n' { byte } else { b' ' };
                code.push(keep(Kind::Code));
                comments.push(keep(Kind::Comment));
            }
            at = end;
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        Source {
            tests: tests(&code),
            comments: String::from_utf8_lossy(&comments).into_owned(),
            code,
        }
    }

    /// How many lines there are, without those of unit tests.
    pub(super) fn lines(&self) -> usize {
        self.code.lines().count() - self.code[self.tests.clone()].lines().count()
    }

    /// The offsets at which a word stands in the code.
    pub(super) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        words(&self.code, word)
    }
}

/// The offsets at which `word` stands in `text`, not as a part of a longer word.
pub(super) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let found = text.match_indices(word).map(|(at, _)| at);
    found.filter(move |&at| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !behind.is_some_and(is_word)
    })
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The offset behind the bracket that closes the one at `open`; the end if none does.
pub(super) fn closed(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Where `#[cfg(test)] mod name { ... }` stands.
fn tests(code: &str) -> Range<usize> {
    for (at, mark) in code.match_indices("#[cfg(test)]") {
        let behind = &code[at + mark.len()..];
        let is_module = behind.trim_start().starts_with("mod ");
        let next = behind.find(['{', ';']).map(|next| at + mark.len() + next);
        if let Some(open) = next.filter(|&next| is_module && code.as_bytes()[next] == b'{') {
            return at..closed(code, open);
        }
    }
    0..0
}

/// What begins at `at`, and where it ends.
fn piece(bytes: &[u8], at: usize) -> (Kind, usize) {
    let rest = &bytes[at..];
    match rest {
        [b'/', b'/', ..] => {
            let line = rest.iter().position(|&b| b == b'\n');
            (Kind::Comment, at + line.unwrap_or(rest.len()))
        }
        [b'/', b'*', ..] => (Kind::Comment, at + block_comment(rest)),
        [b'"', ..] => (Kind::Literal, at + quoted(rest, b'"')),
        [b'\'', b'\\', ..] => (Kind::Literal, at + quoted(rest, b'\'')),
        [b'\'', ..] => match character(rest) {
            Some(length) => (Kind::Literal, at + length),
            None => (Kind::Code, at + 1),
        },
        [b'r', ..] if begins_word(bytes, at) => match raw_string(rest) {
            Some(length) => (Kind::Literal, at + length),
            None => (Kind::Code, at + 1),
        },
        _ => (Kind::Code, at + 1),
    }
}

/// Whether nothing but the `b` or `c` of a literal stands before the letter at `at`.
fn begins_word(bytes: &[u8], at: usize) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let before = bytes[..at].iter().rev().take_while(|b| word(b)).count();
    before == 0 || before == 1 && matches!(bytes[at - 1], b'b' | b'c')
}

/// The length of a block comment, which may hold others.
fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of a literal between two of `quote`, with escapes in it.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The length of a character literal; `None` for a lifetime.
fn character(rest: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(&rest[1..rest.len().min(6)]);
    let valid = match &text {
        Ok(text) => text.as_bytes(),
        Err(error) => &rest[1..1 + error.valid_up_to()],
    };
    let length = std::str::from_utf8(valid).ok()?.chars().next()?.len_utf8();
    (rest.get(1 + length) == Some(&b'\'')).then_some(length + 2)
}

/// The length of a raw string that begins with its `r`; `None` if it is no raw string.
fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&b| b == b'#').count();
    let open = 1 + hashes;
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let mut end = vec![b'#'; hashes + 1];
    end[0] = b'"';
    let close = rest[open + 1..].windows(end.len()).position(|window| window == end);
    Some(close.map_or(rest.len(), |close| open + 1 + close + end.len()))
}

#[cfg(test)]
mod tests {
    use super::{Source, words};

    /// The code of a text without its blanks.
    fn code(text: &str) -> String {
        Source::new(text).code.split_whitespace().collect()
    }

    #[test]
    fn literals_and_comments_are_no_code() {
        assert_eq!(code("a // b \" c\nd"), "ad");
        assert_eq!(code("a /* b /* c */ d */ e"), "ae");
        assert_eq!(code("a(\"b \\\" // c\") // d"), "a()");
        assert_eq!(code("f(br#\"a \" b\"#, r\"\\\", 'x')"), "f(b,,)");
        assert_eq!(code("r#type + er\"x\""), "r#type+er");
        assert_eq!(code("'\\'' '\"' 'é' b'{' &'a str"), "b&'astr");
        assert_eq!(code("\"open"), "");
    }

    #[test]
    fn layers_have_the_lines_of_the_text() {
        let source = Source::new("/* é\n */ fn a() {} // über\n\"x\n\"");
        assert_eq!(source.code.lines().count(), 4);
        assert_eq!(source.comments.lines().nth(1).unwrap().trim_end(), " */           // über");
    }

    #[test]
    fn unit_tests_are_found() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c() }\n}\n";
        let source = Source::new(text);
        assert_eq!(source.lines(), 1);
        assert!(text[source.tests.clone()].ends_with("c() }\n}"));
        assert_eq!(Source::new("#[cfg(test)]\nmod tests;\nfn a() {}").lines(), 3);
        assert_eq!(Source::new("#[cfg(test)]\nuse a;\nmod b {\n}").lines(), 4);
    }

    #[test]
    fn words_are_whole() {
        let found: Vec<usize> = words("unsafe unsafe_code unsafe{", "unsafe").collect();
        assert_eq!(found, [0, 19]);
    }
}
