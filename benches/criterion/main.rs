//! Benchmarks of the parts, each on an answer that was checked before.
//!
//! They are timed by the CPU time of the thread: what else runs on the machine is not in it.

mod cpu;
mod decode;
mod flatten;
mod json;
mod pipeline;
mod stages;

use cpu::CpuTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

/// Records are measured in batches of this many: some 4 MB, more than the second-level cache and
/// less than the third.
const RECORDS: u64 = 3_000;

/// The seed of the records.
const SEED: u64 = 1;

/// A group whose benchmarks take in so many bytes of text.
fn group<'c>(
    criterion: &'c mut Criterion<CpuTime>,
    name: &str,
    bytes: usize,
) -> BenchmarkGroup<'c, CpuTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::BytesDecimal(bytes as u64));
    group
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(30);
    targets = json::benches, decode::benches, flatten::benches, pipeline::benches, stages::benches
}
criterion_main!(benches);
