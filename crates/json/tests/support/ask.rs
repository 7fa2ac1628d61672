//! Every question that an index can be asked, whatever its tokens are worth.

use trailmill_json::{Document, Value};

/// Asks everything that can be asked of a value and what it leads to.
fn ask(value: Value<'_>, text: &[u8]) {
    let span = value.span();
    assert!(span.start <= span.end && span.end <= text.len());
    let _ = (value.kind(), value.as_bool(), value.as_i64(), value.get("a"), value.element(3));
    let _ = format!("{value:?}");
    assert!(value.token_behind() > value.token());
    if let Some(string) = value.as_string() {
        assert!(string.decode().len() <= text.len() * 3);
        string.is("a");
    }
    for element in value.elements() {
        assert!(element.token() > value.token());
        assert!(element.raw().len() <= text.len());
    }
    value.each_member::<false>(|member| assert!(member.key().raw().len() <= text.len()));
    value.each_member::<true>(|member| assert!(member.key().raw().len() <= text.len()));
    for member in value.members() {
        assert!(member.token() > value.token());
        let span = member.span();
        assert!(span.start <= span.end && span.end <= text.len());
        member.key().decode();
        assert!(member.value().raw().len() <= text.len());
    }
}

/// The same of every token, and of many that never were.
pub(crate) fn ask_all(document: Document<'_>, tokens: usize) {
    // Where addresses have 32 bits, a few tokens behind these have to be numbers still.
    let less = if cfg!(target_pointer_width = "32") { 8 } else { 0 };
    let (last, all) = (u32::MAX as usize - less, usize::MAX - less);
    let strange = [tokens + 63, tokens + 64, tokens + 70_000, last, all];
    for token in (0..tokens + 3).chain(strange) {
        ask(document.value(token), document.text());
        document.string_at(token.min(usize::MAX - 1)).decode();
        let _ = document.position(token);
    }
}
