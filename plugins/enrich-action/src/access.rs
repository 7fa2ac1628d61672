//! Whether a call reads or writes.

use crate::index::Index;
use crate::tables::verbs::VERBS;

/// What a call does to what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// It changes nothing.
    Read,
    /// It may change something.
    Write,
}

impl Access {
    /// Its word in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Access::Read => "read",
            Access::Write => "write",
        }
    }
}

/// The longest verb of the table.
const VERB_MAX: usize = 15;

/// The verbs; made once.
#[derive(Debug)]
pub(crate) struct Verbs {
    rows: Index<(&'static str, Access)>,
}

impl Verbs {
    pub(crate) fn new() -> Self {
        Verbs {
            rows: Index::new(
                VERBS.iter().map(|&(verb, service, access)| (verb, (service, access))),
            ),
        }
    }

    /// The access that the name of a call tells by its verb; `None` if the verb is not known.
    #[inline(never)]
    pub(crate) fn access(&self, service: &str, name: &str) -> Option<Access> {
        // What is done to a batch is what the next word says.
        let name = match name.strip_prefix("Batch") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest,
            _ => name,
        };
        let bytes = name.as_bytes();
        let tail = bytes.iter().skip(1).take_while(|b| b.is_ascii_lowercase()).count();
        let mut verb = [0; VERB_MAX];
        let verb = verb.get_mut(..bytes.len().min(1 + tail))?;
        verb.copy_from_slice(&bytes[..verb.len()]);
        verb.make_ascii_lowercase();
        let rows = || self.rows.get(std::str::from_utf8(verb).unwrap_or_default());
        let mut of_service = rows().filter(|(of, _)| *of == service);
        let found = of_service.next().or_else(|| rows().find(|(of, _)| of.is_empty()));
        found.map(|(_, access)| *access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order() {
        assert!(VERBS.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
        assert!(VERBS.iter().all(|row| row.0.len() <= VERB_MAX));
        assert!(VERBS.iter().any(|row| row.0.len() == VERB_MAX - 3));
    }

    #[test]
    fn verbs_tell_the_access() {
        use Access::{Read, Write};
        let cases = [
            ("iam", "GetUser", Some(Read)),
            ("dynamodb", "BatchGetItem", Some(Read)),
            ("dynamodb", "BatchWriteItem", Some(Write)),
            ("kms", "ReEncrypt", Some(Read)),
            ("kms", "Sign", Some(Read)),
            ("signer", "SignPayload", Some(Write)),
            ("ses", "VerifyEmailIdentity", Some(Write)),
            ("kms", "GenerateDataKey", Some(Read)),
            ("iam", "GenerateCredentialReport", Some(Write)),
            ("lambda", "Invoke", Some(Write)),
            ("bedrock", "InvokeModel", Some(Read)),
            ("batch", "SubmitJob", Some(Write)),
            ("x", "listThings", Some(Read)),
            ("x", "", None),
            ("x", "Batch", None),
            ("x", "Frobnicate", None),
            ("x", "Averylongverbthatnobodyhas", None),
            ("x", "Ünder", None),
            ("x", "Getting", None),
        ];
        let verbs = Verbs::new();
        for (service, name, access) in cases {
            assert_eq!(verbs.access(service, name), access, "{name}");
        }
    }
}
