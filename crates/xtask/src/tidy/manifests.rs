//! Manifests and settings of tools that must agree with each other.

use super::files::File;

/// What every manifest says, so that one list of lints holds for all.
const LINTS: &str = "[lints]\nworkspace = true";

/// What begins the name of every package.
const PREFIX: &str = "trailmill-";

/// The settings of clippy for everything, and those for plugins: it reads the nearest only.
const CLIPPY: &str = "clippy.toml";
const PLUGINS_CLIPPY: &str = "plugins/clippy.toml";

pub(super) fn members(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        let Some(folder) = member(&file.path) else {
            continue;
        };
        if !file.text.contains(LINTS) {
            problems.push(file.problem(0, "no `[lints] workspace = true`"));
        }
        let name = format!("{PREFIX}{folder}");
        if !file.text.contains(&format!("\nname = \"{name}\"\n")) {
            problems.push(file.problem(0, &format!("the package is not called `{name}`")));
        }
    }
    problems
}

/// The folder of a member of the workspace, by the path of its manifest.
fn member(path: &str) -> Option<&str> {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["crates" | "plugins", folder, "Cargo.toml"] => Some(folder),
        ["benches", "Cargo.toml"] => Some("benches"),
        _ => None,
    }
}

pub(super) fn clippy(files: &[File]) -> Vec<String> {
    let text = |path| files.iter().find(|file| file.path == path).map(|file| &file.text);
    let (Some(all), Some(plugins)) = (text(CLIPPY), text(PLUGINS_CLIPPY)) else {
        return vec![format!("{CLIPPY} or {PLUGINS_CLIPPY} is missing")];
    };
    let settings = all.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let missing = settings.filter(|setting| !plugins.lines().any(|line| line == *setting));
    missing.map(|line| format!("{PLUGINS_CLIPPY}: `{line}` of {CLIPPY} is missing")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_without_lints_or_with_another_name_are_found() {
        let good = "[package]\nname = \"trailmill-a\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(members(&[File::new("plugins/a/Cargo.toml", good)]), [""; 0]);
        assert_eq!(members(&[File::new("Cargo.toml", "[workspace]\n")]), [""; 0]);
        let problems = members(&[File::new("crates/b/Cargo.toml", "\nname = \"trailmill-a\"\n")]);
        let expected = [
            "crates/b/Cargo.toml:1: no `[lints] workspace = true`",
            "crates/b/Cargo.toml:1: the package is not called `trailmill-b`",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn settings_of_clippy_are_repeated() {
        let of = |plugins| {
            let all = File::new(CLIPPY, "# Why.\na = true\n\nb = 1\n");
            clippy(&[all, File::new(PLUGINS_CLIPPY, plugins)])
        };
        assert_eq!(of("b = 1\na = true\nc = []\n"), [""; 0]);
        assert_eq!(of("a = true\n"), ["plugins/clippy.toml: `b = 1` of clippy.toml is missing"]);
        assert_eq!(clippy(&[]).len(), 1);
    }
}
