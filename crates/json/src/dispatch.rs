//! Work of others, compiled for the instructions of an index.

use crate::isa::Isa;

/// Work that is worth compiling once for each set of instructions, such as many short copies.
pub trait Work {
    /// What comes of it.
    type Output;

    /// Does it. To be marked `#[inline(always)]`, as is what it calls where that matters: only
    /// what is inlined here is compiled for the instructions.
    fn run(self) -> Self::Output;
}

/// Does work as compiled for these instructions; where they bring it nothing, for any machine.
///
/// # Safety
/// The machine has the instructions: [`Isa::is_usable`].
#[inline(always)]
pub(crate) unsafe fn dispatch<W: Work>(isa: Isa, work: W) -> W::Output {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")]
        #[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
        fn avx512<W: Work>(work: W) -> W::Output {
            work.run()
        }

        #[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
        fn avx2<W: Work>(work: W) -> W::Output {
            work.run()
        }

        match isa {
            // SAFETY: the caller's promise.
            Isa::Avx512 => return unsafe { avx512(work) },
            // SAFETY: as above.
            Isa::Avx2 => return unsafe { avx2(work) },
            _ => {}
        }
    }
    let _ = isa;
    work.run()
}
