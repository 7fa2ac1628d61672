//! Paths with fields, `out/{DATE}.ndjson`, whose values can not lead out of their root.

#[cfg(test)]
mod tests;

use trailmill_event::json::Kind;
use trailmill_event::{Event, Node, Path};

/// How many characters of a value go into a path; the rest is cut.
const VALUE_MAX: usize = 64;

/// How long one name of a path may become. File systems take 255 bytes; the rest is for what
/// writers add while a file is not complete.
const NAME_MAX: usize = 200;

/// A path in which `{NAME}` stands for the top-level member `NAME` of the finished event.
///
/// Values are confined: characters other than ASCII letters, digits and `._=@+-` become `_`, at
/// most 64 of them count, and what would be empty, `.` or `..` becomes `_`; so does a member that
/// is missing, null, an array or an object. Everything before the first field, up to its last `/`,
/// is the root; no value leads out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    text: String,
    /// How much of the text is the root, its `/` included.
    root: usize,
    /// What is below the root.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(String, Path),
}

impl PathTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence without a full stop.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the path is empty".to_owned());
        }
        if text.contains(char::is_control) {
            return Err("the path holds a control character".to_owned());
        }
        let fixed = text.find('{').unwrap_or(text.len());
        if fixed == 0 || text.starts_with("/{") {
            return Err(
                "a path can not begin with a field; put a folder before it, as in `out/{DATE}`"
                    .to_owned(),
            );
        }
        let root = text[..fixed].rfind('/').map_or(0, |slash| slash + 1);
        let parts = parts(&text[root..])?;
        check_names(&text[root..])?;
        Ok(PathTemplate { text: text.to_owned(), root, parts })
    }

    /// The template as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folder that holds all its files; `.` for the working directory.
    pub fn root(&self) -> &str {
        match &self.text[..self.root] {
            "" => ".",
            "/" => "/",
            folder => folder.trim_end_matches('/'),
        }
    }

    /// The names of its fields, in their order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Field(name, _) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Whether it has fields, and so may name more than one file.
    pub fn has_fields(&self) -> bool {
        self.fields().next().is_some()
    }

    /// Writes the path of an event below the root into `path`, in place of what was there.
    pub fn render(&self, event: &Event<'_>, path: &mut String) {
        path.clear();
        for part in &self.parts {
            match part {
                Part::Text(text) => path.push_str(text),
                Part::Field(_, member) => push_value(event.get(member), path),
            }
        }
    }
}

/// Splits the text below the root at its fields.
fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(brace);
        let inside = from.strip_prefix('{').ok_or("`}` without a `{` before it")?;
        let end = inside.find(['{', '}']).unwrap_or(inside.len());
        let (name, behind) = inside.split_at(end);
        rest = behind.strip_prefix('}').ok_or("`{` without a `}` behind it")?;
        if name.is_empty() || name.contains('/') {
            return Err("between `{` and `}` stands the name of a member".to_owned());
        }
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Field(name.to_owned(), Path::member(name)));
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// Checks the folders and the file below the root.
fn check_names(text: &str) -> Result<(), String> {
    for name in text.split('/') {
        match name {
            "" if text.ends_with('/') || text.is_empty() => {
                return Err("the path names a folder, not a file".to_owned());
            }
            "" => return Err("a folder of the path has no name".to_owned()),
            "." | ".." => return Err(format!("`{name}` can not stand here in the path")),
            _ => {}
        }
        let fields = name.matches('{').count();
        let fixed = name.split('{').map(|text| text.rsplit('}').next());
        let fixed: usize = fixed.map(|text| text.map_or(0, str::len)).sum();
        if fixed + fields * VALUE_MAX > NAME_MAX {
            return Err(format!(
                "a name in the path may become longer than {NAME_MAX} bytes; a field counts as \
                 {VALUE_MAX}"
            ));
        }
    }
    Ok(())
}

fn push_value(value: Option<Node<'_>>, path: &mut String) {
    let from = path.len();
    if let Some(node) = value {
        match node.kind() {
            Kind::String => {
                let text = node.as_string().map(|string| string.decode());
                push_confined(&text.unwrap_or_default(), path);
            }
            Kind::Number | Kind::Bool => {
                let raw = node.untouched().map(|value| value.raw());
                push_confined(&String::from_utf8_lossy(raw.unwrap_or_default()), path);
            }
            Kind::Null | Kind::Array | Kind::Object => {}
        }
    }
    if matches!(&path[from..], "" | "." | "..") {
        path.truncate(from);
        path.push('_');
    }
}

fn push_confined(text: &str, path: &mut String) {
    let confined = text.chars().take(VALUE_MAX).map(|c| match c {
        c if c.is_ascii_alphanumeric() || "._=@+-".contains(c) => c,
        _ => '_',
    });
    path.extend(confined);
}
