//! The members of the answer.

use serde::Deserialize;

/// A member of the answer that may be kept or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Field {
    Country,
    Region,
    City,
    Location,
    TimeZone,
    AutonomousSystem,
}

impl Field {
    /// All of them, in the order in which they are written.
    pub(crate) const ALL: [Field; 6] = [
        Field::Country,
        Field::Region,
        Field::City,
        Field::Location,
        Field::TimeZone,
        Field::AutonomousSystem,
    ];

    /// Whether it says something of the place, and not of the network.
    pub(crate) fn is_of_place(self) -> bool {
        self != Field::AutonomousSystem
    }
}
