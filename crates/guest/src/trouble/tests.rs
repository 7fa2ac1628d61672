//! Records in trouble.
