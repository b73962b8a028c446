//! Alerts: what was changed between two places that otherwise agree and that a reader should not miss: a number, a name,
//! a negation, a word that leaves room for doubt.
//!
//! An alert says what differs and which document is earlier, never who is wrong. Words are compared as multisets over
//! the whole of both places: a word that was moved is no change.

pub mod caveats;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{PartialDate, Session};

use super::diff::{Change, WordRun, word_diff};
use super::echo::Place;
use super::index::{Index, Indexed};
use super::names::is_name_at;
use super::verdict::is_before;
use super::words::flag;
use super::words::lists::is_that;

/// Words beside a negation that are its company.
const COMPANY: usize = 3;
/// Words beside it that both places must share for the most part.
const AROUND: usize = 6;
/// So many names on each side may have been changed for one another without standing in the same place.
const FEW_NAMES: usize = 2;
/// Words of a change in which one name stands for another; longer ones are other text.
const RENAMED: usize = 6;
/// Words by which two places may differ that are the same one.
const SAME_PLACE: usize = 4;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A negation was lost or put in.
    Negation,
    /// A verb that carries a denial in itself was lost or put in; weaker than a negation.
    Polarity,
    /// Another number.
    Number,
    /// Another name.
    Name,
    /// A word that leaves room for doubt was lost or put in.
    Hedge,
}

impl Kind {
    /// As it is written in JSON and in sessions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Polarity => "polarity",
            Self::Number => "number",
            Self::Name => "name",
            Self::Hedge => "hedge",
        }
    }
}

/// Which of two documents is dated earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// The first.
    First,
    /// The second.
    Second,
    /// A date is missing, or the dates do not tell.
    Unknown,
}

/// Something that differs between two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What was changed.
    pub kind: Kind,
    /// Words that only the first place has, as they stand there.
    pub only_a: Vec<Place>,
    /// Words that only the second place has.
    pub only_b: Vec<Place>,
}

impl Alert {
    /// What it is about, in a form that stays the same from run to run: the bytes of the words that differ. Together with
    /// the kind it tells one alert from another.
    pub fn subject(&self) -> String {
        let words = |places: &[Place]| -> String {
            let words = places.iter().map(|it| format!("{}:{}", it.document, it.span));
            words.collect::<Vec<_>>().join(",")
        };
        format!("{}|{}", words(&self.only_a), words(&self.only_b))
    }

    /// The words that differ, without the kind: `12 -> 14`. `is_back`: read from the second place to the first.
    pub fn change(&self, session: &Session, is_back: bool) -> String {
        let words = |places: &[Place]| -> String {
            let word = |it: &Place| it.span.of(session.document(&it.document)?.text());
            places.iter().filter_map(word).collect::<Vec<_>>().join(", ")
        };
        let (from, to) = if is_back { (&self.only_b, &self.only_a) } else { (&self.only_a, &self.only_b) };
        match (from.is_empty(), to.is_empty()) {
            (false, true) => format!("{} (lost)", words(from)),
            (true, false) => format!("{} (added)", words(to)),
            _ => format!("{} -> {}", words(from), words(to)),
        }
    }

    /// What differs, in words: `number: “12” → “14”`.
    pub fn words(&self, session: &Session) -> String {
        let quoted = |places: &[Place]| -> String {
            let quote = |it: &Place| {
                let document = session.document(&it.document)?;
                it.span.of(document.text()).map(|words| format!("“{words}”"))
            };
            places.iter().filter_map(quote).collect::<Vec<_>>().join(", ")
        };
        let (a, b) = (quoted(&self.only_a), quoted(&self.only_b));
        let turns = matches!(self.kind, Kind::Negation | Kind::Polarity | Kind::Hedge);
        let kind = self.kind.name();
        match (self.only_a.is_empty(), self.only_b.is_empty()) {
            (false, false) if turns => format!("{kind}: {a} in the first only, {b} in the second only"),
            (false, false) => format!("{kind}: {a} → {b}"),
            (false, true) => format!("{kind}: {a} in the first only"),
            _ => format!("{kind}: {b} in the second only"),
        }
    }
}

/// True if this alert was put aside in the session.
pub fn is_aside(session: &Session, kind: &str, subject: &str) -> bool {
    session.alerts_aside.iter().any(|it| it.kind == kind && it.subject == subject)
}

