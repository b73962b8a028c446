//! One judge of the dossiers written by hand: what repeats what stands in their texts, as marks that are taken out before
//! the engine sees them.
//!
//! `⟦3B …⟧` is wording B of passage 3. Wherever passage 3 stands in two documents, they repeat one another: verbatim with
//! the same capital, altered with another one, and as a statement where one is a small letter. `⟦3b? …⟧` may be found
//! and need not be. Marks may stand within one another.

use std::collections::BTreeMap;
use std::sync::Arc;

use gainsay::across::alerts::{Kind, alerts};
use gainsay::across::echo::{Echo, Level, Options, Place, all_pairs};
use gainsay::across::index::Index;
use gainsay::across::verdict::{Quotation, Verdict, check};
use gainsay::model::{
    Digest, Document, DocumentId, ImportRecord, LineEnds, Session, SessionId, Source, Span, Timestamp,
};

/// A dossier with what is to be said of it, listed before the engine was asked.
pub struct Dossier {
    pub name: &'static str,
    /// Names and marked texts, in order of names.
    pub texts: &'static [(&'static str, &'static str)],
    /// Document, first words of a quotation, the verdicts that are right for it. All that are quoted.
    pub quotations: &'static [(&'static str, &'static str, &'static [Verdict])],
    /// Passage, two of its wordings, the alerts that are to be told between them, in their order. None between all others.
    pub alerts: &'static [(u32, char, char, &'static [Kind])],
}

/// A marked passage.
struct Passage {
    place: Place,
    number: u32,
    wording: char,
    is_optional: bool,
}

/// Two passages that repeat one another.
struct Pair {
    a: usize,
    b: usize,
    level: Level,
    is_optional: bool,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share(pub usize, pub usize);

impl Share {
    pub fn of(self) -> f64 {
        if self.1 == 0 { 1.0 } else { self.0 as f64 / self.1 as f64 }
    }

    fn count(&mut self, is_right: bool) {
        self.0 += usize::from(is_right);
        self.1 += 1;
    }
}

impl std::ops::Add for Share {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} ({} of {})", self.of(), self.0, self.1)
    }
}

/// What the engine reached.
#[derive(Debug, Default)]
pub struct Figures {
    /// Listed pairs that are found, by the level listed.
    pub recall: BTreeMap<Level, Share>,
    /// Found pairs that are listed, by the level found.
    pub precision: BTreeMap<Level, Share>,
    pub verdicts: Share,
    /// Alerts listed that are told, of the pairs found.
    pub told: Share,
    /// Alerts told that are listed.
    pub alerts: Share,
}

struct Read {
    texts: BTreeMap<DocumentId, String>,
    passages: Vec<Passage>,
    session: Session,
    index: Index,
}

/// Reads, asks and judges; prints what is wrong.
pub fn judge(dossier: &Dossier) -> Figures {
    let read = Read::of(dossier);
    let found = all_pairs(&read.index, &Options::default());
    let mut figures = Figures::default();
    println!("== {}", dossier.name);
    let pairs = read.pairs();
    read.judge_echoes(&pairs, &found, &mut figures);
    read.judge_alerts(dossier, &pairs, &found, &mut figures);
    read.judge_quotations(dossier, &mut figures);
    for (level, share) in &figures.recall {
        println!("recall {}: {share}", level.name());
    }
    for (level, share) in &figures.precision {
        println!("precision {}: {share}", level.name());
    }
    println!("verdicts {}; alerts told {}, right {}", figures.verdicts, figures.told, figures.alerts);
    figures
}

