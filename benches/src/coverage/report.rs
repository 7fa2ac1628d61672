//! Writes the counts as tables in Markdown.

use super::count::{Counts, Identity, Member};
use super::stages::Chosen;
use std::fmt::Write;

/// The report.
pub(super) fn report(chosen: &Chosen, files: usize, counts: &Counts) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write(chosen, files, counts, &mut out);
    out
}

fn write(chosen: &Chosen, files: usize, counts: &Counts, out: &mut String) -> std::fmt::Result {
    let Counts { read, events, quarantined, .. } = counts;
    let noun = if files == 1 { "file" } else { "files" };
    writeln!(
        out,
        "{read} records in {files} {noun}: {events} events, {quarantined} in quarantine\n"
    )?;
    writeln!(out, "Stages: {}", chosen.stages.join(", "))?;
    for (name, reason) in &chosen.left_out {
        writeln!(out, "Left out: {name} ({reason})")?;
    }
    identities(counts, out)?;
    addresses(counts, out)?;
    members(counts, out)
}

fn identities(counts: &Counts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Identities by userIdentity.type\n")?;
    writeln!(out, "| type | events | identity | kind known | actor named |")?;
    writeln!(out, "|---|---|---|---|---|")?;
    let mut all = Identity::default();
    for (name, identity) in &counts.identities {
        let Identity { events, found, kind, actor } = identity;
        writeln!(out, "| {name} | {events} | {found} | {kind} | {actor} |")?;
        all.events += events;
        all.found += found;
        all.kind += kind;
        all.actor += actor;
    }
    let share = |part| share(part, all.events);
    let (found, kind, actor) = (share(all.found), share(all.kind), share(all.actor));
    writeln!(out, "| all | {} | {found} | {kind} | {actor} |", all.events)
}

fn addresses(counts: &Counts, out: &mut String) -> std::fmt::Result {
    let Counts { addresses, classified, .. } = counts;
    let share = share(*classified, *addresses);
    writeln!(out, "\n## Source addresses\n")?;
    writeln!(out, "{classified} of {addresses} values of sourceIPAddress have a kind: {share}")
}

fn members(counts: &Counts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Hits of each enrichment\n")?;
    writeln!(out, "| member | events | share | values |\n|---|---|---|---|")?;
    for (path, member) in &counts.members {
        let share = share(member.events, counts.events);
        writeln!(out, "| `{path}` | {} | {share} | {} |", member.events, values(member))?;
    }
    Ok(())
}

/// The values of a member with their counts, the most frequent first.
fn values(member: &Member) -> String {
    if member.is_varied {
        return "many".to_owned();
    }
    let mut values: Vec<_> = member.values.iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let values: Vec<_> = values.iter().map(|(value, count)| format!("{value} {count}")).collect();
    values.join(", ").replace('|', "\\|")
}

fn share(part: u64, all: u64) -> String {
    match all {
        0 => "-".to_owned(),
        _ => format!("{:.1} %", part as f64 * 100.0 / all as f64),
    }
}
