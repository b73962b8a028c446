//! Search: where a text has some words, with or without regard to case, diacritics and quotes.
//!
//! A [`Query`] is compiled into one regular expression, in which a folded letter is the class of all characters that
//! fold to it, followed by any combining marks. So a hit is a span of the text itself, and nothing is mapped back.
//! Where a reader sees other than what stands in the source ([`Seen`]), that is searched.
//!
//! A hit is never empty and never begins or ends inside a grapheme cluster: `👮` is not found in `👮🏽‍♀️`, nor `e` in
//! an `é` of two code points unless diacritics are folded. What a regular expression matches is widened to whole
//! clusters instead, as it counts in code points.
//!
//! Limits: letters that one folds to two (`ß`, `æ`) are not folded. In a regular expression letters and sets of up to
//! 64 characters are folded, `[^e]` and `\w` are taken as they stand.

mod folds;
mod pattern;
mod seen;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};
use regex_syntax::hir::Hir;
use unicode_segmentation::GraphemeCursor;

use crate::model::Span;

pub use seen::Seen;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The words, or the regular expression. White space at the ends counts in the latter alone.
    pub words: String,
    /// How they are meant.
    pub mode: Mode,
    /// Without regard to case and diacritics.
    pub fold: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self { words: String::new(), mode: Mode::default(), fold: true }
    }
}

/// How the words of a query are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As they stand; white space is any white space, quotes are any quotes.
    #[default]
    Plain,
    /// The same, and neither end inside a word. An underscore is no letter: Markdown's emphasis is made of them.
    WholeWord,
    /// A regular expression, by lines: `^` and `$` are those of a line, `.` is no line break.
    Regex,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 3] = [Self::Plain, Self::WholeWord, Self::Regex];

    /// Its name on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "Plain",
            Self::WholeWord => "Whole word",
            Self::Regex => "Regular expression",
        }
    }
}

/// Why a regular expression can't be searched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct QueryError {
    /// What is wrong, as a sentence without full stop.
    pub what: String,
    /// Where in the query, in bytes; `None`: the whole of it.
    pub place: Option<Range<usize>>,
}

/// A query, ready to search.
#[derive(Debug)]
pub struct Finder {
    regex: Regex,
    /// The same without the ends of words in it, which make it slow in a text with letters beyond ASCII: it matches
    /// wherever the other does, and the other is asked about those lines alone.
    rough: Option<Regex>,
    mode: Mode,
    windows: Windows,
}

/// What the two expressions of a [`Finder`] work in.
struct Caches {
    regex: Cache,
    rough: Option<Cache>,
}

/// How a text is searched part by part, so that a search can be ended.
#[derive(Clone, Copy, Debug)]
enum Windows {
    /// Not at all: what an expression matches may hang on all that follows.
    None,
    /// By whole lines: no match has a line break in it.
    Lines,
    /// With so many bytes past the end of a window: a hit that begins in it does not reach further.
    Reach(usize),
}

/// What a search has found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits, in order, none overlapping another.
    pub spans: Vec<Span>,
    /// There are more than were asked for.
    pub more: bool,
}

/// Bytes that are searched before it is asked again whether the search is still wanted.
const WINDOW: usize = 4 << 20;
/// White space longer than this within a hit may not be found across the end of a window.
const REACH: usize = 64 << 10;

impl Query {
    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        match self.mode {
            Mode::Regex => self.words.is_empty(),
            _ => self.words.trim().is_empty(),
        }
    }

    /// Compiles it; `None` when there is nothing to look for.
    ///
    /// # Errors
    /// What is wrong with a regular expression, and where.
    pub fn compile(&self) -> Result<Option<Finder>, QueryError> {
        let hir = match self.mode {
            Mode::Regex if self.words.is_empty() => None,
            Mode::Regex => Some(pattern::of_regex(&self.words, self.fold)?),
            _ => pattern::of_words(&self.words, self.fold),
        };
        let Some(hir) = hir else { return Ok(None) };
        let build = |hir: &Hir| {
            let config = Regex::config().nfa_size_limit(Some(64 << 20)).onepass(false);
            Regex::builder().configure(config).build_from_hir(hir).map_err(|_| QueryError {
                what: "This is too large to search for: say fewer repetitions or words".to_owned(),
                place: None,
            })
        };
        let windows = match self.mode {
            Mode::Regex if pattern::crosses_lines(&hir) => Windows::None,
            Mode::Regex => Windows::Lines,
            _ => Windows::Reach(REACH.max(8 * self.words.len())),
        };
        let rough = match windows {
            Windows::Lines => pattern::without_word_ends(&hir).map(|rough| build(&rough)).transpose()?,
            _ => None,
        };
        Ok(Some(Finder { regex: build(&hir)?, rough, mode: self.mode, windows }))
    }
}

