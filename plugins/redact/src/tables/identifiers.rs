//! Which rows of the catalog name something, and are no secrets in themselves.

/// Rows of call, object and member, as the catalog has them.
///
/// They are what an investigation joins by: preset `secrets` gives them pseudonyms if there is a
/// key, and keeps them if there is none. ARNs stay in either case.
pub(crate) const IDENTIFIERS: &[(&str, &str, &str)] = &[
    // AWS says that what names and describes a key, and its context, is shown in clear (AWS KMS
    // API Reference, "This field may be displayed in plaintext in CloudTrail logs").
    ("*", "requestParameters", "aliasName"),
    ("*", "requestParameters", "requesterComment"),
    ("*", "requestParameters", "tags"),
    ("CreateAlias", "requestParameters", "aliasName"),
    ("CreateAlias", "requestParameters", "constraints"),
    ("CreateAlias", "requestParameters", "description"),
    ("CreateAlias", "requestParameters", "name"),
    ("CreateAlias", "requestParameters", "tags"),
    ("CreateCustomKeyStore", "requestParameters", "aliasName"),
    ("CreateCustomKeyStore", "requestParameters", "constraints"),
    ("CreateCustomKeyStore", "requestParameters", "description"),
    ("CreateCustomKeyStore", "requestParameters", "name"),
    ("CreateCustomKeyStore", "requestParameters", "tags"),
    ("CreateGrant", "requestParameters", "aliasName"),
    ("CreateGrant", "requestParameters", "constraints"),
    ("CreateGrant", "requestParameters", "description"),
    ("CreateGrant", "requestParameters", "name"),
    ("CreateGrant", "requestParameters", "tags"),
    ("Decrypt", "requestParameters", "encryptionContext.*"),
    ("TagResource", "requestParameters", "aliasName"),
    ("TagResource", "requestParameters", "constraints"),
    ("TagResource", "requestParameters", "description"),
    ("TagResource", "requestParameters", "name"),
    ("TagResource", "requestParameters", "tags"),
    // Names and ARNs of secrets.
    ("*", "requestParameters", "secretId"),
    ("*", "responseElements", "arn"),
    // Who gets a session, and what for.
    ("AssumeRole", "credentials", "accessKeyId"),
    ("AssumeRole", "requestParameters", "policy"),
    ("AssumeRole", "requestParameters", "sourceIdentity"),
    ("AssumeRole", "tags", "value"),
    // Not the token, but who it is of.
    ("AssumeRoleWithWebIdentity", "responseElements", "SubjectFromWebIdentityToken"),
    ("CreateAccessKey", "accessKey", "accessKeyId"),
    ("CreateDBInstance", "requestParameters", "masterUsername"),
];

/// Rows that other rules see to.
pub(crate) const ELSEWHERE: &[(&str, &str, &str)] = &[
    // What is encoded in the message is found by the detector `authorization-message`.
    ("*", "", "errorMessage"),
    // E-mail addresses in the names of sessions are found by a detector of their own, and whatever
    // else names people is for preset `pii`: without these nobody could tell who did something.
    ("*", "userIdentity", "arn"),
    ("*", "userIdentity", "principalId"),
    ("*", "userIdentity", "sessionContext"),
    // AWS hides what was typed if there is no such user; otherwise it is the name of one.
    ("ConsoleLogin", "userIdentity", "userName"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::secrets::SECRETS;

    #[test]
    fn all_rows_are_of_the_catalog() {
        for row in IDENTIFIERS.iter().chain(ELSEWHERE) {
            let is_there =
                SECRETS.iter().any(|(event, _, parent, leaf, _)| *row == (*event, *parent, *leaf));
            assert!(is_there, "{row:?}");
        }
    }
}
