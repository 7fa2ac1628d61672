//! What a user agent says, and how that is written.

use crate::client::Client;
use crate::kind::Kind;
use trailmill_stage::event::json;

/// A name, and a version if one was written with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named<'t> {
    pub(crate) name: Option<&'t str>,
    pub(crate) version: Option<&'t str>,
}

/// What a user agent says.
#[derive(Debug, Default)]
pub(crate) struct Agent<'t> {
    /// The most telling of the ordinary products.
    pub(crate) client: Option<Client<'t>>,
    /// A product or a system that marks an attack or an audit.
    pub(crate) mark: Option<Client<'t>>,
    /// The SDK, which may be below another product.
    pub(crate) sdk: Option<Client<'t>>,
    pub(crate) language: Named<'t>,
    pub(crate) system: Named<'t>,
    pub(crate) distribution: Option<&'t str>,
    pub(crate) architecture: Option<&'t str>,
    pub(crate) environment: Option<&'t str>,
    pub(crate) command: Option<&'t str>,
    pub(crate) app: Option<&'t str>,
    pub(crate) library: Option<&'t str>,
}

impl<'t> Agent<'t> {
    /// One of which no more is known than this.
    pub(crate) fn of(kind: Kind, name: Option<&'t str>) -> Self {
        let client = Client { kind, rank: 0, named: Named { name, version: None } };
        Agent { client: Some(client), ..Agent::default() }
    }

    /// What is told about the client: the SDK only where it is below something else.
    fn parts(&self) -> (Kind, Named<'t>, Named<'t>, Named<'t>) {
        let client = self.client.or(self.mark);
        let kind = self.mark.or(client).map_or(Kind::Unknown, |found| found.kind);
        let named = |client: Option<Client<'t>>| client.map(|found| found.named);
        let sdk = self.sdk.filter(|_| client.is_some_and(|client| client.kind != Kind::Sdk));
        let names = [client, self.mark, sdk].map(|found| named(found).unwrap_or_default());
        let [client, tool, sdk] = names;
        (kind, client, tool, sdk)
    }

    /// Appends it as a JSON object; `is_plain` if nothing in the user agent has to be escaped.
    pub(crate) fn write(&self, is_plain: bool, out: &mut Vec<u8>) {
        let (kind, client, tool, sdk) = self.parts();
        out.extend_from_slice(br#"{"kind":""#);
        out.extend_from_slice(kind.name().as_bytes());
        out.push(b'"');
        let members = [
            (r#","name":"#, client.name),
            (r#","version":"#, client.version),
            (r#","tool":"#, tool.name),
            (r#","toolVersion":"#, tool.version),
            (r#","sdk":"#, sdk.name),
            (r#","sdkVersion":"#, sdk.version),
            (r#","language":"#, self.language.name),
            (r#","languageVersion":"#, self.language.version),
            (r#","os":"#, self.system.name),
            (r#","osVersion":"#, self.system.version),
            (r#","distribution":"#, self.distribution),
            (r#","architecture":"#, self.architecture),
            (r#","environment":"#, self.environment),
            (r#","command":"#, self.command),
            (r#","app":"#, self.app),
            (r#","library":"#, self.library),
        ];
        for (name, value) in members {
            // A version may be empty where only a slash was written.
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                out.extend_from_slice(name.as_bytes());
                if is_plain {
                    out.push(b'"');
                    out.extend_from_slice(value.as_bytes());
                    out.push(b'"');
                } else {
                    json::quote_into(value, out);
                }
            }
        }
        out.push(b'}');
    }
}
