//! What the cells say in words, and why: for tooltips, screen readers and exports.

use crate::model::Session;

use super::{Cell, Column, ColumnKey, Matrix, Row};

impl Matrix {
    /// A cell in few words: "2 claims, 1 denial", "silent".
    pub fn words(&self, session: &Session, row: usize, column: usize) -> String {
        match self.cell(row, column) {
            Cell::Found(found) => {
                let name = |tag: usize| session.scheme.tags.get(tag).map_or("?", |tag| tag.name.as_str());
                let counts = found.by_tag.iter().map(|(tag, count)| format!("{count} {}", name(*tag)));
                let mut words = counts.collect::<Vec<_>>().join(", ");
                if found.unsure > 0 {
                    words.push_str(&format!(", {} unsure", found.unsure));
                }
                words
            }
            Cell::OtherVoices(count) => format!("other voices, {count}"),
            Cell::Silent => "silent".to_owned(),
            Cell::NotRead => "not read".to_owned(),
            Cell::Earlier => "earlier".to_owned(),
        }
    }

    /// Why a cell says what it says, in a sentence; empty for passages that are there.
    pub fn reason(&self, session: &Session, row: usize, column: usize) -> String {
        let (Some(its_row), Some(its_column)) = (self.rows.get(row), self.columns.get(column)) else {
            return String::new();
        };
        let is_voice = matches!(its_column.key, ColumnKey::Voice(_));
        match self.cell(row, column) {
            Cell::Found(found) if found.left_out > 0 => {
                format!("{} of other voices left out", passages(found.left_out))
            }
            Cell::Found(_) => String::new(),
            Cell::OtherVoices(count) => {
                let voice = self.voice.as_deref().unwrap_or("that voice");
                format!("{} here, none of them with {voice} in its voice", passages(count))
            }
            Cell::Silent => silent(its_column, is_voice),
            Cell::NotRead => not_read(its_column, is_voice),
            Cell::Earlier => earlier(session, its_row, its_column, is_voice),
        }
    }
}

fn passages(count: usize) -> String {
    if count == 1 { "1 passage".to_owned() } else { format!("{count} passages") }
}

fn silent(column: &Column, is_voice: bool) -> String {
    if is_voice {
        let documents = if column.documents == 1 { "document" } else { "documents" };
        return format!(
            "says nothing on it in the {} {documents} where it speaks, all read to the end",
            column.documents
        );
    }
    format!("read to the end by {}: nothing on it is marked", column.readers.join(", "))
}

fn not_read(column: &Column, is_voice: bool) -> String {
    match (is_voice, column.begun) {
        (true, _) => "not all documents where it speaks are read to the end: nothing can be said yet",
        (false, true) => "being read, not to the end: nothing can be said yet",
        (false, false) => "not read: nothing can be said yet",
    }
    .to_owned()
}

fn earlier(session: &Session, row: &Row, column: &Column, is_voice: bool) -> String {
    let Some((first, ..)) = &row.first else { return String::new() };
    let (label, date) = session
        .document(first)
        .map_or((first.as_str(), ""), |document| (document.label(), document.info.metadata.issued.as_str()));
    let who = if is_voice { "speaks only" } else { "is of" };
    let when = if is_voice { "in earlier documents".to_owned() } else { column.date.clone() };
    let undated = if row.undated { "; a document without a date has it too" } else { "" };
    format!("{who} {when}, before the first dated appearance ({label}, {date}){undated}")
}
