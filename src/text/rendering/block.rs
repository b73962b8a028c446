//! One block, and the map between its visible bytes and the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Span;
use crate::text::is_blank;

/// What stands between two cells of a table row. A selection's end snaps out of it.
pub const CELL_SEPARATOR: &str = "  ·  ";

/// The reader's unit of layout, caching and accessibility.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Bytes of the canonical text, marks included, never the line break that ends it. Not empty.
    pub source: Range<usize>,
    /// The number of the paragraph that it stands in, from 1.
    pub paragraph: usize,
    /// How it is set.
    pub kind: BlockKind,
    /// `None`: what is visible is the source itself, which is so for nearly every block of a plain text.
    runs: Option<Box<[Run]>>,
}

/// How a block is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Text,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list. `depth` is 1 in an outermost list; `marker` is what to draw before it (`•`, `3.`),
    /// empty for its further paragraphs.
    ListItem { depth: u8, marker: String },
    /// A paragraph in a block quote.
    Quote,
    /// A horizontal rule: nothing visible but a line.
    Rule,
    /// A line of code.
    Code,
    /// A row of a table, its cells parted by [`CELL_SEPARATOR`].
    TableRow,
}

/// How a run of visible text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: bool,
    pub italic: bool,
    /// Superscript.
    pub raised: bool,
    /// Subscript.
    pub lowered: bool,
    pub code: bool,
    pub struck: bool,
    pub link: bool,
}

/// A stretch of the source that is visible. Source between pieces is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Bytes of the canonical text.
    pub source: Range<usize>,
    /// Bytes of the block's visible text.
    pub visible: Range<usize>,
    /// What is shown in place of the source; `None`: the source itself, byte for byte.
    pub shown: Option<&'a str>,
    pub style: Style,
}

/// A piece as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub source: Range<usize>,
    /// Where it begins in the visible text.
    pub visible: usize,
    pub shown: Option<Box<str>>,
    pub style: Style,
}

impl Run {
    pub fn visible_end(&self) -> usize {
        self.visible + self.shown.as_deref().map_or(self.source.len(), str::len)
    }

    fn piece(&self) -> Piece<'_> {
        Piece {
            source: self.source.clone(),
            visible: self.visible..self.visible_end(),
            shown: self.shown.as_deref(),
            style: self.style,
        }
    }
}

impl Block {
    /// A block whose visible text is its source.
    pub(super) fn plain(source: Range<usize>, paragraph: usize, kind: BlockKind) -> Self {
        Self { source, paragraph, kind, runs: None }
    }

    /// A block that shows `runs` of its source: sorted, inside `source`, `visible` counted from 0.
    pub(super) fn of_runs(source: Range<usize>, paragraph: usize, kind: BlockKind, runs: Vec<Run>) -> Self {
        let is_plain = matches!(&runs[..], [run] if run.source == source
            && run.shown.is_none()
            && run.style == base_style(&kind));
        let runs = (!is_plain).then(|| runs.into_boxed_slice());
        Self { source, paragraph, kind, runs }
    }

