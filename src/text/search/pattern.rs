//! From the words of a query to a regular expression.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, LookSet, Repetition};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

use super::QueryError;
use super::folds::{self, FOLDED_TO};
use crate::text::fold::{DOUBLE_QUOTES, SINGLE_QUOTES};

/// Sets of more characters than this stand in a regular expression for what they leave out, and are not folded.
const LARGE_SET: usize = 64;

/// The expression for words as they stand; `None` when nothing is left of them.
pub(super) fn of_words(words: &str, fold: bool) -> Option<Hir> {
    let mut parts = Vec::new();
    for word in words.split_whitespace() {
        let letters = if fold { folded_word(word) } else { exact_word(word) };
        if letters.is_empty() {
            continue;
        }
        if !parts.is_empty() {
            parts.push(white_space());
        }
        parts.extend(letters);
    }
    (!parts.is_empty()).then(|| Hir::concat(parts))
}

/// The expression that the user has written.
pub(super) fn of_regex(words: &str, fold: bool) -> Result<Hir, QueryError> {
    let mut parser = ParserBuilder::new().multi_line(true).build();
    let hir = parser.parse(words).map_err(|error| explained(words, &error))?;
    Ok(if fold { folded(&hir) } else { hir })
}

/// True when what it matches may have a line break in it.
pub(super) fn crosses_lines(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&b'\n'),
        HirKind::Class(Class::Unicode(set)) => {
            set.iter().any(|range| range.start() <= '\n' && '\n' <= range.end())
        }
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => crosses_lines(&repetition.sub),
        HirKind::Capture(capture) => crosses_lines(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(crosses_lines),
    }
}

/// Each letter as the class of all that fold to it, with its combining marks.
fn folded_word(word: &str) -> Vec<Hir> {
    let mut parts = Vec::new();
    for c in word.nfc() {
        let letters: Vec<char> = folds::of(c).collect();
        if !letters.is_empty() {
            parts.push(folded_letters(&letters));
            parts.push(marks_after(letters[letters.len() - 1]));
        }
    }
    parts
}

/// What one character folds to, in every way to write it: Korean syllables come whole, in two pieces and in three.
fn folded_letters(letters: &[char]) -> Hir {
    let whole = one_of(letters);
    if letters.len() == 1 {
        return whole;
    }
    let mut ways = vec![whole];
    for cut in 1..letters.len() {
        let (first, rest) = letters.split_at(cut);
        ways.push(Hir::concat(vec![one_of(first), marks_after(first[cut - 1]), folded_letters(rest)]));
    }
    Hir::alternation(ways)
}

/// The class of all characters that fold to just these letters.
fn one_of(letters: &[char]) -> Hir {
    let others = FOLDED_TO.get(letters).into_iter().flatten().copied();
    let itself = match letters {
        [c] => Some(*c),
        _ => None,
    };
    class(itself.into_iter().chain(others))
}

/// Each grapheme cluster in both of its normal forms and as it was typed; any quote for a quote.
fn exact_word(word: &str) -> Vec<Hir> {
    let mut parts = Vec::new();
    for cluster in word.graphemes(true) {
        let quotes = [SINGLE_QUOTES, DOUBLE_QUOTES].into_iter().find(|quotes| {
            let mut chars = cluster.chars();
            chars.next().is_some_and(|c| quotes.contains(&c)) && chars.next().is_none()
        });
        if let Some(quotes) = quotes {
            parts.push(class(quotes.iter().copied()));
            continue;
        }
        let mut ways = vec![cluster.to_owned(), cluster.nfc().collect(), cluster.nfd().collect::<String>()];
        ways.dedup();
        // Of two ways, one of which begins with the other, the longer is tried first.
        ways.sort_by_key(|way| std::cmp::Reverse(way.len()));
        parts.push(Hir::alternation(ways.iter().map(|way| Hir::literal(way.as_bytes())).collect()));
    }
    parts
}

/// Letters and small sets of an expression, folded.
fn folded(hir: &Hir) -> Hir {
    changed(hir, &|hir| match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok().map(|letters| Hir::concat(folded_word(letters)))
        }
        HirKind::Class(Class::Unicode(set)) => folded_set(set),
        _ => None,
    })
}

/// The same expression without the ends of words in it, which matches wherever it does; `None` when it has none, or
/// when nothing is left that could not be empty.
pub(super) fn without_word_ends(hir: &Hir) -> Option<Hir> {
    if !hir.properties().look_set().contains_word_unicode() {
        return None;
    }
    let rough = changed(hir, &|hir| match hir.kind() {
        HirKind::Look(look) if LookSet::singleton(*look).contains_word_unicode() => Some(Hir::empty()),
        _ => None,
    });
    rough.properties().minimum_len().is_some_and(|len| len > 0).then_some(rough)
}

