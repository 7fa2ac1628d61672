//! Modules made of pipelines: they hold less than this one, and do the same.

use crate::abi::{SNARE, configuration};
use crate::cases::{golden, ready, workspace};
use crate::hosts::{Compiled, Interpreted, Machine};
use std::borrow::Cow;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use trailmill_abi::{Entries, FILE, PIPELINE, VARIABLE};
use trailmill_event::json::Isa;
use trailmill_guest::{Configured, Guest};
use trailmill_host::export::{Export, ExportError, Exported, Host as Target, Table, inspect};
use trailmill_pipeline::Format;
use trailmill_shim::{Host, NANOSECONDS, SECONDS, TAG, old_engine};
use trailmill_stage::Resources;
use wasmtime::Module;

/// What a configuration holds, as files and an environment.
struct Held<'c>(&'c [u8]);

impl Held<'_> {
    fn find(&self, kind: u32, name: Option<&str>) -> Option<(String, Cow<'_, [u8]>)> {
        let entries = Entries::of(self.0).map(|entry| entry.expect("an entry"));
        let mut found =
            entries.filter(|e| e.kind == kind && name.is_none_or(|name| name == e.name));
        found.next().map(|entry| (entry.name.to_owned(), self.0[entry.value].into()))
    }
}

impl Resources for Held<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.find(FILE, Some(path)).ok_or_else(|| format!("no file `{path}`"))?;
        Ok(found.1.into_owned())
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        let found = self.find(VARIABLE, Some(name)).ok_or_else(|| format!("no `{name}`"))?;
        Ok(String::from_utf8_lossy(&found.1).into_owned())
    }
}

/// Makes a module of a configuration.
fn run(target: Target, configuration: &[u8], keys: bool) -> Result<Exported, ExportError> {
    run_with(target, configuration, keys, true)
}

fn run_with(
    target: Target,
    configuration: &[u8],
    keys: bool,
    vectors: bool,
) -> Result<Exported, ExportError> {
    let held = Held(configuration);
    let (name, text) = held.find(PIPELINE, None).expect("a pipeline");
    let export = Export {
        host: target,
        name: &name,
        text: std::str::from_utf8(&text).expect("text"),
        format: Format::of_path(Path::new(&name)),
        specs: trailmill_catalog::STAGES,
        resources: &held,
        embed_keys: keys,
        vectors,
    };
    export.run()
}

/// The same; it is never freed.
fn export(target: Target, configuration: &[u8], keys: bool) -> Result<&'static [u8], ExportError> {
    Ok(Box::leak(run(target, configuration, keys)?.module.into_boxed_slice()))
}

fn exported(target: Target, configuration: &[u8]) -> &'static [u8] {
    export(target, configuration, true).unwrap_or_else(|error| panic!("{error}"))
}

/// The same for a host without vectors.
fn portable(target: Target, configuration: &[u8]) -> &'static [u8] {
    let exported = run_with(target, configuration, true, false);
    let module = exported.unwrap_or_else(|error| panic!("{error}")).module;
    Box::leak(module.into_boxed_slice())
}

fn batches_are_the_same<M: Machine>(
    module: &'static [u8],
    native: &mut Guest<'_>,
    lines: &[String],
) {
    let mut host = Host::<M>::of(module);
    for batch in lines.chunks(1000).map(|chunk| chunk.join("\n")) {
        let answer = host.process(batch.as_bytes());
        assert!(answer == native.process(batch.as_bytes()), "{}", M::NAME);
    }
}

fn records_are_the_same<M: Machine>(
    module: &'static [u8],
    native: &mut Guest<'_>,
    lines: &[String],
) {
    let mut host = Host { machine: M::new(module) };
    for line in lines {
        let answer = host.filter(line.as_bytes());
        let expected = native.filter(TAG, (SECONDS, NANOSECONDS), Some(line.as_bytes()));
        assert_eq!(expected.strip_suffix(b"\0"), Some(&answer[..]), "{}: {line}", M::NAME);
    }
}

