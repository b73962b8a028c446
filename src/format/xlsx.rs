//! A workbook for Excel and other spreadsheets: sheets Passages, Links, Documents, Codebook, and Comments if there are
//! any.
//!
//! Every text is written as a string, so that none becomes a formula, a link, a number or a date. The whole workbook is
//! made in memory: its format wants the sheets' strings in a file of their own.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as Style, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use super::colors;
use super::export::{Export, Losses, Sink, WriteError};
use super::table::{Format, Goal, Shape};
use super::tables::{self, Cell, Column, Table, Tables};
use crate::model::TagColor;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "xlsx",
    title: "Excel workbook (XLSX)",
    goal: Goal::Spreadsheet,
    shape: Shape::File,
    extensions: &["xlsx"],
    beside: &[],
    keeps: "passages with a column for each attribute, links, documents, comments and codebook, a sheet each",
    loses: "the texts, definitions of statements, histories and decisions; what is longer than a cell may be is cut",
    write: Some(write),
    read: None,
};

/// Rows of a sheet, the one with the headers included.
pub const MAX_ROWS: usize = 1_048_576;

/// UTF-16 units that a cell holds.
pub const MAX_UNITS: usize = 32_767;

/// What stands at the end of a text that was cut.
const CUT: &str = " … [cut]";

/// The workbook.
///
/// # Errors
/// When a table has more rows than a sheet, or the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let tables = Tables::of(session);
    let mut book = Workbook::new();
    let mut properties = DocProperties::new();
    if let Ok(at) = ExcelDateTime::from_timestamp(export.at.as_second()) {
        properties = properties.set_creation_datetime(&at);
    } else {
        // Else the library would ask the clock.
        properties = properties.set_creation_datetime(&ExcelDateTime::default());
    }
    book.set_properties(&properties);
    let has_comments = session.annotations.values().any(|annotation| !annotation.comments.is_empty());
    let mut cut = 0;
    for (table, name) in [
        (Table::Passages, "Passages"),
        (Table::Links, "Links"),
        (Table::Documents, "Documents"),
        (Table::Codebook, "Codebook"),
        (Table::Comments, "Comments"),
    ] {
        if table != Table::Comments || has_comments {
            let sheet = book.add_worksheet();
            sheet.set_name(name).map_err(WriteError::unfit)?;
            cut += fill(sheet, &tables, table, export)?;
        }
    }
    let bytes = book.save_to_buffer().map_err(WriteError::unfit)?;
    sink.file("passages.xlsx")?.write_all(&bytes)?;
    let mut losses = tables::losses(session);
    add_cut(&mut losses, cut);
    Ok(losses)
}

/// Says that so many texts were cut.
pub(super) fn add_cut(losses: &mut Losses, cut: usize) {
    losses.add(
        cut,
        "text is longer than the 32,767 characters that a cell holds: cut, and marked so",
        "texts are longer than the 32,767 characters that a cell holds: cut, and marked so",
    );
}

