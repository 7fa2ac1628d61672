//! What share of events is kept.

/// A share, as the number of hashes that are kept of all 2^64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    kept: u128,
}

/// How many hashes there are.
const ALL: u128 = 1 << 64;

impl Rate {
    /// Everything.
    pub(crate) const WHOLE: Rate = Rate { kept: ALL };

    /// A share from 0, nothing, to 1, everything.
    pub(crate) fn share(share: f64) -> Option<Self> {
        // The product is exact: it changes the exponent only.
        (0.0..=1.0).contains(&share).then_some(Rate { kept: (share * ALL as f64) as u128 })
    }

    /// One in so many.
    pub(crate) fn one_in(count: u64) -> Option<Self> {
        Some(Rate { kept: ALL.checked_div(count.into())? })
    }

    /// Whether a hash is among those that are kept.
    pub(crate) fn keeps(self, hash: u64) -> bool {
        u128::from(hash) < self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn keeps_its_share() {
        let share = |share| Rate::share(share).unwrap();
        assert!(!share(0.0).keeps(0) && share(1.0).keeps(u64::MAX));
        assert!(share(0.5).keeps(u64::MAX / 2) && !share(0.5).keeps(u64::MAX / 2 + 1));
        assert!(share(0.25).keeps((1 << 62) - 1) && !share(0.25).keeps(1 << 62));
        assert_eq!(share(0.25), Rate::one_in(4).unwrap());
        assert_eq!((share(1.0), Rate::one_in(1)), (Rate::WHOLE, Some(Rate::WHOLE)));
        assert!(Rate::one_in(u64::MAX).unwrap().keeps(0));
    }

    #[test]
    fn refuses_what_is_none() {
        for share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Rate::share(share), None, "{share}");
        }
        assert_eq!(Rate::one_in(0), None);
    }
}
