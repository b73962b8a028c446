//! Small words on screen.

use crate::model::{Annotation, Span, Timestamp};

use super::Desk;

/// Bytes of a passage that a line or a card of a few rows can show: what lies beyond is not worth computing.
const HEAD: usize = 1_000;

impl Desk {
    /// The words of a passage on one line, as a reader sees them: without Markdown marks. Its first words where it is long;
    /// the words that are kept where its place is lost.
    pub fn passage_line(&self, annotation: &Annotation) -> String {
        let passage = match (self.document(annotation.anchor.document()), annotation.anchor.span()) {
            (Some((document, cache)), Some(span)) => {
                let end = document.text().floor_char_boundary(span.end().min(span.start() + HEAD));
                let head = Span::new(span.start(), end).unwrap_or(span);
                cache.rendering.plain_text(document.text(), head)
            }
            _ => self.session().quote(annotation).to_owned(),
        };
        passage.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The words with a capital letter.
pub fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The words cut to at most so many characters.
pub fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// "today 14:05", "yesterday 14:05", "25 Nov 14:05" this year, "25 Nov 2025 14:05" before, in the local time zone.
pub fn day_and_hour(at: Timestamp, now: Timestamp) -> String {
    let zone = jiff::tz::TimeZone::system();
    let at = at.moment().to_zoned(zone.clone());
    let now = now.moment().to_zoned(zone);
    let days = (now.date() - at.date()).get_days();
    let form = match days {
        0 => "today %H:%M",
        1 => "yesterday %H:%M",
        _ if at.year() == now.year() => "%-d %b %H:%M",
        _ => "%-d %b %Y %H:%M",
    };
    at.strftime(form).to_string()
}

/// "14:32" today, "yesterday, 14:32", "3 November" this year, "3 November 2025" before, in the local time zone.
pub fn moment_words(at: Timestamp, now: Timestamp) -> String {
    let zone = jiff::tz::TimeZone::system();
    let at = at.moment().to_zoned(zone.clone());
    let now = now.moment().to_zoned(zone);
    let days = (now.date() - at.date()).get_days();
    match days {
        0 => at.strftime("%H:%M").to_string(),
        1 => at.strftime("yesterday, %H:%M").to_string(),
        _ if at.year() == now.year() => at.strftime("%-d %B").to_string(),
        _ => at.strftime("%-d %B %Y").to_string(),
    }
}
