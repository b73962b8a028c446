//! Small words on screen: counts and moments.

use crate::model::Timestamp;

/// "1 annotation", "3 annotations".
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(number)) }
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

/// "1,234".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(count(0, "link"), "0 links");
        assert_eq!(count(1, "link"), "1 link");
        assert_eq!(count(1_234_567, "byte"), "1,234,567 bytes");
    }
}
