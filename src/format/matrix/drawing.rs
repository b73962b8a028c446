//! The picture of a matrix as a list of marks: SVG and the window paint the same.

use crate::model::{Pattern, TagColor};

use super::{Sheet, SheetCell};

/// A picture in points, from its upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What is on it, from the bottom up.
    pub marks: Vec<Mark>,
}

/// The colors of a picture: who paints it says which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words and numbers.
    Text,
    /// What stands beside.
    Meta,
    /// Rules.
    Rule,
    /// Behind what nobody has read.
    Shade,
    /// A tag's letter and outline.
    Tag(TagColor),
    /// Behind a tag's letter.
    Fill(TagColor),
}

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Without a gap.
    Solid,
    /// In dashes.
    Dashed,
    /// In dots.
    Dotted,
}

/// Something on a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A rectangle: left, top, width, height; what fills it, what outlines it.
    Rect([f32; 4], Option<Ink>, Option<(Ink, Stroke)>),
    /// A line from one point to another.
    Line([f32; 4], Ink),
    /// A ring: middle and radius.
    Ring([f32; 3], Ink),
    /// Words.
    Words(Words),
}

/// Words on a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where they begin, or their middle.
    pub x: f32,
    /// Their baseline.
    pub y: f32,
    /// What they say.
    pub text: String,
    /// Their size.
    pub size: f32,
    /// Their color.
    pub ink: Ink,
    /// Semibold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// `x` is their middle.
    pub centered: bool,
}

/// Room around the picture.
const EDGE: f32 = 20.0;
/// Width of the statements' names.
const NAMES: f32 = 330.0;
/// Height of a row; of each further line of its name.
const ROW: f32 = 32.0;
const LINE: f32 = 16.0;
/// Where the heading's words stand.
const HEAD: f32 = 96.0;
/// Side of a letter's box.
const BOX: f32 = 15.0;
/// A letter's box and its number, with the room after them.
const COUNT: f32 = 38.0;
/// Fewest points of a column: a day and "being read".
const COLUMN: f32 = 122.0;
/// Letters of a line of a heading or a name, and how many lines it may have: what is longer is cut.
const LABEL_CHARS: usize = 15;
const LABEL_LINES: usize = 2;
const NAME_CHARS: usize = 38;
const NAME_LINES: usize = 4;

/// Draws a sheet.
pub(super) fn draw(sheet: &Sheet) -> Drawing {
    let mut drawing = Drawing::default();
    let marks = &mut drawing.marks;
    words(marks, EDGE, 32.0, &sheet.title, 17.0, Ink::Text, true);
    words(marks, EDGE, 50.0, &sheet.subtitle, 12.0, Ink::Meta, false);
    let top = HEAD + 24.0;
    let names: Vec<Vec<String>> =
        sheet.rows.iter().map(|row| lines(&row.name, NAME_CHARS, NAME_LINES)).collect();
    let mut tops = vec![top];
    for name in &names {
        let above = tops[tops.len() - 1];
        tops.push(above + ROW + LINE * (name.len() - 1) as f32);
    }
    let bottom = tops[tops.len() - 1];
    let middle = |row: usize| (tops[row] + tops[row + 1]) / 2.0;
    words(marks, EDGE, HEAD, &sheet.rows_are, 12.0, Ink::Meta, true);
    let mut left = EDGE + NAMES;
    for (at, column) in sheet.columns.iter().enumerate() {
        let width = column_width(sheet, at);
        if column.unread {
            marks.push(Mark::Rect([left, top, width, bottom - top], Some(Ink::Shade), None));
        }
        let label = lines(&column.label, LABEL_CHARS, LABEL_LINES);
        for (line, words_of) in label.iter().rev().enumerate() {
            words(marks, left + 6.0, HEAD - LINE * line as f32, words_of, 12.5, Ink::Text, true);
        }
        words(marks, left + 6.0, HEAD + 15.0, &cut(&column.meta, LABEL_CHARS + 6), 11.0, Ink::Meta, false);
        for (row, it) in sheet.rows.iter().enumerate() {
            if let Some(cell) = it.cells.get(at) {
                draw_cell(marks, sheet, cell, left + 6.0, middle(row));
            }
        }
        left += width;
    }
    for (row, it) in sheet.rows.iter().enumerate() {
        let y = tops[row];
        marks.push(Mark::Line([EDGE, y, left, y], Ink::Rule));
        let baseline = middle(row) + 4.5;
        let first = baseline - LINE * (names[row].len() - 1) as f32 / 2.0;
        for (line, words_of) in names[row].iter().enumerate() {
            words(marks, EDGE, first + LINE * line as f32, words_of, 13.0, Ink::Text, false);
        }
        if !it.remark.is_empty() {
            words(marks, EDGE + NAMES - 58.0, baseline, &it.remark, 11.5, Ink::Meta, false);
        }
    }
    marks.push(Mark::Line([EDGE, bottom, left, bottom], Ink::Rule));
    drawing.width = left.max(560.0) + EDGE;
    drawing.height = legend(&mut drawing.marks, sheet, bottom + 30.0) + EDGE;
    drawing
}

