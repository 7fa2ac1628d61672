//! Finds the places of a text where one of many short texts may begin, with vector instructions.

mod pairs;
mod sixteen;
#[cfg(test)]
mod tests;
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod vector;

use crate::isa::Isa;
use crate::sixteen::{IS_NATIVE, Native};
use pairs::Pairs;

/// How many bytes of each text are compared.
const WIDTH: usize = 4;
/// How far from the beginning of a text they may be.
const REACH: usize = 8;
/// How many groups there are, one bit of a byte each.
const GROUPS: usize = 8;
/// The bytes that are looked at in one go: a mask for each block of 64.
const BLOCKS: usize = 64;
const CHUNK: usize = 64 * BLOCKS;

/// Short texts, all looked for at once by four of their bytes.
///
/// The texts are put into eight groups. A group is met where each of four bytes is one that some
/// text of the group has there, letters in either case, and of the bytes above 0x7f only the lower
/// seven bits; so that a group may be met where none of its texts begins, but never the other way
/// round. Bytes that a text does not have may be any. Which texts share a group depends on the
/// instructions.
#[derive(Clone, Debug)]
pub struct Grams {
    isa: Isa,
    /// Which bytes are compared, counted from the beginning of a text.
    positions: [usize; WIDTH],
    /// By position and byte, the groups that have the byte there.
    groups: [[u8; 128]; WIDTH],
    /// The same by the lower four bits of a byte and by the others, which is less exact.
    low: [[u8; 16]; WIDTH],
    high: [[u8; 16]; WIDTH],
    /// The group of each text.
    group: Vec<u8>,
    /// Where to look, for [`Isa::Swar`].
    pairs: Pairs,
}

impl Grams {
    /// Takes texts, of which the bytes at `positions` are compared, each of them below 8.
    ///
    /// Bytes that are rare, and those that do not follow from the ones before, rule out most.
    pub fn new<'t>(positions: [usize; WIDTH], texts: impl IntoIterator<Item = &'t [u8]>) -> Self {
        Grams::with_isa(Isa::best(), positions, texts)
    }

    /// The same with the instructions named, or none where the machine lacks them.
    pub fn with_isa<'t>(
        isa: Isa,
        positions: [usize; WIDTH],
        texts: impl IntoIterator<Item = &'t [u8]>,
    ) -> Self {
        let positions = positions.map(|position| position % REACH);
        let sets = |text: &[u8]| positions.map(|position| set(text.get(position).copied()));
        let texts: Vec<&[u8]> = texts.into_iter().collect();
        let isa = if isa.is_usable() { isa } else { Isa::Scalar };
        let pairs = match isa {
            Isa::Swar => Pairs::new(texts.iter().copied()),
            _ => Pairs::default(),
        };
        let texts: Vec<Sets> = texts.into_iter().map(sets).collect();
        let mut made = Grams {
            isa,
            pairs,
            positions,
            groups: [[0; 128]; WIDTH],
            low: [[0; 16]; WIDTH],
            high: [[0; 16]; WIDTH],
            group: vec![0; texts.len()],
        };
        let meeting = match isa {
            Isa::Avx2 | Isa::Neon | Isa::Simd128 => by_halves,
            _ => u128::count_ones,
        };
        for (number, (sets, members)) in grouped(&texts, meeting).into_iter().enumerate() {
            made.add(&sets, 1 << number);
            members.into_iter().for_each(|text| made.group[text] = number as u8);
        }
        made
    }

    /// The group that a text, by its number, is in; from 0 to 7.
    pub fn group(&self, text: usize) -> usize {
        self.group.get(text).map_or(0, |&group| usize::from(group))
    }

    /// Calls `see` with every byte offset at which groups are met, in order, and those groups: bit
    /// 0 for group 0.
    #[inline]
    pub fn each(&self, text: &[u8], mut see: impl FnMut(usize, u8)) {
        let mut masks = [0; BLOCKS];
        for start in (0..text.len()).step_by(CHUNK) {
            let mut blocks = self.masks(text, start, &mut masks);
            while blocks != 0 {
                let block = blocks.trailing_zeros() as usize;
                blocks &= blocks - 1;
                let mut mask = masks[block % BLOCKS];
                while mask != 0 {
                    let at = start + block * 64 + mask.trailing_zeros() as usize;
                    mask &= mask - 1;
                    let groups = self.groups_at(text, at);
                    if groups != 0 {
                        see(at, groups);
                    }
                }
            }
        }
    }

    /// The groups that are met at a byte; behind the text there are zeros.
    #[inline]
    fn groups_at(&self, text: &[u8], at: usize) -> u8 {
        let met = |position: usize| {
            let byte = text.get(at + self.positions[position]).copied().unwrap_or(0);
            self.groups[position][usize::from(byte & 0x7f)]
        };
        if !self.isa.is_vector() {
            // Most places fail by the second byte.
            let groups = met(0) & met(1);
            return if groups == 0 { 0 } else { groups & met(2) & met(3) };
        }
        met(0) & met(1) & met(2) & met(3)
    }

    /// Notes for each block of the chunk from `start` on where groups may be met, and gives the
    /// blocks in which there are such places.
    #[inline]
    fn masks(&self, text: &[u8], start: usize, masks: &mut [u64; BLOCKS]) -> u64 {
        match self.isa {
            #[cfg(all(target_arch = "x86_64", not(miri)))]
            // SAFETY: `with_isa` takes no path that `Isa::is_usable` refuses.
            Isa::Avx512 => unsafe { vector::avx512(self, &text[start..], masks) },
            #[cfg(all(target_arch = "x86_64", not(miri)))]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { vector::avx2(self, &text[start..], masks) },
            Isa::Neon | Isa::Simd128 if IS_NATIVE => {
                sixteen::sixteen::<Native>(self, &text[start..], masks)
            }
            Isa::Swar => self.swar(text, start, masks),
            _ => self.scalar(text, start, masks),
        }
    }

    fn scalar(&self, text: &[u8], start: usize, masks: &mut [u64; BLOCKS]) -> u64 {
        let mut blocks = 0;
        for (block, mask) in masks.iter_mut().enumerate() {
            let from = start + block * 64;
            let met = |at: &usize| self.groups_at(text, *at) != 0;
            let places = (from..text.len().min(from + 64)).filter(met);
            *mask = places.fold(0, |mask, at| mask | 1 << (at - from));
            blocks |= u64::from(*mask != 0) << block;
        }
        blocks
    }

    fn swar(&self, text: &[u8], start: usize, masks: &mut [u64; BLOCKS]) -> u64 {
        masks.fill(0);
        let mut blocks = 0;
        let end = text.len().min(start + CHUNK);
        self.pairs.each(text, start, end + REACH, |at, mut starts| {
            while starts != 0 {
                let place = (at + 1).wrapping_sub(starts.trailing_zeros() as usize);
                starts &= starts - 1;
                if (start..end).contains(&place) {
                    let place = place - start;
                    masks[place / 64] |= 1 << (place % 64);
                    blocks |= 1 << (place / 64);
                }
            }
        });
        blocks
    }

    fn add(&mut self, sets: &Sets, group: u8) {
        for (position, set) in sets.iter().enumerate() {
            for byte in (0..128_usize).filter(|byte| set >> byte & 1 == 1) {
                self.groups[position][byte] |= group;
                self.low[position][byte & 15] |= group;
                self.high[position][byte >> 4] |= group;
            }
        }
    }
}

