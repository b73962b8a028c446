//! A document as a stream of folded words, each with the bytes of the canonical text that it stands for.
//!
//! Folding is for finding only: case, accents, ligatures, the form of quotation marks, soft hyphens, hyphens at line
//! ends, Markdown's marks and the targets of links make no difference; a number is its value, in digits or in
//! words. Nothing is folded to a string and mapped back: the stream runs beside the text, which stays as it is.
//!
//! NFKC is not used: it would make of "²" a 2 and of "½" a 1 and a 2. What is furniture is the business of
//! [`super::index`].

pub(crate) mod lists;
mod marks;
mod numbers;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::fold::fold_char;
use crate::text::sentences::is_abbreviation;
pub(crate) use marks::is_quotation_mark;
use marks::{is_apostrophe, is_ideograph, is_invisible, is_raised};

/// What is known of a word where it stands.
pub mod flag {
    /// The first word of a paragraph.
    pub const PARAGRAPH: u16 = 1;
    /// The first word of a sentence.
    pub const SENTENCE: u16 = 1 << 1;
    /// Punctuation stands before it.
    pub const CLAUSE: u16 = 1 << 2;
    /// The first word of a line.
    pub const LINE: u16 = 1 << 3;
    /// A quotation mark stands before it.
    pub const QUOTE: u16 = 1 << 4;
    /// It begins with a capital.
    pub const CAPITAL: u16 = 1 << 5;
    /// It is a number with a value.
    pub const NUMBER: u16 = 1 << 6;
    /// "…" stands before it, or dots, or a bracket with them.
    pub const OMISSION: u16 = 1 << 7;
    /// It stands in square brackets.
    pub const BRACKETS: u16 = 1 << 8;
    /// In an index: it holds sentences together and says nothing of what they are about.
    pub const FUNCTION: u16 = 1 << 9;
    /// In an index: it is a number, in digits or in letters.
    pub const VALUE: u16 = 1 << 10;
}

/// A folded word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedWord<'a> {
    /// Its folded letters; a number begins with `#`.
    pub folded: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Of [`flag`].
    pub flags: u16,
}

/// Hands all words of `text` to `take`, in order. `markdown`: marks inside a word are no part of it.
pub fn fold_words(text: &str, markdown: bool, take: impl FnMut(FoldedWord)) {
    let start = flag::PARAGRAPH | flag::SENTENCE | flag::CLAUSE | flag::LINE;
    let mut walk = Walk {
        text,
        bytes: text.as_bytes(),
        markdown,
        at: 0,
        flags: start,
        brackets: 0,
        folded: String::new(),
        take,
    };
    walk.run();
}

struct Walk<'a, F> {
    text: &'a str,
    bytes: &'a [u8],
    markdown: bool,
    at: usize,
    /// Of what stands before the next word.
    flags: u16,
    /// Where the open square bracket ends.
    brackets: usize,
    folded: String,
    take: F,
}

