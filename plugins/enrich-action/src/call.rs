//! The members of a record that say what it did, as they stand there.

use std::borrow::Cow;
use trailmill_stage::event::{Event, Names, Node};

type Text<'e> = Option<Cow<'e, str>>;

/// What a record says about a call.
#[derive(Debug)]
pub(crate) struct Call<'e> {
    pub(crate) name: Cow<'e, str>,
    source: Text<'e>,
    /// How many bytes of the source name the service.
    service: usize,
    pub(crate) read_only: Option<bool>,
    pub(crate) error_code: Text<'e>,
    pub(crate) has_error_message: bool,
    /// What a sign-in event answers under its own name: `Success` or `Failure`.
    pub(crate) sign_in: Text<'e>,
}

/// The service of sign-in events.
const SIGN_IN: &str = "signin";

/// The names of the members that matter.
pub(crate) fn wanted() -> Names {
    let told = ["eventName", "eventSource", "errorCode", "errorMessage", "readOnly"];
    Names::new(told.into_iter().chain(["responseElements"]))
}

impl<'e> Call<'e> {
    /// Reads a record; `None` if it is not about a call.
    pub(crate) fn read(event: &'e Event<'_>, wanted: &Names) -> Option<Self> {
        let [name, source, error_code, error_message, read_only, response] =
            event.root().pick(wanted);
        let source = source.and_then(Node::text);
        let mut call = Call {
            name: name.and_then(Node::text)?,
            service: source.as_deref().map_or(0, service_length),
            source,
            read_only: read_only.and_then(Node::truth),
            error_code: error_code.and_then(Node::text),
            has_error_message: error_message.and_then(Node::text).is_some(),
            sign_in: None,
        };
        if call.service() == SIGN_IN {
            call.sign_in = response.and_then(|node| node.get(&call.name)?.text());
        }
        Some(call)
    }

    /// The service, as `eventSource` has it before its first dot; empty if nobody says.
    pub(crate) fn service(&self) -> &str {
        self.source.as_deref().and_then(|source| source.get(..self.service)).unwrap_or_default()
    }

    /// The name of the call without the version that Lambda and CloudFront put behind it:
    /// `AddPermission20150331v2`, `CreateDistribution2020_05_31`.
    pub(crate) fn plain_name(&self) -> &str {
        let is_version = |rest: &[u8]| match rest {
            [b'2', b'0', tens, ones, next, ..] => {
                let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
                digits && (next.is_ascii_digit() || *next == b'_')
            }
            _ => false,
        };
        let bytes = self.name.as_bytes();
        // All versions end with a digit, and hardly any other name does.
        if !bytes.last().is_some_and(u8::is_ascii_digit) {
            return &self.name;
        }
        let end = (1..bytes.len()).find(|&at| is_version(&bytes[at..])).unwrap_or(bytes.len());
        &self.name[..end]
    }

    /// Whether it is a sign-in to the console, or something on the way there.
    pub(crate) fn is_sign_in(&self) -> bool {
        self.service() == SIGN_IN
    }
}

/// How many bytes precede the first dot.
fn service_length(source: &str) -> usize {
    source.bytes().position(|byte| byte == b'.').unwrap_or(source.len())
}

#[cfg(test)]
mod tests {
    use super::Call;

    #[test]
    fn versions_are_no_part_of_the_name() {
        let cases = [
            ("AddPermission20150331v2", "AddPermission"),
            ("CreateFunction20150331", "CreateFunction"),
            ("CreateDistribution2020_05_31", "CreateDistribution"),
            ("ListObjectsV2", "ListObjectsV2"),
            ("Get2019", "Get2019"),
            ("20150331", "20150331"),
            ("Ünder20150331", "Ünder"),
        ];
        for (name, plain) in cases {
            let call = Call {
                name: name.into(),
                source: None,
                service: 0,
                read_only: None,
                error_code: None,
                has_error_message: false,
                sign_in: None,
            };
            assert_eq!(call.plain_name(), plain);
        }
    }
}