/// Fills in the mask of each block of a text with what `met` says of its bytes and those behind
/// them, up to the end of the text; gives the blocks in which there is something.
#[inline(always)]
fn each_block(
    text: &[u8],
    masks: &mut [u64; BLOCKS],
    met: impl Fn(&[u8; 64 + REACH]) -> u64,
) -> u64 {
    let (mut rest, mut blocks) = (text, 0);
    for (block, mask) in masks.iter_mut().enumerate() {
        *mask = match rest.first_chunk() {
            Some(bytes) => met(bytes),
            None if rest.is_empty() => break,
            None => {
                let mut padded = [0; 64 + REACH];
                padded[..rest.len()].copy_from_slice(rest);
                let there = if rest.len() < 64 { (1 << rest.len()) - 1 } else { !0 };
                met(&padded) & there
            }
        };
        blocks |= u64::from(*mask != 0) << block;
        rest = rest.get(64..).unwrap_or_default();
    }
    blocks
}

/// For each position the bytes that are there, a bit for each.
type Sets = [u128; WIDTH];

/// A letter in either case, any byte if it is not known which.
fn set(byte: Option<u8>) -> u128 {
    byte.map_or(!0, |byte| {
        let byte = byte & 0x7f;
        1 << byte.to_ascii_lowercase() | 1 << byte.to_ascii_uppercase()
    })
}

/// Puts texts into groups, given with their members, that are met by as few other texts as can be;
/// `meeting` says how many bytes meet those of a set.
fn grouped(texts: &[Sets], meeting: fn(u128) -> u32) -> Vec<(Sets, Vec<usize>)> {
    let combinations =
        |sets: &Sets| sets.iter().map(|set| u64::from(meeting(*set))).product::<u64>();
    // With how many texts meet each group.
    let mut groups: Vec<(Sets, Vec<usize>, u64)> = Vec::new();
    for (number, sets) in texts.iter().enumerate() {
        match groups.iter_mut().find(|(known, ..)| known == sets) {
            Some((_, members, _)) => members.push(number),
            None => groups.push((*sets, vec![number], combinations(sets))),
        }
    }
    while groups.len() > GROUPS {
        let added = |&(a, b): &(usize, usize)| {
            let ((a, _, of_a), (b, _, of_b)) = (&groups[a], &groups[b]);
            combinations(&union(a, b)).saturating_sub(of_a + of_b)
        };
        let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let Some((a, b)) = pairs.min_by_key(added) else { break };
        let (sets, members, _) = groups.remove(b);
        let (own, others, met) = &mut groups[a];
        *own = union(own, &sets);
        *met = combinations(own);
        others.extend(members);
    }
    groups.into_iter().map(|(sets, members, _)| (sets, members)).collect()
}

/// How many bytes have the upper half of one byte of a set and the lower half of another: what is
/// looked up by halves can not tell these from the set.
fn by_halves(set: u128) -> u32 {
    const LOW: u128 = 0x7fff_7fff_7fff_7fff_7fff_7fff_7fff_7fff;
    let rows = (((set & LOW) + LOW) | set) & !LOW;
    let folded = set | set >> 64;
    let folded = folded | folded >> 32;
    let row = (folded | folded >> 16) as u16;
    rows.count_ones() * row.count_ones()
}

fn union(a: &Sets, b: &Sets) -> Sets {
    std::array::from_fn(|position| a[position] | b[position])
}
