//! Markdown as reading text: pulldown-cmark's events turned into blocks whose pieces point into the source.
//!
//! Every piece is checked against its source slice: where they are equal the piece *is* the source, else
//! (entities, line breaks, code spans over two lines) it is shown in its place. A piece never lies before
//! the one before it, whatever the parser says.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, CELL_SEPARATOR, Run, Style, base_style};
use super::plain::push_cut;
use crate::text::{Paragraphs, is_blank};

/// CommonMark with strikethrough, tables and footnotes. Nothing that alters characters (smart punctuation).
pub(crate) const OPTIONS: Options =
    Options::ENABLE_STRIKETHROUGH.union(Options::ENABLE_TABLES).union(Options::ENABLE_FOOTNOTES);

pub(super) fn blocks(text: &str, paragraphs: &Paragraphs) -> Vec<Block> {
    let mut builder = Builder { text, ..Builder::default() };
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        builder.take(event, range);
    }
    builder.close();
    let mut whole = builder.blocks;
    whole.extend(left_out(text, &whole, &builder.fenced));
    whole.sort_by_key(|block| block.source.start);
    let mut blocks = Vec::with_capacity(whole.len());
    for mut block in whole {
        block.paragraph = paragraphs.number_at(block.source.start);
        push_cut(&mut blocks, block, text);
    }
    blocks
}

/// Lines with a letter or digit that are in no block: link definitions, images without a description.
fn left_out(text: &str, blocks: &[Block], fenced: &[Range<usize>]) -> Vec<Block> {
    let mut found = Vec::new();
    let ends = std::iter::once(0).chain(blocks.iter().map(|block| block.source.end));
    let starts = blocks.iter().map(|block| block.source.start).chain(std::iter::once(text.len()));
    for (gap_start, gap_end) in ends.zip(starts) {
        let mut start = gap_start;
        for line in text[gap_start..gap_end].split('\n') {
            let inked = line.trim_start_matches(is_blank);
            let from = start + line.len() - inked.len();
            let range = from..from + inked.trim_end_matches(is_blank).len();
            let fence = fenced.partition_point(|fence| fence.end < range.end);
            let is_fence = fenced.get(fence).is_some_and(|fence| fence.start <= range.start);
            if line.contains(char::is_alphanumeric) && !is_fence {
                found.push(Block::plain(range, 0, BlockKind::Text));
            }
            start += line.len() + 1;
        }
    }
    found
}

enum Container {
    Quote,
    List,
    /// The marker, until a block has taken it, and where it stands.
    Item {
        marker: Option<String>,
        range: Range<usize>,
    },
}

/// A block whose end is not known yet.
struct Leaf {
    kind: BlockKind,
    source: Range<usize>,
    runs: Vec<Run>,
}

