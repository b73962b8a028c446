//! What a file is that is not text, told by its first bytes.

/// A file that is nothing known.
pub(super) const BINARY: &str = "a binary file";

const PDF: &str = "a PDF";
const WORD: &str = "a Word document";
const OPEN_DOCUMENT: &str = "an OpenDocument text";
const RTF: &str = "an RTF document";
const BOOK: &str = "an e-book";

/// First bytes, and what they say.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word or Office document"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"ID3", "a recording"),
    (b"\x1F\x8B", "a compressed archive"),
    (b"7z\xBC\xAF", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xFF\xFE\0\0", "text in UTF-32, which is not read here"),
    (b"\0\0\xFE\xFF", "text in UTF-32, which is not read here"),
];

/// What the bytes are if not text, and the byte that shows it.
pub(super) fn magic(bytes: &[u8]) -> Option<(&'static str, u64)> {
    let known = MAGIC.iter().find(|(first, _)| bytes.starts_with(first)).map(|(_, what)| *what);
    let zip = || bytes.starts_with(b"PK\x03\x04").then(|| archive(bytes));
    known.or_else(zip).map(|what| (what, 0))
}

/// What a ZIP archive holds, told by the names in its first part and in the list at its end.
fn archive(bytes: &[u8]) -> &'static str {
    const PART: usize = 65_536;
    let ends = [&bytes[..bytes.len().min(PART)], &bytes[bytes.len().saturating_sub(PART)..]];
    let holds =
        |name: &str| ends.iter().any(|part| part.windows(name.len()).any(|window| window == name.as_bytes()));
    if holds("word/document.xml") {
        WORD
    } else if holds("opendocument.text") {
        OPEN_DOCUMENT
    } else if holds("application/epub+zip") {
        BOOK
    } else if holds("xl/workbook") {
        "a spreadsheet"
    } else {
        "a ZIP archive"
    }
}

/// The rest of the sentence about a file that is not text: what can be done with a document.
pub(super) fn way_out(what: &str) -> &'static str {
    let is_document = [PDF, WORD, OPEN_DOCUMENT, RTF, BOOK].contains(&what) || what.contains("Office");
    if is_document { ": open it in its own program, copy its text and paste it here" } else { "" }
}
