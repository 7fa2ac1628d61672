//! Takes apart the ARNs of principals, whatever their partition.
//!
//! The forms are those of the IAM user guide, "IAM identifiers" and "AWS JSON policy elements:
//! Principal": `arn:aws:iam::111122223333:user/path/alice`,
//! `arn:aws-cn:sts::111122223333:assumed-role/admin/alice`.

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
        let rest = text.strip_prefix("arn:")?;
        let (partition, rest) = cut(rest, b':')?;
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !partition.starts_with("aws") || !partition.bytes().all(is_name) {
            return None;
        }
        let (_service, rest) = cut(rest, b':')?;
        let (_region, rest) = cut(rest, b':')?;
        let (account, resource) = cut(rest, b':')?;
        Some(Arn { partition, account, resource })
    }

    /// The principal that it names, if it names one.
    pub(crate) fn principal(self) -> Option<Principal<'a>> {
        if self.resource == "root" {
            return Some(Principal::Root);
        }
        // Paths begin with the slash behind the kind, so that the root path is `/`.
        let is_slash = |&byte: &u8| byte == b'/';
        let (kind, rest) =
            self.resource.split_at(self.resource.bytes().position(|b| is_slash(&b))?);
        let (path, name) = rest.split_at(rest.as_bytes().iter().rposition(is_slash)? + 1);
        if name.is_empty() {
            return None;
        }
        match kind {
            "user" => Some(Principal::User { path, name }),
            "role" => Some(Principal::Role { path, name }),
            "federated-user" => Some(Principal::Federated { name }),
            "assumed-role" => {
                let role = path.trim_matches('/');
                (!role.is_empty()).then_some(Principal::Session { role, session: name })
            }
            _ => None,
        }
    }
}

/// What precedes the first of a byte that is ASCII, and what follows it.
#[inline]
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..end)?, text.get(end + 1..)?))
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
