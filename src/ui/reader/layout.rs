//! One block laid out: its galley, rows and place in the column.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Color32, Context, FontId, Galley, Stroke};
use unicode_segmentation::UnicodeSegmentation as _;

use super::hit::{self, Row};
use super::signs::{self, Sign};
use super::table::{self, Bar};
use crate::model::Span;
use crate::text::rendering::CELL_SEPARATOR;
use crate::text::{Block, BlockKind, Style};
use crate::ui::theme::font::{self, Role};
use crate::ui::theme::{Theme, size};

/// A block as it stands on the page. Vertical positions count from the top of its first row.
#[derive(Debug)]
pub(super) struct BlockLayout {
    pub galley: Arc<Galley>,
    /// At least one, unless the block shows no text.
    pub rows: Vec<Row>,
    /// What cannot be seen in its text; where each stands, its row tells.
    pub signs: Vec<Sign>,
    /// Lines between the cells of a table row.
    pub bars: Vec<Bar>,
    /// From the left edge of the column to the text.
    pub indent: f32,
    /// What stands before a list item, right-aligned to its text.
    pub marker: Option<Arc<Galley>>,
    pub height: f32,
}

/// What a block is laid out with.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub ctx: &'a Context,
    pub theme: &'a Theme,
    pub role: &'a Role,
    /// The width of the column.
    pub width: f32,
    /// The canonical text.
    pub text: &'a str,
    pub furniture: &'a [Span],
}

/// Lays out a block. `columns`: where those of its table begin, when they are to line up.
pub(super) fn lay_out(setting: Setting<'_>, block: &Block, columns: Option<&[f32]>) -> BlockLayout {
    let Setting { ctx, theme, role, .. } = setting;
    let indent = indent(&block.kind, role);
    let signs = signs::of(ctx, role, &block.visible(setting.text));
    let cells = table::rooms(setting, block, &signs, columns);
    let (galley, rows) = rows(setting, block, &signs, &cells);
    let height = rows.last().map_or(role.row, |row| row.bottom);
    let marker = match &block.kind {
        BlockKind::ListItem { marker, .. } if !marker.is_empty() => {
            Some(role.line(ctx, marker, theme.colors.text2))
        }
        _ => None,
    };
    let bars = table::bars(&cells, &rows);
    BlockLayout { galley, rows, signs, bars, indent, marker, height }
}

/// The separators between the cells of a row, by their first byte, and the room after each.
pub(super) type Cells = [(usize, f32)];

/// A block's galley, and its rows.
pub(super) fn rows(
    setting: Setting<'_>,
    block: &Block,
    signs: &[Sign],
    cells: &Cells,
) -> (Arc<Galley>, Vec<Row>) {
    let cuts = cuts(signs, cells);
    // A character without width that ends a row has its sign after it: there is room for that too.
    let setting = Setting { width: setting.width - signs::widest(signs).min(setting.width / 4.0), ..setting };
    let job = |by_cluster: bool| {
        let job = job(setting, block, &cuts, by_cluster);
        setting.ctx.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let mut galley = job(false);
    let by_cluster = !hit::follows_text(&galley);
    if by_cluster {
        galley = job(true);
    }
    let rooms: Vec<(usize, f32)> = signs.iter().map(|sign| (sign.hidden.at, sign.room)).collect();
    let mut rows = hit::rows(&galley, by_cluster, &rooms, setting.role.row * 0.68);
    if block.visible_len() == 0 {
        rows.clear();
    }
    (galley, rows)
}

/// The space above a block.
pub(super) fn gap_above(before: Option<&Block>, block: &Block, row: f32) -> f32 {
    let Some(before) = before else { return 0.0 };
    let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem { .. });
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let rows = if before.source.end == block.source.start
        || before.kind == BlockKind::Code && block.kind == BlockKind::Code
    {
        0.0
    } else if is_item(before) && is_item(block) {
        0.15
    } else if before.paragraph == block.paragraph && !is_heading(block) {
        0.0
    } else if is_heading(block) {
        0.75
    } else {
        0.5
    };
    (rows * row).round()
}

/// A guess at the height of a block that was never laid out.
pub(super) fn estimated_height(block: &Block, role: &Role, width: f32, advance: f32) -> f32 {
    let width = (width - indent(&block.kind, role)).max(role.font.size);
    // Rows end at a word: three letters of each stay empty on average.
    let letters = (width / advance - 3.0).max(1.0);
    (block.visible_len() as f32 / letters).ceil().max(1.0) * role.row
}

fn indent(kind: &BlockKind, role: &Role) -> f32 {
    match kind {
        BlockKind::ListItem { depth, .. } => (role.font.size * 1.3 * f32::from(*depth)).round(),
        BlockKind::Quote => size::SPACE[3],
        BlockKind::Code => size::SPACE[1],
        BlockKind::Text | BlockKind::Heading(_) | BlockKind::Rule | BlockKind::TableRow => 0.0,
    }
}

fn job(setting: Setting<'_>, block: &Block, cuts: &[Cut], by_cluster: bool) -> LayoutJob {
    let Setting { theme, role, .. } = setting;
    let visible = block.visible(setting.text);
    let mut job = LayoutJob::default();
    job.wrap.max_width = (setting.width - indent(&block.kind, role)).max(role.font.size);
    job.first_row_min_height = role.row;
    let furniture = furniture_in(block, setting.furniture);
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    for (range, style) in block.styles(setting.text) {
        let mut at = range.start;
        while at < range.end {
            let hold = furniture.iter().find(|hold| at < hold.end);
            let is_furniture = hold.is_some_and(|hold| hold.start <= at);
            let next = hold.map_or(range.end, |hold| if is_furniture { hold.end } else { hold.start });
            let end = next.clamp(at + 1, range.end);
            let Some(piece) = visible.get(at..end) else { break };
            let format = format(theme, role, style, is_heading, is_furniture);
            append(&mut job, piece, &format, cuts, by_cluster);
            at = end;
        }
    }
    if job.sections.is_empty() {
        job.append("", 0.0, format(theme, role, Style::default(), false, false));
    }
    job
}

