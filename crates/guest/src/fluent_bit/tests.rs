//! Records one by one.
