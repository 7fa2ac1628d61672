//! Where programs, inputs and scripts are.

use std::path::{Path, PathBuf};

/// The workspace, and the folder for inputs in it.
#[derive(Clone, Debug)]
pub(super) struct Places {
    root: PathBuf,
}

impl Places {
    /// The workspace of this program.
    pub(super) fn new() -> Self {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        Places { root: beside.canonicalize().unwrap_or(beside) }
    }

    /// The root of the workspace.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder for inputs.
    pub(super) fn made(&self, name: &str) -> PathBuf {
        self.root.join("target/bench-input").join(name)
    }

    /// A program as the list of contenders names it: below the workspace if there is a slash, and
    /// else on the path; none if it is not there.
    pub(super) fn program(&self, named: &str) -> Option<PathBuf> {
        let is_there = |path: &PathBuf| path.is_file();
        if named.contains('/') {
            return Some(self.root.join(named)).filter(is_there);
        }
        let folders = std::env::var_os("PATH")?;
        std::env::split_paths(&folders).map(|folder| folder.join(named)).find(is_there)
    }
}
