//! Paths are the same after a way through their text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use trailmill_event::{Path, Segment};

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z0-9_:@/$-]{1,8}",
        2 => "[a.\"\\\\\\[\\] \n]{0,6}",
        1 => any::<String>(),
    ]
}

/// A name, and the elements behind it.
fn parts() -> impl Strategy<Value = Vec<Segment>> {
    let elements = vec((0..=u32::MAX as usize).prop_map(Segment::Element), 0..3);
    (names(), elements).prop_map(|(name, elements)| {
        let mut segments = vec![Segment::Member(name)];
        segments.extend(elements);
        segments
    })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn text_and_back(parts in vec(parts(), 1..5)) {
        let path = Path::new(parts.concat());
        let text = path.to_string();
        prop_assert_eq!(text.parse::<Path>(), Ok(path), "{}", text);
    }

    #[test]
    fn any_text_is_a_path_or_says_where_it_is_none(text in any::<String>()) {
        match text.parse::<Path>() {
            Ok(path) => prop_assert_eq!(path.to_string().parse::<Path>(), Ok(path)),
            Err(error) => prop_assert!(error.offset <= text.len()),
        }
    }
}

#[test]
fn quotes_are_for_names_that_need_them() {
    let path: Path = r#""plain"."aws:Tag"."with.dot""#.parse().unwrap();
    assert_eq!(path.to_string(), r#"plain.aws:Tag."with.dot""#);
}
