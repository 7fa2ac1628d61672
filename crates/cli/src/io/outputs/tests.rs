//! Tests of files that outputs write.

use super::*;
use std::fs;
use std::io::Read;
use trailmill_pipeline::Compression;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("trailmill-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        Folder(root)
    }

    fn open(&self, rows: Vec<Destination>) -> Result<Outputs, WriteError> {
        let quarantine = self.file("q.ndjson", Compression::None);
        let places = Places { rows, quarantine, quarantine_is_wanted: true };
        Outputs::open(places, &Temporaries::default())
    }

    fn file(&self, name: &str, compression: Compression) -> Destination {
        Destination::File(self.0.join(name), compression)
    }

    fn files(&self, compression: Compression) -> Destination {
        Destination::Files {
            root: self.0.join("by"),
            template: "by/{DATE}".to_owned(),
            compression,
        }
    }

    /// All files by name, those under construction among them.
    fn names(&self) -> Vec<String> {
        let files = walkdir::WalkDir::new(&self.0).sort_by_file_name().into_iter();
        let files = files.map(|entry| entry.expect("can be read"));
        let files = files.filter(|entry| entry.file_type().is_file());
        let inside = files.map(|entry| entry.path().strip_prefix(&self.0).unwrap().to_owned());
        inside.map(|path| path.to_string_lossy().into_owned()).collect()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("a file of text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_have_their_names_only_when_complete() {
    let folder = Folder::new("complete");
    fs::write(folder.0.join("a.ndjson"), "old\n").unwrap();
    let mut outputs = folder.open(vec![folder.file("a.ndjson", Compression::None)]).unwrap();
    outputs.rows(0, None, b"new\n").unwrap();
    outputs.quarantine(b"bad\n").unwrap();
    assert_eq!(folder.text("a.ndjson"), "old\n");
    let landed = outputs.commit().unwrap();
    assert_eq!(folder.names(), ["a.ndjson", "q.ndjson"]);
    assert_eq!(
        (folder.text("a.ndjson"), folder.text("q.ndjson")),
        ("new\n".into(), "bad\n".into())
    );
    assert_eq!(landed.files, [1]);
    assert!(landed.quarantine.is_some());
}

#[test]
fn nothing_is_left_of_a_run_that_does_not_end_well() {
    let folder = Folder::new("abandoned");
    fs::write(folder.0.join("a.ndjson"), "old\n").unwrap();
    let rows = vec![folder.file("a.ndjson", Compression::None), folder.files(Compression::Gzip)];
    let mut outputs = folder.open(rows).unwrap();
    outputs.rows(0, None, b"new\n").unwrap();
    outputs.rows(1, Some("1/x.gz"), b"new\n").unwrap();
    outputs.quarantine(b"bad\n").unwrap();
    assert_eq!(folder.names().len(), 4);
    drop(outputs);
    assert_eq!(folder.names(), ["a.ndjson"]);
    assert_eq!(folder.text("a.ndjson"), "old\n");
}

#[test]
fn an_empty_quarantine_is_no_file() {
    let folder = Folder::new("empty");
    let outputs = folder.open(vec![folder.file("a.ndjson", Compression::None)]).unwrap();
    let landed = outputs.commit().unwrap();
    assert_eq!(folder.names(), ["a.ndjson"]);
    assert_eq!(landed.quarantine, None);
}

#[test]
fn a_quarantine_that_nobody_named_is_made_when_it_is_needed() {
    let folder = Folder::new("fallback");
    let quarantine = folder.file("fallback.ndjson", Compression::None);
    let rows = vec![folder.file("a.ndjson", Compression::None)];
    let places = Places { rows, quarantine, quarantine_is_wanted: false };
    let mut outputs = Outputs::open(places, &Temporaries::default()).unwrap();
    assert_eq!(folder.names().len(), 1, "only the output is under construction");
    outputs.quarantine(b"bad\n").unwrap();
    outputs.commit().unwrap();
    assert_eq!(folder.names(), ["a.ndjson", "fallback.ndjson"]);
}

#[test]
fn what_can_not_be_written_is_found_out_at_once() {
    let folder = Folder::new("unwritable");
    fs::write(folder.0.join("plain"), "").unwrap();
    let path = folder.0.join("plain/a.ndjson");
    let failed = folder.open(vec![Destination::File(path.clone(), Compression::None)]);
    let message = failed.err().expect("plain is no folder").to_string();
    assert_eq!(message, format!("cannot write {}: Not a directory", path.display()));
    let failed = folder.open(vec![Destination::File(folder.0.clone(), Compression::None)]);
    let message = failed.err().expect("it is a folder").to_string();
    assert_eq!(message, format!("cannot write {}: Is a directory", folder.0.display()));
    assert_eq!(folder.names(), ["plain"]);
}

#[test]
fn many_files_stay_apart_however_often_they_are_closed() {
    for (compression, end) in [(Compression::None, ""), (Compression::Gzip, ".gz")] {
        let folder = Folder::new(&format!("many{end}"));
        let mut outputs = folder.open(vec![folder.files(compression)]).unwrap();
        let path = |number: u32| format!("{}/{number}{end}", number % 3);
        for round in 0..3 {
            for number in 0..100 {
                let line = format!("{round} {number}\n");
                outputs.rows(0, Some(&path(number)), line.as_bytes()).unwrap();
            }
        }
        assert_eq!(outputs.commit().unwrap().files, [100]);
        assert_eq!(folder.names().len(), 100);
        for number in 0..100 {
            let bytes = fs::read(folder.0.join("by").join(path(number))).unwrap();
            let mut text = String::new();
            match compression {
                Compression::None => text = String::from_utf8(bytes).unwrap(),
                _ => {
                    let mut reader = flate2::read::MultiGzDecoder::new(&bytes[..]);
                    reader.read_to_string(&mut text).unwrap();
                }
            }
            assert_eq!(text, format!("0 {number}\n1 {number}\n2 {number}\n"));
        }
    }
}

#[test]
fn files_are_packed_as_asked() {
    let folder = Folder::new("packed");
    let rows =
        vec![folder.file("a.gz", Compression::Gzip), folder.file("a.zst", Compression::Zstd)];
    let mut outputs = folder.open(rows).unwrap();
    for output in [0, 1] {
        outputs.rows(output, None, b"line\n").unwrap();
        outputs.rows(output, None, b"line\n").unwrap();
    }
    outputs.commit().unwrap();
    let mut text = String::new();
    let gzip = fs::read(folder.0.join("a.gz")).unwrap();
    flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, "line\nline\n");
    let zstd = fs::read(folder.0.join("a.zst")).unwrap();
    assert_eq!(zstd::decode_all(&zstd[..]).unwrap(), b"line\nline\n");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_as_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("link");
    let real = folder.0.join("real.ndjson");
    fs::write(&real, "old\n").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&real, folder.0.join("link.ndjson")).unwrap();
    let mut outputs = folder.open(vec![folder.file("link.ndjson", Compression::None)]).unwrap();
    outputs.rows(0, None, b"new\n").unwrap();
    outputs.commit().unwrap();
    assert!(folder.0.join("link.ndjson").is_symlink());
    assert_eq!(folder.text("real.ndjson"), "new\n");
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
