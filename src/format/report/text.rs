//! A document's text as a reader sees it, with its passages marked.
//!
//! Where passages overlap the text is cut into segments that lie in the same passages all through; each is one
//! `<mark>` that names them. The lines of passages that share a word lie under one another, the shortest passage's
//! nearest to the words and with its fill.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::format::citation::escaped;
use crate::format::page;
use crate::model::{AnnotationId, Document, Span};
use crate::text::Rendering;
use crate::text::rendering::{Block, BlockKind, CELL_SEPARATOR, Style};

/// A passage as the text needs it.
pub(super) struct Placed {
    pub id: AnnotationId,
    pub span: Span,
    pub number: usize,
    /// The index of its tag in the scheme.
    pub tag: usize,
    /// The tag's letter.
    pub letter: char,
    pub unsure: bool,
    /// What is shown when the pointer rests on it.
    pub tip: String,
}

/// More lines than this are drawn over one another.
const MOST_LANES: usize = 6;

/// The text of `document` as HTML, and the passages of which nothing can be seen in it.
pub(super) fn html(
    document: &Document,
    rendering: &Rendering,
    placed: &[Placed],
) -> (String, BTreeSet<AnnotationId>) {
    let unseen = placed.iter().map(|it| it.id).collect();
    let depths = BTreeMap::new();
    let mut setter = Setter {
        document,
        placed,
        out: String::new(),
        unseen,
        open: Open::Nothing,
        last: None,
        heading: 2,
        depths,
    };
    for block in rendering.blocks() {
        let lanes = lanes(&setter.here(block, 0..block.visible_len()));
        let deep = setter.depths.entry(block.paragraph).or_insert(0);
        *deep = lanes.into_iter().map(|lane| lane + 1).fold(*deep, usize::max);
    }
    for block in rendering.blocks() {
        setter.block(block);
    }
    setter.close();
    (setter.out, setter.unseen)
}

/// What the next block may go on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph,
    Quote,
    Code,
    Table,
    List(u8),
}

struct Setter<'a> {
    document: &'a Document,
    placed: &'a [Placed],
    out: String,
    /// Passages that have not begun yet.
    unseen: BTreeSet<AnnotationId>,
    open: Open,
    /// Where the last block ended, and its paragraph.
    last: Option<(usize, usize)>,
    /// The level of the last heading as it is set.
    heading: u8,
    /// How many lines lie under one another in each paragraph.
    depths: BTreeMap<usize, usize>,
}

impl<'a> Setter<'a> {
    fn block(&mut self, block: &Block) {
        let whole = 0..block.visible_len();
        let goes_on = self.last.is_some_and(|(end, _)| end == block.source.start);
        let is_same_paragraph = self.last.is_some_and(|(_, number)| number == block.paragraph);
        match &block.kind {
            BlockKind::Text if self.open == Open::Paragraph && is_same_paragraph => {
                self.out.push_str(if goes_on { "" } else { "\n" });
                self.inline(block, whole);
            }
            BlockKind::Text => {
                self.close();
                self.start("p", "", block);
                self.open = Open::Paragraph;
                self.inline(block, whole);
            }
            BlockKind::Heading(level) => {
                self.close();
                // Below the headings of the report itself, and without skipping a level.
                self.heading = (*level + 2).min(6).min(self.heading + 1);
                let tag = format!("h{}", self.heading);
                self.start(&tag, &format!("level-{level}"), block);
                self.inline(block, whole);
                self.out.push_str(&format!("</{tag}>\n"));
            }
            BlockKind::Quote => {
                if self.open != Open::Quote {
                    self.close();
                    self.out.push_str("<blockquote>\n");
                    self.open = Open::Quote;
                }
                self.start("p", "", block);
                self.inline(block, whole);
                self.out.push_str("</p>\n");
            }
            BlockKind::Rule => {
                self.close();
                self.out.push_str("<hr>\n");
            }
            BlockKind::Code => {
                if self.open == Open::Code {
                    let end = self.last.map_or(0, |(end, _)| end);
                    let between = self.document.text().get(end..block.source.start).unwrap_or_default();
                    self.out.push_str(&"\n".repeat(between.matches('\n').count()));
                } else {
                    self.close();
                    self.start("pre", "", block);
                    // A browser drops a line end right after the start of `pre`: here never one stands.
                    self.out.push_str("<code>");
                    self.open = Open::Code;
                }
                self.inline(block, whole);
            }
            BlockKind::TableRow => self.row(block, is_same_paragraph),
            BlockKind::ListItem { depth, marker } => self.item(block, *depth, marker),
        }
        self.last = Some((block.source.end, block.paragraph));
    }

