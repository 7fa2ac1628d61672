//! Places for threads to work in, each with what is kept there from call to call.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;

/// As many places as threads can work at once. A thread goes to its own as long as nobody else is
/// there, so that what is kept in a place stays near its core; and there are never more of it than
/// places, however many threads there are.
#[derive(Debug)]
pub(crate) struct Pool<T> {
    places: Box<[Mutex<T>]>,
}

impl<T: Default> Pool<T> {
    /// A pool with `first` in one of its places.
    pub(crate) fn new(first: T) -> Self {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        Pool::of(count, first)
    }

    fn of(count: usize, first: T) -> Self {
        let rest = (1..count).map(|_| Mutex::default());
        Pool { places: std::iter::once(Mutex::new(first)).chain(rest).collect() }
    }

    /// A place for this thread; waits for one if all are taken.
    pub(crate) fn place(&self) -> MutexGuard<'_, T> {
        let own = number() % self.places.len();
        let (before, after) = self.places.split_at(own);
        let free = after.iter().chain(before).find_map(|place| match place.try_lock() {
            Ok(found) => Some(found),
            Err(TryLockError::Poisoned(error)) => Some(cleared(place, error)),
            Err(TryLockError::WouldBlock) => None,
        });
        let own = &self.places[own];
        free.unwrap_or_else(|| own.lock().unwrap_or_else(|error| cleared(own, error)))
    }
}

/// A place in which somebody has panicked, without what was left there.
fn cleared<'a, T: Default>(
    place: &Mutex<T>,
    error: PoisonError<MutexGuard<'a, T>>,
) -> MutexGuard<'a, T> {
    place.clear_poison();
    let mut found = error.into_inner();
    *found = T::default();
    found
}

/// The number of this thread, among those that have asked for one.
fn number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static NUMBER: usize = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    NUMBER.with(|number| *number)
}

#[cfg(test)]
mod tests {
    use super::Pool;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn a_thread_comes_back_to_its_place() {
        let pool = Pool::of(3, 0);
        for expected in 0..5 {
            let mut place = pool.place();
            assert!(*place == expected || expected == 0);
            *place = expected + 1;
        }
    }

    #[test]
    fn there_is_never_more_than_there_are_places() {
        let pool = Pool::of(2, 0);
        let all = Barrier::new(8);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    all.wait();
                    for _ in 0..1000 {
                        *pool.place() += 1;
                    }
                });
            }
        });
        let sum: i32 = pool.places.iter().map(|place| *place.lock().expect("sound")).sum();
        assert_eq!(sum, 8000);
    }

    #[test]
    fn what_is_left_in_a_panic_is_thrown_away() {
        let pool = Pool::of(1, 7);
        let fall = || {
            let _place = pool.place();
            panic!("on purpose");
        };
        assert!(catch_unwind(AssertUnwindSafe(fall)).is_err());
        assert_eq!(*pool.place(), 0);
        *pool.place() = 3;
        assert_eq!(*pool.place(), 3);
    }
}
