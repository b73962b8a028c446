//! Cards: what was found, in words. Made once for a result and for the session as it is, never while painting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::across::alerts::{Earlier, earlier, is_aside};
use crate::across::card::voice_words;
use crate::across::echo::{Level, Place};
use crate::across::verdict::{Order, Quotation, Verdict};
use crate::model::{AnnotationId, Document, DocumentId, Session, Span};
use crate::text::fold::fold;

use super::super::{Desk, capitalized, count, shortened};
use super::compared::Comparing;
use super::heads::{Heads, heads_of};
use super::pieces::{Piece, PieceKind};
use super::question::Asking;
use super::shelf::Shelf;

/// What a worker has found of two places.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub here: Place,
    pub there: Option<Place>,
    pub level: Option<Level>,
    pub is_set_phrase: bool,
    pub pieces: Vec<Piece>,
    pub alerts: Vec<Told>,
    pub quotation: Option<Quotation>,
    /// Who else has the wording of the other place.
    pub agree: Option<Agreement>,
}

/// Documents that have the same other words.
#[derive(Clone, Debug)]
pub(super) struct Agreement {
    pub documents: Vec<DocumentId>,
    /// The other words, and those of the passage.
    pub words: (String, String),
    /// No document but that of the passage has its words.
    pub is_alone: bool,
}

/// An alert with the words that it is about.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub kind: String,
    pub subject: String,
    pub a: String,
    pub b: String,
    /// Nothing to be warned of: a caveat that came along.
    pub is_calm: bool,
    /// What it says, where words that differ do not say it.
    pub says: Option<String>,
}

/// How a card is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The words agree.
    Same,
    /// They differ.
    Differs,
    /// Nothing firm can be said.
    Open,
}

/// An alert as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertLine {
    /// As sessions have it.
    pub kind: String,
    /// As sessions have it.
    pub subject: String,
    /// What it says.
    pub words: String,
    /// It was put aside.
    pub aside: bool,
}

/// Two places, in words.
#[derive(Clone, Debug)]
pub struct Card {
    /// The passage; of the second part, the place in the document in focus.
    pub here: Place,
    /// The other place.
    pub there: Option<Place>,
    /// How closely they agree, of an echo.
    pub level: Option<Level>,
    /// Only wording that recurs everywhere.
    pub is_set_phrase: bool,
    /// It stands between quotation marks, and was checked.
    pub is_quotation: bool,
    /// It stands in the second part.
    pub is_finding: bool,
    /// How it is marked.
    pub tone: Tone,
    /// The level or verdict.
    pub verdict: String,
    /// Where the passage stands: "¶ 10".
    pub here_words: String,
    /// Where the other place is: "Letter, ¶ 44"; empty when there is none.
    pub there_words: String,
    /// The words, with what differs.
    pub pieces: Vec<Piece>,
    /// Date, order, voice: what stands small under the words.
    pub beside: String,
    /// The rule that fired, and who else has the words.
    pub notes: Vec<String>,
    /// What differs and should not be missed.
    pub alerts: Vec<AlertLine>,
    /// An annotation at the other place.
    pub twin: Option<AnnotationId>,
}

impl Card {
    /// Where a link of this card starts and where it ends: from the later place to the earlier one. Where the dates do
    /// not tell, from the quotation to its source, and from an echo to the passage that it was found for.
    pub fn link_goes_from_here(&self, session: &Session) -> bool {
        let Some(there) = &self.there else { return false };
        match earlier(session, &self.here, there) {
            Earlier::First => false,
            Earlier::Second => true,
            Earlier::Unknown => self.is_finding,
        }
    }
}

/// The cards as they were made last.
#[derive(Default)]
pub(super) struct Dressed {
    pub echoes: Vec<Card>,
    pub findings: Vec<Card>,
    pub heads: Heads,
    pub number: u64,
    key: Option<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    heard: u64,
    compared: u64,
    revision: u64,
    document: Option<DocumentId>,
}