    fn close(&mut self) {
        match self.open {
            Open::Nothing => {}
            Open::Paragraph => self.out.push_str("</p>\n"),
            Open::Quote => self.out.push_str("</blockquote>\n"),
            Open::Code => self.out.push_str("</code></pre>\n"),
            Open::Table => self.out.push_str("</table></div>\n"),
            Open::List(depth) => self.out.push_str(&"</li></ul>\n".repeat(depth.into())),
        }
        self.open = Open::Nothing;
    }

    /// The start of an element, with the paragraph's number where it begins, and room for the lines under its words.
    fn start(&mut self, tag: &str, class: &str, block: &Block) {
        let number = self.number(block);
        let deep = self.depths.get(&block.paragraph).copied().unwrap_or(0);
        let room = if deep > 2 { format!("lanes-{deep}") } else { String::new() };
        let class = [class, &room].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
        let class = if class.is_empty() { class } else { format!(" class=\"{class}\"") };
        self.out.push_str(&format!("<{tag} dir=\"auto\"{class}{number}>"));
    }

    fn number(&self, block: &Block) -> String {
        match self.last {
            Some((_, number)) if number == block.paragraph => String::new(),
            _ => format!(" data-paragraph=\"{}\"", block.paragraph),
        }
    }

    fn row(&mut self, block: &Block, is_same_table: bool) {
        let is_first = self.open != Open::Table || !is_same_table;
        if is_first {
            self.close();
            self.out.push_str(&format!("<div class=\"table\"{}><table dir=\"auto\">\n", self.number(block)));
            self.open = Open::Table;
        }
        self.out.push_str("<tr>");
        let cell = if is_first { "th" } else { "td" };
        let mut start = 0;
        for separator in block.separators().into_iter().chain([block.visible_len()]) {
            self.out.push_str(&format!("<{cell}>"));
            self.inline(block, start..separator);
            self.out.push_str(&format!("</{cell}>"));
            start = separator + CELL_SEPARATOR.len();
        }
        self.out.push_str("</tr>\n");
    }

    fn item(&mut self, block: &Block, depth: u8, marker: &str) {
        // Deeper lists than this are set as this deep.
        let depth = depth.clamp(1, 12);
        let mut is_new = false;
        if !matches!(self.open, Open::List(_)) {
            self.close();
            self.open = Open::List(0);
        }
        if let Open::List(mut here) = self.open {
            while here < depth {
                self.out.push_str("<ul><li>");
                (here, is_new) = (here + 1, true);
            }
            while here > depth {
                self.out.push_str("</li></ul>");
                here -= 1;
            }
            self.open = Open::List(here);
        }
        if !is_new && !marker.is_empty() {
            self.out.push_str("</li>\n<li>");
        }
        self.start("p", "", block);
        if !marker.is_empty() {
            self.out.push_str(&format!("<span class=\"marker\">{}</span> ", escaped(marker)));
        }
        self.inline(block, 0..block.visible_len());
        self.out.push_str("</p>");
    }

    /// The passages of which something is seen in a part of a block, the shortest first, each with where.
    fn here(&self, block: &Block, range: Range<usize>) -> Vec<(&'a Placed, Range<usize>)> {
        let clip = |span: Span| {
            let seen = block.to_visible(span.start())..block.to_visible(span.end());
            seen.start.max(range.start)..seen.end.min(range.end)
        };
        let here = self.placed.iter().map(|it| (it, clip(it.span)));
        let mut here: Vec<_> = here.filter(|(_, seen)| !seen.is_empty()).collect();
        here.sort_by_key(|(it, _)| (it.span.len(), std::cmp::Reverse(it.number)));
        here
    }

    /// A part of a block, in bytes of its visible text, cut where a passage begins or ends.
    fn inline(&mut self, block: &Block, range: Range<usize>) {
        let text = self.document.text();
        let visible = block.visible(text);
        let here = self.here(block, range.clone());
        let lanes = lanes(&here);
        let mut cuts: BTreeSet<usize> = here.iter().flat_map(|(_, seen)| [seen.start, seen.end]).collect();
        cuts.extend([range.start, range.end]);
        let cuts: Vec<usize> = cuts.into_iter().collect();
        for (start, end) in cuts.iter().zip(&cuts[1..]) {
            let inside = |seen: &Range<usize>| seen.start <= *start && *end <= seen.end;
            let marks: Vec<(&Placed, usize)> = std::iter::zip(&here, &lanes)
                .filter(|((_, seen), _)| inside(seen))
                .map(|((it, _), lane)| (*it, *lane))
                .collect();
            self.segment(&marks, &styled(self.document, block, &visible, *start..*end));
        }
    }

