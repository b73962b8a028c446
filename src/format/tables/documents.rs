//! The table of documents.

use super::{Cell, Column, Kind, Rows, Tables};
use crate::format::export::WriteError;
use crate::text::offsets::CharIndex;

pub(super) const COLUMNS: [Column; 19] = [
    Column::new("document_id", Kind::Text, "the document's id in the session"),
    Column::new("title", Kind::Text, "title"),
    Column::new("title_short", Kind::Text, "short title"),
    Column::new("text_file", Kind::Text, "the file of the text that all offsets count in"),
    Column::new("file_name", Kind::Text, "the file it was read from"),
    Column::new("sha256", Kind::Text, "SHA-256 of the text in UTF-8"),
    Column::new("file_sha256", Kind::Text, "SHA-256 of the file it was read from"),
    Column::new("n_chars", Kind::Number, "code points of the text"),
    Column::new("n_bytes", Kind::Number, "bytes of the text in UTF-8"),
    Column::new("author", Kind::Text, "author or authors"),
    Column::new("container_title", Kind::Text, "newspaper, site, institution"),
    Column::new("issued", Kind::Text, "date of publication, possibly partial"),
    Column::new("url", Kind::Text, "address"),
    Column::new("accessed", Kind::Text, "date of retrieval, possibly partial"),
    Column::new("language", Kind::Text, "language, BCP 47"),
    Column::new("genre", Kind::Text, "kind of source"),
    Column::new("group", Kind::Text, "a name to group documents by"),
    Column::new("note", Kind::Text, "a note on it"),
    Column::new("imported_at", Kind::Time, "when it was read"),
];

pub(super) fn rows(tables: &Tables<'_>, to: &mut Rows<'_>) -> Result<(), WriteError> {
    for (document, file) in std::iter::zip(&tables.session.documents, &tables.files) {
        let (info, import, text) = (&document.info, &document.source.import, document.text());
        let metadata = &info.metadata;
        let chars = CharIndex::of(text).byte_to_char(text, text.len()).map_or(0, |at| at.0);
        to(&[
            document.id.as_str().into(),
            (&metadata.title).into(),
            (&metadata.title_short).into(),
            format!("{}/{file}", super::TEXTS).into(),
            Cell::some(import.file_name.as_ref()),
            document.source.digest.to_string().into(),
            import.digest.to_string().into(),
            Cell::Number(chars),
            Cell::Number(text.len()),
            (&metadata.author).into(),
            (&metadata.container_title).into(),
            metadata.issued.as_str().into(),
            (&metadata.url).into(),
            metadata.accessed.as_str().into(),
            (&metadata.language).into(),
            (&metadata.genre).into(),
            (&info.group).into(),
            (&metadata.note).into(),
            import.at.into(),
        ])?;
    }
    Ok(())
}
