//! Signing in: to the console as root, user or federated person, and to the access portal.

use super::Row;
use crate::book::Folder::Trail;

const PASSED: &str = r#"{"eventVersion":"$(1.08$|1.09$|1.11$)","userIdentity":{"type":"IAMUser",
    "principalId":"${userId}","arn":"arn:aws:iam::${account}:user/${user}",
    "accountId":"${account}","userName":"${user}"},"eventTime":"${time}",
    "eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"${region}",
    "sourceIPAddress":"${ip}","userAgent":"${browser}","requestParameters":null,
    "responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{
    "LoginTo":"https://console.aws.amazon.com/console/home?fromtb\u003dtrue\u0026hashArgs\u003d%23
    \u0026isauthcode\u003dtrue\u0026state\u003dhashArgsFromTB_${region}_${hex:16}",
    "MobileVersion":"$(No$|No$|Yes$)","MFAIdentifier":"arn:aws:iam::${account}:mfa/${user}",
    "MFAUsed":"Yes"},"eventID":"${eventId}","readOnly":false,"eventType":"AwsConsoleSignIn",
    "managementEvent":true,"recipientAccountId":"${account}","eventCategory":"Management",
    "tlsDetails":${tls}}"#;

const WITHOUT_MFA: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser",
    "principalId":"${userId}","arn":"arn:aws:iam::${account}:user/${user}",
    "accountId":"${account}","userName":"${user}"},"eventTime":"${time}",
    "eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"${region}",
    "sourceIPAddress":"${ip}","userAgent":"${browser}","requestParameters":null,
    "responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{
    "LoginTo":"https://console.aws.amazon.com/console/home?region\u003d${region}",
    "MobileVersion":"No","MFAUsed":"No"},"eventID":"${eventId}","readOnly":false,
    "eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"${account}",
    "eventCategory":"Management","tlsDetails":${tls}}"#;

const WRONG_PASSWORD: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser",
    "principalId":"${userId}","accountId":"${account}","accessKeyId":"","userName":"${user}"},
    "eventTime":"${time}","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin",
    "awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":"${browser}",
    "errorMessage":"Failed authentication","requestParameters":null,"responseElements":{
    "ConsoleLogin":"Failure"},"additionalEventData":{"LoginTo":
    "https://console.aws.amazon.com/console/home?state\u003dhashArgs%23\u0026isauthcode\u003dtrue",
    "MobileVersion":"No","MFAUsed":"$(No$|No$|Yes$)"},"eventID":"${eventId}","readOnly":false,
    "eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"${account}",
    "eventCategory":"Management","tlsDetails":${tls}}"#;

/// The name is hidden because people type their password into the wrong field.
const WRONG_NAME: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser",
    "accountId":"${account}","accessKeyId":"","userName":"HIDDEN_DUE_TO_SECURITY_REASONS"},
    "eventTime":"${time}","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin",
    "awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":"${browser}",
    "errorMessage":"No username found in supplied account","requestParameters":null,
    "responseElements":{"ConsoleLogin":"Failure"},"additionalEventData":{
    "LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No",
    "MFAUsed":"No"},"eventID":"${eventId}","readOnly":false,"eventType":"AwsConsoleSignIn",
    "managementEvent":true,"recipientAccountId":"${account}","eventCategory":"Management",
    "tlsDetails":${tls}}"#;

const ROOT: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"Root",
    "principalId":"${account}","arn":"arn:aws:iam::${account}:root","accountId":"${account}",
    "accessKeyId":""},"eventTime":"${time}","eventSource":"signin.amazonaws.com",
    "eventName":"ConsoleLogin","awsRegion":"${region}","sourceIPAddress":"${ip}",
    "userAgent":"${browser}","requestParameters":null,"responseElements":{
    "ConsoleLogin":"$(Success$|Failure$)"},"additionalEventData":{
    "LoginTo":"https://us-east-1.console.aws.amazon.com/billing/home?region\u003dus-east-1",
    "MobileVersion":"No","MFAIdentifier":"arn:aws:iam::${account}:mfa/root-account-mfa-device",
    "MFAUsed":"Yes"},"eventID":"${eventId}","readOnly":false,"eventType":"AwsConsoleSignIn",
    "managementEvent":true,"recipientAccountId":"${account}","eventCategory":"Management",
    "tlsDetails":${tls}}"#;

const FEDERATED: &str = r#"{"eventVersion":"1.09","userIdentity":{"type":"AssumedRole",
    "principalId":"${session.roleId}:${session.name}",
    "arn":"arn:aws:sts::${account}:assumed-role/${session.role}/${session.name}",
    "accountId":"${account}","accessKeyId":"${session.key}","sessionContext":{"sessionIssuer":{
    "type":"Role","principalId":"${session.roleId}",
    "arn":"arn:aws:iam::${account}:role/${session.rolePath}","accountId":"${account}",
    "userName":"${session.role}"},"webIdFederationData":{},"attributes":{
    "creationDate":"${session.created}","mfaAuthenticated":"false"}}},"eventTime":"${time}",
    "eventSource":"signin.amazonaws.com","eventName":"$(ConsoleLogin$|GetSigninToken$)",
    "awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":"${browser}",
    "requestParameters":null,"responseElements":{"$(ConsoleLogin$|GetSigninToken$)":"Success"},
    "additionalEventData":{"MobileVersion":"No","MFAUsed":"No"},"eventID":"${eventId}",
    "readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management","tlsDetails":${tls}}"#;

