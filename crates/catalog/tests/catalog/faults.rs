//! Kinds of faults and notes, as far as sources and examples show them, have names of their own.

use crate::stages;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use trailmill_golden::{folder_of, is_kebab_case};
use trailmill_stage::After;

/// What opens the declaration of a kind.
const DECLARATIONS: &[&str] = &["FaultKind {", "NoteKind {"];

/// The names in the declarations of kinds in a text.
fn declared(text: &str) -> Vec<&str> {
    let declarations = DECLARATIONS.iter().flat_map(|opening| text.split(opening).skip(1));
    let names = declarations.filter_map(|rest| {
        let name = rest.trim_start().strip_prefix("name: \"")?;
        name.split('"').next()
    });
    names.collect()
}

/// The texts of the sources in a folder, whatever their depth, but for tests.
fn sources(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, texts);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// The kinds that each stage declares.
fn kinds() -> BTreeMap<&'static str, Vec<String>> {
    let of = |name: &str| -> Vec<String> {
        let mut texts = Vec::new();
        sources(&folder_of(name).join("src"), &mut texts);
        texts.iter().flat_map(|text| declared(text)).map(str::to_owned).collect()
    };
    stages().into_iter().map(|spec| (spec.name, of(spec.name))).collect()
}

#[test]
fn declarations_are_found() {
    let text = "static A: FaultKind = FaultKind {\n    name: \"not-json\",\n};\n\
                pub static B: NoteKind = NoteKind { name: \"cut\", help: \"y\" };\n\
                fn new(kind: &'static FaultKind) -> Self { name: \"z\" }";
    assert_eq!(declared(text), ["not-json", "cut"]);
    assert!(kinds().values().any(|kinds| !kinds.is_empty()), "no plugin declares any kind");
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let mut seen = BTreeMap::new();
    for (plugin, kinds) in kinds() {
        for name in kinds {
            assert!(is_kebab_case(&name), "{plugin}: `{name}` is not in kebab-case");
            let other = seen.insert(name.clone(), plugin);
            assert_eq!(other, None, "`{name}` is declared by {plugin} too");
        }
    }
}

#[test]
fn examples_name_declared_faults() {
    let kinds = kinds();
    for spec in stages() {
        for after in spec.examples.iter().map(|example| example.after) {
            if let After::Fault(name) = after {
                let declared = kinds[spec.name].iter().any(|kind| kind == name);
                assert!(declared, "{}: no fault `{name}`", spec.name);
            }
        }
    }
}
