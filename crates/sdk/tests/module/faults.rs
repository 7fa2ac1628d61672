//! Hosts that call in the wrong way, and stages that do the wrong thing.

use crate::build::{guard, guard_in_c, mark_denied, odd, office_hours};
use serde_json::{Value, json};
use trailmill_abi::{FILE, PIPELINE, entry};
use trailmill_shim::{Answer, Compiled, Host, Interpreted, Machine, NANOSECONDS, SECONDS};

fn all() -> Vec<&'static [u8]> {
    [Some(office_hours()), Some(odd()), mark_denied()].into_iter().flatten().collect()
}

fn configuration(kind: u32, settings: &str) -> Vec<u8> {
    let mut out = Vec::new();
    entry(kind, "settings.json", settings.as_bytes(), &mut out);
    out
}

fn told(module: &'static [u8], configuration: &[u8]) -> String {
    let mut host = Host::<Compiled>::of(module);
    String::from_utf8(host.with("trailmill_configure", configuration).unwrap()).unwrap()
}

fn filtered<M: Machine>(host: &mut Host<M>, record: &Value) -> Value {
    serde_json::from_slice(&host.filter(record.to_string().as_bytes())).expect("JSON")
}

#[test]
fn pointers_to_nowhere_are_refused() {
    for module in all() {
        let mut host = Host::<Compiled>::of(module);
        for case in 0..5 {
            // The memory may have grown in the meantime.
            let end = host.machine.memory().len() as u32;
            let cases = [(0, 1), (0, u32::MAX), (end, 1), (end - 1, 2), (1024, u32::MAX)];
            let (pointer, length) = cases[case];
            for name in ["trailmill_process", "trailmill_origin", "trailmill_configure"] {
                let packed = host.machine.call(name, &[pointer, length]).expect(name);
                let answer = host.read(packed);
                let text = match name {
                    "trailmill_process" => Answer::read(&answer).frames[0].bytes.clone(),
                    _ => answer,
                };
                assert_eq!(String::from_utf8_lossy(&text), "there is no memory at this pointer");
            }
            let arguments = [0, 9, SECONDS, NANOSECONDS, pointer, length];
            let pointer = host.machine.call("trailmill_fluent_bit", &arguments).expect("no trap");
            let answer: Value = serde_json::from_slice(&host.text(pointer)).expect("JSON");
            assert_eq!(answer["trailmillFault"]["kind"], "no-input");
            assert_eq!(answer.as_object().map(|answer| answer.len()), Some(1));
        }
        let end = host.machine.memory().len() as u32;
        for pointer in [0, 1, 8, 16, 1 << 16, end - 16, end, u32::MAX] {
            host.machine.call("free", &[pointer]).expect("nothing is freed");
        }
        let pointer = host.put(b"x");
        host.machine.call("free", &[pointer]).expect("freed");
        host.machine.call("free", &[pointer]).expect("let be");
        assert_eq!(host.machine.call("malloc", &[u32::MAX]), Ok(0));
        assert_eq!(host.machine.call("malloc", &[600 << 20]), Ok(0));
        assert_eq!(Answer::read(&host.process(b"")).status, u32::from(module == odd()));
    }
}

/// An answer stands until the next call, whatever memory is asked for and given back meanwhile.
#[test]
fn answers_stand_while_memory_is_asked_for() {
    for module in all() {
        let mut host = Host::<Compiled>::of(module);
        let text = host.put(b"{\"eventTime\":\"2024-03-08T09:41:07Z\"}\0");
        let arguments = [0, 0, SECONDS, NANOSECONDS, text, 36];
        let pointer = host.machine.call("trailmill_fluent_bit", &arguments).expect("no trap");
        let before = host.text(pointer);
        host.machine.call("free", &[text]).expect("freed");
        for bytes in [1, 100, 10_000, 100_000] {
            host.put(&vec![b'x'; bytes]);
        }
        assert_eq!(host.text(pointer), before);
    }
}

