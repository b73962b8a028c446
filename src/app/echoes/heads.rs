//! What stands over the parts of the panel: what was searched and what was not, how many of each were found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::across::echo::{Level, Place};
use crate::across::verdict::Verdict;
use crate::model::{Document, DocumentId};

use super::super::{Desk, count, shortened};
use super::cards::{Card, Dressed, paragraph, verdict_words};
use super::compared::Comparing;
use super::shelf::Shelf;

/// What stands over the parts.
#[derive(Clone, Debug, Default)]
pub struct Heads {
    /// "Echoes of ¶ 44, Letter".
    pub passage: String,
    /// "4 documents searched, all of them".
    pub searched: String,
    /// "Stands in 3 of 5 documents, earliest first: …"; empty where it stands in one alone.
    pub stands: String,
    /// What was left out.
    pub left_out: String,
    /// How many of each level: verbatim, altered, same statement?, set phrases.
    pub levels: [usize; 4],
    /// "5 documents compared, all of them: 12 passages stand in more than one".
    pub all: String,
    /// What was left out of all documents.
    pub left_out_of_all: String,
    /// "Quotation check, Article".
    pub quotations: String,
    /// How many of each verdict, in words.
    pub verdicts: Vec<(usize, &'static str)>,
    /// Alerts that were put aside.
    pub aside: usize,
    /// Alerts that were not.
    pub alerts: usize,
}

/// The heads over these cards.
pub(super) fn heads_of(
    dressed: &Dressed,
    desk: &Desk,
    (shelf, comparing): (&Shelf, &Comparing),
    passage: Option<&Place>,
    document: Option<&DocumentId>,
    more: usize,
) -> Heads {
    let mut heads = Heads::default();
    for card in &dressed.echoes {
        match (card.is_set_phrase, card.level) {
            (true, _) => heads.levels[3] += 1,
            (_, Some(Level::Verbatim)) => heads.levels[0] += 1,
            (_, Some(Level::Altered)) => heads.levels[1] += 1,
            _ => heads.levels[2] += 1,
        }
    }
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for card in dressed.findings.iter().filter(|card| card.is_quotation) {
        *verdicts.entry(card.verdict.as_str()).or_default() += 1;
    }
    heads.verdicts = VERDICTS
        .iter()
        .filter_map(|verdict| {
            let words = verdict_words(*verdict);
            verdicts.get(words).map(|number| (*number, words))
        })
        .collect();
    let alerts = dressed.findings.iter().flat_map(|card| &card.alerts);
    heads.aside = alerts.clone().filter(|alert| alert.aside).count();
    heads.alerts = alerts.count() - heads.aside;
    heads.all = all_of(desk, comparing.compared().groups().len());
    heads.left_out_of_all = left_out(desk, shelf, None, 0);
    let Some(place) = passage else {
        return Heads { quotations: quotations_of(desk, document), ..heads };
    };
    let label = desk.session().document(&place.document).map_or("", |it| it.label());
    heads.passage = format!("Echoes of {}, {}", paragraph(desk, place), shortened(label, 30));
    let others = desk.session().documents.len().saturating_sub(1);
    heads.searched = match others {
        0 => "No other document to search".to_owned(),
        1 => "1 document searched, the only other".to_owned(),
        _ => format!("{others} documents searched, all of them"),
    };
    heads.stands = stands(desk, &place.document, &dressed.echoes);
    heads.left_out = left_out(desk, shelf, Some(&place.document), more);
    heads.quotations = quotations_of(desk, document);
    heads
}

const VERDICTS: [Verdict; 6] = [
    Verdict::Verbatim,
    Verdict::Omission,
    Verdict::Altered,
    Verdict::Spliced,
    Verdict::Partly,
    Verdict::NotFound,
];

fn quotations_of(desk: &Desk, document: Option<&DocumentId>) -> String {
    let label = document.and_then(|id| desk.session().document(id)).map_or("", |it| it.label());
    format!("Quotations and alerts, {}", shortened(label, 30))
}

/// "12 passages stand in more than one of 5 documents, all of which were searched".
fn all_of(desk: &Desk, groups: usize) -> String {
    let documents = count(desk.session().documents.len(), "document");
    match groups {
        0 => format!("{documents} compared, all of them: no passage was found in more than one"),
        1 => format!("{documents} compared, all of them: 1 passage stands in more than one"),
        _ => format!("{documents} compared, all of them: {groups} passages stand in more than one"),
    }
}

/// In which documents a passage stands, by date, those without one last. What only may state the same does not count, nor
/// do set phrases.
fn stands(desk: &Desk, own: &DocumentId, cards: &[Card]) -> String {
    let firm =
        |card: &&Card| !card.is_set_phrase && matches!(card.level, Some(Level::Verbatim | Level::Altered));
    let there = cards.iter().filter(firm).filter_map(|card| Some(&card.there.as_ref()?.document));
    let ids: BTreeSet<&DocumentId> = there.chain([own]).collect();
    if ids.len() < 2 {
        return String::new();
    }
    let all = &desk.session().documents;
    let mut documents: Vec<_> = all.iter().filter(|it| ids.contains(&it.id)).collect();
    documents.sort_by(|a, b| a.info.metadata.issued.sort_key().cmp(&b.info.metadata.issued.sort_key()));
    let words = |it: &&Arc<Document>| {
        let date = it.info.metadata.issued.as_str();
        let date = if date.is_empty() { "no date" } else { date };
        format!("{}, {date}", shortened(it.label(), 24))
    };
    let list: Vec<String> = documents.iter().map(words).collect();
    format!("Stands in {} of {} documents, earliest first: {}", ids.len(), all.len(), list.join(" · "))
}

/// What was not searched in the other documents; in all, where there is no own one.
fn left_out(desk: &Desk, shelf: &Shelf, own: Option<&DocumentId>, more: usize) -> String {
    let others = || desk.session().documents.iter().filter(|it| Some(&it.id) != own);
    let marked: usize = others().map(|it| it.info.furniture.len()).sum();
    let mut parts = Vec::new();
    if marked > 0 {
        parts.push(format!("{} marked as not text", count(marked, "range")));
    }
    let recurring: usize = others().map(|it| shelf.recurring(&it.id)).sum();
    if recurring > 0 {
        parts.push(format!("{} that recur as headers of pages do", count(recurring, "line")));
    }
    parts.push("wording of fewer than 5 words".to_owned());
    if own.is_none() {
        parts.push("set phrases".to_owned());
    }
    let mut words = format!("Not searched: {}.", parts.join(", "));
    let empty = others().filter(|it| it.text().trim().is_empty()).count();
    if empty > 0 {
        words.push_str(&format!(" {} has no text.", count(empty, "document")));
    }
    if more > 0 {
        words.push_str(&format!(" {} more found, not listed.", count(more, "place")));
    }
    words
}
