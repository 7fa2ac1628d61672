//! The descriptor of the plugin, with the vocabulary and examples.

use crate::accounts::Accounts;
use crate::fields::Fields;
use crate::stage::EnrichAccount;
use crate::table::{self, Table, told};
use serde::Deserialize;
use serde_json::{Map, Value};
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-account`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-account",
    summary: "Names the accounts of an event: name, owner, environment, organizational unit.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Adds the object `enrichment.account`. It is about the account that the event was delivered to, \
`recipientAccountId`; where `userIdentity.accountId` is another, its member `actor` is an object \
of the same shape about that one. A member that is not known is absent, never null or empty:

| member | what it says |
|---|---|
| `id` | the account id, as text of 12 digits |
| `name`, `owner`, `environment`, `organizationalUnit` | what the table says |
| others that `fields` names | what the table says; from JSON a value of any kind |
| `known` | `false` for an account in no table, if `unknown` is `mark` |
| `actor` | the account of who acted, if it is another one |

`table` names a file, read once at the start, in one of these forms:

- CSV (RFC 4180, with commas) with a first line of column names.
- JSON: a list of objects, or an object by account id whose values are objects or just names.
- JSON as `aws organizations list-accounts` prints it. The member names of AWS can be asked for: \
`fields: [name, email, state]`.

Case, blanks, hyphens and underscores in column names do not matter. The id is in the column `id`, \
`account` or `account id`; the name also in `account name`, the environment in `env`, the \
organizational unit in `ou`. An id is text of 12 digits: a spreadsheet that takes it for a number \
drops the zeros that it begins with, which is an error in CSV. A JSON number is filled up with \
zeros to 12 digits. An account that is there twice is an error.

An `enrichment` that is no object (null counts as absent) is the fault `account-in-the-way`.";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "table",
        kind: "path",
        default: "none",
        summary: "The file with the accounts, relative to the pipeline file.",
    },
    OptionSpec {
        name: "accounts",
        kind: "map of ids to names or to maps of members",
        default: "none",
        summary: "Accounts that stand in the pipeline file itself, instead of a table or with it.",
    },
    OptionSpec {
        name: "fields",
        kind: "list of names",
        default: r#"["name", "owner", "environment", "organizationalUnit"]"#,
        summary: "The columns to keep, under the names to write; a name given here must be there.",
    },
    OptionSpec {
        name: "unknown",
        kind: "one of omit, mark",
        default: "omit",
        summary: "Whether an account in no table is left out or gets `known: false`.",
    },
];

const EXAMPLES: &[Example] = &[
    Example {
        title: "See at a glance that it was production",
        settings: r#"{"accounts": {"111122223333": {"name": "shop", "owner": "team-shop",
            "environment": "production", "organizationalUnit": "Workloads"}}}"#,
        before: r#"{"eventName": "DeleteBucket", "recipientAccountId": "111122223333",
            "userIdentity": {"accountId": "111122223333"}}"#,
        after: After::Event(concat!(
            r#"{"eventName":"DeleteBucket","recipientAccountId":"111122223333","#,
            r#""userIdentity":{"accountId":"111122223333"},"#,
            r#""enrichment":{"account":{"id":"111122223333","name":"shop","#,
            r#""owner":"team-shop","environment":"production","#,
            r#""organizationalUnit":"Workloads"}}}"#,
        )),
    },
    Example {
        title: "Name the account that somebody came from",
        settings: r#"{"accounts": {"111122223333": "shop", "000011112222": "build"}}"#,
        before: r#"{"eventName": "AssumeRole", "recipientAccountId": "111122223333",
            "userIdentity": {"type": "AWSAccount", "accountId": "000011112222"}}"#,
        after: After::Event(concat!(
            r#"{"eventName":"AssumeRole","recipientAccountId":"111122223333","#,
            r#""userIdentity":{"type":"AWSAccount","accountId":"000011112222"},"#,
            r#""enrichment":{"account":{"id":"111122223333","name":"shop","#,
            r#""actor":{"id":"000011112222","name":"build"}}}}"#,
        )),
    },
    Example {
        title: "Find access from accounts that nobody knows",
        settings: r#"{"accounts": {"111122223333": "shop"}, "unknown": "mark"}"#,
        before: r#"{"eventName": "AssumeRole", "recipientAccountId": "111122223333",
            "userIdentity": {"type": "AWSAccount", "accountId": "999988887777"}}"#,
        after: After::Event(concat!(
            r#"{"eventName":"AssumeRole","recipientAccountId":"111122223333","#,
            r#""userIdentity":{"type":"AWSAccount","accountId":"999988887777"},"#,
            r#""enrichment":{"account":{"id":"111122223333","name":"shop","#,
            r#""actor":{"id":"999988887777","known":false}}}}"#,
        )),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: r#"{"accounts": {"111122223333": "shop"}}"#,
        before: r#"{"recipientAccountId": "111122223333", "enrichment": "of another kind"}"#,
        after: After::Fault("account-in-the-way"),
    },
];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    table: Option<String>,
    accounts: Map<String, Value>,
    fields: Option<Vec<String>>,
    unknown: Unknown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unknown {
    #[default]
    Omit,
    Mark,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let fields = match options.fields {
        None => Fields::usual(),
        Some(names) => Fields::given(names)
            .map_err(|(at, message)| SettingsError::new(&format!("fields[{at}]"), message))?,
    };
    let of_table = match &options.table {
        None => Table::default(),
        Some(path) => of_table(path, &fields, resources)?,
    };
    let own = match options.accounts.is_empty() {
        true => Table::default(),
        false => own(options.accounts, &fields)?,
    };
    let accounts = joined(of_table, own, &fields)?;
    Ok(Box::new(EnrichAccount::new(accounts, options.unknown == Unknown::Mark)))
}

fn of_table(
    path: &str,
    fields: &Fields,
    resources: &dyn Resources,
) -> Result<Table, SettingsError> {
    let table = resources.file(path).and_then(|bytes| table::of_file(path, &bytes, fields));
    table.map_err(|message| SettingsError::new("table", message))
}

/// The accounts that stand in the settings.
fn own(accounts: Map<String, Value>, fields: &Fields) -> Result<Table, SettingsError> {
    let text = Value::Object(accounts).to_string();
    let table = table::of_settings(text.as_bytes(), fields);
    table.map_err(|message| SettingsError::new("accounts", message))
}

/// All accounts, those of the file and those of the settings.
fn joined(of_table: Table, own: Table, fields: &Fields) -> Result<Accounts, SettingsError> {
    if of_table.accounts.is_empty() && own.accounts.is_empty() {
        let message = "no accounts; name a file with `table`, or write them under `accounts`";
        return Err(SettingsError::new("", message));
    }
    let find = |id| of_table.accounts.binary_search_by_key(id, |(known, _)| *known);
    if let Some((id, _)) = own.accounts.iter().find(|(id, _)| find(id).is_ok()) {
        let message = format!("account {id} is in the table already; keep one of the two");
        return Err(SettingsError::new("accounts", message));
    }
    let columns = [of_table.columns, own.columns].concat();
    if let Some((at, name)) = fields.missing(&columns) {
        let message = format!("no account has `{name}`; there is only {}", told(&columns));
        return Err(SettingsError::new(&format!("fields[{at}]"), message));
    }
    Ok(Accounts::new(of_table.accounts.into_iter().chain(own.accounts).collect()))
}
