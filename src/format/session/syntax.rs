//! What can be said of a file's bytes before and while RON reads them, in our own words.

use super::{Place, ReadError};

/// The file as text, without a byte-order mark.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    let not_a_session = |why: &str| Err(ReadError::NotASession { why: why.to_owned() });
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if rest.is_empty() {
        return not_a_session("it is empty");
    }
    if rest[0] == 0 && rest.iter().all(|byte| *byte == 0) {
        return not_a_session("it holds nothing but zero bytes, as a disk leaves behind after a crash");
    }
    if rest.starts_with(b"\xFF\xFE") || rest.starts_with(b"\xFE\xFF") {
        return not_a_session("it was turned into UTF-16, and a session file is UTF-8");
    }
    let syntax = |at: usize, what: &str, cut_off| ReadError::Syntax {
        place: Place::of(rest, at),
        what: what.to_owned(),
        cut_off,
    };
    match std::str::from_utf8(rest) {
        Ok(text) => match memchr::memchr(0, rest) {
            None => Ok(text),
            Some(at) if looks_like_ours(rest) => Err(syntax(at, "a zero byte: the file is damaged", false)),
            Some(_) => not_a_session("it is not text"),
        },
        Err(error) if looks_like_ours(rest) => {
            let at = error.valid_up_to();
            match error.error_len() {
                None => Err(syntax(at, "the file ends in the middle of a character: it was cut off", true)),
                Some(_) => Err(syntax(at, "a byte that is not UTF-8: the file is damaged", false)),
            }
        }
        Err(_) => not_a_session("it is not text"),
    }
}

fn looks_like_ours(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"Session")
}

/// The format that the file says it has, looked at as text: a newer one may have another structure.
pub(super) fn format_of(text: &str) -> Result<u64, ReadError> {
    let not_a_session = |why: &str| ReadError::NotASession { why: why.to_owned() };
    let rest = skip(text);
    if rest.is_empty() {
        return Err(not_a_session("it is empty"));
    }
    let Some(rest) = rest.strip_prefix("Session") else {
        return Err(not_a_session(match rest {
            _ if rest.starts_with("Journal") => "it is a journal, which stands beside a session file",
            _ if "Session".starts_with(rest) => "only its first few letters are there",
            _ => "it does not begin with “Session(”",
        }));
    };
    let at = |rest: &str| Place::of(text.as_bytes(), text.len() - rest.len());
    let expected = |rest: &str, what: &str| ReadError::Syntax {
        place: at(rest),
        what: if rest.is_empty() { CUT_OFF.to_owned() } else { what.to_owned() },
        cut_off: rest.is_empty(),
    };
    let first = "“format” with its number must be the first field";
    let mut rest = skip(rest);
    for part in ["(", "format", ":"] {
        let next = rest
            .strip_prefix(part)
            .ok_or_else(|| expected(if part.starts_with(rest) { "" } else { rest }, first))?;
        rest = skip(next);
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 {
        return Err(expected(rest, first));
    }
    // More digits than fit are a newer format, too.
    Ok(rest[..digits].parse().unwrap_or(u64::MAX))
}

const CUT_OFF: &str = "the file ends here before its end: it was cut off";

/// What follows white space, comments and attributes.
fn skip(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("//") || rest.starts_with("#!") {
        rest = rest.find('\n').map_or("", |end| &rest[end..]).trim_start();
    }
    rest
}

/// A conflict marker of git, to be looked for in a file that does not read.
pub(super) fn conflict_marker(text: &str) -> Option<ReadError> {
    let bytes = text.as_bytes();
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    // Strings of the file hold no raw line ends, so no text of a document can stand at the start of a line.
    let found = starts.zip(1..).find(|(start, _)| {
        let line = &bytes[*start..];
        let is_middle = line.strip_prefix(b"=======").is_some_and(|rest| {
            let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
            rest.is_empty() || rest.starts_with(b"\n")
        });
        is_middle || line.starts_with(b"<<<<<<< ") || line.starts_with(b">>>>>>> ")
    });
    found.map(|(_, line)| ReadError::Syntax {
        place: Place { line, column: 1 },
        what: "a conflict marker: a merge by git was left unfinished here".to_owned(),
        cut_off: false,
    })
}

/// An error of RON in our words: without the text that it found, which may be a document's.
pub(super) fn error(text: &str, error: &ron::error::SpannedError) -> ReadError {
    use ron::Error;
    let place = Place { line: error.span.end.line, column: error.span.end.col };
    let end = Place::of(text.as_bytes(), text.trim_end().len());
    // A name or number cut in two is noticed where it begins, in the last line.
    let in_last_line = place.line == end.line && !text.trim_end().ends_with(')');
    let cut_off = matches!(error.code, Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment)
        || place >= end
        || (in_last_line && !text.contains("\n// sha256: "));
    let what = match &error.code {
        _ if cut_off => CUT_OFF.to_owned(),
        Error::InvalidValueForType { expected, .. } => format!("expected {expected}"),
        Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            "expected the name of a field".to_owned()
        }
        // Not by its name: where a quotation mark is lost, the words of a text stand where a name should.
        Error::NoSuchStructField { outer, .. } => {
            format!("there is no field of this name in {}", outer.as_deref().unwrap_or("this record"))
        }
        Error::NoSuchEnumVariant { expected, .. } => format!("expected one of {}", expected.join(", ")),
        Error::ExpectedDifferentStructName { expected, .. } => format!("expected {expected}"),
        code => lower_case(&code.to_string()),
    };
    ReadError::Syntax { place, what, cut_off }
}

fn lower_case(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
