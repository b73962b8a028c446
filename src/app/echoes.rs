//! Echoes on the desk: where the passage that is looked at stands again, how the quotations of the document in focus
//! stand to their sources, and what differs between places that agree.
//!
//! All of it is found by workers. The index of all documents is kept (`shelf`) and brought up to date document by
//! document; a passage is asked for by `question`; `compared` looks at the whole session. What they find is put into
//! words once (`cards`), never while painting.

mod action;
mod cards;
mod compared;
mod grouped;
mod heads;
mod pieces;
mod question;
mod shelf;

use std::sync::Arc;

use crate::across::echo::Place;
use crate::model::{DocumentId, Span};

pub use action::EchoAction;
pub(super) use cards::annotation_at;
pub use cards::{AlertLine, Card, Tone};
pub use compared::{Compared, Ribbon, Ribbons};
pub use grouped::{GroupLine, Grouped, PlaceLine};
pub use heads::Heads;
pub use pieces::{Piece, PieceKind};
pub use question::Heard;
pub(super) use shelf::Shelved;

use super::{Desk, JobResult, Mode};
use cards::Dressed;
use compared::Comparing;
use question::Asking;
use shelf::Shelf;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What stands in several documents of the session, not the echoes of one passage.
    pub all: bool,
    /// Places with the same words.
    pub verbatim: bool,
    /// Places with nearly the same words.
    pub altered: bool,
    /// Sentences that may say the same in other words: weaker, so opened by the reader.
    pub statements: bool,
    /// Offices, titles and formulas that stand everywhere.
    pub set_phrases: bool,
    /// Pairs of neighboring columns, drawn over the gap between them.
    pub ribbons: bool,
    /// Alerts that were put aside.
    pub aside: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            all: false,
            verbatim: true,
            altered: true,
            statements: false,
            set_phrases: false,
            ribbons: false,
            aside: false,
        }
    }
}

/// So many groups are listed where no passage is looked at: the quotations below them stay in reach.
const FEW_GROUPS: usize = 5;

/// A row or card of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// What stands in several documents, with this number: a row, not a card.
    Group(usize),
    /// The echo of the passage with this number.
    Echo(usize),
    /// The quotation or alert of the document with this number.
    Finding(usize),
}

/// Echoes of the open session. Not undone, not in the session file.
#[derive(Default)]
pub struct Echoes {
    /// The panel is on screen.
    pub open: bool,
    /// What it shows.
    pub shown: Shown,
    /// The card that keys act on.
    pub at: Option<Stop>,
    /// The panel shall scroll to it.
    pub card_wanted: bool,
    /// Choose the first or last row or card once there is one: it was asked for before the workers were done.
    pub(super) first_wanted: Option<bool>,
    /// Choose the card of this place once it is there.
    pub(super) then: Option<Place>,
    shelf: Shelf,
    asking: Asking,
    comparing: Comparing,
    dressed: Dressed,
}

