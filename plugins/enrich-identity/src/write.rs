//! Writes who acted, in the words of the vocabulary.

use crate::identity::Identity;
use trailmill_stage::event::json::{Key, Object};

/// The names of the members.
macro_rules! keys {
    ($($constant:ident = $name:literal,)*) => {
        $(const $constant: Key = Key::new($name);)*
    };
}

keys! {
    ACCOUNT = "account",
    ACTOR = "actor",
    ARN = "arn",
    CROSS_ACCOUNT = "crossAccount",
    FEDERATION = "federation",
    ID = "id",
    IDENTITY_STORE = "identityStore",
    INVOKED_BY = "invokedBy",
    IS_ROOT = "isRoot",
    IS_SERVICE = "isService",
    ISSUER = "issuer",
    KEY = "key",
    KIND = "kind",
    MFA = "mfa",
    NAME = "name",
    ON_BEHALF_OF = "onBehalfOf",
    PARTITION = "partition",
    PATH = "path",
    PRINCIPAL = "principal",
    PROVIDER = "provider",
    SESSION = "session",
    SOURCE_IDENTITY = "sourceIdentity",
    SUBJECT = "subject",
    USER_ID = "userId",
    WORKLOAD = "workload",
}

/// Adds the identity, without what is not known of it.
pub(crate) fn write(identity: &Identity<'_>, object: &mut Object<'_>) {
    object.text(&KIND, identity.kind.name());
    text(object, &NAME, identity.name);
    text(object, &PRINCIPAL, identity.principal);
    text(object, &PATH, identity.path);
    text(object, &SESSION, identity.session);
    text(object, &SOURCE_IDENTITY, identity.source_identity);
    let (user, federation) = (&identity.on_behalf_of, &identity.federation);
    texts(object, &ON_BEHALF_OF, [(&USER_ID, user.user), (&IDENTITY_STORE, user.store)]);
    texts(object, &FEDERATION, [(&PROVIDER, federation.provider), (&SUBJECT, federation.subject)]);
    if let Some(workload) = identity.workload {
        let members = [(&KIND, Some(workload.kind)), (&ID, workload.id), (&ARN, workload.arn)];
        texts(object, &WORKLOAD, members);
    }
    let issuer = &identity.issuer;
    texts(object, &ISSUER, [(&KIND, issuer.kind), (&NAME, issuer.name), (&ARN, issuer.arn)]);
    text(object, &ACCOUNT, identity.account);
    text(object, &PARTITION, identity.partition);
    if let Some(key) = &identity.key {
        let account = key.account.as_ref().and_then(|digits| std::str::from_utf8(digits).ok());
        texts(object, &KEY, [(&KIND, Some(key.kind.name())), (&ACCOUNT, account)]);
    }
    flag(object, &MFA, identity.mfa);
    object.flag(&IS_ROOT, identity.is_root);
    object.flag(&IS_SERVICE, identity.is_service);
    flag(object, &CROSS_ACCOUNT, identity.cross_account);
    text(object, &INVOKED_BY, identity.invoked_by);
    text(object, &ACTOR, identity.actor);
}

#[inline(never)]
fn text(object: &mut Object<'_>, key: &Key, text: Option<&str>) {
    if let Some(text) = text {
        object.text(key, text);
    }
}

fn flag(object: &mut Object<'_>, key: &Key, flag: Option<bool>) {
    if let Some(flag) = flag {
        object.flag(key, flag);
    }
}

/// An object of texts, unless all of them are missing.
fn texts<const N: usize>(object: &mut Object<'_>, key: &Key, texts: [(&Key, Option<&str>); N]) {
    if texts.iter().all(|(_, text)| text.is_none()) {
        return;
    }
    object.object(key, |inner| texts.into_iter().for_each(|(key, value)| text(inner, key, value)));
}
