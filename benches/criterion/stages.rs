//! Each stage between decoding and flattening, by what the job costs with it and without.

use crate::cpu::CpuTime;
use crate::{RECORDS, SEED, group};
use criterion::Criterion;
use std::hint::black_box;
use trailmill_benches::costs;
use trailmill_benches::trail::Trailmill;
use trailmill_benches::{input, way::Way};
use trailmill_stage::event::Shared;
use trailmill_stage::event::json::Isa;

pub(crate) fn benches(criterion: &mut Criterion<CpuTime>) {
    let text = Shared::from(input::records(SEED, RECORDS));
    let mut group = group(criterion, "stages", text.len());
    for (name, pipeline) in costs::pipelines().expect("what the program `costs` measures") {
        let mut trailmill = Trailmill::new(&pipeline, Isa::best());
        let records = trailmill.run_shared(&text, &mut |_| {});
        assert_eq!(records, Ok(RECORDS), "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut bytes = 0;
                let records =
                    trailmill.run_shared(black_box(&text), &mut |rows| bytes += rows.len());
                (records, bytes)
            });
        });
    }
    group.finish();
}
