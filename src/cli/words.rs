//! Words for a terminal.

use std::fmt::Write as _;

use crate::model::Session;

/// `text` in one line that a terminal shows as it is: what would steer it, or turn the order of the letters
/// round, is written out.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => plain.push(' '),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                // Writing to a string does not fail.
                let _ = write!(plain, "\\u{{{:x}}}", u32::from(c));
            }
            c if c.is_control() => plain.extend(c.escape_unicode()),
            c => plain.push(c),
        }
    }
    plain
}

/// "1 document", "2 documents".
pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Tags with how many annotations have them, in the scheme's order.
pub(super) fn tag_counts(
    session: &Session,
    counts: impl Fn(&crate::model::Annotation) -> bool,
) -> Vec<(String, usize)> {
    let of = |id| {
        let annotations = session.annotations.values();
        annotations.filter(|annotation| annotation.tag == id && counts(annotation)).count()
    };
    session.scheme.tags.iter().map(|tag| (tag.id.to_string(), of(tag.id.clone()))).collect()
}

/// "claim 3, denial 1"; tags that nothing has are left out.
pub(super) fn tags_in_words(counts: &[(String, usize)]) -> String {
    let used = counts.iter().filter(|(_, count)| *count > 0);
    used.map(|(tag, count)| format!("{tag} {count}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        let text = "👮🏽‍♀️ e\u{301}én “zin”\u{1b}[31m\r\n\u{9b}31m\u{202e}om";
        assert_eq!(plain(text), "👮🏽‍♀️ e\u{301}én “zin”\\u{1b}[31m\\u{d} \\u{9b}31m\\u{202e}om");
    }
}
