//! The whole pipeline in one worker, for every instruction set.

use crate::cpu::CpuTime;
use crate::{RECORDS, SEED, group};
use criterion::Criterion;
use std::hint::black_box;
use trailmill_benches::agreement::compare;
use trailmill_benches::session::typed_twin;
use trailmill_benches::trail::{SNARE, Trailmill, pipeline, usable};
use trailmill_benches::{input, way::Way};

pub(crate) fn benches(criterion: &mut Criterion<CpuTime>) {
    let text = input::records(SEED, RECORDS);
    let pipeline = pipeline(SNARE).expect("the main job");
    let mut group = group(criterion, "pipeline", text.len());
    for isa in usable() {
        let mut trailmill = Trailmill::new(&pipeline, isa);
        let agreement = compare(&mut trailmill, &mut typed_twin(), &text).expect("rows");
        assert_eq!(agreement.identical, RECORDS, "{}: {agreement}", isa.name());
        group.bench_function(format!("lines to snare/{}", isa.name()), |bencher| {
            bencher.iter(|| {
                let mut bytes = 0;
                let records = trailmill.run(black_box(&text), &mut |rows| bytes += rows.len());
                (records, bytes)
            });
        });
    }
    group.finish();
}
