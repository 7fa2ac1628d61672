//! From what the user names (files, folders, patterns, `-`) to one file after the other.

use crate::failure::{Failure, cannot_read};
use globset::{GlobBuilder, GlobMatcher};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One thing that the user named.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    /// The standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A folder: all files in it and below, but for hidden ones, sorted by name.
    Folder(PathBuf),
    /// The files in and below a folder whose path matches.
    Pattern(PathBuf, Box<GlobMatcher>),
}

/// One input to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Looks up what the user named. A name that is no file is a pattern if it has `*`, `?`, `[` or
/// `{` in it; in a pattern `**` stands for any folders, `*` and `?` stay within one name.
///
/// # Errors
/// The first name that there is nothing for.
pub(crate) fn look_up(names: &[String]) -> Result<Vec<Named>, Failure> {
    names.iter().map(|name| look_up_one(name)).collect()
}

fn look_up_one(name: &str) -> Result<Named, Failure> {
    if name == "-" {
        return Ok(Named::Stdin);
    }
    let path = PathBuf::from(name);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(Named::Folder(path)),
        Ok(_) => Ok(Named::File(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(name) => pattern(name),
        Err(error) => Err(Failure::reading(name, &error)),
    }
}

fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

fn pattern(name: &str) -> Result<Named, Failure> {
    let glob = GlobBuilder::new(name).literal_separator(true).build();
    let glob = glob.map_err(|error| {
        Failure::usage(format_args!("`{name}` is not a pattern: {}", error.kind()))
    })?;
    let steps = Path::new(name).components();
    let fixed = steps.take_while(|step| !is_pattern(&step.as_os_str().to_string_lossy()));
    let named = Named::Pattern(fixed.collect(), Box::new(glob.compile_matcher()));
    match Inputs::new(vec![named.clone()]).any(|found| found.is_ok()) {
        true => Ok(named),
        false => Err(Failure::io(format_args!("no file matches {name}"))),
    }
}

/// Gives one input after the other, looking into folders on the way.
#[derive(Debug)]
pub(crate) struct Inputs {
    named: std::vec::IntoIter<Named>,
    walk: Option<Walk>,
    passed_over: Vec<PathBuf>,
}

#[derive(Debug)]
struct Walk {
    /// What to take off the paths: the working directory, for patterns that begin in it.
    prefix: PathBuf,
    entries: walkdir::IntoIter,
    matcher: Option<Box<GlobMatcher>>,
}

impl Inputs {
    pub(crate) fn new(named: Vec<Named>) -> Self {
        Inputs { named: named.into_iter(), walk: None, passed_over: Vec::new() }
    }

    /// The same, but files in folders that are among these (by their absolute paths) are passed
    /// over: what an earlier run has written beside its input is no input.
    pub(crate) fn without(self, passed_over: Vec<PathBuf>) -> Self {
        Inputs { passed_over, ..self }
    }

    fn is_passed_over(&self, found: &Found) -> bool {
        let Found::File(path) = found else {
            return false;
        };
        let path_bytes = path.as_os_str().as_encoded_bytes();
        let alike = |other: &&PathBuf| {
            let name = other.file_name().map(OsStr::as_encoded_bytes);
            name.is_some_and(|name| path_bytes.ends_with(name))
        };
        // The look at the disk is for files whose names are alike only.
        let mut alike = self.passed_over.iter().filter(alike);
        alike.any(|other| path.canonicalize().is_ok_and(|path| path == *other))
    }

    /// All bytes that are to be read, and how many files hold them, as far as that is known.
    pub(crate) fn size(self) -> (u64, u64) {
        let mut total = (0, 0);
        for found in self.flatten() {
            if let Found::File(path) = found {
                total.0 += 1;
                total.1 += path.metadata().map_or(0, |metadata| metadata.len());
            }
        }
        total
    }
}

impl Iterator for Inputs {
    /// An input, or the message about one that can not be read.
    type Item = Result<Found, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(Ok(found)) if self.is_passed_over(&found) => continue,
                    Some(found) => return Some(found),
                    None => self.walk = None,
                }
            }
            match self.named.next()? {
                Named::Stdin => return Some(Ok(Found::Stdin)),
                Named::File(path) => return Some(Ok(Found::File(path))),
                Named::Folder(path) => self.walk = Some(Walk::new(path, None)),
                Named::Pattern(path, matcher) => self.walk = Some(Walk::new(path, Some(matcher))),
            }
        }
    }
}

impl Walk {
    fn new(folder: PathBuf, matcher: Option<Box<GlobMatcher>>) -> Self {
        let (prefix, root) = match folder.as_os_str().is_empty() {
            true => (PathBuf::from("."), PathBuf::from(".")),
            false => (PathBuf::new(), folder),
        };
        // Paths of one folder differ in their last step only, which need not be found for that.
        let by_name = |a: &DirEntry, b: &DirEntry| a.path().as_os_str().cmp(b.path().as_os_str());
        let entries = WalkDir::new(root).follow_links(true).sort_by(by_name);
        Walk { prefix, entries: entries.into_iter(), matcher }
    }

    fn wanted(&self, entry: &DirEntry) -> Option<PathBuf> {
        let mut path = entry.path();
        if !self.prefix.as_os_str().is_empty() {
            path = path.strip_prefix(&self.prefix).unwrap_or(path);
        }
        let wanted = match &self.matcher {
            Some(matcher) => matcher.is_match(path),
            None => true,
        };
        (wanted && !entry.file_type().is_dir()).then(|| path.to_owned())
    }
}

impl Iterator for Walk {
    type Item = Result<Found, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.entries.next()? {
                Ok(entry) if is_hidden(&entry) => {
                    if entry.file_type().is_dir() {
                        self.entries.skip_current_dir();
                    }
                }
                Ok(entry) => match self.wanted(&entry) {
                    Some(path) => return Some(Ok(Found::File(path))),
                    None => continue,
                },
                Err(error) => return Some(Err(unreadable(&error))),
            }
        }
    }
}

/// Hidden files are none of CloudTrail's; our own unfinished output is among them.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn unreadable(error: &walkdir::Error) -> String {
    let name = error.path().map(Path::display);
    let name = name.map_or_else(String::new, |name| name.to_string());
    match error.io_error() {
        Some(error) => cannot_read(name, error),
        None => format!("cannot read {name}: the link leads back to a folder above"),
    }
}

#[cfg(test)]
mod tests;