/// Where a section has to begin, besides those that style makes.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// A byte of the visible text.
    at: usize,
    /// Room before it.
    room: f32,
    /// What follows has no ink: something else is drawn in its place.
    blank: bool,
}

/// Characters that cannot be seen are sections of their own, without ink and with room for a sign after them; so
/// are the separators between cells, with room up to where the next column begins.
fn cuts(signs: &[Sign], cells: &Cells) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for sign in signs {
        let after = sign.hidden.at + sign.hidden.character.len_utf8();
        cuts.push(Cut { at: sign.hidden.at, room: 0.0, blank: true });
        cuts.push(Cut { at: after, room: sign.room, blank: false });
    }
    for &(start, room) in cells {
        cuts.push(Cut { at: start, room: 0.0, blank: true });
        cuts.push(Cut { at: start + CELL_SEPARATOR.len(), room, blank: false });
    }
    // Where one ends and the next begins, the end comes first.
    cuts.sort_by_key(|cut| (cut.at, cut.blank));
    cuts.dedup_by(|next, cut| {
        let same = next.at == cut.at;
        if same {
            *cut = Cut { at: cut.at, room: cut.room + next.room, blank: cut.blank || next.blank };
        }
        same
    });
    cuts
}

/// Adds a piece in one format, as sections between the cuts. `by_cluster`: each cluster is one.
fn append(job: &mut LayoutJob, piece: &str, format: &TextFormat, cuts: &[Cut], by_cluster: bool) {
    let base = job.text.len();
    let mut next = cuts.partition_point(|cut| cut.at < base);
    // A cut in force since an earlier piece, whose room is given already.
    let mut blank = next.checked_sub(1).and_then(|before| cuts.get(before)).is_some_and(|cut| cut.blank);
    let mut at = 0;
    while let Some(rest) = piece.get(at..).filter(|rest| !rest.is_empty()) {
        let mut room = 0.0;
        if let Some(cut) = cuts.get(next).filter(|cut| cut.at == base + at) {
            (room, blank) = (cut.room, cut.blank);
            next += 1;
        }
        let free = cuts.get(next).map_or(rest.len(), |cut| cut.at - base - at).min(rest.len());
        let cluster = || rest.graphemes(true).next().map_or(free, str::len);
        let length = if by_cluster { cluster().min(free) } else { free };
        let mut format = format.clone();
        if by_cluster {
            let section = job.sections.len();
            format.line_height = format.line_height.map(|height| hit::seamed(height, section));
        }
        if blank {
            format.color = Color32::TRANSPARENT;
        }
        job.append(&rest[..length], room, format);
        at += length;
    }
}

/// The bytes of the block's visible text that are furniture.
pub(super) fn furniture_in(block: &Block, furniture: &[Span]) -> Vec<Range<usize>> {
    let first = furniture.partition_point(|span| span.end() <= block.source.start);
    let inside = furniture[first..].iter().take_while(|span| span.start() < block.source.end);
    inside.map(|span| block.to_visible(span.start())..block.to_visible(span.end())).collect()
}

fn format(theme: &Theme, role: &Role, style: Style, is_heading: bool, is_furniture: bool) -> TextFormat {
    let colors = &theme.colors;
    let scale = if is_furniture { 0.86 } else { 1.0 };
    let small = if style.raised || style.lowered { 0.68 } else { 1.0 };
    let points = role.font.size * scale * small;
    let color = match () {
        () if is_furniture => colors.furniture,
        () if style.link => colors.accent,
        () => colors.text,
    };
    let mut format = TextFormat {
        line_height: Some(role.row),
        valign: Align::BOTTOM,
        strikethrough: if style.struck { Stroke::new(1.0, colors.text2) } else { Stroke::NONE },
        ..TextFormat::simple(face(theme, style, is_heading, points), color)
    };
    if style.raised || style.lowered {
        // A lower row, at the top or the bottom of the row it stands in: the text in its middle moves with it.
        format.line_height = Some(role.row - role.font.size * 0.42);
        format.valign = if style.raised { Align::TOP } else { Align::BOTTOM };
    }
    format
}

fn face(theme: &Theme, style: Style, is_heading: bool, points: f32) -> FontId {
    if style.code {
        return FontId::monospace(points * 0.88);
    }
    if is_heading {
        return font::ui_semibold(points * 0.9);
    }
    font::document_face(theme.sans, style.bold, style.italic, points)
}

/// The mean advance of a letter in running text.
pub(super) fn mean_advance(ctx: &Context, font: &FontId) -> f32 {
    const SAMPLE: &str = "Wie de kranten naast elkaar legt, ziet hoe een zin onderweg verandert; \
        whoever reads two of them side by side can see how a sentence changes on its way.";
    let job = LayoutJob::simple_singleline(SAMPLE.to_owned(), font.clone(), Color32::PLACEHOLDER);
    ctx.fonts_mut(|fonts| fonts.layout_job(job)).rect.width() / SAMPLE.len() as f32
}
