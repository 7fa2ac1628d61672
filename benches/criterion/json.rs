//! The index over JSON text: tokens found, and the grammar checked.

use crate::cpu::CpuTime;
use crate::{RECORDS, SEED, group};
use criterion::Criterion;
use std::hint::black_box;
use trailmill_benches::input;
use trailmill_benches::trail::usable;
use trailmill_stage::event::json::Index;

pub(crate) fn benches(criterion: &mut Criterion<CpuTime>) {
    let text = input::records(SEED, RECORDS);
    let mut reference = Index::with_isa(trailmill_stage::event::json::Isa::Scalar);
    reference.scan(&text);
    let mut group = group(criterion, "json", text.len());
    for isa in usable() {
        let mut index = Index::with_isa(isa);
        index.scan(&text);
        assert_eq!(tokens(&index), tokens(&reference), "{} finds other tokens", isa.name());
        group.bench_function(format!("index/{}", isa.name()), |bencher| {
            bencher.iter(|| {
                index.scan(black_box(&text));
                index.len()
            });
        });
    }
    let mut index = Index::new();
    index.scan(&text);
    assert_eq!(validate(&mut index, &text), RECORDS);
    group.bench_function("validate", |bencher| {
        bencher.iter(|| validate(&mut index, black_box(&text)));
    });
    group.finish();
}

/// All tokens: their places and first bytes.
fn tokens(index: &Index) -> Vec<(usize, u8)> {
    (0..index.len()).map(|token| (index.position(token), index.kind(token))).collect()
}

/// Checks all documents of a text; gives their number.
fn validate(index: &mut Index, text: &[u8]) -> u64 {
    let (mut token, mut documents) = (0, 0);
    while token < index.len() {
        token = index.validate(text, token).expect("records are JSON");
        documents += 1;
    }
    documents
}
