//! Golden cases and SPEC examples, run the same way for every plugin.
