//! A small notation for tests: `"De haven [denial:werkt niet met kranen]."` is a text and a tagged span.
//! It lives in the library so that tests of every layer can read it; the program itself does not use it.

use crate::model::Span;

/// The text without its marks, and `(tag, span)` in the order of the opening brackets.
///
/// `[tag:` opens when `tag` is made of lower-case ASCII letters, digits, `-` and `_`; other brackets are text
/// as long as none is open, and `\[`, `\]`, `\\` always are.
///
/// # Panics
/// On a bracket that is never closed and on an empty span: the test itself is wrong.
pub fn parse(notation: &str) -> (String, Vec<(String, Span)>) {
    let mut text = String::new();
    let mut found: Vec<(String, usize, Option<Span>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = notation;
    while let Some(c) = rest.chars().next() {
        if let Some(escaped) = rest.strip_prefix('\\').filter(|rest| rest.starts_with(['[', ']', '\\'])) {
            text.push_str(&escaped[..1]);
            rest = &escaped[1..];
        } else if let Some((tag, inside)) = opening(rest) {
            open.push(found.len());
            found.push((tag.to_owned(), text.len(), None));
            rest = inside;
        } else if c == ']'
            && let Some(index) = open.pop()
        {
            let span = Span::new(found[index].1, text.len());
            assert!(span.is_some(), "an empty span in {notation:?}");
            found[index].2 = span;
            rest = &rest[1..];
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    assert!(open.is_empty(), "a bracket is not closed in {notation:?}");
    let spans = found.into_iter().filter_map(|(tag, _, span)| Some((tag, span?))).collect();
    (text, spans)
}

fn opening(rest: &str) -> Option<(&str, &str)> {
    let (tag, inside) = rest.strip_prefix('[')?.split_once(':')?;
    let is_tag = !tag.is_empty()
        && tag.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    is_tag.then_some((tag, inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(notation: &str, text: &str, tagged: &[(&str, &str)]) {
        let (read, spans) = parse(notation);
        assert_eq!(read, text);
        let quotes: Vec<_> = spans.iter().map(|(tag, span)| (tag.as_str(), span.of(text).unwrap())).collect();
        assert_eq!(quotes, tagged);
    }

    #[test]
    fn spans_nest_and_other_brackets_are_text() {
        check(
            "De haven [denial:werkt niet met kranen].",
            "De haven werkt niet met kranen.",
            &[("denial", "werkt niet met kranen")],
        );
        check(
            "👮🏽‍♀️ e\u{301} “[claim:a [caveat:b]] [c: d] [E:x] \\[x\\] [1",
            "👮🏽‍♀️ e\u{301} “a b  d [E:x] [x] [1",
            &[("claim", "a b"), ("caveat", "b"), ("c", " d")],
        );
        check("[a:heel]", "heel", &[("a", "heel")]);
    }

    #[test]
    #[should_panic(expected = "not closed")]
    fn an_open_bracket_is_a_mistake_in_the_test() {
        parse("[claim:a");
    }
}
