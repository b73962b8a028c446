//! The marks of one document by block: what the reader draws, and what a click finds. A cache: it takes
//! changes one by one, each at the cost of what is near, and always equals a rebuild.

mod counts;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::{Annotation, AnnotationId, Span, TagId};
use crate::text::Rendering;

pub use counts::BlockCounts;

/// What is drawn of a placed annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The annotation.
    pub id: AnnotationId,
    /// Bytes of the canonical text.
    pub span: Span,
    /// Its tag.
    pub tag: TagId,
    /// Drawn hatched.
    pub unsure: bool,
    /// The margin lane of a mark that stands in several blocks, the same in each; 0 for all others: which
    /// of them share a row, only their layout knows.
    pub lane: u16,
    /// 0 innermost, above all that it contains. Bands grow outward and lines stack below with it. No two marks
    /// that overlap have the same, up to the level past which none are told apart.
    pub level: u16,
}

impl Mark {
    /// By start, the longer first: the order in which marks open.
    fn order(&self) -> (usize, Reverse<usize>, AnnotationId) {
        (self.span.start(), Reverse(self.span.end()), self.id)
    }

    /// The shorter first: the order in which levels are given, and a click takes.
    fn size_order(&self) -> (usize, usize, AnnotationId) {
        (self.span.len(), self.span.start(), self.id)
    }
}

/// From this level on marks share one: the screen tells far fewer apart.
const MOST_LEVELS: usize = 64;

/// The marks of one document, by block of its rendering.
#[derive(Clone, Debug, Default)]
pub struct DocumentMarks {
    /// A mark that spans blocks stands in each.
    blocks: Vec<Vec<Mark>>,
    spans: BTreeMap<AnnotationId, Span>,
    /// By tag: how many stand in each block.
    counts: BTreeMap<TagId, BlockCounts>,
    /// Changes whenever a mark does: what is drawn from the marks can be kept until then.
    pub revision: u64,
}

impl PartialEq for DocumentMarks {
    fn eq(&self, other: &Self) -> bool {
        self.blocks == other.blocks && self.spans == other.spans
    }
}

