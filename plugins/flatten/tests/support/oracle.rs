//! What the row of a record must be, worked out again on a tree of another parser.

use super::mill::{COLLECTED_AT, LOGS_TIME};
use super::text;
use serde_json::{Map, Value};

/// How a cell comes to be.
enum From {
    Date,
    TimeOfDay,
    Text(&'static str),
    /// Text of at most so many bytes.
    Short(&'static str, usize),
    /// JSON text of at most so many bytes.
    Json(&'static str, usize),
    Identity(&'static str),
    Always(&'static str),
    Rest,
}

/// The columns, in their order.
const COLUMNS: &[(&str, From)] = &[
    ("DATE", From::Date),
    ("TIME", From::TimeOfDay),
    ("SYSTEM", From::Text("eventSource")),
    ("TABLE", From::Always("AWSCloudTrailLog")),
    ("COLLECTIONDATETIME", From::Always(COLLECTED_AT)),
    ("CWLDATETIME", From::Always(LOGS_TIME.1)),
    ("DATETIME", From::Text("eventTime")),
    ("AWSREGION", From::Text("awsRegion")),
    ("EVENTCATEGORY", From::Text("eventCategory")),
    ("EVENTID", From::Text("eventID")),
    ("EVENTNAME", From::Text("eventName")),
    ("EVENTTYPE", From::Text("eventType")),
    ("RECIPIENTACCOUNTID", From::Text("recipientAccountId")),
    ("REQUESTID", From::Text("requestID")),
    ("REQUESTPARAMETERS", From::Json("requestParameters", 102_400)),
    ("RESPONSEELEMENTS", From::Json("responseElements", 102_400)),
    ("SRCADDR", From::Text("sourceIPAddress")),
    ("USERAGENT", From::Short("userAgent", 1024)),
    ("USERACCESSKEYID", From::Identity("accessKeyId")),
    ("USERAID", From::Identity("accountId")),
    ("USERARN", From::Identity("arn")),
    ("USERNAME", From::Identity("userName")),
    ("USERPID", From::Identity("principalId")),
    ("USERTYPE", From::Identity("type")),
    ("SNAREDATAMAP", From::Rest),
];

/// The names of the columns.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name)
}

/// Checks what holds for every row: columns, types, a compact text.
pub(crate) fn check_shape(row: &str) -> Map<String, Value> {
    assert_eq!(text::compact(row), row, "a row without blanks");
    let names: Vec<&str> = text::members(row).iter().map(|(name, _)| *name).collect();
    let wanted: Vec<String> = columns().map(|name| format!("\"{name}\"")).collect();
    assert_eq!(names, wanted, "the columns");
    let Ok(Value::Object(row)) = serde_json::from_str(row) else { panic!("no JSON object: {row}") };
    for (name, cell) in &row {
        match name.as_str() {
            "SNAREDATAMAP" => assert!(cell.is_object(), "{name}"),
            _ => assert!(cell.is_string() || cell.is_null(), "{name}"),
        }
    }
    row
}

/// Checks a row cell by cell. The record has no two members of one name.
pub(crate) fn check(record: &str, row: &str) {
    let row = check_shape(row);
    let Ok(Value::Object(mut rest)) = serde_json::from_str(record) else { panic!("no record") };
    let mut expected: Map<String, Value> = Map::new();
    for (name, from) in COLUMNS {
        let cell = cell(from, &rest, record);
        expected.insert((*name).to_owned(), cell.unwrap_or(Value::Null));
    }
    take_claimed(&mut rest);
    expected.insert("SNAREDATAMAP".to_owned(), Value::Object(rest));
    for (name, cell) in expected {
        // As text, so that the order of members counts.
        assert_eq!(row[&name].to_string(), cell.to_string(), "{name} of {record}");
    }
}

fn cell(from: &From, record: &Map<String, Value>, text: &str) -> Option<Value> {
    let text_of = |value: &Value| value.as_str().map(str::to_owned);
    let cell = match from {
        From::Date => utc(record)?.0,
        From::TimeOfDay => utc(record)?.1,
        From::Text(name) => text_of(record.get(*name)?)?,
        From::Short(name, most) => cut(text_of(record.get(*name)?)?, *most),
        From::Json(name, most) => json(record.get(*name)?, raw(text, name)?, *most)?,
        From::Identity(name) => text_of(record.get("userIdentity")?.get(name)?)?,
        From::Always(text) => (*text).to_owned(),
        From::Rest => return None,
    };
    Some(Value::String(cell))
}

/// Date and time of day of the event, by way of a library.
fn utc(record: &Map<String, Value>) -> Option<(String, String)> {
    let text = record.get("eventTime")?.as_str()?;
    let time: jiff::Timestamp = text.parse().ok()?;
    Some((time.strftime("%Y-%m-%d").to_string(), time.strftime("%H:%M:%S").to_string()))
}

fn json(value: &Value, raw: &str, most: usize) -> Option<String> {
    let text = text::compact(raw);
    match value {
        Value::Null => None,
        _ if text.len() > most => Some(cut(text, most)),
        // A string stands for itself, unless it would be taken for something else.
        Value::String(string) if !is_json(string) => Some(string.clone()),
        _ => Some(text),
    }
}

/// Whether a text is JSON, with numbers of any size.
pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn cut(text: String, most: usize) -> String {
    const MARK: &str = "...[cut]";
    if text.len() <= most {
        return text;
    }
    let fits = |&(at, _): &(usize, char)| at <= most - MARK.len();
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, _)| at);
    format!("{}{MARK}", &text[..end])
}

/// The text of a top-level member's value.
fn raw<'t>(record: &'t str, name: &str) -> Option<&'t str> {
    let members = text::members(record).into_iter();
    let is_it = |key: &str| serde_json::from_str::<String>(key).is_ok_and(|key| key == name);
    members.filter(|(key, _)| is_it(key)).map(|(_, value)| value).next_back()
}

/// Takes out of a record what columns hold whole, and what is null there.
fn take_claimed(rest: &mut Map<String, Value>) {
    rest.retain(|name, value| {
        let column = COLUMNS.iter().find(|(_, from)| match from {
            From::Text(from) | From::Short(from, _) | From::Json(from, _) => from == name,
            _ => false,
        });
        match column {
            None => true,
            Some(_) if value.is_null() => false,
            Some((_, From::Json(_, most))) => text_len(value) > *most || seems_cut(value, *most),
            Some((_, From::Short(_, most))) => {
                value.as_str().is_none_or(|text| text.len() > *most) || seems_cut(value, *most)
            }
            Some(_) => !value.is_string(),
        }
    });
    if let Some(Value::Object(identity)) = rest.get_mut("userIdentity") {
        let claims = |name: &str| {
            COLUMNS.iter().any(|(_, from)| matches!(from, From::Identity(from) if *from == name))
        };
        let gone = |name: &str, value: &Value| claims(name) && value.is_string();
        let shows = identity.iter().any(|(name, value)| gone(name, value));
        identity.retain(|name, value| !(claims(name) && (value.is_string() || value.is_null())));
        if shows && identity.is_empty() {
            rest.shift_remove("userIdentity");
        }
    }
}

/// Whether a text ends like one that was cut and is as long, so that it must not be taken for one.
fn seems_cut(value: &Value, most: usize) -> bool {
    value.as_str().is_some_and(|text| text.ends_with("...[cut]") && text.len() + 4 > most)
}

/// About the length of a value's text: records near a limit are of the tests' own making, and
/// written as this parser writes them.
fn text_len(value: &Value) -> usize {
    value.to_string().len()
}