/// All ready pipelines over the corpus, in batches for our own host, with and without vectors, and
/// one by one for Fluent Bit; compiled and interpreted.
#[test]
fn the_corpus_gives_the_same_rows() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut for_fluent_bit = 0;
    for (configuration, _, folder) in ready() {
        let configured = Configured::new(&configuration).expect("a configuration");
        let native = || Guest::new(&configured, Some(Isa::Scalar));
        let module = exported(Target::Trailmill, &configuration);
        batches_are_the_same::<Compiled>(module, &mut native(), &records);
        let module = portable(Target::Trailmill, &configuration);
        batches_are_the_same::<Interpreted>(module, &mut native(), &records[..2000]);
        match export(Target::FluentBit, &configuration, true) {
            Ok(module) => {
                records_are_the_same::<Compiled>(module, &mut native(), &records);
                records_are_the_same::<Interpreted>(module, &mut native(), &records[..2000]);
                for_fluent_bit += 1;
            }
            Err(ExportError::Refused(_)) if folder.ends_with("console-logins") => {}
            Err(error) => panic!("{folder:?}: {error}"),
        }
    }
    assert!(for_fluent_bit >= 3, "{for_fluent_bit} pipelines");
}

/// Every stage, with every option that a golden case sets: nothing is missing that it needs.
#[test]
fn golden_cases_of_plugins_are_the_same() {
    let cases = golden();
    let (next, count) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some((configuration, inputs, folder)) = cases.get(next.fetch_add(1, Relaxed)) {
            golden_case_is_the_same(configuration, inputs, folder, &count);
        }
    };
    // Two modules are made for each case, and one of them is compiled: minutes of work.
    std::thread::scope(|scope| {
        (1..std::thread::available_parallelism().map_or(1, NonZero::get)).for_each(|_| {
            scope.spawn(work);
        });
        work();
    });
    assert!(count.load(Relaxed) > 100, "{count:?} inputs");
}

fn golden_case_is_the_same(
    configuration: &[u8],
    inputs: &[Vec<u8>],
    folder: &Path,
    count: &AtomicUsize,
) {
    let Ok(configured) = Configured::new(configuration) else { return };
    let mut host = Host::<Interpreted>::of(portable(Target::Trailmill, configuration));
    let mut vectors = Host::<Compiled>::of(exported(Target::Trailmill, configuration));
    let mut native = Guest::new(&configured, Some(Isa::Scalar));
    for input in inputs {
        let expected = native.process(input);
        assert!(host.process(input) == expected, "{folder:?}");
        assert!(vectors.process(input) == expected, "{folder:?}, with vectors");
        count.fetch_add(1, Relaxed);
    }
}

/// Vectors are where the host is known to have them, and not where somebody says that it has none.
#[test]
fn vectors_are_for_hosts_that_have_them() {
    let snare = configuration("p.yaml", SNARE, &[]);
    let is_old = |module: &[u8]| Module::validate(&old_engine(), module).is_ok();
    for (target, has_vectors) in [
        (Target::FluentBit, false),
        (Target::Redpanda, false),
        (Target::Trailmill, true),
        (Target::RedpandaConnect, true),
        (Target::Extism, true),
    ] {
        assert_eq!(is_old(exported(target, &snare)), !has_vectors, "{target}");
        assert!(is_old(portable(target, &snare)), "{target}");
    }
    let component = [true, false]
        .map(|vectors| run_with(Target::Component, &snare, false, vectors).expect("one").module);
    assert_ne!(component[0], component[1]);
}

fn names(module: &[u8]) -> (Vec<String>, usize) {
    let module = Module::new(&wasmtime::Engine::default(), module).expect("a module");
    let mut names: Vec<String> = module.exports().map(|e| e.name().to_owned()).collect();
    names.sort_unstable();
    (names, module.imports().count())
}

#[test]
fn a_module_has_what_its_host_calls() {
    let snare = configuration("p.yaml", SNARE, &[]);
    let fluent_bit = names(exported(Target::FluentBit, &snare));
    let expected = ["free", "malloc", "memory", "trailmill_fluent_bit"];
    assert_eq!(fluent_bit, (expected.map(str::to_owned).to_vec(), 0));
    let expected = [
        "free",
        "malloc",
        "memory",
        "trailmill_abi_version",
        "trailmill_describe",
        "trailmill_origin",
        "trailmill_process",
    ];
    let own = names(exported(Target::Trailmill, &snare));
    assert_eq!(own, (expected.map(str::to_owned).to_vec(), 0));
}

