//! The time at which a record was collected, as text in memory that is used again.

use std::sync::Arc;
use trailmill_event::json::overwrite;
use trailmill_event::time::Utc;

/// How many texts of a length can be in use at once: that of the guest, and that of the last batch.
const TEXTS: usize = 3;

/// Makes texts of times.
#[derive(Debug, Default)]
pub(crate) struct Stamp {
    /// The time last asked for.
    time: Option<(u32, u32)>,
    /// Texts of which some are in use.
    texts: Vec<Arc<str>>,
}

impl Stamp {
    /// RFC 3339 text in UTC of a time in seconds since 1970 and nanoseconds, with as many digits of
    /// the second as are needed; `None` if that is the time last asked for.
    pub(crate) fn text(&mut self, seconds: u32, nanoseconds: u32) -> Option<Arc<str>> {
        if self.time.replace((seconds, nanoseconds)) == Some((seconds, nanoseconds)) {
            return None;
        }
        // The years of 32 bits all have four digits.
        let time = Utc::new(i64::from(seconds), nanoseconds);
        let text = time.as_ref().map_or("", Utc::as_str);
        for known in &mut self.texts {
            if Arc::get_mut(known).is_some_and(|own| overwrite(own, text)) {
                return Some(Arc::clone(known));
            }
        }
        let text: Arc<str> = Arc::from(text);
        if self.texts.iter().filter(|known| known.len() == text.len()).count() < TEXTS {
            self.texts.push(Arc::clone(&text));
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn the_time_asked_for_last_is_not_written_again() {
        let mut stamp = Stamp::default();
        assert_eq!(stamp.text(0, 1).as_deref(), Some("1970-01-01T00:00:00.000000001Z"));
        assert_eq!(stamp.text(0, 1), None);
        assert_eq!(stamp.text(0, 0).as_deref(), Some("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn texts_in_use_are_left_alone() {
        let mut stamp = Stamp::default();
        let texts: Vec<_> = (0..5).filter_map(|second| stamp.text(second, 0)).collect();
        for (second, text) in texts.iter().enumerate() {
            assert_eq!(&**text, format!("1970-01-01T00:00:0{second}Z"));
        }
        assert_eq!(stamp.texts.len(), super::TEXTS);
    }
}
