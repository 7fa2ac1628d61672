//! Who is timed, as `benches/peers/contenders.toml` says it.

use super::places::Places;
use crate::way::Unmeasured;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const FILE: &str = include_str!("../../peers/contenders.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    programs: BTreeMap<String, String>,
    job: Vec<Job>,
}

/// What all its contenders do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Job {
    /// The kind of its input.
    pub(super) name: super::inputs::Kind,
    /// What is done, for whoever reads the table.
    pub(super) title: String,
    /// Who does it; trailmill first.
    #[serde(rename = "contender")]
    pub(super) contenders: Vec<Contender>,
    /// Where programs are looked for, by the name that commands have for them.
    #[serde(skip)]
    programs: BTreeMap<String, String>,
}

/// A program that does a job.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contender {
    /// What it is called in tables.
    pub(super) name: String,
    /// The command, with places in braces.
    run: Vec<String>,
    /// A command that says its version.
    #[serde(default)]
    version: Vec<String>,
    /// It gets the first of so many parts of the input.
    #[serde(default = "one")]
    pub(super) of: u64,
    /// Whether it makes rows.
    #[serde(default = "yes")]
    pub(super) rows: bool,
}

fn one() -> u64 {
    1
}

fn yes() -> bool {
    true
}

/// All jobs with their contenders.
///
/// # Errors
/// If the file does not say what it should.
pub(super) fn jobs() -> Result<Vec<Job>, Unmeasured> {
    let list: Result<List, _> = toml::from_str(FILE);
    let list = list.map_err(|error| Unmeasured(format!("contenders.toml: {error}")))?;
    let with_programs = |job| Job { programs: list.programs.clone(), ..job };
    Ok(list.job.into_iter().map(with_programs).collect())
}

impl Job {
    /// The command of a contender over an input.
    ///
    /// # Errors
    /// The name of a program that is not there.
    pub(super) fn command(
        &self,
        contender: &Contender,
        places: &Places,
        input: &Path,
    ) -> Result<Vec<String>, String> {
        let input = input.display().to_string();
        let fill =
            |text: &String| self.filled(text, places).map(|it| it.replace("{input}", &input));
        contender.run.iter().map(fill).collect()
    }

    /// The command that tells the version of a contender; empty if there is none.
    ///
    /// # Errors
    /// The name of a program that is not there.
    pub(super) fn version(
        &self,
        contender: &Contender,
        places: &Places,
    ) -> Result<Vec<String>, String> {
        contender.version.iter().map(|text| self.filled(text, places)).collect()
    }

    fn filled(&self, text: &str, places: &Places) -> Result<String, String> {
        let root = places.root().display().to_string();
        let mut text = text.replace("{scripts}", "{root}/benches/peers/scripts");
        text = text.replace("{root}", &root);
        for (name, place) in &self.programs {
            let braced = format!("{{{name}}}");
            if text.contains(&braced) {
                let path = places.program(place).ok_or_else(|| place.clone())?;
                text = text.replace(&braced, &path.display().to_string());
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contender_can_be_told_from_the_others_and_all_its_places_are_known() {
        let mut places = Vec::new();
        for mut job in jobs().unwrap() {
            let mut names: Vec<_> = job.contenders.iter().map(|it| it.name.clone()).collect();
            assert!(names[0].starts_with("trailmill") && job.contenders[0].rows, "{names:?}");
            places.append(&mut job.programs.values().cloned().collect());
            job.programs.values_mut().for_each(|place| "sh".clone_into(place));
            for contender in &job.contenders {
                let command = job.command(contender, &Places::new(), Path::new("in")).unwrap();
                assert!(command.iter().any(|it| it.split(' ').any(|it| it == "in")), "{command:?}");
                assert!(!command.iter().any(|it| it.contains('{')), "{command:?}");
            }
            names.sort();
            names.dedup();
            assert_eq!(names.len(), job.contenders.len());
        }
        assert!(!places.is_empty());
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut job = jobs().unwrap().remove(0);
        job.programs.insert("trailmill".to_owned(), "target/no-such".to_owned());
        let command = job.command(&job.contenders[0], &Places::new(), Path::new("in"));
        assert_eq!(command, Err("target/no-such".to_owned()));
    }
}
