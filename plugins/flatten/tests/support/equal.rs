//! Whether two records are the same but for what a row may forget.

use trailmill_stage::event::json::{Kind, Value};

/// Whether two values are the same but for blanks, the order of members, and members that are
/// null, which count as absent. Numbers are text; of several members of one name the last counts.
pub(crate) fn same(one: Value<'_>, two: Value<'_>) -> bool {
    match (one.kind(), two.kind()) {
        (Kind::Object, Kind::Object) => {
            let (one, two) = (effective(one), effective(two));
            one.len() == two.len()
                && one.iter().zip(&two).all(|((k1, v1), (k2, v2))| k1 == k2 && same(*v1, *v2))
        }
        (Kind::Array, Kind::Array) => {
            one.elements().count() == two.elements().count()
                && one.elements().zip(two.elements()).all(|(one, two)| same(one, two))
        }
        (Kind::String, Kind::String) => meaning(one.raw()) == meaning(two.raw()),
        (kind, other) => kind == other && one.raw() == two.raw(),
    }
}

/// The members that count, in the order of their names.
fn effective(object: Value<'_>) -> Vec<(String, Value<'_>)> {
    let mut members: Vec<(String, Value<'_>)> = Vec::new();
    for member in object.members() {
        let key = meaning(&[b"\"", member.key().raw(), b"\""].concat());
        members.retain(|(known, _)| *known != key);
        members.push((key, member.value()));
    }
    members.retain(|(_, value)| value.kind() != Kind::Null);
    members.sort_by(|(one, _), (two, _)| one.cmp(two));
    members
}

/// What a string means, with its quotes; one that means nothing, as it holds half a surrogate
/// pair, stands for itself.
fn meaning(raw: &[u8]) -> String {
    let raw = String::from_utf8(raw.to_vec()).unwrap();
    serde_json::from_str::<String>(&raw).map_or(raw, |text| format!("\"{text}\""))
}
