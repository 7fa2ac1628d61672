//! Opens CloudTrail in whatever wrapping it arrives.