impl DocumentMarks {
    /// The marks of the placed ones among `annotations`, which all stand in the document that `rendering`
    /// shows. Orphans are left out.
    pub fn build<'a>(rendering: &Rendering, annotations: impl Iterator<Item = &'a Annotation>) -> Self {
        let mut marks: Vec<Mark> = annotations.filter_map(mark_of).collect();
        marks.sort_by_key(Mark::order);
        let mut built = Self {
            blocks: vec![Vec::new(); rendering.blocks().len()],
            spans: marks.iter().map(|mark| (mark.id, mark.span)).collect(),
            counts: BTreeMap::new(),
            revision: next_revision(),
        };
        set_levels(&mut marks);
        set_lanes(rendering, &mut marks);
        for mut mark in marks {
            mark.tag = built.shared(&mark.tag);
            for block in blocks_of(rendering, mark.span) {
                if let Some(list) = built.blocks.get_mut(block) {
                    list.push(mark.clone());
                    built.count(&mark.tag, block, true);
                }
            }
        }
        built
    }

    /// The marks that stand in a block, by start, the longer first.
    pub fn in_block(&self, block: usize) -> &[Mark] {
        self.blocks.get(block).map_or(&[], Vec::as_slice)
    }

    /// How many marks of a tag stand in each block; `None` when there is none of it.
    pub fn counts(&self, tag: &TagId) -> Option<&BlockCounts> {
        self.counts.get(tag)
    }

    /// The tags that marks have or have had, each with its counts.
    pub fn tags(&self) -> impl Iterator<Item = (&TagId, &BlockCounts)> {
        self.counts.iter()
    }

    /// The one copy of a tag's id that all marks share: comparing it costs no look at its text.
    fn shared(&self, tag: &TagId) -> TagId {
        self.counts.get_key_value(tag).map_or(tag, |(known, _)| known).clone()
    }

    fn count(&mut self, tag: &TagId, block: usize, more: bool) {
        let blocks = self.blocks.len();
        match self.counts.get_mut(tag) {
            Some(counts) => counts.add(block, more),
            None => {
                self.counts.entry(tag.clone()).or_insert_with(|| BlockCounts::new(blocks)).add(block, more)
            }
        }
    }

    /// Adds the mark of an annotation, or changes it when it is there already. An orphan's is removed.
    pub fn put(&mut self, rendering: &Rendering, annotation: &Annotation) {
        if self.revise(rendering, annotation) {
            return;
        }
        self.remove(rendering, annotation.id);
        let Some(mut mark) = mark_of(annotation) else { return };
        mark.tag = self.shared(&mark.tag);
        let span = mark.span;
        self.spans.insert(mark.id, span);
        for block in blocks_of(rendering, span) {
            if let Some(list) = self.blocks.get_mut(block) {
                let at = list.partition_point(|other| other.order() < mark.order());
                list.insert(at, mark.clone());
                self.count(&mark.tag, block, true);
            }
        }
        self.settle(rendering, span);
    }

    /// Gives the mark of an annotation whose place is the same its tag: levels and lanes rest on places alone.
    fn revise(&mut self, rendering: &Rendering, annotation: &Annotation) -> bool {
        let Some(span) = annotation.anchor.span().filter(|span| self.span(annotation.id) == Some(*span))
        else {
            return false;
        };
        self.revision = next_revision();
        let tag = self.shared(&annotation.tag);
        let order = (span.start(), Reverse(span.end()), annotation.id);
        for block in blocks_of(rendering, span) {
            let Some(list) = self.blocks.get_mut(block) else { continue };
            if let Ok(at) = list.binary_search_by_key(&order, Mark::order) {
                list[at].unsure = annotation.unsure;
                if list[at].tag != tag {
                    let old = std::mem::replace(&mut list[at].tag, tag.clone());
                    self.count(&old, block, false);
                    self.count(&tag, block, true);
                }
            }
        }
        true
    }

    /// Removes the mark of an annotation, if it has one.
    pub fn remove(&mut self, rendering: &Rendering, id: AnnotationId) {
        let Some(span) = self.spans.remove(&id) else { return };
        for block in blocks_of(rendering, span) {
            let Some(list) = self.blocks.get_mut(block) else { continue };
            if let Some(at) = list.iter().position(|mark| mark.id == id) {
                let mark = list.remove(at);
                self.count(&mark.tag, block, false);
            }
        }
        self.settle(rendering, span);
    }

    /// The marks over the character at `offset`, innermost (shortest) first.
    pub fn at(&self, rendering: &Rendering, offset: usize) -> Vec<&Mark> {
        let mut found: Vec<&Mark> = self
            .in_block(rendering.block_at(offset))
            .iter()
            .filter(|mark| mark.span.range().contains(&offset))
            .collect();
        found.sort_by_key(|mark| mark.size_order());
        found
    }

    /// Every mark once, by start, the longer first.
    pub fn all(&self) -> impl Iterator<Item = &Mark> {
        self.blocks.iter().enumerate().flat_map(move |(block, list)| {
            let before = block.checked_sub(1).map_or(&[][..], |before| self.in_block(before));
            list.iter().filter(move |mark| before.binary_search_by_key(&mark.order(), Mark::order).is_err())
        })
    }

    /// Where the mark of an annotation stands.
    pub fn span(&self, id: AnnotationId) -> Option<Span> {
        self.spans.get(&id).copied()
    }

    /// How many marks there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Levels and lanes anew for all that `span` can have changed: what hangs together with it, directly
    /// or through others.
    fn settle(&mut self, rendering: &Rendering, span: Span) {
        self.revision = next_revision();
        let mut near = self.connected(rendering, span, |mark| mark.span);
        set_levels(&mut near);
        self.write(rendering, near);
        let blocks = blocks_of(rendering, span);
        if blocks.start() == blocks.end() {
            return;
        }
        let whole_blocks = |mark: &Mark| mark_in_blocks(rendering, mark);
        let mut spanning = self.connected(rendering, block_span(rendering, span), whole_blocks);
        set_lanes(rendering, &mut spanning);
        self.write(rendering, spanning);
    }

    /// The marks that overlap `span`, those that overlap them, and so on. `extent` says how far a mark reaches.
    fn connected(&self, rendering: &Rendering, span: Span, extent: impl Fn(&Mark) -> Span) -> Vec<Mark> {
        let mut reach = span;
        loop {
            let mut found: BTreeMap<(usize, Reverse<usize>, AnnotationId), &Mark> = BTreeMap::new();
            for block in blocks_of(rendering, reach) {
                let near = self.in_block(block).iter().filter(|mark| extent(mark).overlaps(reach));
                found.extend(near.map(|mark| (mark.order(), mark)));
            }
            let extents = found.values().map(|mark| extent(mark));
            let wider = extents.fold(reach, hull);
            if wider == reach {
                return found.into_values().cloned().collect();
            }
            reach = wider;
        }
    }

    fn write(&mut self, rendering: &Rendering, marks: Vec<Mark>) {
        for mark in marks {
            for block in blocks_of(rendering, mark.span) {
                let Some(list) = self.blocks.get_mut(block) else { continue };
                if let Ok(at) = list.binary_search_by_key(&mark.order(), Mark::order) {
                    list[at].level = mark.level;
                    list[at].lane = mark.lane;
                }
            }
        }
    }
}

