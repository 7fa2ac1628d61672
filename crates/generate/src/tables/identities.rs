//! The forms of `userIdentity`: each with its JSON text and the ARN that messages call it by.

/// A form of `userIdentity`, as the caller of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The root user with an access key.
    RootKey,
    /// The root user in the console.
    RootConsole,
    /// An IAM user with a long-term key.
    UserKey,
    /// An IAM user in the console.
    UserConsole,
    /// Somebody whom an IAM user federated.
    Federated,
    /// A role that a program assumed.
    Role,
    /// A role that an EC2 instance has.
    RoleInstance,
    /// A role assumed with a web identity.
    RoleWebIdentity,
    /// A role that somebody uses in the console.
    RoleConsole,
    /// A role with the name of whoever assumed it first.
    RoleSourceIdentity,
    /// The root user of a member account, for one task of the management account.
    RoleAssumedRoot,
    /// A service on its own behalf.
    Service,
    /// A role of another account, as the owner of what is called sees it.
    AccountRole,
    /// A user of another account, as the owner of what is called sees it.
    AccountUser,
    /// Nobody: a request without a signature.
    Anonymous,
    /// Somebody who brings a token of an OpenID Connect provider.
    WebIdentity,
    /// Somebody who brings a SAML assertion.
    Saml,
}

impl Shape {
    /// Whether it acts with the temporary credentials of a role.
    pub(crate) const fn is_session(self) -> bool {
        matches!(
            self,
            Self::Role
                | Self::RoleInstance
                | Self::RoleWebIdentity
                | Self::RoleConsole
                | Self::RoleSourceIdentity
                | Self::RoleAssumedRoot
                | Self::AccountRole
        )
    }

    /// Whether it is somebody in front of a browser.
    pub(crate) const fn is_console(self) -> bool {
        matches!(self, Self::RootConsole | Self::UserConsole | Self::RoleConsole)
    }

    /// How another account sees the same caller: who it is stays at home.
    pub(crate) const fn seen_outside(self) -> Self {
        match self {
            Self::UserKey | Self::UserConsole => Self::AccountUser,
            _ if self.is_session() => Self::AccountRole,
            _ => self,
        }
    }
}

/// A row: the form, the text of `userIdentity`, the caller's ARN.
pub(crate) type Row = (Shape, &'static str, &'static str);

const USER_ARN: &str = "arn:aws:iam::${home}:user/${user}";
const ROOT_ARN: &str = "arn:aws:iam::${home}:root";
const SESSION_ARN: &str =
    "arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}";
const FEDERATED_ARN: &str = "arn:aws:sts::${home}:federated-user/${app}-viewer";

