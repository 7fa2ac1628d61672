//! The module as hosts see it: built for WebAssembly and run in real runtimes.

mod abi;
mod batches;
mod build;
mod cases;
mod exported;
mod extism;
mod faults;
mod fluent_bit;
mod guarded;
mod hosts;
mod layout;
mod redpanda_connect;
mod redpanda_transform;