fn column_width(sheet: &Sheet, column: usize) -> f32 {
    let most = sheet.rows.iter().map(|row| match row.cells.get(column) {
        Some(SheetCell::Found(counts)) => counts.len(),
        _ => 0,
    });
    (most.max().unwrap_or(0) as f32 * COUNT + 12.0).max(COLUMN)
}

fn draw_cell(marks: &mut Vec<Mark>, sheet: &Sheet, cell: &SheetCell, left: f32, middle: f32) {
    let baseline = middle + 4.5;
    match cell {
        SheetCell::Found(counts) => {
            for (at, (tag, count)) in counts.iter().enumerate() {
                let x = left + at as f32 * COUNT;
                letter(marks, sheet, *tag, x, middle);
                words(marks, x + BOX + 4.0, baseline, &count.to_string(), 12.5, Ink::Text, true);
            }
        }
        cell => {
            sign(marks, cell, left + 7.0, middle);
            let said = sheet.words(cell);
            let italic = *cell == SheetCell::Earlier;
            marks.push(Mark::Words(Words { italic, ..plain(left + 20.0, baseline, &said, 12.0, Ink::Meta) }));
        }
    }
}

/// A tag's letter in its box, whose outline has the tag's pattern.
fn letter(marks: &mut Vec<Mark>, sheet: &Sheet, tag: usize, left: f32, middle: f32) {
    let Some(tag) = sheet.tags.get(tag) else { return };
    let stroke = match tag.pattern {
        Pattern::Solid | Pattern::Double => Stroke::Solid,
        Pattern::Dashed | Pattern::DashDot => Stroke::Dashed,
        Pattern::Wavy | Pattern::Dotted => Stroke::Dotted,
    };
    let ink = Ink::Tag(tag.color);
    marks.push(Mark::Rect(
        [left, middle - BOX / 2.0, BOX, BOX],
        Some(Ink::Fill(tag.color)),
        Some((ink, stroke)),
    ));
    let letter = plain(left + BOX / 2.0, middle + 4.0, &tag.letter.to_string(), 11.0, ink);
    marks.push(Mark::Words(Words { bold: true, centered: true, ..letter }));
}

/// What stands for nothing: a ring for silent, a dashed square for not read, an angle for earlier, a bar for others.
fn sign(marks: &mut Vec<Mark>, cell: &SheetCell, x: f32, y: f32) {
    match cell {
        SheetCell::Silent => marks.push(Mark::Ring([x, y, 4.5], Ink::Text)),
        SheetCell::NotRead => {
            let square = [x - 5.0, y - 5.0, 10.0, 10.0];
            marks.push(Mark::Rect(square, None, Some((Ink::Meta, Stroke::Dashed))));
        }
        SheetCell::Earlier => {
            marks.push(Mark::Line([x + 2.0, y - 4.0, x - 2.0, y], Ink::Meta));
            marks.push(Mark::Line([x - 2.0, y, x + 2.0, y + 4.0], Ink::Meta));
        }
        SheetCell::OtherVoices(_) => marks.push(Mark::Line([x - 4.0, y, x + 4.0, y], Ink::Meta)),
        SheetCell::Found(_) => {}
    }
}

/// How to read it; where it ends.
fn legend(marks: &mut Vec<Mark>, sheet: &Sheet, top: f32) -> f32 {
    let mut y = top;
    for tag in 0..sheet.tags.len() {
        letter(marks, sheet, tag, EDGE, y);
        let says = format!("{}, with how many passages", sheet.tags[tag].name);
        words(marks, EDGE + 24.0, y + 4.5, &says, 12.0, Ink::Text, false);
        y += 20.0;
    }
    for (cell, says) in SIGNS {
        sign(marks, &cell, EDGE + 7.0, y);
        words(marks, EDGE + 24.0, y + 4.5, says, 12.0, Ink::Text, false);
        y += 20.0;
    }
    y
}

/// What each sign says.
pub(super) const SIGNS: [(SheetCell, &str); 3] = [
    (SheetCell::Silent, "silent: read to the end, says nothing on it"),
    (SheetCell::NotRead, "not read: not read to the end, nothing can be said yet"),
    (SheetCell::Earlier, "earlier: read, and older than the statement's first dated appearance"),
];

fn plain(x: f32, y: f32, text: &str, size: f32, ink: Ink) -> Words {
    let (bold, italic, centered) = (false, false, false);
    Words { x, y, text: text.to_owned(), size, ink, bold, italic, centered }
}

fn words(marks: &mut Vec<Mark>, x: f32, y: f32, text: &str, size: f32, ink: Ink, bold: bool) {
    marks.push(Mark::Words(Words { bold, ..plain(x, y, text, size, ink) }));
}

/// The words on at most so many lines of so many letters each, never fewer than one.
fn lines(label: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= letters {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    lines.into_iter().map(|line| cut(&line, letters)).collect()
}

fn cut(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    let cut: String = label.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}