/// Every form, in the order of [`Shape`].
pub(crate) const IDENTITIES: &[Row] = &[
    (
        Shape::RootKey,
        r#"{"type":"Root","principalId":"${home}","arn":"arn:aws:iam::${home}:root",
        "accountId":"${home}","accessKeyId":"${userKey}"}"#,
        ROOT_ARN,
    ),
    (
        Shape::RootConsole,
        r#"{"type":"Root","principalId":"${home}","arn":"arn:aws:iam::${home}:root",
        "accountId":"${home}","accessKeyId":"${consoleKey}","sessionContext":{
        "attributes":{"creationDate":"${signedIn}","mfaAuthenticated":"true"}}${invokedBy}}"#,
        ROOT_ARN,
    ),
    (
        Shape::UserKey,
        r#"{"type":"IAMUser","principalId":"${userId}",
        "arn":"arn:aws:iam::${home}:user/${user}","accountId":"${home}",
        "accessKeyId":"${userKey}","userName":"${user}"${invokedBy}}"#,
        USER_ARN,
    ),
    (
        Shape::UserConsole,
        r#"{"type":"IAMUser","principalId":"${userId}",
        "arn":"arn:aws:iam::${home}:user/${user}","accountId":"${home}",
        "accessKeyId":"${consoleKey}","userName":"${user}","sessionContext":{
        $($|"sessionIssuer":{},"webIdFederationData":{},$)
        "attributes":{"creationDate":"${signedIn}",
        "mfaAuthenticated":"$(true$|true$|false$)"}}${invokedBy}}"#,
        USER_ARN,
    ),
    (
        Shape::Federated,
        r#"{"type":"FederatedUser","principalId":"${home}:${app}-viewer",
        "arn":"arn:aws:sts::${home}:federated-user/${app}-viewer","accountId":"${home}",
        "accessKeyId":"${consoleKey}","sessionContext":{"sessionIssuer":{"type":"IAMUser",
        "principalId":"${userId}","arn":"arn:aws:iam::${home}:user/${user}",
        "accountId":"${home}","userName":"${user}"},"webIdFederationData":{},
        "attributes":{"creationDate":"${signedIn}","mfaAuthenticated":"false"}}${invokedBy}}"#,
        FEDERATED_ARN,
    ),
    (
        Shape::Role,
        r#"{"type":"AssumedRole","principalId":"${session.roleId}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}",
        "accountId":"${session.account}","accessKeyId":"${session.key}","sessionContext":{
        "sessionIssuer":{"type":"Role","principalId":"${session.roleId}",
        "arn":"arn:aws:iam::${session.account}:role/${session.rolePath}",
        "accountId":"${session.account}","userName":"${session.role}"},
        "webIdFederationData":{},"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"false"}}${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::RoleInstance,
        r#"{"type":"AssumedRole","principalId":"${session.roleId}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}",
        "accountId":"${session.account}","accessKeyId":"${session.key}","sessionContext":{
        "sessionIssuer":{"type":"Role","principalId":"${session.roleId}",
        "arn":"arn:aws:iam::${session.account}:role/${session.rolePath}",
        "accountId":"${session.account}","userName":"${session.role}"},
        "webIdFederationData":{},"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"false"},"ec2RoleDelivery":"$(1.0$|2.0$|2.0$)"}${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::RoleWebIdentity,
        r#"{"type":"AssumedRole","principalId":"${session.roleId}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}",
        "accountId":"${session.account}","accessKeyId":"${session.key}","sessionContext":{
        "sessionIssuer":{"type":"Role","principalId":"${session.roleId}",
        "arn":"arn:aws:iam::${session.account}:role/${session.rolePath}",
        "accountId":"${session.account}","userName":"${session.role}"},
        "webIdFederationData":{"federatedProvider":
        "arn:aws:iam::${session.account}:oidc-provider/token.actions.githubusercontent.com",
        "attributes":{}},"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"false"}}${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::RoleConsole,
        r#"{"type":"AssumedRole","principalId":"${session.roleId}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}",
        "accountId":"${session.account}","accessKeyId":"${session.key}","sessionContext":{
        "sessionIssuer":{"type":"Role","principalId":"${session.roleId}",
        "arn":"arn:aws:iam::${session.account}:role/${session.rolePath}",
        "accountId":"${session.account}","userName":"${session.role}"},
        $("webIdFederationData":{},$|$)"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"$(true$|false$)"}$($|$|$|,"signInSessionArn":
        "arn:aws:signin:${region}:${session.account}:session/${uuid}"$)}${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::RoleSourceIdentity,
        r#"{"type":"AssumedRole","principalId":"${session.roleId}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}",
        "accountId":"${session.account}","accessKeyId":"${session.key}","sessionContext":{
        "sessionIssuer":{"type":"Role","principalId":"${session.roleId}",
        "arn":"arn:aws:iam::${session.account}:role/${session.rolePath}",
        "accountId":"${session.account}","userName":"${session.role}"},
        "webIdFederationData":{},"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"true"},"sourceIdentity":"${session.name}"}${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::RoleAssumedRoot,
        r#"{"type":"AssumedRole","principalId":"${session.account}:${session.name}",
        "arn":"arn:aws:sts::${session.account}:assumed-root","accountId":"${session.account}",
        "accessKeyId":"${session.key}","sessionContext":{"sessionIssuer":{"type":"Root",
        "principalId":"${session.account}","arn":"arn:aws:iam::${session.account}:root",
        "accountId":"${session.account}"},"attributes":{"creationDate":"${session.created}",
        "mfaAuthenticated":"false"},"assumedRoot":"true"}${invokedBy}}"#,
        "arn:aws:sts::${session.account}:assumed-root",
    ),
    (Shape::Service, r#"{"type":"AWSService","invokedBy":"${via}"}"#, "${via}"),
    (
        Shape::AccountRole,
        r#"{"type":"AWSAccount","principalId":"${session.roleId}:${session.name}",
        "accountId":"${session.account}"${invokedBy}}"#,
        SESSION_ARN,
    ),
    (
        Shape::AccountUser,
        r#"{"type":"AWSAccount","principalId":"${userId}","accountId":"${home}"${invokedBy}}"#,
        USER_ARN,
    ),
    (
        Shape::Anonymous,
        r#"{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}"#,
        "anonymous",
    ),
    (
        Shape::WebIdentity,
        r#"{"type":"WebIdentityUser","principalId":
        "arn:aws:iam::${home}:oidc-provider/token.actions.githubusercontent.com:
        sts.amazonaws.com:repo:${repository}","userName":"repo:${repository}",
        "identityProvider":
        "arn:aws:iam::${home}:oidc-provider/token.actions.githubusercontent.com"}"#,
        "repo:${repository}",
    ),
    (
        Shape::Saml,
        r#"{"type":"SAMLUser","principalId":"${base64:27}=:${grant.name}",
        "userName":"${grant.name}","identityProvider":"${base64:27}="}"#,
        "${grant.name}",
    ),
];
