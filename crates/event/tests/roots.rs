//! Members of a record by name, wherever and however long the names are, escaped or not.

use proptest::prelude::*;
use trailmill_event::{Batch, Names, Source};

/// The numbers that the members of that name hold, by both ways to find them.
fn found(record: &str, name: &str) -> [Option<i64>; 2] {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).expect("JSON");
    let event = batch.event(0);
    let [picked] = event.root().pick(&Names::new([name]));
    [picked, event.root().get(name)].map(|node| node.and_then(|node| node.as_i64()))
}

#[test]
fn names_are_found_whatever_their_length_and_escapes() {
    for length in 0..40 {
        let name: String = ('a'..='z').cycle().take(length).collect();
        let record = format!("{{\"x\":0,\"{name}\" : 1,\"y\":{{}}}}");
        assert_eq!(found(&record, &name), [Some(1); 2], "{record}");
        for at in 0..length {
            let escaped =
                format!("{}\\u00{:x}{}", &name[..at], name.as_bytes()[at], &name[at + 1..]);
            let record = format!("{{\"x\":[0],\"{escaped}\":2,\"y\":0}}");
            assert_eq!(found(&record, &name), [Some(2); 2], "{record}");
            let record = format!("{{\"{name}\":1,\"{escaped}\":2}}");
            assert_eq!(found(&record, &name), [Some(2); 2], "{record}");
            let other = format!("{}Z{}", &name[..at], &name[at + 1..]);
            let record = format!("{{\"{name}\":1,\"{other}\":2}}");
            assert_eq!(found(&record, &name), [Some(1); 2], "{record}");
            assert_eq!(found(&record, &other), [Some(2); 2], "{record}");
            assert_eq!(found(&format!("{{\"{name}\":1}}"), &other), [None; 2], "{record}");
        }
    }
}

#[test]
fn of_many_members_each_is_found() {
    for count in [1, 63, 64, 65, 300] {
        let members: Vec<String> = (0..count).map(|n| format!("\"member{n}\":{n}")).collect();
        let record = format!("{{{}}}", members.join(","));
        for n in 0..count {
            assert_eq!(found(&record, &format!("member{n}")), [Some(n); 2], "{n} of {count}");
        }
        assert_eq!(found(&record, "member"), [None; 2]);
    }
}

/// A name by its number: short ones, some that differ in the middle only, some that are too long to
/// be learned.
fn name(number: usize) -> String {
    match number % 4 {
        0 => format!("m{number}"),
        1 => format!("the same {number:03} at both ends"),
        2 => format!("member {number}"),
        _ => format!("a name that is longer than most {number:03} names"),
    }
}

/// The number of a name, and whether it is written with an escape.
fn member(numbers: usize) -> impl Strategy<Value = (usize, bool)> {
    (0..numbers, prop::bool::weighted(0.02))
}

/// Records of some length, of names from a pool of some size.
fn records() -> impl Strategy<Value = Vec<Vec<(usize, bool)>>> {
    let records = |numbers| prop::collection::vec(prop::collection::vec(member(numbers), 0..30), 9);
    prop_oneof![records(12), records(60), records(400)].prop_flat_map(|records| {
        // Some come again, so that there is something to expect.
        let again = prop::collection::vec(0..records.len(), 12);
        again.prop_map(move |again| {
            let repeated = again.iter().map(|&number| records[number].clone());
            records.iter().cloned().chain(repeated).collect()
        })
    })
}

proptest! {
    #[test]
    fn what_was_met_before_makes_no_difference(records in records(), blank in any::<bool>()) {
        let blank = if blank { " " } else { "" };
        let line = |record: &Vec<(usize, bool)>| {
            let member = |(value, &(number, is_escaped)): (usize, &(usize, bool))| {
                let name = match is_escaped {
                    true => name(number).replace('m', "\\u006d"),
                    false => name(number),
                };
                format!("{blank}\"{name}\"{blank}:{blank}{value}{blank}")
            };
            let members: Vec<String> = record.iter().enumerate().map(member).collect();
            format!("{{{}}}\n", members.join(","))
        };
        let text: String = records.iter().map(line).collect();
        let mut batch = Batch::new();
        batch.load_lines(text.as_bytes(), Source::default()).expect("JSON");
        for (at, record) in records.iter().enumerate() {
            let event = batch.event(at);
            for number in record.iter().map(|(number, _)| *number).chain([0, 1, 2, 3, 7, 9]) {
                let last = record.iter().rposition(|(other, _)| *other == number);
                let name = name(number);
                let [picked] = event.root().pick(&Names::new([name.as_str()]));
                for node in [picked, event.root().get(&name)] {
                    let value = node.and_then(|node| node.as_i64());
                    prop_assert_eq!(value, last.map(|last| last as i64), "{} in {}", name, at);
                }
            }
        }
    }
}