impl Dressed {
    /// Makes the cards anew, if anything has changed that they rest on.
    pub fn refresh(&mut self, desk: &Desk, shelf: &Shelf, asking: &Asking, comparing: &Comparing) -> bool {
        let (heard, number) = asking.heard();
        let document = desk.view.focused().map(|pane| pane.document.clone());
        let key = Key {
            heard: number,
            compared: comparing.number(),
            revision: desk.revision(),
            document: document.clone(),
        };
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        self.number += 1;
        self.key = Some(key);
        let cards = |found: &[Found], finding| found.iter().map(|found| card(desk, found, finding)).collect();
        self.echoes = cards(&heard.found, false);
        self.findings =
            document.as_ref().map_or_else(Vec::new, |id| cards(comparing.compared().findings(id), true));
        self.heads =
            heads_of(self, desk, (shelf, comparing), asking.passage(), document.as_ref(), heard.more);
        true
    }
}

/// "¶ 10".
pub(super) fn paragraph(desk: &Desk, place: &Place) -> String {
    let number = desk.cache(&place.document).map(|cache| cache.paragraphs.number_at(place.span.start()));
    number.map_or_else(String::new, |number| format!("¶ {number}"))
}

/// "Letter, ¶ 44".
fn place_words(desk: &Desk, place: &Place) -> String {
    let label = desk.session().document(&place.document).map_or("", |it| it.label());
    format!("{}, {}", shortened(label, 24), paragraph(desk, place))
}

fn card(desk: &Desk, found: &Found, is_finding: bool) -> Card {
    let session = desk.session();
    let order = found.there.as_ref().map(|there| earlier(session, &found.here, there));
    let mut card = Card {
        here: found.here.clone(),
        there: found.there.clone(),
        level: if found.quotation.is_some() { None } else { found.level },
        is_set_phrase: found.is_set_phrase,
        is_quotation: found.quotation.is_some(),
        is_finding,
        tone: Tone::Differs,
        verdict: String::new(),
        here_words: paragraph(desk, &found.here),
        there_words: found.there.as_ref().map_or_else(String::new, |there| place_words(desk, there)),
        pieces: found.pieces.clone(),
        beside: beside(desk, found, order),
        notes: Vec::new(),
        alerts: alert_lines(desk, found),
        twin: found.there.as_ref().and_then(|there| annotation_at(desk, there)),
    };
    (card.verdict, card.tone) = match (&found.quotation, found.level) {
        (Some(quotation), _) => (verdict_words(quotation.verdict).to_owned(), tone(quotation.verdict)),
        (_, Some(Level::Verbatim)) => ("verbatim".to_owned(), Tone::Same),
        (_, Some(Level::Altered)) => (altered_words(&found.pieces), Tone::Differs),
        _ => ("same statement?".to_owned(), Tone::Open),
    };
    if found.is_set_phrase {
        card.verdict.push_str(", a set phrase");
    }
    if let Some(quotation) = &found.quotation {
        card.notes.push(rule_words(quotation));
        if !quotation.others.is_empty() {
            let mut others: Vec<String> =
                quotation.others.iter().map(|place| place_words(desk, place)).collect();
            others.dedup();
            let more = others.len().saturating_sub(3);
            others.truncate(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            card.notes.push(format!("Also in {}{more}.", others.join("; ")));
        }
    }
    let calm = found.alerts.iter().filter(|told| told.is_calm);
    card.notes.extend(calm.map(|told| format!("{}.", alert_words(session, found, told))));
    card.notes.extend(found.agree.as_ref().map(|agree| agreement_words(desk, found, agree)));
    card
}

const fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Verbatim | Verdict::Omission => Tone::Same,
        Verdict::Spliced | Verdict::Altered | Verdict::Partly => Tone::Differs,
        Verdict::NotFound => Tone::Open,
    }
}

pub(super) const fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Omission => "verbatim, with omission",
        Verdict::Spliced => "spliced",
        Verdict::Altered => "altered: differs from its source",
        Verdict::Partly => "partly found",
        Verdict::NotFound => "not found in these documents",
    }
}

fn rule_words(quotation: &Quotation) -> String {
    let mut words = format!("Between quotation marks; {}.", quotation.rule);
    match quotation.order {
        Some(Order::QuotedBefore) => words.push_str(" It is dated before that document."),
        // What the dates say stands beside the place.
        Some(Order::Undated | Order::Fits) | None => {}
    }
    words
}

