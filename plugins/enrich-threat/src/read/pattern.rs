//! Patterns of STIX (STIX 2.1, section 9), as far as they name values to look up.

use crate::entry::IndicatorType;
use nom::branch::alt;
use nom::bytes::complete::{escaped_transform, is_not, tag, take_while1};
use nom::character::complete::{char, multispace0, none_of};
use nom::combinator::{all_consuming, map, opt, recognize, value};
use nom::multi::{many1_count, separated_list1};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// The paths that can be looked up. Of a connection only the source can be the source of a call.
const PATHS: &[(&str, IndicatorType)] = &[
    ("ipv4-addr:value", IndicatorType::Address),
    ("ipv6-addr:value", IndicatorType::Address),
    ("network-traffic:src_ref.value", IndicatorType::Address),
    ("domain-name:value", IndicatorType::Domain),
    (
        "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
        IndicatorType::UserAgent,
    ),
    // What OpenCTI has for user agents that are no part of a connection.
    ("user-agent:value", IndicatorType::UserAgent),
];

/// The values that a pattern looks for, any of which is enough; `None` if it asks for anything
/// that can not be looked up.
///
/// Understood are comparisons of the paths above by `=`, `IN` and, for addresses, `ISSUBSET`, with
/// `OR` between comparisons and between observations. Whatever needs two things at once (`AND`,
/// `FOLLOWEDBY`), is not equality (`LIKE`, `MATCHES`, `NOT` ...) or is about time is not.
pub(super) fn values(pattern: &str) -> Option<Vec<(IndicatorType, String)>> {
    let parsed = all_consuming(spaced(either(observation))).parse(pattern);
    let comparisons: Vec<Comparison<'_>> = parsed.ok()?.1.into_iter().flatten().collect();
    let mut found = Vec::new();
    for Comparison { path, is_subset, values } in comparisons {
        let (_, of) = PATHS.iter().find(|(known, _)| *known == path)?;
        if is_subset && *of != IndicatorType::Address {
            return None;
        }
        found.extend(values.into_iter().map(|value| (*of, value)));
    }
    Some(found)
}

struct Comparison<'p> {
    path: &'p str,
    is_subset: bool,
    values: Vec<String>,
}

fn spaced<'p, O>(
    inner: impl Parser<&'p str, Output = O, Error = nom::error::Error<&'p str>>,
) -> impl Parser<&'p str, Output = O, Error = nom::error::Error<&'p str>> {
    delimited(multispace0, inner, multispace0)
}

fn either<'p, O>(
    inner: impl Parser<&'p str, Output = O, Error = nom::error::Error<&'p str>>,
) -> impl Parser<&'p str, Output = Vec<O>, Error = nom::error::Error<&'p str>> {
    separated_list1(spaced(tag("OR")), inner)
}

fn observation(text: &str) -> IResult<&str, Vec<Comparison<'_>>> {
    delimited(char('['), spaced(either(comparison)), char(']')).parse(text)
}

fn comparison(text: &str) -> IResult<&str, Comparison<'_>> {
    let (rest, path) = path(text)?;
    let (rest, (is_subset, values)) =
        preceded(multispace0, alt((equal, one_of, subset))).parse(rest)?;
    Ok((rest, Comparison { path, is_subset, values }))
}

/// Names and quoted names with colon and dots between them.
fn path(text: &str) -> IResult<&str, &str> {
    let plain = take_while1(|c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c));
    let quoted = recognize(delimited(char('\''), is_not("'"), char('\'')));
    recognize(many1_count(alt((plain, quoted)))).parse(text)
}

fn equal(text: &str) -> IResult<&str, (bool, Vec<String>)> {
    let sign = alt((tag("=="), tag("=")));
    map(preceded((sign, multispace0), string), |value| (false, vec![value])).parse(text)
}

fn one_of(text: &str) -> IResult<&str, (bool, Vec<String>)> {
    let list = separated_list1(spaced(char(',')), string);
    let list = delimited(char('('), spaced(list), char(')'));
    map(preceded((tag("IN"), multispace0), list), |values| (false, values)).parse(text)
}

fn subset(text: &str) -> IResult<&str, (bool, Vec<String>)> {
    let word = (tag("ISSUBSET"), multispace0);
    map(preceded(word, string), |value| (true, vec![value])).parse(text)
}

/// Text in single quotes, in which `\'` and `\\` stand for a quote and a backslash.
fn string(text: &str) -> IResult<&str, String> {
    let escape = alt((value("'", char('\'')), value("\\", char('\\'))));
    let content = escaped_transform(none_of("'\\"), '\\', escape);
    map(delimited(char('\''), opt(content), char('\'')), Option::unwrap_or_default).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        use IndicatorType::{Address, Domain, UserAgent};
        let cases: &[(&str, &[(IndicatorType, &str)])] = &[
            ("[ipv4-addr:value = '198.51.100.1']", &[(Address, "198.51.100.1")]),
            ("[ipv4-addr:value='198.51.100.1/32']", &[(Address, "198.51.100.1/32")]),
            (" [ ipv6-addr:value ISSUBSET '2001:db8::/32' ] ", &[(Address, "2001:db8::/32")]),
            (
                "[domain-name:value = 'a.example' OR domain-name:value == 'b.example']",
                &[(Domain, "a.example"), (Domain, "b.example")],
            ),
            (
                "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')] OR\n[domain-name:value='c.example']",
                &[(Address, "192.0.2.1"), (Address, "192.0.2.2"), (Domain, "c.example")],
            ),
            (
                "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = \
                 'it\\'s \\\\ OR']",
                &[(UserAgent, "it's \\ OR")],
            ),
            ("[user-agent:value = '']", &[(UserAgent, "")]),
        ];
        for (pattern, expected) in cases {
            let found = values(pattern).expect(pattern);
            let found: Vec<_> = found.iter().map(|(of, value)| (*of, value.as_str())).collect();
            assert_eq!(&found, expected);
        }
    }

    #[test]
    fn what_needs_more_is_not_taken_for_less() {
        for pattern in [
            "",
            "[]",
            "[ipv4-addr:value = '192.0.2.1'",
            "[ipv4-addr:value = '192.0.2.1' AND ipv4-addr:value = '192.0.2.2']",
            "[ipv4-addr:value = '192.0.2.1'] AND [domain-name:value = 'a.example']",
            "[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [domain-name:value = 'a.example']",
            "[ipv4-addr:value = '192.0.2.1'] REPEATS 5 TIMES WITHIN 60 SECONDS",
            "[ipv4-addr:value != '192.0.2.1']",
            "[ipv4-addr:value NOT = '192.0.2.1']",
            "[domain-name:value LIKE '%.example']",
            "[domain-name:value ISSUBSET 'a.example']",
            "[ipv4-addr:value = '192.0.2.1' OR file:name = 'a']",
            "[network-traffic:dst_ref.value = '192.0.2.1']",
            "[url:value = 'https://a.example/x']",
            "[ipv4-addr:value = 192]",
            "[ipv4-addr:value = '192.0.2.1\\n']",
            "([ipv4-addr:value = '192.0.2.1'])",
        ] {
            assert_eq!(values(pattern), None, "{pattern}");
        }
    }
}
