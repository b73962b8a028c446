//! Finding the passages of a file in a text.
//!
//! A file may count in code points, UTF-16 units or bytes, with a byte-order mark as the first character, and with
//! CRLF as two. How it counts is found by trying: the way in which most slices equal the quotes that the file gives.
//! A passage that does not fit even so is looked for by its words, and taken where they stand once, or once in the
//! context that the file gives; else it is not placed.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::Claim;
use crate::model::{CharOffset, Span, Utf16Offset};
use crate::text::is_blank;
use crate::text::offsets::CharIndex;

/// What a file counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    #[default]
    Chars,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
}

/// A way of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In what.
    pub unit: Unit,
    /// A byte-order mark before the text is counted.
    pub byte_order_mark: bool,
    /// Every line end is counted as two characters.
    pub crlf: bool,
}

impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.unit {
            Unit::Chars => "code points",
            Unit::Utf16 => "UTF-16 units",
            Unit::Bytes => "bytes",
        })?;
        if self.byte_order_mark {
            f.write_str(", after a byte-order mark")?;
        }
        if self.crlf {
            f.write_str(", with CRLF line ends")?;
        }
        Ok(())
    }
}

/// Where a passage was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Where the file says, counted in the way that fits the file best; one span a part.
    AsSaid(Vec<Span>),
    /// Where the file says, counted in another way than the rest of it.
    Otherwise(Vec<Span>, Reading),
    /// By its words, elsewhere than the file says, or the file gives no offsets.
    ByWords(Span),
    /// Where the file says; it gives no words to check this by.
    Unchecked(Vec<Span>),
    /// Nowhere, and why.
    Nowhere(&'static str),
}

/// Places the claims of one document in its canonical text. `crlf` says that the file's own text has CRLF line ends: as
/// long as no words tell otherwise, offsets count in the text as it stands in the file. Returns the way of counting that fits best and one
/// answer for each claim.
pub fn place(text: &str, claims: &[&Claim], crlf: bool) -> (Reading, Vec<Found>) {
    let index = Index::of(text);
    let unit = claims.first().map(|claim| claim.unit).unwrap_or_default();
    let usual = Reading { unit, crlf, ..Reading::default() };
    let fits = |claim: &Claim, reading: Reading| {
        let spans = index.spans(text, claim, reading)?;
        claim.quote.as_deref().is_some_and(|quote| says(text, &spans, quote, claim.cut)).then_some(spans)
    };
    let count = |reading| claims.iter().filter(|claim| fits(claim, reading).is_some()).count();
    let checkable = claims.iter().filter(|claim| claim.quote.is_some() && !claim.ranges.is_empty()).count();
    let mut best = (usual, count(usual));
    for reading in readings(usual.unit) {
        if best.1 == checkable {
            break;
        }
        let fitting = count(reading);
        if fitting > best.1 {
            best = (reading, fitting);
        }
    }
    let reading = best.0;
    let one = |claim: &&Claim| {
        if let Some(spans) = fits(claim, reading) {
            return Found::AsSaid(Index::joined(text, spans));
        }
        let Some(quote) = &claim.quote else {
            let spans = index.spans(text, claim, reading);
            return match spans {
                Some(spans) if !spans.is_empty() => Found::Unchecked(Index::joined(text, spans)),
                _ if claim.ranges.is_empty() => Found::Nowhere("the file gives neither offsets nor words"),
                _ => Found::Nowhere("its offsets do not fit the text"),
            };
        };
        let other = readings(usual.unit).find_map(|other| Some((fits(claim, other)?, other)));
        if let Some((spans, other)) = other {
            return Found::Otherwise(Index::joined(text, spans), other);
        }
        match by_words(text, quote, claim) {
            Ok(span) => Found::ByWords(span),
            Err(why) => Found::Nowhere(why),
        }
    };
    (reading, claims.iter().map(one).collect())
}

