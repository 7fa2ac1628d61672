//! What a guest says of itself.

use serde::Deserialize;
use serde_json::Value;

/// The longest description that is read, in bytes.
pub(crate) const DESCRIPTION_BYTES_MAX: usize = 1 << 20;

/// What a guest says of itself; `crates/guest/ABI.md` lists the members, of which these are read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub struct Description {
    /// What it is called.
    pub name: String,
    /// Its own version.
    pub version: String,
    /// What it was configured with: null for a guest that has to be configured yet, nothing for
    /// one that is ready as it is.
    #[serde(default, deserialize_with = "given")]
    pub pipeline: Option<Value>,
}

/// Null is not the same as nothing.
fn given<'d, D: serde::Deserializer<'d>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

impl Description {
    /// Reads the text that a guest answers.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        if text.len() > DESCRIPTION_BYTES_MAX {
            return None;
        }
        serde_json::from_slice(text).ok()
    }

    /// Whether the guest has to be configured before it can process anything.
    pub fn wants_configuration(&self) -> bool {
        self.pipeline == Some(Value::Null)
    }

    /// Whether a guard is in the pipeline that it was configured with.
    pub fn is_guarded(&self) -> bool {
        let guarded = self.pipeline.as_ref().and_then(|pipeline| pipeline.get("guarded"));
        guarded == Some(&Value::Bool(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Option<Description> {
        Description::read(format!(r#"{{"abi":1,"name":"a","version":"2"{rest}}}"#).as_bytes())
    }

    #[test]
    fn a_guest_says_whether_it_is_ready() {
        let of = |rest| {
            let description = read(rest).expect("a description");
            (description.wants_configuration(), description.is_guarded())
        };
        assert_eq!(of(""), (false, false));
        assert_eq!(of(r#","pipeline":null"#), (true, false));
        assert_eq!(of(r#","pipeline":{"guarded":true}"#), (false, true));
        assert_eq!(of(r#","pipeline":{"guarded":1},"more":[]"#), (false, false));
    }

    #[test]
    fn what_is_no_description_is_none() {
        assert_eq!(Description::read(b""), None);
        assert_eq!(Description::read(br#"{"abi":1,"name":3,"version":"2"}"#), None);
        assert_eq!(Description::read(br#"{"abi":1,"version":"2"}"#), None);
        assert_eq!(read(&format!(r#","x":"{}""#, "x".repeat(DESCRIPTION_BYTES_MAX))), None);
    }
}
