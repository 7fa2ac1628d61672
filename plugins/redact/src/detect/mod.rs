//! Detectors: what secrets and personal data look like in any text.
//!
//! A detector finds the range of a text that has to go, and no more: of a connection string the
//! password. All are anchored, so that ARNs of secrets, tokens for paging and idempotence, and
//! `x-amz-id-2` are left alone.

mod aws;
mod credentials;
mod network;
mod people;

pub(crate) use aws::id_prefix;
use std::ops::Range;

/// Something to be found in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detector {
    /// An access key id or the id of a principal: `AKIA` and 16 characters.
    AccessKeyId,
    /// A session token of STS.
    SessionToken,
    /// The message of a refused call that `DecodeAuthorizationMessage` reads.
    AuthorizationMessage,
    /// A private key in PEM.
    PrivateKey,
    /// A certificate in PEM.
    Certificate,
    /// A JSON web token.
    Jwt,
    /// A token behind `Bearer`.
    Bearer,
    /// A password in a URL or behind `password=`, a secret key behind `secret_access_key=`.
    ConnectionString,
    /// Who acts, in the ARN or id of a user or session: the name of the session or user.
    Principal,
    /// An e-mail address.
    Email,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A telephone number with `+`.
    Phone,
    /// An ARN.
    Arn,
    /// The id of an account: 12 digits.
    AccountId,
}

/// All detectors by their names in settings, in the order in which they are documented.
pub(crate) const DETECTORS: &[(&str, Detector)] = &[
    ("access-key-id", Detector::AccessKeyId),
    ("session-token", Detector::SessionToken),
    ("authorization-message", Detector::AuthorizationMessage),
    ("private-key", Detector::PrivateKey),
    ("certificate", Detector::Certificate),
    ("jwt", Detector::Jwt),
    ("bearer-token", Detector::Bearer),
    ("connection-string", Detector::ConnectionString),
    ("principal-name", Detector::Principal),
    ("email", Detector::Email),
    ("ipv4", Detector::Ipv4),
    ("ipv6", Detector::Ipv6),
    ("phone", Detector::Phone),
    ("arn", Detector::Arn),
    ("account-id", Detector::AccountId),
];

impl Detector {
    /// Its name in settings.
    pub(crate) fn name(self) -> &'static str {
        DETECTORS.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// The first range of the text from a byte on that has to go; never empty.
    pub(crate) fn find(self, text: &str, from: usize) -> Option<Range<usize>> {
        match self {
            Detector::AccessKeyId => aws::access_key_id(text, from),
            Detector::SessionToken => aws::session_token(text, from),
            Detector::AuthorizationMessage => aws::authorization_message(text, from),
            Detector::PrivateKey => credentials::pem(text, from, "PRIVATE KEY"),
            Detector::Certificate => credentials::pem(text, from, "CERTIFICATE"),
            Detector::Jwt => credentials::jwt(text, from),
            Detector::Bearer => credentials::bearer(text, from),
            Detector::ConnectionString => credentials::connection_string(text, from),
            Detector::Principal => aws::principal(text, from),
            Detector::Email => people::email(text, from),
            Detector::Ipv4 => network::ipv4(text, from),
            Detector::Ipv6 => network::ipv6(text, from),
            Detector::Phone => people::phone(text, from),
            Detector::Arn => aws::arn(text, from),
            Detector::AccountId => aws::account_id(text, from),
        }
    }

    /// What has to be in the text, unescaped, wherever it finds something; three characters at
    /// least, the first three of them rare.
    pub(crate) fn needles(self) -> &'static [Needle] {
        match self {
            Detector::AccessKeyId => aws::KEY_NEEDLES,
            Detector::SessionToken => aws::TOKEN_NEEDLES,
            Detector::AuthorizationMessage => aws::MESSAGE_NEEDLES,
            Detector::PrivateKey | Detector::Certificate => credentials::PEM_NEEDLES,
            Detector::Jwt => credentials::JWT_NEEDLES,
            Detector::Bearer => credentials::BEARER_NEEDLES,
            Detector::ConnectionString => credentials::PASSWORD_NEEDLES,
            Detector::Principal => aws::PRINCIPAL_NEEDLES,
            Detector::Arn => aws::ARN_NEEDLES,
            // These have anchors of their own.
            Detector::Email
            | Detector::Ipv4
            | Detector::Ipv6
            | Detector::Phone
            | Detector::AccountId => &[],
        }
    }
}

/// A text that is looked for in records, in whatever case, and a quick look at what follows it
/// there: whether that can be the beginning of anything. The text of the record is escaped as JSON
/// has it.
pub(crate) type Needle = (&'static str, fn(&[u8]) -> bool);

/// For needles that are rare enough.
fn anything(_: &[u8]) -> bool {
    true
}

/// Whether a byte may be part of a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether no word reaches over the beginning of `range` or over its end.
fn stands_alone(text: &[u8], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).and_then(|at| text.get(at));
    let behind = text.get(range.end);
    !before.is_some_and(|&byte| is_word(byte)) && !behind.is_some_and(|&byte| is_word(byte))
}

/// How many bytes from `from` on are of a kind.
fn run(text: &[u8], from: usize, is_of: impl Fn(u8) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.iter().position(|&byte| !is_of(byte)).unwrap_or(rest.len())
}

/// The places from `from` on at which a text stands.
fn places<'t>(
    text: &'t [u8],
    wanted: &'t [u8],
    from: usize,
) -> impl Iterator<Item = usize> + use<'t> {
    // Texts are short here: setting up something cleverer takes longer than this.
    let first = wanted.first().copied().unwrap_or_default();
    let rest = text.get(from..).unwrap_or_default();
    let starts = memchr::memchr_iter(first, rest).map(move |at| at + from);
    starts.filter(move |at| text[*at..].starts_with(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each detector finds in a text that holds one of everything.
    pub(super) fn found(detector: Detector, text: &str) -> Vec<&str> {
        let (mut from, mut found) = (0, Vec::new());
        while let Some(range) = detector.find(text, from) {
            assert!(range.start >= from && range.start < range.end, "{detector:?} {range:?}");
            found.push(&text[range.clone()]);
            from = range.end;
        }
        found
    }

    #[test]
    fn needles_are_long_enough() {
        for (_, detector) in DETECTORS {
            assert!(detector.needles().iter().all(|(needle, _)| needle.len() >= 3));
        }
    }

    #[test]
    fn false_friends_are_left_alone() {
        for text in [
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/password-AbCdEf",
            "eyJ2ZXJzaW9uIjoiMyIsInBhZ2UiOjJ9eyJ4eXoiOiJhYmNkZWZnaGlqa2xtbm9wIn0=",
            "+bSUB3gk7LqX9mRvTz0aaaBBBcccDDDeeeFFFgggHHHiiiJJJ=",
            "UpdateAssumeRolePolicyAndMoreLettersTo40x",
            "d290f1ee-6c54-4b01-90e6-d701748f0851",
            "aws-cli/1.16.312 Python/2.7.16 Linux/4.14.154 botocore/1.13.48",
            "https://docs.aws.amazon.com/a?b=c:d",
            "s3://bucket/key",
            "2023-07-10T12:05:33Z",
            "Passwords have to be longer",
            "passwordResetRequired",
        ] {
            for (name, detector) in DETECTORS {
                let is_meant = matches!(detector, Detector::Arn | Detector::AccountId);
                assert!(is_meant || found(*detector, text).is_empty(), "{name} in {text}");
            }
        }
    }
}
