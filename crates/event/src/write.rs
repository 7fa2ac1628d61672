//! Writing an event: untouched spans as they stand, the rest put together anew.

use crate::edit::Doc;
use crate::event::Event;
use crate::member::Member;
use crate::node::Node;
use std::fmt;
use std::ops::Range;
use trailmill_json::{Document, Kind, Literal, Output, Spans, compact_into, quote_into};

impl Node<'_> {
    /// Appends the value as compact JSON: white space between tokens dropped, tokens untouched.
    #[inline]
    pub fn write_into(self, out: &mut Vec<u8>) {
        if self.is_touched() {
            return self.write_touched(out);
        }
        let raw = self.value().raw();
        if self.is_compact() {
            out.extend_from_slice(raw);
        } else {
            compact_into(raw, out);
        }
    }

    /// Recursion ends at the depth limit of records.
    fn write_touched(self, out: &mut Vec<u8>) {
        match self.kind() {
            Kind::Object if self.is_dense() && self.is_as_written() => self.write_longer(out),
            Kind::Object => {
                out.push(b'{');
                match self.is_dense() {
                    true => self.write_members::<true>(out),
                    false => self.write_members::<false>(out),
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

    /// Appends an object without blanks to which members were added, and nothing else was done.
    fn write_longer(self, out: &mut Vec<u8>) {
        let written = self.value().raw();
        let members = written.strip_suffix(b"}").unwrap_or(written);
        out.extend_from_slice(members);
        let mut comma = members.len() > 1;
        self.each_appended(|member| {
            if comma {
                out.push(b',');
            }
            comma = true;
            member.write_into(out);
        });
        out.push(b'}');
    }

    fn write_members<const DENSE: bool>(self, out: &mut Vec<u8>) {
        let (from, text) = (out.len(), self.value().text());
        self.each_member::<DENSE>(|member| {
            if out.len() > from {
                out.push(b',');
            }
            if DENSE && !member.is_changed {
                let span = member.key_start as usize..member.end as usize;
                return out.extend_from_slice(text.get(span).unwrap_or_default());
            }
            out.push(b'"');
            out.extend_from_slice(member.key().raw());
            out.extend_from_slice(b"\":");
            self.event.node(member.id).write_into(out);
        });
    }

    /// Appends the value as a JSON string that holds its compact JSON text.
    #[inline]
    pub fn write_as_text_into(self, out: &mut Vec<u8>) {
        let document = self.event.document(self.doc());
        match self.untouched().filter(|_| self.is_compact()) {
            Some(value) => escape_whole(document, value.raw(), out),
            None => {
                let mut text = Vec::new();
                self.write_into(&mut text);
                escape_whole(document, &text, out);
            }
        }
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

    /// Whether there are no blanks in its text but inside strings.
    #[inline]
    fn is_compact(self) -> bool {
        self.is_dense() || !matches!(self.kind(), Kind::Object | Kind::Array)
    }

    /// Appends the value as compact JSON, in blocks.
    #[inline(always)]
    pub fn write_to(self, out: &mut Output<'_>) {
        if self.is_touched() {
            return out.with(|out| self.write_touched(out));
        }
        if !self.is_compact() {
            return out.with(|out| self.write_into(out));
        }
        let span = self.value().span();
        out.span(self.value().text(), span.start, span.end);
    }

    /// Whether its compact JSON text has no more than `most` bytes.
    #[inline]
    pub fn text_length_is_at_most(self, most: usize) -> bool {
        if most == usize::MAX {
            return true;
        }
        // Compacting makes nothing longer.
        if let Some(value) = self.untouched()
            && value.span().len() <= most
        {
            return true;
        }
        let mut text = Vec::new();
        self.write_into(&mut text);
        text.len() <= most
    }
}

impl Member<'_> {
    /// Appends key and value, the value as compact JSON.
    pub fn write_into(self, out: &mut Vec<u8>) {
        out.push(b'"');
        out.extend_from_slice(self.key().raw());
        out.extend_from_slice(b"\":");
        self.value().write_into(out);
    }
}

/// Appends JSON text without blanks as a JSON string.
#[inline]
fn escape_whole(document: Document<'_>, text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    document.escape_into(text, out);
    out.push(b'"');
}

/// The text of a record, to write pieces of it.
#[derive(Clone, Copy)]
pub struct Written<'e> {
    document: Document<'e>,
    spans: Spans<'e>,
    /// There are no blanks between its tokens.
    dense: bool,
}

impl Event<'_> {
    /// The text that the spans of untouched values are of, to write pieces of it.
    #[inline(always)]
    pub fn written(&self) -> Written<'_> {
        let document = self.document(Doc::Base);
        let spans = Spans::of(document.text());
        Written { document, spans, dense: self.is_dense(Doc::Base) }
    }
}

impl<'e> Written<'e> {
    /// The text.
    #[inline(always)]
    pub fn text(self) -> &'e [u8] {
        self.spans.text()
    }

    /// Its spans, to be appended as they stand.
    #[inline(always)]
    pub fn spans(self) -> Spans<'e> {
        self.spans
    }

    /// Appends `lead` and a piece of the text, such as [`Member::span`] gives, compacted.
    #[inline(always)]
    pub fn write_span_to(self, lead: &Literal, span: Range<usize>, out: &mut Output<'_>) {
        if self.dense {
            out.literal_and_span(lead, self.spans, (span.start, span.end));
        } else {
            out.literal(lead);
            out.with(|out| compact_into(&self.spans.text()[span], out));
        }
    }

    /// Appends the value that is all of a piece as a JSON string that holds its compact JSON text.
    #[inline]
    pub fn write_as_text_into(self, span: Range<usize>, out: &mut Vec<u8>) {
        let text = &self.spans.text()[span];
        if self.dense {
            return escape_whole(self.document, text, out);
        }
        let mut compact = Vec::new();
        compact_into(text, &mut compact);
        escape_whole(self.document, &compact, out);
    }
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} bytes, dense: {})", self.spans.text().len(), self.dense)
    }
}
