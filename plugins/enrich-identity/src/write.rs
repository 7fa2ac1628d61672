//! Writes who acted as JSON.

use crate::identity::Identity;
use trailmill_stage::event::json::quote_into;

/// The name of a member and whatever stands between it and a text.
macro_rules! text {
    ($name:literal) => {
        concat!("\"", $name, "\":\"")
    };
}

/// The same before a truth value.
macro_rules! truth {
    ($name:literal) => {
        concat!("\"", $name, "\":")
    };
}

/// The same before the members of an object.
macro_rules! object {
    ($name:literal) => {
        concat!("\"", $name, "\":{")
    };
}

/// Appends the identity as an object.
pub(crate) fn write(identity: &Identity<'_>, out: &mut Vec<u8>) {
    let mut object = Object::open(out);
    object.text(text!("kind"), Some(identity.kind.name()));
    object.text(text!("name"), identity.name);
    object.text(text!("principal"), identity.principal);
    object.text(text!("path"), identity.path);
    object.text(text!("session"), identity.session);
    object.text(text!("sourceIdentity"), identity.source_identity);
    let user = &identity.on_behalf_of;
    object.texts(
        object!("onBehalfOf"),
        &[(text!("userId"), user.user), (text!("identityStore"), user.store)],
    );
    let federation = &identity.federation;
    let federation =
        [(text!("provider"), federation.provider), (text!("subject"), federation.subject)];
    object.texts(object!("federation"), &federation);
    if let Some(workload) = identity.workload {
        let texts = [
            (text!("kind"), Some(workload.kind)),
            (text!("id"), workload.id),
            (text!("arn"), workload.arn),
        ];
        object.texts(object!("workload"), &texts);
    }
    let issuer = &identity.issuer;
    object.texts(
        object!("issuer"),
        &[(text!("kind"), issuer.kind), (text!("name"), issuer.name), (text!("arn"), issuer.arn)],
    );
    object.text(text!("account"), identity.account);
    object.text(text!("partition"), identity.partition);
    if let Some(key) = &identity.key {
        let account = key.account.as_ref().and_then(|digits| std::str::from_utf8(digits).ok());
        object.texts(
            object!("key"),
            &[(text!("kind"), Some(key.kind.name())), (text!("account"), account)],
        );
    }
    object.truth(truth!("mfa"), identity.mfa);
    object.truth(truth!("isRoot"), Some(identity.is_root));
    object.truth(truth!("isService"), Some(identity.is_service));
    object.truth(truth!("crossAccount"), identity.cross_account);
    object.text(text!("invokedBy"), identity.invoked_by);
    object.text(text!("actor"), identity.actor);
    object.close();
}

/// An object on its way into a buffer. Every member ends with a comma until it is closed. Names
/// come with whatever stands between them and their values.
struct Object<'b> {
    out: &'b mut Vec<u8>,
}

impl<'b> Object<'b> {
    fn open(out: &'b mut Vec<u8>) -> Self {
        out.push(b'{');
        Object { out }
    }

    #[inline]
    fn text(&mut self, name: &'static str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.add(name);
        // The opening quote is part of the name.
        self.out.pop();
        quote_into(text, self.out);
        self.out.push(b',');
    }

    #[inline]
    fn add(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Takes the comma at the end away, if there is one.
    fn drop_comma(&mut self) {
        if self.out.last() == Some(&b',') {
            self.out.pop();
        }
    }

    /// An object of texts, unless all of them are missing.
    fn texts(&mut self, name: &'static str, texts: &[(&'static str, Option<&str>)]) {
        if texts.iter().all(|(_, text)| text.is_none()) {
            return;
        }
        self.add(name);
        for &(name, text) in texts {
            self.text(name, text);
        }
        self.drop_comma();
        self.add("},");
    }

    fn truth(&mut self, name: &'static str, truth: Option<bool>) {
        let Some(truth) = truth else { return };
        self.add(name);
        self.add(if truth { "true," } else { "false," });
    }

    fn close(mut self) {
        self.drop_comma();
        self.out.push(b'}');
    }
}
