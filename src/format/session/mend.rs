//! What is sound of an annotation's record in which some bytes are not.
//!
//! What is quoted of the text stands in the text as well, so a damaged quote can go: where the record still says which
//! bytes it is on, the text gives it back. A note, a comment or an entry of the history stands here alone: of it comes
//! along what can be read, with a sign where something can't.

use super::pieces::Piece;

/// Stands for what can't be read.
const SIGN: char = '\u{FFFD}';

/// Depth of an annotation's own fields.
const DEPTH: usize = 6;

/// The record as text that may read, and what was done to it, in clauses.
pub(super) fn mended(piece: &Piece<'_>) -> (String, Vec<&'static str>) {
    let mut done: Vec<&'static str> = Vec::new();
    let mut told = |what| {
        if !done.contains(&what) {
            done.push(what);
        }
    };
    // The words of one whose place is gone stand nowhere else.
    let is_orphan = piece.lines.iter().any(|line| line.trim_ascii() == b"orphan: true,");
    let mut lines: Vec<String> = Vec::with_capacity(piece.lines.len());
    for line in &piece.lines {
        let (text, is_damaged) = readable(line);
        let field = text.split_once(": ").filter(|_| depth(&text) == DEPTH);
        let Some((name, value)) = field.map(|(name, value)| (name.trim_start(), value)) else {
            if is_damaged && depth(&text) > DEPTH {
                told("of a comment or an entry of its history some letters can’t be read");
            }
            lines.push(text);
            continue;
        };
        let value = value.strip_suffix(',').unwrap_or(value);
        let words = ron::from_str::<String>(value);
        let kept = match (name, words) {
            ("quote" | "before" | "after" | "note", Ok(_)) if !is_damaged => Some(text),
            ("quote", _) if !is_orphan => None,
            ("before" | "after", _) => {
                told("what stands around its words is damaged and comes from the text");
                None
            }
            ("quote" | "note", words) => {
                let words = words.unwrap_or_else(|_| unescaped(value));
                let is_note = name == "note";
                match words.trim_matches([SIGN, ' ']).is_empty() {
                    true => {
                        told(if is_note { "its note can’t be read" } else { "its words can’t be read" })
                    }
                    false if is_note => told("of its note some letters can’t be read"),
                    false => told("of its words some letters can’t be read"),
                }
                ron::to_string(&words).ok().map(|words| format!("{:DEPTH$}{name}: {words},", ""))
            }
            _ => Some(text),
        };
        lines.extend(kept);
    }
    (lines.join("\n"), done)
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The line with a sign for each run of bytes that is no text; true when there was one.
fn readable(line: &[u8]) -> (String, bool) {
    let text = String::from_utf8_lossy(line).replace(|c: char| c.is_control(), &SIGN.to_string());
    let is_damaged = text.as_bytes() != line;
    (text, is_damaged)
}

/// What a string says whose quotation marks or escapes are damaged.
fn unescaped(value: &str) -> String {
    let value = value.strip_prefix('"').unwrap_or(value);
    let value = value.strip_suffix('"').unwrap_or(value);
    let mut words = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let said = match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(c @ ('"' | '\'' | '\\')) => c,
                _ => SIGN,
            },
            c => c,
        };
        words.push(said);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(lines: &[&'static [u8]]) -> (String, Vec<&'static str>) {
        let lines = [&[&b"    Annotation("[..]], lines, &[&b"    ),"[..]]].concat();
        mended(&Piece { name: "Annotation", line: 7, whole: true, lines })
    }

    #[test]
    fn a_damaged_quote_goes_and_a_damaged_note_says_what_it_can() {
        let quote = "      quote: \"👮🏽‍♀️ e\u{301} “zin”\",";
        let damaged: &'static [u8] = Vec::leak([&quote.as_bytes()[..20], b"\xFF\",".as_slice()].concat());
        let (text, done) =
            piece(&[damaged, b"      tag: \"claim\",", "      note: \"e\u{301}\0n\",".as_bytes()]);
        assert_eq!(
            text,
            "    Annotation(\n      tag: \"claim\",\n      note: \"e\\u{301}\u{FFFD}n\",\n    ),"
        );
        assert_eq!(done, ["of its note some letters can’t be read"]);
        let (text, done) = piece(&[b"      note: \"a \\q \\\"b\\\" c"]);
        assert_eq!(text, "    Annotation(\n      note: \"a \u{FFFD} \\\"b\\\" c\",\n    ),");
        assert_eq!(done, ["of its note some letters can’t be read"]);
    }

    #[test]
    fn the_words_of_an_orphan_and_of_a_comment_stay_as_far_as_they_read() {
        let (text, done) =
            piece(&[b"      orphan: true,", b"      quote: \"zi\x80n\",", b"          text: \"a\x07b\","]);
        assert!(text.contains("quote: \"zi\u{FFFD}n\",") && text.contains("text: \"a\u{FFFD}b\","), "{text}");
        assert_eq!(done.len(), 2);
    }
}
