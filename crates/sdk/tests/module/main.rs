//! Modules of other people's stages as hosts see them: built, and run in real runtimes.

mod build;
mod faults;
mod guide;
mod layout;
mod records;