impl<F: FnMut(FoldedWord)> Walk<'_, F> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'a'..=b'z' | b'A'..=b'Z' => self.word(),
                b'0'..=b'9' => self.digits(),
                b'\n' => self.line_break(),
                0x80.. => self.beyond_ascii(),
                _ => self.mark(byte),
            }
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    fn char_at(&self, at: usize) -> char {
        match self.byte(at) {
            byte if byte < 0x80 => char::from(byte),
            _ => self.text[at..].chars().next().unwrap_or(' '),
        }
    }

    fn line_break(&mut self) {
        self.flags |= flag::LINE;
        let mut at = self.at + 1;
        while matches!(self.byte(at), b' ' | b'\t' | b'>') && at < self.bytes.len() {
            at += 1;
        }
        if self.byte(at) == b'\n' {
            self.flags |= flag::PARAGRAPH | flag::SENTENCE | flag::CLAUSE;
        } else if self.markdown && self.is_label(at) {
            self.flags |= flag::SENTENCE | flag::CLAUSE;
        }
        self.at = at;
    }

    /// Whether the line before `at` ends in bold and the next does not go on with a small letter: `**Answer 2**`.
    fn is_label(&self, at: usize) -> bool {
        self.bytes[..self.at].trim_ascii_end().ends_with(b"**") && !self.char_at(at).is_lowercase()
    }

    /// Punctuation of ASCII.
    fn mark(&mut self, byte: u8) {
        let at = self.at;
        self.at += 1;
        match byte {
            b'.' if self.byte(at + 1) == b'.' => {
                self.flags |= flag::CLAUSE;
                let dots = self.bytes[at..].iter().take_while(|byte| **byte == b'.').count();
                if dots >= 3 {
                    self.flags |= flag::OMISSION;
                }
                self.at = at + dots;
            }
            b'.' | b'!' | b'?' => self.full_stop(at),
            b',' | b';' | b':' | b'(' | b')' => self.flags |= flag::CLAUSE,
            b'"' | b'\'' => self.flags |= flag::QUOTE | flag::CLAUSE,
            b'[' => {
                self.flags |= flag::CLAUSE;
                if let Some(end) = marks::note(&self.text[at..]) {
                    self.at = at + end;
                } else if let Some(end) = self.text[at..].find([']', '\n']) {
                    self.brackets = at + end;
                }
            }
            b']' => {
                if let Some(end) = marks::target(&self.text[at..]) {
                    self.at = at + end;
                }
            }
            b'<' => {
                if let Some(end) = marks::html(&self.text[at..]) {
                    self.at = at + end;
                }
            }
            b'&' => {
                if let Some(end) = marks::entity(&self.text[at..]) {
                    self.at = at + end;
                }
            }
            b'%' => self.sign("procent", at, at + 1),
            b'#' if self.flags & flag::LINE != 0 => self.flags |= flag::SENTENCE,
            b'|' => self.flags |= flag::CLAUSE,
            b'-' if self.byte(at + 1) == b' ' && at > 0 && self.byte(at - 1) == b' ' => {
                self.flags |= flag::CLAUSE
            }
            b'-' | b'*' if self.flags & flag::LINE != 0 && self.byte(at + 1) == b' ' => {
                self.flags |= flag::SENTENCE | flag::CLAUSE;
            }
            _ => {}
        }
    }

    /// Ends a sentence if white space and no small letter follow, and no abbreviation stands before.
    fn full_stop(&mut self, at: usize) {
        self.flags |= flag::CLAUSE;
        let rest = self.text[at + 1..]
            .trim_start_matches(|c| is_quotation_mark(c) || matches!(c, ')' | '*' | '_' | ']'));
        let next = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || is_quotation_mark(c) || matches!(c, '(' | '*' | '_' | '[')
        });
        let has_space = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with("<sup");
        if !has_space || next.starts_with(char::is_lowercase) {
            return;
        }
        if self.bytes[at] == b'.' {
            let line = &self.text[self.text.floor_char_boundary(at.saturating_sub(24))..at];
            let token = line
                .rsplit(|c: char| {
                    c.is_whitespace()
                        || matches!(c, '(' | '[' | '{' | '"' | '\'' | '“' | '‘' | '„' | '«' | '/')
                })
                .next();
            if token.is_some_and(is_abbreviation) {
                return;
            }
        }
        self.flags |= flag::SENTENCE;
    }

    fn beyond_ascii(&mut self) {
        let c = self.char_at(self.at);
        if is_ideograph(c) {
            let start = self.at;
            self.at += c.len_utf8();
            self.folded.clear();
            self.folded.push(c);
            self.emit(start, self.at, 0);
        } else if c.is_alphabetic() && !is_apostrophe(c) && !is_raised(c) {
            self.word();
        } else {
            self.mark_beyond_ascii(c);
        }
    }

    fn mark_beyond_ascii(&mut self, c: char) {
        let start = self.at;
        self.at += c.len_utf8();
        match c {
            '…' => self.flags |= flag::CLAUSE | flag::OMISSION,
            '–' | '—' | '―' => self.flags |= flag::CLAUSE,
            '€' => self.sign("euro", start, self.at),
            '\u{2028}' => self.flags |= flag::LINE,
            '\u{2029}' => self.flags |= flag::LINE | flag::PARAGRAPH | flag::SENTENCE | flag::CLAUSE,
            c if is_quotation_mark(c) => self.flags |= flag::QUOTE | flag::CLAUSE,
            '。' | '！' | '？' => self.flags |= flag::CLAUSE | flag::SENTENCE,
            c if c.is_numeric() && !is_raised(c) => {
                self.folded.clear();
                self.folded.push(c);
                self.emit(start, self.at, flag::NUMBER);
            }
            _ => {}
        }
    }

    /// A sign that is read as a word.
    fn sign(&mut self, word: &str, start: usize, end: usize) {
        self.folded.clear();
        self.folded.push_str(word);
        self.emit(start, end, 0);
    }

    /// A word that begins with a letter. Most are of ASCII from end to end: they are looked through once, and if they have
    /// no capitals, handed on where they stand.
    fn word(&mut self) {
        let start = self.at;
        let first = self.byte(start);
        if matches!(first, b'h' | b'H' | b'w' | b'W') && self.address() {
            return;
        }
        let (mut at, mut seen) = (start, Byte::Small);
        if first.is_ascii_uppercase() {
            (at, seen) = (start + 1, Byte::Capital);
        }
        at += small_letters(&self.bytes[at..]);
        let last = loop {
            match Byte::OF[usize::from(self.byte(at))] {
                Byte::Small => {}
                Byte::Capital => seen = Byte::Capital,
                other => break other,
            }
            at += 1;
        };
        self.at = at;
        let capital = match first {
            0x80.. => self.char_at(start).is_uppercase(),
            byte => byte.is_ascii_uppercase(),
        };
        let flags = if capital { flag::CAPITAL } else { 0 };
        let text: &str = self.text;
        if last == Byte::Border && seen == Byte::Small {
            let folded = &text[start..at];
            let flags = self.flags_at(start, flags);
            (self.take)(FoldedWord { folded: percent(folded), start, end: at, flags });
            return;
        }
        self.folded.clear();
        self.folded.push_str(&text[start..at]);
        self.folded.make_ascii_lowercase();
        if last == Byte::Within {
            self.letters();
        }
        if self.folded.is_empty() {
            return;
        }
        let flags = self.flags_at(start, flags);
        (self.take)(FoldedWord { folded: percent(&self.folded), start, end: self.at, flags });
    }

    /// Letters, digits and what may stand between them, from here to the end of the word.
    fn letters(&mut self) {
        loop {
            let byte = self.byte(self.at);
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => self.folded.push(char::from(byte)),
                b'A'..=b'Z' => self.folded.push(char::from(byte.to_ascii_lowercase())),
                b' ' | b',' | b'.' | b'\n' => return,
                b'\'' => {
                    if !self.apostrophe(self.at, 1) {
                        return;
                    }
                }
                b'-' => match self.broken_line(self.at + 1) {
                    Some(next) => {
                        self.at = next;
                        continue;
                    }
                    None => return,
                },
                b'*' | b'_' if self.markdown => match marks::inside(&self.text[self.at..]) {
                    Some(length) => {
                        self.at += length;
                        continue;
                    }
                    None => return,
                },
                0x80.. => {
                    let c = self.char_at(self.at);
                    if c == '\u{AD}' || c == '\u{2010}' {
                        let after = self.at + c.len_utf8();
                        match self.broken_line(after) {
                            Some(next) => self.at = next,
                            None if c == '\u{AD}' => self.at = after,
                            None => return,
                        }
                        continue;
                    }
                    if is_apostrophe(c) {
                        if !self.apostrophe(self.at, c.len_utf8()) {
                            return;
                        }
                    } else if is_invisible(c) || is_combining_mark(c) {
                        // Skipped.
                    } else if c.is_alphabetic() && !is_raised(c) && !is_ideograph(c) {
                        fold_into(&mut self.folded, c);
                    } else {
                        return;
                    }
                    self.at += c.len_utf8();
                    continue;
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Whether an apostrophe here stands inside the word: between letters, and not after an elided article.
    fn apostrophe(&self, at: usize, length: usize) -> bool {
        const ELIDED: [&str; 9] = ["d", "l", "qu", "n", "s", "c", "j", "m", "t"];
        self.char_at(at + length).is_alphabetic() && !ELIDED.contains(&self.folded.as_str())
    }

    /// Where the word goes on if a hyphen before `at` parts it at the end of a line. "in-\nen uitvoer" are two words.
    fn broken_line(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].trim_start_matches([' ', '\t', '\r']);
        let next = rest.strip_prefix('\n')?.trim_start_matches([' ', '\t', '>']);
        let word: &str = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let joins = next.starts_with(char::is_lowercase)
            && !["en", "of", "and", "or", "und", "oder", "et", "ou"].contains(&word);
        joins.then(|| self.text.len() - next.len())
    }

    /// Passes over an address of the web.
    fn address(&mut self) -> bool {
        if !matches!(self.byte(self.at + 1), b't' | b'T' | b'w' | b'W') {
            return false;
        }
        let rest = &self.text[self.at..];
        let Some(head) = rest.get(..4) else { return false };
        if !(head.eq_ignore_ascii_case("http")
            && (rest[4..].starts_with("://") || rest[4..].starts_with("s://"))
            || head.eq_ignore_ascii_case("www."))
        {
            return false;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '”'))
            .unwrap_or(rest.len());
        self.at += end;
        self.flags |= flag::CLAUSE;
        true
    }

    /// What begins with a digit: a number, a date, or a word such as "2e".
    fn digits(&mut self) {
        let start = self.at;
        if marks::is_note_number(self.text, start) {
            self.at += self.bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            return;
        }
        if let Some((end, year, month, day)) = numbers::date(&self.text[start..]) {
            self.at = start + end;
            for part in [format!("#{day}"), format!("#m{month}"), format!("#{year}")] {
                self.folded.clear();
                self.folded.push_str(&part);
                self.emit(start, start + end, flag::NUMBER);
            }
            return;
        }
        self.folded.clear();
        self.folded.push('#');
        self.at += numbers::number(&self.text[start..], &mut self.folded);
        let next = self.char_at(self.at);
        if next.is_alphabetic() && !is_raised(next) || is_combining_mark(next) {
            // "2e", "14u", "2021z": letters that belong to it.
            self.folded.clear();
            self.at = start;
            self.letters();
            self.emit(start, self.at, 0);
        } else {
            self.emit(start, self.at, flag::NUMBER);
        }
    }

    fn emit(&mut self, start: usize, end: usize, flags: u16) {
        let flags = self.flags_at(start, flags);
        (self.take)(FoldedWord { folded: &self.folded, start, end, flags });
    }

    /// The flags of a word at `start`: those before it are used up.
    fn flags_at(&mut self, start: usize, flags: u16) -> u16 {
        let brackets = if start < self.brackets { flag::BRACKETS } else { 0 };
        std::mem::take(&mut self.flags) | flags | brackets
    }
}

