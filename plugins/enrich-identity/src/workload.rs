//! The instance or function that a role session belongs to.

use crate::arn::Arn;
use memchr::memmem::Finder;

/// What runs with the credentials of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Workload<'a> {
    /// Its word in the vocabulary.
    pub(crate) kind: &'static str,
    /// The id of the instance, or the name of the function.
    pub(crate) id: Option<&'a str>,
    /// Its ARN, where the record says it.
    pub(crate) arn: Option<&'a str>,
}

impl<'a> Workload<'a> {
    /// What `inScopeOf` names: CloudTrail's own word, so it goes first.
    ///
    /// The member and `AWS::Lambda::Function` are from the page "CloudTrail userIdentity element"
    /// of the CloudTrail user guide.
    pub(crate) fn in_scope(arn: Option<&'a str>, kind: Option<&'a str>) -> Option<Self> {
        let resource = arn.and_then(Arn::parse).map(|arn| arn.resource);
        Some(match kind {
            Some("AWS::Lambda::Function") => {
                Workload { kind: FUNCTION, id: resource.and_then(function), arn }
            }
            Some("AWS::EC2::Instance") => {
                let id = resource.and_then(|resource| resource.strip_prefix("instance/"));
                Workload { kind: INSTANCE, id, arn }
            }
            _ => Workload { kind: "aws-resource", id: None, arn: Some(arn?) },
        })
    }

    /// What the name of a session gives away.
    ///
    /// EC2 names the session of an instance profile after the instance: so are nearly all sessions
    /// in real records whose `ec2RoleDelivery` says that they come from an instance. Who takes on
    /// a role may choose such a name, too, so this is a strong hint and no proof.
    pub(crate) fn of_session(session: &'a str) -> Option<Self> {
        let id = session.strip_prefix("i-")?;
        let is_id = (8..=17).contains(&id.len()) && is_hex(id);
        is_id.then_some(Workload { kind: INSTANCE, id: Some(session), arn: None })
    }

    /// The function of a session whose user agent tells that there is one: Lambda names the
    /// sessions of its functions after them, as real records show.
    pub(crate) fn function(session: &'a str) -> Self {
        Workload { kind: FUNCTION, id: Some(session), arn: None }
    }
}

const INSTANCE: &str = "ec2-instance";
const FUNCTION: &str = "lambda-function";

/// Tells whether a user agent runs in a function: SDKs tell their environment.
///
/// Lambda sets `AWS_EXECUTION_ENV` to the runtime behind `AWS_Lambda_` (Lambda developer guide,
/// "Using Lambda environment variables"), which SDKs send as `exec-env/...`.
#[derive(Debug)]
pub(crate) struct Functions {
    environment: Finder<'static>,
}

impl Functions {
    const ENVIRONMENT: &[u8] = b"exec-env/";

    pub(crate) fn new() -> Self {
        Functions { environment: Finder::new(Self::ENVIRONMENT) }
    }

    /// Whether a user agent, as it stands in the record, tells so.
    pub(crate) fn has(&self, agent: &[u8]) -> bool {
        let at = self.environment.find(agent);
        at.is_some_and(|at| agent[at + Self::ENVIRONMENT.len()..].starts_with(b"AWS_Lambda_"))
    }
}

/// The name of a function in the last part of its ARN, without its version: `function:mill:3`.
fn function(resource: &str) -> Option<&str> {
    resource.strip_prefix("function:")?.split(':').next().filter(|name| !name.is_empty())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_are_known_by_their_session() {
        for id in ["i-0123456789abcdef0", "i-1a2b3c4d"] {
            let expected = Workload { kind: "ec2-instance", id: Some(id), arn: None };
            assert_eq!(Workload::of_session(id), Some(expected));
        }
        for name in ["", "i-", "i-am-alice", "i-123", "i-0123456789abcdef01", "alice"] {
            assert_eq!(Workload::of_session(name), None, "{name}");
        }
    }

    #[test]
    fn functions_are_known_by_their_environment() {
        let function = Workload { kind: "lambda-function", id: Some("mill"), arn: None };
        assert_eq!(Workload::function("mill"), function);
        let functions = Functions::new();
        assert!(functions.has(b"Boto3/1.34 md/Botocore exec-env/AWS_Lambda_python3.12 cfg/retry"));
        for agent in [
            "aws-sdk-java/2 exec-env/AWS_ECS_FARGATE",
            "aws-cli/2.15 exec-env/CloudShell",
            "AWS_Lambda_python3.12",
            "exec-env/",
            "",
        ] {
            assert!(!functions.has(agent.as_bytes()), "{agent}");
        }
    }

    #[test]
    fn scopes_name_functions_without_their_version() {
        let arn = "arn:aws-cn:lambda:cn-north-1:111122223333:function:mill:3";
        let found = Workload::in_scope(Some(arn), Some("AWS::Lambda::Function")).unwrap();
        assert_eq!((found.kind, found.id, found.arn), ("lambda-function", Some("mill"), Some(arn)));
        let other = Workload::in_scope(Some(arn), Some("AWS::Other::Thing")).unwrap();
        assert_eq!((other.kind, other.id, other.arn), ("aws-resource", None, Some(arn)));
        assert_eq!(Workload::in_scope(None, None), None);
    }
}
