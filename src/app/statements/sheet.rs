//! The matrix as it is written to files.

use crate::across::matrix::{Cell, Column, ColumnKey, ColumnsBy, Found};
use crate::format::matrix::{Sheet, SheetCell, SheetColumn, SheetRow, SheetTag};

use super::super::desk::Desk;

/// The matrix as it is shown, in words and numbers.
pub fn sheet(desk: &Desk) -> Sheet {
    let (session, matrix) = (desk.session(), desk.board().matrix());
    let asked = &desk.view.matrix.asked;
    let tags = session.scheme.tags.iter();
    let tags = tags.map(|tag| SheetTag {
        letter: tag.letter,
        name: tag.name.clone(),
        color: tag.color,
        pattern: tag.pattern,
    });
    let by = match asked.columns {
        ColumnsBy::Document => "document",
        ColumnsBy::OuterVoice => "outermost voice",
        ColumnsBy::InnerVoice => "innermost voice",
    };
    let mut subtitle =
        format!("{} · sorted by {}", desk.title(), asked.sort.name().trim_start_matches("by "));
    if let Some(voice) = &matrix.voice {
        subtitle.push_str(&format!(" · only passages with {voice} in their voice"));
    }
    if asked.disputed_only {
        subtitle.push_str(" · only what is both claimed and denied");
    }
    let rows = matrix.rows.iter().enumerate().map(|(at, row)| SheetRow {
        name: row.name.clone(),
        group: row.group.clone(),
        remark: if row.disputed { "disputed".to_owned() } else { String::new() },
        disagreement: row.disagreement,
        first: row
            .first
            .as_ref()
            .and_then(|(id, ..)| session.document(id))
            .map_or_else(String::new, |it| it.info.metadata.issued.as_str().to_owned()),
        cells: (0..matrix.columns.len()).map(|column| written(matrix.cell(at, column))).collect(),
    });
    Sheet {
        title: format!("Statements by {by}"),
        subtitle,
        rows_are: "Statement".to_owned(),
        tags: tags.collect(),
        columns: matrix.columns.iter().map(column).collect(),
        rows: rows.collect(),
    }
}

fn written(cell: Cell<'_>) -> SheetCell {
    match cell {
        Cell::Found(Found { by_tag, .. }) => SheetCell::Found(by_tag.clone()),
        Cell::OtherVoices(count) => SheetCell::OtherVoices(count),
        Cell::Silent => SheetCell::Silent,
        Cell::NotRead => SheetCell::NotRead,
        Cell::Earlier => SheetCell::Earlier,
    }
}

fn column(column: &Column) -> SheetColumn {
    SheetColumn {
        label: column.label.clone(),
        title: column.title.clone(),
        meta: column_words(column),
        unread: !column.read,
    }
}

/// What stands under a column's name: "2021-09 · read", "3 documents, not all read".
pub fn column_words(column: &Column) -> String {
    if let ColumnKey::Voice(_) = column.key {
        let documents = super::super::count(column.documents, "document");
        return if column.read { documents } else { format!("{documents}, not all read") };
    }
    let date = if column.date.is_empty() { "no date" } else { &column.date };
    let state = match (column.read, column.begun) {
        (true, _) => "read",
        (false, true) => "being read",
        (false, false) => "not read",
    };
    format!("{date} · {state}")
}
