//! Checks of option names, with the nearest valid name as a hint.

use super::{Node, TreeError};

/// The candidate that was most likely meant by `name`, if any is near enough.
///
/// Letter case and the difference between `_` and `-` do not count. A candidate is near when at
/// most every third character is missing, added, wrong or swapped with its neighbour. Among
/// equally near ones the first wins.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    let distance = |candidate| {
        let candidate = folded(candidate);
        let distance = strsim::osa_distance(&wanted, &candidate);
        let length = wanted.chars().count().max(candidate.chars().count());
        (distance <= length / 3).then_some(distance)
    };
    let near = candidates.filter_map(|candidate| Some((distance(candidate)?, candidate)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

/// A key as messages show it: on one line, without control characters, and not endless.
pub(super) fn shown(key: &str) -> String {
    const LENGTH_MAX: usize = 60;
    let mut chars = key.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut text: String = chars.by_ref().take(LENGTH_MAX).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    text
}

/// Checks that `map` is a map and that all its keys are among `allowed`.
///
/// `what` says whose options these are: ``stage `flatten` ``.
///
/// # Errors
/// At the first unknown key, with the nearest allowed one and the list of them; or at the node
/// itself when it is no map.
pub fn check_keys(map: &Node, what: &str, allowed: &[&str]) -> Result<(), TreeError> {
    let unknown = map.as_map()?.iter().find(|entry| !allowed.contains(&entry.key.as_str()));
    let Some(entry) = unknown else { return Ok(()) };
    let hint = match nearest(&entry.key, allowed.iter().copied()) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    };
    let options = match allowed {
        [] => "it has no options".to_owned(),
        _ => format!("options: {}", allowed.join(", ")),
    };
    let message = format!("unknown option `{}` of {what}{hint} ({options})", shown(&entry.key));
    Err(TreeError::new(entry.key_at, message))
}
