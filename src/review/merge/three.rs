//! Three versions of maps, lists and fields made into one. Nothing here depends on which side is whose, and
//! merging the result with either side again gives the result.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Conflict, RecordKind};

use super::say::Said;

/// The three versions of something.
pub(super) struct Three<'a, T: ?Sized> {
    pub base: &'a T,
    pub ours: &'a T,
    pub theirs: &'a T,
}

impl<'a, T: ?Sized> Three<'a, T> {
    /// The three versions of a part.
    pub fn of<U: ?Sized>(&self, part: impl Fn(&'a T) -> &'a U) -> Three<'a, U> {
        Three { base: part(self.base), ours: part(self.ours), theirs: part(self.theirs) }
    }
}

/// What became of a record that one side removed and the other changed. It is kept.
pub(super) struct Kept<K>(pub K);

/// Records by id: what only one side changed comes in, what both changed is made by `both` of the version that both
/// knew, if any, and theirs. The second value names records that one side removed and the other changed.
pub(super) fn records<K: Ord + Clone, R: PartialEq + Clone>(
    versions: Three<'_, BTreeMap<K, R>>,
    mut both: impl FnMut(&K, Option<&R>, &R, &R) -> R,
) -> (BTreeMap<K, R>, Vec<Kept<K>>) {
    let Three { base, ours, theirs } = versions;
    let mut merged = BTreeMap::new();
    let mut kept = Vec::new();
    let ids: BTreeSet<&K> = ours.keys().chain(theirs.keys()).collect();
    for id in ids {
        let known = base.get(id);
        let record = match (ours.get(id), theirs.get(id)) {
            (Some(one), Some(other)) if one == other => one.clone(),
            (Some(one), Some(other)) if known == Some(one) => other.clone(),
            (Some(one), Some(other)) if known == Some(other) => one.clone(),
            (Some(one), Some(other)) => both(id, known, one, other),
            (Some(one), None) | (None, Some(one)) => match known {
                Some(known) if known == one => continue,
                Some(_) => {
                    kept.push(Kept(id.clone()));
                    one.clone()
                }
                None => one.clone(),
            },
            (None, None) => continue,
        };
        merged.insert(id.clone(), record);
    }
    (merged, kept)
}

/// A list of records without ids: all that either has, but for what one of the two has removed. Of equal records there
/// are as many as the side has that changed their number; where both did, the greater number.
pub(super) fn list<T: Ord + Clone>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    /// Equal records are told apart by their number.
    fn numbered<T: Ord>(list: &[T]) -> Vec<(&T, usize)> {
        let mut times: BTreeMap<&T, usize> = BTreeMap::new();
        let number = |item| {
            let times = times.entry(item).or_default();
            *times += 1;
            (item, *times)
        };
        list.iter().map(number).collect()
    }
    let [base, ours, theirs] = [base, ours, theirs].map(numbered);
    // The last number of an item is how often it is there.
    let times = [&base, &ours, &theirs].map(|list| list.iter().copied().collect::<BTreeMap<&T, usize>>());
    let mut kept = BTreeSet::new();
    for (item, number) in ours.iter().chain(&theirs) {
        let [known, one, other] = [0, 1, 2].map(|list: usize| times[list].get(item).copied().unwrap_or(0));
        let wanted = match (one == known, other == known) {
            (true, _) => other,
            (_, true) => one,
            _ => one.max(other),
        };
        if *number <= wanted {
            kept.insert((*item, *number));
        }
    }
    order(&base, &ours, &theirs, &kept).into_iter().map(|(item, _)| item.clone()).collect()
}

