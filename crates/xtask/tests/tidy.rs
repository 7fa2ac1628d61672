//! The whole tree keeps the rules of the house.

use trailmill_xtask::{root, tidy};

#[test]
fn the_tree_is_tidy() {
    let problems = tidy::check(&root()).unwrap();
    assert!(problems.is_empty(), "{} things to tidy:\n{}", problems.len(), problems.join("\n"));
}