/// How deep the next characters are in each mark.
#[derive(Default)]
struct Marks {
    bold: usize,
    italic: usize,
    struck: usize,
    link: usize,
    raised: usize,
    lowered: usize,
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// Source ranges of code blocks, whose fences need not be seen.
    fenced: Vec<Range<usize>>,
    containers: Vec<Container>,
    marks: Marks,
    leaf: Option<Leaf>,
    /// Cells that have ended since the last piece of this row.
    cells_ended: usize,
    /// Inside a block of code or HTML: the kind of its lines.
    lines: Option<BlockKind>,
    /// Where the mark of a footnote stands whose first block has not come yet.
    note: Option<Range<usize>>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(shown) | Event::Html(shown) if self.lines.is_some() => self.lines_of(&shown, range),
            Event::Text(shown) | Event::Html(shown) => self.push(range, &shown),
            Event::Code(shown) => self.code_span(&shown, range),
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::SoftBreak => {
                let last = self.leaf.as_ref().and_then(|leaf| leaf.runs.last());
                if last.is_none_or(|run| run.shown.as_deref() != Some("\n")) {
                    self.push(range, " ");
                }
            }
            Event::HardBreak => self.push(range, "\n"),
            Event::Rule => {
                self.close();
                let source = self.with_line_start(range);
                if !source.is_empty() {
                    self.blocks.push(Block::of_runs(source, 0, BlockKind::Rule, Vec::new()));
                }
            }
            Event::FootnoteReference(_) => self.note_mark(range),
            // None of these comes with OPTIONS; shown as they stand if ever.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {
                self.push_source(range)
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {
                self.leaf(&range);
                match tag {
                    Tag::Emphasis => self.marks.italic += 1,
                    Tag::Strong => self.marks.bold += 1,
                    Tag::Strikethrough => self.marks.struck += 1,
                    Tag::Link { .. } => self.marks.link += 1,
                    _ => {}
                }
            }
            Tag::TableCell => {}
            _ => {
                self.close();
                self.start_block(tag, range);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => drop(self.leaf(&range)),
            Tag::Heading { level, .. } => {
                self.open(BlockKind::Heading(level_of(level)), range);
                self.number_heading();
            }
            Tag::BlockQuote(_) => self.containers.push(Container::Quote),
            Tag::List(_) => self.containers.push(Container::List),
            Tag::Item => {
                let (marker, range) = marker_of(self.text, range);
                self.containers.push(Container::Item { marker: Some(marker), range });
            }
            Tag::CodeBlock(_) => {
                self.fenced.push(range);
                self.lines = Some(BlockKind::Code);
            }
            Tag::HtmlBlock => self.lines = Some(BlockKind::Text),
            Tag::FootnoteDefinition(label) => {
                let mark = format!("[^{label}]:");
                let start = self.text[range.clone()].find(&mark).map(|at| range.start + at);
                self.note = start.map(|start| start..start + mark.len() - ":".len());
            }
            Tag::TableHead | Tag::TableRow => {
                self.marks.bold += usize::from(tag == Tag::TableHead);
                self.cells_ended = 0;
                self.open(BlockKind::TableRow, range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let less = |depth: &mut usize| *depth = depth.saturating_sub(1);
        match tag {
            TagEnd::Emphasis => less(&mut self.marks.italic),
            TagEnd::Strong => less(&mut self.marks.bold),
            TagEnd::Strikethrough => less(&mut self.marks.struck),
            TagEnd::Link => less(&mut self.marks.link),
            TagEnd::Image => {}
            TagEnd::TableCell => self.cells_ended += 1,
            _ => {
                self.close();
                match tag {
                    TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => drop(self.containers.pop()),
                    TagEnd::CodeBlock | TagEnd::HtmlBlock => self.lines = None,
                    TagEnd::FootnoteDefinition => self.note = None,
                    TagEnd::TableHead => less(&mut self.marks.bold),
                    _ => {}
                }
            }
        }
    }

    /// The open block, grown to hold `range`; a new one where none is open (items of tight lists).
    fn leaf(&mut self, range: &Range<usize>) -> &mut Leaf {
        if self.leaf.is_none() {
            let kind = self.kind_here();
            self.open(kind, range.clone());
        }
        let leaf = self.leaf.get_or_insert_with(|| unreachable!("opened above"));
        leaf.source.end = leaf.source.end.max(range.end);
        leaf
    }

    fn open(&mut self, kind: BlockKind, source: Range<usize>) {
        self.leaf = Some(Leaf { kind, source, runs: Vec::new() });
        if let Some(mark) = self.note.take() {
            let colon = mark.end..mark.end + 1;
            self.note_mark(mark);
            self.push(colon, " ");
        }
    }

    /// The mark of a footnote, `[^1]`: a number is raised, a word keeps its brackets, so that it does not
    /// read as one with the word before it.
    fn note_mark(&mut self, mark: Range<usize>) {
        let style = Style { raised: true, ..self.style() };
        let source = &self.text[mark.clone()];
        let Some(name) = source.strip_prefix("[^").and_then(|rest| rest.strip_suffix(']')) else {
            return self.push_styled(mark, source, style);
        };
        let label = mark.start + 2..mark.end - 1;
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            self.push_styled(label, name, style);
        } else {
            self.push_styled(mark, &format!("[{name}]"), style);
        }
    }

    /// What a paragraph is inside the open lists and quotes. Takes the markers of items that begin here.
    fn kind_here(&mut self) -> BlockKind {
        if let Some(lines) = &self.lines {
            return lines.clone();
        }
        let depth = self.containers.iter().filter(|c| matches!(c, Container::List)).count();
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        let mut markers = Vec::new();
        for container in &mut self.containers {
            if let Container::Item { marker, .. } = container {
                markers.extend(marker.take());
            }
        }
        match self.containers.last() {
            None => BlockKind::Text,
            Some(Container::Quote) if markers.is_empty() => BlockKind::Quote,
            _ => BlockKind::ListItem { depth, marker: markers.join(" ") },
        }
    }

    /// A heading in a numbered list (`1. ## Title`) keeps its number as text.
    fn number_heading(&mut self) {
        let mut numbers = Vec::new();
        for container in &mut self.containers {
            if let Container::Item { marker, range } = container
                && marker.take().is_some_and(|marker| marker.starts_with(|c: char| c.is_ascii_digit()))
            {
                let is_spaced = self.text[range.end..].starts_with(' ');
                numbers.push(range.start..range.end + usize::from(is_spaced));
            }
        }
        numbers.into_iter().for_each(|range| self.push_source(range));
    }

    fn push_source(&mut self, range: Range<usize>) {
        let text = self.text;
        self.push(range.clone(), &text[range]);
    }

    /// Shows `shown` for the source `range`, in the style of the open marks.
    fn push(&mut self, range: Range<usize>, shown: &str) {
        let style = self.style();
        self.push_styled(range, shown, style);
    }

    fn push_styled(&mut self, range: Range<usize>, shown: &str, style: Style) {
        let text = self.text;
        let block_end = self.blocks.last().map_or(0, |block| block.source.end);
        let cells_ended = std::mem::take(&mut self.cells_ended);
        let leaf = self.leaf(&range);
        let from = leaf.runs.last().map_or(block_end, |run| run.source.end);
        if range.is_empty() || shown.is_empty() || range.start < from {
            return;
        }
        if leaf.kind == BlockKind::TableRow && cells_ended > 0 {
            let gap = if leaf.runs.is_empty() {
                leaf.source.start.max(block_end)..range.start
            } else {
                from..range.start
            };
            if !gap.is_empty() {
                add(
                    &mut leaf.runs,
                    gap,
                    Some(CELL_SEPARATOR.repeat(cells_ended).into()),
                    base_style(&leaf.kind),
                );
            }
        }
        let shown = (text[range.clone()] != *shown).then(|| shown.into());
        add(&mut leaf.runs, range, shown, style);
    }

    fn style(&self) -> Style {
        let marks = &self.marks;
        Style {
            bold: marks.bold > 0,
            italic: marks.italic > 0,
            raised: marks.raised > 0,
            lowered: marks.lowered > 0,
            code: self.lines == Some(BlockKind::Code),
            struck: marks.struck > 0,
            link: marks.link > 0,
        }
    }

    /// Lines of a block of code or HTML: each is a block of its own.
    fn lines_of(&mut self, shown: &str, range: Range<usize>) {
        if self.text[range.clone()] != *shown {
            self.push(range, shown.trim_end_matches('\n'));
            if shown.ends_with('\n') {
                self.close();
            }
            return;
        }
        let mut start = range.start;
        for line in shown.split_inclusive('\n') {
            let inked = line.trim_end_matches('\n');
            if !inked.is_empty() {
                self.push(start..start + inked.len(), inked);
            }
            start += line.len();
            if inked.len() < line.len() {
                self.close();
            }
        }
    }

    /// The words between the backticks; a line break there is shown as a space.
    fn code_span(&mut self, shown: &str, range: Range<usize>) {
        let style = Style { code: true, ..self.style() };
        self.leaf(&range);
        let source = &self.text[range.clone()];
        let fence = source.len() - source.trim_start_matches('`').len();
        let Some(mut inner) = source.get(fence..source.len().saturating_sub(fence)) else {
            return self.push_styled(range, shown, style);
        };
        let mut start = range.start + fence;
        if inner.len() == shown.len() + 2 {
            inner = inner.get(1..inner.len() - 1).unwrap_or(inner);
            start += 1;
        }
        if inner.replace('\n', " ") != shown {
            return self.push_styled(range, shown, style);
        }
        for part in inner.split_inclusive('\n') {
            let words = part.trim_end_matches('\n');
            self.push_styled(start..start + words.len(), words, style);
            if words.len() < part.len() {
                self.push_styled(start + words.len()..start + part.len(), " ", style);
            }
            start += part.len();
        }
    }

    /// `<sup>`, `<sub>` and `<br>` mean what they say; other tags are shown as they stand.
    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        let (name, is_end) = name.strip_prefix('/').map_or((name, false), |name| (name, true));
        let word = name.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        self.leaf(&range);
        let depth = match word.as_str() {
            "sup" => &mut self.marks.raised,
            "sub" => &mut self.marks.lowered,
            "br" => return self.push(range, "\n"),
            _ => return self.push_source(range),
        };
        *depth = if is_end { depth.saturating_sub(1) } else { *depth + 1 };
    }