/// What differs between two places that were found to agree, the weightiest first.
pub fn alerts(index: &Index, a: &Place, b: &Place) -> Vec<Alert> {
    let find = |place: &Place| index.slot(&place.document).and_then(|slot| index.document(slot));
    let (Some(one), Some(two)) = (find(a), find(b)) else { return Vec::new() };
    let (left, right) = (one.words_in(a.span), two.words_in(b.span));
    let runs = word_diff(index, (one, left.clone()), (two, right.clone()));
    let sides = Sides { index, a: (one, left), b: (two, right), runs };
    let is_close = sides.are_close();
    let kinds = [Kind::Negation, Kind::Polarity, Kind::Number, Kind::Name, Kind::Hedge];
    kinds.into_iter().filter_map(|kind| sides.alert(kind, is_close)).collect()
}

/// Which of the documents of two places is earlier, by their dates.
pub fn earlier(session: &Session, a: &Place, b: &Place) -> Earlier {
    let date = |place: &Place| -> Option<&PartialDate> {
        session.document(&place.document).map(|it| &it.info.metadata.issued)
    };
    let (one, two) = (date(a).and_then(PartialDate::parts), date(b).and_then(PartialDate::parts));
    match (one, two) {
        (Some(one), Some(two)) if is_before(one, two) => Earlier::First,
        (Some(one), Some(two)) if is_before(two, one) => Earlier::Second,
        _ => Earlier::Unknown,
    }
}

