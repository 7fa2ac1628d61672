//! Reads a user agent, word by word.

use crate::agent::{Agent, Named};
use crate::browser;
use crate::client::Client;
use crate::kind::Kind;
use crate::products::{Products, Role, Row};
use crate::systems;
use crate::tables::platforms::SDK_LANGUAGES;
use crate::words::{Piece, Words, until};

/// How the names of the domains of services end.
const SERVICE_ENDS: [&str; 2] = [".amazonaws.com", ".amazonaws.com.cn"];

/// The longest text before `Console` that is still taken for a part of its name.
const CONSOLE_WORDS_BYTES_MAX: usize = 48;

/// What a user agent says.
pub(crate) fn parse<'t>(text: &'t str, products: &Products) -> Agent<'t> {
    let bare = text.trim_matches(['[', ']']);
    if let Some(kind) = service(bare) {
        return Agent::of(kind, Some(bare));
    }
    if is_hidden(bare) {
        return Agent::of(Kind::Hidden, None);
    }
    let words = Words::new(text);
    let mut reader = Reader {
        products,
        part: words.rest(),
        words,
        agent: Agent::default(),
        browser_version: None,
        has_comment: false,
    };
    while let Some(piece) = reader.words.next() {
        match piece {
            Piece::Word(word, rest) => reader.word(word, rest),
            Piece::Comment(comment) => reader.comment(comment),
        }
    }
    reader.finish()
}

/// The kind of a user agent that is the domain of a service.
///
/// `signin` and `console` are the console, of which some services have a part of their own
/// ("CloudTrail record contents", `userAgent`).
fn service(text: &str) -> Option<Kind> {
    let name = SERVICE_ENDS.iter().find_map(|end| text.strip_suffix(end))?;
    if name.is_empty() || name.contains(['/', ' ']) {
        return None;
    }
    let is_console = name == "signin" || name.split('.').next() == Some("console");
    Some(if is_console { Kind::Console } else { Kind::Service })
}

/// Whether there is a mask in the place of the user agent.
fn is_hidden(text: &str) -> bool {
    matches!(text, "HIDDEN_DUE_TO_SECURITY_REASONS" | "<sensitiveDataRemoved>")
        || !text.is_empty() && text.bytes().all(|byte| byte == b'*')
}

struct Reader<'t, 'p> {
    products: &'p Products,
    words: Words<'t>,
    agent: Agent<'t>,
    /// The text from behind the last comma; some consoles have names of several words.
    part: &'t str,
    /// The version that a browser writes apart from its name.
    browser_version: Option<&'t str>,
    has_comment: bool,
}

