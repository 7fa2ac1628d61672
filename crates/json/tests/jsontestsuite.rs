//! JSONTestSuite: what must be accepted, what must be refused, and our rule where both are allowed.
//!
//! The files are no part of the project; they are looked for in the folder that `TRAILMILL_CORPUS`
//! names, or in `../shared/corpus` beside the workspace. Without them the tests say so and pass.
#![allow(clippy::print_stderr)]
#![cfg(not(miri))]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::{paths, verdict};
use trailmill_json::{Error, ErrorKind, Index, Isa, Kind, Value};

/// The files that a parser may accept or refuse (`i_...json`), and what becomes of them here.
const EITHER: &[(&str, Result<(), ErrorKind>)] = &[
    // Numbers are kept as text, whatever their size.
    ("number_double_huge_neg_exp", Ok(())),
    ("number_huge_exp", Ok(())),
    ("number_neg_int_huge_exp", Ok(())),
    ("number_pos_double_huge_exp", Ok(())),
    ("number_real_neg_overflow", Ok(())),
    ("number_real_pos_overflow", Ok(())),
    ("number_real_underflow", Ok(())),
    ("number_too_big_neg_int", Ok(())),
    ("number_too_big_pos_int", Ok(())),
    ("number_very_big_negative_int", Ok(())),
    // Lone surrogates are grammatical where they are escaped ...
    ("object_key_lone_2nd_surrogate", Ok(())),
    ("string_1st_surrogate_but_2nd_missing", Ok(())),
    ("string_1st_valid_surrogate_2nd_invalid", Ok(())),
    ("string_incomplete_surrogate_and_escape_valid", Ok(())),
    ("string_incomplete_surrogate_pair", Ok(())),
    ("string_incomplete_surrogates_escape_valid", Ok(())),
    ("string_invalid_lonely_surrogate", Ok(())),
    ("string_invalid_surrogate", Ok(())),
    ("string_inverted_surrogates_U+1D11E", Ok(())),
    ("string_lone_second_surrogate", Ok(())),
    // ... and no UTF-8 where they are not.
    ("string_UTF8_surrogate_U+D800", Err(ErrorKind::Utf8)),
    ("string_UTF-8_invalid_sequence", Err(ErrorKind::Utf8)),
    ("string_invalid_utf-8", Err(ErrorKind::Utf8)),
    ("string_iso_latin_1", Err(ErrorKind::Utf8)),
    ("string_lone_utf8_continuation_byte", Err(ErrorKind::Utf8)),
    ("string_not_in_unicode_range", Err(ErrorKind::Utf8)),
    ("string_overlong_sequence_2_bytes", Err(ErrorKind::Utf8)),
    ("string_overlong_sequence_6_bytes", Err(ErrorKind::Utf8)),
    ("string_overlong_sequence_6_bytes_null", Err(ErrorKind::Utf8)),
    ("string_truncated-utf-8", Err(ErrorKind::Utf8)),
    // UTF-16 is refused at the byte order mark, or at the first NUL.
    ("string_UTF-16LE_with_BOM", Err(ErrorKind::Utf8)),
    ("string_utf16BE_no_BOM", Err(ErrorKind::Control)),
    ("string_utf16LE_no_BOM", Err(ErrorKind::Control)),
    ("structure_500_nested_arrays", Err(ErrorKind::Depth)),
    ("structure_UTF-8_BOM_empty_object", Err(ErrorKind::Scalar)),
];

