//! The whole session compared with itself: pairs for the ribbons, the quotation check, and what differs between places
//! that agree. Found by a worker once for the texts as they are; caveats anew when a link of a caveat changes.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::across::alerts::caveats::{self, Carried, caveats};
use crate::across::alerts::{Earlier, alerts, earlier};
use crate::across::echo::{Echo, Level, Options, Place, all_pairs};
use crate::across::index::Index;
use crate::across::verdict::{Quotation, check};
use crate::model::{DocumentId, Session, Span};

use super::super::{Desk, JobResult};
use super::cards::{Found, Told};
use super::grouped::{Grouped, grouped};
use super::pieces::{pieces, told};
use super::shelf::Library;
use super::{Shelves, Work};

pub(super) const WORKER: &str = "echo pairs";

/// A pair of places of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ribbon {
    /// In the first document.
    pub left: Span,
    /// In the second.
    pub right: Span,
    /// How closely they agree.
    pub level: Level,
}

/// The pairs of two documents.
#[derive(Debug, Default)]
pub struct Ribbons {
    /// By the place in the first.
    all: Vec<Ribbon>,
    /// Bytes of the longest of these places.
    longest: usize,
}

impl Ribbons {
    pub(super) const NONE: Self = Self { all: Vec::new(), longest: 0 };

    fn sort(&mut self) {
        self.all.sort_by_key(|ribbon| (ribbon.left, ribbon.right));
        self.longest = self.all.iter().map(|ribbon| ribbon.left.len()).max().unwrap_or(0);
    }

    /// Those with some of either end in these bytes; its cost does not grow with what stands elsewhere.
    pub fn within(&self, left: Range<usize>, right: Range<usize>) -> impl Iterator<Item = &Ribbon> {
        let first = self.all.partition_point(|it| it.left.start() + self.longest < left.start);
        let touches = |span: Span, bytes: &Range<usize>| span.start() < bytes.end && bytes.start < span.end();
        let end = left.end;
        self.all[first..]
            .iter()
            .take_while(move |it| it.left.start() < end)
            .filter(move |it| touches(it.left, &left) && touches(it.right, &right))
    }
}

/// What was found in all documents.
#[derive(Debug, Default)]
pub struct Compared {
    /// By both documents; each pair stands twice, once for either order of its documents.
    ribbons: BTreeMap<(DocumentId, DocumentId), Ribbons>,
    findings: BTreeMap<DocumentId, Vec<Found>>,
    base: Arc<Base>,
}

/// What rests on the texts and their dates alone.
#[derive(Debug, Default)]
struct Base {
    pairs: Vec<Echo>,
    quotations: Vec<Quotation>,
    groups: Vec<Grouped>,
}

impl Compared {
    /// The pairs of two documents, by the place in the first.
    pub fn ribbons(&self, left: &DocumentId, right: &DocumentId) -> Option<&Ribbons> {
        self.ribbons.get(&(left.clone(), right.clone()))
    }

    /// What stands in several documents, most first.
    pub(super) fn groups(&self) -> &[Grouped] {
        &self.base.groups
    }

    pub(super) fn findings(&self, document: &DocumentId) -> &[Found] {
        self.findings.get(document).map_or(&[], Vec::as_slice)
    }
}

/// What a comparison rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    /// Of the texts.
    revision: u64,
    /// Of the documents' dates.
    dates: u64,
    /// Of links and statements, and of the annotations that they tie together.
    links: u64,
}

/// The comparison as far as it was made.
#[derive(Default)]
pub(super) struct Comparing {
    compared: Arc<Compared>,
    key: Option<Key>,
    running: Option<Key>,
    /// The revision of the session that `seen` was taken of.
    seen: Option<(u64, Key)>,
    number: u64,
}

impl Comparing {
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    pub fn compared(&self) -> &Arc<Compared> {
        &self.compared
    }

    /// Changes with what was found.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What is to be compared, if anything has changed that it rests on.
    pub fn refresh(&mut self, desk: &Desk, shelves: Option<&Shelves>) -> Option<Work> {
        let shelves = shelves.filter(|_| self.running.is_none())?;
        let key = match self.seen {
            Some((revision, key)) if revision == desk.revision() => key,
            _ => key_of(desk),
        };
        self.seen = Some((desk.revision(), key));
        if self.key == Some(key) {
            return None;
        }
        let is_same_text = self.key.is_some_and(|it| (it.revision, it.dates) == (key.revision, key.dates));
        let base = is_same_text.then(|| Arc::clone(&self.compared.base));
        self.running = Some(key);
        let (shelves, session, number) = (shelves.clone(), desk.session().clone(), desk.number);
        Some((
            WORKER,
            Box::new(move || JobResult::EchoPairs(number, Box::new(compare(&shelves, &session, base)))),
        ))
    }

    pub fn take(&mut self, compared: Compared) {
        (self.compared, self.key) = (Arc::new(compared), self.running.take());
        self.number += 1;
    }

