//! Calls about who may do what: IAM, STS, Organizations, IAM Identity Center.

use super::{Call, read, write};

const ROLE_NAME: &str = r#"{"roleName":"${role}"}"#;
const NO_ROLE: &str = "The role with name ${role} cannot be found.";
const NO_SUCH: &str = "NoSuchEntityException";

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("sts", "GetCallerIdentity", 40),
    read("sts", "GetFederationToken", 2)
        .request(r#"{"name":"${app}-viewer","durationSeconds":${int:900-43200}}"#)
        .response(
            r#"{"federatedUser":{"federatedUserId":"${account}:${app}-viewer",
            "arn":"arn:aws:sts::${account}:federated-user/${app}-viewer"},"packedPolicySize":
            ${int:1-60},"credentials":{"accessKeyId":"${consoleKey}",
            "sessionToken":"IQoJb3JpZ2luX2Vj${base64:640}=","expiration":"${grant.expires}"}}"#,
        )
        .fails("AccessDenied", "Cannot call GetFederationToken with session credentials"),
    read("iam", "GetUser", 12)
        .request(r#"{"userName":"${newUser}"}"#)
        .fails(NO_SUCH, "The user with name ${newUser} cannot be found."),
    read("iam", "GetRole", 22).request(ROLE_NAME).fails(NO_SUCH, NO_ROLE),
    read("iam", "ListRoles", 8).request(r#"{"maxItems":${int:100-1000}}"#),
    read("iam", "ListUsers", 6).request(r#"{"maxItems":1000.0}"#),
    read("iam", "ListAttachedRolePolicies", 14).request(ROLE_NAME).fails(NO_SUCH, NO_ROLE),
    read("iam", "ListRolePolicies", 10).request(ROLE_NAME),
    read("iam", "GetPolicyVersion", 10)
        .request(r#"{"policyArn":"${policyArn}","versionId":"v${int:1-5}"}"#),
    read("iam", "ListAccessKeys", 6).request(r#"{"userName":"${newUser}"}"#),
    read("iam", "GetAccountSummary", 4),
    read("iam", "GetAccountPasswordPolicy", 3)
        .fails(NO_SUCH, "The Password Policy with domain name ${account} cannot be found."),
    read("iam", "SimulatePrincipalPolicy", 2).request(
        r#"{"policySourceArn":"arn:aws:iam::${account}:role/${role}","actionNames":[
        $[1-60:"$(s3$|ec2$|iam$|kms$):$(Get*$|List*$|Put*$|Delete*$)"$]],"maxItems":1000}"#,
    ),
    write("iam", "CreateUser", 3)
        .request(r#"{"userName":"${newUser}","path":"/","tags":[${tags}]}"#)
        .response(
            r#"{"user":{"path":"/","arn":"arn:aws:iam::${account}:user/${newUser}",
            "userId":"AIDA${base32:17}","createDate":"${usPastNarrow}","userName":"${newUser}",
            "tags":[${tags}]}}"#,
        )
        .fails("EntityAlreadyExistsException", "User with name ${newUser} already exists."),
    write("iam", "CreateAccessKey", 3)
        .request(r#"{"userName":"${newUser}"}"#)
        .response(
            r#"{"accessKey":{"accessKeyId":"AKIA${base32:9}EXAMPLE","status":"Active",
            "userName":"${newUser}","createDate":"${usPast}"}}"#,
        )
        .fails("LimitExceededException", "Cannot exceed quota for AccessKeysPerUser: 2"),
    write("iam", "CreateLoginProfile", 1)
        .request(r#"{"userName":"${newUser}","passwordResetRequired":${ok}}"#)
        .response(
            r#"{"loginProfile":{"userName":"${newUser}","createDate":"${usPast}",
            "passwordResetRequired":${ok}}}"#,
        )
        .fails(
            "PasswordPolicyViolationException",
            "Password should have at least one of the following characters :
            $_! @ # $ % ^ \\u0026 * ( ) _ + - \\u003d [ ] { } | \\u0027",
        ),
    write("iam", "AttachUserPolicy", 2).request(
        r#"{"userName":"${newUser}","policyArn":"arn:aws:iam::aws:policy/$(AdministratorAccess$|
        ReadOnlyAccess$|AmazonS3FullAccess$)"}"#,
    ),
    write("iam", "CreateRole", 4)
        .request(
            r#"{"roleName":"${role}","description":"${note}","maxSessionDuration":${int:3600-43200},
            "assumeRolePolicyDocument":"${trustText}","tags":[${tags}]}"#,
        )
        .response(
            r#"{"role":{"path":"/","roleName":"${role}","roleId":"AROA${base32:17}",
            "arn":"arn:aws:iam::${account}:role/${role}","createDate":"${usPastNarrow}",
            "assumeRolePolicyDocument":"${trustEncoded}","tags":[${tags}]}}"#,
        )
        .fails("EntityAlreadyExistsException", "Role with name ${role} already exists."),
    write("iam", "PutRolePolicy", 5).request(
        r#"{"roleName":"${role}","policyName":"${policy}",
        "policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[$[1-30:${statement}$]]}"}"#,
    ),
    write("iam", "AttachRolePolicy", 4)
        .request(r#"{"roleName":"${role}","policyArn":"${policyArn}"}"#)
        .fails(NO_SUCH, "Policy ${policyArn} does not exist or is not attachable."),
    write("iam", "CreatePolicyVersion", 3)
        .request(
            r#"{"policyArn":"${policyArn}","setAsDefault":${ok},
            "policyDocument":"{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [
            $[1-40:${statement}$]]\n}"}"#,
        )
        .response(
            r#"{"policyVersion":{"versionId":"v${int:2-9}","isDefaultVersion":${ok},
            "createDate":"${usPast}"}}"#,
        ),
    write("iam", "UpdateAssumeRolePolicy", 2)
        .request(r#"{"roleName":"${role}","policyDocument":"${trustText}"}"#)
        .fails(
            "MalformedPolicyDocumentException",
            "Invalid principal in policy:
            $_\\\"AWS\\\":\\\"arn:aws:iam::${partner}:role/${app}-reader\\\"",
        ),
    write("iam", "DeactivateMFADevice", 1).request(
        r#"{"userName":"${newUser}","serialNumber":"arn:aws:iam::${account}:mfa/${newUser}"}"#,
    ),
    write("iam", "DeleteRole", 2)
        .request(ROLE_NAME)
        .fails("DeleteConflictException", "Cannot delete entity, must detach all policies first."),
    write("iam", "CreateServiceLinkedRole", 1)
        .request(r#"{"aWSServiceName":"autoscaling.amazonaws.com"}"#)
        .response(
            r#"{"role":{"path":"/aws-service-role/autoscaling.amazonaws.com/",
            "roleName":"AWSServiceRoleForAutoScaling","roleId":"AROA${base32:17}",
            "arn":"arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/
            AWSServiceRoleForAutoScaling","createDate":"${usPastNarrow}",
            "assumeRolePolicyDocument":"${trustEncoded}"}}"#,
        ),
    read("organizations", "DescribeOrganization", 6),
    read("organizations", "ListAccounts", 6).request(r#"{"maxResults":20}"#),
    read("organizations", "ListPolicies", 2)
        .request(r#"{"filter":"SERVICE_CONTROL_POLICY","maxResults":20}"#)
        .fails(
            "AWSOrganizationsNotInUseException",
            "Your account is not a member of an organization.",
        ),
    write("organizations", "UpdatePolicy", 1)
        .request(
            r#"{"policyId":"p-${hex:8}","name":"${policy}","description":"${note}",
            "content":"{\"Version\":\"2012-10-17\",\"Statement\":[$[1-24:${statement}$]]}"}"#,
        )
        .response(
            r#"{"policy":{"policySummary":{"id":"p-${hex:8}","name":"${policy}",
            "arn":"arn:aws:organizations::111122223333:policy/o-exampleorgid/
            service_control_policy/p-${hex:8}","type":"SERVICE_CONTROL_POLICY",
            "awsManaged":false}}}"#,
        ),
    write("sso", "CreateAccountAssignment", 1)
        .request(
            r#"{"instanceArn":"arn:aws:sso:::instance/ssoins-${hex:16}","targetId":"${account}",
            "targetType":"AWS_ACCOUNT","permissionSetArn":"arn:aws:sso:::permissionSet/
            ssoins-${hex:16}/ps-${hex#2:16}","principalType":"$(GROUP$|USER$)",
            "principalId":"${uuid}"}"#,
        )
        .response(
            r#"{"accountAssignmentCreationStatus":{"status":"IN_PROGRESS","requestId":"${uuid#2}",
            "targetId":"${account}","targetType":"AWS_ACCOUNT","principalId":"${uuid}"}}"#,
        ),
];
