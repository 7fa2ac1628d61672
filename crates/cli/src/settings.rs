//! Finds and loads pipeline files, with the files that they name.

use crate::failure::{Failure, cannot_read, reason};
use crate::io::mapped::mapped;
use bytes::Bytes;
use std::env::VarError;
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::{Resources, StageSpec};

/// What a folder is searched for if it is named as a pipeline.
const FILE_NAMES: [&str; 4] = ["pipeline.yaml", "pipeline.yml", "pipeline.toml", "pipeline.json"];

/// A pipeline and where it was read from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) pipeline: Pipeline,
    /// The pipeline file, as messages name it.
    pub(crate) path: PathBuf,
    pub(crate) resources: Disk,
}

/// The files that a pipeline file names, relative to its folder, and the environment.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    folder: PathBuf,
    variables: Variables,
}

/// Where the values of environment variables come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variables {
    /// The environment.
    Environment,
    /// They are made from their names, so that the tests of a pipeline give the same everywhere,
    /// and no key has to be at hand for them or shows in what they expect.
    Made,
}

impl Disk {
    /// Where a file is that the pipeline file names.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

impl Resources for Disk {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.path(path);
        fs::read(&path).map_err(|error| cannot_read(path.display(), &error))
    }

    fn mapped(&self, path: &str) -> Result<Bytes, String> {
        let path = self.path(path);
        mapped(&path).map_err(|error| cannot_read(path.display(), &error))
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        if self.variables == Variables::Made {
            return Ok(format!("{name} as tests have it"));
        }
        let wrong = match std::env::var(name) {
            Ok(value) if value.is_empty() => "is empty",
            Ok(value) => return Ok(value),
            Err(VarError::NotPresent) => "is not set",
            Err(VarError::NotUnicode(_)) => "is not UTF-8 text",
        };
        // Whoever writes a key in the place of its name shall not see it again.
        let is_usual =
            |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        match !name.is_empty() && name.bytes().all(is_usual) {
            true => Err(format!("the environment variable `{name}` {wrong}")),
            false => Err(format!(
                "the environment variable named here {wrong}: write the name of one, in capitals, \
                 and the value into the environment"
            )),
        }
    }
}

/// Loads the pipeline at `path`: a file, or a folder that holds one.
///
/// # Errors
/// What is wrong with the file, and where.
pub(crate) fn load(path: &Path) -> Result<Loaded, Failure> {
    load_with(path, &stages(), Variables::Environment)
}

/// Every stage that a pipeline may name: the plugins, and `wasm`.
pub(crate) fn stages() -> Vec<&'static StageSpec> {
    trailmill_host::stages(trailmill_catalog::STAGES)
}

/// The same with other stages than [`stages`], or other variables than those of the
/// environment.
///
/// # Errors
/// What is wrong with the file, and where.
pub(crate) fn load_with(
    path: &Path,
    specs: &[&'static StageSpec],
    variables: Variables,
) -> Result<Loaded, Failure> {
    let PipelineFile { path, text, format, resources } = read(path, variables)?;
    let pipeline = Pipeline::load(&text, format, specs, &resources)
        .map_err(|error| Failure::usage(format_args!("{}:{error}", path.display())))?;
    Ok(Loaded { pipeline, path, resources })
}

/// A pipeline file that was read and not looked into.
#[derive(Debug)]
pub(crate) struct PipelineFile {
    /// The file, as messages name it.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) format: Format,
    pub(crate) resources: Disk,
}

/// Reads the pipeline file at `path`: a file, or a folder that holds one.
///
/// # Errors
/// If there is none, or it is no text.
pub(crate) fn read(path: &Path, variables: Variables) -> Result<PipelineFile, Failure> {
    let path = find(path)?;
    let name = path.display();
    let bytes = fs::read(&path).map_err(|error| Failure::usage(cannot_read(name, &error)))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| not_text(&path, error.utf8_error().valid_up_to(), error.as_bytes()))?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let format = Format::of_path(&path);
    Ok(PipelineFile { path, text, format, resources: Disk { folder, variables } })
}

fn not_text(path: &Path, valid: usize, bytes: &[u8]) -> Failure {
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..valid]).count();
    Failure::usage(format_args!("{}:{line}: not UTF-8 text", path.display()))
}

fn find(path: &Path) -> Result<PathBuf, Failure> {
    let metadata = path.metadata().map_err(|error| {
        Failure::usage(format_args!("no pipeline at {}: {}", path.display(), reason(&error)))
    })?;
    if !metadata.is_dir() {
        return Ok(path.to_owned());
    }
    let candidates = FILE_NAMES.iter().map(|name| path.join(name));
    candidates.into_iter().find(|path| path.is_file()).ok_or_else(|| {
        Failure::usage(format_args!("no pipeline in {}: it holds no pipeline.yaml", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_those_beside_the_pipeline() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let disk = Disk { folder, variables: Variables::Environment };
        let read = disk.file("Cargo.toml").unwrap();
        assert!(read.starts_with(b"[package]"));
        assert_eq!(disk.mapped("Cargo.toml").unwrap(), read);
        let missing = disk.mapped("no/such.mmdb").unwrap_err();
        assert_eq!(missing, disk.file("no/such.mmdb").unwrap_err());
        assert!(
            missing.starts_with("cannot read ") && missing.ends_with("No such file or directory")
        );
    }

    fn variable(name: &str) -> Result<String, String> {
        Disk { folder: PathBuf::new(), variables: Variables::Environment }.variable(name)
    }

    #[test]
    fn variables_come_from_the_environment() {
        // What cargo sets for every test.
        assert_eq!(variable("CARGO_PKG_NAME").as_deref(), Ok("trailmill-cli"));
        let missing = "the environment variable `TRAILMILL_NO_SUCH` is not set";
        assert_eq!(variable("TRAILMILL_NO_SUCH"), Err(missing.to_owned()));
    }

    #[test]
    fn variables_of_tests_are_made_from_their_names() {
        let disk = Disk { folder: PathBuf::new(), variables: Variables::Made };
        let made = |name| disk.variable(name).unwrap();
        assert_eq!(made("CARGO_PKG_NAME"), "CARGO_PKG_NAME as tests have it");
        assert_ne!(made("A"), made("B"));
        assert!(made("A").len() >= 16, "as long as a key has to be");
    }

    #[test]
    fn a_value_in_the_place_of_a_name_is_not_repeated() {
        for name in ["", "hunter2", "a=b", "a\0", "wJalr+XUtn"] {
            assert_eq!(
                variable(name).expect_err(name),
                "the environment variable named here is not set: write the name of one, in \
                 capitals, and the value into the environment"
            );
        }
    }
}
