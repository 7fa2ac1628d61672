//! Measures trailmill against its own yardsticks, on checked answers.
//!
//! | part | what it is for |
//! |---|---|
//! | [`input`] | what is measured on: generated records, or a file |
//! | [`twins`] | the whole job done another way, as yardsticks |
//! | [`way`] | one way of doing the job, or a part of it, that can be run and timed |
//! | [`trail`], [`parts`] | the ways of trailmill: all of it, and one step after the other |
//! | [`agreement`] | whether two ways make the same rows |
//! | [`contest`] | ways timed in turn, and the table of their speeds |
//! | [`session`] | the program `compare` |
//! | [`instructions`] | the program `instructions`: a guard over the cost of cases |
//! | [`processes`] | the program `processes`: whole programs, and how cost grows |
//! | [`coverage`] | the program `coverage`: what the enriching stages find in records |
//! | `guest` | the program `guest`, with the feature `engines`: the module beside native code |
//! | `sandbox` | the program `sandbox`, with the same feature: what the stage `wasm` costs |
//! | [`cases`] | pipelines and inputs with answers that are known beforehand |

pub mod agreement;
pub mod cases;
pub mod clock;
pub mod contest;
pub mod costs;
pub mod coverage;
pub mod digest;
#[cfg(feature = "engines")]
pub mod guest;
pub mod input;
pub mod instructions;
pub mod parts;
pub mod processes;
mod report;
#[cfg(feature = "engines")]
pub mod sandbox;
pub mod session;
pub mod trail;
pub mod twins;
pub mod way;
