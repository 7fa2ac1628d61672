//! Takes apart principal ids: `AROAIDPPEZS35WEXAMPLE:session-name`.
//!
//! The page "CloudTrail userIdentity element" of the CloudTrail user guide: with temporary
//! credentials the id includes the name of the session.

use nom::bytes::complete::take_till1;
use nom::character::complete::char;
use nom::combinator::{opt, rest, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// A principal id in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrincipalId<'a> {
    /// The unique id of the principal, or the account of a root user.
    pub(crate) id: &'a str,
    /// The name of the session.
    pub(crate) session: Option<&'a str>,
}

impl<'a> PrincipalId<'a> {
    /// The id that a text is; everything but a text that begins with a colon is one.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        principal_id(text).ok().map(|(_, id)| id)
    }
}

fn principal_id(text: &str) -> IResult<&str, PrincipalId<'_>> {
    let session = preceded(char(':'), verify(rest, |name: &str| !name.is_empty()));
    let (text, (id, session)) = (take_till1(|c| c == ':'), opt(session)).parse(text)?;
    Ok((text, PrincipalId { id, session }))
}

#[cfg(test)]
mod tests {
    use super::PrincipalId;

    #[test]
    fn sessions_stand_behind_the_colon() {
        let of = |text| PrincipalId::parse(text).map(|parsed| (parsed.id, parsed.session));
        assert_eq!(of("AIDAJ45Q7YFFAREXAMPLE"), Some(("AIDAJ45Q7YFFAREXAMPLE", None)));
        assert_eq!(of("AROA:alice@example.com"), Some(("AROA", Some("alice@example.com"))));
        assert_eq!(of("AROA:a:b"), Some(("AROA", Some("a:b"))));
        assert_eq!(of("AROA:"), Some(("AROA", None)));
        assert_eq!(of(":alice"), None);
        assert_eq!(of(""), None);
    }
}