    pub fn give_up(&mut self) {
        self.key = self.running.take();
        self.number += 1;
    }
}

fn key_of(desk: &Desk) -> Key {
    let session = desk.session();
    let (mut dates, mut links) = (DefaultHasher::new(), DefaultHasher::new());
    for document in &session.documents {
        (document.id.as_str(), document.info.metadata.issued.as_str()).hash(&mut dates);
    }
    for link in session.links.values() {
        (link.from, link.to, link.kind.as_str()).hash(&mut links);
        for id in [link.from, link.to] {
            let span = session.annotations.get(&id).and_then(|it| it.anchor.span());
            span.map(|span| (span.start(), span.end())).hash(&mut links);
        }
    }
    // A caveat near a passage counts where both are about one statement.
    for annotation in session.annotations.values().filter(|it| it.statement.is_some()) {
        let span = annotation.anchor.span().map(|span| (span.start(), span.end()));
        (annotation.id, annotation.statement, annotation.tag.as_str(), span).hash(&mut links);
    }
    Key { revision: desk.texts_revision(), dates: dates.finish(), links: links.finish() }
}

fn compare(shelves: &Shelves, session: &Session, base: Option<Arc<Base>>) -> Compared {
    let (index, library): (&Index, &Library) = (&shelves.index, &shelves.library);
    let base = base.unwrap_or_else(|| {
        let options = Options { statements: false, set_phrases: false };
        let pairs = all_pairs(index, &options);
        let groups = grouped(session, index, library, &pairs);
        Arc::new(Base { pairs, quotations: check(session, index), groups })
    });
    let mut compared = Compared::default();
    for pair in &base.pairs {
        for (one, two) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            let key = (one.document.clone(), two.document.clone());
            let ribbon = Ribbon { left: one.span, right: two.span, level: pair.level };
            compared.ribbons.entry(key).or_default().all.push(ribbon);
        }
    }
    compared.ribbons.values_mut().for_each(Ribbons::sort);
    for quotation in &base.quotations {
        let found = of_quotation(index, library, session, quotation);
        compared.findings.entry(quotation.place.document.clone()).or_default().push(found);
    }
    for pair in &base.pairs {
        for (here, there) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            let of_here = compared.findings.entry(here.document.clone()).or_default();
            // What stands between quotation marks is told of there.
            let is_told = of_here.iter().any(|it| {
                it.here.span.overlaps(here.span)
                    && it.there.as_ref().is_some_and(|it| it.document == there.document)
            });
            if is_told {
                continue;
            }
            let alerts = differences(index, library, session, here, there, pair.level);
            if alerts.iter().any(|told| !told.is_calm) {
                of_here.push(Found {
                    here: here.clone(),
                    there: Some(there.clone()),
                    level: Some(pair.level),
                    is_set_phrase: pair.is_set_phrase,
                    pieces: pieces(library, index, there, here, true),
                    alerts,
                    quotation: None,
                    agree: None,
                });
            }
        }
    }
    for findings in compared.findings.values_mut() {
        findings.sort_by(|a, b| (&a.here, &a.there).cmp(&(&b.here, &b.there)));
    }
    compared.base = base;
    compared
}

fn of_quotation(index: &Index, library: &Library, session: &Session, quotation: &Quotation) -> Found {
    use crate::across::verdict::Verdict;
    let here = &quotation.place;
    let level = if quotation.verdict == Verdict::Verbatim { Level::Verbatim } else { Level::Altered };
    let (pieces, alerts) = match &quotation.source {
        Some(source) => (
            pieces(library, index, source, here, quotation.verdict != Verdict::Omission),
            differences(index, library, session, quotation.compared(), source, level),
        ),
        None => (pieces(library, index, here, here, false), Vec::new()),
    };
    Found {
        here: here.clone(),
        there: quotation.source.clone(),
        level: None,
        is_set_phrase: false,
        pieces,
        alerts,
        quotation: Some(quotation.clone()),
        agree: None,
    }
}

/// What differs between two places, and the caveats that did not come along from the earlier of them, which is the
/// first when the dates do not tell.
fn differences(
    index: &Index,
    library: &Library,
    session: &Session,
    here: &Place,
    there: &Place,
    level: Level,
) -> Vec<Told> {
    let mut all = match level {
        Level::Altered => told(library, &alerts(index, there, here)),
        _ => Vec::new(),
    };
    // A document that is earlier than the source can't have dropped its caveat.
    if matches!(earlier(session, there, here), Earlier::Second) {
        return all;
    }
    all.extend(caveats(session, index, there, here).into_iter().map(|caveat| Told {
        kind: caveats::KIND.to_owned(),
        subject: caveat.subject(),
        a: super::pieces::words(library, &caveat.place),
        b: String::new(),
        is_calm: caveat.carried != Carried::No,
        says: Some(caveat.words()),
    }));
    all
}

