//! Takes apart the ARNs of principals, whatever their partition.
//!
//! The forms are those of the IAM user guide, "IAM identifiers" and "AWS JSON policy elements:
//! Principal": `arn:aws:iam::111122223333:user/path/alice`,
//! `arn:aws-cn:sts::111122223333:assumed-role/admin/alice`.

use nom::bytes::complete::{tag, take_till, take_while1};
use nom::character::complete::char;
use nom::combinator::rest;
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// An ARN in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, `aws-iso` ...: any that begins with `aws`.
    pub(crate) partition: &'a str,
    /// Empty for resources that belong to no account.
    pub(crate) account: &'a str,
    /// What stands behind the fifth colon: `user/alice`.
    pub(crate) resource: &'a str,
}

/// Whom the ARN of a principal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Principal<'a> {
    /// The root user of an account.
    Root,
    /// An IAM user; the path has a slash at both ends.
    User { path: &'a str, name: &'a str },
    /// An IAM role.
    Role { path: &'a str, name: &'a str },
    /// A session of a role. Its ARN does not have the path of the role.
    Session { role: &'a str, session: &'a str },
    /// A session that `GetFederationToken` has made.
    Federated { name: &'a str },
}

impl<'a> Arn<'a> {
    /// The ARN that a text is.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        Arn::common(text).or_else(|| Arn::any(text))
    }

    /// The ARN that a text is if it is one of IAM or STS in the partition `aws`, as nearly all are:
    /// all of its parts but the last then have their places.
    #[inline]
    fn common(text: &'a str) -> Option<Self> {
        let service = text.strip_prefix("arn:aws:")?;
        let rest = service.strip_prefix("sts::").or_else(|| service.strip_prefix("iam::"))?;
        let digits = rest.as_bytes().first_chunk::<13>()?;
        let is_account = digits[..12].iter().fold(true, |all, byte| all & byte.is_ascii_digit());
        if !is_account || digits[12] != b':' {
            return None;
        }
        Some(Arn { partition: "aws", account: rest.get(..12)?, resource: rest.get(13..)? })
    }

    fn any(text: &'a str) -> Option<Self> {
        arn(text).ok().map(|(_, arn)| arn)
    }

    /// The principal that it names, if it names one.
    pub(crate) fn principal(self) -> Option<Principal<'a>> {
        if self.resource == "root" {
            return Some(Principal::Root);
        }
        // Paths begin with the slash behind the kind, so that the root path is `/`.
        let split = |rest: &'a str| -> Option<(&'a str, &'a str)> {
            let name = rest.bytes().rposition(|byte| byte == b'/')? + 1;
            (rest.starts_with('/') && name < rest.len()).then(|| rest.split_at(name))
        };
        if let Some(rest) = self.resource.strip_prefix("assumed-role") {
            let (path, session) = split(rest)?;
            let role = path.trim_matches('/');
            return (!role.is_empty()).then_some(Principal::Session { role, session });
        }
        let of = |kind| self.resource.strip_prefix(kind).and_then(split);
        let user = of("user").map(|(path, name)| Principal::User { path, name });
        let role = || of("role").map(|(path, name)| Principal::Role { path, name });
        let federated = || of("federated-user").map(|(_, name)| Principal::Federated { name });
        user.or_else(role).or_else(federated)
    }
}

fn arn(text: &str) -> IResult<&str, Arn<'_>> {
    let (text, _) = tag("arn:").parse(text)?;
    let (text, partition) = terminated(partition, char(':')).parse(text)?;
    let (text, _service) = field(text)?;
    let (text, _region) = field(text)?;
    let (text, account) = field(text)?;
    let (text, resource) = rest.parse(text)?;
    Ok((text, Arn { partition, account, resource }))
}

fn partition(text: &str) -> IResult<&str, &str> {
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    nom::combinator::verify(take_while1(name), |name: &str| name.starts_with("aws")).parse(text)
}

/// A part that may be empty, up to its colon.
fn field(text: &str) -> IResult<&str, &str> {
    terminated(take_till(|c| c == ':'), char(':')).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(text: &str) -> Option<Principal<'_>> {
        Arn::parse(text)?.principal()
    }

    #[test]
    fn parts_are_found_in_any_partition() {
        for partition in ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc"] {
            let text = format!("arn:{partition}:iam::111122223333:user/alice");
            let expected = Arn { partition, account: "111122223333", resource: "user/alice" };
            assert_eq!(Arn::parse(&text), Some(expected));
        }
        let lambda = Arn::parse("arn:aws:lambda:us-east-1:111122223333:function:mill:3").unwrap();
        assert_eq!(lambda.resource, "function:mill:3");
    }

    #[test]
    fn common_arns_are_read_as_any_are() {
        let accounts = ["111122223333", "11112222333", "1111222233334", "11112222333x", "", "é"];
        for (service, account) in
            ["iam", "sts", "s3"].into_iter().flat_map(|s| accounts.map(|account| (s, account)))
        {
            for resource in ["", "user/alice", "a:b:c", "é", ":"] {
                let text = format!("arn:aws:{service}::{account}:{resource}");
                assert_eq!(Arn::parse(&text), Arn::any(&text), "{text}");
                assert_eq!(Arn::parse(&text).unwrap().resource, resource, "{text}");
            }
        }
    }

    #[test]
    fn principals_are_told_apart() {
        let cases = [
            ("root", Principal::Root),
            ("user/alice", Principal::User { path: "/", name: "alice" }),
            ("user/a/b/alice", Principal::User { path: "/a/b/", name: "alice" }),
            ("role/admin", Principal::Role { path: "/", name: "admin" }),
            (
                "role/aws-service-role/x.amazonaws.com/R",
                Principal::Role { path: "/aws-service-role/x.amazonaws.com/", name: "R" },
            ),
            ("assumed-role/admin/alice", Principal::Session { role: "admin", session: "alice" }),
            ("federated-user/bob", Principal::Federated { name: "bob" }),
        ];
        for (resource, expected) in cases {
            let text = format!("arn:aws:iam::111122223333:{resource}");
            assert_eq!(principal(&text), Some(expected), "{resource}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "arn", "arn:aws", "arn:aws:iam::1", "arn***/a/b", "arn:gcp:iam::1:root"] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
        for resource in ["", "user", "user/", "group/g", "assumed-role/r", "assumed-role//s/"] {
            assert_eq!(principal(&format!("arn:aws:iam::1:{resource}")), None, "{resource}");
        }
    }
}