    /// The visible pieces in order; their `visible` ranges follow on one another from 0.
    pub fn pieces(&self) -> impl DoubleEndedIterator<Item = Piece<'_>> {
        let whole = self.runs.is_none().then(|| Piece {
            source: self.source.clone(),
            visible: 0..self.source.len(),
            shown: None,
            style: base_style(&self.kind),
        });
        whole.into_iter().chain(self.kept_runs().iter().map(Run::piece))
    }

    /// Where the separators between the cells of a table row begin, in bytes of the visible text.
    pub fn separators(&self) -> Vec<usize> {
        if self.kind != BlockKind::TableRow {
            return Vec::new();
        }
        let between = self.kept_runs().iter().filter(|run| run.shown.as_deref().is_some_and(is_separators));
        between.flat_map(|run| (run.visible..run.visible_end()).step_by(CELL_SEPARATOR.len())).collect()
    }

    /// The text to lay out. `text` is the whole canonical text.
    pub fn visible<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        match self.runs.as_deref() {
            None => Cow::Borrowed(slice(&self.source)),
            Some([]) => Cow::Borrowed(""),
            Some([Run { source, shown: None, .. }]) => Cow::Borrowed(slice(source)),
            Some(runs) => {
                let parts = runs.iter().map(|run| run.shown.as_deref().unwrap_or_else(|| slice(&run.source)));
                Cow::Owned(parts.collect())
            }
        }
    }

    /// The length of the visible text in bytes.
    pub fn visible_len(&self) -> usize {
        match &self.runs {
            None => self.source.len(),
            Some(runs) => runs.last().map_or(0, Run::visible_end),
        }
    }

    /// From a source byte to a visible one. A hidden offset goes to the nearest visible one after it, one
    /// outside the block to its nearest end.
    pub fn to_visible(&self, source: usize) -> usize {
        if self.runs.is_none() {
            return source.clamp(self.source.start, self.source.end) - self.source.start;
        }
        let runs = self.kept_runs();
        let Some(run) = runs.get(runs.partition_point(|run| run.source.end <= source)) else {
            return self.visible_len();
        };
        if source <= run.source.start {
            run.visible
        } else if run.shown.is_some() {
            run.visible_end()
        } else {
            run.visible + source - run.source.start
        }
    }

    /// From a visible byte to the source byte where a span that starts there begins: after hidden marks.
    pub fn to_source_start(&self, visible: usize) -> usize {
        if self.runs.is_none() {
            return (self.source.start + visible).min(self.source.end);
        }
        let runs = self.kept_runs();
        match runs.get(runs.partition_point(|run| run.visible_end() <= visible)) {
            Some(run) if run.shown.is_some() => run.source.start,
            Some(run) => run.source.start + visible - run.visible,
            None => runs.last().map_or(self.source.start, |run| run.source.end),
        }
    }

    /// From a visible byte to the source byte where a span that ends there ends: before hidden marks.
    pub fn to_source_end(&self, visible: usize) -> usize {
        if self.runs.is_none() {
            return (self.source.start + visible).min(self.source.end);
        }
        let runs = self.kept_runs();
        let Some(before) = runs.partition_point(|run| run.visible < visible).checked_sub(1) else {
            return runs.first().map_or(self.source.start, |run| run.source.start);
        };
        let run = &runs[before];
        if run.shown.is_some() {
            run.source.end
        } else {
            (run.source.start + visible - run.visible).min(run.source.end)
        }
    }

    /// Ranges of *visible* bytes with their style, in order, that together cover the visible text.
    pub fn styles(&self, _text: &str) -> Vec<(Range<usize>, Style)> {
        let mut styles: Vec<(Range<usize>, Style)> = Vec::new();
        for piece in self.pieces() {
            match styles.last_mut() {
                Some((range, style)) if *style == piece.style => range.end = piece.visible.end,
                _ => styles.push((piece.visible, piece.style)),
            }
        }
        styles
    }

    /// The source byte of the first character in `span` that can be seen.
    pub(super) fn first_ink(&self, text: &str, span: Span) -> Option<usize> {
        self.pieces().find_map(|piece| {
            let range = piece.source.start.max(span.start())..piece.source.end.min(span.end());
            match piece.shown {
                Some(shown) => (!range.is_empty() && has_ink(shown)).then_some(piece.source.start),
                None => {
                    let seen = text.get(range.clone())?;
                    seen.find(|c| !is_blank(c)).map(|at| range.start + at)
                }
            }
        })
    }

    /// The source byte after the last character in `span` that can be seen.
    pub(super) fn last_ink(&self, text: &str, span: Span) -> Option<usize> {
        self.pieces().rev().find_map(|piece| {
            let range = piece.source.start.max(span.start())..piece.source.end.min(span.end());
            match piece.shown {
                Some(shown) => (!range.is_empty() && has_ink(shown)).then_some(piece.source.end),
                None => {
                    let kept = text.get(range.clone())?.trim_end_matches(is_blank);
                    (!kept.is_empty()).then_some(range.start + kept.len())
                }
            }
        })
    }

    /// Cuts the block in two at a visible byte; the first is `self`. The cut moves to the end of a piece
    /// that is shown as something else than its source.
    pub(super) fn split_off(&mut self, visible: usize) -> Self {
        let at = self.to_source_end(visible);
        let kind = match &self.kind {
            BlockKind::ListItem { depth, .. } => BlockKind::ListItem { depth: *depth, marker: String::new() },
            kind => kind.clone(),
        };
        let mut rest = Self { source: at..self.source.end, paragraph: self.paragraph, kind, runs: None };
        self.source.end = at;
        if let Some(runs) = self.runs.take() {
            let (mut head, mut tail) = (Vec::new(), Vec::new());
            for run in runs {
                if run.source.end <= at {
                    head.push(run);
                } else if at <= run.source.start {
                    tail.push(run);
                } else {
                    tail.push(Run { source: at..run.source.end, visible: 0, ..run.clone() });
                    head.push(Run { source: run.source.start..at, ..run });
                }
            }
            let mut next = 0;
            for run in &mut tail {
                run.visible = next;
                next = run.visible_end();
            }
            self.runs = Some(head.into());
            rest.runs = Some(tail.into());
        }
        rest
    }

    fn kept_runs(&self) -> &[Run] {
        self.runs.as_deref().unwrap_or_default()
    }
}

/// The style of text without any mark in a block of this kind.
pub(super) fn base_style(kind: &BlockKind) -> Style {
    Style { code: *kind == BlockKind::Code, ..Style::default() }
}

fn has_ink(shown: &str) -> bool {
    !is_separators(shown) && shown.chars().any(|c| !is_blank(c))
}

fn is_separators(shown: &str) -> bool {
    shown.split(CELL_SEPARATOR).all(str::is_empty)
}