impl Read {
    fn of(dossier: &Dossier) -> Self {
        let (mut texts, mut passages) = (BTreeMap::new(), Vec::new());
        for (name, marked) in dossier.texts {
            let id = DocumentId::new(*name);
            texts.insert(id.clone(), without_marks(&id, marked, &mut passages));
        }
        passages.sort_by(|a, b| a.place.cmp(&b.place));
        let created: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut session = Session::new(SessionId(uuid::Uuid::nil()), created);
        let document = |(id, text): (&DocumentId, &String)| {
            let import = ImportRecord {
                file_name: None,
                name: id.to_string(),
                digest: Digest::of(text.as_bytes()),
                bytes: text.len() as u64,
                encoding: "UTF-8".to_owned(),
                byte_order_mark: false,
                line_ends: LineEnds::Lf,
                at: created,
            };
            let source = Arc::new(Source::new(text.as_str(), import));
            Arc::new(Document { id: id.clone(), source, info: Arc::default() })
        };
        session.documents = texts.iter().map(document).collect();
        let index = Index::of_session(&session);
        Self { texts, passages, session, index }
    }

    fn quote(&self, place: &Place) -> &str {
        place.span.of(&self.texts[&place.document]).unwrap()
    }

    /// The pairs that the marks say, each from the document whose name sorts first.
    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (a, one) in self.passages.iter().enumerate() {
            for (b, two) in self.passages.iter().enumerate().skip(a + 1) {
                if one.number != two.number || one.place.document == two.place.document {
                    continue;
                }
                let level = match (one.wording, two.wording) {
                    (x, y) if x == y => Level::Verbatim,
                    (x, y) if x.is_uppercase() && y.is_uppercase() => Level::Altered,
                    _ => Level::Statement,
                };
                pairs.push(Pair { a, b, level, is_optional: one.is_optional || two.is_optional });
            }
        }
        pairs
    }

    fn judge_echoes(&self, pairs: &[Pair], found: &[Echo], figures: &mut Figures) {
        for pair in pairs.iter().filter(|pair| !pair.is_optional) {
            let is_found = found.iter().any(|by| self.is_found(pair, by));
            figures.recall.entry(pair.level).or_default().count(is_found);
            if !is_found {
                let (a, b) = (&self.passages[pair.a].place, &self.passages[pair.b].place);
                let near = found.iter().find(|by| shared(a, &by.a) > 0 && shared(b, &by.b) > 0);
                println!("MISSED {} {}", self.passages[pair.a].number, pair.level.name());
                self.print(a, b);
                near.inspect(|by| self.print(&by.a, &by.b));
            }
        }
        for by in found {
            let is_right = pairs.iter().any(|pair| self.is_right(by, pair));
            figures.precision.entry(by.level).or_default().count(is_right);
            if !is_right {
                println!("WRONG {} {:.1} {:.2}", by.level.name(), by.score, by.coverage);
                self.print(&by.a, &by.b);
            }
        }
    }

    /// Of the echoes that find listed pairs: what is to be told of any of these.
    fn judge_alerts(&self, dossier: &Dossier, pairs: &[Pair], found: &[Echo], figures: &mut Figures) {
        for by in found.iter().filter(|by| by.level != Level::Statement) {
            let mine: Vec<&Pair> = pairs.iter().filter(|pair| self.is_found(pair, by)).collect();
            if mine.iter().all(|it| it.is_optional || it.level == Level::Statement) {
                continue;
            }
            let mut listed: Vec<Kind> = mine.iter().flat_map(|pair| self.listed(dossier, pair)).collect();
            listed.sort_unstable();
            listed.dedup();
            let told = alerts(&self.index, &by.a, &by.b);
            for kind in &listed {
                figures.told.count(told.iter().any(|it| it.kind == *kind));
            }
            for alert in &told {
                figures.alerts.count(listed.contains(&alert.kind));
            }
            let mut kinds: Vec<Kind> = told.iter().map(|it| it.kind).collect();
            kinds.sort_unstable();
            if kinds != listed {
                let told: Vec<String> = told.iter().map(|it| it.words(&self.session)).collect();
                println!("ALERTS {told:?}, right: {listed:?}");
                self.print(&by.a, &by.b);
            }
        }
    }

    /// What is listed for two wordings.
    fn listed(&self, dossier: &Dossier, pair: &Pair) -> Vec<Kind> {
        let (a, b) = (&self.passages[pair.a], &self.passages[pair.b]);
        let wordings = (a.wording.min(b.wording), a.wording.max(b.wording));
        let listed = dossier.alerts.iter().find(|it| it.0 == a.number && (it.1, it.2) == wordings);
        listed.map_or(Vec::new(), |it| it.3.to_vec())
    }

    fn judge_quotations(&self, dossier: &Dossier, figures: &mut Figures) {
        let mut checked: Vec<Option<Quotation>> =
            check(&self.session, &self.index).into_iter().map(Some).collect();
        for (document, begins, right) in dossier.quotations {
            let is = |it: &Quotation| {
                it.place.document.as_str() == *document && self.quote(&it.place).starts_with(begins)
            };
            let at = checked.iter().position(|it| it.as_ref().is_some_and(is));
            let Some(it) = at.and_then(|at| checked[at].take()) else {
                println!("UNCHECKED {document}: {begins}");
                figures.verdicts.count(false);
                continue;
            };
            figures.verdicts.count(right.contains(&it.verdict));
            if !right.contains(&it.verdict) {
                println!("VERDICT {:?}, right {right:?}: {document}: {}", it.verdict, self.quote(&it.place));
                let source = it.source.as_ref();
                source.inspect(|it| println!("    {}: {}", it.document, self.quote(it)));
            }
        }
        for it in checked.iter().flatten() {
            figures.verdicts.count(false);
            println!("UNLISTED {:?} {}: {}", it.verdict, it.place.document, self.quote(&it.place));
        }
    }

    fn print(&self, a: &Place, b: &Place) {
        for place in [a, b] {
            println!("    {}: {}", place.document, self.quote(place).replace('\n', "⏎"));
        }
    }

    /// Half of both sides.
    fn is_found(&self, pair: &Pair, by: &Echo) -> bool {
        let (a, b) = (&self.passages[pair.a].place, &self.passages[pair.b].place);
        let half = |place: &Place, found: &Place| shared(place, found) * 2 >= length(place);
        half(a, &by.a) && half(b, &by.b)
    }

    /// Most of what was found lies in a pair of the list, or all of the pair in it.
    fn is_right(&self, by: &Echo, pair: &Pair) -> bool {
        let lies =
            |place: &Place, found: &Place| shared(place, found) * 2 >= length(place).min(length(found));
        lies(&self.passages[pair.a].place, &by.a) && lies(&self.passages[pair.b].place, &by.b)
    }
}

