//! How calls fail: error codes and their messages.

/// A row: the service or nothing for any, error code, message, and whether the request is still
/// written (services leave it out when they refused before reading it).
pub(crate) type Row = (&'static str, &'static str, &'static str, bool);

const DENIED: &str = "User: ${caller} is not authorized to perform: ${service}:${action}
    $_on resource: arn:aws:${service}:${region}:${account}:$(*$|${app}/${hex:8}$) because
    $_$(no identity-based policy allows$|no resource-based policy allows$|
    a service control policy explicitly denies$) the ${service}:${action} action";

/// Failures that any call of a service can meet. Rows without a service are for those that have
/// none of their own.
pub(crate) const FAILURES: &[Row] = &[
    ("", "AccessDenied", DENIED, false),
    ("", "AccessDenied", DENIED, true),
    ("", "AccessDeniedException", DENIED, false),
    ("", "ThrottlingException", "Rate exceeded", false),
    ("", "ThrottlingException", "Rate exceeded", true),
    (
        "",
        "ValidationException",
        "1 validation error detected: Value '${note}' at 'filter' failed to satisfy constraint:
        $_Member must satisfy regular expression pattern: [\\\\w+=,.@-]+",
        true,
    ),
    (
        "ec2",
        "Client.UnauthorizedOperation",
        "You are not authorized to perform this operation. User: ${caller} is not authorized to
        $_perform: ec2:${action} on resource: arn:aws:ec2:${region}:${account}:instance/*. Encoded
        $_authorization failure message: ${base64url:480}",
        true,
    ),
    (
        "ec2",
        "Client.UnauthorizedOperation",
        "You are not authorized to perform this operation.",
        true,
    ),
    ("ec2", "Client.RequestLimitExceeded", "Request limit exceeded.", false),
    (
        "ec2",
        "Client.DryRunOperation",
        "Request would have succeeded, but DryRun flag is set.",
        true,
    ),
    (
        "ec2",
        "Client.InvalidInstanceID.NotFound",
        "The instance ID '${instance}' does not exist",
        true,
    ),
    ("s3", "AccessDenied", "Access Denied", true),
    ("s3", "AccessDenied", DENIED, true),
    ("s3", "NoSuchBucket", "The specified bucket does not exist", true),
    (
        "s3",
        "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint.
        $_Please send all future requests to this endpoint.",
        true,
    ),
];
