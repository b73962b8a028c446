//! The matrix of statements as a page (HTML), a table (CSV) and a picture (SVG; the window paints points of the same
//! drawing).
//!
//! It is written as it is shown. Each cell says in letters and words what it says, and each kind has a sign of its own,
//! so that it can be read printed in grey: boxes keep their outlines and lose their fills.

mod drawing;
mod html;
mod svg;
#[cfg(test)]
mod tests;

pub use drawing::{Drawing, Ink, Mark, Stroke};

use crate::model::{Pattern, TagColor};

/// A matrix as it is written: words and numbers, nothing left to look up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What it is: "Statements by document".
    pub title: String,
    /// Of which dossier, in which order, filtered how.
    pub subtitle: String,
    /// What the first cell of the heading says.
    pub rows_are: String,
    /// The tags whose letters stand in it.
    pub tags: Vec<SheetTag>,
    /// Documents or voices.
    pub columns: Vec<SheetColumn>,
    /// Statements.
    pub rows: Vec<SheetRow>,
}

/// A tag in the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetTag {
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Its color.
    pub color: TagColor,
    /// Its pattern, which the outline of its box has.
    pub pattern: Pattern,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its heading.
    pub label: String,
    /// Its full name.
    pub title: String,
    /// What stands under it: date, whether it is read.
    pub meta: String,
    /// Nobody has read it to the end: its cells are shaded.
    pub unread: bool,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetRow {
    /// Its name.
    pub name: String,
    /// Its group, or empty.
    pub group: String,
    /// What is said beside its name: "disputed", or nothing.
    pub remark: String,
    /// How far passages disagree, 0 to 1.
    pub disagreement: f64,
    /// Date of the first dated appearance, or empty.
    pub first: String,
    /// A cell for each column.
    pub cells: Vec<SheetCell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetCell {
    /// Passages: how many of each tag, by the tag's place in the legend.
    Found(Vec<(usize, usize)>),
    /// Passages of other voices alone.
    OtherVoices(usize),
    /// Read, and silent.
    Silent,
    /// Not read to the end.
    NotRead,
    /// Read, and older than the first appearance.
    Earlier,
}

impl Sheet {
    /// A cell in words: "2 claim, 1 denial", "silent".
    pub fn words(&self, cell: &SheetCell) -> String {
        match cell {
            SheetCell::Found(counts) => {
                let name = |tag: usize| self.tags.get(tag).map_or("?", |tag| tag.name.as_str());
                let words = counts.iter().map(|(tag, count)| format!("{count} {}", name(*tag)));
                words.collect::<Vec<_>>().join(", ")
            }
            SheetCell::OtherVoices(count) => format!("other voices, {count}"),
            SheetCell::Silent => "silent".to_owned(),
            SheetCell::NotRead => "not read".to_owned(),
            SheetCell::Earlier => "earlier".to_owned(),
        }
    }

    /// The table, a row a statement, a column a document or voice: UTF-8, comma-separated, rows end in LF. A cell that a
    /// spreadsheet would take for a formula gets a `'` in front, as in [`super::excel_csv`].
    ///
    /// # Errors
    /// In words, when a row is longer than the first, which none of ours is.
    pub fn csv(&self) -> Result<Vec<u8>, String> {
        let fixed = ["group", "disputed", "disagreement", "first dated appearance"];
        let mut head = vec![self.rows_are.clone()];
        head.extend(fixed.map(str::to_owned));
        head.extend(self.columns.iter().map(|column| match column.meta.is_empty() {
            true => column.title.clone(),
            false => format!("{} ({})", column.title, column.meta),
        }));
        let row = |row: &SheetRow| {
            let (remark, first) = (row.remark.clone(), row.first.clone());
            let disagreement = format!("{:.2}", row.disagreement);
            let mut cells = vec![row.name.clone(), row.group.clone(), remark, disagreement, first];
            cells.extend(row.cells.iter().map(|cell| self.words(cell)));
            cells
        };
        let rows = std::iter::once(head).chain(self.rows.iter().map(row));
        let rows = rows.map(|cells| cells.into_iter().map(harmless).collect()).collect::<Vec<_>>();
        super::csv::table(&rows)
    }

    /// The page, complete in itself and without scripts.
    pub fn html(&self) -> String {
        html::page(self)
    }

    /// The picture as a drawing.
    pub fn drawing(&self) -> Drawing {
        drawing::draw(self)
    }

    /// The picture as SVG.
    pub fn svg(&self) -> String {
        svg::write(&self.drawing(), &self.title)
    }
}

/// What no spreadsheet takes for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
