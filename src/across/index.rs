//! The index of a dossier: which words stand where. A document is added, replaced and removed at the cost of that
//! document; nothing else is read again.
//!
//! It is plain data that may live on a worker and be read by many at once. A document keeps its words (16 bytes each) and
//! the places of each class; the index keeps, for each class, the documents that have it.
//!
//! Left out are ranges marked *not text*, and lines that recur as the headers of pages do: [`furniture`].

mod furniture;
mod postings;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Document, DocumentId, Presentation, Session, Span};
use crate::text::is_blank;

use super::query::Pool;
use super::vocabulary::{Batch, ClassId, Vocabulary, WordId};
use super::words::{flag, fold_words};
pub(crate) use postings::{MORE, Posting};
use postings::{Postings, near};

/// A word of an indexed document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub id: WordId,
    pub class: ClassId,
    pub start: u32,
    pub length: u16,
    pub flags: u16,
}

impl Word {
    pub fn end(self) -> usize {
        self.start as usize + self.length as usize
    }

    pub fn has(self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// An indexed document.
#[derive(Clone, Debug)]
pub(crate) struct Indexed {
    pub id: DocumentId,
    pub text: Arc<str>,
    pub words: Vec<Word>,
    /// Lines that were left out as furniture, besides those that were marked.
    pub furniture: Vec<Span>,
    /// Each class with where its places begin in `places`, sorted by class.
    classes: Vec<(ClassId, u32)>,
    /// Positions of words, by class, each in order.
    places: Vec<u32>,
    /// Capitals tell names from other words here.
    has_names: bool,
}

impl Indexed {
    /// The positions of the words of a class.
    pub fn places(&self, class: ClassId) -> &[u32] {
        let Ok(at) = self.classes.binary_search_by_key(&class, |(class, _)| *class) else { return &[] };
        let end = self.classes.get(at + 1).map_or(self.places.len(), |(_, from)| *from as usize);
        &self.places[self.classes[at].1 as usize..end]
    }

    /// The words that lie in `span`, by position.
    pub fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|word| word.end() <= span.start());
        let to = self.words.partition_point(|word| (word.start as usize) < span.end());
        from..to.max(from)
    }

    /// The bytes from the first to the last of some words.
    pub fn span_of(&self, words: std::ops::Range<usize>) -> Option<Span> {
        let (first, last) = (self.words.get(words.start)?, self.words.get(words.end.checked_sub(1)?)?);
        Span::new(first.start as usize, last.end())
    }

    /// Whether a word has the capital of a name where it stands.
    pub fn is_capital(&self, word: Word) -> bool {
        self.has_names && word.has(flag::CAPITAL) && !word.has(flag::SENTENCE | flag::QUOTE | flag::LINE)
    }
}

/// Words to a bucket of the candidate search.
pub(crate) const BUCKET: usize = 16;

/// All documents of a dossier, ready to be searched for echoes.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(crate) vocabulary: Vocabulary,
    slots: BTreeMap<DocumentId, usize>,
    documents: Vec<Option<Indexed>>,
    postings: Postings,
    /// By slot: the first bucket of a document, and the one behind its last.
    spans: Vec<(u32, u32)>,
    /// Words in all documents.
    words: usize,
    /// Buckets given out, those of removed documents among them.
    buckets: u32,
    /// By class, for the counting sort of one document; all zero between.
    counts: Vec<u32>,
    pub(super) pool: Pool,
}

impl Index {
    /// The index of a session's documents.
    pub fn of_session(session: &Session) -> Self {
        let mut index = Self::default();
        session.documents.iter().for_each(|document| index.put(document));
        index
    }

    /// Adds a document, or puts it in the place of the one with its id.
    pub fn put(&mut self, document: &Document) {
        let is_markdown = document.info.presentation == Presentation::Markdown;
        self.put_text(&document.id, document.source.text.clone(), is_markdown, &document.info.furniture);
    }

