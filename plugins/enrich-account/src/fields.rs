//! Which columns of a table are kept, and the names under which tables have them.

/// The names of the column with the account id, without blanks and the like.
const ID_NAMES: &[&str] = &["id", "accountid", "account", "awsaccountid"];

/// The members that are kept unless somebody asks for others, each with the names of its column.
const USUAL: &[(&str, &[&str])] = &[
    ("name", &["name", "accountname"]),
    ("owner", &["owner", "accountowner"]),
    ("environment", &["environment", "env"]),
    ("organizationalUnit", &["organizationalunit", "organizationalunitname", "ou"]),
];

/// What a column is to the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It holds the ids.
    Id,
    /// It holds the values of that field, by its position.
    Field(usize),
    /// Nobody asked for it.
    Unused,
}

/// The members of an account, in the order in which they are written.
#[derive(Debug)]
pub(crate) struct Fields {
    names: Vec<String>,
    /// Whether the user has named them, so that each should be in the table.
    are_given: bool,
}

impl Fields {
    /// The usual ones.
    pub(crate) fn usual() -> Self {
        let names = USUAL.iter().map(|(name, _)| (*name).to_owned()).collect();
        Fields { names, are_given: false }
    }

    /// Those that the user names; the position of a bad one, and what is wrong with it.
    pub(crate) fn given(names: Vec<String>) -> Result<Self, (usize, String)> {
        let mut columns: Vec<Vec<String>> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let known = columns_of(name);
            if known.iter().any(|column| ID_NAMES.contains(&column.as_str())) {
                return Err((at, "the id is always written; leave it out here".to_owned()));
            }
            if known == [""] || ["actor", "known"].contains(&name.as_str()) {
                return Err((at, format!("`{name}` can not be the name of a member here")));
            }
            if columns.iter().flatten().any(|other| known.contains(other)) {
                return Err((at, format!("`{name}` is named twice")));
            }
            columns.push(known);
        }
        Ok(Fields { names, are_given: true })
    }

    /// The names of the members.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// What a column of that name is.
    pub(crate) fn role(&self, column: &str) -> Role {
        let column = plain(column);
        if ID_NAMES.contains(&column.as_str()) {
            return Role::Id;
        }
        let field = self.names.iter().position(|name| columns_of(name).contains(&column));
        field.map_or(Role::Unused, Role::Field)
    }

    /// The first field that the user asked for and no column holds; `columns` are all there are.
    pub(crate) fn missing<'f>(&'f self, columns: &[String]) -> Option<(usize, &'f str)> {
        let is_there = |at| columns.iter().any(|column| self.role(column) == Role::Field(at));
        let missing = (0..self.names.len()).find(|&at| !is_there(at));
        missing.filter(|_| self.are_given).map(|at| (at, self.names[at].as_str()))
    }
}

/// The names, in plain letters, of the columns that may hold a member.
fn columns_of(name: &str) -> Vec<String> {
    let own = plain(name);
    match USUAL.iter().find(|(_, columns)| columns.contains(&own.as_str())) {
        Some((_, columns)) => columns.iter().map(|column| (*column).to_owned()).collect(),
        None => vec![own],
    }
}

/// A name in small letters without blanks, hyphens and underscores: `Cost Center`, `cost_center`
/// and `costCenter` are one.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| ![' ', '-', '_'].contains(letter));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_under_many_names() {
        let fields = Fields::usual();
        let cases = [
            ("Account ID", Role::Id),
            ("id", Role::Id),
            ("Account Name", Role::Field(0)),
            ("ENV", Role::Field(2)),
            ("organizational_unit", Role::Field(3)),
            ("OU", Role::Field(3)),
            ("Cost Center", Role::Unused),
        ];
        for (column, role) in cases {
            assert_eq!(fields.role(column), role, "{column}");
        }
        let fields = Fields::given(vec!["costCenter".into(), "ou".into()]).unwrap();
        assert_eq!(fields.role("Cost Center"), Role::Field(0));
        assert_eq!(fields.role("organizationalUnit"), Role::Field(1));
        assert_eq!(fields.role("name"), Role::Unused);
    }

    #[test]
    fn bad_lists_are_refused() {
        let given = |names: &[&str]| Fields::given(names.iter().map(|&n| n.to_owned()).collect());
        let error = |names| given(names).unwrap_err();
        let id = "the id is always written; leave it out here";
        assert_eq!(error(&["name", "accountId"]), (1, id.to_owned()));
        assert_eq!(error(&["env", "Environment"]), (1, "`Environment` is named twice".to_owned()));
        let unfit = "`actor` can not be the name of a member here";
        assert_eq!(error(&["actor"]), (0, unfit.to_owned()));
        assert_eq!(error(&["- "]).0, 0);
        assert!(given(&[]).is_ok());
    }
}