/// An expression with parts of it changed, those for which there is another.
fn changed(hir: &Hir, other: &dyn Fn(&Hir) -> Option<Hir>) -> Hir {
    let each = |parts: &[Hir]| parts.iter().map(|part| changed(part, other)).collect();
    match hir.kind() {
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(changed(&repetition.sub, other)),
            ..repetition.clone()
        }),
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(changed(&capture.sub, other)), ..capture.clone() })
        }
        HirKind::Concat(parts) => Hir::concat(each(parts)),
        HirKind::Alternation(parts) => Hir::alternation(each(parts)),
        _ => other(hir).unwrap_or_else(|| hir.clone()),
    }
}

fn folded_set(set: &ClassUnicode) -> Option<Hir> {
    let ranges = || set.iter().map(|range| range.start()..=range.end());
    if ranges().map(Iterator::count).sum::<usize>() > LARGE_SET {
        return None;
    }
    let mut all = set.clone();
    let mut last = 'a';
    for c in ranges().flatten() {
        let letters: Vec<char> = folds::of(c).collect();
        last = c;
        if let [letter] = letters[..] {
            let others = FOLDED_TO.get(&letters).into_iter().flatten().copied();
            others.chain([letter]).for_each(|c| all.push(ClassUnicodeRange::new(c, c)));
        }
    }
    Some(Hir::concat(vec![Hir::class(Class::Unicode(all)), marks_after(last)]))
}

fn class(chars: impl Iterator<Item = char>) -> Hir {
    Hir::class(Class::Unicode(ClassUnicode::new(chars.map(|c| ClassUnicodeRange::new(c, c)))))
}

/// White space of any length, line breaks too.
fn white_space() -> Hir {
    let space = ('\0'..='\u{3000}').filter(|c| c.is_whitespace());
    at_least(1, Hir::concat(vec![class(space), marks_after('a')]))
}

fn at_least(min: u32, sub: Hir) -> Hir {
    Hir::repetition(Repetition { min, max: None, greedy: true, sub: Box::new(sub) })
}

/// The combining marks that may stand after a letter. Few where few do: a small expression is a fast one.
fn marks_after(letter: char) -> Hir {
    /// Marks of Latin, Greek and Cyrillic letters, of signs, and variation selectors.
    const COMMON: [(char, char); 7] = [
        ('\u{0300}', '\u{036F}'),
        ('\u{0483}', '\u{0489}'),
        ('\u{1AB0}', '\u{1ACE}'),
        ('\u{1DC0}', '\u{1DFF}'),
        ('\u{20D0}', '\u{20F0}'),
        ('\u{FE00}', '\u{FE0F}'),
        ('\u{FE20}', '\u{FE2F}'),
    ];
    let has_common = matches!(letter, '\0'..'\u{0530}' | '\u{1E00}'..'\u{2E80}' | '\u{1F000}'..='\u{1FAFF}');
    let ranges: Vec<ClassUnicodeRange> = match has_common {
        true => COMMON.iter().map(|(from, to)| ClassUnicodeRange::new(*from, *to)).collect(),
        false => ('\u{0300}'..='\u{E01EF}')
            .filter(|c| is_combining_mark(*c))
            .map(|c| ClassUnicodeRange::new(c, c))
            .collect(),
    };
    at_least(0, Hir::class(Class::Unicode(ClassUnicode::new(ranges))))
}

/// What is wrong with an expression, in words for one who does not write them every day.
fn explained(words: &str, error: &regex_syntax::Error) -> QueryError {
    use regex_syntax::ast::ErrorKind as E;
    let (what, span) = match error {
        regex_syntax::Error::Parse(error) => {
            let what = match error.kind() {
                E::GroupUnclosed => "this bracket is not closed: a ) is missing".to_owned(),
                E::GroupUnopened => "this ) closes nothing; for the sign itself write \\)".to_owned(),
                E::ClassUnclosed => "this set is not closed: a ] is missing".to_owned(),
                E::RepetitionMissing => {
                    "nothing stands before this for it to repeat; for the sign itself put a \\ before it"
                        .to_owned()
                }
                E::RepetitionCountUnclosed => "this count is not closed: a } is missing".to_owned(),
                E::RepetitionCountInvalid => "the smaller number comes first: {2,5}".to_owned(),
                E::RepetitionCountDecimalEmpty => "a number belongs here: {2} or {2,5}".to_owned(),
                E::EscapeUnexpectedEof => {
                    "a \\ stands before the sign that it is for; for itself write \\\\".to_owned()
                }
                E::EscapeUnrecognized => "this has no meaning after a \\".to_owned(),
                E::ClassRangeInvalid => "this range runs backwards".to_owned(),
                E::UnsupportedLookAround => "looking ahead or behind is not possible here".to_owned(),
                E::UnsupportedBackreference => "referring back to a group is not possible here".to_owned(),
                kind => kind.to_string(),
            };
            (what, Some(*error.span()))
        }
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), Some(*error.span())),
        error => (error.to_string(), None),
    };
    let place = span
        .map(|span| span.start.offset..span.end.offset)
        .filter(|place| words.get(place.clone()).is_some());
    QueryError { what, place }
}
