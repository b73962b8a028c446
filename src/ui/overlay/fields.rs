//! The fields of a document's metadata, for the form of one and the table of all.

use crate::model::{DocumentInfo, PartialDate};
use crate::text::guess::GuessField;

/// A field: its name, what is typed there, how it is read and written.
pub(super) struct MetadataField {
    pub name: &'static str,
    pub example: &'static str,
    /// The undo step that changes it.
    pub label: &'static str,
    pub get: fn(&DocumentInfo) -> &str,
    pub set: fn(&mut DocumentInfo, String),
    /// What of the text may say it.
    pub guess: Option<GuessField>,
    /// Its width in the table, in points.
    pub width: f32,
}

macro_rules! fields {
    ($($name:literal, $example:literal, $label:literal, $width:literal, $guess:expr, $get:expr, $set:expr;)*) => {
        /// All fields, in the order of form and table.
        pub(super) const FIELDS: &[MetadataField] = &[$(MetadataField {
            name: $name, example: $example, label: $label, get: $get, set: $set, guess: $guess, width: $width,
        }),*];
    };
}

fields! {
    "Short label", "For narrow places", "short label", 120.0, None,
        |i| &i.metadata.title_short, |i, t| i.metadata.title_short = t;
    "Title", "As printed", "title", 260.0, Some(GuessField::Title),
        |i| &i.metadata.title, |i, t| i.metadata.title = t;
    "Author", "", "author", 140.0, Some(GuessField::Author),
        |i| &i.metadata.author, |i, t| i.metadata.author = t;
    "Outlet", "Newspaper, site, institution", "outlet", 140.0, None,
        |i| &i.metadata.container_title, |i, t| i.metadata.container_title = t;
    "Date", "2021-09-28, 2021-09 or 2021", "date", 112.0, Some(GuessField::Date),
        |i| i.metadata.issued.as_str(), |i, t| i.metadata.issued = PartialDate::new(&t);
    "Address", "https://…", "address", 150.0, None,
        |i| &i.metadata.url, |i, t| i.metadata.url = t;
    "Language", "nl, en, …", "language", 84.0, Some(GuessField::Language),
        |i| &i.metadata.language, |i, t| i.metadata.language = t;
    "Kind", "Letter, report, press release", "kind", 96.0, Some(GuessField::Genre),
        |i| &i.metadata.genre, |i, t| i.metadata.genre = t;
    "Group", "To list documents under", "group", 96.0, None,
        |i| &i.group, |i, t| i.group = t;
    "Note", "", "note", 170.0, None,
        |i| &i.metadata.note, |i, t| i.metadata.note = t;
}
