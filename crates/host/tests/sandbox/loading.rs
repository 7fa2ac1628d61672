//! Modules that are refused when the pipeline is loaded, and why.

use crate::guest::{guest, process};
use crate::support::{apply, build, stage};
use serde_json::{Value, json};
use trailmill_stage::{NoResources, Settings, Stage};

/// Why a module is refused, without the name of its file.
fn refused(module: Vec<u8>, more: Value) -> String {
    let error = build(module, more).map(drop).expect_err("refused").to_string();
    let why = error.strip_prefix("option `module`: guest.wasm: ");
    why.map_or(error.clone(), str::to_owned)
}

/// Why the good guest is refused with this part in it.
fn without(name: &str, part: &str) -> String {
    refused(guest(&[(name, part)]), json!({}))
}

#[test]
fn what_is_no_module() {
    for bytes in [&b""[..], b"(module)", b"\0asm\x0d\0\x01\0", b"\0asm\x01\0\0\0\xff"] {
        let why = refused(bytes.to_vec(), json!({}));
        assert!(why.starts_with("it is no module: "), "{why}");
        assert!(!why.contains('\n'), "{why}");
    }
}

#[test]
fn what_is_too_large_is_not_even_looked_at() {
    let why = refused(vec![0; 100_000_000], json!({}));
    assert_eq!(why, "it has 100000000 bytes (module_bytes_max is 16777216)");
    let module = guest(&[]);
    let limit = json!({"module_bytes_max": module.len() - 1});
    let why = refused(module.clone(), limit);
    assert!(why.starts_with(&format!("it has {} bytes (", module.len())), "{why}");
    assert!(build(module.clone(), json!({"module_bytes_max": module.len()})).is_ok());
}