const CHECK_MFA: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser",
    "principalId":"${userId}","accountId":"${account}","accessKeyId":"","userName":"${user}"},
    "eventTime":"${time}","eventSource":"signin.amazonaws.com","eventName":"CheckMfa",
    "awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":"${browser}",
    "requestParameters":null,"responseElements":{"CheckMfa":"$(Success$|Success$|Failure$)"},
    "additionalEventData":{"MfaType":"$(Virtual MFA$|U2F MFA$)"},"eventID":"${eventId}",
    "readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management","tlsDetails":${tls}}"#;

const SWITCH_ROLE: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser",
    "principalId":"${userId}","arn":"arn:aws:iam::${account}:user/${user}",
    "accountId":"${account}","userName":"${user}"},"eventTime":"${time}",
    "eventSource":"signin.amazonaws.com","eventName":"SwitchRole","awsRegion":"${region}",
    "sourceIPAddress":"${ip}","userAgent":"${browser}","requestParameters":null,
    "responseElements":{"SwitchRole":"Success"},"additionalEventData":{
    "SwitchFrom":"arn:aws:iam::${account}:user/${user}",
    "RedirectTo":"https://console.aws.amazon.com/s3/buckets?region\u003d${region}"},
    "eventID":"${eventId}","readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management","tlsDetails":${tls}}"#;

const PASSWORD_UPDATED: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"Root",
    "principalId":"${account}","arn":"arn:aws:iam::${account}:root","accountId":"${account}",
    "accessKeyId":""},"eventTime":"${time}","eventSource":"signin.amazonaws.com",
    "eventName":"PasswordUpdated","awsRegion":"${region}","sourceIPAddress":"${ip}",
    "userAgent":"${browser}","requestParameters":null,"responseElements":{
    "PasswordUpdated":"Success"},"eventID":"${eventId}","readOnly":false,
    "eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"${account}",
    "eventCategory":"Management"}"#;

const PORTAL_PERSON: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"Unknown",
    "principalId":"${account}","arn":"","accountId":"${account}","accessKeyId":"",
    "userName":"${email}"},"eventTime":"${time}","eventSource":"signin.amazonaws.com",
    "eventName":"UserAuthentication","awsRegion":"${region}","sourceIPAddress":"${ip}",
    "userAgent":"${browser}","requestParameters":null,"responseElements":null,
    "additionalEventData":{"AuthWorkflowID":"${uuid}","UserName":"${email}",
    "LoginTo":"https://d-${digits:10}.awsapps.com/start/?workflowResultHandle\u003d${uuid#2}",
    "CredentialType":"$(PASSWORD$|TOTP$|EXTERNAL_IDP$)"},"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":false,"eventType":"AwsServiceEvent","managementEvent":true,
    "recipientAccountId":"${account}","serviceEventDetails":{
    "UserAuthentication":"$(Success$|Success$|Failure$)"},"eventCategory":"Management"}"#;

const PORTAL: &str = r#"{"eventVersion":"$(1.08$|1.10$|1.11$)","userIdentity":{
    "type":"IdentityCenterUser","accountId":"${account}","onBehalfOf":{"userId":"${knownUuid:30}",
    "identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067example"},
    "credentialId":"${uuid}"},"eventTime":"${time}","eventSource":"sso.amazonaws.com",
    "eventName":"$(ListAccounts$|ListAccountRoles$|ListApplications$|Logout$)",
    "awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":"${browser}",
    "requestParameters":null,"responseElements":null,"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":true,"eventType":"AwsServiceEvent","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management","tlsDetails":{
    "tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",
    "clientProvidedHostHeader":"portal.sso.${region}.amazonaws.com"}}"#;

const PORTAL_ROLE: &str = r#"{"eventVersion":"1.11","userIdentity":{"type":"IdentityCenterUser",
    "accountId":"${account}","onBehalfOf":{"userId":"${knownUuid:30}",
    "identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067example"},
    "credentialId":"${uuid}"},"eventTime":"${time}","eventSource":"sso.amazonaws.com",
    "eventName":"$(GetRoleCredentials$|Federate$)","awsRegion":"${region}",
    "sourceIPAddress":"${ip}",
    "userAgent":"aws-cli/2.15.${int:0-40} md/awscrt#0.19.19 ua/2.0 os/linux#6.1.${int:10-99}
    $_md/arch#x86_64 lang/python#3.11.8 cfg/retry-mode#standard md/command#s3.ls",
    "requestParameters":null,"responseElements":null,"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":true,"eventType":"AwsServiceEvent","managementEvent":true,
    "recipientAccountId":"${account}","serviceEventDetails":{
    "role_name":"$(AdministratorAccess$|ReadOnlyAccess$)","account_id":"${account}"},
    "eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3",
    "cipherSuite":"TLS_AES_128_GCM_SHA256",
    "clientProvidedHostHeader":"portal.sso.${region}.amazonaws.com",
    "keyExchange":"$(x25519$|X25519MLKEM768$)"}}"#;

/// The records.
pub(super) const ROWS: &[Row] = &[
    (24, Trail, "signin", PASSED),
    (8, Trail, "signin", WITHOUT_MFA),
    (10, Trail, "signin", WRONG_PASSWORD),
    (6, Trail, "signin", WRONG_NAME),
    (5, Trail, "signin", ROOT),
    (14, Trail, "signin", FEDERATED),
    (12, Trail, "signin", CHECK_MFA),
    (6, Trail, "signin", SWITCH_ROLE),
    (1, Trail, "signin", PASSWORD_UPDATED),
    (14, Trail, "signin", PORTAL_PERSON),
    (14, Trail, "sso", PORTAL),
    (10, Trail, "sso", PORTAL_ROLE),
];
