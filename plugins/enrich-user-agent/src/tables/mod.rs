//! What the words of user agents mean, one row each.

pub(crate) mod clients;
pub(crate) mod marks;
pub(crate) mod platforms;