/// Work for a worker of this name.
pub(super) type Work = (&'static str, Box<dyn FnOnce() -> JobResult + Send>);

impl Echoes {
    /// The passage that is looked at.
    pub fn passage(&self) -> Option<&Place> {
        self.asking.passage()
    }

    /// Where it stands again, in words; by level, best first.
    pub fn cards(&self) -> &[Card] {
        &self.dressed.echoes
    }

    /// The quotations and alerts of the document in focus, in order.
    pub fn findings(&self) -> &[Card] {
        &self.dressed.findings
    }

    /// What stands over the parts of the panel.
    pub fn heads(&self) -> &Heads {
        &self.dressed.heads
    }

    /// A number that changes with what the cards say.
    pub fn number(&self) -> u64 {
        self.dressed.number
    }

    /// True while a worker looks for what is asked.
    pub fn is_running(&self) -> bool {
        self.shelf.is_running() || self.asking.is_running()
    }

    /// True while a worker looks at the whole session.
    pub fn is_comparing(&self) -> bool {
        self.comparing.is_running()
    }

    /// True while a worker may still find something.
    pub fn is_looking(&self) -> bool {
        self.is_running() || self.is_comparing()
    }

    /// A card; `None` when there is none with this number.
    pub fn card(&self, stop: Stop) -> Option<&Card> {
        match stop {
            Stop::Group(_) => None,
            Stop::Echo(at) => self.cards().get(at),
            Stop::Finding(at) => self.findings().get(at),
        }
    }

    /// The card that keys act on.
    pub fn chosen(&self) -> Option<&Card> {
        self.card(self.at?).filter(|_| self.open)
    }

    /// True when the panel shows this card.
    pub fn shows(&self, card: &Card) -> bool {
        use crate::across::echo::Level;
        let by_level = match card.level {
            Some(Level::Verbatim) => self.shown.verbatim,
            Some(Level::Altered) => self.shown.altered,
            Some(Level::Statement) => self.shown.statements,
            None => true,
        };
        by_level && (!card.is_set_phrase || self.shown.set_phrases)
    }

    /// What stands in several documents, most first.
    pub fn groups(&self) -> &[Grouped] {
        self.comparing.compared().groups()
    }

    /// How many of them are listed: all when they were asked for, the first few where no passage is looked at.
    pub fn listed_groups(&self) -> usize {
        let all = self.groups().len();
        match self.shown.all {
            true => all,
            false if self.passage().is_none() => all.min(FEW_GROUPS),
            false => 0,
        }
    }

    /// The group that keys act on.
    pub fn chosen_group(&self) -> Option<&Grouped> {
        let Some(Stop::Group(at)) = self.at.filter(|_| self.open) else { return None };
        self.groups().get(at).filter(|_| at < self.listed_groups())
    }

    /// The cards on screen, in order: those of the passage, then those of the document in focus.
    pub fn stops(&self) -> impl DoubleEndedIterator<Item = Stop> {
        let echoes = self.cards().iter().enumerate().filter(|(_, card)| self.shows(card));
        let findings = self.findings().iter().enumerate().filter(|(_, card)| self.has_finding(card));
        let cards = echoes.map(|(at, _)| Stop::Echo(at)).chain(findings.map(|(at, _)| Stop::Finding(at)));
        cards.filter(|_| !self.shown.all).collect::<Vec<_>>().into_iter()
    }

    /// The row or card after the one that keys act on, or before it; the first or last from nowhere.
    pub(super) fn next_stop(&self, forward: bool) -> Option<Stop> {
        let (groups, cards) = (self.listed_groups(), self.stops().collect::<Vec<_>>());
        let at = match self.at {
            Some(Stop::Group(at)) => Some(at).filter(|at| *at < groups),
            Some(stop) => cards.iter().position(|it| *it == stop).map(|at| groups + at),
            None => None,
        };
        let next = match (at, forward) {
            (None, true) => Some(0),
            (None, false) => (groups + cards.len()).checked_sub(1),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        }?;
        if next < groups { Some(Stop::Group(next)) } else { cards.get(next - groups).copied() }
    }

    /// True when a row or card is on screen.
    pub(super) fn is_listed(&self, stop: Stop) -> bool {
        match stop {
            Stop::Group(at) => at < self.listed_groups(),
            Stop::Echo(_) => !self.shown.all && self.card(stop).is_some_and(|card| self.shows(card)),
            Stop::Finding(_) => !self.shown.all && self.card(stop).is_some_and(|card| self.has_finding(card)),
        }
    }

    /// True when there is anything to go to.
    pub(super) fn has_stops(&self) -> bool {
        self.listed_groups() > 0 || self.stops().next().is_some()
    }

    /// True when a card of the second part is on screen: one that only tells of alerts put aside is not, until asked for.
    pub fn has_finding(&self, card: &Card) -> bool {
        card.is_quotation || self.shown.aside || card.alerts.iter().any(|alert| !alert.aside)
    }

    /// Places of a document that are lit: both ends of the card that keys act on, and of what is under the pointer.
    pub fn lit(
        &self,
        document: &DocumentId,
        hovered: Option<Stop>,
        pair: Option<&(Place, Place)>,
    ) -> Vec<Span> {
        let places = [self.at, hovered].into_iter().flatten().flat_map(|stop| self.places_of(stop));
        let places = places.chain(pair.into_iter().flat_map(|(one, two)| [one, two]));
        let mut lit: Vec<Span> =
            places.filter(|place| place.document == *document).map(|place| place.span).collect();
        lit.sort_unstable();
        lit.dedup();
        lit
    }

    /// The places of a row or card.
    pub(super) fn places_of(&self, stop: Stop) -> Vec<&Place> {
        if let Stop::Group(at) = stop {
            let group = self.groups().get(at);
            return group.map_or_else(Vec::new, |it| it.group.places.iter().map(|it| &it.place).collect());
        }
        let card = self.card(stop);
        card.map_or_else(Vec::new, |card| {
            [Some(&card.here), card.there.as_ref()].into_iter().flatten().collect()
        })
    }

    /// The pairs of two documents, the first with the left end; by the place of that end.
    pub fn ribbons(&self, left: &DocumentId, right: &DocumentId) -> &Ribbons {
        static NONE: Ribbons = Ribbons::NONE;
        let shown = self.open && self.shown.ribbons;
        let pairs = if shown { self.comparing.compared().ribbons(left, right) } else { None };
        pairs.unwrap_or(&NONE)
    }

    /// Chooses the card of the place that was asked for, once there are cards.
    fn choose_then(&mut self) {
        let Some(place) = self.then.clone().filter(|_| !self.is_running()) else { return };
        self.then = None;
        let is_it = |card: &Card| {
            let there = card.there.as_ref();
            there.is_some_and(|it| it.document == place.document && it.span.overlaps(place.span))
        };
        if let Some(at) = self.cards().iter().position(is_it) {
            (self.at, self.card_wanted) = (Some(Stop::Echo(at)), true);
        }
    }

    /// A worker has brought the index up to date.
    pub(super) fn take_shelved(&mut self, shelved: Shelved) {
        self.shelf.take(shelved);
    }

    /// A worker has found echoes.
    pub(super) fn take_heard(&mut self, number: u64, heard: Option<Heard>) {
        self.asking.take(number, heard);
    }

    /// A worker has looked at the whole session.
    pub(super) fn take_compared(&mut self, compared: Compared) {
        self.comparing.take(compared);
    }

    /// A worker met a bug: nothing waits for it any more.
    pub(super) fn give_up(&mut self, worker: &str) {
        match worker {
            shelf::WORKER => self.shelf.give_up(),
            question::WORKER => self.asking.give_up(),
            _ => self.comparing.give_up(),
        }
    }
}

/// The passage that is looked at: the chosen annotation, else what is selected, else the sentence at the caret.
pub(super) fn looked_at(desk: &Desk) -> Option<Place> {
    if let Some(chosen) = desk.chosen() {
        let document = chosen.anchor.document().clone();
        return chosen.anchor.span().map(|span| Place { document, span });
    }
    let (pane, selection) = desk.view.selection?;
    let document = desk.view.pane(pane)?.document.clone();
    let (source, cache) = desk.document(&document)?;
    let span = match selection.span() {
        Some(span) => cache.snap(source.text(), span)?,
        None => {
            let sentence = crate::text::sentences::sentence_at(source.text(), &cache.prose, selection.head)?;
            cache.snap(source.text(), sentence)?
        }
    };
    Some(Place { document, span })
}

/// Brings everything up to date as far as it is on screen. Returns what workers are to do.
pub(super) fn refresh(desk: &mut Desk) -> Vec<Work> {
    if !desk.echoes.open || desk.view.mode != Mode::Annotate {
        return Vec::new();
    }
    let mut echoes = std::mem::take(&mut desk.echoes);
    let passage = looked_at(desk);
    let mut work = Vec::new();
    work.extend(echoes.shelf.refresh(desk));
    let shelf = echoes.shelf.current(desk);
    work.extend(echoes.asking.refresh(desk, passage, echoes.shown.set_phrases, shelf.as_ref()));
    work.extend(echoes.comparing.refresh(desk, shelf.as_ref()));
    if echoes.dressed.refresh(desk, &echoes.shelf, &echoes.asking, &echoes.comparing) {
        echoes.at = echoes.at.filter(|at| echoes.is_listed(*at));
        echoes.choose_then();
    }
    desk.echoes = echoes;
    work
}

/// The index with the texts that it was made of.
#[derive(Clone)]
pub(super) struct Shelves {
    pub index: Arc<crate::across::index::Index>,
    pub library: Arc<shelf::Library>,
    pub revision: u64,
}
