//! Paths into a record: `userIdentity.sessionContext.sessionIssuer.arn`.

use nom::branch::alt;
use nom::bytes::complete::{escaped_transform, is_not, take_while1};
use nom::character::complete::{char, one_of, u32 as number};
use nom::combinator::{map, value};
use nom::multi::{many0, separated_list1};
use nom::sequence::delimited;
use nom::{IResult, Parser};
use std::fmt;
use std::str::FromStr;

/// A place in a record: member names and element numbers, from the top.
///
/// As text, names are joined by dots and element numbers stand in brackets. A name that holds
/// anything but letters, digits, `_`, `-`, `:`, `@`, `/` and `$` is quoted, with `\"` and `\\`
/// inside: `requestParameters."aws:tag.key"[0]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    segments: Vec<Segment>,
}

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Into the member of that name.
    Member(String),
    /// Into the element of that number, from 0.
    Element(usize),
}

/// A text that is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The byte of the text at which it stops being a path.
    pub offset: usize,
}

impl Path {
    /// A path from its steps.
    pub fn new(segments: Vec<Segment>) -> Self {
        Path { segments }
    }

    /// The path to a top-level member.
    pub fn member(name: &str) -> Self {
        Path::members([name])
    }

    /// The path through members of these names, outermost first.
    pub fn members<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        Path { segments: names.into_iter().map(member).collect() }
    }

    /// The steps, outermost first.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        match segments(text) {
            Ok(("", segments)) => Ok(Path { segments }),
            Ok((rest, _)) => Err(PathError { offset: text.len() - rest.len() }),
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                Err(PathError { offset: text.len() - error.input.len() })
            }
            Err(nom::Err::Incomplete(_)) => Err(PathError { offset: text.len() }),
        }
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "_-:@/$".contains(c)
}

fn segments(text: &str) -> IResult<&str, Vec<Segment>> {
    let parts = separated_list1(char('.'), part);
    map(parts, |parts| parts.into_iter().flatten().collect()).parse(text)
}

/// A name and the element numbers behind it.
fn part(text: &str) -> IResult<&str, Vec<Segment>> {
    let (text, name) = alt((quoted, map(take_while1(is_plain), str::to_owned))).parse(text)?;
    let (text, elements) = many0(delimited(char('['), number, char(']'))).parse(text)?;
    let mut segments = vec![Segment::Member(name)];
    segments.extend(elements.into_iter().map(|n| Segment::Element(n as usize)));
    Ok((text, segments))
}

fn quoted(text: &str) -> IResult<&str, String> {
    let escaped = alt((value("\"", char('"')), value("\\", char('\\'))));
    let body = alt((
        escaped_transform(is_not("\"\\"), '\\', escaped),
        // An empty name is a name, too; the transform above wants at least one character.
        map(nom::combinator::peek(one_of("\"")), |_| String::new()),
    ));
    delimited(char('"'), body, char('"')).parse(text)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Element(number) => write!(f, "[{number}]")?,
                Segment::Member(name) => {
                    f.write_str(if position == 0 { "" } else { "." })?;
                    write_name(name, f)?;
                }
            }
        }
        Ok(())
    }
}

fn write_name(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if !name.is_empty() && name.chars().all(is_plain) {
        return f.write_str(name);
    }
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    write!(f, "\"{escaped}\"")
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a path from character {} on", self.offset + 1)
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for text in
            ["a", "a.b.c", "a[0].b[12][3]", r#"a."b.c"."d\"e\\f""#, r#""""#, "aws:Tag/x@-_$"]
        {
            let path: Path = text.parse().expect(text);
            assert_eq!(path.to_string(), text);
        }
        let path: Path = r#"a."b.c"[1]"#.parse().expect("a path");
        let member = |name: &str| Segment::Member(name.to_owned());
        assert_eq!(path.segments(), [member("a"), member("b.c"), Segment::Element(1)]);
    }

    #[test]
    fn says_where_it_fails() {
        for (text, offset) in [("", 0), ("a.", 1), ("a b", 1), ("a[x]", 1), ("\"a", 0), (".a", 0)] {
            assert_eq!(text.parse::<Path>(), Err(PathError { offset }), "{text}");
        }
    }
}
