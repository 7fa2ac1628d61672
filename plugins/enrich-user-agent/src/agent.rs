//! What a user agent says, and how that is written.

use crate::client::Client;
use crate::kind::Kind;
use trailmill_stage::event::json::{Key, Object};

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

    /// Adds it to an object, member by member.
    pub(crate) fn write(&self, object: &mut Object<'_>) {
        let (kind, client, tool, sdk) = self.parts();
        object.text(&KIND, kind.name());
        let members = [
            (&NAME, client.name),
            (&VERSION, client.version),
            (&TOOL, tool.name),
            (&TOOL_VERSION, tool.version),
            (&SDK, sdk.name),
            (&SDK_VERSION, sdk.version),
            (&LANGUAGE, self.language.name),
            (&LANGUAGE_VERSION, self.language.version),
            (&OS, self.system.name),
            (&OS_VERSION, self.system.version),
            (&DISTRIBUTION, self.distribution),
            (&ARCHITECTURE, self.architecture),
            (&ENVIRONMENT, self.environment),
            (&COMMAND, self.command),
            (&APP, self.app),
            (&LIBRARY, self.library),
        ];
        for (key, value) in members {
            // A version may be empty where only a slash was written.
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                object.text(key, value);
            }
        }
    }
}

const APP: Key = Key::new("app");
const ARCHITECTURE: Key = Key::new("architecture");
const COMMAND: Key = Key::new("command");
const DISTRIBUTION: Key = Key::new("distribution");
const ENVIRONMENT: Key = Key::new("environment");
const KIND: Key = Key::new("kind");
const LANGUAGE: Key = Key::new("language");
const LANGUAGE_VERSION: Key = Key::new("languageVersion");
const LIBRARY: Key = Key::new("library");
const NAME: Key = Key::new("name");
const OS: Key = Key::new("os");
const OS_VERSION: Key = Key::new("osVersion");
const SDK: Key = Key::new("sdk");
const SDK_VERSION: Key = Key::new("sdkVersion");
const TOOL: Key = Key::new("tool");
const TOOL_VERSION: Key = Key::new("toolVersion");
const VERSION: Key = Key::new("version");
