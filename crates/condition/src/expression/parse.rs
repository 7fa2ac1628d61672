//! Reads expressions.

use super::display::RESERVED;
use super::list::{Item, List};
use super::{ExpressionError, Literal, Order, Place, Rule, Test};
use crate::value::{Folded, Network, Number, Wildcard};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{anychar, char, digit1, multispace0, none_of, one_of};
use nom::combinator::{cut, eof, map, not, opt, recognize, value};
use nom::error::{ErrorKind, ParseError};
use nom::multi::{fold_many0, many0, separated_list1};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{Err, IResult, Parser};
use trailmill_event::Path;

/// How deep `not` and parentheses may be nested; reading and asking recurse that far.
const DEPTH_MAX: usize = 64;

const TEST: &str = "expected one of ==, !=, ==~, <, <=, >, >=, exists, in, starts with, \
                    ends with, contains, matches";
const END: &str = "expected `and`, `or` or the end";
const CLOSE: &str = "expected `and`, `or` or `)`";
const PATH: &str = "expected a path, `not` or `(`";
const LITERAL: &str = "expected a text in quotes, a number, true, false or null";
const SIZE: &str = "expected a number or a text in quotes";
const TEXT: &str = "expected a text in quotes";
const IN: &str = "expected a list in brackets or a network such as 10.0.0.0/8";

/// Reads a whole text as one rule.
pub(super) fn rule(text: &str) -> Result<Rule, ExpressionError> {
    let whole = terminated(|text| disjunction(text, 0), wanted(END, preceded(multispace0, eof)));
    match delimited(multispace0, whole, multispace0).parse(text) {
        Ok((_, rule)) => Ok(rule),
        Err(Err::Error(wrong) | Err::Failure(wrong)) => {
            Err(ExpressionError::new(text, text.len() - wrong.rest.len(), wrong.message))
        }
        Err(Err::Incomplete(_)) => Err(ExpressionError::new(text, text.len(), END)),
    }
}

/// Where reading failed, and what was expected there.
#[derive(Debug)]
struct Wrong<'a> {
    rest: &'a str,
    message: &'static str,
}

impl<'a> ParseError<&'a str> for Wrong<'a> {
    fn from_error_kind(rest: &'a str, _: ErrorKind) -> Self {
        Wrong { rest, message: PATH }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

type Read<'a, T> = IResult<&'a str, T, Wrong<'a>>;

/// The same parser; if it fails without having said why, this was wanted where it began, behind
/// blanks.
fn wanted<'a, T>(
    message: &'static str,
    mut parser: impl Parser<&'a str, Output = T, Error = Wrong<'a>>,
) -> impl Parser<&'a str, Output = T, Error = Wrong<'a>> {
    move |text: &'a str| match parser.parse(text) {
        Err(Err::Error(_)) => fail(text.trim_start(), message),
        other => other,
    }
}

/// An error that no alternative is tried after.
fn fail<'a, T>(rest: &'a str, message: &'static str) -> Read<'a, T> {
    Err(Err::Failure(Wrong { rest, message }))
}

/// A token, behind blanks.
fn sign<'a>(sign: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Wrong<'a>> {
    preceded(multispace0, tag(sign))
}

/// A word of the language, in any case, behind blanks.
fn word<'a>(word: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Wrong<'a>> {
    preceded(multispace0, terminated(tag_no_case(word), not(one_of_names)))
}

/// A character that a name can have in a path without quotes.
fn one_of_names(text: &str) -> Read<'_, char> {
    nom::combinator::verify(anychar, |c| is_name(*c)).parse(text)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || "_-:@/$".contains(c)
}

fn disjunction(text: &str, depth: usize) -> Read<'_, Rule> {
    joined("or", |text| conjunction(text, depth), Rule::Any).parse(text)
}

fn conjunction(text: &str, depth: usize) -> Read<'_, Rule> {
    joined("and", |text| unary(text, depth), Rule::All).parse(text)
}

/// One part, or several with a word between them.
fn joined<'a>(
    between: &'static str,
    part: impl Fn(&'a str) -> Read<'a, Rule>,
    join: impl Fn(Vec<Rule>) -> Rule,
) -> impl Fn(&'a str) -> Read<'a, Rule> {
    move |text| {
        let (rest, first) = part(text)?;
        let (rest, more) = many0(preceded(word(between), cut(&part))).parse(rest)?;
        if more.is_empty() {
            return Ok((rest, first));
        }
        Ok((rest, join([vec![first], more].concat())))
    }
}

fn unary(text: &str, depth: usize) -> Read<'_, Rule> {
    let text = text.trim_start();
    if depth > DEPTH_MAX {
        return fail(text, "nested more than 64 deep");
    }
    if let Ok((rest, _)) = word("not").parse(text) {
        return map(|text| unary(text, depth + 1), |rule| Rule::Not(Box::new(rule))).parse(rest);
    }
    let inside = terminated(|text| disjunction(text, depth + 1), wanted(CLOSE, sign(")")));
    alt((preceded(sign("("), cut(inside)), comparison)).parse(text)
}

fn comparison(text: &str) -> Read<'_, Rule> {
    let (rest, path) = path(text)?;
    // The slot is for the whole expression to choose.
    let place = Place { path, slot: 0 };
    let (rest, differs) = opt(sign("!=")).parse(rest)?;
    if differs.is_some() {
        let (rest, literal) = literal(rest)?;
        let equals = Rule::Test(place, Test::Equals(literal));
        return Ok((rest, Rule::Not(Box::new(equals))));
    }
    let (rest, test) = wanted(TEST, alt((signs, words))).parse(rest)?;
    Ok((rest, Rule::Test(place, test)))
}

