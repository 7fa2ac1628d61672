//! What was written about addresses lately, to be written again.
//!
//! A trail has few addresses and many events of each. The answer for an address is always the same,
//! so it does not matter to anyone whether it is found here.

use std::net::IpAddr;
use std::sync::Mutex;

/// How many addresses are kept: with some 300 bytes each, about a megabyte.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 12;

/// Longer answers are made anew each time.
const ANSWER_MAX: usize = 2048;

/// Answers by address: in each slot the last one that belongs there.
#[derive(Debug)]
pub(crate) struct Memo {
    slots: Box<[Mutex<Option<Entry>>]>,
}

#[derive(Debug)]
struct Entry {
    address: IpAddr,
    answer: Box<[u8]>,
}

impl Memo {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Memo { slots: (0..SLOTS).map(|_| Mutex::default()).collect() }
    }

    /// Appends the answer for an address if it is known.
    pub(crate) fn copy(&self, address: IpAddr, out: &mut Vec<u8>) -> bool {
        // Nobody waits here: what another thread is busy with is found out again.
        let Ok(slot) = self.slots[slot_of(address)].try_lock() else { return false };
        match &*slot {
            Some(entry) if entry.address == address => {
                out.extend_from_slice(&entry.answer);
                true
            }
            _ => false,
        }
    }

    /// Keeps the answer for an address, in the place of another one.
    pub(crate) fn keep(&self, address: IpAddr, answer: &[u8]) {
        if answer.len() > ANSWER_MAX {
            return;
        }
        if let Ok(mut slot) = self.slots[slot_of(address)].try_lock() {
            *slot = Some(Entry { address, answer: answer.into() });
        }
    }
}

fn slot_of(address: IpAddr) -> usize {
    let bits = match address {
        IpAddr::V4(address) => u64::from(address.to_bits()),
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            (bits >> 64) as u64 ^ (bits as u64).rotate_left(29)
        }
    };
    // An odd number without a pattern: the fraction of the golden ratio.
    (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    #[test]
    fn answers_are_those_of_the_address() {
        let memo = Memo::new();
        let v4 = (0..20_000u32).map(|n| IpAddr::from(Ipv4Addr::from_bits(n * 7)));
        let v6 = (0..20_000u128).map(|n| IpAddr::from(Ipv6Addr::from_bits(n << 64 | n)));
        let mut found = 0;
        for address in v4.chain(v6) {
            memo.keep(address, address.to_string().as_bytes());
            let mut out = Vec::new();
            assert!(memo.copy(address, &mut out));
            assert_eq!(out, address.to_string().as_bytes());
            let other = IpAddr::from(Ipv4Addr::from_bits(found));
            out.clear();
            if memo.copy(other, &mut out) {
                found += 1;
                assert_eq!(out, other.to_string().as_bytes());
            }
        }
        assert!(found > 0);
    }

    #[test]
    fn slots_are_used_alike() {
        let mut used = vec![0; SLOTS];
        for number in 0..4 * SLOTS as u32 {
            used[slot_of(Ipv4Addr::from_bits(0x3400_0000 + number).into())] += 1;
        }
        assert!(used.iter().all(|&count| (1..=16).contains(&count)), "{:?}", used.iter().max());
    }

    #[test]
    fn long_answers_are_not_kept() {
        let (memo, address) = (Memo::new(), IpAddr::from([8, 8, 8, 8]));
        memo.keep(address, &[b'x'; ANSWER_MAX + 1]);
        assert!(!memo.copy(address, &mut Vec::new()));
    }
}