/// All ways of counting, the likelier ones first.
fn readings(usual: Unit) -> impl Iterator<Item = Reading> {
    let units = [usual, Unit::Chars, Unit::Utf16, Unit::Bytes];
    let more = [(false, false), (true, false), (false, true), (true, true)];
    more.into_iter().flat_map(move |(byte_order_mark, crlf)| {
        units.into_iter().map(move |unit| Reading { unit, byte_order_mark, crlf })
    })
}

struct Index {
    chars: CharIndex,
    /// Where the line ends stand, in bytes.
    line_ends: Vec<usize>,
}

impl Index {
    fn of(text: &str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
        Self { chars: CharIndex::of(text), line_ends: line_ends.collect() }
    }

    /// The parts of a claim, or `None` when one does not lie in the text on borders of characters. Empty without
    /// offsets.
    fn spans(&self, text: &str, claim: &Claim, reading: Reading) -> Option<Vec<Span>> {
        let span = |range: &Range<usize>| {
            Span::new(self.byte(text, range.start, reading)?, self.byte(text, range.end, reading)?)
        };
        claim.ranges.iter().map(span).collect()
    }

    fn byte(&self, text: &str, offset: usize, reading: Reading) -> Option<usize> {
        let mark = match reading.unit {
            Unit::Bytes => '\u{feff}'.len_utf8(),
            Unit::Chars | Unit::Utf16 => 1,
        };
        let mut offset = if reading.byte_order_mark { offset.checked_sub(mark)? } else { offset };
        if reading.crlf {
            // The line end i stands i units further on, and what follows it i + 1.
            let before = partition(self.line_ends.len(), |i| {
                self.offset(text, self.line_ends[i], reading.unit).is_some_and(|at| at + i < offset)
            });
            offset -= before;
        }
        match reading.unit {
            Unit::Bytes => text.is_char_boundary(offset).then_some(offset),
            Unit::Chars => self.chars.char_to_byte(text, CharOffset(offset)),
            Unit::Utf16 => self.chars.utf16_to_byte(text, Utf16Offset(offset)),
        }
    }

    fn offset(&self, text: &str, byte: usize, unit: Unit) -> Option<usize> {
        match unit {
            Unit::Bytes => Some(byte),
            Unit::Chars => self.chars.byte_to_char(text, byte).map(|at| at.0),
            Unit::Utf16 => self.chars.byte_to_utf16(text, byte).map(|at| at.0),
        }
    }

    /// Parts with nothing but white space between them become one.
    fn joined(text: &str, spans: Vec<Span>) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            if let Some(last) = joined.last_mut()
                && last.end() <= span.start()
                && text[last.end()..span.start()].chars().all(is_blank)
                && let Some(both) = Span::new(last.start(), span.end())
            {
                *last = both;
            } else {
                joined.push(span);
            }
        }
        joined
    }
}