/// A path, with the rules of paths.
fn path(text: &str) -> Read<'_, Path> {
    let name = || alt((recognize(quoted('"')), take_while1(is_name)));
    let elements = || many0(delimited(char('['), digit1, char(']')));
    let part = || pair(name(), elements());
    let (rest, written) =
        wanted(PATH, recognize(separated_list1(char('.'), part()))).parse(text)?;
    if RESERVED.iter().any(|reserved| written.eq_ignore_ascii_case(reserved)) {
        return fail(text, PATH);
    }
    match written.parse() {
        Ok(path) => Ok((rest, path)),
        Err(error) => fail(&text[error.offset.min(written.len())..], "expected a path"),
    }
}

/// The tests that are written with signs.
fn signs(text: &str) -> Read<'_, Test> {
    let order = alt((
        value(Order::LessOrEqual, tag("<=")),
        value(Order::GreaterOrEqual, tag(">=")),
        value(Order::Less, tag("<")),
        value(Order::Greater, tag(">")),
    ));
    let size = wanted(SIZE, preceded(multispace0, alt((text_literal, number))));
    alt((
        map(preceded(sign("==~"), text_value), |text| Test::EqualsIgnoringCase(Folded::new(&text))),
        map(preceded(sign("=="), literal), Test::Equals),
        map(pair(preceded(multispace0, order), size), |(order, literal)| {
            Test::Compares(order, literal)
        }),
    ))
    .parse(text)
}

/// The tests that are written with words.
fn words(text: &str) -> Read<'_, Test> {
    let with = || wanted("expected `with`", word("with"));
    alt((
        value(Test::Exists, word("exists")),
        map(preceded(word("in"), wanted(IN, alt((list, network_alone)))), Test::In),
        map(preceded(pair(word("starts"), with()), text_value), Test::StartsWith),
        map(preceded(pair(word("ends"), with()), text_value), Test::EndsWith),
        map(preceded(word("contains"), text_value), Test::Contains),
        map(preceded(word("matches"), wildcard), Test::Matches),
    ))
    .parse(text)
}

fn wildcard(text: &str) -> Read<'_, Wildcard> {
    let (rest, written) = text_value(text)?;
    match Wildcard::new(&written) {
        Ok(wildcard) => Ok((rest, wildcard)),
        Err(error) => fail(text.trim_start(), error.message()),
    }
}

fn list(text: &str) -> Read<'_, List> {
    let items = separated_list1(sign(","), item);
    let close = wanted("expected `,` or `]`", sign("]"));
    map(preceded(sign("["), cut(terminated(items, close))), List::new).parse(text)
}

fn item(text: &str) -> Read<'_, Item> {
    alt((map(network, Item::Network), map(literal, Item::Literal))).parse(text)
}

fn network_alone(text: &str) -> Read<'_, List> {
    map(network, List::network).parse(text)
}

/// A network or an address, which begins like a number or a word, but is longer.
fn network(text: &str) -> Read<'_, Network> {
    let text = text.trim_start();
    let (rest, written) =
        take_while1(|c: char| c.is_ascii_hexdigit() || ".:/".contains(c)).parse(text)?;
    match written.parse() {
        Ok(network) => Ok((rest, network)),
        Err(()) if written.contains(['/', ':']) => {
            fail(text, "expected a network such as 10.0.0.0/8")
        }
        Err(()) => Err(Err::Error(Wrong { rest: text, message: IN })),
    }
}

fn literal(text: &str) -> Read<'_, Literal> {
    let words = alt((
        value(Literal::Bool(true), word("true")),
        value(Literal::Bool(false), word("false")),
        value(Literal::Null, word("null")),
    ));
    wanted(LITERAL, preceded(multispace0, alt((text_literal, number, words)))).parse(text)
}

fn text_literal(text: &str) -> Read<'_, Literal> {
    map(any_quoted, |text| Literal::Text(text.into())).parse(text)
}

fn number(text: &str) -> Read<'_, Literal> {
    let exponent = (one_of("eE"), opt(one_of("+-")), digit1);
    let fraction = pair(char('.'), digit1);
    let (rest, written) =
        recognize((opt(char('-')), digit1, opt(fraction), opt(exponent))).parse(text)?;
    match written.parse::<Number>() {
        Ok(number) if number.is_finite() => Ok((rest, Literal::Number(number))),
        _ => fail(text, "expected a smaller number"),
    }
}

/// A text in quotes, which must come.
fn text_value(text: &str) -> Read<'_, Box<str>> {
    wanted(TEXT, preceded(multispace0, map(any_quoted, String::into_boxed_str))).parse(text)
}

fn any_quoted(text: &str) -> Read<'_, String> {
    alt((quoted('"'), quoted('\''))).parse(text)
}

/// A text between two quotes, with `\` before quotes and `\` inside.
fn quoted<'a>(quote: char) -> impl Parser<&'a str, Output = String, Error = Wrong<'a>> {
    let plain = if quote == '"' { "\"\\" } else { "'\\" };
    let escaped =
        preceded(char('\\'), wanted_here("expected a quote or `\\` behind `\\`", one_of("\"'\\")));
    let body = fold_many0(alt((none_of(plain), escaped)), String::new, |mut text, c| {
        text.push(c);
        text
    });
    let close = wanted_here("expected the quote that ends the text", char(quote));
    delimited(char(quote), body, close)
}

/// As [`wanted`], but blanks mean something.
fn wanted_here<'a, T>(
    message: &'static str,
    mut parser: impl Parser<&'a str, Output = T, Error = Wrong<'a>>,
) -> impl Parser<&'a str, Output = T, Error = Wrong<'a>> {
    move |text: &'a str| match parser.parse(text) {
        Err(Err::Error(_)) => fail(text, message),
        other => other,
    }
}
