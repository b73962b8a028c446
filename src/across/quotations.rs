//! The quoted stretches of a text: what stands between quotation marks.
//!
//! Marks are paired first, with a stack, and only then is anything dropped for its length: a short quotation's closing
//! mark must not be taken for an opening one. Quotations inside quotations are one, the outermost. The end of a paragraph
//! discards what is open.

use crate::model::Span;

use super::words::is_quotation_mark;

/// The quoted stretches, marks not included, in order, outermost alone.
pub fn quotations(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, next)| *next);
        if c == '\n' && ends_paragraph(text, at) {
            open.clear();
        } else if is_quotation_mark(c) && c != '`' && c != '´' {
            let is_inside = before.is_alphanumeric() && after.is_alphanumeric();
            let closed = open.iter().rposition(|(_, mark)| closes(*mark, c));
            let may_open = !before.is_alphanumeric()
                && (after.is_alphanumeric()
                    || "[(…*_".contains(after)
                    || is_quotation_mark(after) && after != c);
            let may_close = !is_inside && !before.is_whitespace();
            match closed {
                _ if is_inside && is_single(c) => {}
                Some(place) if may_close && !(may_open && is_upright(c) && opens_again(before)) => {
                    let (start, mark) = open[place];
                    open.truncate(place);
                    if place == 0 {
                        found.extend(Span::new(start + mark.len_utf8(), at));
                    }
                }
                _ if may_open && opens(c) && !is_elided(&text[at + c.len_utf8()..], c) => open.push((at, c)),
                // French: a space inside the marks.
                _ if c == '«' => open.push((at, c)),
                Some(place) if c == '»' => {
                    let (start, mark) = open[place];
                    open.truncate(place);
                    if place == 0 {
                        found.extend(Span::new(start + mark.len_utf8(), at));
                    }
                }
                _ => {}
            }
        }
        before = c;
    }
    found
}

/// Whether the line break at `at` ends a paragraph: a blank line follows, or it ends or begins a heading of Markdown.
fn ends_paragraph(text: &str, at: usize) -> bool {
    let line = &text[text[..at].rfind('\n').map_or(0, |before| before + 1)..at];
    let next = text[at + 1..].trim_start_matches([' ', '\t', '>']);
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && rest.starts_with(' ')
    };
    next.starts_with('\n') || is_heading(line) || is_heading(next)
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | 'ʼ' | '′' | '‚' | '‛')
}

/// The same mark opens and closes.
fn is_upright(c: char) -> bool {
    matches!(c, '\'' | '"')
}

/// Behind white space or an opening bracket an upright mark opens.
fn opens_again(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘' | '"')
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '‟' | '‛' | '«' | '»' | '‹' | '”' | '’' | '「')
}

/// Whether `close` may close what `open` opened.
fn closes(open: char, close: char) -> bool {
    match open {
        '"' => close == '"',
        '\'' => matches!(close, '\'' | '’'),
        '“' => matches!(close, '”' | '"'),
        '„' | '‟' => matches!(close, '”' | '“' | '"'),
        '‘' | '‛' => matches!(close, '’' | '\''),
        '‚' => matches!(close, '‘' | '’' | '\''),
        '«' => close == '»',
        '»' => close == '«',
        '‹' => close == '›',
        '”' => close == '”',
        '’' => close == '’',
        '「' => close == '」',
        _ => false,
    }
}

/// 's avonds, 't, 'n: an apostrophe, no opening mark.
fn is_elided(rest: &str, mark: char) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let is_short = ["s", "t", "n", "m", "k", "tis", "twas"].contains(&word.to_lowercase().as_str());
    is_single(mark) && is_short && rest[word.len()..].starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<String> {
        let text = format!("👮🏽‍♀️ e\u{301} {text}");
        quotations(&text).into_iter().map(|span| span.of(&text).unwrap().to_owned()).collect()
    }

    #[test]
    fn marks_of_many_languages_pair() {
        assert_eq!(
            quoted("“een” en „twee” en „drei“ «vier» »fünf« « six » 'zeven' \"acht\""),
            ["een", "twee", "drei", "vier", "fünf", " six ", "zeven", "acht"]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(
            quoted("'s Avonds zegt O’Brien: 'foto's zijn 't niet', en don't"),
            ["foto's zijn 't niet"]
        );
    }

    #[test]
    fn quotations_inside_quotations_are_one() {
        assert_eq!(quoted("\"Hij zei 'nee' tegen mij\", zegt zij"), ["Hij zei 'nee' tegen mij"]);
        assert_eq!(
            quoted("'niet van het 'Korps van de Haven' gekomen', zegt hij"),
            ["niet van het 'Korps van de Haven' gekomen"]
        );
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph() {
        assert_eq!(quoted("“nooit gesloten\n\nDan “wel”"), ["wel"]);
    }

    #[test]
    fn a_heading_is_a_paragraph_and_no_quotation() {
        assert_eq!(
            quoted("x\n# Baas: ‘geen lek in de haven\nDat klopt’, zei hij. “Wel degelijk”"),
            ["Wel degelijk"]
        );
        assert_eq!(quoted("x\nHij zei “nee en\n## Later\nen toen” “ja”"), ["ja"]);
        assert_eq!(quoted("x\n\nBAAS’ LEK GEDICHT\n\nTHE CREW’S DAY’S WORK"), [""; 0]);
    }
}
