//! Cells that are too long for their columns: cut, marked and counted, and the value kept whole.

mod support;

use support::mill::{Made, Mill};
use support::oracle;
use trailmill_flatten::{CUT, TIME_NOT_PARSED};

/// The most bytes of REQUESTPARAMETERS and of USERAGENT.
const PAYLOAD: usize = 100 * 1024;
const USER_AGENT: usize = 1024;
const MARK: &str = "...[cut]";

fn cell(made: &Made, column: &str) -> String {
    let row: serde_json::Value = serde_json::from_str(&made.row).unwrap();
    row[column].as_str().unwrap().to_owned()
}

/// An object whose compact text has so many bytes.
fn object(bytes: usize) -> String {
    format!("{{\"key\":\"{}\"}}", "x".repeat(bytes - 10))
}

fn is_cut(made: &Made) -> bool {
    match made.notes[..] {
        [] => false,
        ["cut"] => true,
        ref others => panic!("{others:?}"),
    }
}

#[test]
fn notes_have_names() {
    assert_eq!((CUT.name, TIME_NOT_PARSED.name), ("cut", "time-not-parsed"));
}

#[test]
fn payloads() {
    let mut mill = Mill::snare();
    for name in ["requestParameters", "responseElements"] {
        for (bytes, cut) in [(PAYLOAD - 1, false), (PAYLOAD, false), (PAYLOAD + 1, true)] {
            let record = format!("{{\"eventName\":\"N\",\"{name}\":{}}}", object(bytes));
            let made = mill.round(&record);
            oracle::check(&record, &made.row);
            assert_eq!(is_cut(&made), cut, "{bytes}");
            let cell = cell(&made, &name.to_uppercase());
            assert_eq!(cell.len(), bytes.min(PAYLOAD));
            assert_eq!(cell.ends_with(MARK), cut);
            assert_eq!(made.row.contains(&format!("\"SNAREDATAMAP\":{{\"{name}\":{{")), cut);
        }
    }
}

#[test]
fn both_payloads_count() {
    let long = object(PAYLOAD * 3);
    let made = Mill::snare().round(&format!(
        "{{\"requestParameters\":{long},\"responseElements\":{long},\"eventTime\":\"then\"}}"
    ));
    assert_eq!(made.notes, ["cut", "cut", "time-not-parsed"]);
}

#[test]
fn what_counts_is_the_text_without_blanks() {
    // The forms with blanks, of which each row is made as well, are longer than the column.
    let parameters = format!("[{}]", vec!["1"; PAYLOAD / 2].join(","));
    let record = format!("{{\"requestParameters\":{parameters}}}");
    let made = Mill::snare().round(&record);
    oracle::check(&record, &made.row);
    assert_eq!((parameters.len(), is_cut(&made)), (PAYLOAD + 1, true));
    let parameters = format!("[{}]", vec!["1"; PAYLOAD / 2 - 1].join(","));
    let made = Mill::snare().round(&format!("{{\"requestParameters\":{parameters}}}"));
    assert_eq!((cell(&made, "REQUESTPARAMETERS"), is_cut(&made)), (parameters, false));
}

#[test]
fn payloads_that_are_strings() {
    let mut mill = Mill::snare();
    // With its quotes, each is longer than the column by a byte.
    for text in ["masked", "[1,2]", "{\\\"a\\\":1}", "\\u0041\\n"] {
        let text = format!("{text}{}", " ".repeat(PAYLOAD - 1 - text.len()));
        let record = format!("{{\"requestParameters\":\"{text}\"}}");
        let made = mill.round(&record);
        assert!(is_cut(&made), "{}", &text[..20]);
        let cell = cell(&made, "REQUESTPARAMETERS");
        assert_eq!((cell.len(), &cell[PAYLOAD - 8..]), (PAYLOAD, MARK));
    }
}

