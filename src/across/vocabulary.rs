//! The distinct words of all documents: each has a number, a stem, a class (the first letters of its stem, by which
//! words are matched), and counts.

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
    /// Where its letters stand in the arena.
    text: (u32, u32),
    pub stem: u32,
    pub class: ClassId,
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
    /// Hash and number + 1; 0 is free.
    table: Vec<(u32, u32)>,
    /// Where each string stands in the arena.
    texts: Vec<(u32, u32)>,
    arena: String,
}

impl Interner {
    fn get(&self, text: &str) -> Result<u32, (usize, u32)> {
        let hash = hash(text.as_bytes());
        if self.table.is_empty() {
            return Err((0, hash));
        }
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (other, number) = self.table[at];
            if number == 0 {
                return Err((at, hash));
            }
            if other == hash && self.text(number - 1) == text {
                return Ok(number - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of `text`, and whether it is new.
    fn put(&mut self, text: &str) -> (u32, bool) {
        if (self.texts.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        match self.get(text) {
            Ok(number) => (number, false),
            Err((at, hash)) => {
                let number = self.texts.len() as u32;
                self.texts.push((self.arena.len() as u32, text.len() as u32));
                self.arena.push_str(text);
                self.table[at] = (hash, number + 1);
                (number, true)
            }
        }
    }

    fn text(&self, number: u32) -> &str {
        let (start, length) = self.texts[number as usize];
        &self.arena[start as usize..(start + length) as usize]
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        let mut table = vec![(0, 0); size];
        for &(hash, number) in self.table.iter().filter(|(_, number)| *number > 0) {
            let mut at = hash as usize & (size - 1);
            while table[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            table[at] = (hash, number);
        }
        self.table = table;
    }
}

/// FNV over eight bytes at a time, mixed at the end.
fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ bytes.len() as u64;
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    };
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        mix(u64::from_le_bytes(*chunk));
    }
    let mut last = 0;
    for &byte in rest {
        last = last << 8 | u64::from(byte);
    }
    mix(last);
    (hash >> 32) as u32 ^ hash as u32
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

impl Vocabulary {
    /// The number of a folded word, taken in if it is new.
    pub fn put(&mut self, folded: &str) -> WordId {
        let (id, is_new) = self.words.put(folded);
        if is_new {
            self.describe(folded);
        }
        id
    }

    #[cfg(test)]
    pub fn get(&self, folded: &str) -> Option<WordId> {
        self.words.get(folded).ok()
    }

    fn describe(&mut self, folded: &str) {
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
        let class = self.classes.put(&class_text).0;
        if class as usize == self.class_counts.len() {
            self.class_counts.push(0);
        }
        let is_number = is_number || value.is_some();
        let ending = match () {
            () if is_number || kind.function || folded.len() < LONG => 0,
            () => {
                self.stems.put(&format!("~{}", &folded[folded.ceil_char_boundary(folded.len() - ENDING)..])).0
                    + 1
            }
        };
        let letters = folded.chars().count();
        let prior = if is_number { 0.000_3 } else { prior(letters, kind.function) };
        self.entries.push(Entry {
            text: self.words.texts[self.entries.len()],
            stem: self.stems.put(&stem_text).0,
            class,
            ending,
            kind,
            is_number,
            count: 0,
            capital: 0,
            prior,
        });
    }

    pub fn entry(&self, id: WordId) -> &Entry {
        &self.entries[id as usize]
    }

    /// The folded letters of a word.
    pub fn text(&self, id: WordId) -> &str {
        let (start, length) = self.entries[id as usize].text;
        &self.words.arena[start as usize..(start + length) as usize]
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
        let count = &mut self.class_counts[entry.class as usize];
        *count = count.wrapping_add_signed(by);
    }

    /// Whether a word is mostly written with a capital where no sentence begins.
    pub fn is_name(&self, id: WordId) -> bool {
        let entry = self.entry(id);
        entry.capital * 2 > entry.count && !entry.kind.function
    }
}
