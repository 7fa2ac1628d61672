//! Which vector instructions to use, chosen at run time.

use crate::sixteen::{Native, Sixteen};
use std::sync::OnceLock;

/// A set of vector instructions that a code path is written for.
///
/// Every path gives the same index for the same text; they differ in speed only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Isa {
    /// Byte after byte, wherever that is simplest: the reference.
    Scalar,
    /// 8 bytes at a time, as one number: no vector instructions, on any machine.
    Swar,
    /// 16 bytes at a time, as WebAssembly has them (modules compiled with `simd128`).
    Simd128,
    /// 16 bytes at a time (64-bit ARM with NEON).
    Neon,
    /// 32 bytes at a time (x86-64 with AVX2, BMI and carry-less multiplication).
    Avx2,
    /// 64 bytes at a time (x86-64 with AVX-512 F, BW, VL, VBMI and VBMI2).
    Avx512,
}

impl Isa {
    /// All paths, slowest first.
    pub const ALL: &'static [Isa] =
        &[Isa::Scalar, Isa::Swar, Isa::Simd128, Isa::Neon, Isa::Avx2, Isa::Avx512];

    /// The fastest path that this machine can run; looked up once.
    pub fn best() -> Isa {
        static BEST: OnceLock<Isa> = OnceLock::new();
        *BEST.get_or_init(|| {
            let usable = Isa::ALL.iter().rev().find(|isa| isa.is_usable());
            usable.copied().unwrap_or(Isa::Scalar)
        })
    }

    /// Whether this machine has the instructions.
    pub fn is_usable(self) -> bool {
        match self {
            Isa::Scalar | Isa::Swar => true,
            Isa::Simd128 | Isa::Neon => Native::ISA == Some(self),
            Isa::Avx2 => has_avx2(),
            Isa::Avx512 => has_avx512(),
        }
    }

    /// Whether it has vectors, so that looking at all bytes is cheaper than looking at some tokens.
    pub fn is_vector(self) -> bool {
        !matches!(self, Isa::Scalar | Isa::Swar)
    }

    /// The name that a user writes: `scalar`, `swar`, `simd128`, `neon`, `avx2`, `avx512`.
    pub fn name(self) -> &'static str {
        match self {
            Isa::Scalar => "scalar",
            Isa::Swar => "swar",
            Isa::Simd128 => "simd128",
            Isa::Neon => "neon",
            Isa::Avx2 => "avx2",
            Isa::Avx512 => "avx512",
        }
    }

    /// The path of that name, if there is one.
    pub fn named(name: &str) -> Option<Isa> {
        Isa::ALL.iter().copied().find(|isa| isa.name() == name)
    }
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("pclmulqdq")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("bmi2")
        && std::arch::is_x86_feature_detected!("lzcnt")
        && std::arch::is_x86_feature_detected!("popcnt")
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn has_avx512() -> bool {
    has_avx2()
        && std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512vl")
        && std::arch::is_x86_feature_detected!("avx512vbmi")
        && std::arch::is_x86_feature_detected!("avx512vbmi2")
}

#[cfg(any(not(target_arch = "x86_64"), miri))]
fn has_avx2() -> bool {
    false
}

#[cfg(any(not(target_arch = "x86_64"), miri))]
fn has_avx512() -> bool {
    false
}
