//! What the records of databases hold, as far as it is of use here.
//!
//! The names are those of GeoIP2 and GeoLite2 ("GeoIP2 City and Country databases", "GeoLite2 ASN
//! database", MaxMind developer portal), which other makers use as well. Everything may be missing;
//! what is there has to be of the right kind.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The language of names that every database has.
pub(crate) const ENGLISH: &str = "en";

/// A record, whatever the database.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Record<'d> {
    #[serde(borrow)]
    pub(crate) country: Option<Place<'d>>,
    #[serde(borrow)]
    pub(crate) subdivisions: Largest<'d>,
    #[serde(borrow)]
    pub(crate) city: Option<Place<'d>>,
    #[serde(borrow)]
    pub(crate) location: Option<Location<'d>>,
    pub(crate) autonomous_system_number: Option<Number>,
    pub(crate) autonomous_system_organization: Option<&'d str>,
    /// Where Enterprise databases say the same of the network.
    #[serde(borrow)]
    pub(crate) traits: Option<Traits<'d>>,
}

impl<'d> Record<'d> {
    /// The number of the autonomous system, wherever it stands.
    pub(crate) fn system_number(&self) -> Option<Number> {
        let traits = || self.traits.as_ref()?.autonomous_system_number;
        self.autonomous_system_number.or_else(traits)
    }

    /// Whose autonomous system it is, wherever that stands.
    pub(crate) fn system_organization(&self) -> Option<&'d str> {
        let traits = || self.traits.as_ref()?.autonomous_system_organization;
        self.autonomous_system_organization.or_else(traits)
    }
}

/// A country, a part of one, or a city.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Place<'d> {
    pub(crate) iso_code: Option<&'d str>,
    #[serde(borrow)]
    pub(crate) names: Names<'d>,
}

/// Where it is.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Location<'d> {
    /// In degrees.
    pub(crate) latitude: Option<Number>,
    /// In degrees.
    pub(crate) longitude: Option<Number>,
    /// In kilometers.
    pub(crate) accuracy_radius: Option<Number>,
    pub(crate) time_zone: Option<&'d str>,
}

/// The network of an address.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Traits<'d> {
    pub(crate) autonomous_system_number: Option<Number>,
    pub(crate) autonomous_system_organization: Option<&'d str>,
}

/// The first of the divisions of a country, which is the largest.
#[derive(Debug, Default)]
pub(crate) struct Largest<'d>(pub(crate) Option<Place<'d>>);

/// A name in several languages.
#[derive(Debug, Default)]
pub(crate) struct Names<'d>(Vec<(&'d str, &'d str)>);

impl<'d> Names<'d> {
    /// The name in a language, or else in English.
    pub(crate) fn get(&self, language: &str) -> Option<&'d str> {
        self.find(language).map(|(_, name)| name)
    }

    /// The same with the language that it is in.
    pub(crate) fn find(&self, language: &str) -> Option<(&'d str, &'d str)> {
        let in_language = |wanted: &str| self.0.iter().find(|(known, _)| *known == wanted);
        let found = in_language(language).or_else(|| in_language(ENGLISH));
        found.copied().filter(|(_, name)| !name.is_empty())
    }
}

/// A number of any of the kinds that the format has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(pub(crate) f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyNumber;
        impl Visitor<'_> for AnyNumber {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
                Ok(Number(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                Ok(Number(number as f64))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                Ok(Number(number as f64))
            }
        }
        deserializer.deserialize_any(AnyNumber)
    }
}

impl<'de: 'd, 'd> Deserialize<'de> for Names<'d> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByLanguage;
        impl<'de> Visitor<'de> for ByLanguage {
            type Value = Names<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names by language")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names<'de>, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = map.next_entry()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_map(ByLanguage)
    }
}

impl<'de: 'd, 'd> Deserialize<'de> for Largest<'d> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = Largest<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of divisions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Largest<'de>, A::Error> {
                let first = list.next_element()?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Largest(first))
            }
        }
        deserializer.deserialize_seq(First)
    }
}