/// Never the same twice, also not after a rebuild.
fn next_revision() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

fn mark_of(annotation: &Annotation) -> Option<Mark> {
    Some(Mark {
        id: annotation.id,
        span: annotation.anchor.span()?,
        tag: annotation.tag.clone(),
        unsure: annotation.unsure,
        lane: 0,
        level: 0,
    })
}

/// The blocks that a span stands in; one that lies in a gap stands in a neighbor of it.
fn blocks_of(rendering: &Rendering, span: Span) -> RangeInclusive<usize> {
    rendering.block_at(span.start())..=rendering.block_at(span.end() - 1)
}

/// `span` grown to the ends of the blocks it stands in.
fn block_span(rendering: &Rendering, span: Span) -> Span {
    let blocks = blocks_of(rendering, span);
    let first = rendering.blocks().get(*blocks.start());
    let last = rendering.blocks().get(*blocks.end());
    let (Some(first), Some(last)) = (first, last) else { return span };
    Span::new(first.source.start, last.source.end).map_or(span, |blocks| hull(blocks, span))
}

/// As far as a mark's lane is taken: whole blocks for one that spans several, else nothing but itself.
fn mark_in_blocks(rendering: &Rendering, mark: &Mark) -> Span {
    if spans_blocks(rendering, mark) { block_span(rendering, mark.span) } else { mark.span }
}

fn spans_blocks(rendering: &Rendering, mark: &Mark) -> bool {
    let blocks = blocks_of(rendering, mark.span);
    blocks.start() != blocks.end()
}

fn hull(a: Span, b: Span) -> Span {
    Span::new(a.start().min(b.start()), a.end().max(b.end())).unwrap_or(a)
}

/// Gives each mark the lowest level that is above all it contains and free of those it crosses: a long mark
/// that crosses a deep nest at one end is drawn close to the text elsewhere. `marks` are in opening order.
fn set_levels(marks: &mut [Mark]) {
    let mut rest = marks;
    while let Some(first) = rest.first() {
        // As far as one overlaps another: levels depend on nothing else.
        let mut end = first.span.end();
        let count = 1 + rest[1..]
            .iter()
            .take_while(|mark| {
                let joins = mark.span.start() < end;
                end = end.max(mark.span.end());
                joins
            })
            .count();
        let (group, others) = rest.split_at_mut(count);
        set_group_levels(group);
        rest = others;
    }
}

fn set_group_levels(marks: &mut [Mark]) {
    if let [only] = marks {
        only.level = 0;
        return;
    }
    // By level, the marks that have it: from start to end, no two of them overlapping.
    let mut taken: Vec<BTreeMap<usize, usize>> = Vec::new();
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|&index| marks[index].size_order());
    for index in order {
        let span = marks[index].span;
        let contains_one = |ends: &BTreeMap<usize, usize>| {
            ends.range(span.start()..).next().is_some_and(|(_, &end)| end <= span.end())
        };
        let overlaps_one = |ends: &BTreeMap<usize, usize>| {
            ends.range(..span.end()).next_back().is_some_and(|(_, &end)| end > span.start())
        };
        let floor = taken.iter().rposition(contains_one).map_or(0, |level| level + 1);
        let free = (floor..taken.len()).find(|&level| !overlaps_one(&taken[level]));
        let level = free.unwrap_or(taken.len()).min(MOST_LEVELS);
        if level == taken.len() && level < MOST_LEVELS {
            taken.push(BTreeMap::new());
        }
        if let Some(ends) = taken.get_mut(level) {
            ends.insert(span.start(), span.end());
        }
        marks[index].level = u16::try_from(level).unwrap_or(u16::MAX);
    }
}

/// Packs the marks that span blocks into lanes: each takes the first that is free in all its blocks.
/// `marks` are in opening order.
fn set_lanes(rendering: &Rendering, marks: &mut [Mark]) {
    let mut taken_up_to: Vec<usize> = Vec::new();
    for mark in marks.iter_mut() {
        mark.lane = 0;
        let blocks = blocks_of(rendering, mark.span);
        if blocks.start() == blocks.end() {
            continue;
        }
        let lane = taken_up_to.iter().position(|&last| last < *blocks.start());
        let lane = lane.unwrap_or_else(|| {
            taken_up_to.push(0);
            taken_up_to.len() - 1
        });
        taken_up_to[lane] = *blocks.end();
        mark.lane = u16::try_from(lane).unwrap_or(u16::MAX);
    }
}

#[cfg(test)]
mod tests;
