//! The names of what records travel in, as paths: `sqs/sns/s3-log-file`, outermost first.

use std::sync::{Mutex, PoisonError};

/// What the records of one text are said to travel in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paths {
    /// What the text itself travels in; empty for the text of an input.
    pub(crate) around: &'static str,
    /// Documents that are records: one, or many in a row.
    pub(crate) bare: &'static str,
    /// Elements of `{"Records": [...]}`.
    pub(crate) log_file: &'static str,
    /// Elements of an array.
    pub(crate) array: &'static str,
    /// The `detail` of an EventBridge envelope.
    pub(crate) event_bridge: &'static str,
}

impl Paths {
    /// For the text of an input.
    pub(crate) const TOP: Paths = Paths {
        around: "",
        bare: "json",
        log_file: "s3-log-file",
        array: "json-array",
        event_bridge: "eventbridge",
    };

    /// For a text that travels in `name` inside what this text travels in.
    fn inside(self, name: &'static str) -> Paths {
        let around = join(self.around, name);
        Paths {
            around,
            bare: around,
            log_file: join(around, "s3-log-file"),
            array: around,
            event_bridge: join(around, "eventbridge"),
        }
    }
}

/// The paths met in one input, so that each is put together once.
#[derive(Debug, Default)]
pub(crate) struct KnownPaths {
    known: Vec<(&'static str, &'static str, Paths)>,
}

impl KnownPaths {
    /// The paths of a text that travels in `name` inside `outer`.
    pub(crate) fn inside(&mut self, outer: Paths, name: &'static str) -> Paths {
        let met = self.known.iter().find(|(o, n, _)| *o == outer.around && *n == name);
        if let Some((_, _, paths)) = met {
            return *paths;
        }
        let paths = outer.inside(name);
        self.known.push((outer.around, name, paths));
        paths
    }
}

/// How many paths are put together at most; a longer list would be someone's play, and paths from
/// then on are the innermost name alone.
const JOINED_MAX: usize = 1024;

fn join(outer: &'static str, name: &'static str) -> &'static str {
    static JOINED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    if outer.is_empty() {
        return name;
    }
    let path = format!("{outer}/{name}");
    let mut joined = JOINED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = joined.iter().find(|known| **known == path) {
        return known;
    }
    if joined.len() == JOINED_MAX {
        return name;
    }
    // A source names its container with a text that lives for ever. There are few of them: the
    // names are a handful, and packages nest four deep at most.
    let path: &'static str = path.leak();
    joined.push(path);
    path
}

#[cfg(test)]
mod tests {
    use super::{KnownPaths, Paths};

    #[test]
    fn paths_name_the_outermost_first_and_are_put_together_once() {
        let mut known = KnownPaths::default();
        let sqs = known.inside(Paths::TOP, "sqs");
        let sns = known.inside(sqs, "sns");
        assert_eq!((sqs.bare, sqs.log_file), ("sqs", "sqs/s3-log-file"));
        assert_eq!((sns.bare, sns.event_bridge), ("sqs/sns", "sqs/sns/eventbridge"));
        let again = KnownPaths::default().inside(sqs, "sns");
        assert!(std::ptr::eq(again.bare, sns.bare));
    }
}