    /// The same from its parts. `furniture`: sorted, not overlapping.
    pub fn put_text(&mut self, id: &DocumentId, text: Arc<str>, is_markdown: bool, furniture: &[Span]) {
        self.remove(id);
        self.pool = Pool::default();
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6);
        let (mut marked, mut held) = (furniture.iter().peekable(), 0);
        let (mut batch, mut months) = (Batch::default(), Vec::new());
        let vocabulary = &mut self.vocabulary;
        fold_words(&text, is_markdown, |word| {
            while marked.next_if(|span| span.end() <= word.start).is_some() {}
            if marked.peek().is_some_and(|span| span.start() < word.end) {
                held |= word.flags & (flag::PARAGRAPH | flag::SENTENCE | flag::CLAUSE | flag::LINE);
                return;
            }
            words.push(Word {
                id: 0,
                class: 0,
                start: word.start as u32,
                length: u16::try_from(word.end - word.start).unwrap_or(u16::MAX),
                flags: word.flags | std::mem::take(&mut held),
            });
            batch.push(word.folded);
            if batch.is_full() {
                number(vocabulary, &mut batch, &mut words, &mut months);
            }
        });
        number(vocabulary, &mut batch, &mut words, &mut months);
        read_months(vocabulary, &mut words, &months);
        let furniture = furniture::take_out(&mut words, &text);
        let has_names = has_names(&words);
        let slot = self.documents.iter().position(Option::is_none).unwrap_or(self.documents.len());
        let mut indexed = Indexed {
            id: id.clone(),
            text,
            words,
            furniture,
            classes: Vec::new(),
            places: Vec::new(),
            has_names,
        };
        self.sort_places(&mut indexed, slot as u32);
        self.spans.resize(self.spans.len().max(slot + 1), (0, 0));
        self.give_buckets(slot, indexed.words.len());
        self.count(&indexed, 1);
        if slot == self.documents.len() {
            self.documents.push(None);
        }
        self.documents[slot] = Some(indexed);
        self.slots.insert(id.clone(), slot);
    }

    /// Removes a document. `false` when there is none with this id.
    pub fn remove(&mut self, id: &DocumentId) -> bool {
        let Some(slot) = self.slots.remove(id) else { return false };
        let Some(indexed) = self.documents[slot].take() else { return false };
        self.pool = Pool::default();
        for (class, _) in &indexed.classes {
            self.postings.remove(*class, slot as u32);
        }
        self.count(&indexed, -1);
        self.give_buckets_anew();
        true
    }

    /// The ids of the documents, sorted.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentId> {
        self.slots.keys()
    }

    /// Lines of a document that were not searched because they recur as headers of pages do.
    pub fn recurring_lines(&self, id: &DocumentId) -> &[Span] {
        self.slot(id).and_then(|slot| self.document(slot)).map_or(&[], |document| &document.furniture)
    }

    /// How many words are searched.
    pub fn words(&self) -> usize {
        self.words
    }

    /// So many places of the same wording are a statement and its echoes rather than a set phrase: the two at hand, and in a
    /// small dossier some more, where what recurs is mostly the matter itself and idioms have not yet shown.
    pub(crate) fn own_places(&self) -> f32 {
        const SMALL: f32 = 30_000.0;
        2.0 + 3.0 * (1.0 - self.words as f32 / SMALL).max(0.0)
    }

    pub(crate) fn slot(&self, id: &DocumentId) -> Option<usize> {
        self.slots.get(id).copied()
    }

    pub(crate) fn document(&self, slot: usize) -> Option<&Indexed> {
        self.documents.get(slot).and_then(Option::as_ref)
    }

    /// All slots are below this.
    pub(crate) fn most_slots(&self) -> usize {
        self.documents.len()
    }

    /// Slots of the documents, by id.
    pub(crate) fn slots(&self) -> impl Iterator<Item = usize> {
        self.slots.values().copied()
    }

    /// The documents that have a class.
    pub(crate) fn postings(&self, class: ClassId) -> &[Posting] {
        self.postings.of(class)
    }

    /// The places of a posting in its document.
    pub(crate) fn places_of(&self, posting: &Posting) -> Option<(&Indexed, &[u32])> {
        let document = self.document(posting.slot as usize)?;
        Some((document, &document.places[posting.from as usize..(posting.from + posting.count) as usize]))
    }

    /// Each document that has a class, with the places where it has it.
    pub(crate) fn places(&self, class: ClassId) -> impl Iterator<Item = (usize, &[u32])> {
        let postings = self.postings.of(class).iter();
        postings.filter_map(|posting| Some((posting.slot as usize, self.places_of(posting)?.1)))
    }

    /// The buckets of the document in a slot: the first, and the one behind the last.
    pub(crate) fn buckets_of(&self, slot: u32) -> (u32, u32) {
        self.spans[slot as usize]
    }

    pub(crate) fn buckets(&self) -> usize {
        self.buckets as usize
    }

    /// Whether a word is a name where it stands, or mostly.
    pub(crate) fn is_name(&self, document: &Indexed, word: Word) -> bool {
        document.has_names
            && (document.is_capital(word) || word.has(flag::CAPITAL) && self.vocabulary.is_name(word.id))
    }

    fn count(&mut self, indexed: &Indexed, by: i32) {
        for word in &indexed.words {
            self.vocabulary.count(word.id, indexed.is_capital(*word), by);
        }
        for (at, (class, from)) in indexed.classes.iter().enumerate() {
            let to = indexed.classes.get(at + 1).map_or(indexed.places.len() as u32, |(_, from)| *from);
            self.vocabulary.count_class(*class, (to - from) as i32 * by);
        }
        self.words = self.words.wrapping_add_signed(indexed.words.len() as isize * by as isize);
    }

    /// Fills the places of a document by class: a counting sort.
    fn sort_places(&mut self, indexed: &mut Indexed, slot: u32) {
        self.postings.extend_to(self.vocabulary.classes());
        self.counts.resize(self.vocabulary.classes(), 0);
        let counts = &mut self.counts;
        let mut classes: Vec<ClassId> = Vec::new();
        for word in &indexed.words {
            let count = &mut counts[word.class as usize];
            if *count == 0 {
                classes.push(word.class);
            }
            *count += 1;
        }
        classes.sort_unstable();
        indexed.classes.reserve_exact(classes.len());
        let mut from = 0;
        for class in &classes {
            let count = std::mem::replace(&mut counts[*class as usize], from);
            indexed.classes.push((*class, from));
            from += count;
        }
        indexed.places = vec![0; indexed.words.len()];
        for (position, word) in indexed.words.iter().enumerate() {
            let place = &mut counts[word.class as usize];
            indexed.places[*place as usize] = position as u32;
            *place += 1;
        }
        for (class, from) in &indexed.classes {
            let to = std::mem::take(&mut counts[*class as usize]);
            let near = near(&indexed.places[*from as usize..to as usize]);
            self.postings.push(*class, Posting { slot, from: *from, count: to - from, near });
        }
    }

    /// Gives the document in a slot buckets behind all others; the last is always empty.
    fn give_buckets(&mut self, slot: usize, words: usize) {
        let end = self.buckets + words.div_ceil(BUCKET) as u32;
        self.spans[slot] = (self.buckets, end);
        self.buckets = end + 1;
    }

    /// Closes the gaps that removed documents left, once they are the greater part.
    fn give_buckets_anew(&mut self) {
        if (self.buckets as usize) < 2 * self.words / BUCKET + 1024 {
            return;
        }
        self.buckets = 0;
        for slot in 0..self.documents.len() {
            if let Some(words) = self.documents[slot].as_ref().map(|indexed| indexed.words.len()) {
                self.give_buckets(slot, words);
            }
        }
    }
}

