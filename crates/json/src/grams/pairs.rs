//! Places worth a look, found by every second pair of bytes: for machines without vectors.

/// One byte for each pair of bytes that can be.
const PAIRS: usize = 1 << 16;

/// How far behind the beginning of a text its pairs may lie.
const REACH: usize = 5;

/// The bytes that CloudTrail is made of, the most common first.
const COMMON: &[u8] = b"e\"atnsioc:rm,dul-/p.1023yvgbhq_w";

/// By pair, where a text may begin that has it: bit 0 for the second byte of the pair, bit 1 for
/// its first, bit 2 for the one before that, and so on.
///
/// Of a text of three bytes or more, two pairs follow one another somewhere; wherever the text
/// stands, one of them begins at an even offset. Of those that a text has, the rarest are looked
/// for.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    starts: Vec<u8>,
}

impl Pairs {
    pub(super) fn new<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> Self {
        let mut pairs = Pairs { starts: vec![0; PAIRS] };
        for text in texts {
            match *text {
                [] => pairs.add(None, None, 0b11),
                [only] => pairs.short(Some(only), None),
                [first, second] => pairs.short(Some(first), Some(second)),
                _ => pairs.long(text),
            }
        }
        pairs
    }

    /// Adds a text that is too short to have two pairs.
    fn short(&mut self, first: Option<u8>, second: Option<u8>) {
        self.add(first, second, 0b10);
        self.add(None, first, 0b01);
    }

    fn long(&mut self, text: &[u8]) {
        let places = text.windows(3).take(REACH + 1).enumerate();
        let common =
            |bytes: &[u8]| bytes.windows(2).map(|two| weight(two[0]) * weight(two[1])).sum();
        let rarest = places.min_by_key(|(_, bytes)| -> usize { common(bytes) });
        if let Some((place, bytes)) = rarest {
            self.add(Some(bytes[0]), Some(bytes[1]), 0b10 << place);
            self.add(Some(bytes[1]), Some(bytes[2]), 0b100 << place);
        }
    }

    /// Notes a pair, whatever the case of its letters; no byte is any.
    fn add(&mut self, first: Option<u8>, second: Option<u8>, starts: u8) {
        let is = |wanted: Option<u8>, byte: usize| {
            wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&(byte as u8)))
        };
        for high in (0..256).filter(|byte| is(second, *byte)) {
            for low in (0..256).filter(|byte| is(first, *byte)) {
                self.starts[low | high << 8] |= starts;
            }
        }
    }

    /// Calls `see` with the even offsets from `from` to `to` at which there is a pair, and where
    /// the text that has it may begin.
    #[inline(always)]
    pub(super) fn each(&self, text: &[u8], from: usize, to: usize, mut see: impl FnMut(usize, u8)) {
        let Some(starts) = self.starts.first_chunk::<PAIRS>() else { return };
        let to = to.min(text.len());
        let mut at = from & !1;
        // Where there is nothing, as nearly everywhere, sixteen at a time.
        while let Some(sixteen) = text.get(at..).and_then(<[u8]>::first_chunk::<16>)
            && let ([left, right], _) = sixteen.as_chunks::<8>()
            && at + 16 <= to
        {
            let (left, right) = (four(starts, left), four(starts, right));
            // Told by one branch for all.
            if any(left) | any(right) != 0 {
                each_of(left, at, &mut see);
                each_of(right, at + 8, &mut see);
            }
            at += 16;
        }
        while at < to {
            let rest = &text[at..];
            let four = match rest.first_chunk::<8>() {
                Some(eight) => four(starts, eight),
                None => {
                    let mut eight = [0; 8];
                    eight[..rest.len()].copy_from_slice(rest);
                    four(starts, &eight)
                }
            };
            each_of(four, at, &mut see);
            at += 8;
        }
    }
}

/// All that is known of any of four pairs.
#[inline(always)]
fn any(four: [u8; 4]) -> u8 {
    four[0] | four[1] | four[2] | four[3]
}

/// Calls `see` with those of four pairs, from `at` on, of which something is known.
#[inline(never)]
fn each_of(four: [u8; 4], at: usize, see: &mut impl FnMut(usize, u8)) {
    for (pair, starts) in four.into_iter().enumerate() {
        if starts != 0 {
            see(at + 2 * pair, starts);
        }
    }
}

/// What is known of four pairs.
#[inline(always)]
fn four(starts: &[u8; PAIRS], eight: &[u8; 8]) -> [u8; 4] {
    let pair = |number: usize| {
        // SAFETY: both bytes are among the eight.
        let pair = unsafe { eight.as_ptr().add(2 * number).cast::<u16>().read_unaligned() };
        starts[usize::from(u16::from_le(pair))]
    };
    [pair(0), pair(1), pair(2), pair(3)]
}

/// How common a byte is.
fn weight(byte: u8) -> usize {
    let byte = byte.to_ascii_lowercase();
    let rank = COMMON.iter().position(|common| *common == byte).unwrap_or(COMMON.len());
    (COMMON.len() + 1 - rank).pow(2)
}
