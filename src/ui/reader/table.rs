//! Rows of a table. Each is a block of its own, in one galley; where a table is narrow enough its columns line
//! up, because the separators between cells are given room. Else its rows wrap as text does, with a line
//! between two cells. Either way the text of the galley is that of the rendering.

use std::ops::Range;

use super::hit::{self, Row};
use super::layout::{self, Cells, Setting};
use super::signs::{self, Sign};
use crate::text::rendering::CELL_SEPARATOR;
use crate::text::{Block, BlockKind};

/// So many rows decide how wide the columns are: a table can have any number.
const MEASURED_ROWS: usize = 64;

/// A line between two cells; positions count from the galley's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub x: f32,
    pub top: f32,
    pub bottom: f32,
}

/// The first row of the table that a row stands in.
pub(super) fn first_row(blocks: &[Block], index: usize) -> Option<usize> {
    let row = blocks.get(index).filter(|block| block.kind == BlockKind::TableRow)?;
    let paragraph = blocks.partition_point(|block| block.paragraph < row.paragraph);
    let before = blocks.get(paragraph..index)?;
    Some(paragraph + before.partition_point(|block| block.kind != BlockKind::TableRow))
}

/// Where the columns of the table begin whose first row is `first`; `None` when they do not fit side by side.
pub(super) fn columns(setting: Setting<'_>, blocks: &[Block], first: usize) -> Option<Vec<f32>> {
    let table = blocks.get(first..)?;
    let paragraph = table.first()?.paragraph;
    let rows = table.iter().take(MEASURED_ROWS);
    let mut widths: Vec<f32> = Vec::new();
    let (mut gap, mut sign) = (0.0_f32, 0.0_f32);
    for block in rows.take_while(|row| row.kind == BlockKind::TableRow && row.paragraph == paragraph) {
        let signs = signs::of(setting.ctx, setting.role, &block.visible(setting.text));
        sign = sign.max(signs::widest(&signs));
        let (row, cells) = whole_row(setting, block, &signs)?;
        for (column, cell) in cells.iter().enumerate() {
            let width = row.x_of(cell.end) - row.x_of(cell.start);
            match widths.get_mut(column) {
                Some(widest) => *widest = widest.max(width),
                None => widths.push(width),
            }
        }
        for pair in cells.windows(2) {
            gap = gap.max(row.x_of(pair[1].start) - row.x_of(pair[0].end));
        }
    }
    let mut starts = Vec::with_capacity(widths.len());
    let mut right = 0.0;
    for width in widths {
        starts.push(right);
        right += (width + gap).ceil();
    }
    (right - gap <= setting.width - sign).then_some(starts)
}

/// The separators of a row, and the room after each that makes the next cell begin with its column.
pub(super) fn rooms(
    setting: Setting<'_>,
    block: &Block,
    signs: &[Sign],
    columns: Option<&[f32]>,
) -> Vec<(usize, f32)> {
    let mut rooms: Vec<(usize, f32)> = block.separators().into_iter().map(|at| (at, 0.0)).collect();
    let Some(columns) = columns.filter(|_| !rooms.is_empty()) else { return rooms };
    let Some((row, cells)) = whole_row(setting, block, signs) else { return rooms };
    let mut moved = 0.0;
    for ((cell, column), (_, room)) in cells.iter().zip(columns).skip(1).zip(&mut rooms) {
        *room = (column - row.x_of(cell.start) - moved).max(0.0);
        moved += *room;
    }
    rooms
}

/// The lines between the cells of a row that is laid out.
pub(super) fn bars(cells: &Cells, rows: &[Row]) -> Vec<Bar> {
    let bar = |&(start, room): &(usize, f32)| {
        let row = rows.get(hit::row_of(rows, start))?;
        let end = (start + CELL_SEPARATOR.len()).min(row.bytes.end);
        let (left, right) = (row.x_of(start) + room, row.x_of(end));
        Some(Bar { x: (left + right) / 2.0, top: row.top, bottom: row.bottom })
    };
    cells.iter().filter_map(bar).collect()
}

/// A row on one line, and its cells in bytes of its visible text. `None` when a cell has lines of its own.
fn whole_row(setting: Setting<'_>, block: &Block, signs: &[Sign]) -> Option<(Row, Vec<Range<usize>>)> {
    let separators = block.separators();
    let (_, mut rows) = layout::rows(Setting { width: f32::INFINITY, ..setting }, block, signs, &[]);
    let row = rows.pop().filter(|_| rows.is_empty())?;
    let starts = std::iter::once(0).chain(separators.iter().map(|at| at + CELL_SEPARATOR.len()));
    let ends = separators.iter().copied().chain(std::iter::once(block.visible_len()));
    Some((row, starts.zip(ends).map(|(start, end)| start..end).collect()))
}
