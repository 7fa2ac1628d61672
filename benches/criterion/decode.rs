//! The decoder: from JSON lines, from S3 log files, and from compressed ones.

use crate::cpu::CpuTime;
use crate::{RECORDS, SEED, group};
use criterion::Criterion;
use flate2::Compression;
use flate2::write::GzEncoder;
use libdeflater::Decompressor;
use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;
use trailmill_benches::{input, parts};
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Decoder, Fault, Input, Sink};

pub(crate) fn benches(criterion: &mut Criterion<CpuTime>) {
    let lines = input::records(SEED, RECORDS);
    let document = document(&lines);
    let packed = gzip(&document);
    let decoder = parts::decoder();
    let mut batch = Batch::new();
    let mut group = group(criterion, "decode", lines.len());
    for (name, text) in [("lines", &lines), ("s3", &document), ("s3-gzip", &packed)] {
        let found = decode(&*decoder, text, &mut batch, true);
        assert_eq!((found.records, found.bytes), (RECORDS, record_bytes(&lines)), "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| decode(&*decoder, black_box(text), &mut batch, false).records);
        });
    }
    let mut inflater = Decompressor::new();
    let mut out = vec![0; document.len()];
    assert_eq!(inflater.gzip_decompress(&packed, &mut out), Ok(document.len()));
    assert_eq!(out, document);
    group.bench_function("inflate only", |bencher| {
        bencher.iter(|| inflater.gzip_decompress(black_box(&packed), &mut out));
    });
    group.finish();
}

/// Records as one S3 log file.
fn document(lines: &[u8]) -> Vec<u8> {
    let records: Vec<&[u8]> = lines.trim_ascii_end().split(|&byte| byte == b'\n').collect();
    [b"{\"Records\":[", &records.join(&b',')[..], b"]}"].concat()
}

fn record_bytes(lines: &[u8]) -> usize {
    lines.len() - RECORDS as usize
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(text).and_then(|()| encoder.finish());
    packed.expect("writing to memory does not fail")
}

/// What the decoder has found.
#[derive(Default)]
struct Found {
    records: u64,
    bytes: usize,
    /// Whether bytes are counted, which is for the check only.
    weighs: bool,
}

fn decode(decoder: &dyn Decoder, text: &[u8], batch: &mut Batch, weighs: bool) -> Found {
    let mut found = Found { weighs, ..Found::default() };
    let mut reader = text;
    let mut input = Input::whole(&mut reader, Source::default());
    decoder.decode(&mut input, batch, &mut found).expect("an input that is well");
    found
}

impl Sink for Found {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        self.records += batch.len() as u64;
        if self.weighs {
            self.bytes += (0..batch.len()).map(|number| batch.raw(number).len()).sum::<usize>();
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, fault: Fault, _: &Source, _: u64, _: &[u8]) -> ControlFlow<()> {
        panic!("records that are well: {fault}");
    }
}
