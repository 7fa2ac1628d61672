//! Which package may depend on which: arrows point one way.
//!
//! `json <- event <- stage <- plugins/* <- catalog <- leaves`, `stage <- pipeline <- leaves`, and
//! `address <- plugins/*`; beside `stage` stands `event <- condition <- {plugins/*, pipeline}`.

use crate::{folders, workspace};
use std::fs;
use toml::{Table, Value};

/// What begins the name of every package of the workspace.
const PREFIX: &str = "trailmill-";

/// The tables of a manifest in which dependencies stand, for every target too.
const DEPENDENCIES: &[&str] = &["dependencies", "build-dependencies", "dev-dependencies"];

/// Packages that nothing depends on.
const LEAVES: &[&str] = &["cli", "benches", "xtask"];

/// Tools that the tests of any package that they do not stand on may use as well.
const TEST_TOOLS: &[&str] = &["golden", "generate", "shim"];

/// What a package may depend on: packages by name, and all plugins.
#[derive(Debug, Default)]
struct Allowed {
    packages: &'static [&'static str],
    plugins: bool,
    test_tools: bool,
    /// What its tests may use besides.
    in_tests: &'static [&'static str],
}

const STAGE: &[&str] = &["stage", "event", "json"];

/// The same, and the languages of conditions.
const CONDITION: &[&str] = &["condition", "stage", "event", "json"];

/// What plugins may stand on: the contract, conditions, and crates that know nothing of events.
const PLUGIN: &[&str] = &["condition", "stage", "event", "json", "address"];

/// What runs whole pipelines.
const MACHINE: &[&str] = &["abi", "pipeline", "catalog", "stage", "event", "json"];

/// What runs guests; it knows the pipeline file and no plugin.
const HOST: &[&str] = &["abi", "pipeline", "stage", "event", "json"];

/// What nothing depends on may use nearly everything.
const LEAF: &[&str] = &[
    "abi", "pipeline", "catalog", "guest", "host", "sdk", "golden", "generate", "stage", "event",
    "json",
];

/// What may a package depend on? `None` if nobody has said so yet.
fn allowed(package: &str, plugins: &[String]) -> Option<Allowed> {
    let on = |packages| Allowed { packages, ..Allowed::default() };
    Some(match package {
        "json" | "address" | "abi" | "generate" => Allowed::default(),
        "event" => on(&["json"]),
        "stage" => on(&["event", "json"]),
        "condition" => Allowed { test_tools: true, ..on(&["event", "json"]) },
        "golden" => on(STAGE),
        "pipeline" => Allowed { test_tools: true, ..on(CONDITION) },
        "catalog" => Allowed { plugins: true, test_tools: true, ..on(STAGE) },
        plugin if plugins.iter().any(|name| name == plugin) => {
            Allowed { test_tools: true, ..on(PLUGIN) }
        }
        leaf if LEAVES.contains(&leaf) => Allowed { plugins: true, test_tools: true, ..on(LEAF) },
        "sdk" => Allowed { test_tools: true, ..on(&["abi"]) },
        "shim" => on(&["abi"]),
        // Its tests run what the host makes of it.
        "guest" => Allowed { plugins: true, test_tools: true, in_tests: &["host"], ..on(MACHINE) },
        "host" => Allowed { test_tools: true, ..on(HOST) },
        _ => return None,
    })
}

/// The packages of the workspace that a manifest names, each with the table it stands in.
fn dependencies(manifest: &Table) -> Vec<(&'static str, String)> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let tables = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let mut found = Vec::new();
    for table in tables.chain([manifest]) {
        for &section in DEPENDENCIES {
            let section_table = table.get(section).and_then(Value::as_table);
            for (name, value) in section_table.into_iter().flatten() {
                // A package can be renamed where it is used.
                let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
                if let Some(package) = package.strip_prefix(PREFIX) {
                    found.push((section, package.to_owned()));
                }
            }
        }
    }
    found
}