/// Writes a table; returns how many texts were cut.
fn fill(
    sheet: &mut Worksheet,
    tables: &Tables<'_>,
    table: Table,
    export: &Export<'_>,
) -> Result<usize, WriteError> {
    let columns = tables.columns(table);
    let header =
        Style::new().set_bold().set_background_color("#EFECE6").set_border_bottom(FormatBorder::Thin);
    let plain = Style::new().set_align(FormatAlign::Top);
    let wrapped = plain.clone().set_text_wrap();
    let colored: Vec<(TagColor, Style)> =
        TagColor::ALL.into_iter().map(|color| (color, style(&plain, color))).collect();
    let style_of = |color| colored.iter().find(|(other, _)| *other == color).map(|(_, style)| style);
    // The column that is shown in a color, and the column that says in which.
    let at = |name: &str| columns.iter().position(|column| column.name == name);
    let (painted, says) = match table {
        Table::Codebook => (at("color"), at("color")),
        _ => (at("tag"), at("tag_id")),
    };
    for (number, column) in columns.iter().enumerate() {
        let number = number_of(number)?;
        let (width, is_wrapped) = shape(column);
        sheet.set_column_width(number, width).map_err(WriteError::unfit)?;
        let style = if is_wrapped { &wrapped } else { &plain };
        sheet.set_column_format(number, style).map_err(WriteError::unfit)?;
        sheet.write_string_with_format(0, number, &*column.name, &header).map_err(WriteError::unfit)?;
    }
    let (mut row, mut cut) = (0, 0);
    tables.rows(table, &mut |cells| {
        row = next_row(row, table)?;
        let color = says.and_then(|at| cells.get(at)).and_then(|cell| match table {
            Table::Codebook => colors::named(&cell.text()),
            _ => export
                .session
                .scheme
                .tags
                .iter()
                .find(|tag| tag.id.as_str() == cell.text())
                .map(|tag| tag.color),
        });
        for (number, cell) in cells.iter().enumerate() {
            let style = color.filter(|_| painted == Some(number)).and_then(style_of);
            put(sheet, row, number_of(number)?, cell, style, &mut cut)?;
        }
        Ok(())
    })?;
    let last = number_of(columns.len().saturating_sub(1))?;
    sheet.autofilter(0, 0, row, last).map_err(WriteError::unfit)?;
    sheet.set_freeze_panes(1, 0).map_err(WriteError::unfit)?;
    Ok(cut)
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    style: Option<&Style>,
    cut: &mut usize,
) -> Result<(), WriteError> {
    let put = match (cell, style) {
        (cell, _) if cell.is_empty() => Ok(sheet),
        (Cell::Number(number), _) => sheet.write_number(row, column, *number as f64),
        (Cell::Truth(truth), _) => sheet.write_boolean(row, column, *truth),
        (Cell::Text(text), style) => {
            let fitted = fitted(text, MAX_UNITS);
            *cut += usize::from(fitted.is_some());
            let text = fitted.as_deref().unwrap_or(text);
            match style {
                Some(style) => sheet.write_string_with_format(row, column, text, style),
                None => sheet.write_string(row, column, text),
            }
        }
    };
    put.map(drop).map_err(WriteError::unfit)
}

/// The row after this one.
///
/// # Errors
/// When a sheet does not have it.
pub(super) fn next_row(row: u32, table: Table) -> Result<u32, WriteError> {
    if row as usize + 1 < MAX_ROWS {
        return Ok(row + 1);
    }
    let name = table.name();
    Err(WriteError::Unfit(format!(
        "there are more {name} than the 1,048,576 rows that a sheet of Excel has; choose some of the documents or tags"
    )))
}

/// The text cut to so many UTF-16 units and marked, if it has more.
pub(super) fn fitted(text: &str, units: usize) -> Option<Cow<'_, str>> {
    // No text has more units than bytes: most need not be counted.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return None;
    }
    let mut room = units - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push_str(CUT);
    Some(Cow::Owned(cut))
}

fn number_of(column: usize) -> Result<u16, WriteError> {
    u16::try_from(column).map_err(|_| WriteError::Unfit("there are more attributes than columns".to_owned()))
}

fn style(plain: &Style, color: TagColor) -> Style {
    let rgb = |hex: &'static str| Color::from(hex);
    plain
        .clone()
        .set_background_color(rgb(colors::fill(color)))
        .set_font_color(rgb(colors::hex(color)))
        .set_border_left(FormatBorder::Thick)
        .set_border_left_color(rgb(colors::hex(color)))
}

/// Width in characters, and whether long texts are wrapped.
fn shape(column: &Column) -> (f64, bool) {
    match &*column.name {
        "quote" | "passage" | "text" => (60.0, true),
        "definition" | "note" | "from_quote" | "to_quote" => (44.0, true),
        "statement" | "citation" | "section" | "question" | "document_title" | "title" => (30.0, true),
        "context_before" | "context_after" | "allowed_values" => (26.0, true),
        "created_at" | "modified_at" | "imported_at" | "since" => (21.0, false),
        _ => (13.0, false),
    }
}

#[cfg(test)]
mod tests;
