//! What expressions match, and what is said about texts that are none.

mod support;

use support::expression;
use trailmill_condition::Expression;

/// Checks which expressions match one record and which do not.
fn check(record: &str, good: &[&str], bad: &[&str]) {
    good.iter().for_each(|text| assert!(expression(text, record), "{text}"));
    bad.iter().for_each(|text| assert!(!expression(text, record), "{text}"));
}

const LOGIN: &str = r#"{"eventName": "ConsoleLogin", "errorMessage": "Failed authentication",
    "sourceIPAddress": "203.0.113.7", "readOnly": "true", "managementEvent": true,
    "responseElements": null, "eventTime": "2024-02-12T06:00:00Z",
    "additionalEventData": {"MFAUsed": "No", "a.b": {"c": 1}},
    "resources": [{"ARN": "arn:aws:s3:::one", "type": "AWS::S3::Bucket"}, {"ARN": "arn:aws:x"}],
    "ports": [22, [443]], "size": 576.0, "big": 9007199254740993, "empty": [], "esc": "\u0041\n"}"#;

#[test]
fn compares_values() {
    check(
        LOGIN,
        &[
            r#"eventName == "ConsoleLogin""#,
            r#"eventName == 'ConsoleLogin'"#,
            r#"eventName != "GetUser""#,
            r#"noSuch != "GetUser""#,
            r#"eventName ==~ "consoleLOGIN""#,
            "size == 576",
            "size <= 576",
            "size >= 5.76e2",
            "big > 9007199254740992",
            "big == 9007199254740993",
            "size < 1000 and size > 100",
            r#"eventTime >= "2024-02" and eventTime < "2024-03""#,
            "responseElements == null",
            r#"esc == "A
""#,
        ],
        &[
            r#"eventName == "consolelogin""#,
            r#"eventName != "ConsoleLogin""#,
            "eventName == 1",
            "size == '576'",
            "eventName > 1",
            "size < '9'",
            "noSuch < 1",
            "noSuch == null",
            "size != 576.0",
            "big == 9007199254740992",
            "additionalEventData == null",
            r#"eventTime < "2024-02-12""#,
        ],
    );
}

#[test]
fn takes_truth_and_its_text_for_the_same() {
    check(
        LOGIN,
        &[
            "readOnly == true",
            "readOnly == 'true'",
            "managementEvent == true",
            "managementEvent == 'true'",
            "readOnly in [true]",
            "managementEvent in ['true']",
            "readOnly != false",
        ],
        &["readOnly == false", "managementEvent == 'false'", "readOnly == 'True'", "size == true"],
    );
}

#[test]
fn asks_for_existence() {
    check(
        LOGIN,
        &[
            "errorMessage exists",
            "responseElements exists",
            "empty exists",
            "additionalEventData exists",
            r#"additionalEventData."a.b".c exists"#,
            "not errorCode exists",
            "resources[1].ARN exists",
        ],
        &["errorCode exists", "resources[1].type exists", "eventName.x exists", "empty[0] exists"],
    );
}

#[test]
fn looks_things_up() {
    check(
        LOGIN,
        &[
            r#"eventName in ["GetUser", "ConsoleLogin"]"#,
            "sourceIPAddress in 203.0.113.0/24",
            "sourceIPAddress in [10.0.0.0/8, 203.0.113.7, ::1]",
            r#"sourceIPAddress in [10.0.0.0/8, "203.0.113.7"]"#,
            "not sourceIPAddress in 10.0.0.0/8",
            "size in [1, 576]",
            "responseElements in [null]",
            "ports in [443]",
        ],
        &[
            r#"eventName in ["GetUser"]"#,
            "eventName in 0.0.0.0/0",
            "sourceIPAddress in 203.0.114.0/24",
            "sourceIPAddress in ::/0",
            r#"sourceIPAddress in ["203.0.113.0/24"]"#,
            "size in ['576']",
            "noSuch in [null]",
        ],
    );
}

#[test]
fn looks_into_texts() {
    check(
        LOGIN,
        &[
            r#"eventName starts with "Console""#,
            r#"eventName ends with "Login""#,
            r#"eventName contains "soleL""#,
            r#"eventName matches "Con*Log*""#,
            r#"eventName matches "ConsoleLogin""#,
            "esc starts with 'A'",
        ],
        &[
            r#"eventName starts with "console""#,
            r#"eventName matches "Console""#,
            r#"eventName matches "Con\\*""#,
            r#"size contains "5""#,
            "additionalEventData contains 'MFA'",
        ],
    );
}

