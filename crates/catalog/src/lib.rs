//! The one visible list of plugins, and the tests over that list.
