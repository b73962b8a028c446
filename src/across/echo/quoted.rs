//! Parts of quotations that were put together of two places: between quotation marks, exact runs that tile the whole are
//! trusted where no score would trust each of them alone.

use std::ops::Range;

use crate::model::Span;

use super::super::index::Indexed;
use super::super::query::Searcher;
use super::super::quotations::quotations;
use super::super::runs::exact_runs_in;
use super::super::splice::{Part, RUN, omission_in, sources, spliced};
use super::{FEWEST_PLAIN, Found, Level, threshold};

/// Quotations of more words are no splice of two fragments; their sentences are found one by one.
const LONGEST: usize = 60;

/// What stands in two parts in another document, of the quotations of a document that lie in `passage`, or of all.
pub(super) fn quoted_parts(searcher: &Searcher, slot: usize, passage: Option<Span>) -> Vec<Found> {
    let index = searcher.index;
    let Some(document) = index.document(slot) else { return Vec::new() };
    let mut found = Vec::new();
    for words in quoted(document, passage) {
        let sources = sources(index, document, &words);
        let takes = |slot: usize| sources[slot];
        let runs = exact_runs_in(index, slot, words.clone(), &takes);
        if runs.first().is_some_and(|run| run.here == words) {
            continue;
        }
        let omitted = omission_in(index, (slot, document), &words, &takes);
        let parts = match omitted.into_iter().next() {
            Some(parts) => Some(parts),
            None => spliced(&words, &runs).map(|(slot, parts)| (slot, parts.to_vec())),
        };
        let Some((other, parts)) = parts else { continue };
        if parts.iter().all(|part| says_something(searcher, document, part)) {
            let part = |part: Part| Found {
                slots: (slot, other),
                here: part.here,
                there: part.there,
                level: Level::Verbatim,
                // Below what has a score of its own.
                score: threshold(index),
                coverage: 1.0,
                is_set_phrase: false,
            };
            found.extend(parts.into_iter().map(part));
        }
    }
    found
}

/// The words of each quotation that may be put together.
fn quoted(document: &Indexed, passage: Option<Span>) -> Vec<Range<usize>> {
    let text = &*document.text;
    let (start, end) = passage.map_or((0, text.len()), |it| (it.start(), it.end()));
    // Marks pair within a paragraph.
    let start = text[..start].rfind("\n\n").map_or(0, |at| at + 2);
    let end = text[end..].find("\n\n").map_or(text.len(), |at| end + at);
    let spans = quotations(&text[start..end]).into_iter();
    let spans = spans.filter_map(|it| Span::new(it.start() + start, it.end() + start));
    let is_asked =
        |span: &Span| passage.is_none_or(|it| it.start() <= span.start() && span.end() <= it.end());
    let words = spans.filter(is_asked).map(|span| document.words_in(span));
    words.filter(|words| (2 * RUN..=LONGEST).contains(&words.len())).collect()
}

/// Whether a part has words that say what it is about, not only the frame of a sentence.
fn says_something(searcher: &Searcher, document: &Indexed, part: &Part) -> bool {
    let index = searcher.index;
    let is_plain = |at: &usize| {
        let word = document.words[*at];
        !index.vocabulary.entry(word.id).kind.function && !index.is_name(document, word)
    };
    part.here.len() >= RUN && part.here.clone().filter(is_plain).count() >= FEWEST_PLAIN - 1
}