/// The wrong arrows of a manifest.
fn wrong_arrows(manifest: &Table, plugins: &[String]) -> Vec<String> {
    let name = manifest["package"]["name"].as_str().unwrap_or_default();
    let package = name.strip_prefix(PREFIX).unwrap_or(name);
    let Some(allowed) = allowed(package, plugins) else {
        return vec![format!("{package} has no place in the order yet")];
    };
    let is_wrong = |(section, on): &(&str, String)| {
        let on = on.as_str();
        let plugin = allowed.plugins && plugins.iter().any(|name| name == on);
        let tests = *section == "dev-dependencies";
        let tool = tests && allowed.test_tools && TEST_TOOLS.contains(&on);
        let tool = tool || (tests && allowed.in_tests.contains(&on));
        !(allowed.packages.contains(&on) || plugin || tool)
    };
    let wrong = dependencies(manifest).into_iter().filter(is_wrong);
    wrong.map(|(section, on)| format!("{package} -> {on} in {section}")).collect()
}

/// The manifests of all members of the workspace.
fn manifests() -> Vec<Table> {
    let groups = ["crates", "plugins"].into_iter();
    let grouped = groups.flat_map(|group| {
        folders(group).into_iter().map(move |folder| format!("{group}/{folder}"))
    });
    let members = grouped.chain(["benches".to_owned()]);
    let texts = members
        .map(|member| fs::read_to_string(workspace(&member).join("Cargo.toml")).expect(&member));
    texts.map(|text| text.parse().unwrap()).collect()
}

#[test]
fn arrows_point_one_way() {
    let plugins = folders("plugins");
    let wrong: Vec<String> =
        manifests().iter().flat_map(|manifest| wrong_arrows(manifest, &plugins)).collect();
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}

#[test]
fn the_members_are_the_folders_read_here() {
    let root: Table = fs::read_to_string(workspace("Cargo.toml")).unwrap().parse().unwrap();
    let members = root["workspace"]["members"].as_array().unwrap();
    let members: Vec<&str> = members.iter().filter_map(Value::as_str).collect();
    assert_eq!(members, ["crates/*", "plugins/*", "benches"]);
}

/// The wrong arrows of a made-up manifest, among the plugins `flatten` and `redact`.
fn wrong(package: &str, rest: &str) -> Vec<String> {
    let text = format!("[package]\nname = \"trailmill-{package}\"\n{rest}");
    wrong_arrows(&text.parse().unwrap(), &["flatten".to_owned(), "redact".to_owned()])
}

#[test]
fn wrong_arrows_are_found() {
    let found = wrong("flatten", "[dependencies]\ntrailmill-redact.workspace = true");
    assert_eq!(found, ["flatten -> redact in dependencies"]);
    let found = wrong("flatten", "[dev-dependencies]\ntrailmill-pipeline = \"1\"");
    assert_eq!(found, ["flatten -> pipeline in dev-dependencies"]);
    let found = wrong("flatten", "[dependencies]\nlist = { package = \"trailmill-catalog\" }");
    assert_eq!(found, ["flatten -> catalog in dependencies"]);
    let found = wrong("pipeline", "[target.x.dependencies]\ntrailmill-flatten = \"1\"");
    assert_eq!(found, ["pipeline -> flatten in dependencies"]);
    let found = wrong("flatten", "[dependencies]\ntrailmill-golden = \"1\"");
    assert_eq!(found, ["flatten -> golden in dependencies"]);
    let found = wrong("condition", "[dependencies]\ntrailmill-stage = \"1\"");
    assert_eq!(found, ["condition -> stage in dependencies"]);
    let found = wrong("event", "[dev-dependencies]\ntrailmill-golden = \"1\"");
    assert_eq!(found, ["event -> golden in dev-dependencies"]);
    let found = wrong("cli", "[build-dependencies]\ntrailmill-xtask = \"1\"");
    assert_eq!(found, ["cli -> xtask in build-dependencies"]);
    assert_eq!(wrong("common", ""), ["common has no place in the order yet"]);
}

#[test]
fn right_arrows_are_let_through() {
    let stage = "[dependencies]\ntrailmill-stage = \"1\"\nserde = \"1\"\n";
    let golden = "[dev-dependencies]\ntrailmill-golden = \"1\"\n";
    assert!(wrong("redact", &format!("{stage}{golden}")).is_empty());
    assert!(wrong("catalog", &format!("{stage}trailmill-redact = \"1\"\n{golden}")).is_empty());
    assert!(wrong("cli", "[dependencies]\ntrailmill-catalog = \"1\"").is_empty());
}
