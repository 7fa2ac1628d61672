//! Names of members that tell of people.

/// In the order of the alphabet, in whatever case records have them.
///
/// The sources are the pages "CloudTrail userIdentity element" and "CloudTrail record contents for
/// management, data, and network activity events" of the AWS CloudTrail User Guide, the API
/// references of IAM, STS, IAM Identity Center and its identity store, Cognito, SES and Account
/// Management, of RDS for `masterUsername`, AWS Billing Conductor for `accountEmail` and AWS
/// Outposts for `contactName`, and for the transcripts the page
/// "ListRealtimeContactAnalysisSegmentsV2" of the Amazon Connect API Reference. No API has
/// `alternateContactName`. Addresses of machines, mailboxes and telephones are found under any
/// name.
pub(crate) const PERSONAL: &[&str] = &[
    "accountEmail",
    "addressLine1",
    "addressLine2",
    "addressLine3",
    "alternateContactName",
    "bccAddresses",
    "ccAddresses",
    "contactName",
    "credentialId",
    "displayName",
    "emailAddress",
    "emailAddresses",
    "familyName",
    "firstName",
    "fullName",
    "givenName",
    "lastName",
    "masterUsername",
    "middleName",
    "phoneNumber",
    "phoneNumbers",
    "postalCode",
    "primaryEmail",
    "replyToAddresses",
    "roleSessionName",
    "sourceIdentity",
    "streetAddress",
    "subjectFromWebIdentityToken",
    "toAddresses",
    "transcript",
    "userName",
];

/// Objects, empty for any, and their members that look like it and tell of no person.
///
/// In `sessionIssuer`, `userName` is the name of the role ("CloudTrail userIdentity element").
/// Versions of engines may have four numbers (Amazon ElastiCache and OpenSearch Service).
pub(crate) const NOT_PERSONAL: &[(&str, &str)] =
    &[("sessionIssuer", "userName"), ("", "engineVersion")];

#[cfg(test)]
mod tests {
    use super::PERSONAL;

    #[test]
    fn names_are_in_order() {
        let folded = PERSONAL.iter().map(|name| name.to_ascii_lowercase());
        assert!(folded.clone().zip(folded.skip(1)).all(|(a, b)| a < b));
    }
}
