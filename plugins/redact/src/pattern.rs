//! Patterns of paths: `requestParameters.**.tags.*`.

use crate::place::Step;

/// A pattern that paths are compared with; elements of arrays are no steps of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    steps: Vec<Want>,
}

/// What one part of a pattern stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Want {
    /// A name, in whatever case.
    Name(String),
    /// Any one name.
    Any,
    /// Any names, or none.
    Deep,
}

impl Pattern {
    /// Reads a pattern: names joined by dots, `*` for any name, `**` for any number of names;
    /// `[]` and `[*]` behind a name say that it is a list, and mean nothing more.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let name = part.trim_end_matches("[]").trim_end_matches("[*]");
            steps.push(match name {
                "" => return Err("a path has a name between any two dots".to_owned()),
                "**" => Want::Deep,
                "*" => Want::Any,
                _ if name.ends_with(']') && part == name => {
                    return Err("a rule is for all elements of a list: write `[]`".to_owned());
                }
                _ if name.contains('*') => {
                    return Err("`*` stands for a whole name, `**` for several".to_owned());
                }
                _ => Want::Name(name.to_owned()),
            });
        }
        Ok(Pattern { steps })
    }

    /// A pattern of one name, at any depth.
    pub(crate) fn below(parent: &str, leaf: &str) -> Self {
        let name = |name: &str| Want::Name(name.to_owned());
        Pattern { steps: vec![Want::Deep, name(parent), name(leaf)] }
    }

    /// A pattern of a top-level member.
    pub(crate) fn below_top(name: &str) -> Self {
        Pattern { steps: vec![Want::Name(name.to_owned())] }
    }

    /// The last name in it, behind which there are only stars; `None` if there are only stars.
    pub(crate) fn last_name(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Want::Name(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The pattern up to its last name, and how many names further in is what it means: none for
    /// `a.b`, one for `a.b.*` and `a.b.**`.
    pub(crate) fn split(self) -> (Self, usize) {
        let is_name = |step: &Want| matches!(step, Want::Name(_));
        let names = self.steps.iter().rposition(is_name).map_or(0, |at| at + 1);
        let stars = &self.steps[names..];
        let any = stars.iter().filter(|step| **step == Want::Any).count();
        let inside = if stars.is_empty() { 0 } else { any.max(1) };
        (Pattern { steps: self.steps[..names].to_vec() }, inside)
    }

    /// Whether a path, outermost step first, is one of those that it stands for.
    pub(crate) fn is_like(&self, path: &[Step<'_>]) -> bool {
        let names: smallvec::SmallVec<[&Step<'_>; 16]> =
            path.iter().filter(|step| !matches!(step, Step::Element)).collect();
        // The usual way to compare with stars: come back to the last one, one name further.
        let (mut want, mut name) = (0, 0);
        let mut back = None;
        while name < names.len() {
            match self.steps.get(want) {
                Some(Want::Deep) => {
                    back = Some((want, name));
                    want += 1;
                }
                Some(Want::Any) => (want, name) = (want + 1, name + 1),
                Some(Want::Name(wanted)) if names[name].is(wanted) => {
                    (want, name) = (want + 1, name + 1);
                }
                _ => {
                    let Some((star, at)) = back else { return false };
                    (want, name) = (star + 1, at + 1);
                    back = Some((star, at + 1));
                }
            }
        }
        self.steps[want..].iter().all(|step| *step == Want::Deep)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(pattern: &str, path: &str) -> bool {
        let steps: Vec<Step<'_>> = path
            .split('.')
            .map(|name| if name == "[]" { Step::Element } else { Step::name(name.as_bytes()) })
            .collect();
        Pattern::read(pattern).unwrap().is_like(&steps)
    }

    #[test]
    fn stars_stand_for_names() {
        for (pattern, path) in [
            ("a.b", "a.b"),
            ("A.b", "a.B"),
            ("a.*.c", "a.x.c"),
            ("a.**.c", "a.c"),
            ("a.**.c", "a.x.y.c.c"),
            ("**.c", "c"),
            ("**.b.c", "a.b.b.c"),
            ("a[].b", "a.[].b"),
            ("a.b", "a.[].[].b"),
            ("a.**", "a"),
        ] {
            assert!(is_like(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("a.b", "a"), ("a", "a.b"), ("a.*", "a"), ("a.*", "a.b.c"), ("**.c", "a.b")]
        {
            assert!(!is_like(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn what_follows_the_last_name() {
        let inside = |text: &str| Pattern::read(text).unwrap().split().1;
        assert_eq!(inside("a.*.b"), 0);
        assert_eq!(inside("a.*"), 1);
        assert_eq!(inside("a.*.*"), 2);
        assert_eq!(inside("a.**"), 1);
        assert_eq!(inside("**"), 1);
    }

    #[test]
    fn bad_patterns_are_told() {
        for text in ["", "a.", ".a", "a..b", "a[0]", "a*"] {
            assert!(Pattern::read(text).is_err(), "{text}");
        }
    }
}
