//! Signals, kills and failing system calls: what stands under its final name is complete.

use crate::scene::{Ended, Scene, ended, ids, record, records, wait};
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

/// Waits until the program has begun to write.
fn wait_for_output(scene: &Scene) {
    let started = Instant::now();
    let busy = || scene.files().iter().any(|name| name.contains(".trailmill-"));
    while !busy() {
        assert!(started.elapsed() < Duration::from_secs(20), "nothing is under construction");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn send(signal: &str, process: u32) {
    let status = Command::new("kill").args([signal, &process.to_string()]).status();
    assert!(status.expect("kill runs").success());
}

#[test]
fn signals_leave_nothing_that_looks_complete() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let scene = Scene::new();
        scene.write("out/rows.ndjson", "old\n");
        let mut child = scene.start(&["run", "p.yaml", "-"]);
        let mut stdin = child.stdin.take().expect("is piped");
        stdin.write_all(records(0..5000).as_bytes()).unwrap();
        wait_for_output(&scene);
        let sent = Instant::now();
        send(signal, child.id());
        // The input stays open: the program must not wait for it.
        let ended = wait(child);
        assert!(sent.elapsed() < Duration::from_secs(5), "{signal}");
        assert_eq!(ended.code, Some(code));
        assert_eq!(ended.err, "trailmill: interrupted; no output was completed\n");
        assert_eq!(scene.files(), ["out/rows.ndjson", "p.yaml"]);
        assert_eq!(scene.read("out/rows.ndjson"), "old\n");
        drop(stdin);
    }
}

#[test]
fn a_second_signal_ends_even_a_writer_that_is_stuck() {
    let scene = Scene::new();
    let pipeline =
        "stages: [decode-cloudtrail]\noutputs:\n  - to: stdout\n  - to: { file: { path: rows } }\n";
    scene.write("p.yaml", pipeline);
    scene.write("in.json", records(0..20_000));
    // Nobody reads the standard output, so that the pipe fills up.
    let mut child = scene.start(&["run", "p.yaml", "in.json"]);
    wait_for_output(&scene);
    std::thread::sleep(Duration::from_millis(300));
    send("-TERM", child.id());
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(child.try_wait().expect("can be asked"), None, "the writer is stuck");
    send("-TERM", child.id());
    assert_eq!(child.wait().expect("it ends").code(), Some(143));
    assert_eq!(scene.files(), ["in.json", "p.yaml"]);
}

#[test]
fn rows_on_standard_output_are_whole_when_a_signal_comes() {
    let scene = Scene::new();
    let mut child = scene.start(&["run", "p.yaml", "-", "--out", "-"]);
    let mut stdin = child.stdin.take().expect("is piped");
    stdin.write_all(records(0..100).as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    send("-INT", child.id());
    let ended = wait(child);
    assert_eq!(ended.code, Some(130));
    assert!(ended.out.is_empty() || ended.out.ends_with('\n'));
    let ids = ids(&ended.out);
    assert!(ids.iter().copied().eq(0..ids.len()), "a prefix of the rows");
    drop(stdin);
}

#[test]
fn a_kill_at_any_moment_leaves_all_or_nothing() {
    let scene = Scene::new();
    scene.write("in.json", records(0..3000));
    let started = Instant::now();
    scene.run(&["run", "p.yaml", "in.json", "--out", "whole"]).good();
    let usual = started.elapsed();
    let rows = scene.read("whole").lines().count();
    let mut complete = 0;
    for round in 0..20_u32 {
        let _ = std::fs::remove_file(scene.path("rows"));
        let mut child = scene.start(&["run", "p.yaml", "in.json", "--out", "rows"]);
        std::thread::sleep(usual * round / 16);
        child.kill().expect("can be killed");
        child.wait().expect("it ends");
        if scene.path("rows").exists() {
            assert_eq!(scene.read("rows").lines().count(), rows, "round {round}");
            complete += 1;
        }
    }
    eprintln!("{complete} of 20 runs were complete when they were killed");
}

/// Runs the program with a system call on its outputs, or on its input, failing; none if there is
/// no strace.
///
/// Only calls on the files named fail: those of the runtime on its own descriptors can not.
fn strace(scene: &Scene, inject: &str) -> Option<Ended> {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: there is no strace");
        return None;
    }
    let program = scene.command(&["run", "p.yaml", "in.json", "--threads", "1", "--quiet"]);
    // With -D the program has the number of the shell, so that the names of its files are known.
    let mut script = format!("exec strace -D -f -qq -o /dev/null -e inject={inject}");
    for root in [".", &scene.path("").to_string_lossy()] {
        let root = root.trim_end_matches('/');
        script.push_str(&format!(" -P {root}/in.json -P {root}/out"));
        for name in ["rows", "bad"] {
            script.push_str(&format!(" -P {root}/out/.{name}.ndjson.trailmill-$$.tmp"));
        }
    }
    let script = script.replace(" ./", " ") + " \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(program.get_program()).args(program.get_args());
    Some(ended(command.current_dir(scene.path(""))))
}

#[test]
fn no_failing_system_call_leaves_half_an_output() {
    let scene = Scene::new();
    scene.write("in.json", format!("{}{{]\n", records(0..50)));
    let files = ["in.json", "out/rows.ndjson", "p.yaml"];
    for call in ["write", "fsync", "rename"] {
        for error in ["ENOSPC", "EIO"] {
            let mut failed = 0;
            for at in 1.. {
                scene.write("out/rows.ndjson", "old\n");
                let _ = std::fs::remove_file(scene.path("out/bad.ndjson"));
                let inject = format!("{call}:error={error}:when={at}");
                let Some(ended) = strace(&scene, &inject) else {
                    return;
                };
                match ended.code {
                    Some(0) => break,
                    Some(3) => failed += 1,
                    code => panic!("{inject}: {code:?} {}", ended.err),
                }
                let after_rename = scene.read("out/rows.ndjson") != "old\n";
                if after_rename {
                    // The name was given before the folder could be brought to disk.
                    assert!(matches!(call, "fsync" | "rename"), "{inject}");
                    assert_eq!(ids(&scene.read("out/rows.ndjson")).len(), 50, "{inject}");
                    continue;
                }
                assert_eq!(scene.files(), files, "{inject}");
                assert!(ended.err.contains("trailmill: cannot write "), "{}", ended.err);
            }
            assert!(failed > 0, "{call} was never made to fail");
        }
    }
}

#[test]
fn interrupted_system_calls_are_made_again() {
    let scene = Scene::new();
    scene.write("in.json", record(1));
    for call in ["read", "write"] {
        for at in 1..4 {
            let inject = format!("{call}:error=EINTR:when={at}");
            let Some(ended) = strace(&scene, &inject) else {
                return;
            };
            assert_eq!(ended.code, Some(0), "{inject}: {}", ended.err);
            assert_eq!(ids(&scene.read("out/rows.ndjson")), [1]);
        }
    }
}
