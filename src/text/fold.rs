//! Folding for search: without regard to case and accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// `text` in lower case, without accents, curly quotes as straight ones. Offsets of the result mean nothing in
/// `text`.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '‘' | '’' | '‚' => '\'',
            '“' | '”' | '„' => '"',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_quotes_make_no_difference() {
        assert_eq!(fold("Één “CAFÉ” 👮🏽‍♀️ e\u{301}"), fold("een \"cafe\" 👮🏽‍♀️ é"));
    }
}
