//! Nothing in the tree knows the machine that it was written on.

use super::files::File;

/// Folders at the root of a machine in which people keep what is theirs.
const FOLDERS: &[&str] = &["/home/", "/root/", "/tmp/", "/work/", "/Users/"];

/// Hosts that serve packages; which one is used is for each machine to say.
const HOSTS: &[&str] =
    &["index.crates.io", "static.crates.io", "sparse+http", "artifactory", "jfrog.io"];

/// Where the lock file says that packages come from, whatever mirror served them.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Places where one of these is no slip: the beginning of a path, and what may stand there.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// The offsets of `needle` in a file, if it may not stand there.
fn found<'a>(file: &'a File, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    // This file has to name what it looks for.
    let excepted = file.path == file!()
        || EXCEPTIONS.iter().any(|(path, what)| file.path.starts_with(path) && *what == needle);
    let found = file.text.match_indices(needle).map(|(at, _)| at);
    found.filter(move |_| !excepted)
}

pub(super) fn paths(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, folder) in files.iter().flat_map(|file| FOLDERS.iter().map(move |f| (file, f))) {
        let found = found(file, folder).filter(|&at| begins_path(&file.text[..at]));
        problems.extend(found.map(|at| file.problem(at, &format!("a path below {folder}"))));
    }
    problems
}

/// Whether a slash behind this text is the root, and not in the middle of a path or an address.
fn begins_path(before: &str) -> bool {
    !before.ends_with(|last: char| last.is_alphanumeric() || "_-./}*".contains(last))
}

pub(super) fn hosts(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, host) in files.iter().flat_map(|file| HOSTS.iter().map(move |h| (file, h))) {
        let found = found(file, host);
        problems.extend(found.map(|at| file.problem(at, &format!("the registry {host}"))));
    }
    problems
}

pub(super) fn lock(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with("Cargo.lock")) {
        let sources = file.text.lines().filter(|line| line.starts_with("source = "));
        let foreign = sources.filter(|line| *line != format!("source = \"{SOURCE}\""));
        problems.extend(foreign.map(|line| format!("{}: a {line}", file.path)));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_paths_are_found() {
        let file = File::new("a.sh", "cd x\nls /tmp/x https://x.org/home/ ../work/ \"/root/\"\n");
        let expected = ["a.sh:2: a path below /root/", "a.sh:2: a path below /tmp/"];
        assert_eq!(paths(&[file]), expected);
    }

    #[test]
    fn registry_hosts_are_found() {
        let file = File::new("a.md", "from https://index.crates.io/");
        assert_eq!(hosts(&[file]), ["a.md:1: the registry index.crates.io"]);
    }

    #[test]
    fn packages_come_from_one_registry() {
        let text = format!("source = \"{SOURCE}\"\nsource = \"registry+https://mirror.example\"\n");
        let problems = lock(&[File::new("Cargo.lock", &text)]);
        assert_eq!(problems, ["Cargo.lock: a source = \"registry+https://mirror.example\""]);
    }
}