#[cfg(test)]
mod tests {
    use super::super::shelf::bring_up_to_date;
    use super::*;
    use crate::across::matrix::made::{dossier, id};
    use crate::text::rendering::render;

    const SPOKEN: &str = "De havenmeester sluit de noordelijke kade tot twaalf nieuwe kranen zijn gekeurd.";
    const QUOTED: &str = "“De havenmeester sluit de noordelijke kade tot veertien nieuwe kranen zijn gekeurd”, \
                          schrijft de krant.";

    fn compared() -> Compared {
        let session = dossier(&[("brief", SPOKEN), ("krant", QUOTED), ("los", "Over iets heel anders.")]);
        compare(&shelves(&session), &session, None)
    }

    fn shelves(session: &Session) -> Shelves {
        let index = bring_up_to_date(Arc::default(), &session.documents, &[]).index;
        let of = |it: &Arc<crate::model::Document>| {
            let rendering = Arc::new(render(it.text(), it.info.presentation));
            (it.id.clone(), (Arc::clone(it), rendering))
        };
        let library = Arc::new(session.documents.iter().map(of).collect());
        Shelves { index, library, revision: 1 }
    }

    #[test]
    fn a_pair_stands_in_both_orders_and_is_found_by_what_is_on_screen() {
        let compared = compared();
        let (letter, paper) = (DocumentId::new("brief"), DocumentId::new("krant"));
        let there = compared.ribbons(&letter, &paper).expect("they have a pair");
        let back = compared.ribbons(&paper, &letter).expect("and back");
        let pair = *there.within(0..10_000, 0..10_000).next().expect("one");
        let mirrored = *back.within(0..10_000, 0..10_000).next().expect("one");
        assert_eq!((pair.left, pair.right), (mirrored.right, mirrored.left));
        assert_eq!(there.within(0..pair.left.start(), 0..10_000).count(), 0);
        assert_eq!(there.within(pair.left.end()..10_000, 0..10_000).count(), 0);
        assert_eq!(there.within(pair.left.end() - 1..10_000, 0..10_000).count(), 1);
        assert_eq!(there.within(0..10_000, 0..pair.right.start()).count(), 0);
        assert!(compared.ribbons(&letter, &DocumentId::new("los")).is_none());
    }

    #[test]
    fn what_stands_in_several_documents_is_a_group_with_the_words_of_its_first_place() {
        let compared = compared();
        let [group] = compared.groups() else { panic!("one: {:?}", compared.groups()) };
        assert_eq!((group.group.documents, group.group.wordings), (2, 2));
        assert!(group.wording.contains("tot twaalf nieuwe kranen"), "{}", group.wording);
        let of: Vec<&str> = group.first_places().iter().map(|it| it.document.as_str()).collect();
        assert_eq!(of, ["brief", "krant"]);
    }

    #[test]
    fn a_quotation_has_its_source_and_the_number_that_changed() {
        let compared = compared();
        let findings = compared.findings(&DocumentId::new("krant"));
        let quotation = findings.iter().find(|it| it.quotation.is_some()).expect("one is checked");
        assert_eq!(quotation.there.as_ref().map(|it| it.document.as_str()), Some("brief"));
        let alert = quotation.alerts.iter().find(|it| it.kind == "number").expect("an alert");
        assert_eq!((alert.a.as_str(), alert.b.as_str()), ("twaalf", "veertien"));
    }

    #[test]
    fn a_caveat_that_is_linked_to_the_source_is_missed_where_it_did_not_come_along() {
        let caveat = "Dat geldt alleen zolang de wind uit het westen komt en het water laag staat.";
        let brief = format!("[claim:{SPOKEN}] [caveat:{caveat}]");
        let mut session = dossier(&[("brief", &brief), ("krant", QUOTED)]);
        let by = session.annotators.keys().next().unwrap().clone();
        let at = crate::model::Timestamp::from_second(2);
        let link = crate::model::Link {
            id: crate::model::LinkId(uuid::Uuid::from_u128(7)),
            kind: crate::model::LinkKindId::new("qualifies"),
            from: id(2),
            to: id(1),
            note: String::new(),
            annotator: by,
            created: at,
            modified: at,
        };
        session.links.insert(link.id, Arc::new(link));
        let shelves = shelves(&session);
        let found = compare(&shelves, &session, None);
        let told: Vec<&Told> =
            found.findings(&DocumentId::new("krant")).iter().flat_map(|it| &it.alerts).collect();
        let dropped = told.iter().find(|it| it.kind == caveats::KIND).expect("it is told");
        assert!(!dropped.is_calm && dropped.a.starts_with("Dat geldt alleen"), "{dropped:?}");
        // What rests on the texts alone is not found again.
        let again = compare(&shelves, &session, Some(Arc::clone(&found.base)));
        assert!(Arc::ptr_eq(&again.base, &found.base));
    }
}