/// "altered: word order, 1 word".
fn altered_words(pieces: &[Piece]) -> String {
    let words = |kind| -> Vec<String> {
        let words = pieces.iter().filter(|piece| piece.kind == kind).flat_map(|it| it.words.split(' '));
        words.map(folded).filter(|word| !word.is_empty()).collect()
    };
    let (mut removed, mut added) = (words(PieceKind::Removed), words(PieceKind::Added));
    let before = removed.len();
    removed.retain(|word| match added.iter().position(|other| other == word) {
        Some(at) => {
            added.swap_remove(at);
            false
        }
        None => true,
    });
    let is_moved = removed.len() < before;
    let other = removed.len().max(added.len());
    match (is_moved, other) {
        (true, 0) => "altered: word order".to_owned(),
        (true, _) => format!("altered: word order, {}", count(other, "word")),
        (false, 0) => "altered".to_owned(),
        (false, _) => format!("altered: {}", count(other, "word")),
    }
}

fn folded(words: &str) -> String {
    fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// "Article · Sep 2021 · later by date · voice: minister".
fn beside(desk: &Desk, found: &Found, order: Option<Earlier>) -> String {
    let Some(there) = &found.there else { return String::new() };
    let session = desk.session();
    let mut parts: Vec<String> = Vec::new();
    let date = session.document(&there.document).map_or("", |it| it.info.metadata.issued.as_str());
    parts.push(if date.is_empty() { "undated".to_owned() } else { date.to_owned() });
    parts.extend(order.and_then(|order| match order {
        Earlier::First => Some("later than this one".to_owned()),
        Earlier::Second => Some("earlier than this one".to_owned()),
        Earlier::Unknown if date.is_empty() => None,
        Earlier::Unknown => Some("the dates do not tell which is earlier".to_owned()),
    }));
    let annotation = annotation_at(desk, there).and_then(|id| desk.annotation(id));
    if let Some(annotation) = annotation {
        let tag = session.scheme.tag(&annotation.tag).map_or("", |tag| &tag.name);
        parts.push(format!("tagged {tag}"));
        let voice = voice_words(session, &annotation.voice);
        if !voice.is_empty() {
            parts.push(format!("voice: {}", shortened(&voice, 60)));
        }
    }
    parts.join(" · ")
}

/// The annotation that stands at a place: the one that has most in common with it, and half of it at least.
pub(in crate::app) fn annotation_at(desk: &Desk, place: &Place) -> Option<AnnotationId> {
    let cache = desk.cache(&place.document)?;
    let mut best: Option<(usize, AnnotationId)> = None;
    let middle = place.span.start() + place.span.len() / 2;
    let text = desk.session().document(&place.document)?.text();
    for at in [place.span.start(), text.floor_char_boundary(middle)] {
        for mark in cache.marks.at(&cache.rendering, at) {
            let shared = shared(mark.span, place.span);
            let is_alike = shared * 2 >= place.span.len() && shared * 2 >= mark.span.len();
            if is_alike && best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, mark.id));
            }
        }
    }
    best.map(|(_, id)| id)
}

fn shared(a: Span, b: Span) -> usize {
    a.end().min(b.end()).saturating_sub(a.start().max(b.start()))
}

/// The same alert with its places the other way round: it is the same to who has put it aside.
fn mirrored(subject: &str) -> String {
    subject.split_once('|').map_or_else(|| subject.to_owned(), |(a, b)| format!("{b}|{a}"))
}

fn alert_lines(desk: &Desk, found: &Found) -> Vec<AlertLine> {
    let session = desk.session();
    let told = found.alerts.iter().filter(|told| !told.is_calm).map(|told| AlertLine {
        words: alert_words(session, found, told),
        aside: is_aside(session, &told.kind, &told.subject)
            || is_aside(session, &told.kind, &mirrored(&told.subject)),
        kind: told.kind.clone(),
        subject: told.subject.clone(),
    });
    told.collect()
}

