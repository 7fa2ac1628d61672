//! The files of the tree, as git knows them.

use super::source::Source;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use walkdir::{DirEntry, WalkDir};

/// A text file of the tree.
#[derive(Debug)]
pub(super) struct File {
    /// Its path from the root, with slashes.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: String,
    /// Its code and its comments, if it is a Rust source.
    pub(super) source: Option<Source>,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> Self {
        File {
            path: path.to_owned(),
            text: text.to_owned(),
            source: path.ends_with(".rs").then(|| Source::new(text)),
        }
    }

    /// Whether all of it is tests.
    pub(super) fn is_test(&self) -> bool {
        self.path.split('/').any(|step| step == "tests" || step == "tests.rs")
    }

    /// A problem at a byte of the text.
    pub(super) fn problem(&self, offset: usize, message: &str) -> String {
        let line = 1 + self.text[..offset].matches('\n').count();
        format!("{}:{line}: {message}", self.path)
    }
}

/// The Rust sources among files.
pub(super) fn sources(files: &[File]) -> impl Iterator<Item = (&File, &Source)> {
    files.iter().filter_map(|file| Some((file, file.source.as_ref()?)))
}

/// Every text file that git tracks or would track, in the order of their paths.
pub(super) fn read(root: &Path) -> Result<Vec<File>> {
    let mut paths = match tracked(root) {
        Some(paths) => paths,
        None => walked(root)?,
    };
    paths.sort();
    paths.dedup();
    let mut files = Vec::new();
    for path in paths.iter().filter(|path| root.join(path).is_file()) {
        let bytes = std::fs::read(root.join(path)).with_context(|| path.clone())?;
        // What is no text (compressed samples) has no lines to check.
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File::new(path, &text));
        }
    }
    Ok(files)
}

/// The paths that git lists; `None` without git or outside a repository.
fn tracked(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root);
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = git.output().ok().filter(|output| output.status.success())?;
    let listed = String::from_utf8(output.stdout).ok()?;
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    Some(paths.map(str::to_owned).collect())
}

/// The paths in a tree that was unpacked from an archive.
fn walked(root: &Path) -> Result<Vec<String>> {
    let wanted = |entry: &DirEntry| entry.file_name() != "target" && entry.file_name() != ".git";
    let mut paths = Vec::new();
    for entry in WalkDir::new(root).into_iter().filter_entry(wanted) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root)?;
            paths.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_listing_find_the_sources() {
        let root = crate::root();
        let here = "crates/xtask/src/tidy/files.rs";
        assert!(walked(&root).unwrap().iter().any(|path| path == here));
        let listed = tracked(&root).is_none_or(|paths| paths.iter().any(|path| path == here));
        assert!(listed, "git does not list {here}");
    }

    #[test]
    fn tests_are_told_by_their_path() {
        for path in ["crates/a/tests/b.rs", "crates/a/src/b/tests.rs", "a/tests/b/in.rs"] {
            assert!(File::new(path, "").is_test(), "{path}");
        }
        assert!(!File::new("crates/a/src/contests.rs", "").is_test());
    }
}
