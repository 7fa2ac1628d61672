//! What an entry of a list can be, and how its text is read.

use crate::domain::Name;
use serde::Deserialize;
use trailmill_address::Network;

/// What the entries of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorType {
    /// IP addresses, and networks in CIDR notation.
    Address,
    /// Domain names, which stand for themselves and all that is below.
    Domain,
    /// Ids of access keys.
    AccessKey,
    /// User agents, compared as a whole, or up to a `*` at their end.
    UserAgent,
}

impl IndicatorType {
    /// Its word in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            IndicatorType::Address => "address",
            IndicatorType::Domain => "domain",
            IndicatorType::AccessKey => "access-key",
            IndicatorType::UserAgent => "user-agent",
        }
    }
}

/// The lengths that ids of access keys have (IAM API Reference, `AccessKey`).
const KEY_LENGTHS: std::ops::RangeInclusive<usize> = 16..=128;

/// Whether a text is an entry of a type.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub(crate) fn check(of: IndicatorType, text: &str) -> Result<(), String> {
    match of {
        IndicatorType::Address => address(text).map(drop),
        IndicatorType::Domain => domain(text).map(drop),
        IndicatorType::AccessKey => access_key(text).map(drop),
        IndicatorType::UserAgent => user_agent(text).map(drop),
    }
}

/// The id of an access key.
pub(crate) fn access_key(text: &str) -> Result<&[u8], String> {
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match is_word && KEY_LENGTHS.contains(&text.len()) {
        true => Ok(text.as_bytes()),
        false => Err("no access key id: 16 to 128 letters and digits".to_owned()),
    }
}

/// A user agent.
#[derive(Debug)]
pub(crate) enum UserAgent<'t> {
    /// This and no other.
    Whole(&'t [u8]),
    /// All that begin with this.
    Prefix(&'t [u8]),
}

/// The shortest beginning of user agents.
const PREFIX_MIN: usize = 3;

/// A user agent, or with a `*` at its end all that begin with what stands before.
pub(crate) fn user_agent(text: &str) -> Result<UserAgent<'_>, String> {
    match text.strip_suffix('*') {
        Some(prefix) if prefix.len() < PREFIX_MIN => {
            Err(format!("fewer than {PREFIX_MIN} letters before `*` stand for too much"))
        }
        Some(prefix) => Ok(UserAgent::Prefix(prefix.as_bytes())),
        None if text.is_empty() => Err("no user agent".to_owned()),
        None => Ok(UserAgent::Whole(text.as_bytes())),
    }
}

/// An address or network.
pub(crate) fn address(text: &str) -> Result<Network, String> {
    let network: Network = text.parse().map_err(|error| format!("{error}"))?;
    match network.bits() {
        0 => Err("this network holds every address, so it tells nothing".to_owned()),
        _ => Ok(network),
    }
}

/// A domain, with all that is below it.
pub(crate) fn domain(text: &str) -> Result<Name, String> {
    // What is below a domain is found with it, so that these say no more.
    let text = text.strip_prefix("*.").or_else(|| text.strip_prefix('.')).unwrap_or(text);
    let name = Name::parse(text).ok_or(
        "no domain name: labels of letters, digits, `-` and `_`, and others in ASCII (`xn--...`)",
    )?;
    if trailmill_address::parse(text).is_some() {
        return Err("an address, which belongs into a list of type `address`".to_owned());
    }
    match name.as_bytes().contains(&b'.') {
        true => Ok(name),
        false => Err("one label alone stands for too much; a domain has two or more".to_owned()),
    }
}
