//! The descriptor of the plugin.

use crate::row::Flatten;
use crate::schema::{SCHEMAS, Schema};
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `flatten`.
pub const SPEC: StageSpec = StageSpec {
    name: "flatten",
    summary: "Turns a record into the row of a schema.",
    details: DETAILS,
    options: &[
        OptionSpec {
            name: "schema",
            kind: "one of snare",
            default: "snare",
            summary: "The table that says which column comes from where.",
        },
        OptionSpec {
            name: "schema_file",
            kind: "path",
            default: "none",
            summary: "A table of your own, in place of `schema`.",
        },
    ],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
What no column claims goes, with its nesting, into the column that takes the rest, so that \
`trailmill unflatten` gives the record back. Columns have one type whatever the record holds: a \
value of another kind than the column wants stays in the rest.

A table of your own is a text file with a line for each column: its name, a rule (`date`, \
`time-of-day`, `time`, `text`, `json`, `constant`, `collected-at`, `logs-time`, `rest`), the path \
or the constant, and for `text` and `json` the most bytes of a cell.";

const EXAMPLES: &[Example] = &[Example {
    title: "Turn a record into the 25 columns of Snare",
    settings: r#"{"schema": "snare"}"#,
    before: r#"{"eventVersion": "1.08", "userIdentity": {"type": "IAMUser", "userName": "alice",
            "sessionContext": {}}, "eventTime": "2024-02-12T06:00:00Z",
            "eventSource": "iam.amazonaws.com", "eventName": "GetUser",
            "requestParameters": {"userName": "bob"}, "responseElements": null}"#,
    after: After::Event(concat!(
        r#"{"DATE":"2024-02-12","TIME":"06:00:00","SYSTEM":"iam.amazonaws.com","#,
        r#""TABLE":"AWSCloudTrailLog","COLLECTIONDATETIME":null,"CWLDATETIME":null,"#,
        r#""DATETIME":"2024-02-12T06:00:00Z","AWSREGION":null,"EVENTCATEGORY":null,"#,
        r#""EVENTID":null,"EVENTNAME":"GetUser","EVENTTYPE":null,"RECIPIENTACCOUNTID":null,"#,
        r#""REQUESTID":null,"REQUESTPARAMETERS":"{\"userName\":\"bob\"}","#,
        r#""RESPONSEELEMENTS":null,"SRCADDR":null,"USERAGENT":null,"USERACCESSKEYID":null,"#,
        r#""USERAID":null,"USERARN":null,"USERNAME":"alice","USERPID":null,"#,
        r#""USERTYPE":"IAMUser","SNAREDATAMAP":{"eventVersion":"1.08","#,
        r#""userIdentity":{"sessionContext":{}}}}"#,
    )),
}];

/// The options as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    schema: Option<String>,
    schema_file: Option<String>,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let schema = match (&options.schema, &options.schema_file) {
        (Some(_), Some(_)) => {
            return Err(SettingsError::new("schema_file", "give either this or `schema`"));
        }
        (None, Some(path)) => from_file(path, resources)?,
        (name, None) => named(name.as_deref().unwrap_or("snare"))?,
    };
    Ok(Box::new(Flatten::new(schema)))
}

fn named(name: &str) -> Result<Schema, SettingsError> {
    match SCHEMAS.iter().find(|(known, _)| *known == name) {
        Some((_, schema)) => Ok(schema()),
        None => {
            let known: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).collect();
            let message = format!("no schema `{name}`; there is {}", known.join(", "));
            Err(SettingsError::new("schema", message))
        }
    }
}

fn from_file(path: &str, resources: &dyn Resources) -> Result<Schema, SettingsError> {
    let fail = |message: String| SettingsError::new("schema_file", message);
    let bytes = resources.file(path).map_err(fail)?;
    let text = String::from_utf8(bytes).map_err(|_| fail(format!("`{path}` is not UTF-8")))?;
    text.parse().map_err(|error| fail(format!("`{path}`: {error}")))
}