impl Finder {
    /// The first `most` hits in `text`; `None` when the search is no longer wanted. Each hit begins where the one
    /// before has ended, or later.
    pub fn find(&self, text: &str, most: usize, cancelled: &AtomicBool) -> Option<Hits> {
        let rough = self.rough.as_ref().map(Regex::create_cache);
        let mut caches = Caches { regex: self.regex.create_cache(), rough };
        let mut hits = Hits::default();
        let (mut at, mut free) = (0, 0);
        while let Some(found) = self.next(&mut caches, text, at, cancelled)? {
            let hit = match self.mode {
                Mode::Regex => widened(text, &found).filter(|hit| hit.start() >= free),
                mode => Span::new(found.start, found.end).filter(|hit| {
                    let is_end = |offset| {
                        is_cluster_boundary(text, offset)
                            && (mode != Mode::WholeWord || !is_inside_word(text, offset))
                    };
                    is_end(hit.start()) && is_end(hit.end())
                }),
            };
            match hit {
                Some(_) if hits.spans.len() == most => {
                    hits.more = true;
                    break;
                }
                Some(hit) => {
                    hits.spans.push(hit);
                    (at, free) = (hit.end().max(found.end), hit.end());
                }
                // What is no hit may hide one that begins within it.
                None if self.mode != Mode::Regex || found.is_empty() => {
                    at = text.ceil_char_boundary(found.start + 1);
                    if found.start >= text.len() {
                        break;
                    }
                }
                None => at = found.end,
            }
        }
        Some(hits)
    }

    /// The first match from byte `at` on; the outer `None`: the search is no longer wanted.
    fn next(
        &self,
        caches: &mut Caches,
        text: &str,
        mut at: usize,
        cancelled: &AtomicBool,
    ) -> Option<Option<Range<usize>>> {
        loop {
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            let rest = text.len() - at;
            // Where hits of this window begin, and where they end at the latest.
            let (next, end) = match self.windows {
                Windows::Lines if rest > WINDOW => {
                    let line = text.as_bytes()[at + WINDOW..].iter().position(|byte| *byte == b'\n');
                    let end = line.map_or(text.len(), |line| at + WINDOW + line + 1);
                    (end, end)
                }
                Windows::Reach(reach) if rest > WINDOW + reach => {
                    (text.floor_char_boundary(at + WINDOW), text.floor_char_boundary(at + WINDOW + reach))
                }
                _ => (text.len(), text.len()),
            };
            let found = self.first(caches, text, at..end);
            if next == text.len() {
                return Some(found);
            }
            match found.filter(|found| found.start < next) {
                Some(found) if found.end < end || next == end => return Some(Some(found)),
                Some(found) => {
                    return Some(self.first(caches, text, found.start..text.len()));
                }
                None => at = next,
            }
        }
    }

    /// The first match within `range`.
    fn first(&self, caches: &mut Caches, text: &str, mut range: Range<usize>) -> Option<Range<usize>> {
        let mut exact = |range: Range<usize>| {
            self.regex
                .search_with(&mut caches.regex, &Input::new(text).range(range))
                .map(|found| found.range())
        };
        let (Some(rough), Some(cache)) = (&self.rough, &mut caches.rough) else { return exact(range) };
        while let Some(candidate) = rough.search_with(cache, &Input::new(text).range(range.clone())) {
            let start = candidate.start();
            let line = text.as_bytes()[start..range.end].iter().position(|byte| *byte == b'\n');
            let end = line.map_or(range.end, |line| start + line + 1);
            if let Some(found) = exact(start..end) {
                return Some(found);
            }
            range.start = end;
        }
        None
    }
}

/// The match with the whole of the clusters at its ends; `None` when it is empty.
fn widened(text: &str, found: &Range<usize>) -> Option<Span> {
    let hit = Span::new(found.start, found.end)?;
    let mut cursor = GraphemeCursor::new(hit.start(), text.len(), true);
    let start = match is_cluster_boundary(text, hit.start()) {
        true => hit.start(),
        false => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
    };
    let mut cursor = GraphemeCursor::new(hit.end(), text.len(), true);
    let end = match is_cluster_boundary(text, hit.end()) {
        true => hit.end(),
        false => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
    };
    Span::new(start, end)
}

/// True when no grapheme cluster reaches over byte `offset`.
fn is_cluster_boundary(text: &str, offset: usize) -> bool {
    let bytes = text.as_bytes();
    match (offset.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(offset)) {
        (None, _) | (_, None) => true,
        (Some(b'\r'), Some(b'\n')) => false,
        (Some(before), Some(after)) if before.is_ascii() && after.is_ascii() => true,
        _ => GraphemeCursor::new(offset, text.len(), true).is_boundary(text, 0) != Ok(false),
    }
}

/// True when a letter, digit or mark stands at either side of byte `offset`.
fn is_inside_word(text: &str, offset: usize) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let (before, after) = text.split_at(offset);
    before.chars().next_back().is_some_and(is_of_word) && after.chars().next().is_some_and(is_of_word)
}
