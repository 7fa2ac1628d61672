//! A folder with pipelines and inputs, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A pipeline that writes rows to `out/rows.ndjson` and faulty input to `out/bad.ndjson`.
pub(crate) const TO_FILES: &str = "\
stages: [decode-cloudtrail]
outputs:
  - stages: [{ flatten: { schema: snare } }]
    to: { file: { path: out/rows.ndjson } }
quarantine: { file: { path: out/bad.ndjson } }
";

/// A folder that is removed at the end.
pub(crate) struct Scene(PathBuf);

/// How the program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Scene {
    /// A folder with the pipeline [`TO_FILES`] as `p.yaml`.
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("trailmill-it-{}-{count}", std::process::id());
        let root = std::env::temp_dir().join(name);
        fs::create_dir_all(&root).expect("a folder");
        let scene = Scene(root);
        scene.write("p.yaml", TO_FILES);
        scene
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("can be made");
        fs::write(path, content).expect("can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path(name));
        text.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// All files, those under construction among them.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("can be read").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push(self.name(&path)),
                }
            }
        }
        files.sort();
        files
    }

    fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.0).expect("is in the folder");
        inside.to_string_lossy().into_owned()
    }

    /// The program, to be run in the folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trailmill"));
        command.args(args).current_dir(&self.0).env("TZ", "UTC");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        ended(self.command(args).stdin(Stdio::null()))
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn feed(&self, args: &[&str], input: &[u8]) -> Ended {
        let mut child = self.start(args);
        let mut stdin = child.stdin.take().expect("is piped");
        let input = input.to_vec();
        let feeding = std::thread::spawn(move || stdin.write_all(&input));
        let ended = wait(child);
        // The program need not read all of it.
        let _ = feeding.join();
        ended
    }

    /// Starts the program with pipes.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    wait(command.spawn().expect("the program starts"))
}

pub(crate) fn wait(child: Child) -> Ended {
    let output = child.wait_with_output().expect("the program ends");
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

impl Ended {
    /// The program, which must have ended well.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// The summary for machines, which is the last line.
    #[track_caller]
    pub(crate) fn summary(&self) -> serde_json::Value {
        let line = self.err.lines().last().expect("a summary");
        let summary: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let figure = |name: &str| summary[name].as_u64().expect(name);
        let ends = ["written", "filtered", "dropped", "quarantined"].map(figure);
        assert_eq!(figure("read"), ends.iter().sum::<u64>(), "the books balance");
        summary
    }
}

/// A record whose eventID is that number.
pub(crate) fn record(number: usize) -> String {
    format!(
        r#"{{"eventVersion":"1.08","eventTime":"2024-02-{:02}T06:00:00Z","eventSource":"iam.amazonaws.com","eventName":"GetUser","eventID":"{number}","userIdentity":{{"type":"IAMUser","userName":"alice"}}}}"#,
        1 + number % 28
    )
}

/// JSON lines of records with these numbers.
pub(crate) fn records(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| record(number) + "\n").collect()
}

/// The eventIDs of rows, in their order.
pub(crate) fn ids(rows: &str) -> Vec<usize> {
    let id = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row");
        row["EVENTID"].as_str().and_then(|id| id.parse().ok()).expect("a number")
    };
    rows.lines().map(id).collect()
}

/// Bytes as gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
}