impl<'t> Reader<'t, '_> {
    #[inline]
    fn word(&mut self, word: &'t str, rest: &'t str) {
        let slash = memchr::memchr(b'/', word.as_bytes());
        let (key, value) = slash.map_or((word, ""), |at| (&word[..at], &word[at + 1..]));
        if !value.is_empty() && self.agent.take_part(key, value) {
            if matches!(key, "exec-env" | "app") {
                self.take_mark(value);
            }
        } else if let Some(row) = self.products.find(rest) {
            self.product(*row, rest);
        } else if key.ends_with("Console") {
            self.console(word, rest);
        }
        if rest.as_bytes().get(word.len()) == Some(&b',') {
            self.part = rest.get(word.len() + 1..).unwrap_or_default();
        }
    }

    fn product(&mut self, row: Row, rest: &'t str) {
        self.words.go_on_behind(rest, row.key.len());
        let word = &rest[..memchr::memchr(b' ', rest.as_bytes()).unwrap_or(rest.len())];
        let behind = rest.get(row.key.len()..).unwrap_or_default();
        let named = match row.name.is_empty() {
            true => whole(word),
            false => Named { name: Some(row.name), version: self.version(behind) },
        };
        // What stands directly behind belongs to the product.
        let length = memchr::memchr(b' ', behind.as_bytes()).unwrap_or(behind.len());
        self.words.go_on_behind(behind, length);
        let client = |kind, rank| Client { kind, rank, named };
        let agent = &mut self.agent;
        match row.role {
            Role::Client(kind) => {
                if kind == Kind::Sdk {
                    client(kind, 0).offer(&mut agent.sdk);
                }
                client(kind, u8::from(kind == Kind::Browser) * u8::MAX).offer(&mut agent.client);
            }
            Role::Mark(kind) => client(kind, 0).offer(&mut agent.mark),
            Role::Browser(rank) => self.browser(client(Kind::Browser, rank)),
            Role::BrowserVersion => self.browser_version = named.version,
            Role::Language => agent.language = named,
            Role::System => self.system(named),
        }
    }

    /// The version behind the name of a product: behind a slash, a dash or a blank.
    fn version(&self, behind: &'t str) -> Option<&'t str> {
        let written = match behind.as_bytes().first()? {
            b'/' | b'-' => &behind[1..],
            b' ' => behind.trim_start_matches([' ', '-']),
            _ => return None,
        };
        let written = until(written, |byte| matches!(byte, b' ' | b',' | b';' | b'('));
        // `amazon-vpc-cni-k8s/version/v1.15.4`, `aws-sam-cli/1.100.0/<id>`
        let written = written.strip_prefix("version/").unwrap_or(written);
        let version = until(written, |byte| byte == b'/');
        is_version(version).then_some(version)
    }

    /// A browser counts only where a browser is what the user agent begins with.
    fn browser(&mut self, found: Client<'t>) {
        if self.agent.client.is_some_and(|client| client.kind == Kind::Browser) {
            found.offer(&mut self.agent.client);
        }
    }

    /// The SDK for JavaScript 2 has the version of Node.js behind the system: `linux/v20.15.1`.
    fn system(&mut self, named: Named<'t>) {
        match named.version {
            Some(version) if version.starts_with('v') => {
                self.agent.language.version = Some(&version[1..]);
                self.agent.system = Named { version: None, ..named };
            }
            _ => self.agent.system = named,
        }
    }

    /// A part of the console: `S3Console/0.4`, `RDS Console`.
    fn console(&mut self, word: &'t str, rest: &'t str) {
        if self.agent.client.is_some_and(|client| client.kind <= Kind::Console) {
            return;
        }
        let whole = whole(word);
        // The words before it are part of the name, if there are few.
        let before = self.part.len().saturating_sub(rest.len());
        let length = before + whole.name.unwrap_or_default().len();
        let name = self.part.get(..length).map(str::trim_start);
        let is_name = |name: &&str| before <= CONSOLE_WORDS_BYTES_MAX && !name.contains('/');
        let name = name.filter(is_name).or(whole.name);
        let named = Named { name, ..whole };
        Client { kind: Kind::Console, rank: 0, named }.offer(&mut self.agent.client);
    }

    /// A tool that has put its name where there is room for one.
    fn take_mark(&mut self, value: &'t str) {
        let Some(&Row { role: Role::Mark(kind), name, .. }) = self.products.find(value) else {
            return;
        };
        let named = Named { name: Some(name), version: None };
        Client { kind, rank: 0, named }.offer(&mut self.agent.mark);
    }

    fn comment(&mut self, comment: &'t str) {
        if !self.has_comment {
            self.has_comment = true;
            if self.agent.client.is_some_and(|client| client.kind == Kind::Browser) {
                return self.agent.take_browser_comment(comment);
            }
        }
        // The SDK for Go 1: `(go1.19.3; linux; amd64)`.
        let Some(version) = comment.strip_prefix("go").filter(|version| is_version(version)) else {
            return;
        };
        let mut parts = version.split("; ");
        self.agent.language = Named { name: Some("go"), version: parts.next() };
        self.agent.system = Named { name: parts.next().map(systems::system), version: None };
        self.agent.architecture = parts.next();
    }

    fn finish(self) -> Agent<'t> {
        let mut agent = self.agent;
        if let Some(client) = agent.client.as_mut().filter(|client| client.kind == Kind::Browser) {
            let Named { name, version } = client.named;
            let version = match name {
                Some("Safari") => self.browser_version,
                _ => version,
            };
            // `Mozilla` is what every browser begins with, and no name of one.
            let known = name.filter(|name| *name != "Mozilla");
            client.named = Named {
                name: known,
                version: version.filter(|_| known.is_some()).map(browser::major),
            };
        }
        if agent.language.name.is_none() {
            agent.language.name = agent.sdk.and_then(|sdk| sdk_language(sdk.named.name?));
        }
        let written = [agent.system.version, agent.distribution];
        if let Some(name) = written.into_iter().flatten().find_map(systems::offensive) {
            let named = Named { name: Some(name), version: None };
            Client { kind: Kind::Offensive, rank: 1, named }.offer(&mut agent.mark);
        }
        agent
    }
}

/// A word with its version, as it stands there.
fn whole(word: &str) -> Named<'_> {
    let word = word.trim_end_matches(',');
    let (name, version) = word.split_once('/').unwrap_or((word, ""));
    Named { name: Some(name), version: Some(version).filter(|version| is_version(version)) }
}

/// Whether it begins as versions do: `1.2`, `v1.2`.
fn is_version(text: &str) -> bool {
    text.trim_start_matches(['v', 'V']).starts_with(|c: char| c.is_ascii_digit())
}

/// The language that goes with an SDK.
fn sdk_language(name: &str) -> Option<&'static str> {
    let Some(rest) = name.strip_prefix("aws-sdk-") else {
        return name.starts_with("boto").then_some("python");
    };
    SDK_LANGUAGES.iter().find(|(start, _)| rest.starts_with(start)).map(|(_, name)| *name)
}
