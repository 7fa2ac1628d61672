//! Other libraries on the job of trailmill, a record at a time.

pub mod skip;
pub mod sonic;

use trailmill_benches::way::ByLine;

/// The vector instructions that sonic-rs was built for: it chooses when it is compiled.
const SONIC_SIMD: &str = if cfg!(all(target_feature = "avx512f", target_feature = "avx512bw")) {
    "native"
} else if cfg!(target_feature = "avx2") {
    "avx2"
} else {
    "baseline"
};

/// All ways that are here.
pub fn ways() -> Vec<ByLine> {
    let sonic = ByLine::new("sonic-rs lazy", SONIC_SIMD, sonic::row);
    let skip = ByLine::new("sonic-rs skip", SONIC_SIMD, |line, _| Ok(skip::sonic(line)?));
    let serde = ByLine::new("serde_json skip", "-", |line, _| Ok(skip::serde(line)?));
    vec![sonic, skip.without_rows(), serde.without_rows()]
}
