//! A copy of a paragraph, of the same length in bytes, in which nothing misleads UAX #29.

/// The copy, and the offsets where a sentence begins whatever UAX #29 says: at an item of a list, and after
/// a line that is bold as a whole.
pub(super) fn mask(text: &str) -> (String, Vec<usize>) {
    let mut masked = String::with_capacity(text.len());
    let mut forced = Vec::new();
    let mut line_start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut len = c.len_utf8();
        if c == '\n' {
            masked.push(' ');
            if is_bold_line(&text[line_start..at]) || is_item(&text[line_start..at], &rest[1..]) {
                forced.push(at + 1);
            }
            line_start = at + 1;
        } else if let Some(omission) = ["(…)", "[…]", "(...)", "[...]"].iter().find(|o| rest.starts_with(**o))
        {
            // An omission in a quotation ends nothing.
            len = omission.len();
            masked.extend(std::iter::repeat_n(',', len));
        } else if c == '…' {
            masked.push_str("...");
        } else if let Some(mark) = closing_mark(rest)
            && ends_sentence(&masked)
        {
            len = mark;
            masked.extend(std::iter::repeat_n(')', len));
        } else if is_clitic(&masked, rest) {
            masked.push(c);
            masked.push_str(&rest[len..=len].to_ascii_uppercase());
            len += 1;
        } else {
            masked.push(c);
        }
        at += len;
    }
    debug_assert_eq!(masked.len(), text.len());
    (masked, forced)
}

/// How far to look for a footnote and for closing marks, in bytes.
const REACH: usize = 80;

/// Quotes, brackets and masked marks that stay with the sentence before.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '›' | '*' | '_')
}

fn ends_sentence(masked: &str) -> bool {
    // As far as a sane text has closing marks, so that a row of them costs no square time.
    let near = &masked[masked.ceil_char_boundary(masked.len().saturating_sub(REACH))..];
    near.trim_end_matches(is_closer).ends_with(['.', '!', '?'])
}

/// The length of a footnote or of closing Markdown marks at the start of `rest`.
fn closing_mark(rest: &str) -> Option<usize> {
    if rest.starts_with("<sup>") {
        let near = &rest[..rest.floor_char_boundary(REACH)];
        return near.find("</sup>").map(|end| end + "</sup>".len());
    }
    let near = &rest[..rest.floor_char_boundary(REACH)];
    let marks = near.len() - near.trim_start_matches(['*', '_', '~', '`']).len();
    (marks > 0).then_some(marks)
}

/// "'s Avonds", "'t Is" after the end of a sentence: a capital comes.
fn is_clitic(masked: &str, rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(['\'', '’', '‘']) else { return false };
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 't' | 'n' | 'k'))
        && chars.next() == Some(' ')
        && chars.next().is_some_and(char::is_uppercase)
        && masked.ends_with(' ')
        && ends_sentence(masked.trim_end())
}

/// "**Answer 1**" on a line of its own.
fn is_bold_line(line: &str) -> bool {
    let inner = line.trim().strip_prefix("**").and_then(|line| line.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"))
}

/// Whether a list goes on or begins after a line. A number needs an end before it: "nr.\n2. …" is no list.
fn is_item(line: &str, next: &str) -> bool {
    let next = next.trim_start_matches([' ', '\t']);
    if next.starts_with("- ") || next.starts_with("* ") || next.starts_with("+ ") || next.starts_with("• ")
    {
        return true;
    }
    let is_number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && (text[digits..].starts_with(". ") || text[digits..].starts_with(") "))
    };
    is_number(next) && (is_number(line.trim_start()) || line.trim_end().ends_with(['.', '!', '?', ':', ';']))
}