/// The files of `test_transform`, and the raw values in the order in which they stand there.
const TRANSFORMED: &[(&str, &[&str])] = &[
    ("number_-9223372036854775808", &["-9223372036854775808"]),
    ("number_-9223372036854775809", &["-9223372036854775809"]),
    ("number_1.0", &["1.0"]),
    ("number_1.000000000000000005", &["1.000000000000000005"]),
    ("number_1000000000000000", &["1000000000000000"]),
    ("number_10000000000000000999", &["10000000000000000999"]),
    ("number_1e-999", &["1E-999"]),
    ("number_1e6", &["1E6"]),
    ("number_9223372036854775807", &["9223372036854775807"]),
    ("number_9223372036854775808", &["9223372036854775808"]),
    ("object_key_nfc_nfd", &["\u{e9}", "\"NFC\"", "e\u{301}", "\"NFD\""]),
    ("object_key_nfd_nfc", &["e\u{301}", "\"NFD\"", "\u{e9}", "\"NFC\""]),
    ("object_same_key_different_values", &["a", "1", "a", "2"]),
    ("object_same_key_same_value", &["a", "1", "a", "1"]),
    ("object_same_key_unclear_values", &["a", "0", "a", "-0"]),
    ("string_1_escaped_invalid_codepoint", &[r#""\uD800""#]),
    ("string_2_escaped_invalid_codepoints", &[r#""\uD800\uD800""#]),
    ("string_3_escaped_invalid_codepoints", &[r#""\uD800\uD800\uD800""#]),
    ("string_with_escaped_NULL", &[r#""A\u0000B""#]),
    // Not UTF-8, so there is nothing to read back.
    ("string_1_invalid_codepoint", &[]),
    ("string_2_invalid_codepoints", &[]),
    ("string_3_invalid_codepoints", &[]),
];

#[test]
fn good_text_is_accepted_and_bad_text_refused() {
    let Some(files) = files("test_parsing") else {
        return;
    };
    let (mut good, mut bad) = (0, 0);
    for (name, text) in &files {
        let verdict = verdict(Isa::Scalar, text);
        if name.starts_with("y_") {
            assert_eq!(verdict, Ok(()), "{name}");
            good += 1;
        } else if name.starts_with("n_") {
            assert!(verdict.is_err(), "{name} was accepted");
            bad += 1;
        }
    }
    assert!(good > 90 && bad > 180, "only {good} good and {bad} bad files found");
}

#[test]
fn where_both_are_allowed_the_rule_is_kept() {
    let Some(files) = files("test_parsing") else {
        return;
    };
    let found: BTreeMap<_, _> = files
        .iter()
        .filter_map(|(name, text)| Some((name.strip_prefix("i_")?, verdict(Isa::Scalar, text))))
        .collect();
    for (name, rule) in EITHER {
        let kind = found[name].map_err(|error| error.kind);
        assert_eq!(kind, *rule, "i_{name}");
    }
    assert_eq!(found.len(), EITHER.len(), "a file that the table does not name");
}

#[test]
fn all_paths_give_the_same_verdict() {
    for folder in ["test_parsing", "test_transform"] {
        for (name, text) in files(folder).unwrap_or_default() {
            let reference = verdict(Isa::Scalar, &text);
            for isa in paths() {
                assert_eq!(verdict(isa, &text), reference, "{name} with {isa:?}");
            }
        }
    }
}

#[test]
fn values_are_read_back_untouched() {
    let Some(files) = files("test_transform") else {
        return;
    };
    assert_eq!(files.len(), TRANSFORMED.len());
    for (name, expected) in TRANSFORMED {
        let text = &files[*name];
        for isa in paths() {
            let mut index = Index::with_isa(isa);
            let outcome = index.parse(text).map(raw_values);
            if expected.is_empty() {
                let kind = outcome.map_err(|Error { kind, .. }| kind);
                assert_eq!(kind, Err(ErrorKind::Utf8), "{name}");
            } else {
                assert_eq!(outcome.as_deref(), Ok(*expected).as_ref().map(|e| &e[..]), "{name}");
            }
        }
    }
}

/// Keys and values of the outermost container, as they stand.
fn raw_values(root: Value<'_>) -> Vec<&str> {
    let text = |raw| std::str::from_utf8(raw).unwrap();
    match root.kind() {
        Kind::Object => {
            let members = root.members();
            members.flat_map(|m| [text(m.key().raw()), text(m.value().raw())]).collect()
        }
        _ => root.elements().map(|element| text(element.raw())).collect(),
    }
}

/// The texts in one folder of the suite, by name without `.json`.
fn files(folder: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = corpus().join("jsontestsuite").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: there is no JSONTestSuite in {}", folder.display());
        return None;
    };
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
        Some((name, std::fs::read(path).unwrap()))
    };
    Some(entries.filter_map(|entry| read(entry.unwrap().path())).collect())
}

fn corpus() -> PathBuf {
    std::env::var_os("TRAILMILL_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    )
}