/// "Number: 12 → 14", from the earlier to the later place; from the source to the other when the dates do not tell.
fn alert_words(session: &Session, found: &Found, told: &Told) -> String {
    if let Some(says) = &told.says {
        let words =
            if told.a.is_empty() { String::new() } else { format!(": “{}”", shortened(&told.a, 90)) };
        return format!("{}{words}", capitalized(says));
    }
    // Echoes are told from the passage on, findings from the other place on.
    let is_echo = told_from_here(found, told);
    let (one, two) = match (&found.there, is_echo) {
        (Some(there), true) => (&found.here, there),
        (Some(there), false) => (there, &found.here),
        (None, _) => (&found.here, &found.here),
    };
    let is_back = earlier(session, one, two) == Earlier::Second;
    let (one, two, a, b) = if is_back { (two, one, &told.b, &told.a) } else { (one, two, &told.a, &told.b) };
    let label = |place: &Place| {
        session
            .document(&place.document)
            .map_or_else(String::new, |it: &Arc<Document>| shortened(it.label(), 24))
    };
    let kind = match told.kind.as_str() {
        "negation" => "Negation",
        "polarity" => "Denying word",
        "number" => "Number",
        "name" => "Name",
        "hedge" => "Word of doubt",
        other => return format!("{}: {a} → {b}", capitalized(other)),
    };
    match (a.is_empty(), b.is_empty()) {
        (false, false) => format!("{kind}: {a} → {b}"),
        (false, true) => format!("{kind}: “{a}” in {} alone", label(one)),
        _ => format!("{kind}: “{b}” in {} alone", label(two)),
    }
}

/// The first places of an alert are in the passage, not in the other place.
fn told_from_here(found: &Found, told: &Told) -> bool {
    let (a, b) = told.subject.split_once('|').unwrap_or((&told.subject, ""));
    let stands_in = |places: &str, document: &DocumentId| places.starts_with(&format!("{document}:"));
    stands_in(a, &found.here.document)
        || found.there.as_ref().is_some_and(|there| stands_in(b, &there.document))
}

/// Says which documents have the same other words.
fn agreement_words(desk: &Desk, found: &Found, agree: &Agreement) -> String {
    let label = |id: &DocumentId| {
        desk.session().document(id).map_or_else(String::new, |it| shortened(it.label(), 24))
    };
    let own = label(&found.here.document);
    let (theirs, ours) = (shortened(&agree.words.0, 40), shortened(&agree.words.1, 40));
    let who = match agree.documents.as_slice() {
        [one, two] => format!("Both {} and {} have", label(one), label(two)),
        all => format!("{} documents have", all.len()),
    };
    let has = if ours.is_empty() {
        format!("{who} “{theirs}”, which {own} does not")
    } else {
        format!("{who} “{theirs}” where {own} has “{ours}”")
    };
    match agree.is_alone {
        true => format!("{has}: our copy of {own} may be the one that differs."),
        false => format!("{has}."),
    }
}

/// Notes which documents share other words than those of the passage.
pub(super) fn note_agreement(found: &mut [Found]) {
    type Words = (String, String);
    let mut documents: BTreeMap<Words, BTreeSet<DocumentId>> = BTreeMap::new();
    let is_firm =
        |it: &Found| matches!(it.level, Some(Level::Verbatim | Level::Altered)) && !it.is_set_phrase;
    for it in found.iter().filter(|it| is_firm(it)) {
        let Some(there) = &it.there else { continue };
        for (added, removed) in changes(&it.pieces) {
            let key = (folded(&added), folded(&removed));
            documents.entry(key).or_default().insert(there.document.clone());
        }
    }
    let places: Vec<(Span, DocumentId)> = (found.iter().filter(|it| is_firm(it)))
        .filter_map(|it| Some((it.here.span, it.there.as_ref()?.document.clone())))
        .collect();
    for it in found.iter_mut().filter(|it| is_firm(it)) {
        let of = |(added, removed): &Words| documents.get(&(folded(added), folded(removed)));
        let shared = changes(&it.pieces).into_iter().max_by_key(|words| of(words).map_or(0, BTreeSet::len));
        let Some(words) = shared else { continue };
        let Some(with) = of(&words).filter(|with| with.len() > 1) else { continue };
        let here = it.here.span;
        let is_alone = places
            .iter()
            .filter(|(span, _)| span.overlaps(here))
            .all(|(_, document)| with.contains(document));
        it.agree = Some(Agreement { documents: with.iter().cloned().collect(), words, is_alone });
    }
}

/// Words of the other place with those of the passage that they stand for.
fn changes(pieces: &[Piece]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.kind == PieceKind::Added {
            let before = at.checked_sub(1).map(|at| &pieces[at]);
            let removed = before.filter(|it| it.kind == PieceKind::Removed);
            let plain = |words: &str| words.trim_end_matches(|c: char| c.is_ascii_punctuation()).to_owned();
            all.push((plain(&piece.words), removed.map_or_else(String::new, |it| plain(&it.words))));
        }
    }
    all
}

#[cfg(test)]
mod tests;
