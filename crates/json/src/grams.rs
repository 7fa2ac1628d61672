//! Finds the places of a text where one of many short texts may begin, with vector instructions.

#[cfg(all(target_arch = "x86_64", not(miri)))]
mod vector;

use crate::isa::Isa;

/// How many bytes of each text are compared.
const WIDTH: usize = 4;
/// How many groups there are, one bit of a byte each.
const GROUPS: usize = 8;
/// The bytes that are looked at in one go: a mask for each block of 64.
const BLOCKS: usize = 64;
const CHUNK: usize = 64 * BLOCKS;

/// Texts of up to four bytes, all looked for at once; longer ones by their first four.
///
/// The texts are put into eight groups. A group is met where each of four bytes is one that some
/// text of the group has there, letters in either case, and of the bytes above 0x7f only the lower
/// seven bits; so that a group may be met where none of its texts begins, but never the other way
/// round.
#[derive(Clone, Debug)]
pub struct Grams {
    isa: Isa,
    /// By position and byte, the groups that have the byte there.
    groups: [[u8; 128]; WIDTH],
    /// The same by the lower four bits of a byte and by the others, which is less exact.
    low: [[u8; 16]; WIDTH],
    high: [[u8; 16]; WIDTH],
    /// The group of each text.
    group: Vec<u8>,
}

impl Grams {
    /// Takes texts, which may be found in any order, with the fastest instructions there are.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> Self {
        Grams::with_isa(Isa::best(), texts)
    }

    /// The same with the instructions named, or none where the machine lacks them.
    pub fn with_isa<'t>(isa: Isa, texts: impl IntoIterator<Item = &'t [u8]>) -> Self {
        let texts: Vec<&[u8]> = texts.into_iter().collect();
        let isa = if isa.is_usable() { isa } else { Isa::Scalar };
        let mut made = Grams {
            isa,
            groups: [[0; 128]; WIDTH],
            low: [[0; 16]; WIDTH],
            high: [[0; 16]; WIDTH],
            group: vec![0; texts.len()],
        };
        for (number, group) in grouped(&texts).into_iter().enumerate() {
            for text in group {
                made.group[text] = number as u8;
                made.add(texts[text], 1 << number);
            }
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
            let byte = text.get(at + position).copied().unwrap_or(0);
            self.groups[position][usize::from(byte & 0x7f)]
        };
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

    fn add(&mut self, text: &[u8], group: u8) {
        for position in 0..WIDTH {
            let any = 0..=0x7f;
            let bytes = any.filter(|&byte| {
                text.get(position).is_none_or(|own| (own & 0x7f).eq_ignore_ascii_case(&byte))
            });
            for byte in bytes {
                self.groups[position][usize::from(byte)] |= group;
                self.low[position][usize::from(byte & 15)] |= group;
                self.high[position][usize::from(byte >> 4)] |= group;
            }
        }
    }
}

/// Puts texts, by their numbers, into groups that are met by as few other texts as can be.
fn grouped(texts: &[&[u8]]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..texts.len()).map(|text| vec![text]).collect();
    while groups.len() > GROUPS {
        let pairs = (0..groups.len()).flat_map(|a| (a + 1..groups.len()).map(move |b| (a, b)));
        let merged = |(a, b): (usize, usize)| [&groups[a][..], &groups[b]].concat();
        let added = |&(a, b): &(usize, usize)| {
            let sum = combinations(texts, &groups[a]) + combinations(texts, &groups[b]);
            combinations(texts, &merged((a, b))).saturating_sub(sum)
        };
        let Some((a, b)) = pairs.min_by_key(added) else { break };
        let moved = groups.swap_remove(b);
        groups[a].extend(moved);
    }
    groups
}

/// How many texts meet a group.
fn combinations(texts: &[&[u8]], group: &[usize]) -> u64 {
    let choices = |position: usize| {
        let mut seen = 0_u128;
        for text in group {
            match texts[*text].get(position) {
                Some(byte) => seen |= 1 << (byte & 0x7f).to_ascii_lowercase(),
                None => seen = !0,
            }
        }
        u64::from(seen.count_ones())
    };
    (0..WIDTH).map(choices).product()
}