/// The number of leading indexes for which `is_before` holds.
fn partition(len: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The span, widened so that it does not cut what a reader sees as one character (a grapheme cluster).
pub fn whole(text: &str, span: Span) -> Span {
    let inside = |at| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(false);
    let (mut start, mut end) = (span.start(), span.end());
    if inside(start) {
        let before = GraphemeCursor::new(start, text.len(), true).prev_boundary(text, 0);
        start = before.ok().flatten().unwrap_or(start);
    }
    if inside(end) {
        let after = GraphemeCursor::new(end, text.len(), true).next_boundary(text, 0);
        end = after.ok().flatten().unwrap_or(end);
    }
    Span::new(start, end).unwrap_or(span)
}

/// True when the parts say the words: white space is one space, and a quote that is cut is the beginning.
fn says(text: &str, spans: &[Span], quote: &str, cut: bool) -> bool {
    if let [span] = spans
        && span.of(text) == Some(quote)
    {
        return true;
    }
    let own = spans.iter().flat_map(|span| span.of(text)).collect::<Vec<_>>().join(" ");
    let (own, quote) = (words_of(&own), words_of(quote));
    let beginning =
        quote.strip_suffix('…').or_else(|| quote.strip_suffix("...")).unwrap_or(&quote).trim_end();
    let begins = beginning.len() < quote.len() || cut;
    !own.is_empty() && (own == quote || begins && !beginning.is_empty() && own.starts_with(beginning))
}

fn words_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the words stand: once in the text, or once between what the file says stands around them.
fn by_words(text: &str, quote: &str, claim: &Claim) -> Result<Span, &'static str> {
    if claim.cut || quote.trim().is_empty() {
        return Err("its words do not stand where the file says");
    }
    let quote = quote.replace("\r\n", "\n").replace('\r', "\n");
    let places: Vec<usize> = text.match_indices(&quote).map(|(at, _)| at).take(10_000).collect();
    let span = |at: usize| Span::new(at, at + quote.len()).ok_or("it has no words");
    match places[..] {
        [] => return Err("its words are not in the text"),
        [at] => return span(at),
        _ => {}
    }
    let in_context = |at: &&usize| {
        let (before, after) = (words_of(&claim.before), words_of(&claim.after));
        words_before(text, **at, &before) && words_after(text, **at + quote.len(), &after)
    };
    if claim.before.trim().is_empty() && claim.after.trim().is_empty() {
        return Err("its words stand in several places");
    }
    let mut fitting = places.iter().filter(in_context);
    match (fitting.next(), fitting.next()) {
        (Some(at), None) => span(*at),
        (Some(_), Some(_)) => Err("its words stand in several places, in the same context"),
        (None, _) => Err("its words stand in several places, none in the context that the file gives"),
    }
}

fn words_before(text: &str, at: usize, words: &str) -> bool {
    let start = text.floor_char_boundary(at.saturating_sub(2 * words.len() + 16));
    words_of(&text[start..at]).ends_with(words)
}

