//! What the selectors of a target say: words, offsets, or something that marks no text.

use std::ops::Range;

use serde_json::{Map, Value};

use super::bodies::{kinds, list, text};
use crate::format::import::{Claim, Unit};

/// A place as selectors give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selected {
    /// Words and offsets.
    pub claim: Claim,
    /// The kinds of selectors that say neither.
    pub others: Vec<String>,
}

impl Selected {
    /// The selectors of a target: one, or several that mean the same place.
    pub(super) fn of(selector: &Value) -> Self {
        let mut selected = Self::default();
        for one in list(selector) {
            selected.add(one);
        }
        selected
    }

    /// True when a passage can be looked for by it.
    pub(super) fn marks_text(&self) -> bool {
        self.claim.quote.is_some() || !self.claim.ranges.is_empty()
    }

    fn add(&mut self, selector: &Value) {
        let Value::Object(map) = selector else { return self.others.push("an address".to_owned()) };
        let mut is_text = false;
        // Annotorious calls it `quote`.
        if let Some(quote) = text(map, "exact").or_else(|| text(map, "quote")) {
            is_text = true;
            let words = |key| text(map, key).unwrap_or_default().to_owned();
            self.claim.quote = Some(quote.to_owned());
            (self.claim.before, self.claim.after) = (words("prefix"), words("suffix"));
        }
        if let Some((range, unit)) = position(map) {
            is_text = true;
            if self.claim.ranges.is_empty() {
                (self.claim.ranges, self.claim.unit) = (vec![range], unit);
            }
        }
        if !is_text {
            self.others.push(kinds(map).next().unwrap_or("a selector of no kind").to_owned());
        }
        if let Some(finer) = map.get("refinedBy") {
            self.refine(Self::of(finer));
        }
    }

    /// A place within the place: its words are the passage's; its offsets count from where the outer one starts.
    fn refine(&mut self, finer: Self) {
        let outer = self.claim.ranges.first().map(|range| range.start);
        let shifted = |range: &Range<usize>| {
            let outer = outer.filter(|_| self.claim.unit == finer.claim.unit)?;
            Some(outer.checked_add(range.start)?..outer.checked_add(range.end)?)
        };
        let ranges: Option<Vec<_>> = finer.claim.ranges.iter().map(shifted).collect();
        if finer.marks_text() {
            self.claim = Claim { ranges: ranges.unwrap_or_default(), ..finer.claim };
        }
        self.others.extend(finer.others);
    }
}

fn position(map: &Map<String, Value>) -> Option<(Range<usize>, Unit)> {
    let number = |map: &Map<String, Value>, key: &str| usize::try_from(map.get(key)?.as_u64()?).ok();
    let side = |key: &str, end: &str| number(map.get(key)?.as_object()?, end);
    let is = |kind: &str| kinds(map).any(|it| it == kind);
    let unit = if is("DataPositionSelector") { Unit::Bytes } else { Unit::Chars };
    if let (Some(start), Some(end)) = (number(map, "start"), number(map, "end")) {
        return Some((start..end, unit));
    }
    if let (Some(start), Some(end)) = (side("startSelector", "start"), side("endSelector", "start")) {
        return Some((start..end, unit));
    }
    // RFC 5147, a fragment of a plain text.
    let (start, end) = text(map, "value")?.strip_prefix("char=")?.split(';').next()?.split_once(',')?;
    is("FragmentSelector").then_some((start.parse().ok()?..end.parse().ok()?, Unit::Chars))
}
