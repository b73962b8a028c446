//! The distinct words of all documents: each has a number, a stem, a class (the first letters of its stem, by which
//! words are matched), and counts.

use super::words::flag;
use super::words::lists::{Kind, class, kind_of, number_of, prior, stem};

/// The number of a distinct word.
pub(crate) type WordId = u32;
/// The number of a class.
pub(crate) type ClassId = u32;

/// Letters of a word that may be a compound, and of its ending.
const LONG: usize = 10;
const ENDING: usize = 6;

/// A distinct word.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub stem: u32,
    /// The last letters of a long word, shared by compounds (*stadsbestuur*, *gemeentebestuur*); 0 for others.
    pub ending: u32,
    pub kind: Kind,
    pub is_number: bool,
    /// How often it stands in all documents.
    pub count: u32,
    /// How often it stands inside a sentence with a capital; in documents that do not capitalize every noun.
    pub capital: u32,
    /// The share of running text that it may be expected to have.
    pub prior: f32,
}

/// A set of strings with numbers: an open-addressing table, because one look-up a word decides the speed of indexing.
#[derive(Clone, Debug, Default)]
struct Interner {
    /// A power of two, at most half full.
    table: Vec<Held>,
    /// Where each string stands in the arena.
    texts: Vec<(u32, u32)>,
    arena: String,
}

/// A place of the table. What the owner asks for each word of a text stands here, where it was just read.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    key: Key,
    /// The string's number + 1; 0 is free.
    number: u32,
    /// What the owner knows of the string.
    note: u32,
}

impl Interner {
    /// The place that holds `text`, or that is free for it.
    fn find(&self, key: Key, text: &str) -> Result<usize, usize> {
        let mask = self.table.len() - 1;
        let mut at = key.home(self.table.len());
        loop {
            let held = &self.table[at];
            if held.number == 0 {
                return Err(at);
            }
            if held.key == key && (text.len() <= SHORT || self.text(held.number - 1) == text) {
                return Ok(at);
            }
            at = (at + 1) & mask;
        }
    }

    /// The place that holds `text`, and whether it is new.
    fn place(&mut self, text: &str) -> (usize, bool) {
        if (self.texts.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let key = Key::of(text.as_bytes());
        match self.find(key, text) {
            Ok(at) => (at, false),
            Err(at) => {
                self.texts.push((self.arena.len() as u32, text.len() as u32));
                self.arena.push_str(text);
                self.table[at] = Held { key, number: self.texts.len() as u32, note: 0 };
                (at, true)
            }
        }
    }

    /// The number of `text`.
    fn put(&mut self, text: &str) -> u32 {
        let (at, _) = self.place(text);
        self.table[at].number - 1
    }

    fn text(&self, number: u32) -> &str {
        let (start, length) = self.texts[number as usize];
        &self.arena[start as usize..(start + length) as usize]
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        let mut table = vec![Held::default(); size];
        for held in self.table.iter().filter(|held| held.number > 0) {
            let mut at = held.key.home(size);
            while table[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            table[at] = *held;
        }
        self.table = table;
    }
}

/// A string of up to sixteen bytes as two numbers, or the hash and length of a longer one. The highest byte tells them
/// apart: no text ends in 0xFF, and none that is put here holds a zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key(u64, u64);

/// Bytes of a string that is its own key.
const SHORT: usize = 16;
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Key {
    fn of(bytes: &[u8]) -> Self {
        match bytes.len() {
            0..=8 => Self(up_to_eight(bytes), 0),
            9..=SHORT => Self(eight(bytes, 0), up_to_eight(&bytes[8..])),
            length => {
                let mut hash = length as u64;
                let starts = (0..length - 8).step_by(8).chain([length - 8]);
                for word in starts.map(|at| eight(bytes, at)) {
                    hash = (hash ^ word).wrapping_mul(MULTIPLIER);
                    hash ^= hash >> 32;
                }
                Self(hash, length as u64 | 0xFF << 56)
            }
        }
    }

    /// The string of up to sixteen bytes that it was made of.
    fn letters(self, bytes: &mut [u8; SHORT], length: usize) -> &str {
        bytes[..8].copy_from_slice(&self.0.to_le_bytes());
        bytes[8..].copy_from_slice(&self.1.to_le_bytes());
        str::from_utf8(&bytes[..length]).unwrap_or_default()
    }

    /// Where it is looked for first: the upper bits of a product hang on all of its bytes.
    fn home(self, size: usize) -> usize {
        let product = (self.0.wrapping_mul(MULTIPLIER) ^ self.1).wrapping_mul(MULTIPLIER);
        (product >> (64 - size.trailing_zeros())) as usize
    }
}

fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

/// As a number, with zeros behind.
fn up_to_eight(bytes: &[u8]) -> u64 {
    let four = |at: usize| bytes[at..].first_chunk().map_or(0, |chunk| u64::from(u32::from_le_bytes(*chunk)));
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    match bytes.len() {
        0 => 0,
        // Parts overlap, and agree where they do.
        length @ 1..=3 => byte(0) | byte(length / 2) | byte(length - 1),
        length => four(0) | four(length - 4) << (8 * (length - 4)),
    }
}

/// Words of a text that wait for being looked up together: a look-up mostly waits for memory, and these wait at the same
/// time.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    words: Vec<Waiting>,
    /// Of words that are longer than a key.
    letters: String,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    key: Key,
    length: u32,
    /// Where the letters of a long one begin.
    from: u32,
}

impl Batch {
    const SIZE: usize = 64;

