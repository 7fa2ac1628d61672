//! The reference page of a schema, derived from its table.

use crate::schema::{Rule, Schema};
use std::fmt::Write;

impl Rule {
    /// The rule in a few words.
    pub(crate) fn explain(&self) -> String {
        let most = |most: &Option<usize>| match most {
            Some(bytes) => format!(", at most {bytes} bytes"),
            None => String::new(),
        };
        match self {
            Rule::Date(_) => "date in UTC, `YYYY-MM-DD`".to_owned(),
            Rule::TimeOfDay(_) => "time of day in UTC, `HH:MM:SS`".to_owned(),
            Rule::Time(_) => "time, as it stands".to_owned(),
            Rule::Text(_, bytes) => format!("text, as it stands{}", most(bytes)),
            Rule::Json(_, bytes) => format!("JSON text{}", most(bytes)),
            Rule::Constant(text) => format!("always `{text}`"),
            Rule::CollectedAt => "the collector's clock, RFC 3339 with offset".to_owned(),
            Rule::LogsTime => "the time of CloudWatch Logs, RFC 3339 in UTC".to_owned(),
            Rule::Rest => "object of all that no column claims".to_owned(),
        }
    }
}

/// The reference page of a schema, in Markdown.
pub fn reference(schema: &Schema) -> String {
    let mut page = format!("# Schema `{}`\n\n", schema.name);
    page.push_str("One record gives one row; every column is written, null where the record has ");
    page.push_str("nothing for it.\n\n| column | from | rule | meaning |\n|---|---|---|---|\n");
    for column in &schema.columns {
        let from = column.rule.from().map(|path| format!("`{path}`")).unwrap_or_default();
        let rule = column.rule.explain();
        let _ = writeln!(page, "| {} | {from} | {rule} | {} |", column.name, column.help);
    }
    page.push_str("\nAs a table that `schema_file` takes:\n\n```text\n");
    for column in &schema.columns {
        let _ = writeln!(page, "{}", line(&column.name, &column.rule));
    }
    page.push_str("```\n");
    page
}

/// The column as a line of a table.
fn line(name: &str, rule: &Rule) -> String {
    let mut words = vec![name.to_owned(), rule.name().to_owned()];
    match rule {
        Rule::Constant(text) => words.push(text.clone()),
        _ => words.extend(rule.from().map(ToString::to_string)),
    }
    if let Rule::Text(_, Some(most)) | Rule::Json(_, Some(most)) = rule {
        words.push(most.to_string());
    }
    words.join(" ")
}
