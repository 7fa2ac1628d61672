//! Databases in the format of MaxMind: which are of use, and what they say about an address.

use crate::record::Record;
use bytes::Bytes;
use maxminddb::{Reader, WithinOptions};
use std::net::IpAddr;

/// Words of which the type of a database has one, if it says something of use: `GeoLite2-City`,
/// `DBIP-Country-Lite`, `GeoIP2-ISP`.
const PLACES: &[&str] = &["city", "country", "enterprise"];
const NETWORKS: &[&str] = &["asn", "isp", "enterprise"];

/// How many networks are looked through at the start for one with a record.
const NETWORKS_TRIED: usize = 4096;

/// How many of the records found are read.
const RECORDS_TRIED: usize = 16;

/// What gzip begins with (RFC 1952); downloads come packed.
const GZIP: &[u8] = b"\x1f\x8b";

/// The record of an address can not be read, or the way there leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damaged;

/// One database.
#[derive(Debug)]
pub(crate) struct Database {
    reader: Reader<Bytes>,
    is_v4_only: bool,
}

impl Database {
    /// Opens the database in a file, for names in `language` if that is given.
    ///
    /// # Errors
    /// Why it is of no use, with the name of the file and the remedy.
    pub(crate) fn open(path: &str, bytes: Bytes, language: Option<&str>) -> Result<Self, String> {
        let is_packed = bytes.starts_with(GZIP);
        let reader = Reader::from_source(bytes).map_err(|error| match is_packed {
            true => format!("{path} is packed; unpack it, and name the .mmdb file inside"),
            false => format!(
                "{path} is no whole database in the format of MaxMind ({error}); \
                              fetch it again"
            ),
        })?;
        let is_v4_only = reader.metadata().ip_version == 4;
        let database = Database { reader, is_v4_only };
        database.check_type(path)?;
        database.check_language(path, language)?;
        database.check_records(path)?;
        Ok(database)
    }

    fn check_type(&self, path: &str) -> Result<(), String> {
        let name = &self.reader.metadata().database_type;
        if self.is_about(PLACES) || self.is_about(NETWORKS) {
            return Ok(());
        }
        Err(format!(
            "{path} is of type `{name}`, which says nothing of places or networks; name a City, \
             Country, Enterprise, ASN or ISP database"
        ))
    }

    fn is_about(&self, words: &[&str]) -> bool {
        let name = self.reader.metadata().database_type.to_ascii_lowercase();
        words.iter().any(|word| name.contains(word))
    }

    fn check_language(&self, path: &str, language: Option<&str>) -> Result<(), String> {
        let known = &self.reader.metadata().languages;
        let Some(language) = language.filter(|_| self.is_about(PLACES)) else { return Ok(()) };
        if known.is_empty() || known.iter().any(|known| known == language) {
            return Ok(());
        }
        Err(format!("{path} has no names in `{language}`, only in {}", known.join(", ")))
    }

    /// Reads some records: a database of the right type may still be damaged, or of another shape.
    fn check_records(&self, path: &str) -> Result<(), String> {
        // Networks without data come too, so that a tree that leads nowhere ends the search.
        let all =
            WithinOptions::default().include_aliased_networks().include_networks_without_data();
        let networks = self.reader.networks(all).into_iter().flatten().take(NETWORKS_TRIED);
        let with_data = networks.filter(|found| !found.as_ref().is_ok_and(|one| !one.has_data()));
        for found in with_data.take(RECORDS_TRIED) {
            found.and_then(|one| one.decode::<Record<'_>>().map(drop)).map_err(|error| {
                format!(
                    "{path} has a record that is damaged or not as in the databases of MaxMind \
                     ({error}); fetch it again, or one of another maker"
                )
            })?;
        }
        Ok(())
    }

    /// What it says about an address, if anything.
    pub(crate) fn look_up(&self, address: IpAddr) -> Result<Option<Record<'_>>, Damaged> {
        if self.is_v4_only && address.is_ipv6() {
            return Ok(None);
        }
        let found = self.reader.lookup(address).map_err(|_| Damaged)?;
        found.decode().map_err(|_| Damaged)
    }
}
