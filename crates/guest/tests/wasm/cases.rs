//! The golden cases of all plugins and pipelines, and the inputs of the corpus that are no lines.

use crate::abi::{Answer, Host, configuration, snare};
use crate::hosts::{Compiled, Interpreted, Machine};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_abi::{VARIABLE, entry};
use trailmill_guest::{Configured, Guest};

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folders and files in a folder, in the order of their names.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The files below a folder with their names, relative to it.
pub(crate) fn files(root: &Path, folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for path in entries(folder) {
        if path.is_dir() {
            files(root, &path, out);
        } else {
            let name = path.strip_prefix(root).expect("a file below").to_str().expect("a name");
            out.push((name.to_owned(), fs::read(&path).expect("a file")));
        }
    }
}

/// Runs a configuration over inputs, natively and in a runtime. Everything is the same, be it the
/// error of the configuration. Gives how many events were read and came to an end other than the
/// quarantine.
fn same<M: Machine>(configuration: &[u8], inputs: &[Vec<u8>], what: &Path) -> u64 {
    let mut host = Host::<M>::new();
    let message = host.with("trailmill_configure", configuration).unwrap();
    let configured = match Configured::new(configuration) {
        Ok(configured) => configured,
        Err(error) => {
            assert_eq!(message, error.as_bytes(), "{}: {what:?}", M::NAME);
            return 0;
        }
    };
    assert_eq!(message, b"", "{}: {what:?}", M::NAME);
    let mut native = Guest::new(&configured, None);
    let mut good = 0;
    for input in inputs {
        let answer = host.process(input);
        assert!(answer == native.process(input), "{}: {what:?}", M::NAME);
        let [read, _, _, _, quarantined, ..] = Answer::read(&answer).counts;
        good += read - quarantined;
    }
    good
}

/// The cases of a plugin: folders with settings or an input.
fn cases(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in entries(folder).into_iter().filter(|path| path.is_dir()) {
        let is_case = entries(&path).iter().any(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name == "settings.json" || name.starts_with("in.")
        });
        if is_case {
            out.push(path);
        } else {
            cases(&path, out);
        }
    }
}

/// The configuration of each golden case of the plugins, with its inputs and its folder.
pub(crate) fn golden() -> Vec<(Vec<u8>, Vec<Vec<u8>>, PathBuf)> {
    let mut found = Vec::new();
    for spec in trailmill_catalog::STAGES {
        let mut folders = Vec::new();
        let tests = workspace().join("plugins").join(spec.name).join("tests");
        if tests.is_dir() {
            cases(&tests, &mut folders);
        }
        for folder in folders {
            let (configuration, inputs) = case(spec.name, &folder);
            found.push((configuration, inputs, folder));
        }
    }
    assert!(found.len() > 100, "{} cases", found.len());
    found
}

/// The configuration of a case, and its input.
fn case(stage: &str, folder: &Path) -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut all = Vec::new();
    files(folder, folder, &mut all);
    let is_input = |(name, _): &(String, Vec<u8>)| name.starts_with("in.");
    let inputs = all.iter().filter(|file| is_input(file)).map(|(_, content)| content.clone());
    let mut inputs: Vec<Vec<u8>> = inputs.collect();
    inputs.extend(inputs.clone().iter().filter_map(|input| records(input)));
    let settings = all.iter().find(|(name, _)| name == "settings.json");
    let settings: Value =
        settings.map_or(Value::Null, |(_, text)| serde_json::from_slice(text).expect("settings"));
    let stages = match stage {
        "decode-cloudtrail" => json!([{ stage: settings }]),
        _ => json!(["decode-cloudtrail", { stage: settings }]),
    };
    let pipeline = json!({ "stages": stages }).to_string();
    (configuration("pipeline.json", &pipeline, &all), inputs)
}

/// The events of a case as the decoder takes them for records: cases of a stage hold no more of a
/// record than the stage looks at. `None` if they are no objects.
fn records(input: &[u8]) -> Option<Vec<u8>> {
    let mut values = serde_json::Deserializer::from_slice(input).into_iter::<Map<String, Value>>();
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(event) = values.next() {
        let (event, to) = (event.ok()?, values.byte_offset());
        let text = input[from..to].trim_ascii_start().strip_prefix(b"{")?;
        let marks = [("eventVersion", "1.11"), ("eventType", "AwsApiCall")];
        let missing = marks.iter().filter(|(name, _)| !event.contains_key(*name));
        let mut lead: Vec<String> =
            missing.map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
        if !event.is_empty() && !lead.is_empty() {
            lead.push(String::new());
        }
        out.extend_from_slice(format!("{{{}", lead.join(",")).as_bytes());
        out.extend_from_slice(text);
        out.push(b'\n');
        from = to;
    }
    Some(out)
}

/// The configuration of each ready pipeline, with the inputs of its tests and its folder.
pub(crate) fn ready() -> Vec<(Vec<u8>, Vec<Vec<u8>>, PathBuf)> {
    let folders = entries(&workspace().join("pipelines")).into_iter();
    let read = folders.map(|folder| {
        let mut all = Vec::new();
        files(&folder, &folder, &mut all);
        let pipeline = fs::read_to_string(folder.join("pipeline.yaml")).expect("a pipeline");
        let mut configuration = configuration("pipeline.yaml", &pipeline, &all);
        entry(VARIABLE, "TRAILMILL_KEY", b"0123456789abcdef", &mut configuration);
        let inputs = all.iter().filter(|(name, _)| name.starts_with("tests/"));
        let inputs = inputs.map(|(_, content)| content.clone()).collect();
        (configuration, inputs, folder)
    });
    read.collect()
}

#[test]
fn golden_cases_of_plugins_are_the_same_everywhere() {
    let mut good = 0;
    for (configuration, inputs, folder) in golden() {
        good += same::<Compiled>(&configuration, &inputs, &folder);
        same::<Interpreted>(&configuration, &inputs, &folder);
    }
    assert!(good > 500, "{good} good events");
}

#[test]
fn ready_pipelines_are_the_same_everywhere() {
    let mut count = 0;
    for (configuration, inputs, folder) in ready() {
        assert_eq!(Configured::new(&configuration).err(), None, "{folder:?}");
        same::<Compiled>(&configuration, &inputs, &folder);
        same::<Interpreted>(&configuration, &inputs, &folder);
        count += inputs.len();
    }
    assert!(count >= 30, "{count} inputs");
}

/// Containers of every kind, and inputs that are bad in every way, each in a fresh call.
#[test]
fn other_inputs_of_the_corpus_are_the_same_everywhere() {
    if trailmill_golden::corpus().is_none() {
        return;
    }
    let corpus = std::env::var_os("TRAILMILL_CORPUS").map(PathBuf::from);
    let corpus = corpus.unwrap_or_else(|| workspace().join("../shared/corpus"));
    let mut all = Vec::new();
    files(&corpus, &corpus.join("containers"), &mut all);
    files(&corpus, &corpus.join("badinputs"), &mut all);
    assert!(all.len() > 60, "{} inputs", all.len());
    let configured = Configured::new(&snare()).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let mut host = Host::<Compiled>::configured(&snare());
    for (name, input) in &all {
        let answer = host.process(input);
        assert!(answer == native.process(input), "{name}");
        let answer = Answer::read(&answer);
        let [read, written, filtered, dropped, quarantined, ..] = answer.counts;
        assert_eq!(read, written + filtered + dropped + quarantined, "{name}");
    }
}
