//! Tables: data that is looked up, row by row, each with its source.

pub(crate) mod errors;
pub(crate) mod notable;
pub(crate) mod services;
pub(crate) mod verbs;
