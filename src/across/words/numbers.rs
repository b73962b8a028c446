//! Numbers and dates in digits, as values.

/// Adds the value of the number at the start of `rest` to `folded`; its length. "1.000", "1,000", "1 000" and "1000" are
/// one value, "3,5" and "3.5" another. Exactly three digits behind a mark are thousands.
pub(super) fn number(rest: &str, folded: &mut String) -> usize {
    let bytes = rest.as_bytes();
    let run = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = run(0);
    let mut at = first;
    folded.push_str(&rest[..first]);
    // The mark may be a no-break or thin space.
    let mark = rest[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ',' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\''));
    let Some(mark) = mark else { return strip_zeros(folded, at) };
    let group = |at: usize| {
        let next = at + mark.len_utf8();
        (rest[at..].starts_with(mark) && run(next.min(bytes.len())) == 3).then_some(next)
    };
    if first <= 3
        && !rest.starts_with('0')
        && group(at).is_some()
        && (mark != ' ' || !is_year_before(rest, first))
    {
        while let Some(next) = group(at) {
            folded.push_str(&rest[next..next + 3]);
            at = next + 3;
        }
        at += decimals(&rest[at..], folded, mark);
        return strip_zeros(folded, at);
    }
    at += decimals(&rest[at..], folded, ' ');
    strip_zeros(folded, at)
}

/// A plain space parts thousands only where the first digits can be no number of their own with a year behind.
fn is_year_before(rest: &str, first: usize) -> bool {
    let after = rest.as_bytes().get(first + 4);
    after.is_some_and(|byte| byte.is_ascii_digit())
}

/// Adds ",5" or ".5" as ".5", if `rest` begins so with another mark than the one of thousands.
fn decimals(rest: &str, folded: &mut String, thousands: char) -> usize {
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '.' | ',') && *c != thousands) else {
        return 0;
    };
    let _ = mark;
    let digits = rest.as_bytes()[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return 0;
    }
    folded.push('.');
    folded.push_str(rest[1..=digits].trim_end_matches('0'));
    if folded.ends_with('.') {
        folded.pop();
    }
    1 + digits
}

/// "#007" is "#7"; "#0" stays.
fn strip_zeros(folded: &mut String, length: usize) -> usize {
    while folded.len() > 2 && folded.as_bytes()[1] == b'0' && folded.as_bytes()[2].is_ascii_digit() {
        folded.remove(1);
    }
    length
}

/// `2021-09-28`, `28-9-2021`, `28.9.2021`, `28/9/2021` at the start of `rest`: its length, year, month and day. "3/4/2021" is
/// not guessed.
pub(super) fn date(rest: &str) -> Option<(usize, u32, u32, u32)> {
    let end = rest
        .bytes()
        .take(11)
        .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'.' | b'/'))
        .unwrap_or(rest.len().min(11));
    let word = rest[..end].trim_end_matches(['.', '-', '/']);
    if !(8..=10).contains(&word.len()) {
        return None;
    }
    let mark = word.chars().find(|c| !c.is_ascii_digit())?;
    let mut fields = word.split(mark);
    let mut field =
        || fields.next().filter(|field| field.len() <= 4).and_then(|field| field.parse::<u32>().ok());
    let (a, b, c) = (field()?, field()?, field()?);
    let is = |year: u32, month: u32, day: u32| {
        (1800..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    if fields.next().is_some() {
        None
    } else if is(a, b, c) {
        Some((word.len(), a, b, c))
    } else if is(c, b, a) && (mark != '/' || a > 12) {
        Some((word.len(), c, b, a))
    } else {
        None
    }
}
