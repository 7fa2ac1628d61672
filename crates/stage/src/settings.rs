//! Settings as the user wrote them, on their way to a stage.

use crate::quiet;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;

/// The options of one stage as they were written, whatever the format of the file.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    options: Value,
}

/// What is wrong with the settings of a stage. The loader adds file, line and stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The option, as a path from the settings of the stage: `limits.record_bytes_max`; empty for
    /// the settings as a whole.
    pub option: String,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl Settings {
    /// Settings from a map of options; `null` stands for none.
    pub fn new(options: Value) -> Self {
        Settings { options }
    }

    /// The options as a JSON value: a map, or `null`.
    pub fn options(&self) -> &Value {
        &self.options
    }

    /// Reads the options into a struct, which should `deny_unknown_fields` and have defaults.
    ///
    /// # Errors
    /// The first option that does not fit, with its path; no value is repeated.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, SettingsError> {
        let given = Some(&self.options).filter(|options| !options.is_null()).cloned();
        let options = given.unwrap_or_else(|| serde_json::json!({}));
        serde_path_to_error::deserialize(options).map_err(|error| SettingsError {
            option: match error.path().to_string() {
                path if path == "." => String::new(),
                path => path,
            },
            message: quiet::without_value(error.inner().to_string()),
        })
    }
}

impl SettingsError {
    /// An error about one option.
    pub fn new(option: &str, message: impl Into<String>) -> Self {
        SettingsError { option: option.to_owned(), message: message.into() }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.option.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "option `{}`: {}", self.option, self.message)
    }
}

impl std::error::Error for SettingsError {}

/// Makes of a file a smaller one with which a stage does the same, or says why there is none.
pub type Cut<'a> = dyn Fn(&Bytes) -> Result<Vec<u8>, String> + 'a;

/// What a stage may ask for while it is built: files and variables that its options name.
pub trait Resources {
    /// The content of the file at `path`, relative to the pipeline file.
    ///
    /// # Errors
    /// A message that names the file and what is wrong with it.
    fn file(&self, path: &str) -> Result<Vec<u8>, String>;

    /// The same, mapped into memory where that can be done: a new version may come by rename only.
    fn mapped(&self, path: &str) -> Result<Bytes, String> {
        self.file(path).map(Bytes::from)
    }

    /// The same for a stage that would do the same with what `cut` leaves: whoever puts files into
    /// a module puts that there. What is handed out is the whole file, or what was cut before.
    fn mapped_part(&self, path: &str, _cut: &Cut<'_>) -> Result<Bytes, String> {
        self.mapped(path)
    }

    /// The value of an environment variable; for keys, which should not stand in a file.
    ///
    /// # Errors
    /// A message that names the variable, and never its value.
    fn variable(&self, name: &str) -> Result<String, String> {
        Err(format!("there is no environment here, so no `{name}`"))
    }

    /// Whether no input is compressed, so that a decoder need not be able to open any that is.
    fn all_is_text(&self) -> bool {
        false
    }
}

/// No files at all, for examples.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoResources;

impl Resources for NoResources {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Err(format!("there are no files here, so no `{path}`"))
    }
}