    #[inline]
    pub fn push(&mut self, folded: &str) {
        let from = self.letters.len() as u32;
        if folded.len() > SHORT {
            self.letters.push_str(folded);
        }
        self.words.push(Waiting { key: Key::of(folded.as_bytes()), length: folded.len() as u32, from });
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_full(&self) -> bool {
        self.words.len() >= Self::SIZE
    }
}

/// All distinct words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    words: Interner,
    entries: Vec<Entry>,
    stems: Interner,
    classes: Interner,
    /// How often a word of the class stands in all documents.
    class_counts: Vec<u32>,
}

/// What is asked for each word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub id: WordId,
    pub class: ClassId,
    /// What it is wherever it stands, as flags of a word.
    pub flags: u16,
    /// The name of a month, if it stands beside a number.
    pub is_month: bool,
}

/// Bits of a note; the class is above them.
const NUMBER: u32 = 1;
const MONTH: u32 = 2;
const FUNCTION: u32 = 4;
const NOTES: u32 = 3;

fn known(held: &Held) -> Known {
    let has = |bit: u32, flags: u16| if held.note & bit != 0 { flags } else { 0 };
    Known {
        id: held.number - 1,
        class: held.note >> NOTES,
        flags: has(NUMBER, flag::NUMBER | flag::VALUE) | has(FUNCTION, flag::FUNCTION),
        is_month: held.note & MONTH != 0,
    }
}

impl Vocabulary {
    /// What is known of a folded word, taken in if it is new.
    pub fn put(&mut self, folded: &str) -> Known {
        let (at, is_new) = self.words.place(folded);
        if is_new {
            self.words.table[at].note = self.describe(folded);
        }
        known(&self.words.table[at])
    }

    /// Takes in the words of a batch, in order, and empties it.
    pub fn put_all(&mut self, batch: &mut Batch, mut take: impl FnMut(Known)) {
        let size = self.words.table.len();
        let mut first = [Held::default(); Batch::SIZE];
        if size > 0 {
            for (held, word) in first.iter_mut().zip(&batch.words) {
                *held = self.words.table[word.key.home(size)];
            }
        }
        for (held, Waiting { key, length, from }) in first.iter().zip(&batch.words) {
            let length = *length as usize;
            let long = || &batch.letters[*from as usize..*from as usize + length];
            let is_it = held.number != 0
                && held.key == *key
                && (length <= SHORT || self.words.text(held.number - 1) == long());
            take(match () {
                () if is_it => known(held),
                () if length <= SHORT => self.put(key.letters(&mut [0; SHORT], length)),
                () => self.put(long()),
            });
        }
        batch.words.clear();
        batch.letters.clear();
    }

