//! The descriptor of the plugin, with its options and examples.

use crate::options::indicators;
use crate::stage::EnrichThreat;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-threat`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-threat",
    summary: "Finds addresses, domains, access keys and user agents of events in lists of threats.",
    details: include_str!("details.md"),
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const fn option(
    name: &'static str,
    kind: &'static str,
    default: &'static str,
    summary: &'static str,
) -> OptionSpec {
    OptionSpec { name, kind, default, summary }
}

const OPTIONS: &[OptionSpec] = &[
    option("lists", "list of lists", "", "The lists to look in, one or more."),
    option("lists.name", "text", "", "What the matches in the list are told as."),
    option("lists.file", "file", "none", "The file that the list is read from."),
    option("lists.entries", "list of texts", "none", "The list itself, in place of `file`."),
    option(
        "lists.type",
        "one of address, domain, access-key, user-agent",
        "none",
        "What the entries are; not for `stix`, which says it itself.",
    ),
    option(
        "lists.format",
        "one of lines, csv, stix",
        "none",
        "How the file is written; `lines` if it is left out.",
    ),
    option("lists.column", "text", "none", "For `csv`, the column with the entries."),
    option(
        "lists.label_column",
        "text",
        "none",
        "For `csv`, the column with what the list says of an entry.",
    ),
    option(
        "lists.unsupported",
        "one of refuse, skip",
        "none",
        "For `stix`, whether indicators that can not be looked up are skipped; if it is left out, \
         the list is refused.",
    ),
];

const EXAMPLES: &[Example] = &[
    Example {
        title: "Find calls from a network that is known for attacks",
        settings: r#"{"lists": [{"name": "blocked", "type": "address",
            "entries": ["198.51.100.0/24", "192.0.2.7"]}]}"#,
        before: r#"{"eventName": "ListBuckets", "sourceIPAddress": "198.51.100.23"}"#,
        after: After::Event(concat!(
            r#"{"eventName":"ListBuckets","sourceIPAddress":"198.51.100.23","#,
            r#""enrichment":{"threat":{"matches":[{"list":"blocked","type":"address","#,
            r#""field":"sourceIPAddress","indicator":"198.51.100.0/24"}]}}}"#,
        )),
    },
    Example {
        title: "Find the use of an access key that has leaked",
        settings: r#"{"lists": [{"name": "leaked keys", "type": "access-key",
            "entries": ["AKIAIOSFODNN7EXAMPLE"]}]}"#,
        before: r#"{"userIdentity": {"type": "IAMUser", "accessKeyId": "AKIAIOSFODNN7EXAMPLE"}}"#,
        after: After::Event(concat!(
            r#"{"userIdentity":{"type":"IAMUser","accessKeyId":"AKIAIOSFODNN7EXAMPLE"},"#,
            r#""enrichment":{"threat":{"matches":[{"list":"leaked keys","type":"access-key","#,
            r#""field":"userIdentity.accessKeyId"}]}}}"#,
        )),
    },
    Example {
        title: "Leave an event alone that is in no list",
        settings: r#"{"lists": [{"name": "blocked", "type": "address",
            "entries": ["198.51.100.0/24"]}]}"#,
        before: r#"{"sourceIPAddress": "198.51.100.23/32"}"#,
        after: After::Event(r#"{"sourceIPAddress":"198.51.100.23/32"}"#),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: r#"{"lists": [{"name": "blocked", "type": "address",
            "entries": ["198.51.100.0/24"]}]}"#,
        before: r#"{"sourceIPAddress": "198.51.100.23", "enrichment": ["of another kind"]}"#,
        after: After::Fault("threat-in-the-way"),
    },
];

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    Ok(Box::new(EnrichThreat::new(indicators(settings, resources)?)))
}
