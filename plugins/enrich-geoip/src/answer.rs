//! Writes what databases say about an address.

use crate::fields::Field;
use crate::record::{Location, Number, Place, Record};
use std::io::Write;
use trailmill_stage::event::json::quote_into;

/// The highest number that an autonomous system can have (RFC 6793, section 3).
const ASN_MAX: f64 = u32::MAX as f64;

/// No accuracy is worse than half of the way around the earth, in kilometers.
const ACCURACY_MAX: f64 = 20_040.0;

/// Appends the members of one object, without its brackets and with a comma behind each.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    out: &'a mut Vec<u8>,
    language: &'a str,
}

impl<'a> Answer<'a> {
    /// Appends to `out`, with names in `language` where there are any.
    pub(crate) fn new(out: &'a mut Vec<u8>, language: &'a str) -> Self {
        Answer { out, language }
    }

    /// Appends a field of a record; says whether there was anything of it.
    pub(crate) fn field(&mut self, field: Field, record: &Record<'_>) -> bool {
        let from = self.out.len();
        match field {
            Field::Country => self.object("country", |answer| {
                answer.place(record.country.as_ref(), record.country.as_ref().and_then(iso_code));
            }),
            Field::Region => self.object("region", |answer| {
                let region = record.subdivisions.0.as_ref();
                answer.text("isoCode", region_code(record).as_deref());
                answer.place(region, None);
            }),
            Field::City => {
                let name = record.city.as_ref().and_then(|city| city.names.get(self.language));
                self.text("city", name);
            }
            Field::Location => {
                let location = record.location.as_ref();
                self.object("location", |answer| {
                    location.into_iter().for_each(|it| answer.point(it))
                });
            }
            Field::TimeZone => {
                let time_zone = record.location.as_ref().and_then(|location| location.time_zone);
                self.text("timeZone", time_zone.filter(|text| !text.is_empty()));
            }
            Field::AutonomousSystem => {
                self.object("autonomousSystem", |answer| answer.system(record))
            }
        }
        self.out.len() > from
    }

    fn place(&mut self, place: Option<&Place<'_>>, iso_code: Option<&str>) {
        self.text("isoCode", iso_code);
        self.text("name", place.and_then(|place| place.names.get(self.language)));
    }

    /// A point on the earth; half of one is none.
    fn point(&mut self, location: &Location<'_>) {
        let within = |number: Option<Number>, max: f64| {
            number.map(|number| number.0).filter(|number| number.abs() <= max)
        };
        let latitude = within(location.latitude, 90.0);
        let longitude = within(location.longitude, 180.0);
        let (Some(latitude), Some(longitude)) = (latitude, longitude) else { return };
        self.number("latitude", Some(latitude));
        self.number("longitude", Some(longitude));
        let accuracy = within(location.accuracy_radius, ACCURACY_MAX);
        self.number("accuracyKilometers", accuracy.filter(|number| *number >= 0.0));
    }

    fn system(&mut self, record: &Record<'_>) {
        let number = record.system_number().map(|number| number.0);
        let number = number.filter(|number| (0.0..=ASN_MAX).contains(number));
        self.number("number", number.filter(|number| number.fract() == 0.0));
        let name = record.system_organization();
        self.text("organization", name.filter(|name| !name.is_empty()));
    }

    /// Appends an object, unless it would be empty.
    fn object(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let from = self.out.len();
        self.name(name);
        self.out.push(b'{');
        let inside = self.out.len();
        write(self);
        if self.out.len() == inside {
            self.out.truncate(from);
        } else {
            // The comma behind the last member.
            self.out.pop();
            self.out.extend_from_slice(b"},");
        }
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.name(name);
        quote_into(text, self.out);
        self.out.push(b',');
    }

    /// Appends a finite number, in the shortest text that reads as the same.
    fn number(&mut self, name: &str, number: Option<f64>) {
        let Some(number) = number else { return };
        self.name(name);
        // Writing to memory does not fail.
        let _ = write!(self.out, "{number},");
    }

    fn name(&mut self, name: &str) {
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

fn iso_code<'d>(place: &Place<'d>) -> Option<&'d str> {
    place.iso_code.filter(|code| !code.is_empty())
}

/// The code of ISO 3166-2, whose second part is what databases have.
fn region_code(record: &Record<'_>) -> Option<String> {
    let country = record.country.as_ref().and_then(iso_code)?;
    let region = record.subdivisions.0.as_ref().and_then(iso_code)?;
    Some(format!("{country}-{region}"))
}
