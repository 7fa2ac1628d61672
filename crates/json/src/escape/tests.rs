//! Every code path escapes as the plainest loop would.

use super::escape_with;
use super::sixteen::sixteen;
use crate::isa::Isa;
use crate::sixteen::Native;
#[cfg(not(miri))]
use proptest::{collection::vec, prelude::*};

fn expected(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for &byte in text {
        if byte == b'"' || byte == b'\\' {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// Escapes behind what is there already, from and into allocations without room to spare.
fn check(text: &[u8], before: usize) {
    let text = text.to_vec().into_boxed_slice();
    let check = |name: &str, escape: &dyn Fn(&mut Vec<u8>)| {
        let mut out = Vec::with_capacity(before);
        out.resize(before, b'x');
        escape(&mut out);
        let escaped = out.split_off(before);
        assert!(out.iter().all(|&byte| byte == b'x'), "{name}");
        assert_eq!(escaped, expected(&text), "{name}");
    };
    for &isa in Isa::ALL.iter().filter(|isa| isa.is_usable()) {
        // SAFETY: the machine has the instructions.
        check(isa.name(), &|out| unsafe { escape_with(isa, &text, out) });
    }
    // On any machine, with or without such registers.
    check("sixteen", &|out| sixteen::<Native>(&text, out));
}

#[cfg(not(miri))]
fn config() -> ProptestConfig {
    ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() }
}

#[cfg(not(miri))]
proptest! {
    #![proptest_config(config())]

    #[test]
    fn all_paths_escape_alike(
        text in vec(prop_oneof![any::<u8>(), Just(b'"'), Just(b'\\'), Just(b'x')], 0..300),
        before in 0usize..80,
    ) {
        check(&text, before);
    }
}

/// Each set of eight neighbors to escape, in each place of a register.
#[test]
fn all_sets_in_all_places() {
    let (places, step) = if cfg!(miri) { (1, 23) } else { (40, 1) };
    for place in 0..places {
        for set in (0..=255u8).step_by(step) {
            let mut text = vec![b'.'; place];
            text.extend((0..8).map(|bit| if set >> bit & 1 == 1 { b'\\' } else { b'a' + bit }));
            check(&text, place);
            text.extend(b"0123456789\"");
            check(&text, 0);
        }
    }
}
