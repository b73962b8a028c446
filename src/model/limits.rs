//! What is refused for its size, stated once. Every reader of bytes takes its limits from here.
//!
//! The measure of all is a dossier of 50 MB of text with 100,000 annotations, a file of 113 MB: it stays well below.
//! What is above is no dossier but a mistake or an attack, and is refused by name before it costs memory: a file by
//! its length before it is opened, its nesting and number of values by one pass over its bytes before it is parsed.
//! A session never grows past what this program opens again: [`crate::edit::apply`] refuses the document that would
//! do it.

/// Bytes of a document file, before it is decoded. A long book has 2 MB.
pub const DOCUMENT_BYTES: u64 = 64_000_000;
/// Lines of a document: each is held by itself while its session is written and read.
pub const DOCUMENT_LINES: usize = 4_000_000;
/// Bytes of all texts of a session together: a written session is at most three times as long, but for texts that are
/// nothing but control characters.
pub const SESSION_TEXT_BYTES: usize = 128_000_000;
/// Lines of all texts of a session together.
pub const SESSION_TEXT_LINES: usize = 8_000_000;

/// Bytes of a name: of a tag, a value, a person, a statement, a title. It is laid out on one line wherever it is shown,
/// in each frame anew.
pub const NAME_BYTES: usize = 10_000;
/// Bytes of a note, a comment, a definition, a reason.
pub const NOTE_BYTES: usize = 1_000_000;

/// Bytes of a session file, and of one whose scheme alone is wanted.
pub const SESSION_BYTES: u64 = 400_000_000;
/// Bytes of a session file or a journal that is to be rescued: whoever asks for it will wait.
pub const SALVAGE_BYTES: u64 = 2_000_000_000;
/// Bytes of a journal: it is started anew at each save, and a document in it stands there whole.
pub const JOURNAL_BYTES: u64 = 2_000_000_000;
/// Bytes of the settings and of the list of recent sessions: small files, read before the window is there.
pub const SETTINGS_BYTES: u64 = 1_000_000;
/// Bytes of the file that says where one was in a session.
pub const PLACES_BYTES: u64 = 4_000_000;
/// Bytes of the comments that are being written in a session.
pub const DRAFTS_BYTES: u64 = 16_000_000;
/// How deep brackets may stand in each other in RON. A session has nine levels; RON itself would stop at 128 of its
/// own calls, in words that help nobody.
pub const RON_DEPTH: usize = 48;
/// Blanks and line ends in a row in RON and JSON: whoever indents comes to hundreds, and RON takes long over each.
pub const BLANKS: usize = 1_000_000;
/// Values in a session file, by its commas: 100,000 annotations have 3 million, and each line of a text is one.
pub const RON_VALUES: usize = 16_000_000;

/// Bytes of a file that is imported.
pub const IMPORT_BYTES: u64 = 250_000_000;
/// Bytes of all files that are imported at once.
pub const IMPORT_TOTAL_BYTES: u64 = 400_000_000;
/// Files that are imported at once, of a folder and the folders in it.
pub const IMPORT_FILES: usize = 50_000;
/// How deep folders are looked into; links that lead in circles end here.
pub const FOLDER_DEPTH: usize = 8;
/// How deep lists and objects may stand in each other in JSON; formats of annotations have six levels.
pub const JSON_DEPTH: usize = 100;
/// Values in a JSON file, by its commas: one takes 32 bytes of memory at least.
pub const JSON_VALUES: usize = 16_000_000;
/// Lists and objects in a JSON file: an object takes 700 bytes of memory.
pub const JSON_OBJECTS: usize = 3_000_000;
/// How deep elements may stand in each other in XML: code trees are deep, but not this deep.
pub const XML_DEPTH: usize = 200;
/// Elements and attributes in an XML file: one takes 180 bytes of memory.
pub const XML_ELEMENTS: usize = 2_000_000;
/// Bytes of a codebook or a scheme that is imported: all rows that it may have, with 3,000 letters each.
pub const CODEBOOK_BYTES: u64 = 16_000_000;
/// Rows of a codebook.
pub const CODEBOOK_ROWS: usize = 5_000;

/// Bytes of one file of a zip, unpacked.
pub const ZIP_FILE_BYTES: u64 = 200_000_000;
/// Bytes of all that is unpacked of a zip.
pub const ZIP_TOTAL_BYTES: u64 = 400_000_000;
/// Files in a zip.
pub const ZIP_FILES: usize = 50_000;
/// How many times smaller than itself a large file may be packed; text comes to about ten.
pub const ZIP_RATIO: u64 = 100;
/// Bytes of an unpacked file that may be packed as it likes.
pub const ZIP_SMALL_BYTES: u64 = 10_000_000;

/// A number of bytes in the words of a refusal.
pub fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
