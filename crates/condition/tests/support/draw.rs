//! Random records, expressions and patterns that have to do with each other.

use proptest::prelude::*;

/// Names of members, few enough that conditions meet records.
const NAMES: &[&str] = &["a", "b", "not", "userIdentity"];

/// Values that are no containers.
const LEAVES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "576",
    "576.0",
    "-1.5e3",
    "1e400",
    r#""""#,
    r#""true""#,
    r#""abc""#,
    r#""ABC""#,
    r#""a\"\\*'c""#,
    r#""10.1.2.3""#,
    r#""fd00::1""#,
    r#""\u00c4b""#,
];

/// A record.
pub(crate) fn record() -> impl Strategy<Value = String> {
    object(value())
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let member = (prop::sample::select(NAMES), value);
    prop::collection::vec(member.prop_map(|(name, value)| format!("\"{name}\":{value}")), 0..4)
        .prop_map(|members| format!("{{{}}}", members.join(",")))
}

fn value() -> BoxedStrategy<String> {
    let leaf = prop::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(3, 16, 4, |value| {
        let array = prop::collection::vec(value.clone(), 0..4)
            .prop_map(|elements| format!("[{}]", elements.join(",")));
        prop_oneof![array, object(value)]
    })
    .boxed()
}

/// A text in quotes, as expressions and JSON both read it.
fn quoted() -> impl Strategy<Value = String> {
    let common = prop::sample::select(&["", "a", "abc", "ABC", "true", "10.1.2.3", "*"][..])
        .prop_map(str::to_owned);
    prop_oneof![common, "[a-cA-C*\\\\\"' \u{e4}]{0,6}"]
        .prop_map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn literal() -> impl Strategy<Value = String> {
    let words = &["true", "false", "null", "0", "576", "-1500.0", "1e3", "576.0"][..];
    prop_oneof![quoted(), prop::sample::select(words).prop_map(str::to_owned)]
}

fn network() -> impl Strategy<Value = String> {
    let networks = &["10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "fd00::/8", "::1", "192.168.0.0/16"];
    prop::sample::select(&networks[..]).prop_map(str::to_owned)
}

fn list() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![3 => literal(), 1 => network()], 1..5)
        .prop_map(|items| format!("[{}]", items.join(" , ")))
}

fn path() -> impl Strategy<Value = String> {
    let names = &["a", "b", "\"not\"", "userIdentity", "a[0]", "\"no \\\" such\""][..];
    prop::collection::vec(prop::sample::select(names), 1..3).prop_map(|names| names.join("."))
}

fn test() -> impl Strategy<Value = String> {
    let text = prop::sample::select(&["==~", "starts with", "ends  with", "CONTAINS"][..]);
    prop_oneof![
        (prop::sample::select(&["==", "!="][..]), literal()).prop_map(|(o, l)| format!("{o} {l}")),
        (
            prop::sample::select(&["<", "<=", ">", ">="][..]),
            prop_oneof![quoted(), Just("576".to_owned()), Just("-1.5".to_owned())]
        )
            .prop_map(|(sign, size)| format!("{sign}{size}")),
        Just("exists".to_owned()),
        (text, quoted()).prop_map(|(operator, text)| format!("{operator} {text}")),
        prop_oneof![list(), network()].prop_map(|list| format!("in {list}")),
        prop::sample::select(&["'a*'", "\"*\"", "'*b*'", r"'a\\*'"][..])
            .prop_map(|wildcard| format!("matches {wildcard}")),
    ]
}

/// An expression.
pub(crate) fn expression() -> impl Strategy<Value = String> {
    let leaf = (path(), test()).prop_map(|(path, test)| format!("{path} {test}"));
    leaf.prop_recursive(4, 24, 3, |part| {
        let parts = prop::collection::vec(part.clone(), 2..4);
        prop_oneof![
            (parts.clone(), prop::sample::select(&[" and ", " or ", "\nAND\t", " Or "][..]))
                .prop_map(|(parts, word)| format!("({})", parts.join(word))),
            parts.prop_map(|parts| parts.join(" and ")),
            part.prop_map(|part| format!("not ({part})")),
        ]
    })
}

/// A test in a pattern.
fn operator() -> impl Strategy<Value = String> {
    let text = &["prefix", "suffix", "equals-ignore-case"][..];
    let like = (prop::sample::select(text), "[a-cA-C]{1,3}")
        .prop_map(|(operator, text)| format!(r#"{{"{operator}":"{text}"}}"#));
    let wildcard = Just(r#"{"wildcard":"a*c"}"#.to_owned());
    let fixed = &[
        r#"{"exists":true}"#,
        r#"{"exists":false}"#,
        r#"{"numeric":[">",-2,"<=",576]}"#,
        r#"{"cidr":"10.0.0.0/8"}"#,
        r#"{"anything-but":["abc","true"]}"#,
        r#"{"anything-but":576}"#,
    ][..];
    let like = prop_oneof![like, wildcard];
    prop_oneof![
        prop::sample::select(LEAVES)
            .prop_filter("in range", |leaf| *leaf != "1e400")
            .prop_map(str::to_owned),
        like.clone(),
        like.prop_map(|like| format!(r#"{{"anything-but":{like}}}"#)),
        prop::sample::select(fixed).prop_map(str::to_owned),
    ]
}

/// A pattern.
pub(crate) fn pattern() -> impl Strategy<Value = String> {
    let tests =
        prop::collection::vec(operator(), 1..4).prop_map(|tests| format!("[{}]", tests.join(",")));
    let field = (prop::sample::select(NAMES), tests)
        .prop_map(|(name, tests)| format!(r#"{{"{name}":{tests}}}"#));
    field.prop_recursive(3, 8, 2, |part| {
        let or = (part.clone(), part.clone())
            .prop_map(|(one, two)| format!(r#"{{"$or":[{one},{two}]}}"#));
        let inside = (prop::sample::select(NAMES), part)
            .prop_map(|(name, part)| format!(r#"{{"{name}":{part}}}"#));
        prop_oneof![or, inside]
    })
}
