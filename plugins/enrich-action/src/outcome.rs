//! Whether a call succeeded, and of which class the error is if it did not.

use crate::call::Call;
use crate::tables::errors::ERRORS;

/// How a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was done.
    Success,
    /// It was not done.
    Failure(ErrorClass),
}

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorClass {
    /// Not allowed, or not by these credentials.
    Denied,
    /// Too many requests.
    Throttled,
    /// What it is about is not there.
    NotFound,
    /// The request makes no sense.
    Invalid,
    /// What it is about is in a state that does not allow it.
    Conflict,
    /// A quota or a capacity is used up.
    Limit,
    /// AWS could not do it.
    Server,
    /// It was allowed, and only asked whether it is.
    DryRun,
    /// None of these.
    Other,
}

impl ErrorClass {
    /// Its word in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ErrorClass::Denied => "denied",
            ErrorClass::Throttled => "throttled",
            ErrorClass::NotFound => "not-found",
            ErrorClass::Invalid => "invalid",
            ErrorClass::Conflict => "conflict",
            ErrorClass::Limit => "limit",
            ErrorClass::Server => "server",
            ErrorClass::DryRun => "dry-run",
            ErrorClass::Other => "other",
        }
    }

    /// The class of an error code.
    #[inline(never)]
    fn of(code: &str) -> Self {
        let code = core(code);
        let fits = |&&(fit, text, _): &&(Fit, &str, ErrorClass)| fit.fits(code, text);
        ERRORS.iter().find(fits).map_or(ErrorClass::Other, |row| row.2)
    }
}

/// How a code is compared with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Whole,
    Start,
    End,
    Part,
}

impl Fit {
    fn fits(self, code: &str, text: &str) -> bool {
        match self {
            Fit::Whole => code == text,
            Fit::Start => code.starts_with(text),
            Fit::End => code.ends_with(text),
            Fit::Part => code.contains(text),
        }
    }
}

/// A code without what says only that it is one: `Client.`, `Exception` ...
fn core(code: &str) -> &str {
    let code = code.strip_prefix("Client.").or(code.strip_prefix("Server.")).unwrap_or(code);
    let ends = ["Exception", "Error", "Fault"];
    ends.iter().find_map(|end| code.strip_suffix(end)).unwrap_or(code)
}

/// How a call went.
///
/// CloudTrail writes `errorCode` and `errorMessage` if a call returns an error (record contents,
/// CloudTrail user guide). A failed sign-in has a message and no code, and says `Failure` under its
/// own name in `responseElements` ("AWS Management Console sign-in events").
pub(crate) fn outcome(call: &Call<'_>) -> Outcome {
    if let Some(code) = &call.error_code {
        return Outcome::Failure(ErrorClass::of(code));
    }
    match call.sign_in.as_deref() {
        Some("Failure") => Outcome::Failure(ErrorClass::Denied),
        _ if call.has_error_message && call.is_sign_in() => Outcome::Failure(ErrorClass::Denied),
        _ if call.has_error_message => Outcome::Failure(ErrorClass::Other),
        _ => Outcome::Success,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_classes() {
        let cases = [
            ("denied", "AccessDenied AccessDeniedException VpceAccessDenied UnauthorizedException"),
            ("denied", "Client.UnauthorizedOperation ForbiddenException ExpiredToken AuthFailure"),
            ("denied", "ExpiredTokenException InvalidClientTokenId UnrecognizedClientException"),
            ("denied", "InvalidAccessException NotAuthorized OptInRequired"),
            ("throttled", "ThrottlingException Throttling Client.RequestLimitExceeded SlowDown"),
            ("throttled", "TooManyRequestsException ProvisionedThroughputExceededException"),
            ("throttled", "RequestThrottledException EC2ThrottledException"),
            ("not-found", "NoSuchBucket NoSuchEntityException Client.InvalidGroup.NotFound"),
            ("not-found", "ResourceNotFoundException DBInstanceNotFoundFault"),
            ("not-found", "ObjectLockConfigurationNotFoundError InvocationDoesNotExist"),
            ("invalid", "ValidationException ValidationError Client.InvalidParameterValue"),
            ("invalid", "MalformedPolicyDocumentException Client.InvalidSnapshotID.Malformed"),
            (
                "invalid",
                "InvalidInstanceId MissingParameter ClientException UnknownOperationException",
            ),
            ("conflict", "BucketNotEmpty ResourceInUseException EntityAlreadyExistsException"),
            ("conflict", "InvalidDBInstanceStateFault Client.IncorrectInstanceState"),
            ("conflict", "Client.InvalidPermission.Duplicate DependencyViolation"),
            (
                "limit",
                "Client.VpcLimitExceeded LimitExceededException ServiceQuotaExceededException",
            ),
            ("limit", "Server.InsufficientInstanceCapacity TooManyBuckets"),
            ("server", "InternalFailure ServiceUnavailable InternalServerError ServiceException"),
            ("dry-run", "Client.DryRunOperation"),
            ("other", "SomethingElse Exception 418 é"),
        ];
        for (class, codes) in cases {
            for code in codes.split(' ') {
                assert_eq!(ErrorClass::of(code).name(), class, "{code}");
            }
        }
    }

    #[test]
    fn no_row_is_hidden() {
        for (at, row) in ERRORS.iter().enumerate() {
            let hidden = ERRORS[..at].iter().find(|(fit, text, _)| fit.fits(row.1, text));
            assert_eq!(hidden, None, "{} is never reached", row.1);
        }
    }
}
