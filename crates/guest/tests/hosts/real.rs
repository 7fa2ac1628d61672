//! Exported modules in real hosts, where they are installed: Node and Python with the batch ABI,
//! Extism in Python, and the component by way of `jco` in Node.
//!
//! `.ci/run` installs them into `target/hosts`; `TRAILMILL_HOSTS` names another folder.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use crate::exported::{exported, native, rows};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use trailmill_host::export::Host;

/// How many records a batch has.
const BATCH: usize = 500;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A program of the folder for hosts; none, and a line that says so, if it is not there.
fn installed(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TRAILMILL_HOSTS").map(PathBuf::from);
    let path = folder.unwrap_or_else(|| workspace().join("target/hosts")).join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not installed", path.display());
        return None;
    }
    Some(path)
}

fn node() -> Option<PathBuf> {
    let found = Command::new("node").arg("--version").output().is_ok();
    if !found {
        eprintln!("SKIPPED: node is not installed");
    }
    found.then(|| PathBuf::from("node"))
}

/// The inputs that hosts take: the golden inputs of the pipeline `cloudtrail-snare`, and the
/// corpus in batches.
fn inputs() -> Vec<Vec<u8>> {
    let cases = workspace().join("pipelines/cloudtrail-snare/tests");
    let mut paths: Vec<PathBuf> = fs::read_dir(cases)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| !path.to_string_lossy().contains(".out.") && path.is_file())
        .collect();
    paths.sort();
    let mut inputs: Vec<Vec<u8>> =
        paths.iter().map(|path| fs::read(path).expect("a file")).collect();
    assert!(inputs.len() > 5);
    if let Some(records) = trailmill_golden::corpus() {
        inputs.extend(records.chunks(BATCH).map(|batch| batch.join("\n").into_bytes()));
    }
    inputs
}

/// Texts, each with its length before it.
fn framed(texts: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for text in texts {
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text);
    }
    out
}

fn unframed(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let (text, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        texts.push(text.to_vec());
        bytes = rest;
    }
    texts
}

/// Has a script take all inputs through a module; gives what it has answered to each.
fn answers(program: &Path, script: &str, module: &Path, inputs: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let folder = module.parent().expect("a folder");
    let (asked, answered) = (folder.join("inputs"), folder.join("answers"));
    fs::write(&asked, framed(inputs)).expect("written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/scripts").join(script);
    let output = Command::new(program)
        .arg(&script)
        .args([module, &asked, &answered])
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", script.display());
    let answers = unframed(&fs::read(answered).expect("answers"));
    assert_eq!(answers.len(), inputs.len());
    answers
}

/// The file of the module of a host, in a folder for one test.
fn module(host: Host, test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("guest.wasm");
    fs::write(&path, exported(host)).expect("written");
    path
}

/// All answers of the batch ABI are those of the native guest.
fn batches_are_the_same(program: &Path, script: &str, test: &str) {
    let inputs = inputs();
    let answers = answers(program, script, &module(Host::Trailmill, test), &inputs);
    let mut native = native();
    for (input, answer) in inputs.iter().zip(answers) {
        assert!(answer == native.process(input), "{test}: another answer");
    }
}

/// All rows are those of the native guest; answers may have lines of trouble behind them.
fn rows_are_the_same(answers: &[Vec<u8>], inputs: &[Vec<u8>]) {
    let (mut native, mut count) = (native(), 0);
    for (input, answer) in inputs.iter().zip(answers) {
        let rows = rows(&mut native, input);
        assert!(answer.starts_with(&rows), "other rows");
        let rest = String::from_utf8_lossy(&answer[rows.len()..]);
        assert!(rest.lines().all(|line| line.contains("\"trailmillFault\":")), "{rest}");
        count += rows.iter().filter(|byte| **byte == b'\n').count();
    }
    eprintln!("{count} rows are the same");
}

#[test]
fn node_gives_the_same_answers() {
    let Some(node) = node() else { return };
    batches_are_the_same(&node, "node.mjs", "node");
}

#[test]
fn python_gives_the_same_answers() {
    let Some(python) = installed("venv/bin/python") else { return };
    batches_are_the_same(&python, "python.py", "python");
}

#[test]
fn extism_in_python_gives_the_same_rows() {
    let Some(python) = installed("venv/bin/python") else { return };
    let inputs = inputs();
    let answers = answers(&python, "extism_host.py", &module(Host::Extism, "extism"), &inputs);
    rows_are_the_same(&answers, &inputs);
}

#[test]
fn the_component_in_node_gives_the_same_rows() {
    let Some(node) = node() else { return };
    let Some(jco) = installed("npm/node_modules/@bytecodealliance/jco/dist/jco.js") else { return };
    let component = module(Host::Component, "jco");
    let folder = component.parent().expect("a folder").join("transpiled");
    let status = Command::new(&node)
        .arg(jco)
        .arg("transpile")
        .arg(&component)
        .args(["--name", "guest", "--out-dir"])
        .arg(&folder)
        .output()
        .expect("node runs");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    fs::write(folder.join("package.json"), "{\"type\":\"module\"}").expect("written");
    let inputs = inputs();
    let answers = answers(&node, "component.mjs", &folder.join("guest.js"), &inputs);
    rows_are_the_same(&answers, &inputs);
}
