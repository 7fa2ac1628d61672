//! Text with holes: the small language that the tables are written in.
//!
//! | written | means |
//! |---|---|
//! | `${name}` | a value; written alike twice in one record, it is the same value |
//! | `${name#2}` | another value of the same sort |
//! | `${name:8}`, `${name:1-9}` | with a length, a population or bounds |
//! | `$(a$\|b$)` | one of several texts, each with equal odds |
//! | `$[1-9:text$]` | the text one to nine times, with commas between |
//! | a line break and the blanks after it | nothing |
//! | `$_` | a blank, where a line begins with one |
//!
//! Request, response and resources of one record are separate templates that share the record's
//! seed. That is how a bucket has the same name in all three without anything being remembered:
//! a value is a function of the seed and of how its hole is written.

mod compile;
mod fill;

use crate::rng::{Dice, mix};
use crate::scene::Scene;
use fill::Fill;

/// A text with holes, read once and filled many times.
#[derive(Debug)]
pub(crate) struct Template(Vec<Piece>);

/// A part of a template. `key` is what, together with the seed, decides what is drawn.
#[derive(Debug)]
enum Piece {
    Text(&'static str),
    Hole { fill: Fill, key: u64 },
    Choice { key: u64, options: Vec<Template> },
    Repeat { key: u64, least: u32, most: u32, body: Template },
}

impl Template {
    /// Reads a template of the tables.
    ///
    /// # Panics
    /// When the text is no template. The tables are constants and are all read before the first
    /// record is made, so every test of this crate would show it.
    pub(crate) fn new(text: &'static str) -> Self {
        compile::compile(text)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends the text with its holes filled from `scene`.
    pub(crate) fn write(&self, out: &mut Vec<u8>, scene: &Scene<'_>) {
        self.write_with(out, scene, scene.seed);
    }

    /// As [`write`](Self::write), with values drawn from `seed` in place of the record's own.
    pub(crate) fn write_with(&self, out: &mut Vec<u8>, scene: &Scene<'_>, seed: u64) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                Piece::Hole { fill, key } => fill.write(out, scene, Dice::new(mix(seed, *key))),
                Piece::Choice { key, options } => {
                    let mut dice = Dice::new(mix(seed, *key));
                    dice.pick(options).write_with(out, scene, seed);
                }
                Piece::Repeat { key, least, most, body } => {
                    for turn in 0..times(*least, *most, Dice::new(mix(seed, *key))) {
                        if turn > 0 {
                            out.push(b',');
                        }
                        body.write_with(out, scene, mix(seed, u64::from(turn)));
                    }
                }
            }
        }
    }
}

/// How often to repeat something: long lists are rare, as in real requests, so the odds fall with
/// the fifth power when the bounds are far apart.
const fn times(least: u32, most: u32, mut dice: Dice) -> u32 {
    let span = most - least + 1;
    if span <= 8 {
        return least + dice.below(span);
    }
    // Fractions of 2^16 in integers, because floating point may differ between platforms.
    let fraction = dice.below(1 << 16) as u64;
    let squared = (fraction * fraction) >> 16;
    let fifth = (((squared * squared) >> 16) * fraction) >> 16;
    least + ((fifth * span as u64) >> 16) as u32
}

#[cfg(test)]
mod tests;
