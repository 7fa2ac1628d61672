//! Realistic CloudTrail made from a seed, for tests, benchmarks and users without an account.
//!
//! A small organization of four accounts is watched for as long as one likes: people and
//! programs call APIs, roles are assumed and used, services act on their own, sign-ins succeed
//! and fail, and some calls cross from one account into another. Everything in a record follows
//! from the seed, so the same seed gives the same bytes on every platform.
//!
//! The records use the account numbers, names and addresses that are set aside for examples, and
//! every key, token and identifier in them is drawn at random: nothing in them opens anything.
//!
//! What a record looks like is data: `tables/` holds the API calls, identities, failures and
//! whole special records as text with holes, and `template/` fills the holes.
//!
//! ```
//! let mut generator = trailmill_generate::Generator::new(7);
//! let mut text = Vec::new();
//! for _ in 0..3 {
//!     generator.record(&mut text);
//!     text.push(b'\n');
//! }
//! assert_eq!(text.iter().filter(|&&byte| byte == b'\n').count(), 3);
//! ```

mod book;
mod clock;
mod entry;
mod files;
mod generator;
mod rng;
mod scene;
mod session;
mod tables;
mod template;
mod text;
mod weighted;

pub use files::{S3File, S3Files};
pub use generator::{Generator, START};
