//! How long files, functions and lines may be.

use super::files::{File, sources};
use super::functions;

/// One room is read in one go; what is longer is several rooms. Unit tests at the end of a file do
/// not count, tables do not, and tests in files of their own may have as much again.
const FILE_LINES_MAX: usize = 400;
const TEST_FILE_LINES_MAX: usize = 2 * FILE_LINES_MAX;

/// The typical file of codebases that are pleasant to read has 90 to 220 lines.
const FILE_LINES_MEDIAN: usize = 150;

/// Tables, and folders of them: data that is written as code, and read row by row.
const TABLES: &[&str] =
    &["crates/generate/src/tables/", "plugins/flatten/src/snare.rs", "plugins/redact/src/tables/"];

/// Nine functions of ten fit on a screen with what is around them.
const FUNCTION_LINES: usize = 25;
const FUNCTIONS_LONGER_PERCENT: usize = 10;

/// No function needs to be scrolled through twice, tests included.
const FUNCTION_LINES_MAX: usize = 70;

/// Two files side by side. Rows of tables can not be broken, be they data or documentation, and
/// texts that a test compares stand as they are.
const COLUMNS_MAX: usize = 100;

/// Whoever writes a plugin reads the whole contract first, in one sitting.
const CONTRACT_LINES_MAX: usize = 540;
const CONTRACT: &str = "crates/stage/src/";

fn is_table(file: &File) -> bool {
    TABLES.iter().any(|path| file.path.starts_with(path))
}

pub(super) fn files(files: &[File]) -> Vec<String> {
    let rooms = sources(files).filter(|(file, _)| !is_table(file));
    let too_long = rooms.filter_map(|(file, source)| {
        let (lines, max) = match file.is_test() {
            true => (file.text.lines().count(), TEST_FILE_LINES_MAX),
            false => (source.lines(), FILE_LINES_MAX),
        };
        (lines > max).then(|| file.problem(0, &format!("{lines} lines, at most {max}")))
    });
    too_long.collect()
}

pub(super) fn median(files: &[File]) -> Vec<String> {
    let rooms = sources(files).filter(|(file, _)| !file.is_test());
    let mut lengths: Vec<usize> = rooms.map(|(_, source)| source.lines()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let too_long = (median > FILE_LINES_MEDIAN)
        .then(|| format!("half of the files have {median} lines, at most {FILE_LINES_MEDIAN}"));
    too_long.into_iter().collect()
}

pub(super) fn functions(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let (mut count, mut longer) = (0, Vec::new());
    for (file, source) in sources(files) {
        for function in functions::find(source) {
            let (name, lines) = (function.name, function.lines);
            let problem = |max| {
                let message = format!("`{name}` has {lines} lines, at most {max}");
                file.problem(function.at, &message)
            };
            if lines > FUNCTION_LINES_MAX {
                problems.push(problem(FUNCTION_LINES_MAX));
            }
            if !file.is_test() && !function.is_test {
                count += 1;
                longer.extend((lines > FUNCTION_LINES).then(|| problem(FUNCTION_LINES)));
            }
        }
    }
    if longer.len() * 100 > count * FUNCTIONS_LONGER_PERCENT {
        let many = longer.len();
        problems.push(format!(
            "{many} of {count} functions have more than {FUNCTION_LINES} lines, at most \
             {FUNCTIONS_LONGER_PERCENT} % may:"
        ));
        problems.append(&mut longer);
    }
    problems
}

pub(super) fn columns(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, source) in sources(files).filter(|(file, _)| !is_table(file)) {
        let mut offset = 0;
        for line in file.text.split_inclusive('\n') {
            let columns = line.trim_end().chars().count();
            let is_test = file.is_test() || source.tests.contains(&offset);
            // A raw string, or a string on a line of its own, is data, like a row of a table.
            let is_data = line.contains("r#\"") || line.trim_start().starts_with('"');
            let is_text = is_data || is_test && line.contains('"');
            if columns > COLUMNS_MAX && !is_row(line) && !is_text {
                let message = format!("{columns} columns, at most {COLUMNS_MAX}");
                problems.push(file.problem(offset, &message));
            }
            offset += line.len();
        }
    }
    problems
}

/// Whether a line is the row of a table in documentation.
fn is_row(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//! |") || line.starts_with("/// |")
}

