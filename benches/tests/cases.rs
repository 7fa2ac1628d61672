//! Every case gives its answer, whatever instructions are used.
//!
//! `UPDATE_GOLDEN=1 cargo test -p trailmill-benches --test cases` writes the answers found into
//! the files, for review.

use std::fs;
use trailmill_benches::cases::{Amount, Case, folder, names};
use trailmill_benches::digest::Digest;
use trailmill_benches::trail::usable;

/// Puts an answer in the place of the one in the file of a case.
fn update(name: &str, section: &str) {
    let path = folder().join(format!("{name}.toml"));
    let text = fs::read_to_string(&path).unwrap();
    let (head, _) = text.split_once("[expect]\n").unwrap();
    fs::write(path, format!("{head}{section}")).unwrap();
}

#[test]
fn every_case_gives_its_answer() {
    let names = names().unwrap();
    assert!(names.len() > 5, "only {names:?}");
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for name in names {
        let case = Case::read(&name).unwrap_or_else(|error| panic!("{error}"));
        assert!(!case.analysis.trim().is_empty(), "{name} does not say what it shows");
        let inputs = case.input.make(Amount::Checked).unwrap();
        for isa in usable() {
            let answer = case.answer(&inputs, isa).unwrap();
            if is_update {
                update(&name, &answer.section());
            } else {
                let (found, wanted) = (answer.section(), case.expect.section());
                assert_eq!(found, wanted, "{name}, {}", isa.name());
            }
        }
    }
}

/// Copying is the one job whose answer needs no program: compact lines come out as they came.
#[test]
fn records_that_are_only_decoded_come_out_as_they_are() {
    let case = Case::read("lines-decoded").unwrap();
    let inputs = case.input.make(Amount::Checked).unwrap();
    let mut digest = Digest::default();
    inputs.stored().for_each(|input| digest.add(input));
    assert_eq!(case.expect.outputs[0].sha256, digest.hex());
}

/// What a record travels in makes no difference to its row.
#[test]
fn the_same_records_have_the_same_answer() {
    let answer = |name: &str| Case::read(name).unwrap().expect.outputs;
    assert_eq!(answer("s3-to-snare"), answer("s3-gzip-to-snare"));
    let both = [answer("lines-to-snare"), answer("lines-decoded")].concat();
    assert_eq!(answer("two-outputs"), both);
}

#[test]
fn the_page_names_every_case() {
    let page = fs::read_to_string(folder().join("../README.md")).unwrap();
    for name in names().unwrap() {
        assert!(page.contains(&format!("\n| `{name}` |")), "{name}");
    }
}

#[test]
fn cases_that_say_too_little_or_too_much_are_refused() {
    let error = Case::read("no-such-case").unwrap_err().to_string();
    assert!(error.contains("lines-to-snare"), "{error}");
    let case = |input: &str| {
        let text = format!("analysis = ''\npipeline = ''\n[input]\n{input}\n[expect]\n");
        let case: Result<Case, _> = toml::from_str(&text);
        case.map(|case| case.input.make(Amount::Checked).map(|inputs| inputs.text_bytes()))
    };
    let amount = "amount = { checked = 1, timed = 1 }";
    assert!(case(&format!("seed = 1\n{amount}")).unwrap().is_ok_and(|bytes| bytes > 0));
    assert!(case(&format!("seed = 1\nfile = 'a'\n{amount}")).unwrap().is_err());
    assert!(case(&format!("file = 'no-such-file'\n{amount}")).unwrap().is_err());
    assert!(case(&format!("seed = 1\nsede = 1\n{amount}")).is_err());
    assert!(case("seed = 1").is_err());
}