#[test]
fn nothing_is_imported() {
    for (import, name) in [
        (
            r#"(import "wasi_snapshot_preview1" "fd_write" (func))"#,
            "wasi_snapshot_preview1.fd_write",
        ),
        (r#"(import "env" "memory" (memory 1))"#, "env.memory"),
        (r#"(import "env" "g" (global i32))"#, "env.g"),
        (r#"(import "env" "t" (table 1 funcref))"#, "env.t"),
        ("(import \"e\\1b[31m\" \"\\0a\" (func))", "e\u{fffd}[31m. "),
    ] {
        let memory = match name {
            "env.memory" => String::new(),
            _ => r#"(memory (export "memory") 4)"#.to_owned(),
        };
        // Imports come first in a text.
        let text = format!("(module {import} {memory})");
        let why = refused(wat::parse_str(text).expect("a module"), json!({}));
        assert_eq!(why, format!("it imports `{name}`, and guests have no imports"));
    }
}

#[test]
fn exports_are_missing() {
    let none = r#"(func (result i64) (i64.const 0))"#;
    assert_eq!(without("describe", none), "it exports no function `trailmill_describe`");
    assert_eq!(without("version", ""), "it exports no function `trailmill_abi_version`");
    assert_eq!(without("free", ""), "it exports no function `free`");
    assert_eq!(without("process", ""), "it exports no function `trailmill_process`");
    assert_eq!(without("memory", "(memory 4)"), "it exports no `memory`");
}

#[test]
fn exports_are_of_another_type() {
    for (part, declaration, expected) in [
        ("free", r#"(func (export "free") (param i32 i32))"#, "`free` is no function (i32) -> ()"),
        (
            "free",
            r#"(func (export "free") (param i32) (result i32) (i32.const 0))"#,
            "`free` is no function (i32) -> ()",
        ),
        (
            "version",
            r#"(func (export "trailmill_abi_version") (result i64) (i64.const 1))"#,
            "`trailmill_abi_version` is no function () -> (i32)",
        ),
        (
            "version",
            r#"(func (export "trailmill_abi_version") (result f32) (f32.const 1))"#,
            "`trailmill_abi_version` is no function () -> (i32)",
        ),
        (
            "process",
            r#"(func (export "trailmill_process") (param i32 i64) (result i64) (i64.const 0))"#,
            "`trailmill_process` is no function (i32, i32) -> (i64)",
        ),
        (
            "process",
            r#"(global (export "trailmill_process") i32 (i32.const 0))"#,
            "`trailmill_process` is no function (i32, i32) -> (i64)",
        ),
        (
            "origin",
            r#"(func (export "trailmill_origin") (param i32 i32))"#,
            "`trailmill_origin` is no function (i32, i32) -> (i64)",
        ),
        (
            "configure",
            r#"(func (export "trailmill_configure") (param i32) (result i64) (i64.const 0))"#,
            "`trailmill_configure` is no function (i32, i32) -> (i64)",
        ),
        (
            "memory",
            r#"(memory 4) (global (export "memory") i32 (i32.const 0))"#,
            "`memory` is no memory of 32 bits",
        ),
    ] {
        assert_eq!(without(part, declaration), format!("its export {expected}"));
    }
}

/// What this host does not run, it says when the pipeline is loaded.
#[test]
fn webassembly_that_is_not_for_guests() {
    for (part, declaration) in [
        ("memory", r#"(memory (export "memory") i64 4)"#),
        ("memory", r#"(memory (export "memory") 4 8 shared)"#),
        ("more", "(memory 1)"),
        ("more", "(func (result i64) (return_call $answer (i32.const 1) (i32.const 2)))"),
    ] {
        let why = without(part, declaration);
        assert!(why.starts_with("it is no module: "), "{declaration}: {why}");
    }
}

#[test]
fn a_vector_is_welcome() {
    let body = "(v128.store (i32.const 2048) (v128.load (local.get $at)))
        (call $answer (local.get $at) (local.get $length))";
    let stage = stage(guest(&[("process", &process(body))]));
    assert_eq!(apply(&*stage, "{}"), Ok(Some("{}".to_owned())));
}

#[test]
fn versions_and_descriptions() {
    let version = r#"(func (export "trailmill_abi_version") (result i32) (i32.const 2))"#;
    assert_eq!(without("version", version), "its ABI has version 2, and this host has 1");
    let version = r#"(func (export "trailmill_abi_version") (result i32) (unreachable))"#;
    assert_eq!(without("version", version), "the guest has trapped: it gave up");
    let unread = "the guest does not answer as it should: its description can not be read";
    for text in ["", "{}", "[]", r#"{\22name\22:\22a\22}"#, r#"\ff"#] {
        let length = wat::parse_str(format!("(module (memory 1) (data (i32.const 0) \"{text}\"))"));
        assert!(length.is_ok(), "{text}");
        let bytes = text.replace("\\22", "\"").replace("\\ff", "x").len();
        let describe = format!(
            r#"(data (i32.const 16) "{text}")
               (func (export "trailmill_describe") (result i64)
                 (i64.const {}))"#,
            (16_u64 << 32) | bytes as u64
        );
        assert_eq!(without("describe", &describe), unread, "{text}");
    }
    let outside = r#"(func (export "trailmill_describe") (result i64) (i64.const -1))"#;
    let expected = "the guest does not answer as it should: its answer is not within its memory";
    assert_eq!(without("describe", outside), expected);
}

#[test]
fn starts_that_fail() {
    let trap = "(func $start (unreachable)) (start $start)";
    assert_eq!(without("start", trap), "the guest has trapped: it gave up");
    let out_of_bounds = r#"(data (i32.const 262144) "x")"#;
    assert_eq!(
        without("data", out_of_bounds),
        "the guest has trapped: it reached beyond its memory"
    );
    let greedy = r#"(memory (export "memory") 1025)"#;
    let memory = "the guest needs more memory than it may have";
    assert_eq!(without("memory", greedy), memory);
    assert_eq!(without("table", "(table 100001 funcref)"), memory);
    assert_eq!(without("table", "(table 60000 funcref) (table 60000 funcref)"), memory);
    let tables = "(table 1 funcref)".repeat(17);
    assert_eq!(without("table", &tables), "the guest has trapped: the runtime could not go on");
}

/// A guest that takes settings: what it was given stands at 2048, as one string of JSON.
const CONFIGURED: &str = r#"
(data (i32.const 3000) "no such setting")
(func (export "trailmill_configure") (param $at i32) (param $length i32) (result i64)
  (if (i32.eq (i32.load8_u offset=26 (local.get $at)) (i32.const 110))
    (then (return (i64.const 0xbb8_0000_000f))))
  (i32.store (i32.const 2044) (local.get $length))
  (memory.copy (i32.const 2048) (local.get $at) (local.get $length))
  (i64.const 0))"#;

/// Answers `{"a":"..."}` with the bytes of the configuration from 12 on, all of them text.
const TELLING: &str = r#"
(memory.copy (i32.const 4096) (local.get $at) (i32.const 6))
(memory.copy (i32.const 4102) (i32.const 2060) (i32.sub (i32.load (i32.const 2044)) (i32.const 12)))
(i32.store16 (i32.add (i32.load (i32.const 2044)) (i32.const 4090)) (i32.const 32034))
(i32.store8 (i32.add (i32.load (i32.const 2044)) (i32.const 4092)) (i32.const 10))
(call $answer (i32.const 4096) (i32.sub (i32.load (i32.const 2044)) (i32.const 3)))"#;

#[test]
fn settings_are_handed_on() {
    let module = guest(&[("configure", CONFIGURED), ("process", &process(TELLING))]);
    let stage = build(module.clone(), json!({"settings": [1, {}]})).expect("a stage");
    let expected = r#"{"a":"settings.json[1,{}]"}"#;
    assert_eq!(apply(&*stage, r#"{"a":""}"#), Ok(Some(expected.to_owned())));
    let why = refused(module, json!({"settings": null, "files": ["table.csv"]}));
    assert_eq!(why, "option `files`: needs `settings`");
}

#[test]
fn files_and_variables_are_handed_on() {
    // What was given has three entries; the answer is where the second and the third begin.
    let body = "(i32.store8 offset=5 (local.get $at)
            (i32.add (i32.const 48) (i32.load8_u (i32.const 2075))))
        (i32.store8 offset=6 (local.get $at)
            (i32.add (i32.const 48) (i32.load8_u (i32.const 2099))))
        (call $answer (local.get $at) (local.get $length))";
    let module = guest(&[("configure", CONFIGURED), ("process", &process(body))]);
    let more = json!({"settings": {}, "files": ["table.csv"], "variables": ["KEY"]});
    let stage = build(module.clone(), more).expect("a stage");
    // The head of an entry begins with its kind: 1 for a file, 2 for a variable.
    assert_eq!(apply(&*stage, r#"{"a":22}"#), Ok(Some(r#"{"a":12}"#.to_owned())));
    let why = refused(module.clone(), json!({"settings": {}, "files": ["no.csv"]}));
    assert_eq!(why, "option `files[0]`: cannot read no.csv");
    let why = refused(module, json!({"variables": ["KEY"]}));
    assert_eq!(why, "option `variables`: needs `settings`");
}

#[test]
fn settings_that_a_guest_does_not_take() {
    let module = guest(&[("configure", CONFIGURED)]);
    let why = refused(module, json!({"settings": "not me"}));
    assert_eq!(why, "option `settings`: no such setting");
    let why = refused(guest(&[]), json!({"settings": {}}));
    assert_eq!(why, "option `settings`: it takes no settings, files or variables");
    let describe = r#"
        (data (i32.const 16) "{\22abi\22:1,\22name\22:\22t\22,\22version\22:\221\22,\22pipeline\22:null}")
        (func (export "trailmill_describe") (result i64) (i64.const 0x10_0000_0032))"#;
    let why = refused(guest(&[("describe", describe)]), json!({}));
    assert!(why.starts_with("option `settings`: the module is not configured yet"), "{why}");
}

#[test]
fn options_out_of_range() {
    for deadline in [0, 60_001] {
        let why = refused(guest(&[]), json!({"deadline_ms": deadline}));
        assert_eq!(why, "option `deadline_ms`: expected a number from 1 to 60000");
    }
    let why = refused(guest(&[]), json!({"memory_bytes_max": 65_535}));
    assert_eq!(why, "the guest needs more memory than it may have");
}

#[test]
fn files_come_from_the_resources() {
    let trailmill_stage::Build::Stage(build) = trailmill_host::SPEC.build else {
        panic!("no stage")
    };
    let settings = Settings::new(json!({"module": "a/b.wasm"}));
    let error = build(&settings, &NoResources).map(|_: Box<dyn Stage>| ()).expect_err("no file");
    assert_eq!(error.to_string(), "option `module`: there are no files here, so no `a/b.wasm`");
}
