//! The table of hosts, and what the page about the ABI says of it.

use super::super::generic;
use super::*;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{ExternalKind, FuncType, Parser, Payload, TypeRef};

const PAGE: &str = include_str!("../../../../guest/ABI.md");

#[test]
fn every_host_has_the_profile_at_its_place() {
    for (position, host) in Host::all().enumerate() {
        assert_eq!(host as usize, position);
        assert_eq!(host.name().parse(), Ok(host));
        assert!(host.configuration("x.wasm").contains("x.wasm"), "{host}");
    }
    assert_eq!(Host::all().count(), Host::Component as usize + 1);
    assert!("vector".parse::<Host>().is_err());
}

/// The rows of a table of the page, by the names of its columns, without what marks code.
fn table(head: &str) -> Vec<Vec<String>> {
    let rows = PAGE.lines().skip_while(|line| *line != head).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(plain).collect();
    rows.map(cells).collect()
}

fn plain(cell: &str) -> String {
    cell.trim().replace('`', "")
}

/// The functions that the generic guest exports, with their types.
fn functions() -> BTreeMap<String, FuncType> {
    let (mut types, mut of_functions, mut found) = (Vec::new(), Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(&generic(false).expect("a guest")) {
        match payload.expect("a module") {
            Payload::TypeSection(section) => {
                let all = section.into_iter_err_on_gc_types();
                types.extend(all.map(|one| one.expect("a type")));
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Func(number) = import.expect("an import").ty {
                        of_functions.push(number);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                of_functions.extend(section.into_iter().map(|number| number.expect("a number")));
            }
            Payload::ExportSection(section) => {
                let all = section.into_iter().map(|export| export.expect("an export"));
                for export in all.filter(|export| export.kind == ExternalKind::Func) {
                    let of = of_functions[export.index as usize] as usize;
                    found.insert(export.name.to_owned(), types[of].clone());
                }
            }
            _ => {}
        }
    }
    found
}

/// A type as the page writes it.
fn written(of: &FuncType) -> String {
    const WORDS: [&str; 7] = ["no", "one", "two", "three", "four", "five", "six"];
    let names: Vec<String> = of.params().iter().map(ToString::to_string).collect();
    let params = match names.len() {
        0..4 => format!("({})", names.join(", ")),
        many => format!("{} {}", WORDS[many], names[0]),
    };
    match of.results() {
        [] => params,
        [result] => format!("{params} -> {result}"),
        _ => unreachable!("functions have one result at most"),
    }
}

/// What a host calls, besides the memory.
fn called(host: Host) -> impl Iterator<Item = (&'static str, &'static str)> {
    host.profile().exports.iter().copied().filter(|export| *export != MEMORY)
}

/// Hosts that call the functions by the names that they have in the generic guest.
const OURS: [Host; 2] = [Host::FluentBit, Host::Trailmill];

#[test]
fn the_page_has_what_each_host_calls() {
    let functions = functions();
    let mut expected = BTreeSet::new();
    for host in Host::all().filter(|host| !OURS.contains(host)) {
        for (generic, known) in called(host) {
            let of = written(&functions[generic]);
            expected.insert([host.name(), generic, known, &of].map(str::to_owned).to_vec());
        }
    }
    let rows = table("| host | in the generic module | for the host | type |");
    assert_eq!(rows.iter().cloned().collect::<BTreeSet<_>>(), expected);
    assert_eq!(rows.len(), expected.len(), "a row stands there twice");
}

/// Of our own exports the page names the arguments too.
#[test]
fn the_page_has_what_our_hosts_call() {
    let functions = functions();
    let rows = table("| export | type | |");
    for (generic, known) in OURS.into_iter().flat_map(called) {
        assert_eq!(generic, known);
        let row = rows.iter().find(|row| row[0] == known);
        let told = &row.unwrap_or_else(|| panic!("{known} is missing"))[1];
        let words = told.split_inclusive([',', '(']).map(|word| match word.split_once(": ") {
            Some((_, of)) => format!("{}{of}", if word.starts_with(' ') { " " } else { "" }),
            None => word.to_owned(),
        });
        assert_eq!(words.collect::<String>(), written(&functions[known]), "{known}");
    }
    // And each of them is there, for one host or for whoever configures a module.
    for row in rows.iter().filter(|row| row[1] != "memory" && row[1] != "globals") {
        assert!(functions.contains_key(&row[0]), "there is no {}", row[0]);
    }
}
