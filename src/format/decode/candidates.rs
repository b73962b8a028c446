//! Encodings to choose from, for a person: each with what the text would look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

use super::decode_as;

/// An encoding in which a file can be read, with what it would look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The encoding, as the WHATWG Encoding Standard names it.
    pub encoding: String,
    /// The text around the first byte that does not fit UTF-8, on one line.
    pub preview: String,
}

/// What a detector guesses, then the usual ones of western Europe.
pub(super) fn single_bytes(bytes: &[u8], at: usize) -> Vec<Candidate> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let mut encodings = vec![guess];
    for usual in [WINDOWS_1252, ISO_8859_15, MACINTOSH, WINDOWS_1250] {
        if usual != guess {
            encodings.push(usual);
        }
    }
    encodings.into_iter().filter_map(|encoding| candidate(bytes, at, encoding)).collect()
}

/// UTF-16 without a byte-order mark, for bytes in which every second one is often zero.
pub(super) fn utf16(bytes: &[u8], at: usize) -> Vec<Candidate> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, odd) if odd * 4 > bytes.len() => UTF_16LE,
        (even, 0) if even * 4 > bytes.len() => UTF_16BE,
        _ => return Vec::new(),
    };
    candidate(bytes, at, encoding).into_iter().collect()
}

fn candidate(bytes: &[u8], at: usize, encoding: &'static Encoding) -> Option<Candidate> {
    let text = decode_as(bytes, encoding).ok()?;
    // How much of the text comes before the byte; a byte inside a character counts with what is before it.
    let before = (0..4).find_map(|back| decode_as(&bytes[..at.checked_sub(back)?], encoding).ok());
    Some(Candidate { encoding: encoding.name().to_owned(), preview: around(&text, before?.len()) })
}

/// Some 30 characters before and after, white space of any kind as one space.
fn around(text: &str, at: usize) -> String {
    const CHARACTERS: usize = 30;
    let at = text.floor_char_boundary(at);
    let start = text[..at].char_indices().rev().take(CHARACTERS).last().map_or(at, |(start, _)| start);
    let end = text[at..].char_indices().nth(CHARACTERS).map_or(text.len(), |(end, _)| at + end);
    text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
}