fn words_after(text: &str, at: usize, words: &str) -> bool {
    let end = text.ceil_char_boundary((at + 2 * words.len() + 16).min(text.len()));
    words_of(&text[at..end]).starts_with(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”\nNo 🙂.\n\nA passage here, “yes”\nand there. No.\n";

    fn claim(quote: &str, range: Range<usize>, unit: Unit) -> Claim {
        Claim::at(range, unit, quote)
    }

    /// Offsets of `quote` as a file would count that has a byte-order mark or CRLF: by making that file's text.
    fn counted(quote: &str, reading: Reading) -> Range<usize> {
        let mark = if reading.byte_order_mark { "\u{feff}" } else { "" };
        let file = |text: &str| {
            let text = if reading.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            format!("{mark}{text}")
        };
        let at = TEXT.find(quote).unwrap();
        let length = |text: String| match reading.unit {
            Unit::Bytes => text.len(),
            Unit::Chars => text.chars().count(),
            Unit::Utf16 => text.encode_utf16().count(),
        };
        length(file(&TEXT[..at]))..length(file(&TEXT[..at + quote.len()]))
    }

    #[test]
    fn however_a_file_counts_its_passages_are_found() {
        let quotes = ["“quote”", "A passage", "“yes”\nand there"];
        for reading in readings(Unit::Chars) {
            for said in [Unit::Chars, Unit::Utf16, Unit::Bytes] {
                let claims = quotes.map(|quote| claim(quote, counted(quote, reading), said));
                let (found_reading, found) = place(TEXT, &claims.each_ref(), false);
                assert_eq!(found_reading, reading, "said to be {said:?}");
                for (found, quote) in found.iter().zip(quotes) {
                    let Found::AsSaid(spans) = found else { panic!("{found:?}") };
                    assert_eq!(spans[0].of(TEXT), Some(quote), "{reading:?}");
                }
            }
        }
    }

    #[test]
    fn a_passage_off_its_place_is_found_by_its_words_or_not_at_all() {
        let found = |claim: &Claim| place(TEXT, &[claim], false).1.remove(0);
        let span = |quote: &str| {
            Span::new(TEXT.find(quote).unwrap(), TEXT.find(quote).unwrap() + quote.len()).unwrap()
        };
        assert_eq!(found(&claim("passage here", 0..3, Unit::Chars)), Found::ByWords(span("passage here")));
        assert_eq!(
            found(&claim("No", 0..3, Unit::Chars)),
            Found::Nowhere("its words stand in several places")
        );
        let with = Claim { after: " 🙂.\nx".to_owned(), ..claim("No", 900..902, Unit::Chars) };
        assert!(matches!(found(&with), Found::Nowhere(_)), "that context is nowhere");
        let with = Claim { after: " 🙂.".to_owned(), ..claim("No", 900..902, Unit::Chars) };
        assert_eq!(found(&with), Found::ByWords(span("No")));
        assert_eq!(
            found(&claim("absent", 0..6, Unit::Chars)),
            Found::Nowhere("its words are not in the text")
        );
        let blind = Claim { quote: None, ..claim("", 0..900, Unit::Chars) };
        assert_eq!(found(&blind), Found::Nowhere("its offsets do not fit the text"));
        let blind = Claim { quote: None, ..claim("", counted("A passage", Reading::default()), Unit::Chars) };
        assert_eq!(found(&blind), Found::Unchecked(vec![span("A passage")]));
        assert!(matches!(found(&Claim::default()), Found::Nowhere(_)));
    }

    #[test]
    fn without_words_offsets_count_in_the_text_as_the_file_has_it() {
        let reading = Reading { crlf: true, ..Reading::default() };
        let blind = Claim { quote: None, ..claim("", counted("A passage", reading), Unit::Chars) };
        let at = TEXT.find("A passage").unwrap();
        let span = Span::new(at, at + "A passage".len()).unwrap();
        assert_eq!(place(TEXT, &[&blind], true), (reading, vec![Found::Unchecked(vec![span])]));
        // Words that fit otherwise decide.
        let plain = Reading::default();
        let said = claim("A passage", counted("A passage", plain), Unit::Chars);
        assert_eq!(place(TEXT, &[&said], true), (plain, vec![Found::AsSaid(vec![span])]));
    }

    #[test]
    fn parts_are_joined_over_white_space_and_cut_quotes_are_beginnings() {
        let reading = Reading::default();
        let two = Claim {
            ranges: vec![counted("“yes”", reading), counted("and there", reading)],
            ..claim("“yes” and there", 0..0, Unit::Chars)
        };
        let at = TEXT.find("“yes”").unwrap();
        let both = Span::new(at, TEXT.find(" there").unwrap() + 6).unwrap();
        assert_eq!(place(TEXT, &[&two], false).1, [Found::AsSaid(vec![both])]);
        let cut = claim("A pas…", counted("A passage", reading), Unit::Chars);
        assert!(matches!(place(TEXT, &[&cut], false).1[0], Found::AsSaid(_)));
        // In the middle of an emoji: widened to what a reader sees.
        let inside = Claim { quote: None, ..claim("", 1..2, Unit::Chars) };
        assert_eq!(place(TEXT, &[&inside], false).1, [Found::Unchecked(vec![Span::new(4, 8).unwrap()])]);
        assert_eq!(whole(TEXT, Span::new(4, 8).unwrap()), Span::new(0, 17).unwrap());
    }

    proptest! {
        #[test]
        fn nothing_panics_and_spans_fit(start in 0usize..80, length in 0usize..30, quote in "[No 🙂pasge]{0,4}", unit in 0..3) {
            let unit = [Unit::Chars, Unit::Utf16, Unit::Bytes][unit as usize];
            let claim = claim(&quote, start..start + length, unit);
            let (_, found) = place(TEXT, &[&claim], false);
            if let Found::AsSaid(spans) | Found::Unchecked(spans) | Found::Otherwise(spans, _) = &found[0] {
                prop_assert!(spans.iter().all(|span| span.is_in(TEXT)));
            }
        }
    }
}
