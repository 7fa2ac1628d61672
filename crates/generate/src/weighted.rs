//! Draws from a table whose rows have different odds.

use crate::rng::Dice;

/// Things that are drawn with different odds.
#[derive(Debug)]
pub(crate) struct Weighted<T> {
    things: Vec<T>,
    /// Every thing's place in `things`, as often as its weight says.
    tickets: Vec<u16>,
}

impl<T> Weighted<T> {
    pub(crate) fn new(rows: impl IntoIterator<Item = (u32, T)>) -> Self {
        let (mut things, mut tickets) = (Vec::new(), Vec::new());
        for (weight, thing) in rows {
            tickets.extend((0..weight).map(|_| things.len() as u16));
            things.push(thing);
        }
        Self { things, tickets }
    }

    /// All of them, however rare.
    #[cfg(test)]
    pub(crate) fn all(&self) -> &[T] {
        &self.things
    }

    pub(crate) fn pick(&self, dice: &mut Dice) -> &T {
        &self.things[usize::from(*dice.pick(&self.tickets))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_by_weight() {
        let weighted = Weighted::new([(1, 'a'), (0, 'b'), (3, 'c')]);
        let mut dice = Dice::new(9);
        let drawn: String = (0..4_000).map(|_| *weighted.pick(&mut dice)).collect();
        let often = drawn.matches('c').count();
        assert!(!drawn.contains('b') && (2_800..3_200).contains(&often), "{often}");
    }
}