    fn segment(&mut self, marks: &[(&Placed, usize)], words: &str) {
        let Some(((top, lane), below)) = marks.split_first() else { return self.out.push_str(words) };
        let mut in_order: Vec<&Placed> = marks.iter().map(|(it, _)| *it).collect();
        in_order.sort_by_key(|it| it.number);
        let list = |each: &dyn Fn(&Placed) -> String, between: &str| {
            in_order.iter().map(|it| each(it)).collect::<Vec<_>>().join(between)
        };
        let is_unsure = if top.unsure { " unsure" } else { "" };
        let line = |it: &Placed, lane: usize| format!("t{} line lane-{lane}", it.tag);
        let own = if below.is_empty() { line(top, *lane) } else { format!("t{}", top.tag) };
        self.out.push_str(&format!(
            "<mark class=\"{own}{is_unsure}\" data-ids=\"{}\" title=\"{}\">",
            list(&|it| it.id.to_string(), " "),
            escaped(&list(&|it| it.tip.clone(), "\n")),
        ));
        for it in in_order.iter().filter(|it| self.unseen.contains(&it.id)) {
            self.out.push_str(&chip(it));
        }
        for it in &in_order {
            self.unseen.remove(&it.id);
        }
        // The longest first, so that what lies inside is drawn over it.
        let lines = if below.is_empty() { &[][..] } else { marks };
        for (it, lane) in lines.iter().rev() {
            self.out.push_str(&format!("<span class=\"{}\">", line(it, *lane)));
        }
        self.out.push_str(words);
        self.out.push_str(&"</span>".repeat(lines.len()));
        self.out.push_str("</mark>");
    }
}

/// The number at the first segment of a passage: it leads to the list, and the list leads back to it.
fn chip(it: &Placed) -> String {
    let (id, letter) = (it.id, escaped(&it.letter.to_string()));
    let unsure = if it.unsure { "?" } else { "" };
    format!(
        "<a class=\"chip t{}\" id=\"p-{id}\" href=\"#n-{id}\"><b>{letter}{unsure}</b>{}</a>",
        it.tag, it.number
    )
}

/// How deep under the words the line of each passage lies: those that share a word have different depths, the ones
/// that come first the smaller.
fn lanes(here: &[(&Placed, Range<usize>)]) -> Vec<usize> {
    let mut lanes: Vec<usize> = Vec::with_capacity(here.len());
    for (_, seen) in here {
        let meets = |other: &Range<usize>| other.start < seen.end && seen.start < other.end;
        let taken: BTreeSet<usize> = std::iter::zip(here, &lanes)
            .filter(|((_, other), _)| meets(other))
            .map(|(_, lane)| *lane)
            .collect();
        let free = (0..).find(|lane| !taken.contains(lane)).unwrap_or(0);
        lanes.push(free.min(MOST_LANES - 1));
    }
    lanes
}

/// The words of a part of a block in their styles; furniture in gray.
fn styled(document: &Document, block: &Block, visible: &str, range: Range<usize>) -> String {
    let mut out = String::new();
    let mut gray: BTreeMap<usize, usize> = BTreeMap::new();
    for span in &document.info.furniture {
        gray.insert(block.to_visible(span.start()), block.to_visible(span.end()));
    }
    for (part, style) in block.styles(document.text()) {
        // A block of code is set as such already.
        let style = Style { code: style.code && block.kind != BlockKind::Code, ..style };
        let (start, end) = (part.start.max(range.start), part.end.min(range.end));
        let mut cuts = BTreeSet::from([start, end]);
        cuts.extend(gray.iter().flat_map(|(from, to)| [*from, *to]).filter(|at| (start..end).contains(at)));
        let cuts: Vec<usize> = cuts.into_iter().collect();
        for (from, to) in cuts.iter().zip(&cuts[1..]).filter(|_| start < end) {
            let is_gray = gray.range(..=from).next_back().is_some_and(|(_, until)| to <= until);
            out.push_str(&set(visible.get(*from..*to).unwrap_or_default(), style, is_gray));
        }
    }
    out
}

fn set(words: &str, style: Style, is_gray: bool) -> String {
    let marks = [
        (is_gray, "<span class=\"furniture\">", "</span>"),
        (style.link, "<span class=\"link\">", "</span>"),
        (style.bold, "<strong>", "</strong>"),
        (style.italic, "<em>", "</em>"),
        (style.struck, "<s>", "</s>"),
        (style.raised, "<sup>", "</sup>"),
        (style.lowered, "<sub>", "</sub>"),
        (style.code, "<code>", "</code>"),
    ];
    let mut html = escaped(words);
    for (_, start, end) in marks.into_iter().rev().filter(|(is_on, ..)| *is_on) {
        html = format!("{start}{html}{end}");
    }
    html
}

/// The element of a document's text.
pub(super) fn opening(document: &Document) -> String {
    format!("<div class=\"text\"{}>\n", page::lang(document))
}
