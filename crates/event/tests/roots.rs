//! Members of a record by name, wherever and however long the names are, escaped or not.

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
