//! Tables of one's own: what is wrong with one, and rows of all the others.

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use support::mill::Mill;
use support::text;
use trailmill_flatten::{Rule, Schema, Unflatten, UnflattenErrorKind, reference, snare, unflatten};

/// What is wrong with a table.
fn error(table: &str) -> String {
    table.parse::<Schema>().unwrap_err().to_string()
}

#[test]
fn mistakes_have_a_line_and_a_remedy() {
    for (table, message) in [
        ("", "the table has no columns"),
        ("# only this\n\n", "the table has no columns"),
        ("A", "line 1: a column is a name, a rule and what the rule wants"),
        ("A text a\n\n # why\nB", "line 4: a column is a name, a rule and what the rule wants"),
        (
            "A texts a",
            "line 1: no rule `texts`; there are date, time-of-day, time, text, json, constant, \
             collected-at, logs-time, rest",
        ),
        ("A text", "line 1: rule `text` wants a path"),
        ("A constant", "line 1: rule `constant` wants a word"),
        ("A text a 9 9", "line 1: rule `text` does not want so many words"),
        ("A constant a b", "line 1: rule `constant` does not want so many words"),
        ("A date a 10", "line 1: rule `date` does not want so many words"),
        ("A rest a", "line 1: rule `rest` does not want so many words"),
        ("A collected-at now", "line 1: rule `collected-at` does not want so many words"),
        ("A text a 1KB", "line 1: the most bytes of a cell are a whole number, at least 8"),
        ("A json a -1", "line 1: the most bytes of a cell are a whole number, at least 8"),
        ("A text a 7", "line 1: the most bytes of a cell are a whole number, at least 8"),
        ("A text a..b", "line 1: `a..b` is not a path from character 2 on"),
        ("A text a[0]", "line 1: `a[0]` leads into an array, which no column can claim"),
        ("A date a[0].b", "line 1: `a[0].b` leads into an array, which no column can claim"),
        ("A text a\r\nA text b", "line 2: column `A` is there already"),
        (
            "A\" text a",
            "line 1: a column's name is made of letters, digits and `_.@-:`, at most 55",
        ),
        (
            "\u{c4} text a",
            "line 1: a column's name is made of letters, digits and `_.@-:`, at most 55",
        ),
        ("A rest\nB rest", "only one column can take the rest"),
        (
            "A text a\nB json a",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
        (
            "A json a\nB text a.b",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
        (
            "A text a.b.c\nX text x\nB time a",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
        // A column that only looks at a value can not look inside one that another takes.
        (
            "A date a.b\nB json a",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
        (
            "A json a\nB date a.b",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
        (
            "A date a\nB time-of-day a.b",
            "columns `A` and `B` claim the same value, or one lies in the other",
        ),
    ] {
        assert_eq!(error(table), message, "{table}");
    }
    let long = "N".repeat(56);
    assert!(error(&format!("{long} text a")).ends_with("at most 55"));
    Mill::custom(&format!("{} text a", &long[1..])).round("{\"a\":\"x\"}");
}

#[test]
fn the_page_of_a_schema_holds_its_table() {
    let page = reference(&snare());
    let table = page.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let (read, made): (Schema, Schema) = (table.parse().unwrap(), snare());
    assert_eq!(read.columns.len(), 25);
    for (read, made) in read.columns.iter().zip(&made.columns) {
        assert_eq!((&read.name, &read.rule), (&made.name, &made.rule));
    }
}

/// The row of a record under a table, once it is known to give the record back.
fn row(table: &str, record: &str) -> String {
    Mill::custom(table).round(record).row
}

#[test]
fn deep_paths() {
    let table = "ARN text userIdentity.sessionContext.sessionIssuer.arn\n\
                 MFA text userIdentity.sessionContext.attributes.mfaAuthenticated\n\
                 REST rest";
    let whole = |session: &str| format!(r#"{{"userIdentity":{{"sessionContext":{session}}}}}"#);
    for (session, cells, rest) in [
        (
            r#"{"sessionIssuer":{"arn":"A","x":1},"attributes":{"mfaAuthenticated":"true"}}"#,
            r#""ARN":"A","MFA":"true""#,
            whole(r#"{"sessionIssuer":{"x":1}}"#),
        ),
        // What was wholly claimed leaves nothing behind; what was empty is not forgotten.
        (r#"{"sessionIssuer":{"arn":"A"}}"#, r#""ARN":"A","MFA":null"#, "{}".to_owned()),
        (
            r#"{"sessionIssuer":{},"attributes":null}"#,
            r#""ARN":null,"MFA":null"#,
            whole(r#"{"sessionIssuer":{},"attributes":null}"#),
        ),
        (
            r#"{"sessionIssuer":{"arn":null}}"#,
            r#""ARN":null,"MFA":null"#,
            whole(r#"{"sessionIssuer":{}}"#),
        ),
        (
            r#"[{"sessionIssuer":{"arn":"A"}}]"#,
            r#""ARN":null,"MFA":null"#,
            whole(r#"[{"sessionIssuer":{"arn":"A"}}]"#),
        ),
        (
            r#"{"sessionIssuer":{"arn":5},"attributes":{"mfaAuthenticated":true}}"#,
            r#""ARN":null,"MFA":null"#,
            whole(r#"{"sessionIssuer":{"arn":5},"attributes":{"mfaAuthenticated":true}}"#),
        ),
    ] {
        assert_eq!(row(table, &whole(session)), format!("{{{cells},\"REST\":{rest}}}"));
    }
}

#[test]
fn several_columns_of_one_value() {
    let table = "DAY date eventTime\nHOUR time-of-day eventTime\nTIME time eventTime\n\
                 DAY2 date eventTime\nOTHER date other\nSAME time-of-day other\nREST rest";
    assert_eq!(
        row(table, r#"{"other":"2024-01-01T00:30:00+01:00","eventTime":"2024-05-06T07:08:09Z"}"#),
        concat!(
            r#"{"DAY":"2024-05-06","HOUR":"07:08:09","TIME":"2024-05-06T07:08:09Z","#,
            r#""DAY2":"2024-05-06","OTHER":"2023-12-31","SAME":"23:30:00","#,
            r#""REST":{"other":"2024-01-01T00:30:00+01:00"}}"#,
        ),
    );
    // A column that only looks leaves the value where it is, whoever else takes it.
    assert_eq!(
        row("A date a\nB json a\nREST rest", r#"{"a":"2024-05-06T07:08:09Z"}"#),
        r#"{"A":"2024-05-06","B":"2024-05-06T07:08:09Z","REST":{}}"#,
    );
    assert_eq!(
        row("A date a\nREST rest", r#"{"a":{"b":1},"c":null}"#),
        r#"{"A":null,"REST":{"a":{"b":1},"c":null}}"#,
    );
}

#[test]
fn the_rest_may_stand_anywhere_or_nowhere() {
    let record = r#"{"x":1,"a":"A","y":{"b":null}}"#;
    assert_eq!(row("R rest\nA text a", record), r#"{"R":{"x":1,"y":{"b":null}},"A":"A"}"#);
    let mut mill = Mill::custom("A text a\nB json y");
    let made = mill.row(record);
    assert_eq!(made.row, r#"{"A":"A","B":"{\"b\":null}"}"#);
    assert_eq!(mill.back(&made.row), r#"{"a":"A","y":{"b":null}}"#);
    assert_eq!(row("ONLY rest", record), r#"{"ONLY":{"x":1,"a":"A","y":{"b":null}}}"#);
}

#[test]
fn words_of_all_kinds() {
    let table = "  a.b-c@d:e_F  constant  \"quoted\\\u{e9}\n\
                 T\ttext\t\"aws:tag.\\\"key\\\\\".\u{e9}\n\
                 U text \"\"\nREST rest";
    assert_eq!(
        row(table, r#"{"aws:tag.\"key\\":{"\u00e9":"x"},"":"empty","aws:tag":1}"#),
        "{\"a.b-c@d:e_F\":\"\\\"quoted\\\\\u{e9}\",\"T\":\"x\",\"U\":\"empty\",\
         \"REST\":{\"aws:tag\":1}}",
    );
}

/// A table with a text column for each name, and a record with a member for each.
fn of_names(names: &[String]) -> (String, String) {
    let columns = names.iter().enumerate().map(|(n, name)| format!("C{n} text {name}\n"));
    let members: Vec<(String, String)> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (format!("\"{name}\""), format!("\"value {n}\"")))
        .collect();
    (format!("{}REST rest", columns.collect::<String>()), text::object(&members))
}

fn check_names(names: &[String]) {
    let (table, record) = of_names(names);
    let row = row(&table, &record);
    let row: serde_json::Value = serde_json::from_str(&row).unwrap();
    for number in 0..names.len() {
        assert_eq!(row[format!("C{number}")], format!("value {number}"), "{}", names.len());
    }
    assert_eq!(row["REST"], serde_json::json!({}));
}

#[test]
fn many_columns() {
    for count in [31, 32, 33, 64, 254, 255, 256, 257, 1000] {
        check_names(&(0..count).map(|n| format!("name{n}")).collect::<Vec<_>>());
        // Shorter names are harder to tell apart.
        check_names(&(0..count).map(|n| format!("n{n}")).collect::<Vec<_>>());
    }
    let columns = |n: usize| format!("C{n} text a.b.n{n}\n");
    let table: String = (0..300).map(columns).collect();
    let members: Vec<(String, String)> =
        (0..300).map(|n| (format!("\"n{n}\""), format!("\"v{n}\""))).collect();
    let record = format!("{{\"a\":{{\"b\":{}}}}}", text::object(&members));
    let row = row(&format!("{table}REST rest"), &record);
    assert!(row.contains("\"C299\":\"v299\",\"REST\":{}"), "{row}");
}

#[test]
fn names_that_a_hash_takes_for_each_other() {
    // Of the same length and with the same ends.
    let twins = |middle: &str| format!("beginning{middle}theending");
    check_names(&["x", "y", "z"].map(twins));
    check_names(&["x", "y", "z"].map(|middle| twins(&format!("-and-{middle}-and-"))));
    check_names(&["a", "ab", "abc", "abcd", "abcde", "abcdefgh", "abcdefghi"].map(str::to_owned));
    let sixteen = "0123456789abcdef".to_owned();
    check_names(&[sixteen.clone(), format!("{sixteen}0"), format!("0{sixteen}")]);
    // One that no column knows is not taken for one that it does.
    let table = "A text beginning-a-theending\nREST rest";
    let record = r#"{"beginning-b-theending":"b","beginning-a-theendin":"c"}"#;
    assert_eq!(row(table, record), format!("{{\"A\":null,\"REST\":{record}}}"));
    let table = "A text beginning-and-a-and-theending\nREST rest";
    let record = r#"{"beginning-and-b-and-theending":"b","":1}"#;
    assert_eq!(row(table, record), format!("{{\"A\":null,\"REST\":{record}}}"));
    // An escape in the middle of a long name, where no end shows it.
    let record = r#"{"beginning-and\u002da-and-theending":"a","beginning-an\u0064-b":"b"}"#;
    assert_eq!(row(table, record), r#"{"A":"a","REST":{"beginning-an\u0064-b":"b"}}"#);
}

#[test]
fn rows_that_are_none() {
    let kind = |row: &str| {
        let mut out = b"kept".to_vec();
        let error = unflatten(row.as_bytes(), &mut out).unwrap_err();
        assert_eq!(out, b"kept");
        error.kind
    };
    assert!(matches!(kind("{\"DATE\":"), UnflattenErrorKind::NotJson(_)));
    assert_eq!(kind("[]"), UnflattenErrorKind::NotAnObject);
    assert_eq!(kind("{}"), UnflattenErrorKind::OtherSchema);
    assert_eq!(kind("{\"eventName\":\"x\"}"), UnflattenErrorKind::OtherSchema);
    assert_eq!(kind("{\"SNAREDATAMAP\":[]}"), UnflattenErrorKind::RestNotAnObject);
    let error =
        unflatten(b"{\"DATE\":null, \"SNAREDATAMAP\": \"x\"}", &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "the column that takes the rest is no object (byte 30)");
}

#[test]
fn rows_that_went_through_other_hands() {
    let back = |row: &str| {
        let mut out = Vec::new();
        unflatten(row.as_bytes(), &mut out).map(|()| String::from_utf8(out).unwrap())
    };
    // Columns in another order, missing ones, new ones, blanks, a cell that is no longer text.
    assert_eq!(
        back(concat!(
            "{ \"USERTYPE\" : \"Root\", \"SNAREDATAMAP\" : { \"z\" : [ 1.0 , {} ] },\n",
            "\"EXTRA\": 1, \"EVENTNAME\": {\"odd\": true},\r\n",
            "\t\"REQUESTPARAMETERS\": \"{ \\\"a\\\" :\\n1 }\" }"
        )),
        Ok(concat!(
            r#"{"z":[1.0,{}],"eventName":{"odd":true},"requestParameters":{"a":1},"#,
            r#""userIdentity":{"type":"Root"}}"#
        )
        .to_owned())
    );
}

/// A column: a number for the rule, steps of the path, a limit.
type Draft = (u8, Vec<&'static str>, usize);

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let step =
        proptest::sample::select(&["a", "b", "c", "a.b", "\u{e9}", "longer-than-16-bytes"][..]);
    vec((any::<u8>(), vec(step, 1..4), 8..24usize), 0..12)
}

/// The table of as many of the drafts as go together.
fn table(drafts: &[Draft], rest_at: usize) -> String {
    let mut lines: Vec<String> = vec!["REST rest".to_owned()];
    for (number, (rule, steps, most)) in drafts.iter().enumerate() {
        let steps =
            steps.iter().map(|step| trailmill_stage::event::Segment::Member((*step).into()));
        let path = trailmill_stage::event::Path::new(steps.collect());
        lines.push(match rule % 8 {
            0 => format!("C{number} date {path}"),
            1 => format!("C{number} time-of-day {path}"),
            2 => format!("C{number} time {path}"),
            3 => format!("C{number} json {path}"),
            4 => format!("C{number} json {path} {most}"),
            5 => format!("C{number} text {path} {most}"),
            6 => format!("C{number} constant {most}"),
            _ => format!("C{number} text {path}"),
        });
        if lines.join("\n").parse::<Schema>().is_err() {
            lines.pop();
        }
    }
    let last = lines.len() - 1;
    lines.swap(0, rest_at.min(last));
    lines.join("\n")
}

fn values() -> impl Strategy<Value = String> {
    let leaves = &[
        "\"x\"",
        "\"a text of some length\"",
        "\"\\u0061 text of some l\\u00e9ngth\"",
        "\"2024-05-06T07:08:09Z\"",
        "\"2024-05-06T07:08:09+12:00\"",
        "\"x...[cut]\"",
        "\"[1, 2]\"",
        "\"{\\\"a\\\": \\\"some length\\\"}\"",
        "null",
        "true",
        "1.50",
        "12345678901234567890.0",
    ];
    let leaf = proptest::sample::select(&leaves[..]).prop_map(str::to_owned);
    leaf.prop_recursive(4, 32, 5, |inner| {
        let names = &[
            "a",
            "b",
            "c",
            "a.b",
            "\u{e9}",
            "\\u0061",
            "longer-than-16-bytes",
            "longer-than-16\\u002dbytes",
        ];
        let key = proptest::sample::select(&names[..]).prop_map(|name| format!("\"{name}\""));
        prop_oneof![
            1 => vec(inner.clone(), 0..3).prop_map(|elements| format!("[{}]", elements.join(","))),
            4 => vec((key, inner), 0..6).prop_map(|members| text::object(&members)),
        ]
    })
}

proptest! {
    #![proptest_config(Config {
        cases: Config::default().cases * 8,
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn records_come_back_from_any_schema(
        drafts in drafts(),
        rest_at in 0..12usize,
        members in vec(values(), 1..4),
    ) {
        let schema: Schema = table(&drafts, rest_at).parse().unwrap();
        let mut mill = Mill::of(schema.clone());
        for record in members.iter().filter(|value| value.starts_with('{')) {
            let made = mill.round(record);
            let row = text::members(&made.row);
            let names: Vec<String> =
                schema.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
            prop_assert_eq!(row.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
            for ((_, cell), column) in row.iter().zip(&schema.columns) {
                let is_text = cell.starts_with('"') || *cell == "null";
                prop_assert!(is_text != (column.rule == Rule::Rest), "{}", made.row);
            }
        }
    }
}

#[test]
fn one_value_turns_many_rows_back() {
    let mut unflatten = Unflatten::new(snare());
    let mut out = Vec::new();
    for row in [r#"{"EVENTNAME":"a"}"#, "no row", r#"{"USERNAME":"b"}"#, r#"{"DATE":"c"}"#] {
        let _ = unflatten.record(row.as_bytes(), &mut out);
    }
    assert_eq!(out, br#"{"eventName":"a"}{"userIdentity":{"userName":"b"}}{}"#);
}
