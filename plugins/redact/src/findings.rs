//! What would be hidden, without any of it.

/// Something that would be hidden.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The rule: `rules[0]` for one of the settings, else the preset and what it is about.
    pub rule: String,
    /// Where it is: `requestParameters.tags[].value`, elements of arrays without their numbers.
    pub path: String,
}
