//! The template language, on templates of its own.

use super::*;
use crate::book::Book;

/// The text of a template for one seed.
fn filled(template: &'static str, seed: u64) -> String {
    let service = Book::open().calls.pick(&mut Dice::new(1)).service;
    let mut out = Vec::new();
    Template::new(template).write(&mut out, &Scene::example(seed, service));
    String::from_utf8(out).expect("templates are UTF-8")
}

#[test]
fn writes_facts() {
    assert_eq!(
        filled("${region}/${account} ${user} ${time}", 1),
        "eu-west-1/111122223333 alice 2024-02-12T06:00:00Z"
    );
    assert_eq!(filled("${caller}", 1), "arn:aws:iam::444455556666:user/alice");
}

#[test]
fn drops_line_breaks_and_keeps_marked_blanks() {
    assert_eq!(filled("a\n    b\n    $_c $LATEST $.x", 1), "ab c $LATEST $.x");
}

#[test]
fn gives_one_hole_one_value() {
    for seed in 0..20 {
        let text = filled("${bucket} ${bucket} ${bucket#2}", seed);
        let words: Vec<&str> = text.split(' ').collect();
        assert_eq!(words[0], words[1]);
    }
    assert!((0..20).any(|seed| {
        let text = filled("${bucket} ${bucket#2}", seed);
        let (first, second) = text.split_once(' ').expect("two words");
        first != second
    }));
}

#[test]
fn draws_known_things_from_one_population() {
    let mut seen: Vec<String> = (0..400)
        .flat_map(|seed| {
            filled("${vpc} ${vpc#2}", seed).split(' ').map(String::from).collect::<Vec<_>>()
        })
        .collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "an account has four of them: {seen:?}");
}

#[test]
fn chooses_and_repeats_within_bounds() {
    let mut lengths: Vec<usize> =
        (0..200).map(|seed| filled("$[1-4:x$]", seed).split(',').count()).collect();
    lengths.sort_unstable();
    lengths.dedup();
    assert_eq!(lengths, [1, 2, 3, 4]);
    let mut choices: Vec<String> = (0..200).map(|seed| filled("$(a$|b${user}$|$)", seed)).collect();
    choices.sort();
    choices.dedup();
    assert_eq!(choices, ["", "a", "balice"]);
}

#[test]
fn gives_lists_with_the_same_bounds_the_same_elements() {
    for seed in 0..50 {
        let text = filled("$[1-6:${instance}$];$[1-6:${instance}$]", seed);
        let (request, response) = text.split_once(';').expect("two lists");
        assert_eq!(request, response);
    }
}

#[test]
fn makes_long_lists_rare() {
    let lengths: Vec<u32> = (0..2_000).map(|seed| times(1, 200, Dice::new(seed))).collect();
    let long = lengths.iter().filter(|length| **length > 100).count();
    assert!(lengths.iter().all(|length| (1..=200).contains(length)));
    // The fifth root of a half is 0.87: an eighth of the draws are beyond the middle.
    assert!((200..320).contains(&long), "{long}");
}

#[test]
#[should_panic(expected = "no hole is called nonsense")]
fn refuses_an_unknown_hole() {
    Template::new("${nonsense}");
}

#[test]
#[should_panic(expected = "unclosed choice")]
fn refuses_an_unclosed_choice() {
    Template::new("$(a$|b");
}