    /// Adds the entry of a new word. Its note: the class, and bits for what is a number, a month, a function word.
    fn describe(&mut self, folded: &str) -> u32 {
        let is_number = folded.starts_with('#');
        let value = if is_number { None } else { number_of(folded) };
        let (kind, stem_text, class_text) = match value {
            // A number word is the number.
            Some(value) => (Kind::default(), format!("#{value}"), format!("#{value}")),
            None if is_number => (Kind::default(), folded.to_owned(), folded.to_owned()),
            None => {
                let kind = kind_of(folded);
                let stem = if kind.function { folded } else { stem(folded) };
                // A function word is no form of a longer word.
                let class = if kind.function { format!("_{folded}") } else { class(stem).to_owned() };
                (kind, stem.to_owned(), class)
            }
        };
        let class = self.classes.put(&class_text);
        if class as usize == self.class_counts.len() {
            self.class_counts.push(0);
        }
        let is_number = is_number || value.is_some();
        let ending = match () {
            () if is_number || kind.function || folded.len() < LONG => 0,
            () => {
                self.stems.put(&format!("~{}", &folded[folded.ceil_char_boundary(folded.len() - ENDING)..]))
                    + 1
            }
        };
        let letters = folded.chars().count();
        let prior = if is_number { 0.000_3 } else { prior(letters, kind.function) };
        self.entries.push(Entry {
            stem: self.stems.put(&stem_text),
            ending,
            kind,
            is_number,
            count: 0,
            capital: 0,
            prior,
        });
        let has = |bit: u32, is_it: bool| if is_it { bit } else { 0 };
        class << NOTES | has(NUMBER, is_number) | has(MONTH, kind.month > 0) | has(FUNCTION, kind.function)
    }

    pub fn entry(&self, id: WordId) -> &Entry {
        &self.entries[id as usize]
    }

    /// The folded letters of a word.
    pub fn text(&self, id: WordId) -> &str {
        self.words.text(id)
    }

    /// Whether two words are the same: a number and its name are.
    pub fn is_same(&self, a: WordId, b: WordId) -> bool {
        a == b
            || (self.entry(a).is_number
                && self.entry(b).is_number
                && self.entry(a).stem == self.entry(b).stem)
    }

    /// Equal for words that are the same, and for no others.
    pub fn same_key(&self, id: WordId) -> u64 {
        let entry = self.entry(id);
        if entry.is_number { 1 << 32 | u64::from(entry.stem) } else { u64::from(id) }
    }

    pub fn class_count(&self, class: ClassId) -> u32 {
        self.class_counts[class as usize]
    }

    pub fn classes(&self) -> usize {
        self.class_counts.len()
    }

    /// Counts a word in, or out again.
    pub fn count(&mut self, id: WordId, is_capital: bool, by: i32) {
        let entry = &mut self.entries[id as usize];
        entry.count = entry.count.wrapping_add_signed(by);
        if is_capital {
            entry.capital = entry.capital.wrapping_add_signed(by);
        }
    }

    /// Counts words of a class in, or out again.
    pub fn count_class(&mut self, class: ClassId, by: i32) {
        let count = &mut self.class_counts[class as usize];
        *count = count.wrapping_add_signed(by);
    }

    /// Whether a word is mostly written with a capital where no sentence begins.
    pub fn is_name(&self, id: WordId) -> bool {
        let entry = self.entry(id);
        entry.capital * 2 > entry.count && !entry.kind.function
    }
}
