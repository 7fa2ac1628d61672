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

/// Writes the texts of a record.
pub(crate) struct Writer<'w, 'd> {
    pub(crate) object: &'w mut Object<'d>,
    /// Every text stands like this in the record, or in the text of this program.
    pub(crate) is_plain: bool,
}

impl Writer<'_, '_> {
    /// Adds the identity, without what is not known of it.
    pub(crate) fn identity(&mut self, identity: &Identity<'_>) {
        self.text(&KIND, Some(identity.kind.name()));
        self.text(&NAME, identity.name);
        self.text(&PRINCIPAL, identity.principal);
        self.text(&PATH, identity.path);
        self.text(&SESSION, identity.session);
        self.text(&SOURCE_IDENTITY, identity.source_identity);
        let (user, federation) = (&identity.on_behalf_of, &identity.federation);
        self.texts(&ON_BEHALF_OF, &[(&USER_ID, user.user), (&IDENTITY_STORE, user.store)]);
        let texts = [(&PROVIDER, federation.provider), (&SUBJECT, federation.subject)];
        self.texts(&FEDERATION, &texts);
        if let Some(workload) = identity.workload {
            let members = [(&KIND, Some(workload.kind)), (&ID, workload.id), (&ARN, workload.arn)];
            self.texts(&WORKLOAD, &members);
        }
        let issuer = &identity.issuer;
        self.texts(&ISSUER, &[(&KIND, issuer.kind), (&NAME, issuer.name), (&ARN, issuer.arn)]);
        self.text(&ACCOUNT, identity.account);
        self.text(&PARTITION, identity.partition);
        if let Some(key) = &identity.key {
            let account = key.account.as_ref().and_then(|digits| std::str::from_utf8(digits).ok());
            self.texts(&KEY, &[(&KIND, Some(key.kind.name())), (&ACCOUNT, account)]);
        }
        self.flag(&MFA, identity.mfa);
        self.object.flag(&IS_ROOT, identity.is_root);
        self.object.flag(&IS_SERVICE, identity.is_service);
        self.flag(&CROSS_ACCOUNT, identity.cross_account);
        self.text(&INVOKED_BY, identity.invoked_by);
        self.text(&ACTOR, identity.actor);
    }

    #[inline]
    fn text(&mut self, key: &Key, text: Option<&str>) {
        match text {
            Some(text) if self.is_plain => self.object.plain(key, text),
            Some(text) => self.object.text(key, text),
            None => {}
        }
    }

    fn flag(&mut self, key: &Key, flag: Option<bool>) {
        if let Some(flag) = flag {
            self.object.flag(key, flag);
        }
    }

    /// An object of texts, unless all of them are missing.
    #[inline(never)]
    fn texts(&mut self, key: &Key, texts: &[(&Key, Option<&str>)]) {
        if texts.iter().all(|(_, text)| text.is_none()) {
            return;
        }
        let is_plain = self.is_plain;
        self.object.object(key, |object| {
            let mut inner = Writer { object, is_plain };
            texts.iter().for_each(|(key, value)| inner.text(key, *value));
        });
    }
}
