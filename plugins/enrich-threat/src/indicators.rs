//! What all lists together hold, by type, compact and quick to look up.

use crate::domain::Name;
use crate::entry::{self, IndicatorType, UserAgent};
use crate::prefixes::Prefixes;
use crate::tag::Tag;
use crate::texts::Texts;
use crate::words::Words;
use std::net::IpAddr;
use trailmill_address::{Builder, Matches, Table};

/// The most lists there can be.
const LISTS_MAX: usize = 1 << 16;

/// The entries of all lists.
///
/// A million of them take about 29 MB as IPv4 addresses, 53 MB as IPv6 addresses, and as texts
/// some 20 MB more than the texts themselves; labels come on top, each once.
#[derive(Clone, Debug)]
pub struct Indicators {
    lists: Vec<String>,
    labels: Texts,
    addresses: Table<Tag>,
    domains: Words,
    access_keys: Words,
    user_agents: Words,
    user_agent_prefixes: Prefixes,
}

/// Takes lists, and the entries of each.
#[derive(Clone, Debug, Default)]
pub struct IndicatorsBuilder {
    lists: Vec<String>,
    labels: Texts,
    addresses: Builder<Tag>,
    domains: Words,
    access_keys: Words,
    user_agents: Words,
    user_agent_prefixes: Prefixes,
}

/// There is no room for more.
const FULL: &str = "there is no room for more: the lists have over 4 GiB of text of one type";

impl IndicatorsBuilder {
    /// Begins a list, which the entries that follow are of.
    ///
    /// # Errors
    /// There are 65,536 already.
    pub fn begin(&mut self, name: &str) -> Result<(), String> {
        if self.lists.len() == LISTS_MAX {
            return Err(format!("there are {LISTS_MAX} lists already"));
        }
        self.lists.push(name.to_owned());
        Ok(())
    }

    /// Adds an entry to the list that was begun last, with what that list says of it.
    ///
    /// # Errors
    /// What is wrong with the entry, and what would be right.
    pub fn add(
        &mut self,
        of: IndicatorType,
        text: &str,
        label: Option<&str>,
    ) -> Result<(), String> {
        let label = match label {
            Some(label) => self.labels.add(label.as_bytes()).ok_or(FULL)?,
            None => Tag::NO_LABEL,
        };
        let list = u16::try_from(self.lists.len().saturating_sub(1)).map_err(|_| FULL)?;
        let tag = Tag { list, label };
        let added = match of {
            IndicatorType::Address => {
                self.addresses.add(entry::address(text)?, tag);
                Some(())
            }
            IndicatorType::Domain => self.domains.add(entry::domain(text)?.as_bytes(), tag),
            IndicatorType::AccessKey => self.access_keys.add(entry::access_key(text)?, tag),
            IndicatorType::UserAgent => match entry::user_agent(text)? {
                UserAgent::Whole(agent) => self.user_agents.add(agent, tag),
                UserAgent::Prefix(prefix) => self.user_agent_prefixes.add(prefix, tag),
            },
        };
        added.ok_or_else(|| FULL.to_owned())
    }

    /// Makes what was added ready for look-ups.
    pub fn build(mut self) -> Indicators {
        self.labels.seal();
        self.domains.seal();
        self.access_keys.seal();
        self.user_agents.seal();
        self.user_agent_prefixes.seal();
        Indicators {
            lists: self.lists,
            labels: self.labels,
            addresses: self.addresses.build(),
            domains: self.domains,
            access_keys: self.access_keys,
            user_agents: self.user_agents,
            user_agent_prefixes: self.user_agent_prefixes,
        }
    }
}

impl Indicators {
    /// How many entries there are of a type; texts count once however many lists they are in.
    pub fn count(&self, of: IndicatorType) -> usize {
        match of {
            IndicatorType::Address => self.addresses.len(),
            IndicatorType::Domain => self.domains.len(),
            IndicatorType::AccessKey => self.access_keys.len(),
            IndicatorType::UserAgent => self.user_agents.len() + self.user_agent_prefixes.len(),
        }
    }

    /// The networks that an address is in, narrowest first.
    #[inline]
    pub(crate) fn address(&self, address: IpAddr) -> Matches<'_, Tag> {
        self.addresses.find(address)
    }

    /// The entries for a domain and for those that it is in, narrowest first.
    pub(crate) fn domain<'i>(
        &'i self,
        name: &'i Name,
    ) -> impl Iterator<Item = (&'i [u8], Tag)> + 'i {
        name.suffixes().flat_map(|part| self.domains.find(part).map(move |tag| (part, tag)))
    }

    /// The entries for an access key.
    #[inline]
    pub(crate) fn access_key(&self, key: &str) -> impl Iterator<Item = Tag> {
        self.access_keys.find(key.as_bytes())
    }

    /// The entries for a user agent, and those for what it begins with, longest first.
    #[inline]
    pub(crate) fn user_agent<'i>(
        &'i self,
        agent: &'i str,
    ) -> impl Iterator<Item = (Option<&'i [u8]>, Tag)> {
        let whole = self.user_agents.find(agent.as_bytes()).map(|tag| (None, tag));
        let prefixes = self.user_agent_prefixes.find(agent.as_bytes());
        whole.chain(prefixes.map(|(prefix, tag)| (Some(prefix), tag)))
    }

    /// The name of the list of an entry.
    pub(crate) fn list(&self, tag: Tag) -> &str {
        self.lists.get(usize::from(tag.list)).map_or("", String::as_str)
    }

    /// What the list says of an entry.
    pub(crate) fn label(&self, tag: Tag) -> Option<&str> {
        let label = (tag.label != Tag::NO_LABEL).then(|| self.labels.get(tag.label))?;
        std::str::from_utf8(label).ok()
    }
}
