//! Bundles of STIX 2.0 and 2.1, object by object.

use super::{Problem, pattern};
use crate::entry::{IndicatorType, check};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// What is done about indicators that can not be looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unsupported {
    /// The list is refused.
    #[default]
    Refuse,
    /// They are left out.
    Skip,
}

/// Takes an entry of a type, and what is said of it.
type AddOf<'a> = dyn FnMut(IndicatorType, &str, Option<&str>) -> Result<(), String> + 'a;

/// Hands all values that the indicators of a bundle name to `add`, with their name or else their
/// id as the label. Revoked indicators are left out.
///
/// # Errors
/// What is no bundle; indicators that can not be looked up, unless they are to be skipped.
pub(super) fn read(
    text: &str,
    unsupported: Unsupported,
    add: &mut AddOf<'_>,
) -> Result<(), Problem> {
    let mut tally = Tally::default();
    let mut from = serde_json::Deserializer::from_str(text);
    let bundle = Bundle { add, tally: &mut tally };
    bundle.deserialize(&mut from).and_then(|()| from.end()).map_err(|error| {
        let line = error.line();
        let what = match error.classify() {
            serde_json::error::Category::Data => own_words(&error),
            _ => "the text is not JSON".to_owned(),
        };
        Problem::at(line, format!("{what}; a bundle of STIX 2.0 or 2.1 is wanted"))
    })?;
    match (unsupported, tally.unsupported) {
        (Unsupported::Refuse, count @ 1..) => Err(Problem::of_all(format!(
            "{count} of {} indicators can not be looked up, the first of them as number {} in \
             `objects`; `unsupported: skip` leaves such indicators out",
            tally.indicators, tally.first
        ))),
        _ => Ok(()),
    }
}

/// What an error about the form of the bundle says, without the place.
fn own_words(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

/// What was found in a bundle.
#[derive(Debug, Default)]
struct Tally {
    objects: usize,
    indicators: usize,
    unsupported: usize,
    /// The number of the first object that is not supported, from one on.
    first: usize,
}

/// An object of a bundle, as far as it matters.
#[derive(Deserialize)]
struct Object<'o> {
    #[serde(rename = "type", borrow)]
    of: Cow<'o, str>,
    pattern: Option<String>,
    pattern_type: Option<String>,
    #[serde(default)]
    revoked: bool,
    name: Option<String>,
    id: Option<String>,
}

struct Bundle<'a, 'b> {
    add: &'a mut AddOf<'b>,
    tally: &'a mut Tally,
}

impl<'de> DeserializeSeed<'de> for Bundle<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Bundle<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of type `bundle`")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut is_bundle = false;
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            match &*name {
                "type" => is_bundle = members.next_value::<String>()? == "bundle",
                "objects" => members.next_value_seed(Objects(&mut self))?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        match is_bundle {
            true => Ok(()),
            false => Err(A::Error::custom("this is no object of type `bundle`")),
        }
    }
}

struct Objects<'a, 'b, 'c>(&'a mut Bundle<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Objects<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Objects<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
        while let Some(object) = objects.next_element::<Object<'de>>()? {
            self.0.tally.objects += 1;
            if object.of == "indicator" && !object.revoked {
                self.0.indicator(&object).map_err(A::Error::custom)?;
            }
        }
        Ok(())
    }
}

impl Bundle<'_, '_> {
    fn indicator(&mut self, object: &Object<'_>) -> Result<(), String> {
        self.tally.indicators += 1;
        let Some(values) = values(object) else {
            self.tally.unsupported += 1;
            if self.tally.first == 0 {
                self.tally.first = self.tally.objects;
            }
            return Ok(());
        };
        let label = object.name.as_deref().or(object.id.as_deref());
        values.iter().try_for_each(|(of, value)| (self.add)(*of, value, label))
    }
}

/// The values that an indicator names, if all of them can be looked up.
fn values(object: &Object<'_>) -> Option<Vec<(IndicatorType, String)>> {
    // STIX 2.0 has no other patterns, and no such member.
    if object.pattern_type.as_deref().is_some_and(|of| of != "stix") {
        return None;
    }
    let values = pattern::values(object.pattern.as_deref()?)?;
    // In a pattern this is a letter like any other.
    let is_plain = |of, value: &str| of != IndicatorType::UserAgent || !value.ends_with('*');
    let mut all = values.iter();
    all.all(|(of, value)| is_plain(*of, value) && check(*of, value).is_ok()).then_some(values)
}
