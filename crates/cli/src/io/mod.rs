//! Files, pipes and terminals: where input comes from and where rows go.

pub(crate) mod complete;
pub(crate) mod dead;
mod fan;
pub(crate) mod inputs;
pub(crate) mod mapped;
pub(crate) mod outputs;
pub(crate) mod piece;
pub(crate) mod places;
pub(crate) mod sink;
pub(crate) mod source;
pub(crate) mod stdout;
pub(crate) mod stream;
pub(crate) mod temporary;
