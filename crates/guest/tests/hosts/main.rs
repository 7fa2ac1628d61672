//! Exported modules in the hosts that they are for: the same rows as natively.

mod component;
mod exported;
mod real;
mod shims;
