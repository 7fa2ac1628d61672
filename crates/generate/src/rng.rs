//! Numbers drawn from a seed, the same on every platform.

/// The step of SplitMix64: 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// A stream of numbers that follows from its seed: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// It is small enough to be started anew for every hole of a template, which is what makes a
/// value depend on its name and not on what was written before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(crate) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        finish(self.0)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub(crate) const fn below(&mut self, bound: u32) -> u32 {
        // The high half times the bound: no division, and a bias far below what a log can show.
        (((self.roll() >> 32) * bound as u64) >> 32) as u32
    }

    /// True `parts` times of `whole`.
    pub(crate) const fn chance(&mut self, parts: u32, whole: u32) -> bool {
        self.below(whole) < parts
    }

    /// One of `choices`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u32) as usize]
    }

    /// One of `words`, which must not be empty.
    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u32) as usize]
    }
}

/// Two numbers made into one; for a fixed `seed` no two values of `key` give the same result.
pub(crate) const fn mix(seed: u64, key: u64) -> u64 {
    finish(seed.wrapping_add(key.wrapping_mul(STEP)).wrapping_add(STEP))
}

/// A number for a text (FNV-1a, 64 bits).
pub(crate) const fn hash(text: &[u8]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < text.len() {
        state = (state ^ text[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    state
}

/// The output function of SplitMix64; a bijection.
const fn finish(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the published algorithm for the seed 1234567.
    #[test]
    fn follows_the_published_sequence() {
        let mut dice = Dice::new(1_234_567);
        assert_eq!(dice.roll(), 6_457_827_717_110_365_317);
        assert_eq!(dice.roll(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn stays_below_the_bound_and_reaches_every_value() {
        let mut dice = Dice::new(1);
        let mut seen = [false; 7];
        for _ in 0..1_000 {
            seen[dice.below(7) as usize] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(dice.below(0), 0);
    }
}