/// Two places by words, and what leads from one to the other.
struct Sides<'a> {
    index: &'a Index,
    a: (&'a Indexed, Range<usize>),
    b: (&'a Indexed, Range<usize>),
    runs: Vec<WordRun>,
}

impl Sides<'_> {
    fn alert(&self, kind: Kind, is_close: bool) -> Option<Alert> {
        let turns = matches!(kind, Kind::Negation | Kind::Polarity | Kind::Hedge);
        // Between sentences that have half of their matter for themselves, a verb or a word of doubt belongs to that half.
        if kind == Kind::Polarity && !is_close {
            return None;
        }
        let (mut only_a, mut only_b) = if turns { self.unpaired(kind) } else { self.only(kind) };
        if kind == Kind::Hedge && !is_close {
            only_a.retain(|at| self.is_among_both((self.a.0, &self.a.1), &self.b, *at));
            only_b.retain(|at| self.is_among_both((self.b.0, &self.b.1), &self.a, *at));
        }
        let is_changed = match kind {
            _ if turns => !only_a.is_empty() || !only_b.is_empty(),
            // What one place has more of may only be longer; what stands for other words was put there.
            Kind::Number => {
                if only_a.is_empty() || only_b.is_empty() {
                    only_a.retain(|at| self.is_replaced(|run| &run.a, *at));
                    only_b.retain(|at| self.is_replaced(|run| &run.b, *at));
                }
                if !is_close {
                    self.retain_exchanged(&mut only_a, &mut only_b);
                }
                !only_a.is_empty() || !only_b.is_empty()
            }
            // A name that became another word is dress or a change of wording; another name in its place is not.
            _ => {
                // Where much was changed, one or two names against others are told wherever they stand.
                if only_a.len().max(only_b.len()) > FEW_NAMES || !is_close {
                    self.retain_exchanged(&mut only_a, &mut only_b);
                }
                !only_a.is_empty() && !only_b.is_empty()
            }
        };
        is_changed.then(|| Alert {
            kind,
            only_a: places(self.a.0, &only_a),
            only_b: places(self.b.0, &only_b),
        })
    }

    /// Keeps those words that stand for one another: in one short change of the diff.
    fn retain_exchanged(&self, only_a: &mut Vec<usize>, only_b: &mut Vec<usize>) {
        let is_short = |run: &&WordRun| {
            run.change == Change::Changed
                && run.a.len().max(run.b.len()) <= RENAMED
                && only_a.iter().any(|at| run.a.contains(at))
                && only_b.iter().any(|at| run.b.contains(at))
        };
        let changes: Vec<&WordRun> = self.runs.iter().filter(is_short).collect();
        only_a.retain(|at| changes.iter().any(|run| run.a.contains(at)));
        only_b.retain(|at| changes.iter().any(|run| run.b.contains(at)));
    }

    /// Whether both places are about the same for the most part: half of the content words of either stand in the other.
    fn are_close(&self) -> bool {
        let content = |(document, range): &(&Indexed, Range<usize>)| -> Vec<u32> {
            let words = document.words[range.clone()].iter();
            words.filter(|it| !self.index.vocabulary.entry(it.id).kind.function).map(|it| it.class).collect()
        };
        let (a, b) = (content(&self.a), content(&self.b));
        let is_most = |mine: &[u32], other: &[u32]| {
            mine.iter().filter(|class| other.contains(class)).count() * 2 >= mine.len()
        };
        is_most(&a, &b) && is_most(&b, &a)
    }

    /// The words of a kind that turn or weaken what stands beside them, without those that do the same on both sides: that
    /// are kept, that stand in the same company (moved along with it), or at the same place (another word for the same).
    fn unpaired(&self, kind: Kind) -> (Vec<usize>, Vec<usize>) {
        let all = |side: &(&Indexed, Range<usize>), of: fn(&WordRun) -> &Range<usize>| -> Vec<usize> {
            let mine = side.1.clone().filter(|at| self.is(kind, side.0, *at));
            mine.filter(|at| !self.is_kept(of, *at)).collect()
        };
        let (mut only_a, mut only_b) = (all(&self.a, |run| &run.a), all(&self.b, |run| &run.b));
        let company_a: Vec<Vec<u32>> =
            only_a.iter().map(|at| self.company(self.a.0, &self.a.1, *at)).collect();
        let company_b: Vec<Vec<u32>> =
            only_b.iter().map(|at| self.company(self.b.0, &self.b.1, *at)).collect();
        // The closest first: so many words of company shared, then by distance.
        let mut pairs: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (i, one) in only_a.iter().enumerate() {
            for (j, two) in only_b.iter().enumerate() {
                let shared = company_a[i].iter().filter(|class| company_b[j].contains(class)).count();
                let distance = self.mapped(*one).abs_diff(*two);
                if shared > 0 || distance <= SAME_PLACE {
                    pairs.push((usize::MAX - shared, distance, i, j));
                }
            }
        }
        pairs.sort_unstable();
        let (mut used_a, mut used_b) = (vec![false; only_a.len()], vec![false; only_b.len()]);
        for (_, _, i, j) in pairs {
            if !used_a[i] && !used_b[j] {
                (used_a[i], used_b[j]) = (true, true);
            }
        }
        let mut used = used_a.into_iter();
        only_a.retain(|_| !used.next().unwrap_or(false));
        let mut used = used_b.into_iter();
        only_b.retain(|_| !used.next().unwrap_or(false));
        only_a.retain(|at| self.is_of_both((self.a.0, &self.a.1), &self.b, *at));
        only_b.retain(|at| self.is_of_both((self.b.0, &self.b.1), &self.a, *at));
        (only_a, only_b)
    }

    /// Whether all that stands right beside a word, or behind "that" after it, stands on the other side too, and is more than
    /// one word: that is what it weakens, whatever else the sentences say.
    fn is_among_both(
        &self,
        (document, range): (&Indexed, &Range<usize>),
        other: &(&Indexed, Range<usize>),
        at: usize,
    ) -> bool {
        let said = self.said(document, range, at);
        let company = if said.is_empty() { self.company(document, range, at) } else { said };
        company.len() >= 2 && company.iter().all(|class| has_class(other, *class))
    }

    /// The classes of the content words behind the "that" which follows a word in its sentence: what it denies or doubts.
    fn said(&self, document: &Indexed, range: &Range<usize>, at: usize) -> Vec<u32> {
        let begins = |at: &usize| document.words[*at].has(flag::SENTENCE);
        let is_that = |at: &usize| is_that(self.index.vocabulary.text(document.words[*at].id));
        let that = (at + 1..range.end).take_while(|at| !begins(at)).find(is_that);
        that.map_or(Vec::new(), |that| self.content_near(document, &(that..range.end), that, AROUND))
    }

    /// Whether what stands around a word stands on the other side too, for the most part, and some of its own clause; or all
    /// of what is said behind it. Else the word belongs to what one place says besides, and turns nothing that both say.
    fn is_of_both(
        &self,
        (document, range): (&Indexed, &Range<usize>),
        other: &(&Indexed, Range<usize>),
        at: usize,
    ) -> bool {
        let said = self.said(document, range, at);
        if said.len() >= 2 && said.iter().all(|class| has_class(other, *class)) {
            return true;
        }
        let around = self.content_near(document, range, at, AROUND);
        let shared = around.iter().filter(|class| has_class(other, **class));
        let is_shared =
            |classes: &[u32]| classes.is_empty() || classes.iter().any(|it| has_class(other, *it));
        shared.count() * 2 >= around.len()
            && is_shared(&self.company(document, range, at))
            && is_shared(&self.clause(document, range, at))
    }

    /// The classes of the content words of the clause that a word stands in.
    fn clause(&self, document: &Indexed, range: &Range<usize>, at: usize) -> Vec<u32> {
        let begins = |at: &usize| document.words[*at].has(flag::CLAUSE);
        let from = (range.start..=at).rev().find(begins).unwrap_or(range.start);
        let to = (at + 1..range.end).find(begins).unwrap_or(range.end);
        let is_content = |other: &usize| {
            *other != at && !self.index.vocabulary.entry(document.words[*other].id).kind.function
        };
        (from..to).filter(is_content).map(|at| document.words[at].class).collect()
    }

    /// The classes of the content words right beside a word, in its sentence.
    fn company(&self, document: &Indexed, range: &Range<usize>, at: usize) -> Vec<u32> {
        self.content_near(document, range, at, COMPANY)
    }

    fn content_near(&self, document: &Indexed, range: &Range<usize>, at: usize, near: usize) -> Vec<u32> {
        let from = (at.saturating_sub(near).max(range.start)..at)
            .rev()
            .take_while(|before| !document.words[before + 1].has(flag::SENTENCE));
        let to = (at + 1..(at + 1 + near).min(range.end))
            .take_while(|behind| !document.words[*behind].has(flag::SENTENCE));
        let is_content = |at: &usize| !self.index.vocabulary.entry(document.words[*at].id).kind.function;
        from.chain(to).filter(is_content).map(|at| document.words[at].class).collect()
    }

    /// Where a word of the first place would stand in the second.
    fn mapped(&self, at: usize) -> usize {
        let run = self.runs.iter().find(|run| run.a.contains(&at));
        run.map_or(self.b.1.start, |run| (run.b.start + (at - run.a.start)).min(run.b.end))
    }

    /// The words of a kind that one side has more often than the other: in each the last of them that the diff does not
    /// keep.
    fn only(&self, kind: Kind) -> (Vec<usize>, Vec<usize>) {
        let count = |side: &(&Indexed, Range<usize>)| {
            let mut counts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
            for at in side.1.clone().filter(|at| self.is(kind, side.0, *at)) {
                counts.entry(self.key(kind, side.0, at)).or_default().push(at);
            }
            counts
        };
        let (left, right) = (count(&self.a), count(&self.b));
        let surplus = |mine: &BTreeMap<u32, Vec<usize>>,
                       other: &BTreeMap<u32, Vec<usize>>,
                       side: fn(&WordRun) -> &Range<usize>| {
            let mut all = Vec::new();
            for (key, places) in mine {
                let more = places.len().saturating_sub(other.get(key).map_or(0, Vec::len));
                let mut places = places.clone();
                places.sort_by_key(|at| self.is_kept(side, *at));
                all.extend(places.into_iter().take(more));
            }
            all.sort_unstable();
            all
        };
        (surplus(&left, &right, |run| &run.a), surplus(&right, &left, |run| &run.b))
    }

    fn is(&self, kind: Kind, document: &Indexed, at: usize) -> bool {
        let word = document.words[at];
        let entry = self.index.vocabulary.entry(word.id);
        match kind {
            Kind::Negation => entry.kind.negation,
            Kind::Polarity => entry.kind.polarity && !entry.kind.negation,
            Kind::Number => entry.is_number && !is_label(document, at),
            Kind::Name => is_name_at(self.index, document, at),
            Kind::Hedge => entry.kind.hedge,
        }
    }

    /// What a word of this kind is compared by. A name keeps its ending.
    fn key(&self, kind: Kind, document: &Indexed, at: usize) -> u32 {
        let id = document.words[at].id;
        if kind == Kind::Name { id } else { self.index.vocabulary.entry(id).stem }
    }

    fn is_kept(&self, side: fn(&WordRun) -> &Range<usize>, at: usize) -> bool {
        self.runs.iter().any(|run| run.change == Change::Kept && side(run).contains(&at))
    }

    fn is_replaced(&self, side: fn(&WordRun) -> &Range<usize>, at: usize) -> bool {
        self.runs.iter().any(|run| run.change == Change::Changed && side(run).contains(&at))
    }
}

/// Whether a place has a word of a class.
fn has_class((document, range): &(&Indexed, Range<usize>), class: u32) -> bool {
    document.words[range.clone()].iter().any(|word| word.class == class)
}

/// Whether a number is that of its paragraph or line (`2.3 The …`, `4) …`) and counts nothing.
fn is_label(document: &Indexed, at: usize) -> bool {
    let (word, next) = (document.words[at], document.words.get(at + 1));
    let (Some(next), true) = (next, word.has(flag::PARAGRAPH | flag::LINE)) else { return false };
    let number = document.text.get(word.start as usize..word.end()).unwrap_or_default();
    let behind = document.text.get(word.end()..next.start as usize).unwrap_or_default();
    let is_digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_digits && (behind.starts_with(['.', ')']) || number.contains('.') && next.has(flag::CAPITAL))
}

fn places(document: &Indexed, words: &[usize]) -> Vec<Place> {
    let place =
        |at: &usize| Some(Place { document: document.id.clone(), span: document.span_of(*at..at + 1)? });
    words.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests;
