//! JSON settings: a strict recursive reader that keeps places.

use super::place::Places;
use super::{Entry, NESTING_MAX, Node, TreeError, Value, map_of, number};

pub(super) fn parse(text: &str) -> Result<Node, TreeError> {
    let mut reader = Reader { text, offset: 0, depth: 0, places: Places::new(text) };
    let root = reader.node()?;
    reader.skip_space();
    match reader.rest().is_empty() {
        true => Ok(root),
        false => Err(reader.error("expected the end of the file after the value")),
    }
}

struct Reader<'t> {
    text: &'t str,
    offset: usize,
    depth: usize,
    places: Places<'t>,
}

impl<'t> Reader<'t> {
    fn node(&mut self) -> Result<Node, TreeError> {
        self.skip_space();
        let at = self.places.at(self.offset);
        let value = match self.rest().bytes().next() {
            Some(b'{') => self.nested(Self::map)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { value, at })
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, TreeError>,
    ) -> Result<Value, TreeError> {
        if self.depth == NESTING_MAX {
            return Err(TreeError::too_deep(self.places.at(self.offset)));
        }
        self.depth += 1;
        self.offset += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, TreeError> {
        let mut items = Vec::new();
        if !self.take(']') {
            loop {
                items.push(self.node()?);
                if self.take(']') {
                    break;
                }
                self.expect(',', "expected `,` or `]`")?;
            }
        }
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Result<Value, TreeError> {
        let mut entries = Vec::new();
        if !self.take('}') {
            loop {
                entries.push(self.entry()?);
                if self.take('}') {
                    break;
                }
                self.expect(',', "expected `,` or `}`")?;
            }
        }
        map_of(entries)
    }

    fn entry(&mut self) -> Result<Entry, TreeError> {
        self.skip_space();
        let key_at = self.places.at(self.offset);
        if !self.rest().starts_with('"') {
            return Err(self.error("expected a key in double quotes"));
        }
        let key = self.string()?;
        self.expect(':', "expected `:` after the key")?;
        Ok(Entry { key, key_at, value: self.node()? })
    }

    /// Reads the string that begins here. Escapes are left to `serde_json`; all that must be
    /// known before is where the string ends.
    fn string(&mut self) -> Result<String, TreeError> {
        let rest = self.rest();
        let mut bytes = rest.bytes().enumerate().skip(1);
        let end = loop {
            match bytes.next() {
                Some((_, b'\\')) => drop(bytes.next()),
                Some((end, b'"')) => break end + 1,
                Some((_, b'\n')) | None => {
                    return Err(self.error("this string has no closing quote on its line"));
                }
                Some(_) => {}
            }
        };
        let string = serde_json::from_str(&rest[..end]).map_err(|error| {
            // The messages of `serde_json` end in a place that counts from this string on.
            let message = error.to_string();
            let reason = message.split(" at line").next().unwrap_or_default();
            self.error(&format!("this string is not valid JSON: {reason}"))
        })?;
        self.offset += end;
        Ok(string)
    }

    fn number(&mut self) -> Result<Value, TreeError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        let text = &rest[..end.unwrap_or(rest.len())];
        let value = match text {
            _ if !is_number(text) => Err("this is not a number as JSON writes them"),
            _ if text.contains(['.', 'e', 'E']) => number::float(text),
            _ => number::integer(text, 10),
        };
        let value = value.map_err(|message| self.error(message))?;
        self.offset += text.len();
        Ok(value)
    }

    fn word(&mut self) -> Result<Value, TreeError> {
        let words =
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        match words.into_iter().find(|(word, _)| *word == &rest[..end]) {
            Some((word, value)) => {
                self.offset += word.len();
                Ok(value)
            }
            None if rest.starts_with(['/', '#']) => Err(self.error("JSON has no comments")),
            None => Err(self.error("expected a value")),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.offset..]
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Skips white space and then `wanted`, if it is there.
    fn take(&mut self, wanted: char) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(wanted);
        self.offset += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char, message: &str) -> Result<(), TreeError> {
        match self.take(wanted) {
            true => Ok(()),
            false => Err(self.error(message)),
        }
    }

    /// An error at the character to be read next.
    fn error(&mut self, message: &str) -> TreeError {
        TreeError::new(self.places.at(self.offset), message)
    }
}

/// Whether the text is a number by the grammar of RFC 8259, section 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}
