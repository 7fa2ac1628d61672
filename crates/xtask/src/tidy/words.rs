//! Words that must not stand in code or comments.

use super::files::{File, sources};
use super::source::{Source, words};

/// What is left to do stands in an issue, not in a comment. Looked for in capitals.
const MARKERS: &[&str] = &["todo", "fixme", "xxx"];

/// Macros for code that is not there yet.
const UNFINISHED: &[&str] = &["dbg", "todo", "unimplemented"];

/// Macros that write to the terminal, which belongs to the program and to chores.
const PRINTS: &[&str] = &["print", "println", "eprint", "eprintln"];
const MAY_PRINT: &[&str] = &[
    "crates/cli/",
    "crates/golden/src/corpus.rs",
    "crates/guest/build.rs",
    "crates/host/build.rs",
    "crates/sdk/examples/",
    "crates/xtask/",
    "benches/",
];

/// Where `unsafe` may stand: vector code, files mapped into memory, and what hosts point to.
/// Everything else has a safe way.
const MAY_BE_UNSAFE: &[&str] = &[
    "crates/abi/src/memory.rs",
    "crates/cli/src/io/mapped.rs",
    "crates/guest/src/wasm",
    "crates/json/",
    "crates/sdk/src/stage_macro.rs",
    "crates/sdk/src/wasm.rs",
];

/// A reason stands right above its block; this many lines leave room for a long one.
const REASON_LINES: usize = 6;

/// Endings of files that are data or made by tools, whatever words stand in them.
const DATA: &[&str] = &[".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".lock"];

fn is_below(file: &File, folders: &[&str]) -> bool {
    folders.iter().any(|folder| file.path.starts_with(folder))
}

/// The offsets at which a macro is called.
fn calls<'a>(source: &'a Source, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let found = source.words(name);
    found.filter(|&at| source.code[at + name.len()..].starts_with('!'))
}

pub(super) fn leftovers(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| !DATA.iter().any(|end| file.path.ends_with(end))) {
        let text = file.source.as_ref().map_or(&file.text, |source| &source.comments);
        for marker in MARKERS.iter().map(|marker| marker.to_uppercase()) {
            let found = words(text, &marker);
            problems.extend(found.map(|at| file.problem(at, &format!("a {marker}"))));
        }
    }
    for (file, source) in sources(files) {
        for name in UNFINISHED {
            let found = calls(source, name);
            problems.extend(found.map(|at| file.problem(at, &format!("a `{name}!`"))));
        }
    }
    problems
}

pub(super) fn prints(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let silent = |file: &File| !file.is_test() && !is_below(file, MAY_PRINT);
    for (file, source) in sources(files).filter(|(file, _)| silent(file)) {
        for name in PRINTS {
            let found = calls(source, name).filter(|at| !source.tests.contains(at));
            let message = format!("a `{name}!` outside {}", MAY_PRINT.join(", "));
            problems.extend(found.map(|at| file.problem(at, &message)));
        }
    }
    problems
}

pub(super) fn unsafe_code(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, source) in sources(files) {
        for at in source.words("unsafe") {
            if !is_below(file, MAY_BE_UNSAFE) {
                let message = format!("`unsafe` outside {}", MAY_BE_UNSAFE.join(", "));
                problems.push(file.problem(at, &message));
            } else if needs_reason(&source.code[at..]) && !has_reason(source, at) {
                problems.push(file.problem(at, "`unsafe` without a SAFETY comment above"));
            }
        }
    }
    problems
}

/// Whether this `unsafe` is a promise made here, and not one that is asked of others.
fn needs_reason(code: &str) -> bool {
    let behind = code["unsafe".len()..].trim_start();
    behind.starts_with('{') || behind.starts_with("impl")
}

fn has_reason(source: &Source, at: usize) -> bool {
    let line = source.comments[..at].matches('\n').count();
    let above = source.comments.lines().skip(line.saturating_sub(REASON_LINES));
    above.take(REASON_LINES + 1).any(|comment| comment.contains("SAFETY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with a marker in capitals, which must not stand here either.
    fn marked(text: &str) -> String {
        text.replace("MARK", &MARKERS[0].to_uppercase())
    }

    #[test]
    fn leftovers_are_found() {
        let text = marked("fn a() {} // MARK: b\nfn c() { todo!() }\nconst D: &str = \"MARK\";\n");
        let problems = leftovers(&[File::new("a/src/b.rs", &text)]);
        let marker = marked("a/src/b.rs:1: a MARK");
        assert_eq!(problems, [marker, "a/src/b.rs:2: a `todo!`".to_owned()]);
        let page = File::new("docs/a.md", &marked("x\nMARK"));
        assert_eq!(leftovers(&[page]), [marked("docs/a.md:2: a MARK")]);
        assert_eq!(leftovers(&[File::new("a/b.json", &marked("MARK"))]), [""; 0]);
    }

    #[test]
    fn prints_are_found() {
        let text =
            "fn a() { eprintln!(); }\n#[cfg(test)]\nmod tests {\n    fn b() { print!(); }\n}\n";
        let problems = prints(&[File::new("crates/a/src/b.rs", text)]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("crates/a/src/b.rs:1: a `eprintln!` outside crates/cli/"));
        for path in ["crates/cli/src/a.rs", "crates/a/tests/b.rs", "benches/src/lib.rs"] {
            assert_eq!(prints(&[File::new(path, text)]), [""; 0]);
        }
    }

    #[test]
    fn unsafe_is_found() {
        let text = "unsafe fn a() {\n    unsafe { b() }\n}\n";
        let elsewhere = unsafe_code(&[File::new("crates/event/src/a.rs", text)]);
        assert_eq!(elsewhere.len(), 2);
        let problems = unsafe_code(&[File::new("crates/json/src/a.rs", text)]);
        assert_eq!(problems, ["crates/json/src/a.rs:2: `unsafe` without a SAFETY comment above"]);
        let text = "unsafe fn a() {\n    // SAFETY: b asks for nothing.\n    unsafe { b() }\n}\n";
        assert_eq!(unsafe_code(&[File::new("crates/json/src/a.rs", text)]), [""; 0]);
    }
}
