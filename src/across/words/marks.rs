//! Characters that are no words, and stretches of mark-up that are none.

/// Apostrophes and single quotation marks.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´')
}

/// All marks that open or close a quotation.
pub(crate) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '‛' | '″' | '「' | '」')
        || is_apostrophe(c)
}

/// What stands inside a word and cannot be seen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{202A}'..='\u{202E}')
}

/// Digits and letters above or below the line: numbers of footnotes.
pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | 'ª' | 'º' | '\u{2070}'..='\u{209F}')
}

/// Characters of scripts that put no space between words; each is taken for a word.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The length of `[^1]` or `[12]` at the start of `rest`: the number of a note.
pub(super) fn note(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(16).position(|byte| byte == b']')?;
    let inside = &rest[1..end];
    let is_number = !inside.is_empty() && inside.len() <= 3 && inside.bytes().all(|b| b.is_ascii_digit());
    (inside.starts_with('^') || is_number).then_some(end + 1)
}

/// The length of `](target)` at the start of `rest`.
pub(super) fn target(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("](")?;
    let end = inside.find([')', '\n'])?;
    (inside.as_bytes()[end] == b')').then_some(end + 3)
}

/// The length of a tag at the start of `rest`; of `<sup>` with what it holds.
pub(super) fn html(rest: &str) -> Option<usize> {
    const LONGEST: usize = 300;
    let after = rest.as_bytes().get(1)?;
    if !after.is_ascii_alphabetic() && *after != b'/' {
        return None;
    }
    let end = rest.bytes().take(LONGEST).position(|byte| matches!(byte, b'>' | b'\n'))?;
    if rest.as_bytes()[end] != b'>' {
        return None;
    }
    if rest.starts_with("<sup>") {
        let close = rest.bytes().take(40).collect::<Vec<_>>();
        let found = close.windows(6).position(|window| window == b"</sup>");
        return found.map(|at| at + 6).or(Some(end + 1));
    }
    Some(end + 1)
}

/// The length of `&nbsp;` and the like at the start of `rest`.
pub(super) fn entity(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(10).position(|byte| byte == b';')?;
    let name = &rest.as_bytes()[1..end];
    let is_name = name.len() >= 2 && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#');
    is_name.then_some(end + 1)
}

/// The length of emphasis marks inside a word at the start of `rest`: a letter must follow.
pub(super) fn inside(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| *byte == b'*').count();
    ((1..=3).contains(&length) && rest[length..].starts_with(char::is_lowercase)).then_some(length)
}

/// Whether the digits at `at` are the number of a note: glued to the full stop or quotation mark of a word of four
/// letters and more, with white space behind. "p.12" and "3.5" are none.
pub(super) fn is_note_number(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    let closes = |byte: u8| matches!(byte, b'.' | b',' | b'!' | b'?' | b'"' | b')');
    let curly = text[..at].ends_with(['”', '’']);
    if !curly && !before.last().is_some_and(|byte| closes(*byte)) {
        return false;
    }
    let digits = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = text[at + digits..].chars().next();
    if digits > 3 || after.is_some_and(|c| !c.is_whitespace()) {
        return false;
    }
    let word = text[..at].trim_end_matches(['.', ',', '!', '?', '"', ')', '”', '’']);
    word.chars().rev().take(4).filter(|c| c.is_alphabetic()).count() == 4
}
