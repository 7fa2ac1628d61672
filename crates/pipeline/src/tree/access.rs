//! Reading a tree: typed getters whose errors are located, paths, and the way to `serde_json`.

use super::{Entry, Node, Place, TreeError, Value};
use serde_json::Value as Json;

/// One step of a path into a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'p> {
    /// To the value of this key.
    Key(&'p str),
    /// To this element of a list, from 0.
    Index(usize),
}

/// Where the node at the end of `path` stands, or its deepest ancestor that exists.
pub fn locate(root: &Node, path: &[Step<'_>]) -> Place {
    let mut node = root;
    for step in path {
        let next = match (*step, &node.value) {
            (Step::Key(key), _) => node.get(key),
            (Step::Index(index), Value::List(items)) => items.get(index),
            (Step::Index(_), _) => None,
        };
        match next {
            Some(child) => node = child,
            None => break,
        }
    }
    node.at
}

impl Node {
    /// An error at this node.
    pub fn error(&self, message: impl Into<String>) -> TreeError {
        TreeError::new(self.at, message)
    }

    /// The value of `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The text of a string. Numbers and booleans are not taken for strings.
    ///
    /// # Errors
    /// If it is none; for a number or boolean with the advice to quote it.
    pub fn as_str(&self) -> Result<&str, TreeError> {
        match &self.value {
            Value::String(text) => Ok(text),
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {
                let found = self.value.kind();
                Err(self.error(format!("expected a string, found {found}; quote it")))
            }
            _ => Err(self.expected("a string")),
        }
    }

    /// A boolean.
    ///
    /// # Errors
    /// If it is none.
    pub fn as_bool(&self) -> Result<bool, TreeError> {
        match self.value {
            Value::Bool(flag) => Ok(flag),
            _ => Err(self.expected("true or false")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// If it is none; `1.0` is none either.
    pub fn as_i64(&self) -> Result<i64, TreeError> {
        match self.value {
            Value::Integer(number) => Ok(number),
            _ => Err(self.expected("a whole number")),
        }
    }

    /// A whole number from 0 to `i64::MAX`.
    ///
    /// # Errors
    /// If it is none.
    pub fn as_u64(&self) -> Result<u64, TreeError> {
        u64::try_from(self.as_i64()?)
            .map_err(|_| self.error("expected a whole number from 0 up, found a negative one"))
    }

    /// A number; an integer is taken too and rounded to the nearest `f64`.
    ///
    /// # Errors
    /// If it is none.
    pub fn as_f64(&self) -> Result<f64, TreeError> {
        match self.value {
            Value::Integer(number) => Ok(number as f64),
            Value::Float(number) => Ok(number),
            _ => Err(self.expected("a number")),
        }
    }

    /// The elements of a list.
    ///
    /// # Errors
    /// If it is none.
    pub fn as_list(&self) -> Result<&[Node], TreeError> {
        match &self.value {
            Value::List(items) => Ok(items),
            _ => Err(self.expected("a list")),
        }
    }

    /// The entries of a map.
    ///
    /// # Errors
    /// If it is none.
    pub fn as_map(&self) -> Result<&[Entry], TreeError> {
        match &self.value {
            Value::Map(entries) => Ok(entries),
            _ => Err(self.expected("a map")),
        }
    }

    /// The same value without places.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::from(*flag),
            Value::Integer(number) => Json::from(*number),
            Value::Float(number) => Json::from(*number),
            Value::String(text) => Json::from(text.as_str()),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }

    fn expected(&self, wanted: &str) -> TreeError {
        self.error(format!("expected {wanted}, found {}", self.value.kind()))
    }
}

impl Value {
    /// What this is, as error messages name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a decimal number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}