/// What modules may weigh, in bytes, so that they do not grow unseen.
#[test]
fn modules_are_small() {
    let weigh = |name: &str| {
        let path = workspace().join("pipelines").join(name).join("pipeline.yaml");
        let pipeline = fs::read_to_string(path).expect("a pipeline");
        exported(Target::FluentBit, &configuration("pipeline.yaml", &pipeline, &[])).len()
    };
    let (flat, snare) = (weigh("cloudtrail-flat"), weigh("cloudtrail-snare"));
    assert!(flat <= 300_000, "rows alone: {flat} bytes");
    assert!(snare <= 1_000_000, "with secrets hidden and more: {snare} bytes");
}

/// A module tells which pipeline it holds, and nothing else that stood in the file.
#[test]
fn a_module_says_what_is_inside() {
    let pipeline = format!("# between us: hunter2\nname: one\ndescription: two\n{SNARE}");
    let configuration = configuration("p.yaml", &pipeline, &[]);
    let module = exported(Target::FluentBit, &configuration);
    let told = inspect(module).expect("a section");
    assert_eq!(told["host"], "fluent-bit");
    assert_eq!(told["pipeline"]["name"], "one");
    assert_eq!(told["pipeline"]["file"], "p.yaml");
    let stages = serde_json::json!(["decode-cloudtrail", "flatten"]);
    assert_eq!(told["pipeline"]["stages"], stages);
    assert_eq!(told["pipeline"]["sha256"].as_str().map(str::len), Some(64));
    assert!(!module.windows(7).any(|bytes| bytes == b"hunter2"), "the comment is in the module");
    assert!(inspect(b"\0asm\x01\0\0\0").is_err());
    assert!(inspect(b"{}").is_err());
    assert_eq!(module, exported(Target::FluentBit, &configuration), "made twice, it is the same");
}

fn refused(target: Target, configuration: &[u8]) -> String {
    match export(target, configuration, false) {
        Err(ExportError::Refused(message)) => message,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was made"),
    }
}

#[test]
fn what_a_host_can_not_do_is_refused() {
    let two = "{ stages: [decode-cloudtrail], outputs: [ { to: stdout }, \
               { to: { file: { path: out } } } ] }";
    let message = refused(Target::FluentBit, &configuration("p.yaml", two, &[]));
    assert!(message.starts_with("fluent-bit takes one row for a record"), "{message}");
    export(Target::Trailmill, &configuration("p.yaml", two, &[]), false).expect("a module");
    let either = "{ stages: [decode-cloudtrail], outputs: [ { when: 'a == 1', to: stdout }, \
                  { else: true, to: { file: { path: out } } } ] }";
    export(Target::FluentBit, &configuration("p.yaml", either, &[]), false).expect("a module");
    let accounts = "stages: [decode-cloudtrail, { enrich-account: { table: a.csv } }]";
    let rows = (0..20_000).map(|number| format!("{:012},account {number}\n", number));
    let table = format!("id,name\n{}", rows.collect::<String>()).into_bytes();
    let bytes = table.len();
    let large = configuration("p.yaml", accounts, &[("a.csv".to_owned(), table)]);
    let message = refused(Target::Redpanda, &large);
    let expected = format!(
        "a module for redpanda opens no files, so what the pipeline names has to stand in it; that \
         is {bytes} bytes and may be 262144: a.csv ({bytes} bytes)"
    );
    assert_eq!(message, expected);
    export(Target::FluentBit, &large, false).expect("a module");
}

/// The databases of places that the golden cases have.
fn databases() -> Vec<(String, Vec<u8>)> {
    let folder = workspace().join("plugins/enrich-geoip/tests");
    let read = |name: &str| (name.to_owned(), fs::read(folder.join(name)).expect("a database"));
    ["city.mmdb", "asn.mmdb"].map(read).to_vec()
}

