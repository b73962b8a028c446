//! The table of links, and that of comments.

use super::{Cell, Column, Kind, Rows, Tables};
use crate::format::export::WriteError;
use crate::format::passages::tag_name;
use crate::model::{Annotation, CommentStatus};

pub(super) const COLUMNS: [Column; 15] = [
    Column::new("link_id", Kind::Text, "the link's id"),
    Column::new("kind", Kind::Text, "what it says, from the first passage to the second"),
    Column::new("kind_id", Kind::Text, "id of the link kind in the codebook"),
    Column::new("from_id", Kind::Text, "the passage it begins at"),
    Column::new("from_document", Kind::Text, "that passage's document"),
    Column::new("from_tag", Kind::Text, "that passage's tag"),
    Column::new("from_quote", Kind::Text, "that passage's exact words"),
    Column::new("to_id", Kind::Text, "the passage it ends at"),
    Column::new("to_document", Kind::Text, "that passage's document"),
    Column::new("to_tag", Kind::Text, "that passage's tag"),
    Column::new("to_quote", Kind::Text, "that passage's exact words"),
    Column::new("note", Kind::Text, "a note on it"),
    Column::new("annotator", Kind::Text, "who made it"),
    Column::new("created_at", Kind::Time, "when it was made"),
    Column::new("modified_at", Kind::Time, "when it was last changed"),
];

pub(super) fn rows(tables: &Tables<'_>, to: &mut Rows<'_>) -> Result<(), WriteError> {
    let session = tables.session;
    for link in session.links.values() {
        let end = |id| session.annotations.get(&id).map(|it| &**it);
        let document = |it: Option<&Annotation>| Cell::some(it.map(|it| it.anchor.document().to_string()));
        let tag = |it| Cell::some(Option::map(it, |it| tag_name(session, it)));
        let quote = |it| Cell::some(Option::map(it, |it| session.quote(it)));
        let (from, to_end) = (end(link.from), end(link.to));
        let kind = session.scheme.link_kind(&link.kind);
        to(&[
            link.id.to_string().into(),
            kind.map_or(link.kind.as_str(), |kind| &kind.name).into(),
            link.kind.as_str().into(),
            link.from.to_string().into(),
            document(from),
            tag(from),
            quote(from),
            link.to.to_string().into(),
            document(to_end),
            tag(to_end),
            quote(to_end),
            (&link.note).into(),
            session.annotator_name(&link.annotator).into(),
            link.created.into(),
            link.modified.into(),
        ])?;
    }
    Ok(())
}

pub(super) const COMMENT_COLUMNS: [Column; 7] = [
    Column::new("comment_id", Kind::Text, "the comment's id"),
    Column::new("annotation_id", Kind::Text, "the passage it is on"),
    Column::new("author", Kind::Text, "who wrote it"),
    Column::new("created_at", Kind::Time, "when"),
    Column::new("text", Kind::Text, "what it says"),
    Column::new("reply_to", Kind::Text, "the comment that it answers"),
    Column::new(
        "status",
        Kind::Text,
        "accepted, questioned or rejected: what its author thinks of the passage",
    ),
];

pub(super) fn comment_rows(tables: &Tables<'_>, to: &mut Rows<'_>) -> Result<(), WriteError> {
    for annotation in tables.session.annotations.values() {
        for comment in &annotation.comments {
            let status = comment.status.map(|status| match status {
                CommentStatus::Accepted => "accepted",
                CommentStatus::Questioned => "questioned",
                CommentStatus::Rejected => "rejected",
            });
            to(&[
                comment.id.to_string().into(),
                annotation.id.to_string().into(),
                tables.session.annotator_name(&comment.author).into(),
                comment.at.into(),
                (&comment.text).into(),
                Cell::some(comment.reply_to.map(|id| id.to_string())),
                Cell::some(status),
            ])?;
        }
    }
    Ok(())
}
