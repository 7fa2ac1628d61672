//! The options of the stage, and how they become indicators.

use crate::entry::IndicatorType;
use crate::indicators::{Indicators, IndicatorsBuilder};
use crate::read::{EMPTY, Format, Reading, Unsupported, read};
use serde::Deserialize;
use trailmill_stage::{Resources, Settings, SettingsError};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    lists: Vec<List>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    name: String,
    file: Option<String>,
    entries: Option<Vec<String>>,
    #[serde(rename = "type")]
    of: Option<IndicatorType>,
    format: Option<Format>,
    column: Option<String>,
    label_column: Option<String>,
    unsupported: Option<Unsupported>,
}

/// Where the entries of a list stand.
enum Content<'l> {
    Entries(&'l [String], IndicatorType),
    File(&'l str, Reading<'l>),
}

/// Reads the options and all lists that they name.
///
/// # Errors
/// The first option or list that is wrong.
pub(crate) fn indicators(
    settings: &Settings,
    resources: &dyn Resources,
) -> Result<Indicators, SettingsError> {
    let options: Options = settings.read()?;
    if options.lists.is_empty() {
        return Err(SettingsError::new(
            "lists",
            "there is no list; name one, or leave the stage out",
        ));
    }
    let mut builder = IndicatorsBuilder::default();
    for (number, list) in options.lists.iter().enumerate() {
        let fail = |(option, message): (&str, String)| {
            SettingsError::new(&format!("lists[{number}]{option}"), message)
        };
        let content = list.content().map_err(fail)?;
        builder.begin(&list.name).map_err(|why| fail(("", why)))?;
        match content {
            Content::Entries(entries, of) => {
                add_entries(entries, of, &mut builder).map_err(fail)?
            }
            Content::File(path, how) => {
                // The content is gone before the next list is read.
                let content = resources.file(path).map_err(|why| fail((".file", why)))?;
                read(&content, how, &mut builder)
                    .map_err(|problem| fail((".file", format!("{path}{problem}"))))?;
            }
        }
    }
    Ok(builder.build())
}

fn add_entries(
    entries: &[String],
    of: IndicatorType,
    to: &mut IndicatorsBuilder,
) -> Result<(), (&'static str, String)> {
    if entries.is_empty() {
        return Err((".entries", EMPTY.to_owned()));
    }
    for (entry, number) in entries.iter().zip(1..) {
        to.add(of, entry, None).map_err(|why| (".entries", format!("entry {number}: {why}")))?;
    }
    Ok(())
}

/// An option of a list, as the end of its path, and what is wrong with it.
type Wrong = (&'static str, String);

impl List {
    fn content(&self) -> Result<Content<'_>, Wrong> {
        if self.name.is_empty() {
            return Err((".name", "a list needs a name, which its matches are given".to_owned()));
        }
        match (&self.file, &self.entries) {
            (Some(path), None) => Ok(Content::File(path, self.reading()?)),
            (None, Some(entries)) => {
                self.no("format", self.format.is_some(), "of `file` only")?;
                self.only_for(Format::Lines)?;
                Ok(Content::Entries(entries, self.indicator_type()?))
            }
            _ => Err(("", "it needs either `file` or `entries`".to_owned())),
        }
    }

    fn reading(&self) -> Result<Reading<'_>, Wrong> {
        let format = self.format.unwrap_or(Format::Lines);
        self.only_for(format)?;
        Ok(match format {
            Format::Lines => Reading::Lines(self.indicator_type()?),
            Format::Csv => Reading::Csv {
                of: self.indicator_type()?,
                column: self.column.as_deref().ok_or_else(|| {
                    (".column", "it has to name the column with the entries".to_owned())
                })?,
                label_column: self.label_column.as_deref(),
            },
            Format::Stix => Reading::Stix(self.unsupported.unwrap_or_default()),
        })
    }

    /// Refuses options that say nothing about lists of that format.
    fn only_for(&self, format: Format) -> Result<(), Wrong> {
        let csv = "of lists with `format: csv` only";
        self.no("column", self.column.is_some() && format != Format::Csv, csv)?;
        self.no("label_column", self.label_column.is_some() && format != Format::Csv, csv)?;
        let stix = "of lists with `format: stix` only";
        self.no("unsupported", self.unsupported.is_some() && format != Format::Stix, stix)?;
        let patterns = "of no list with `format: stix`, whose patterns say it";
        self.no("type", self.of.is_some() && format == Format::Stix, patterns)
    }

    fn no(&self, option: &str, is_wrong: bool, why: &str) -> Result<(), Wrong> {
        match is_wrong {
            true => Err(("", format!("`{option}` is an option {why}"))),
            false => Ok(()),
        }
    }

    fn indicator_type(&self) -> Result<IndicatorType, Wrong> {
        self.of.ok_or_else(|| {
            let types = "`address`, `domain`, `access-key` or `user-agent`";
            (".type", format!("it has to say what the entries are: {types}"))
        })
    }
}
