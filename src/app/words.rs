//! Small words on screen.

use crate::model::Timestamp;

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
