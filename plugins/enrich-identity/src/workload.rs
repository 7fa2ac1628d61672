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

    /// What the name of a session means, given the user agent: SDKs tell their environment.
    ///
    /// Lambda sets `AWS_EXECUTION_ENV` to the runtime behind `AWS_Lambda_` (Lambda developer
    /// guide, "Using Lambda environment variables"), which SDKs send as `exec-env/...`, and names
    /// the sessions of its functions after them, as real records show.
    pub(crate) fn of_agent(session: &'a str, agent: &[u8], finder: &Finder<'_>) -> Option<Self> {
        let at = finder.find(agent)? + ENVIRONMENT.len();
        let id = Some(session);
        let is_function = agent[at..].starts_with(b"AWS_Lambda_");
        is_function.then_some(Workload { kind: FUNCTION, id, arn: None })
    }
}

const INSTANCE: &str = "ec2-instance";
const FUNCTION: &str = "lambda-function";
const ENVIRONMENT: &[u8] = b"exec-env/";

/// Finds where a user agent tells its environment; made once.
pub(crate) fn environment_finder() -> Finder<'static> {
    Finder::new(ENVIRONMENT)
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
        let of = |session, agent: &str| {
            let finder = environment_finder();
            Workload::of_agent(session, agent.as_bytes(), &finder).map(|workload| workload.kind)
        };
        let lambda = "Boto3/1.34 md/Botocore exec-env/AWS_Lambda_python3.12 cfg/retry";
        assert_eq!(of("mill", lambda), Some("lambda-function"));
        assert_eq!(of("alice", "aws-sdk-java/2 exec-env/AWS_ECS_FARGATE"), None);
        assert_eq!(of("alice", "aws-cli/2.15 exec-env/CloudShell"), None);
        assert_eq!(of("alice", "AWS_Lambda_python3.12"), None);
        assert_eq!(of("alice", "exec-env/"), None);
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
