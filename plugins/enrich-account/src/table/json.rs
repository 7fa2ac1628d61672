//! Tables as JSON: an object by id, a list, or the answer of `ListAccounts`.

use super::TableError;
use super::rows::{Rows, no_id};
use crate::account_id::AccountId;
use crate::fields::{Fields, Role};
use trailmill_stage::event::json::{Index, Kind, Value, compact_into, quote_into};

/// How many brackets may be open in a table. What is in it goes into records, which have a depth
/// of their own to keep to.
const DEPTH_MAX: usize = 16;

/// Reads the accounts of a table.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn read<'f>(text: &[u8], fields: &'f Fields) -> Result<Rows<'f>, TableError> {
    let mut index = Index::new().with_depth_max(DEPTH_MAX);
    let root = parse(&mut index, text)?;
    match root.get("Accounts").filter(|list| list.kind() == Kind::Array) {
        Some(list) => {
            check_whole(root)?;
            of_list(list, fields)
        }
        None if root.kind() == Kind::Array => of_list(root, fields),
        None => of_object(root, fields),
    }
}

/// Reads an object of accounts by their ids.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn read_by_id<'f>(text: &[u8], fields: &'f Fields) -> Result<Rows<'f>, TableError> {
    let mut index = Index::new().with_depth_max(DEPTH_MAX);
    of_object(parse(&mut index, text)?, fields)
}

fn parse<'a>(index: &'a mut Index, text: &'a [u8]) -> Result<Value<'a>, TableError> {
    index.parse(text).map_err(|error| {
        TableError::new(error.offset, format!("not JSON: {}", error.kind.message()))
    })
}

/// ListAccounts answers with some of the accounts and a token for the rest (API reference of
/// Organizations); the command line asks for the rest unless it was told not to.
fn check_whole(root: Value<'_>) -> Result<(), TableError> {
    match root.get("NextToken").filter(|token| token.kind() != Kind::Null) {
        None => Ok(()),
        Some(token) => {
            let message = "the list ends before the last account (`NextToken`); run `aws \
                           organizations list-accounts` without --max-items and --no-paginate";
            Err(TableError::new(token.span().start, message))
        }
    }
}

/// Reads a list of accounts that name their ids themselves.
fn of_list<'f>(list: Value<'_>, fields: &'f Fields) -> Result<Rows<'f>, TableError> {
    let mut rows = Rows::new(fields);
    for account in list.elements() {
        let offset = account.span().start;
        if account.kind() != Kind::Object {
            return Err(TableError::new(offset, "an account is an object of its members"));
        }
        let values = values(account, &mut rows)?;
        let Some(id) = values.id else {
            let message = "an account without `id` (or `accountId`, `account`)";
            return Err(TableError::new(offset, message));
        };
        rows.add(id, offset, &values.list);
    }
    Ok(rows)
}

/// Reads an object of accounts by their ids; an account may be no more than its name.
fn of_object<'f>(object: Value<'_>, fields: &'f Fields) -> Result<Rows<'f>, TableError> {
    let mut rows = Rows::new(fields);
    for member in object.members() {
        let (key, account) = (member.key().decode(), member.value());
        let offset = member.span().start;
        let id = AccountId::read(key.as_bytes());
        let id = id.ok_or_else(|| TableError::new(offset, no_id(&key)))?;
        let list = match account.kind() {
            Kind::Object => values(account, &mut rows)?.of(id, offset)?,
            Kind::String => name_only(account, &mut rows),
            _ => {
                let message = format!("account {id} is neither a name nor an object");
                return Err(TableError::new(offset, message));
            }
        };
        rows.add(id, offset, &list);
    }
    Ok(rows)
}

/// What one account says.
struct Values {
    id: Option<AccountId>,
    list: Vec<Option<Vec<u8>>>,
}

impl Values {
    /// The values, of an account of that id.
    fn of(self, id: AccountId, offset: usize) -> Result<Vec<Option<Vec<u8>>>, TableError> {
        match self.id.is_none_or(|own| own == id) {
            true => Ok(self.list),
            false => Err(TableError::new(offset, format!("account {id} has another id inside"))),
        }
    }
}

fn values(account: Value<'_>, rows: &mut Rows<'_>) -> Result<Values, TableError> {
    let mut values = Values { id: None, list: rows.blank() };
    let mut seen: Vec<(Role, String)> = Vec::new();
    for member in account.members() {
        let (name, value) = (member.key().decode(), member.value());
        let role = rows.column(&name);
        let offset = member.span().start;
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == role) {
            let message = format!("`{first}` and `{name}` of an account mean the same; rename one");
            return Err(TableError::new(offset, message));
        }
        match role {
            Role::Unused => continue,
            Role::Id => values.id = Some(id(value)?),
            Role::Field(at) => values.list[at] = written(value),
        }
        seen.push((role, name.into_owned()));
    }
    Ok(values)
}

fn name_only(name: Value<'_>, rows: &mut Rows<'_>) -> Vec<Option<Vec<u8>>> {
    let mut list = rows.blank();
    if let Role::Field(at) = rows.column("name") {
        list[at] = written(name);
    }
    list
}

/// An id as text, or as a number, which has lost the zeros that it may begin with.
fn id(value: Value<'_>) -> Result<AccountId, TableError> {
    let text = value.as_string().map(|text| text.decode());
    let id = match (&text, value.kind()) {
        (Some(text), _) => AccountId::read(text.as_bytes()),
        (None, Kind::Number) => AccountId::read_number(value.raw()),
        _ => None,
    };
    let shown = || text.unwrap_or_else(|| String::from_utf8_lossy(value.raw()));
    id.ok_or_else(|| TableError::new(value.span().start, no_id(&shown())))
}

/// A value as it is written; what is empty is left out.
fn written(value: Value<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match value.as_string().map(|text| text.decode()) {
        Some(text) if text.trim().is_empty() => return None,
        Some(text) => quote_into(text.trim(), &mut out),
        None if value.kind() == Kind::Null => return None,
        None => compact_into(value.raw(), &mut out),
    }
    Some(out)
}
