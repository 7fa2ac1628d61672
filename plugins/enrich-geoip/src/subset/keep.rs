//! What is kept of a record: the members that the answers are made of, under their names.

use super::data::{Data, Members, list, number, text};
use super::{Result, Wanted};
use crate::fields::Field;
use crate::record::{Location, Number, Place, Record};

/// Names of members. They come first in the data, where pointers to them have two bytes.
const NAMES: &[&str] = &[
    "country",
    "subdivisions",
    "city",
    "location",
    "autonomous_system_number",
    "autonomous_system_organization",
    "iso_code",
    "names",
    "latitude",
    "longitude",
    "accuracy_radius",
    "time_zone",
];

/// Puts records into the data.
#[derive(Debug)]
pub(super) struct Keeper<'s> {
    wanted: Wanted<'s>,
    data: Data,
}

impl<'s> Keeper<'s> {
    pub(super) fn new(wanted: Wanted<'s>, data: Data) -> Self {
        Keeper { wanted, data }
    }

    pub(super) fn into_data(self) -> Data {
        self.data
    }

    /// Where what is kept of a record stands; nothing if that says nothing.
    pub(super) fn keep(&mut self, record: &Record<'_>) -> Result<Option<u32>> {
        if self.data.bytes().is_empty() {
            for name in NAMES {
                self.data.place(&text(name))?;
            }
        }
        let mut kept = Members::default();
        let country = self.country(record)?;
        self.share(&mut kept, "country", country)?;
        let region = self.region(record)?.map(|region| list(&[region]));
        self.share(&mut kept, "subdivisions", region)?;
        let city = record.city.as_ref().filter(|_| self.wants(Field::City));
        let city = city.map(|city| self.place(city, false, true)).transpose()?.flatten();
        self.share(&mut kept, "city", city)?;
        let location = self.location(record.location.as_ref())?;
        self.share(&mut kept, "location", location)?;
        if self.wants(Field::AutonomousSystem) {
            let asn = record.system_number().map(|asn| number(asn.0));
            self.add(&mut kept, "autonomous_system_number", asn)?;
            let organization = record.system_organization().map(text);
            self.share(&mut kept, "autonomous_system_organization", organization)?;
        }
        kept.object_if_any().map(|object| self.data.place(&object)).transpose()
    }

    /// The country, or its code alone if only that of a region is made with it.
    fn country(&mut self, record: &Record<'_>) -> Result<Option<Vec<u8>>> {
        let with_name = self.wants(Field::Country);
        let has_region = record.subdivisions.0.as_ref().is_some_and(|it| it.iso_code.is_some());
        let with_code = with_name || has_region && self.wants(Field::Region);
        let country = record.country.as_ref();
        Ok(country.map(|it| self.place(it, with_code, with_name)).transpose()?.flatten())
    }

    fn region(&mut self, record: &Record<'_>) -> Result<Option<Vec<u8>>> {
        let region = record.subdivisions.0.as_ref().filter(|_| self.wants(Field::Region));
        Ok(region.map(|it| self.place(it, true, true)).transpose()?.flatten())
    }

    fn place(
        &mut self,
        place: &Place<'_>,
        with_code: bool,
        with_name: bool,
    ) -> Result<Option<Vec<u8>>> {
        let mut kept = Members::default();
        let code = place.iso_code.filter(|_| with_code);
        self.add(&mut kept, "iso_code", code.map(text))?;
        if let Some((language, name)) = place.names.find(self.wanted.language)
            && with_name
        {
            let mut names = Members::default();
            self.add(&mut names, language, Some(text(name)))?;
            self.add(&mut kept, "names", Some(names.object()))?;
        }
        Ok(kept.object_if_any())
    }

    fn location(&mut self, location: Option<&Location<'_>>) -> Result<Option<Vec<u8>>> {
        let mut kept = Members::default();
        let Some(location) = location else { return Ok(None) };
        if self.wants(Field::Location) {
            let known = |known: Option<Number>| known.map(|known| number(known.0));
            self.add(&mut kept, "latitude", known(location.latitude))?;
            self.add(&mut kept, "longitude", known(location.longitude))?;
            self.add(&mut kept, "accuracy_radius", known(location.accuracy_radius))?;
        }
        if self.wants(Field::TimeZone) {
            self.share(&mut kept, "time_zone", location.time_zone.map(text))?;
        }
        Ok(kept.object_if_any())
    }

    fn wants(&self, field: Field) -> bool {
        self.wanted.fields.contains(&field)
    }

    /// Adds a member whose value stands in the object itself.
    fn add(&mut self, to: &mut Members, name: &str, value: Option<Vec<u8>>) -> Result<()> {
        if let Some(value) = value {
            to.add(&self.data.pointer(&text(name))?, &value);
        }
        Ok(())
    }

    /// Adds a member whose value other records have too.
    fn share(&mut self, to: &mut Members, name: &str, value: Option<Vec<u8>>) -> Result<()> {
        let value = value.map(|value| self.data.pointer(&value)).transpose()?;
        self.add(to, name, value)
    }
}