/// The text that the engine is to see; what was marked is added to `passages`.
fn without_marks(id: &DocumentId, marked: &str, passages: &mut Vec<Passage>) -> String {
    let mut text = String::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text.push_str(&rest[..at]);
        let is_opening = rest[at..].starts_with('⟦');
        rest = &rest[at + '⟦'.len_utf8()..];
        if is_opening {
            let (mark, behind) = rest.split_once(' ').unwrap();
            open.push((text.len(), mark));
            rest = behind;
            continue;
        }
        let (start, mark) = open.pop().unwrap();
        let plain = mark.trim_end_matches('?');
        passages.push(Passage {
            place: Place { document: id.clone(), span: Span::new(start, text.len()).unwrap() },
            number: plain[..plain.len() - 1].parse().unwrap(),
            wording: plain.chars().last().unwrap(),
            is_optional: mark.ends_with('?'),
        });
    }
    assert!(open.is_empty(), "{id}: an open mark");
    text + rest
}

/// Bytes that a place shares with another.
fn shared(a: &Place, b: &Place) -> usize {
    let end = a.span.end().min(b.span.end());
    if a.document == b.document { end.saturating_sub(a.span.start().max(b.span.start())) } else { 0 }
}

fn length(place: &Place) -> usize {
    place.span.end() - place.span.start()
}
