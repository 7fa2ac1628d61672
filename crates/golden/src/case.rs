//! Runs one case: a folder with an input and what is expected of it.

use crate::run::run;
use crate::texts::{Texts, read};
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_stage::{Resources, StageSpec};

const SETTINGS: &str = "settings.json";

/// The cases below a folder, in the order of their names.
///
/// # Errors
/// If a folder can not be read.
pub(crate) fn find(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut cases = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        if path.join(SETTINGS).exists() || input(&path)?.is_some() {
            cases.push(path);
        } else {
            cases.extend(find(&path)?);
        }
    }
    Ok(cases)
}

/// Runs the case in a folder; with `update`, rewrites its expectations if they do not hold.
///
/// # Errors
/// What does not hold.
pub(crate) fn check(spec: &StageSpec, case: &Path, update: bool) -> Result<(), String> {
    let settings = read(&case.join(SETTINGS))?.unwrap_or_default();
    let input = match input(case)? {
        Some(path) => fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?,
        None => Vec::new(),
    };
    let got = Texts::of(run(spec, &settings, &Folder(case), &input))?;
    let failure = match Texts::read(case)? {
        Some(expected) => expected.compare(&got),
        None => Err("nothing is expected of it".to_owned()),
    };
    match failure {
        Err(_) if update => got.write(case),
        failure => failure,
    }
}

/// The files that settings name, looked up in the folder of the case.
struct Folder<'a>(&'a Path);

impl Resources for Folder<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(self.0.join(path)).map_err(|error| format!("{path}: {error}"))
    }
}

/// The input of a case: its file `in` or `in.*`.
fn input(case: &Path) -> Result<Option<PathBuf>, String> {
    let mut inputs = entries(case)?.into_iter().filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name == "in" || name.starts_with("in."))
    });
    match (inputs.next(), inputs.next()) {
        (input, None) => Ok(input),
        _ => Err(format!("{}: more than one input", case.display())),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let fail = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(fail)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(fail)?;
    paths.sort();
    Ok(paths)
}
