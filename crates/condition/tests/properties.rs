//! What holds for all conditions and all records.

mod support;

use proptest::prelude::*;
use support::{batch, draw};
use trailmill_condition::{Condition, Expression, Pattern, Selectors};
use trailmill_event::{Event, Path, Put};

fn parsed(text: &str) -> Expression {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn compiled(pattern: &str) -> Pattern {
    let written = serde_json::from_str(pattern).expect(pattern);
    Pattern::new(&written).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Makes an event like another, member by member.
fn become_like(event: &mut Event<'_>, other: &Event<'_>) {
    let names: Vec<String> =
        event.root().members().map(|member| member.key().decode().into_owned()).collect();
    for name in names {
        event.remove(&Path::member(&name));
    }
    for member in other.root().members() {
        let mut value = Vec::new();
        member.value().write_into(&mut value);
        event.set(&Path::member(&member.key().decode()), Put::Json(&value)).unwrap();
    }
}

proptest! {
    #[test]
    fn an_expression_is_read_as_it_is_written(
        text in draw::expression(),
        record in draw::record(),
    ) {
        let expression = parsed(&text);
        let again = parsed(&expression.to_string());
        prop_assert_eq!(&again, &expression);
        prop_assert_eq!(again.to_string(), expression.to_string());
        let mut batch = batch(&record);
        prop_assert_eq!(again.matches(&batch.event(0)), expression.matches(&batch.event(0)));
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC*") {
        if let Err(error) = Condition::parse(&text) {
            prop_assert!(error.offset() <= text.len());
            prop_assert!(error.to_string().ends_with('^'));
        }
    }

    /// Texts made of pieces of the language get further than random ones.
    #[test]
    fn no_text_of_the_language_is_too_much(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12),
    ) {
        let text = pieces.concat();
        match text.parse::<Expression>() {
            Ok(expression) => prop_assert_eq!(parsed(&expression.to_string()), expression),
            Err(error) => {
                prop_assert!(text.is_char_boundary(error.offset()));
                prop_assert!(error.to_string().ends_with('^'));
            }
        }
    }

    #[test]
    fn de_morgan(one in draw::expression(), two in draw::expression(), record in draw::record()) {
        let mut batch = batch(&record);
        let event = batch.event(0);
        let holds = |text: String| parsed(&text).matches(&event);
        let (first, second) = (holds(one.clone()), holds(two.clone()));
        prop_assert_eq!(holds(format!("({one}) and ({two})")), first && second);
        prop_assert_eq!(holds(format!("({one}) or ({two})")), first || second);
        prop_assert_eq!(
            holds(format!("not (({one}) and ({two}))")),
            holds(format!("not ({one}) or not ({two})"))
        );
        prop_assert_eq!(
            holds(format!("not (({one}) or ({two}))")),
            holds(format!("not ({one}) and not ({two})"))
        );
    }

    #[test]
    fn a_pattern_is_the_sum_of_its_parts(
        one in draw::pattern(),
        two in draw::pattern(),
        record in draw::record(),
    ) {
        let mut batch = batch(&record);
        let event = batch.event(0);
        let holds = |pattern: &str| compiled(pattern).matches(&event);
        let either = holds(&one) || holds(&two);
        prop_assert_eq!(holds(&format!(r#"{{"$or":[{one},{two}]}}"#)), either);
        let nested = format!(r#"{{"$or":[{one},{{"$or":[{two},{two}]}}]}}"#);
        prop_assert_eq!(holds(&nested), either);
    }

    /// What an event looks like does not depend on how it has become so.
    #[test]
    fn edits_and_blanks_make_no_difference(
        text in draw::expression(),
        pattern in draw::pattern(),
        record in draw::record(),
        other in draw::record(),
    ) {
        let (expression, pattern) = (parsed(&text), compiled(&pattern));
        let answers = |event: &Event<'_>| (expression.matches(event), pattern.matches(event));
        let expected = answers(&batch(&trailmill_golden::pretty(&record)).event(0));
        let mut plain = batch(&record);
        prop_assert_eq!(answers(&plain.event(0)), expected);
        plain.set_dense(true);
        prop_assert_eq!(answers(&plain.event(0)), expected);
        let mut edited = batch(&other);
        let mut event = edited.event(0);
        become_like(&mut event, &plain.event(0));
        prop_assert_eq!(answers(&event), expected);
    }

    /// Settings of any shape are a condition or an error.
    #[test]
    fn no_settings_are_too_much(record in draw::record()) {
        let value: serde_json::Value = match serde_json::from_str(&record.replace("1e400", "1")) {
            Ok(value) => value,
            Err(error) => panic!("{error}"),
        };
        for value in [&value, &value["a"], &serde_json::json!([value])] {
            let _ = (Condition::read(value).is_ok(), Pattern::new(value).is_ok());
            prop_assert!(Selectors::new(value).is_err());
        }
    }
}

const PIECES: &[&str] = &[
    "a",
    "b.c",
    "\"d\"",
    "[0]",
    " ",
    "\n",
    " and ",
    " or ",
    "not ",
    "(",
    ")",
    "==",
    "!=",
    "==~",
    "<",
    ">=",
    " exists",
    " in ",
    "[",
    "]",
    ",",
    " starts with ",
    " ends with ",
    " matches ",
    "'x'",
    "\"y*\"",
    "1",
    "-2.5e3",
    "true",
    "null",
    "10.0.0.0/8",
    "::1",
    "\u{e4}",
    "'",
    "\"",
    "\\",
    ".",
    "-",
    "/",
];