/// An order for `kept`: that of both sides where they agree. Where they don't, that of the side that changed it, or
/// of the one whose order is the greater.
pub(super) fn order<K: Ord + Clone>(base: &[K], ours: &[K], theirs: &[K], kept: &BTreeSet<K>) -> Vec<K> {
    let of = |list: &[K]| {
        let mut seen = BTreeSet::new();
        // An attribute may have the same value twice.
        list.iter().filter(|item| kept.contains(*item) && seen.insert(*item)).cloned().collect::<Vec<K>>()
    };
    let (mut one, mut other) = (of(ours), of(theirs));
    let shared: BTreeSet<K> = {
        let others: BTreeSet<&K> = other.iter().collect();
        one.iter().filter(|item| others.contains(*item)).cloned().collect()
    };
    let common = |list: &[K]| list.iter().filter(|item| shared.contains(*item)).cloned().collect::<Vec<K>>();
    let (of_one, of_other) = (common(&one), common(&other));
    if of_one != of_other {
        let before = common(&of(base));
        let known: BTreeSet<&K> = before.iter().collect();
        let moved = |list: &[K]| list.iter().filter(|item| known.contains(*item)).ne(before.iter());
        let first = match (moved(&of_one), moved(&of_other)) {
            (true, false) => true,
            (false, true) => false,
            _ => of_one > of_other,
        };
        let (leading, following) = if first { (of_one, &mut other) } else { (of_other, &mut one) };
        let mut leading = leading.into_iter();
        for item in following.iter_mut().filter(|item| shared.contains(*item)) {
            *item = leading.next().expect("both have the shared ones");
        }
    }
    let mut ordered = Vec::with_capacity(kept.len());
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    loop {
        let gap = |side: &mut std::iter::Peekable<std::vec::IntoIter<K>>| {
            std::iter::from_fn(|| side.next_if(|item| !shared.contains(item))).collect::<Vec<K>>()
        };
        let (a, b) = (gap(&mut one), gap(&mut other));
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        ordered.extend(first.into_iter().chain(second));
        match (one.next(), other.next()) {
            (Some(item), _) => ordered.push(item),
            (None, _) => break,
        }
    }
    // What was kept because something names it, and stands in neither list.
    let placed: BTreeSet<K> = ordered.iter().cloned().collect();
    ordered.extend(kept.iter().filter(|item| !placed.contains(*item)).cloned());
    ordered
}

/// The fields of one record that both sides changed.
pub(super) struct Fields<'a, R> {
    pub kind: RecordKind,
    pub id: String,
    pub base: Option<&'a R>,
    pub ours: &'a R,
    pub theirs: &'a R,
    /// How ours stands to theirs in time, where the records have one.
    pub time: Ordering,
    pub conflicts: &'a mut Vec<Conflict>,
}

impl<R> Fields<'_, R> {
    /// One field: as the side that changed it has it; a conflict when both did.
    pub fn field<T: Said + Clone + PartialEq>(&mut self, name: &str, get: impl Fn(&R) -> &T) -> T {
        self.value(name, self.base.map(&get), get(self.ours), get(self.theirs))
    }

    /// The same for a value that is no field by itself.
    pub fn value<T: Said + Clone + PartialEq>(
        &mut self,
        name: &str,
        base: Option<&T>,
        ours: &T,
        theirs: &T,
    ) -> T {
        if let Some(value) = undisputed(base, ours, theirs) {
            return value.clone();
        }
        let (one, other) = (ours.say(), theirs.say());
        let length = |said: &Option<String>| said.as_ref().map(String::len);
        let greater = self.time.then_with(|| length(&one).cmp(&length(&other))).then_with(|| one.cmp(&other));
        let (value, kept, other) =
            if greater == Ordering::Less { (theirs, other, one) } else { (ours, one, other) };
        let (kind, id, field) = (self.kind, self.id.clone(), name.to_owned());
        self.conflicts.push(Conflict { kind, id, field, kept, other });
        value.clone()
    }

    /// A field that nobody would miss the other version of: the greater of two.
    pub fn greater<T: Ord + Clone>(&self, get: impl Fn(&R) -> &T) -> T {
        let (ours, theirs) = (get(self.ours), get(self.theirs));
        undisputed(self.base.map(&get), ours, theirs).unwrap_or_else(|| ours.max(theirs)).clone()
    }

    /// The same, of two the lesser; nothing is less than anything.
    pub fn lesser<T: Ord + Clone>(&self, get: impl Fn(&R) -> &T) -> T {
        let (ours, theirs) = (get(self.ours), get(self.theirs));
        undisputed(self.base.map(&get), ours, theirs).unwrap_or_else(|| ours.min(theirs)).clone()
    }

    /// A list of parts without ids.
    pub fn list<T: Ord + Clone>(&self, get: impl Fn(&R) -> &[T]) -> Vec<T> {
        list(self.base.map_or(&[], &get), get(self.ours), get(self.theirs))
    }
}

fn undisputed<'a, T: PartialEq>(base: Option<&T>, ours: &'a T, theirs: &'a T) -> Option<&'a T> {
    match base {
        _ if ours == theirs => Some(ours),
        Some(base) if base == ours => Some(theirs),
        Some(base) if base == theirs => Some(ours),
        _ => None,
    }
}
