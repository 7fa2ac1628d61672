//! The sandbox: a module that nobody trusts, and instances of it that can do no more than answer.
//!
//! What a guest may do is bounded before it runs: the size of its file, the memory and the tables
//! of an instance, its stack, and the time of each call. It imports nothing, so that there is
//! nothing it could reach. What it says is checked: every address and length against its memory
//! here, what is behind them by whoever asked. Whoever gets a [`Failure`] from an instance that is
//! not [`Failure::Refused`] throws the instance away, as nobody knows what is in it now.

mod bounds;
mod clock;
mod core;
mod description;
mod engine;
mod exports;
mod failure;
mod instance;
mod module;
mod pool;

pub use bounds::Bounds;
pub use description::Description;
pub use failure::Failure;
pub use instance::Instance;
pub use module::Module;
pub(crate) use pool::Pool;