/// Gives the last words, those of `batch`, their numbers; `months`: where the name of one stands.
fn number(vocabulary: &mut Vocabulary, batch: &mut Batch, words: &mut [Word], months: &mut Vec<usize>) {
    let mut at = words.len() - batch.len();
    vocabulary.put_all(batch, |known| {
        let word = &mut words[at];
        (word.id, word.class) = (known.id, known.class);
        word.flags |= known.flags;
        if known.is_month {
            months.push(at);
        }
        at += 1;
    });
}

/// Turns names of months, at `months`, beside a day or a year into numbers, as dates in digits are read.
fn read_months(vocabulary: &mut Vocabulary, words: &mut [Word], months: &[usize]) {
    for &at in months {
        let month = vocabulary.entry(words[at].id).kind.month;
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let is_number = |at: usize| words.get(at).is_some_and(|word| word.has(flag::NUMBER));
        let is_abbreviated = vocabulary.text(words[at].id).len() <= 3;
        let is_date = beside.into_iter().any(is_number) && (!is_abbreviated || at > 0 && is_number(at - 1));
        if is_date {
            let known = vocabulary.put(&format!("#m{month}"));
            let flags = words[at].flags & !flag::FUNCTION | known.flags;
            words[at] = Word { id: known.id, class: known.class, flags, ..words[at] };
        }
    }
}

/// False where every fourth word inside a sentence has a capital: German, or all of it is headlines. Where names stand in rows
/// ("Dame Ruth Pell"), as in a hearing, a row counts once.
fn has_names(words: &[Word]) -> bool {
    let inside = words.iter().filter(|word| !word.has(flag::SENTENCE | flag::QUOTE | flag::NUMBER));
    let (mut all, mut capitals, mut rows, mut before) = (0, 0, 0, false);
    for word in inside {
        let is_capital = word.has(flag::CAPITAL);
        all += 1;
        capitals += usize::from(is_capital);
        rows += usize::from(is_capital && !before);
        before = is_capital;
    }
    let one_each = all + rows - capitals;
    capitals * 4 < all.max(1) || rows * 6 < one_each
}

/// The line of `text` around `start..end`, without white space at its ends.
fn line_around(text: &str, start: usize, end: usize) -> Option<Span> {
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = &text[from..to];
    let from = to - line.trim_start_matches(is_blank).len();
    Span::new(from, from + text[from..to].trim_end_matches(is_blank).len())
}

#[cfg(test)]
mod tests;