    /// Ends the open block, if any; one without anything to see is dropped.
    fn close(&mut self) {
        self.marks.raised = 0;
        self.marks.lowered = 0;
        let Some(Leaf { kind, source, mut runs }) = self.leaf.take() else { return };
        while runs.last().is_some_and(|run| run.shown.as_deref().is_some_and(|s| s.trim().is_empty())) {
            runs.pop();
        }
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return };
        let start = source.start.min(first.source.start);
        let source = self.with_line_start(start..source.end.max(last.source.end));
        let source = source.start..source.end.max(last.source.end);
        self.blocks.push(Block::of_runs(source, 0, kind, runs));
    }

    /// `range` grown to the start of its line, as far as no other block is there (so that the marks before
    /// it, `> ` or `- `, belong to it), and without white space at its end.
    fn with_line_start(&self, range: Range<usize>) -> Range<usize> {
        let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let free = self.blocks.last().map_or(0, |block| block.source.end);
        let start = line_start.max(free).min(range.end);
        start..start + self.text[start..range.end].trim_end_matches(is_blank).len()
    }
}

/// Adds a run, or lengthens the last where both are the source itself in one style.
fn add(runs: &mut Vec<Run>, source: Range<usize>, shown: Option<Box<str>>, style: Style) {
    if let Some(last) = runs.last_mut()
        && last.shown.is_none()
        && shown.is_none()
        && last.style == style
        && last.source.end == source.start
    {
        last.source.end = source.end;
        return;
    }
    let visible = runs.last().map_or(0, Run::visible_end);
    runs.push(Run { source, visible, shown, style });
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// What to draw before an item, and where it stands in the source. Numbers stay as they were written.
fn marker_of(text: &str, item: Range<usize>) -> (String, Range<usize>) {
    let source = &text[item.clone()];
    let start = item.start + source.len() - source.trim_start().len();
    let digits = text[start..item.end].bytes().take_while(u8::is_ascii_digit).count();
    let end = (start + digits + 1).min(item.end);
    match text.get(start..end) {
        Some(number) if digits > 0 => (number.to_owned(), start..end),
        _ => ("•".to_owned(), start..start),
    }
}
