//! Reads the rows of the catalog: calls and paths as people wrote them, made plain.

use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// A member of a call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) event: String,
    pub(super) service: String,
    pub(super) parent: String,
    pub(super) leaf: String,
    pub(super) status: &'static str,
}

/// The statuses, the surest first, and whether the service is one of `eventSource`.
const STATUSES: &[(&str, &str, bool)] = &[
    ("seen-clear", "SeenClear", true),
    ("doc-clear", "DocClear", true),
    ("seen-masked", "SeenMasked", true),
    ("doc-masked", "DocMasked", true),
    ("doc-removed", "DocRemoved", true),
    ("sdk-sensitive", "SdkSensitive", false),
    ("sdk-unmarked", "SdkUnmarked", false),
    ("memory", "Memory", true),
];

/// The rows of a catalog, sorted, one for each member of a call; the surest status counts.
///
/// # Errors
/// If a row does not have five columns, or its status is not known.
pub(super) fn rows(catalog: &str) -> Result<Vec<Row>> {
    let mut found: BTreeMap<[String; 4], usize> = BTreeMap::new();
    for line in catalog.lines().skip(1).filter(|line| !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [status, services, events, paths, _] = columns[..] else {
            bail!("not five columns: {line}");
        };
        let Some(rank) = STATUSES.iter().position(|(name, ..)| *name == status) else {
            bail!("an unknown status: {line}");
        };
        for service in services_of(services, STATUSES[rank].2) {
            for event in events_of(events) {
                for (parent, leaf) in members_of(paths) {
                    let key = [event.clone(), service.clone(), parent, leaf];
                    let known = found.entry(key).or_insert(rank);
                    *known = rank.min(*known);
                }
            }
        }
    }
    let row = |([event, service, parent, leaf], rank): ([String; 4], usize)| Row {
        event,
        service,
        parent,
        leaf,
        status: STATUSES[rank].1,
    };
    Ok(found.into_iter().map(row).collect())
}

/// `ecs,batch` are two; any service is the empty one.
fn services_of(text: &str, is_source: bool) -> Vec<String> {
    if !is_source {
        return vec![String::new()];
    }
    let name = |name: &str| match name.trim() {
        "*" => String::new(),
        // The name of the service in the SDK, and the one in `eventSource`.
        "emr" => "elasticmapreduce".to_owned(),
        name => name.to_owned(),
    };
    text.split(',').map(name).collect()
}

/// `CreateAlias,TagResource`, `Register*/Create*` and `GetObject (presigned)` without the remark.
fn events_of(text: &str) -> Vec<String> {
    let text = text.split(" (").next().unwrap_or_default();
    let is_name = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || "*_-".contains(c));
    let names = text.split([',', '/']).map(str::trim).filter(is_name);
    names.filter(|name| *name != "several").map(str::to_owned).collect()
}

const TOPS: &[&str] = &[
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "serviceEventDetails",
    "userIdentity",
    "errorMessage",
];

/// Parent and leaf of each path; `requestParameters.policy|tags[].value` are two below the same
/// member. What is no path, but prose, is left out.
fn members_of(text: &str) -> Vec<(String, String)> {
    let text = text.split(" = ").next().unwrap_or_default();
    let mut top = "";
    let mut members = Vec::new();
    for path in text.split(['|', ',']).map(str::trim) {
        let is_prose = path.contains([' ', '/']) || path.is_empty();
        if is_prose {
            continue;
        }
        let mut names: Vec<&str> = path.split('.').map(plain).collect();
        match TOPS.iter().find(|known| **known == names[0]) {
            Some(known) => top = known,
            None if !top.is_empty() => names.insert(0, top),
            None => {}
        }
        members.extend(member(&names));
    }
    members
}

/// A name without the brackets of lists and maps.
fn plain(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = name.strip_suffix("[]").or_else(|| name.strip_suffix("{}")) {
        name = rest;
    }
    name
}

/// The last two names; all of `responseElements` is no member.
fn member(names: &[&str]) -> Option<(String, String)> {
    let own = |name: &str| name.to_owned();
    match names {
        [.., parent, leaf, "*"] => Some((own(parent), format!("{leaf}.*"))),
        [leaf, "*"] => Some((String::new(), format!("{leaf}.*"))),
        [.., parent, leaf] => Some((own(parent), own(leaf))),
        [leaf] if *leaf == "errorMessage" || !TOPS.contains(leaf) => {
            Some((String::new(), own(leaf)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_members() {
        let pairs = |text| -> Vec<(String, String)> { members_of(text) };
        let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("requestParameters.a.b[].c{}", &[("b", "c")]),
            (
                "requestParameters.policy|tags[].value",
                &[("requestParameters", "policy"), ("tags", "value")],
            ),
            ("requestParameters.x.*", &[("requestParameters", "x.*")]),
            ("requestParameters.*", &[("", "requestParameters.*")]),
            ("environment[].value, command[]", &[("environment", "value"), ("", "command")]),
            ("responseElements = null", &[]),
            ("ciphertext/plaintext", &[]),
            ("non-key attribute values", &[]),
            ("userIdentity.userName = HIDDEN", &[("userIdentity", "userName")]),
            ("requestParameters.a[email][]", &[("requestParameters", "a[email]")]),
        ];
        for (text, members) in cases {
            assert_eq!(pairs(text), own(members), "{text}");
        }
    }

    #[test]
    fn the_surest_status_counts() {
        let catalog = "head\n\
            sdk-sensitive\tssm\tPutParameter\trequestParameters.value\tx\n\
            seen-masked\tssm\tPutParameter,Get*/X (y)\trequestParameters.value\tx\n\
            sdk-unmarked\tother\tPutParameter\trequestParameters.value\tx\n";
        let rows = rows(catalog).unwrap();
        let plain: Vec<_> =
            rows.iter().map(|row| (&row.event[..], &row.service[..], row.status)).collect();
        let expected = [
            ("Get*", "ssm", "SeenMasked"),
            ("PutParameter", "", "SdkSensitive"),
            ("PutParameter", "ssm", "SeenMasked"),
            ("X", "ssm", "SeenMasked"),
        ];
        assert_eq!(plain, expected);
    }

    #[test]
    fn bad_rows_are_told() {
        assert_eq!(rows("head\na\tb").unwrap_err().to_string(), "not five columns: a\tb");
        let error = rows("head\na\tb\tc\td\te").unwrap_err().to_string();
        assert_eq!(error, "an unknown status: a\tb\tc\td\te");
    }
}