/// What is told of the tables of a module: names and sizes.
fn tables(pipeline: &str) -> (String, &'static [u8], Vec<u8>) {
    let configuration = configuration("p.yaml", pipeline, &databases());
    let exported = run(Target::Trailmill, &configuration, false).expect("a module");
    let told: Vec<String> = exported.tables.iter().map(Table::to_string).collect();
    (told.join(", "), Box::leak(exported.module.into_boxed_slice()), configuration)
}

/// A module holds of a database what its pipeline reads, and answers as the whole one.
#[test]
fn databases_are_cut_down() {
    let two = "stages: [decode-cloudtrail]\noutputs:\n  - to: stdout\n    stages: [ONE]\n  \
               - to: { file: { path: out } }\n    stages: [OTHER]\n";
    let geo = |fields: &str, databases: &str| {
        format!("{{ enrich-geoip: {{ databases: [{databases}], fields: [{fields}] }} }}")
    };
    let one = geo("city, autonomousSystem", "city.mmdb, asn.mmdb");
    let places = geo("country", "city.mmdb");
    let cut = "city.mmdb (1119 bytes of 2403)";
    let both = "city.mmdb (2403 bytes, as stages read different parts of it)";
    let asn = "asn.mmdb (1328 bytes, as it would not get smaller)";
    let addresses = ["89.160.20.112", "89.160.0.1", "1.1.1.1", "1.1.3.1", "2a02:cf40:8000::1"];
    let record = |address| {
        format!(
            "{{\"eventVersion\":\"1.08\",\"eventName\":\"GetUser\",\"sourceIPAddress\":\"{address}\"}}\n"
        )
    };
    let input = addresses.map(record).concat();
    for (expected, other) in [(cut, &one), (both, &places)] {
        let pipeline = two.replace("ONE", &one).replace("OTHER", other);
        let (told, module, configuration) = tables(&pipeline);
        assert_eq!(told, format!("{expected}, {asn}"));
        let configured = Configured::new(&configuration).expect("a configuration");
        let native = Guest::new(&configured, Some(Isa::Scalar)).process(input.as_bytes()).to_vec();
        assert!(native.windows(9).any(|bytes| bytes == b"Bredband2"), "nothing is found");
        assert!(Host::<Compiled>::of(module).process(input.as_bytes()) == native);
        let module = portable(Target::Trailmill, &configuration);
        assert!(Host::<Interpreted>::of(module).process(input.as_bytes()) == native);
    }
}

/// A module that is too large tells what of it are tables, as they would stand in it.
#[test]
fn what_is_refused_is_told_as_it_was_cut() {
    let pipeline = "stages: [decode-cloudtrail, { enrich-geoip: { databases: [city.mmdb], fields: \
                    [city] } }, { enrich-account: { table: a.csv } }]";
    let rows = (0..20_000).map(|number| format!("{:012},account {number}\n", number));
    let table = format!("id,name\n{}", rows.collect::<String>()).into_bytes();
    let accounts = table.len();
    let mut files = databases();
    files.push(("a.csv".to_owned(), table));
    let message = refused(Target::Redpanda, &configuration("p.yaml", pipeline, &files));
    let (_, told) = message.rsplit_once("262144: ").expect("the limit");
    assert_eq!(told, format!("city.mmdb (1119 bytes of 2403), a.csv ({accounts} bytes)"));
}

/// Keys stand in a module only if somebody has said so.
#[test]
fn keys_are_named_and_not_embedded() {
    let key = b"0123456789abcdef-the-key";
    let pipeline = "stages: [decode-cloudtrail, { redact: { preset: share, \
                    key: { variable: THE_KEY } } }]";
    let mut configuration = configuration("p.yaml", pipeline, &[]);
    let message = refused(Target::FluentBit, &configuration);
    assert!(message.contains("THE_KEY") && message.contains("--embed-keys"), "{message}");
    trailmill_abi::entry(VARIABLE, "THE_KEY", key, &mut configuration);
    assert_eq!(refused(Target::FluentBit, &configuration), message);
    let module = exported(Target::FluentBit, &configuration);
    assert_eq!(inspect(module).expect("a section")["pipeline"]["variables"][0], "THE_KEY");
}