/// How many small letters of ASCII `bytes` begin with, as far as they can be read eight at a time.
fn small_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of each byte tells that it is none: below a, above z, beyond ASCII. What overflows touches only bytes behind.
        let below = !eight.wrapping_add(EACH * u64::from(0x80 - b'a'));
        let above = eight.wrapping_add(EACH * u64::from(0x7F - b'z'));
        let others = (below | above | eight) & (EACH << 7);
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at
}

/// What a byte is to a word that it stands in or behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A small letter or a digit.
    Small,
    Capital,
    /// What ends a word in any case.
    Border,
    /// What a word may go on behind: to be looked at closely.
    Within,
}

impl Byte {
    const OF: [Self; 256] = {
        let mut of = [Self::Border; 256];
        let mut byte = 0;
        while byte < 256 {
            of[byte] = match byte as u8 {
                b'a'..=b'z' | b'0'..=b'9' => Self::Small,
                b'A'..=b'Z' => Self::Capital,
                b'\'' | b'-' | b'*' | b'_' | 0x80.. => Self::Within,
                _ => Self::Border,
            };
            byte += 1;
        }
        of
    };
}

/// The sign and its names are one word.
fn percent(folded: &str) -> &str {
    if matches!(folded, "percent" | "prozent") { "procent" } else { folded }
}

/// Adds a letter without its case and accents, a ligature as its letters.
fn fold_into(folded: &mut String, c: char) {
    let letters = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' | 'Ĳ' => "ij",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        _ => {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    folded.extend(fold_char(part).filter(|c| !is_combining_mark(*c)));
                }
            });
            return;
        }
    };
    folded.push_str(letters);
}

#[cfg(test)]
mod tests;
