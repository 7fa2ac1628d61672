//! What a host gets for calls that make no sense.

use crate::abi::{Answer, Host, SNARE, configuration, snare};
use crate::hosts::{Compiled, Interpreted, Machine};
use serde_json::json;
use trailmill_abi::{FILE, PIPELINE, VARIABLE, entry};

/// The message of an answer that says that the call has failed.
fn message(answer: &[u8]) -> String {
    let answer = Answer::read(answer);
    assert_eq!((answer.status, answer.counts), (1, [0; 7]));
    let [frame] = &answer.frames[..] else { panic!("{} frames", answer.frames.len()) };
    assert_eq!((frame.kind, frame.output, frame.path.as_str()), (2, 0, ""));
    String::from_utf8(frame.bytes.clone()).expect("a message")
}

fn configure(configuration: &[u8]) -> String {
    let mut host = Host::<Compiled>::new();
    String::from_utf8(host.with("trailmill_configure", configuration).unwrap()).expect("a message")
}

#[test]
fn nothing_is_processed_without_a_configuration() {
    let mut host = Host::<Compiled>::new();
    let expected = "the module holds no pipeline; call trailmill_configure first";
    assert_eq!(message(&host.process(b"{}")), expected);
    assert_eq!(host.with("trailmill_origin", b"{}").unwrap(), expected.as_bytes());
    assert!(host.machine.call("wizer-initialize", &[]).is_err());
}

#[test]
fn wrong_configurations_are_refused_with_a_reason() {
    let one = "the configuration must hold one pipeline file";
    assert_eq!(configure(b""), one);
    assert_eq!(configure(&[snare(), snare()].concat()), one);
    assert_eq!(configure(&snare()[..20]), "no entry can be read at byte 0 of the configuration");
    let behind = [snare(), vec![9; 12]].concat();
    let expected = format!("no entry can be read at byte {} of the configuration", snare().len());
    assert_eq!(configure(&behind), expected);
    let unknown = configuration("p.yaml", "stages: [decode-cloudtrial]", &[]);
    let message = configure(&unknown);
    assert!(message.starts_with("p.yaml:1:10: unknown stage `decode-cloudtrial`"), "{message}");
    let table = r#"{"stages":["decode-cloudtrail",{"enrich-account":{"table":"a.csv"}}]}"#;
    let message = configure(&configuration("p.json", table, &[]));
    assert!(message.contains("the configuration holds no file `a.csv`"), "{message}");
}

/// A wrong configuration leaves the module as it was; a right one is for good.
#[test]
fn a_module_is_configured_once() {
    let mut host = Host::<Interpreted>::new();
    assert_ne!(host.with("trailmill_configure", b"?").unwrap(), b"");
    assert_eq!(host.with("trailmill_configure", &snare()).unwrap(), b"");
    let again = host.with("trailmill_configure", &snare()).unwrap();
    assert_eq!(again, b"the module holds a pipeline already");
}

#[test]
fn pointers_to_nowhere_are_refused() {
    let mut host = Host::<Compiled>::configured(&snare());
    let end = host.machine.memory().len() as u32;
    for (pointer, length) in [(0, 1), (0, u32::MAX), (end, 1), (end - 1, 2), (1024, u32::MAX)] {
        for name in ["trailmill_process", "trailmill_origin", "trailmill_configure"] {
            let packed = host.machine.call(name, &[pointer, length]).expect(name);
            let (at, bytes) = ((packed >> 32) as usize, packed as u32 as usize);
            let text = host.machine.memory()[at..at + bytes].to_vec();
            let text = if name == "trailmill_process" {
                message(&text)
            } else {
                String::from_utf8(text).expect("a message")
            };
            assert_eq!(text, "there is no memory at this pointer", "{name}");
        }
    }
    for pointer in [0, 1, 8, 16, 1 << 20, end - 16, end, u32::MAX] {
        host.machine.call("free", &[pointer]).expect("nothing is freed");
    }
    let pointer = host.put(b"x");
    host.machine.call("free", &[pointer]).expect("freed");
    host.machine.call("free", &[pointer]).expect("let be");
    assert_eq!(host.machine.call("malloc", &[u32::MAX]), Ok(0));
    assert_eq!(host.machine.call("malloc", &[600 << 20]), Ok(0));
    assert_eq!(Answer::read(&host.process(b"")).status, 0);
}

#[test]
fn inputs_and_answers_have_limits() {
    let mut host = Host::<Compiled>::configured(&snare());
    let large = vec![b' '; (64 << 20) + 1];
    assert_eq!(message(&host.process(&large)), "the input has more than 67108864 bytes");
    assert_eq!(Answer::read(&host.process(&large[1..])).status, 0);
}

#[test]
fn wrong_origins_are_refused() {
    let mut host = Host::<Compiled>::configured(&snare());
    for (text, expected) in [
        ("", "an origin is a JSON object with `source` and `collectedAt`"),
        (r#"{"source":1}"#, "the members of an origin are strings"),
        (r#"{"sauce":""}"#, "an origin has the members `source` and `collectedAt` only"),
    ] {
        let answer = host.with("trailmill_origin", text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(answer).unwrap(), expected);
    }
}

/// The names of what is inside, and nothing of what may be secret.
#[test]
fn a_module_describes_itself() {
    let mut host = Host::<Compiled>::new();
    let description = host.describe();
    assert_eq!(description["abi"], 1);
    assert_eq!(description["name"], "trailmill");
    assert_eq!(description["pipeline"], json!(null));
    let names = trailmill_catalog::STAGES.iter().map(|spec| spec.name);
    assert_eq!(description["stages"], json!(names.collect::<Vec<_>>()));
    let mut configuration = Vec::new();
    let pipeline = format!("name: one\n{SNARE}");
    entry(PIPELINE, "p.yaml", pipeline.as_bytes(), &mut configuration);
    entry(FILE, "a.csv", b"id", &mut configuration);
    entry(VARIABLE, "KEY", b"secret", &mut configuration);
    assert_eq!(host.with("trailmill_configure", &configuration).unwrap(), b"");
    let expected = json!({
        "name": "one",
        "description": null,
        "stages": ["decode-cloudtrail", "flatten"],
        "outputs": ["1"],
        "guarded": false,
        "files": [{"name": "a.csv", "bytes": 2}],
        "variables": ["KEY"],
    });
    assert_eq!(host.describe()["pipeline"], expected);
}
