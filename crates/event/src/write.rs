//! Writing an event: untouched spans as they stand, the rest put together anew.

use crate::node::Node;
use trailmill_json::{Kind, append_span, compact_into, quote_into};

impl Node<'_> {
    /// Appends the value as compact JSON: white space between tokens dropped, tokens untouched.
    #[inline]
    pub fn write_into(self, out: &mut Vec<u8>) {
        if self.is_touched() {
            return self.write_touched(out);
        }
        let value = self.value();
        let text = self.event.document(self.doc).text();
        let span = value.span();
        if self.event.is_dense(self.doc) || !matches!(value.kind(), Kind::Object | Kind::Array) {
            append_span(out, text, span.start, span.end);
        } else {
            compact_into(&text[span], out);
        }
    }

    /// Recursion ends at the depth limit of records.
    fn write_touched(self, out: &mut Vec<u8>) {
        match self.kind() {
            Kind::Object => {
                out.push(b'{');
                for (position, member) in self.members().enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    out.push(b'"');
                    out.extend_from_slice(member.key().raw());
                    out.extend_from_slice(b"\":");
                    member.value().write_into(out);
                }
                out.push(b'}');
            }
            Kind::Array => {
                out.push(b'[');
                for (position, element) in self.elements().enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    element.write_into(out);
                }
                out.push(b']');
            }
            _ => out.extend_from_slice(self.value().raw()),
        }
    }

    /// Appends the value as a JSON string that holds its compact JSON text.
    #[inline]
    pub fn write_as_text_into(self, out: &mut Vec<u8>) {
        out.push(b'"');
        match self.untouched().filter(|_| self.event.is_dense(self.doc)) {
            Some(value) => trailmill_json::escape_into(value.raw(), out),
            None => {
                let mut text = Vec::new();
                self.write_into(&mut text);
                trailmill_json::escape_into(&text, out);
            }
        }
        out.push(b'"');
    }

    /// Appends the value as a JSON string: a string as it stands, anything else as its JSON text.
    pub fn write_as_string_into(self, out: &mut Vec<u8>) {
        match self.kind() {
            Kind::String => self.write_into(out),
            Kind::Null | Kind::Bool | Kind::Number => {
                quote_into(&String::from_utf8_lossy(self.value().raw()), out);
            }
            Kind::Array | Kind::Object => self.write_as_text_into(out),
        }
    }
}