#[test]
fn goes_into_arrays() {
    check(
        LOGIN,
        &[
            r#"resources.ARN == "arn:aws:x""#,
            r#"resources.type exists"#,
            r#"resources[0].ARN ends with "one""#,
            "ports == 22",
            "ports == 443",
            "ports > 400",
            "ports[1] == 443",
            "empty != 1",
        ],
        &[r#"resources[1].ARN ends with "one""#, "ports != 22", "ports == 23", "ports[2] exists"],
    );
}

#[test]
fn joins() {
    check(
        LOGIN,
        &[
            "not noSuch exists and not errorCode exists",
            // `and` binds tighter than `or`, and `not` tighter than both.
            "eventName exists or noSuch exists and noSuch exists",
            "not (noSuch exists or errorCode exists)",
            "NOT noSuch EXISTS AND eventName STARTS WITH 'C'",
            "not not eventName exists",
            "(((eventName exists)))and(size==576)",
            "  eventName\n\texists  ",
        ],
        &[
            "(eventName exists or noSuch exists) and noSuch exists",
            "not noSuch exists and errorCode exists",
            "not (eventName exists and size exists)",
        ],
    );
    check(
        r#"{"not": 1, "and": {"or": 2}, "exists": 3}"#,
        &[r#""not" == 1"#, r#""and".or == 2"#, "exists exists", "not noSuch exists"],
        &[],
    );
}

#[test]
fn says_where_a_text_goes_wrong() {
    for (text, offset, message) in [
        ("", 0, "expected a path, `not` or `(`"),
        ("and", 0, "expected a path, `not` or `(`"),
        ("not", 3, "expected a path, `not` or `(`"),
        ("eventName", 9, "expected one of ==, !=, ==~"),
        ("eventName = \"x\"", 10, "expected one of ==, !=, ==~"),
        ("eventName like 'x'", 10, "expected one of ==, !=, ==~"),
        ("a == b", 5, "expected a text in quotes, a number, true"),
        ("a == trueish", 5, "expected a text in quotes, a number, true"),
        ("a < true", 4, "expected a number or a text in quotes"),
        ("a starts 'x'", 9, "expected `with`"),
        ("a contains 1", 11, "expected a text in quotes"),
        ("a == 'x", 7, "expected the quote that ends the text"),
        (r"a == '\x'", 7, "expected a quote or `\\` behind `\\`"),
        ("a == 1 b == 2", 7, "expected `and`, `or` or the end"),
        ("a == 1 and", 10, "expected a path, `not` or `(`"),
        ("(a == 1", 7, "expected `and`, `or` or `)`"),
        ("a == 1)", 6, "expected `and`, `or` or the end"),
        ("a in 1", 5, "expected a list in brackets or a network"),
        ("a in [1, ]", 9, "expected a text in quotes, a number, true"),
        ("a in [1 2]", 8, "expected `,` or `]`"),
        ("a in 10.0.0.0/33", 5, "expected a network such as 10.0.0.0/8"),
        ("a in [10.0.0/8]", 6, "expected a network such as 10.0.0.0/8"),
        ("a matches 'x**'", 10, "two `*` in a row; one is enough"),
        ("a == 1e999", 5, "expected a smaller number"),
        ("a[99999999999] exists", 1, "expected a path"),
        ("a..b exists", 1, "expected one of ==, !=, ==~"),
    ] {
        let error = text.parse::<Expression>().expect_err(text);
        assert!(error.message().starts_with(message), "{text}: {error}");
        assert_eq!(error.offset(), offset, "{text}: {error}");
    }
}

#[test]
fn shows_the_character() {
    let error = "eventName == \"x\" and\n\tuserIdentity.\"\u{e4}\" = 1 or\nx".parse::<Expression>();
    assert_eq!(
        error.unwrap_err().to_string(),
        "expected one of ==, !=, ==~, <, <=, >, >=, exists, in, starts with, ends with, contains, \
         matches at character 40\n  \tuserIdentity.\"\u{e4}\" = 1 or\n  \t                 ^"
    );
    let error = "a == 1 and".parse::<Expression>().unwrap_err().to_string();
    assert_eq!(error, "expected a path, `not` or `(` at character 11\n  a == 1 and\n            ^");
}

#[test]
fn limits_the_depth() {
    let nested = |depth| format!("{}a exists{}", "(".repeat(depth), ")".repeat(depth));
    assert!(nested(64).parse::<Expression>().is_ok());
    let error = nested(65).parse::<Expression>().unwrap_err();
    assert_eq!((error.offset(), error.message()), (65, "nested more than 64 deep"));
    let error = format!("{}a exists", "not ".repeat(100_000)).parse::<Expression>().unwrap_err();
    assert_eq!(error.message(), "nested more than 64 deep");
}

#[test]
fn writes_what_it_reads() {
    for (text, written) in [
        ("a==1", "a == 1"),
        ("NOT a == 1", "a != 1"),
        ("not not a exists", "not not a exists"),
        ("(a exists and (b exists)) or c!='x'", "(a exists and b exists) or c != \"x\""),
        ("a exists and b exists or c exists", "(a exists and b exists) or c exists"),
        ("not (a exists or b exists)", "not (a exists or b exists)"),
        ("a in 10.0.0.1", "a in 10.0.0.1/32"),
        ("a in [10.0.0.0/8,'x' , 1.50]", "a in [10.0.0.0/8, \"x\", 1.5]"),
        ("a Ends\nWith 'q\"\\\\'", r#"a ends with "q\"\\""#),
        (r"a matches 'x\\**'", r#"a matches "x\\**""#),
        ("a ==~ 'ABC'", "a ==~ \"abc\""),
        (r#""or"[0].b <= -1e3"#, r#""or"[0].b <= -1000.0"#),
    ] {
        let expression: Expression = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(expression.to_string(), written);
        assert_eq!(written.parse(), Ok(expression));
    }
}
