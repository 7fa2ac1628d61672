//! Inputs of which one thing is more than in others.

use crate::processes::inputs::{Input, text_bytes};
use crate::way::Unmeasured;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use trailmill_generate::Generator;

/// How a made record begins; what follows are the members that grow, and an end.
const BEGIN: &str = "\
{\"eventVersion\":\"1.09\",\"eventTime\":\"2024-03-08T09:41:07Z\",\
\"eventSource\":\"s3.amazonaws.com\",\
\"eventName\":\"PutObject\",\"eventType\":\"AwsApiCall\",\"awsRegion\":\"us-east-1\"";

/// One element of a list that fills a record.
const ITEM: &str = "{\"key\":\"logs/2024/03/08/part-00017.gz\",\"size\":10485760},";

/// Records of the share of events that is redacted.
const SHARED: u64 = 60_000;

/// Writes records into so many S3 log files of a folder.
///
/// # Errors
/// If they can not be written.
pub(super) fn files(folder: &Path, records: u64, files: u64) -> Result<Input, Unmeasured> {
    let made = || -> io::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let mut generator = Generator::new(1);
        for number in 0..files {
            let file = File::create(folder.join(format!("{number:06}.json.gz")))?;
            let mut file = GzEncoder::new(BufWriter::new(file), Compression::default());
            log_file(&mut generator, records / files, &mut file)?;
            file.finish()?.flush()?;
        }
        Ok(())
    };
    input(folder, records / files * files, made())
}

fn log_file(generator: &mut Generator, records: u64, file: &mut impl Write) -> io::Result<()> {
    let mut record = Vec::new();
    file.write_all(b"{\"Records\":[")?;
    for number in 0..records {
        record.clear();
        if number > 0 {
            record.push(b',');
        }
        generator.record(&mut record);
        file.write_all(&record)?;
    }
    file.write_all(b"]}")
}

/// Writes JSON lines of one size, as many as fit in so many bytes and at least one.
///
/// # Errors
/// If they can not be written.
pub(super) fn sized(path: &Path, size: usize, bytes: usize) -> Result<Input, Unmeasured> {
    let records = (bytes / size).max(1) as u64;
    let made = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for number in 0..records {
            let head = format!("{BEGIN},\"eventID\":\"{number:06}\"");
            file.write_all(head.as_bytes())?;
            grown(size.saturating_sub(head.len() + 2), &mut file)?;
            file.write_all(b"}\n")?;
        }
        file.flush()
    };
    input(path, records, made())
}

/// Writes a member of about so many bytes; none if that is too few for one.
fn grown(size: usize, file: &mut impl Write) -> io::Result<()> {
    let (begin, end) = (",\"requestParameters\":{\"objects\":[", "null]}");
    let Some(room) = size.checked_sub(begin.len() + end.len()) else { return Ok(()) };
    file.write_all(begin.as_bytes())?;
    for _ in 0..room / ITEM.len() {
        file.write_all(ITEM.as_bytes())?;
    }
    file.write_all(end.as_bytes())
}

/// Writes JSON lines of which so many of a hundred hold secrets; the others hold as many texts of
/// the same lengths that are none.
///
/// # Errors
/// If they can not be written.
pub(super) fn shared(path: &Path, percent: u64) -> Result<Input, Unmeasured> {
    let token = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ".repeat(6);
    let prose = "the object was written to the bucket of the logs again ".repeat(6);
    let made = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for number in 0..SHARED {
            // Spread evenly: so many in each hundred, and not all at once.
            let is_secret = (number * percent) % 100 < percent;
            let [secret, session, password] = match is_secret {
                true => ["secretAccessKey", "sessionToken", "password"],
                false => ["descriptionText", "explanation_", "location"],
            };
            let text = if is_secret { &token[..300] } else { &prose[..300] };
            writeln!(
                file,
                "{BEGIN},\"eventID\":\"{number:06}\",\"responseElements\":{{\"credentials\":{{\
                 \"{secret}\":\"{}\",\"{session}\":\"{text}\",\"{password}\":\"{}\"}}}}}}",
                &text[..40],
                &text[..16],
            )?;
        }
        file.flush()
    };
    input(path, SHARED, made())
}

fn input(path: &Path, records: u64, made: io::Result<()>) -> Result<Input, Unmeasured> {
    let text_bytes = made.and_then(|()| text_bytes(path));
    let text_bytes =
        text_bytes.map_err(|error| Unmeasured(format!("{}: {error}", path.display())))?;
    Ok(Input { path: path.to_owned(), records, text_bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trail::{self, Trailmill};
    use crate::way::Way;
    use serde_json::Value;
    use std::process;
    use trailmill_stage::event::json::Isa;

    fn lines(path: &Path) -> Vec<String> {
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().map(str::to_owned);
        lines.inspect(|line| drop(serde_json::from_str::<Value>(line).unwrap())).collect()
    }

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("trailmill-made-{}-{name}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// The rows that the stages make of a file, none of whose records may be lost.
    fn rows(path: &Path, stage: &str) -> Vec<u8> {
        let pipeline = trail::pipeline(&trail::SNARE.replace("flatten:", stage)).unwrap();
        let mut rows = Vec::new();
        let mut way = Trailmill::new(&pipeline, Isa::best());
        way.run(&fs::read(path).unwrap(), &mut |lines| rows.extend_from_slice(lines)).unwrap();
        rows
    }

    #[test]
    fn records_have_about_their_size() {
        for size in [200, 1_500, 30_000, 1_000_000] {
            let path = folder("sized").join(size.to_string());
            let input = sized(&path, size, 3 * size).unwrap();
            let lines = lines(&path);
            assert_eq!((lines.len(), input.records), (3, 3));
            assert!(rows(&path, "flatten:").len() > 3 * size);
            let off = lines[0].len().abs_diff(size);
            assert!(off <= 20 + ITEM.len(), "{off} of {size}");
        }
        fs::remove_dir_all(folder("sized")).unwrap();
    }

    #[test]
    fn the_share_of_secrets_is_exact_and_all_records_have_one_size() {
        let path = folder("shared").join("25");
        let input = shared(&path, 25).unwrap();
        let lines = lines(&path);
        let secrets = lines.iter().filter(|line| line.contains("secretAccessKey")).count();
        assert_eq!((lines.len() as u64, secrets as u64), (input.records, input.records / 4));
        assert!(lines.iter().all(|line| line.len() == lines[0].len()));
        let rows = rows(&path, "redact: { preset: secrets }\n  - flatten:");
        let hidden = memchr::memmem::find_iter(&rows, b"<redacted>").count();
        assert_eq!(hidden, 3 * secrets, "three in each that has any, and none in the others");
        fs::remove_dir_all(folder("shared")).unwrap();
    }

    #[test]
    fn records_are_spread_over_files() {
        let folder = folder("files").join("x");
        let input = files(&folder, 10, 5).unwrap();
        assert_eq!((input.records, fs::read_dir(&folder).unwrap().count()), (10, 5));
        let first = crate::input::file(&folder.join("000000.json.gz")).unwrap();
        let first: Value = serde_json::from_slice(&first).unwrap();
        assert_eq!(first["Records"].as_array().unwrap().len(), 2);
        fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    }
}