pub(super) fn contract(files: &[File]) -> Vec<String> {
    let sources = sources(files).filter(|(file, _)| file.path.starts_with(CONTRACT));
    let lines: usize = sources.map(|(_, source)| source.lines()).sum();
    let too_long = (lines > CONTRACT_LINES_MAX)
        .then(|| format!("{CONTRACT}: {lines} lines in all, at most {CONTRACT_LINES_MAX}"));
    too_long.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with so many lines.
    fn file(path: &str, lines: usize) -> File {
        File::new(path, &"// A line.\n".repeat(lines))
    }

    #[test]
    fn long_files_are_found() {
        let long = [file("crates/a/src/b.rs", FILE_LINES_MAX + 1)];
        assert_eq!(files(&long), ["crates/a/src/b.rs:1: 401 lines, at most 400"]);
        let fine = [
            file("crates/a/src/b.rs", FILE_LINES_MAX),
            file("crates/a/tests/b.rs", TEST_FILE_LINES_MAX),
            file("crates/generate/src/tables/b.rs", 1000),
            file("docs/b.md", 1000),
        ];
        assert_eq!(files(&fine), [""; 0]);
    }

    #[test]
    fn unit_tests_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    a();\n".repeat(500));
        assert_eq!(files(&[File::new("crates/a/src/b.rs", &tests)]), [""; 0]);
    }

    #[test]
    fn a_high_median_is_found() {
        let of = |lengths: [usize; 3]| median(&lengths.map(|lines| file("a/src/b.rs", lines)));
        assert_eq!(of([1, 151, 152]), ["half of the files have 151 lines, at most 150"]);
        assert_eq!(of([1, 150, 399]), [""; 0]);
    }

    /// A source with a function of so many lines.
    fn function(lines: usize) -> String {
        format!("fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2))
    }

    #[test]
    fn long_functions_are_found() {
        let long = [File::new("a/src/b.rs", &format!("\n{}", function(71)))];
        assert_eq!(functions(&long)[0], "a/src/b.rs:2: `a` has 71 lines, at most 70");
        let test = [File::new("a/tests/b.rs", &function(70))];
        assert_eq!(functions(&test), [""; 0]);
    }

    #[test]
    fn one_function_of_ten_may_be_longer() {
        let of = |short| {
            let text = format!("{}{}", function(26), function(25).repeat(short));
            functions(&[File::new("a/src/b.rs", &text)])
        };
        assert_eq!(of(9), [""; 0]);
        let problems = of(8);
        assert!(problems[0].starts_with("1 of 9 functions"), "{problems:?}");
        assert_eq!(problems[1], "a/src/b.rs:1: `a` has 26 lines, at most 25");
    }

    #[test]
    fn long_lines_are_found() {
        let text = format!("{}\n{}é\n//! | {0} |\n", "é".repeat(100), "x".repeat(100));
        let problems = columns(&[File::new("a/src/b.rs", &text)]);
        assert_eq!(problems, ["a/src/b.rs:2: 101 columns, at most 100"]);
    }

    #[test]
    fn texts_that_a_test_compares_may_be_long() {
        let text = format!("const A: &str = \"{}\";", "x".repeat(100));
        assert_eq!(columns(&[File::new("a/src/b.rs", &text)]).len(), 1);
        assert_eq!(columns(&[File::new("a/tests/b.rs", &text)]), [""; 0]);
        let raw = format!("const A: &str = r#\"{}\"#;", "x".repeat(100));
        assert_eq!(columns(&[File::new("a/src/b.rs", &raw)]), [""; 0]);
        let inline = format!("#[cfg(test)]\nmod tests {{\n{text}\n}}\n");
        assert_eq!(columns(&[File::new("a/src/b.rs", &inline)]), [""; 0]);
    }

    #[test]
    fn the_contract_has_one_limit_for_all_its_files() {
        let half = || file("crates/stage/src/a.rs", CONTRACT_LINES_MAX / 2);
        assert_eq!(contract(&[half(), half()]), [""; 0]);
        let more = [half(), half(), file("crates/stage/src/b.rs", 1)];
        assert_eq!(contract(&more), ["crates/stage/src/: 541 lines in all, at most 540"]);
    }
}