#[test]
fn settings_are_told_once_and_wrong_ones_refused() {
    let one = "the configuration of a stage is one entry, its settings";
    let settings = |from: &str| {
        format!(r#"{{"utcOffset":"{from}","days":["friday"],"from":"08:00","to":"18:00"}}"#)
    };
    assert_eq!(told(office_hours(), &configuration(PIPELINE, &settings("+01:00"))), "");
    let wrong = told(office_hours(), &configuration(PIPELINE, &settings("west")));
    assert_eq!(wrong, "settings.json: `utcOffset`: `west` is not as it should be");
    for module in all() {
        assert_eq!(told(module, b""), one);
        assert_eq!(told(module, &configuration(FILE, "{}")), one);
    }
    for module in all().into_iter().filter(|module| *module != odd()) {
        for nothing in ["", "null"] {
            assert_eq!(told(module, &configuration(PIPELINE, nothing)), "");
        }
        let mut host = Host::<Compiled>::of(module).taking(&configuration(PIPELINE, "null"));
        let again = host.with("trailmill_configure", &configuration(PIPELINE, "null")).unwrap();
        assert_eq!(again, b"the module holds settings already");
    }
    if let Some(module) = mark_denied() {
        assert_eq!(told(module, &configuration(PIPELINE, " { } ")), "");
        for more in ["{\"a\":1}", "[]", "nullx"] {
            let message = told(module, &configuration(PIPELINE, more));
            assert_eq!(message, "this stage takes no settings");
        }
    }
    let mut host = Host::<Interpreted>::of(office_hours())
        .taking(&configuration(PIPELINE, &settings("+01:00")));
    let answer = filtered(&mut host, &json!({"eventTime": "2024-03-08T23:30:00Z"}));
    let expected = json!({"local": "2024-03-09T00:30", "day": "saturday", "open": false});
    assert_eq!(answer["officeHours"], expected);
}

#[test]
fn modules_describe_themselves() {
    let name = |module| {
        let description = Host::<Compiled>::of(module).describe();
        assert_eq!(description["abi"], 1);
        assert_eq!(description["version"], "1.0.0");
        assert_eq!(description["pipeline"]["stages"], json!([description["name"]]));
        assert_eq!(description["stages"], json!([]));
        assert_eq!(description["pipeline"]["guarded"], false);
        description["name"].clone()
    };
    assert_eq!(name(office_hours()), "office-hours");
    if let Some(module) = mark_denied() {
        assert_eq!(name(module), "mark-denied");
    }
    // One that needs settings says so.
    assert_eq!(Host::<Compiled>::of(odd()).describe()["pipeline"], Value::Null);
}

/// What a guard could not work on stays where it is, in every way of calling.
#[test]
fn guards_withhold_what_they_can_not_work_on() {
    for module in [Some(guard()), guard_in_c()].into_iter().flatten() {
        let mut host = Host::<Compiled>::of(module);
        assert_eq!(host.describe()["pipeline"]["guarded"], true);
        for record in
            [r#"{"errorCode":1,"eventTime":1,"a":"hunter2"}"#, "{\"a\":\"hunter2\"", "\u{80}"]
        {
            let answer: Value = serde_json::from_slice(&host.filter(record.as_bytes())).unwrap();
            assert_eq!(answer.as_object().map(|answer| answer.len()), Some(1), "{answer}");
            assert!(answer["trailmillFault"]["kind"].is_string());
            let answer = Answer::read(&host.process(record.as_bytes()));
            assert_eq!(answer.counts[4], 1, "quarantined");
            let line: Value = serde_json::from_slice(&answer.lines(1, 0)).expect("a line");
            assert_eq!(line["withheld"], true);
            assert_eq!((line.get("raw"), line.get("rawBase64")), (None, None));
        }
    }
}

#[test]
fn origins_are_told() {
    for module in all() {
        let mut host = Host::<Compiled>::of(module);
        let origin = br#"{"source":"a","collectedAt":"2024-03-08T09:15:30Z"}"#;
        assert_eq!(host.with("trailmill_origin", origin).unwrap(), b"");
        assert_ne!(host.with("trailmill_origin", b"x").unwrap(), b"");
    }
}

/// A stage that needs settings, in a host that has none to tell.
#[test]
fn nothing_is_passed_on_without_settings() {
    let mut host = Host::<Interpreted>::of(odd());
    let answer = filtered(&mut host, &json!({"do": "nothing"}));
    assert_eq!(answer["trailmillFault"]["kind"], "not-configured");
    assert_eq!(answer.get("do"), None);
    let answer = Answer::read(&host.process(b"{}"));
    assert_eq!((answer.status, answer.counts), (1, [0; 7]));
    assert_eq!(answer.frames[0].bytes, b"the module holds no settings: `mark` is missing");
    assert!(host.machine.call("wizer-initialize", &[]).is_err());
}

fn odd_host<M: Machine>() -> Host<M> {
    Host::of(odd()).taking(&configuration(PIPELINE, r#"{"mark":"m"}"#))
}

#[test]
fn what_a_stage_writes_is_checked() {
    let mut host = odd_host::<Compiled>();
    assert_eq!(host.filter(br#"{"do":"filter"}"#), b"");
    assert_eq!(host.filter(br#"{"do":"mark"}"#), br#"{"do":"mark","mark":"m"}"#);
    for (what, kind) in [("two", "row-no-object"), ("cut", "row-no-object"), ("fail", "failed")] {
        let answer = filtered(&mut host, &json!({"do": what}));
        assert_eq!(
            (&answer["do"], &answer["trailmillFault"]["kind"]),
            (&json!(what), &json!(kind))
        );
    }
}

/// After a panic the next call goes on with the settings that the module was told; and memory that
/// the call before has left does not grow without end.
#[test]
fn a_module_goes_on_after_a_panic() {
    fn goes_on<M: Machine>() {
        let mut host = odd_host::<M>();
        for _ in 0..20 {
            assert!(host.try_filter(br#"{"do":"panic"}"#).is_err(), "a trap");
            assert_eq!(host.filter(br#"{"do":"mark"}"#), br#"{"do":"mark","mark":"m"}"#);
            assert!(host.with("trailmill_process", br#"{"do":"panic"}"#).is_err(), "a trap");
            let answer = Answer::read(&host.process(br#"{"do":"mark"}"#));
            assert_eq!(answer.lines(0, 0), b"{\"do\":\"mark\",\"mark\":\"m\"}\n");
        }
        assert!(host.pages() < 64, "{} pages", host.pages());
    }
    goes_on::<Compiled>();
    goes_on::<Interpreted>();
}
