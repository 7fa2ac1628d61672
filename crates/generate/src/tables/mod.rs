//! The tables: everything that the records are made of, as data.

pub(crate) mod agents;
pub(crate) mod aliases;
pub(crate) mod calls;
pub(crate) mod failures;
pub(crate) mod identities;
pub(crate) mod parts;
pub(crate) mod roles;
pub(crate) mod services;
pub(crate) mod special;
pub(crate) mod world;

#[cfg(test)]
mod tests;
