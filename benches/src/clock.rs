//! What a piece of work costs: time of this thread on a processor, and on the wall.

use cpu_time::ThreadTime;
use std::time::{Duration, Instant};

/// What a piece of work has cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Time of this thread on a processor: what other programs take is not in it.
    pub cpu: Duration,
    /// Time on the wall.
    pub wall: Duration,
}

/// Does a piece of work and says what it has cost.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (cpu, wall) = (ThreadTime::now(), Instant::now());
    let outcome = work();
    (outcome, Cost { cpu: cpu.elapsed(), wall: wall.elapsed() })
}

/// Megabytes (of 10^6 bytes) a second.
pub fn megabytes_per_second(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeping_costs_time_on_the_wall_only() {
        let pause = Duration::from_millis(50);
        let (outcome, cost) = timed(|| {
            std::thread::sleep(pause);
            7
        });
        assert_eq!(outcome, 7);
        assert!(cost.wall >= pause && cost.cpu < pause, "{cost:?}");
    }

    #[test]
    fn speed_is_bytes_by_time() {
        assert_eq!(megabytes_per_second(3_000_000, Duration::from_millis(1_500)), 2.0);
    }
}