#[test]
fn user_agents() {
    let mut mill = Mill::snare();
    for (agent, cut) in [
        ("a".repeat(USER_AGENT), false),
        ("a".repeat(USER_AGENT + 1), true),
        ("a".repeat(USER_AGENT * 9), true),
        // Bytes are counted as they are once they are decoded.
        ("\\u0061".repeat(USER_AGENT), false),
        ("\\u0061".repeat(USER_AGENT + 1), true),
        ("\u{e9}".repeat(USER_AGENT / 2), false),
        ("\u{e9}".repeat(USER_AGENT / 2 + 1), true),
        (format!("a{}", "\u{e9}".repeat(USER_AGENT / 2)), true),
        ("\u{1f600}".repeat(USER_AGENT / 4 + 1), true),
        (format!("ab{}", "\\ud83d\\ude00".repeat(USER_AGENT / 4)), true),
    ] {
        let record = format!("{{\"userAgent\":\"{agent}\"}}");
        let made = mill.round(&record);
        oracle::check(&record, &made.row);
        assert_eq!(is_cut(&made), cut, "{agent}");
        let cell = cell(&made, "USERAGENT");
        assert!(cell.len() <= USER_AGENT && (!cut || cell.len() > USER_AGENT - 4), "{cell}");
        assert_eq!(cell.ends_with(MARK), cut);
    }
}

#[test]
fn texts_that_end_like_cut_ones() {
    let mut mill = Mill::snare();
    let long = "a".repeat(USER_AGENT * 2);
    let of_its_own = format!("{}{MARK}", "a".repeat(USER_AGENT - MARK.len()));
    for record in [
        format!("{{\"userAgent\":\"x{MARK}\"}}"),
        format!("{{\"userAgent\":\"{long}{MARK}\"}}"),
        format!("{{\"userAgent\":\"{long}\",\"userAgent\":\"x{MARK}\"}}"),
        format!("{{\"userAgent\":\"{long}\",\"userAgent\":\"{of_its_own}\"}}"),
        format!("{{\"userAgent\":\"{of_its_own}\",\"userAgent\":\"{long}\"}}"),
        format!("{{\"userAgent\":\"{of_its_own}\",\"userAgent\":null}}"),
        r#"{"userAgent":"x","userAgent":"...[cut\u005d"}"#.to_owned(),
        format!("{{\"requestParameters\":{{}},\"requestParameters\":\"{MARK}\"}}"),
        format!("{{\"requestParameters\":\"{MARK}\",\"requestParameters\":{{}}}}"),
        format!("{{\"requestParameters\":{{}},\"requestParameters\":\"\\\"{MARK}\\\"\"}}"),
        // A column without a limit is never cut.
        format!("{{\"eventName\":\"x\",\"eventName\":\"{MARK}\"}}"),
        format!("{{\"userIdentity\":{{\"arn\":\"x\",\"arn\":\"{MARK}\"}}}}"),
    ] {
        let made = mill.round(&record);
        oracle::check_shape(&made.row);
    }
}

/// Only a text that is as long as one that was cut stays in the rest, whatever it ends with.
#[test]
fn texts_that_end_like_cut_ones_and_are_as_long() {
    let mut mill = Mill::snare();
    for bytes in [MARK.len(), 100].into_iter().chain(USER_AGENT - 8..=USER_AGENT) {
        for (text, length) in [("a", 1), ("\\u0061", 1), ("\\u00e9", 2)] {
            let text = text.repeat((bytes - MARK.len()) / length);
            let pad = "b".repeat((bytes - MARK.len()) % length);
            let agent = format!("{text}{pad}{MARK}");
            for before in ["", "\"userAgent\":\"x\","] {
                let record = format!("{{{before}\"userAgent\":\"{agent}\"}}");
                let made = mill.round(&record);
                let stays = made.row.contains(&format!("{{{before}\"userAgent\":\"{agent}\"}}"));
                assert_eq!(stays, bytes > USER_AGENT - 4, "{bytes} {before}");
                assert!(!is_cut(&made) && cell(&made, "USERAGENT").len() == bytes);
            }
        }
    }
}

#[test]
fn long_texts_among_duplicates() {
    let mut mill = Mill::snare();
    let (long, longer) = ("a".repeat(USER_AGENT + 1), "b".repeat(USER_AGENT + 2));
    let agents = [format!("\"{long}\""), format!("\"{longer}\""), "\"x\"".into(), "null".into()];
    for one in &agents {
        for two in &agents {
            for three in &agents {
                mill.round(&format!(
                    "{{\"userAgent\":{one},\"userAgent\":{two},\"userAgent\":{three}}}"
                ));
            }
        }
    }
}
