//! Nesting and number of values of a file, counted in one pass before it is parsed: what a parser makes of a byte can
//! be two hundred times as large, and a recursion that is too deep can't be caught.

use super::words::grouped;
use crate::model::limits;

/// How a file marks strings and comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// JSON: strings with backslashes.
    Json,
    /// RON: raw strings, characters and comments besides.
    Ron,
}

/// What is too much in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excess {
    /// The byte at which it is.
    pub at: usize,
    /// What, in words.
    pub what: String,
}

impl Excess {
    /// The line it stands in, counted from 1.
    pub(super) fn line(&self, text: &str) -> usize {
        1 + text.as_bytes()[..self.at].iter().filter(|byte| **byte == b'\n').count()
    }
}

/// Looks whether a file stays within the limits of its notation. What is no sound file of it may pass: its parser
/// says so then.
///
/// # Errors
/// At the first byte that is too much.
pub(super) fn check(text: &str, notation: Notation) -> Result<(), Excess> {
    let (most_depth, most_values, most_groups) = match notation {
        Notation::Json => (limits::JSON_DEPTH, limits::JSON_VALUES, limits::JSON_OBJECTS),
        Notation::Ron => (limits::RON_DEPTH, limits::RON_VALUES, usize::MAX),
    };
    let is_ron = notation == Notation::Ron;
    let bytes = text.as_bytes();
    let (mut depth, mut values, mut groups, mut at) = (0_usize, 0_usize, 0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = after_string(bytes, at),
            b' ' | b'\t' | b'\n' | b'\r' => {
                let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if blanks > limits::BLANKS {
                    return Err(too_many(at, limits::BLANKS, "blanks in a row"));
                }
                at += blanks - 1;
            }
            b'[' | b'{' | b'(' => {
                (depth, groups) = (depth + 1, groups + 1);
                if depth > most_depth {
                    let what = "deep in each other; nothing this program reads is so deep";
                    return Err(Excess { at, what: format!("brackets stand more than {most_depth} {what}") });
                }
                if groups > most_groups {
                    return Err(too_many(at, most_groups, "lists and objects"));
                }
            }
            b']' | b'}' | b')' => depth = depth.saturating_sub(1),
            b',' => {
                values += 1;
                if values > most_values {
                    return Err(too_many(at, most_values, "values"));
                }
            }
            b'r' if is_ron => at = after_raw_string(bytes, at),
            b'\'' if is_ron => at = after_character(bytes, at),
            b'/' if is_ron => at = after_comment(bytes, at),
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

fn too_many(at: usize, most: usize, of: &str) -> Excess {
    let most = grouped(most);
    Excess {
        at,
        what: format!("it holds more than {most} {of}, more than can be read at once; split the file"),
    }
}

/// The last byte of the string that begins at `at`.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += next;
        match bytes[at] {
            b'"' => return at,
            _ => at += 2,
        }
    }
    bytes.len()
}

/// The last byte of the raw string that begins at `at`; `at` when none does.
fn after_raw_string(bytes: &[u8], at: usize) -> usize {
    let marks = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    let begins = bytes.get(at + 1 + marks) == Some(&b'"');
    let in_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    if !begins || in_word && !(at > 0 && bytes[at - 1] == b'b') {
        return at;
    }
    let mut end = at + 2 + marks;
    while end < bytes.len() {
        if bytes[end] == b'"'
            && bytes[end + 1..].iter().take(marks).filter(|byte| **byte == b'#').count() == marks
        {
            return end + marks;
        }
        end += 1;
    }
    bytes.len()
}

/// The last byte of the character that stands in quotes at `at`; `at` when none does.
fn after_character(bytes: &[u8], at: usize) -> usize {
    // The longest is `'\u{10ffff}'`.
    let from = if bytes.get(at + 1) == Some(&b'\\') { at + 3 } else { at + 2 };
    let end = (from..bytes.len().min(at + 14)).find(|end| bytes[*end] == b'\'');
    end.unwrap_or(at)
}

/// The last byte of the comment that begins at `at`; `at` when none does.
fn after_comment(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at + 1) {
        Some(b'/') => bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end),
        Some(b'*') => {
            let (mut open, mut at) = (1, at + 2);
            while open > 0 && at < bytes.len() {
                match &bytes[at..bytes.len().min(at + 2)] {
                    b"/*" => (open, at) = (open + 1, at + 2),
                    b"*/" => (open, at) = (open - 1, at + 2),
                    _ => at += 1,
                }
            }
            at - 1
        }
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excess(text: &str, notation: Notation) -> Option<usize> {
        check(text, notation).err().map(|excess| excess.at)
    }

    #[test]
    fn brackets_too_deep_are_found_where_they_are() {
        let deep = |before: &str, n: usize| format!("{before}{}", "[".repeat(n));
        assert_eq!(excess(&deep("", limits::JSON_DEPTH), Notation::Json), None);
        assert_eq!(excess(&deep("", 1_000_000), Notation::Json), Some(limits::JSON_DEPTH));
        let before = "\"👮🏽‍♀️ e\u{301} “[[\\\"[\", ";
        assert_eq!(excess(&deep(before, 200), Notation::Json), Some(before.len() + limits::JSON_DEPTH));
    }

    /// Each of these holds more brackets than may be, but as text.
    #[test]
    fn what_stands_in_strings_and_comments_of_ron_does_not_count() {
        let many = "[".repeat(100);
        for text in [
            format!("\"{many}\""),
            format!("r\"{many}\""),
            format!("r#\"{many}\" {many}\"#"),
            format!("b\"{many}\" br#\"{many}\"#"),
            format!("// {many}\n1"),
            format!("/* {many} /* {many} */ {many} */ 1"),
            format!("'\\'' \"{many}\" '\\u{{10ffff}}' \"{many}\""),
            format!("'\"' // {many}"),
        ] {
            assert_eq!(excess(&text, Notation::Ron), None, "{text}");
        }
        // What looks as if it began a string, a character or a comment, and does not.
        for text in [format!("for {many}"), format!("r#a {many}"), format!("' {many}"), format!("1/2 {many}")]
        {
            assert!(excess(&text, Notation::Ron).is_some(), "{text}");
        }
    }

    #[test]
    fn blanks_in_a_row_are_counted() {
        let before = "\"👮🏽‍♀️ e\u{301} “\" : [";
        let text = |blanks: usize| format!("{before}{}]", " ".repeat(blanks));
        for notation in [Notation::Ron, Notation::Json] {
            assert_eq!(excess(&text(limits::BLANKS), notation), None);
            assert_eq!(excess(&text(limits::BLANKS + 1), notation), Some(before.len()));
            let lines = "\r\n".repeat(limits::BLANKS);
            assert_eq!(excess(&format!("\"{lines}\" {lines}"), notation), Some(lines.len() + 2));
        }
    }

    #[test]
    fn half_of_anything_is_no_reason_to_stop() {
        for text in ["\"", "\"\\", "r#\"", "/*", "/* /*/", "//", "'", "'\\", "r", "/", "(", "'\\u{"] {
            assert_eq!(excess(text, Notation::Ron), None, "{text}");
            assert_eq!(excess(text, Notation::Json), None, "{text}");
        }
    }

    #[test]
    fn too_many_values_are_found() {
        let text = format!("[{}", "0,".repeat(limits::JSON_VALUES + 1));
        assert_eq!(excess(&text, Notation::Json), Some(text.len() - 1));
        let text = "[],".repeat(limits::JSON_OBJECTS + 1);
        assert_eq!(excess(&text, Notation::Json), Some(text.len() - 3));
    }
}
