//! IP addresses and networks: exact text, special-purpose blocks, and tables of networks.
//!
//! Knows nothing of events. [`parse`] takes exact text only, [`Network`] is an address and how many
//! of its bits count, [`Table`] finds all networks that an address is in, and [`SpecialBlocks`]
//! says which addresses the IANA has set aside, and for what.
//!
//! ```
//! use trailmill_address::{Network, Table, parse};
//! let networks = ["10.0.0.0/8", "10.1.0.0/16"].map(|text| text.parse::<Network>().unwrap());
//! let table = Table::new(networks.into_iter().zip(["wide", "narrow"]));
//! let address = parse("10.1.2.3").unwrap();
//! let found: Vec<_> = table.find(address).map(|found| *found.value).collect();
//! assert_eq!(found, ["narrow", "wide"]);
//! ```

mod network;
mod parse;
mod ranges;
mod special;
mod table;

pub use network::{Network, NetworkError};
pub use parse::parse;
pub use special::{SpecialBlock, SpecialBlocks, SpecialKind};
pub use table::{Builder, Found, Matches, Table};
