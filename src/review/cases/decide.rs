//! The edits of a decision. Each is one step: undone, the session is as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::Edit;
use crate::edit::make::remove_annotations;
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotatorId, Decision, Digest, Link, LinkKindId, Provenance, Session,
    TagId, Timestamp, Verdict,
};
use crate::review::layer::Layer;

use super::bring::Bring;
use super::content::{content_digest, nothing};
use super::{Accord, Case, Member, Source, State, results};

/// What is to be done about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One's own stays; nothing is taken over.
    Mine,
    /// The member at this place of [`Case::members`] is taken over, in the place of one's own.
    Theirs(usize),
    /// One's own stays, and all others that differ in passage or tag come beside it.
    Both,
    /// This one is made in the place of all; its provenance is filled in.
    New(Box<Annotation>),
    /// None stays. A rejection is a decision and counts as done.
    Neither,
}

/// Who decides, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Who.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, from the short list, or empty.
    pub reason: String,
    /// A note, or empty.
    pub note: String,
}

/// What is done with cases on which all agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Agreeing {
    /// They come in, also where ends differ by blanks and punctuation alone: one's own, else the first layer's.
    Take,
    /// They come in where nothing at all differs.
    TakeExact,
    /// Each is asked about like the others.
    #[default]
    Ask,
}

/// Why a decision can't be made as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// One's own is to stay, and there is none.
    #[error("there is no annotation of one’s own here")]
    NoOwn,
    /// The case has no such member, or it is one's own.
    #[error("there is no such annotation of a colleague here")]
    NoMember,
    /// It is not known which of our tags theirs is.
    #[error("it is not known which tag of this session the colleague’s “{0}” is")]
    UnknownTag(TagId),
}

/// The edits that carry out a decision about a case, the record of it last. `new_id` makes ids for annotations that are
/// taken over. What an earlier decision on the same case brought is taken away.
///
/// # Errors
/// When the case does not have what the choice names; nothing is decided then.
pub fn decide(
    session: &Session,
    layers: &[&Layer],
    case: &Case,
    choice: &Choice,
    ruling: &Ruling,
    new_id: &mut dyn FnMut() -> AnnotationId,
) -> Result<Vec<Edit>, Refused> {
    let mut bench = Bench::new(session, layers, ruling);
    let (verdict, outcome) = bench.carry_out(case, choice, new_id)?;
    bench.record(case, verdict, outcome);
    Ok(bench.edits())
}

/// The edits that bring in all open cases on which all agree, as the rule says; one decision each. Cases with a tag that
/// is not known never agree.
pub fn agreed(
    session: &Session,
    layers: &[&Layer],
    cases: &[Case],
    rule: Agreeing,
    ruling: &Ruling,
    new_id: &mut dyn FnMut() -> AnnotationId,
) -> Vec<Edit> {
    let taken = |case: &&Case| match rule {
        Agreeing::Take => case.accord != Accord::Differ,
        Agreeing::TakeExact => case.accord == Accord::Exact,
        Agreeing::Ask => false,
    };
    let mut bench = Bench::new(session, layers, ruling);
    for case in cases.iter().filter(|case| case.state == State::Open).filter(taken) {
        let choice = if case.of(Source::Own).is_some() { Choice::Mine } else { Choice::Theirs(0) };
        if let Ok((_, outcome)) = bench.carry_out(case, &choice, new_id) {
            bench.record(case, Verdict::Rule, outcome);
        }
    }
    bench.edits()
}

/// The edits that open a case again: this decision goes, with those before it on the same annotations, and with what they
/// brought in. One's own annotation that was taken away does not come back by this, but by undo.
pub fn withdraw(session: &Session, decision: usize) -> Vec<Edit> {
    let Some(last) = session.decisions.get(decision) else { return Vec::new() };
    let same = |other: &Decision| other.about.iter().any(|id| last.about.contains(id));
    let results = results(session);
    let (mut made, mut gone) = (BTreeSet::new(), Vec::new());
    for (at, old) in session.decisions.iter().enumerate().rev().filter(|(_, old)| same(old)) {
        made.extend(old.outcome.iter().filter(|id| results.contains(id)).copied());
        gone.push(Edit::RemoveDecision(at));
    }
    made.retain(|id| session.annotations.contains_key(id));
    let mut edits = remove_annotations(session, &made.into_iter().collect::<Vec<_>>());
    edits.extend(gone);
    edits
}

/// The edits of one or more decisions in the making.
struct Bench<'a> {
    session: &'a Session,
    layers: &'a [&'a Layer],
    ruling: &'a Ruling,
    bring: Bring<'a>,
    /// Annotations that are put.
    put: Vec<Annotation>,
    /// Annotations that go, and what their links are tied to instead.
    gone: BTreeMap<AnnotationId, Option<AnnotationId>>,
    decisions: Vec<Decision>,
}

impl<'a> Bench<'a> {
    fn new(session: &'a Session, layers: &'a [&'a Layer], ruling: &'a Ruling) -> Self {
        Self {
            session,
            layers,
            ruling,
            bring: Bring::new(session),
            put: Vec::new(),
            gone: BTreeMap::new(),
            decisions: Vec::new(),
        }
    }

    fn carry_out(
        &mut self,
        case: &Case,
        choice: &Choice,
        new_id: &mut dyn FnMut() -> AnnotationId,
    ) -> Result<(Verdict, Vec<AnnotationId>), Refused> {
        let own = case.of(Source::Own).map(|member| member.annotation);
        let (verdict, outcome) = match choice {
            Choice::Mine => (Verdict::Mine, vec![self.keep(own.ok_or(Refused::NoOwn)?)]),
            Choice::Theirs(at) => {
                let member = case.members.get(*at).ok_or(Refused::NoMember)?;
                (Verdict::Theirs, vec![self.take_over(case, member, new_id)?])
            }
            Choice::Both => {
                let mut taken: Vec<&Member> = case.of(Source::Own).into_iter().collect();
                for member in &case.members {
                    if taken.iter().all(|other| (other.span, &other.tag) != (member.span, &member.tag)) {
                        taken.push(member);
                    }
                }
                let mut outcome = Vec::new();
                for member in taken {
                    outcome.push(match member.source {
                        Source::Own => self.keep(member.annotation),
                        Source::Layer(_) => self.take_over(case, member, new_id)?,
                    });
                }
                (Verdict::Both, outcome)
            }
            Choice::New(annotation) => {
                let from = case.members.iter().map(|member| member.annotation).collect();
                let provenance = Some(self.provenance(self.session, from));
                self.put.push(Annotation { provenance, ..Annotation::clone(annotation) });
                (Verdict::New, vec![annotation.id])
            }
            Choice::Neither => (Verdict::Neither, Vec::new()),
        };
        // What goes: one's own where it is not kept, and what an earlier decision brought.
        let heir = outcome.first().copied();
        let earlier = match case.state {
            State::Open => None,
            State::Decided(at) | State::Changed(at) => self.session.decisions.get(at),
        };
        let results = results(self.session);
        let earlier = earlier.map_or(&[][..], |decision| &decision.outcome);
        let earlier = earlier.iter().copied().filter(|id| results.contains(id));
        for id in own.into_iter().chain(earlier) {
            if self.session.annotations.contains_key(&id) && !outcome.contains(&id) {
                self.gone.insert(id, heir);
            }
        }
        Ok((verdict, outcome))
    }

    fn provenance(&self, session: &Session, from: Vec<AnnotationId>) -> Provenance {
        Provenance {
            session: session.id,
            from,
            decided_by: self.ruling.by.clone(),
            at: self.ruling.at,
            reason: self.ruling.reason.clone(),
        }
    }

    /// One's own stays, and says since when that is decided.
    fn keep(&mut self, id: AnnotationId) -> AnnotationId {
        if let Some(own) = self.session.annotations.get(&id) {
            let provenance = Some(self.provenance(self.session, vec![id]));
            self.put.push(Annotation { provenance, ..Annotation::clone(own) });
        }
        id
    }

    fn take_over(
        &mut self,
        case: &Case,
        member: &Member,
        new_id: &mut dyn FnMut() -> AnnotationId,
    ) -> Result<AnnotationId, Refused> {
        let Source::Layer(at) = member.source else { return Err(Refused::NoMember) };
        let layer = self.layers.get(at).ok_or(Refused::NoMember)?;
        let theirs = layer.session.annotations.get(&member.annotation).ok_or(Refused::NoMember)?;
        let tag = member.tag.as_ref().ok_or_else(|| Refused::UnknownTag(theirs.tag.clone()))?;
        let mut taken = self.bring.annotation(layer, theirs, tag);
        taken.id = new_id();
        taken.anchor = Anchor::Placed { document: case.document.clone(), span: member.span };
        taken.provenance = Some(self.provenance(&layer.session, vec![theirs.id]));
        let id = taken.id;
        self.put.push(taken);
        Ok(id)
    }

    fn record(&mut self, case: &Case, verdict: Verdict, outcome: Vec<AnnotationId>) {
        let seen = |member: &Member| -> Digest {
            let session = match member.source {
                Source::Own if !outcome.contains(&member.annotation) => return nothing(),
                Source::Own => self.session,
                Source::Layer(at) => &*self.layers[at].session,
            };
            let annotation = session.annotations.get(&member.annotation);
            annotation.map_or_else(nothing, |annotation| content_digest(session, annotation))
        };
        let mut about: Vec<AnnotationId> = case.members.iter().map(|member| member.annotation).collect();
        let mut seen: Vec<Digest> = case.members.iter().map(seen).collect();
        // What an earlier decision was about and has gone since belongs to the case still, so that it is one case.
        if let State::Decided(at) | State::Changed(at) = case.state
            && let Some(old) = self.session.decisions.get(at)
        {
            let gone = old.about.iter().filter(|id| !about.contains(id)).copied().collect::<Vec<_>>();
            seen.extend(gone.iter().map(|_| nothing()));
            about.extend(gone);
        }
        let Ruling { by, at, reason, note } = self.ruling.clone();
        self.decisions.push(Decision { about, seen, verdict, outcome, by, at, reason, note });
    }

    /// The edits, in an order in which they apply.
    fn edits(mut self) -> Vec<Edit> {
        let mut links = Vec::new();
        let mut there = self.retie(&mut links);
        self.take_over_links(&mut there, &mut links);
        let mut edits = self.bring.edits();
        edits.extend(self.put.into_iter().map(|annotation| Edit::PutAnnotation(Arc::new(annotation))));
        edits.extend(links);
        edits.extend(self.gone.into_keys().map(Edit::RemoveAnnotation));
        let first = self.session.decisions.len();
        let decisions = self.decisions.into_iter().enumerate();
        edits.extend(decisions.map(|(nth, decision)| Edit::AddDecision { at: first + nth, decision }));
        edits
    }

    /// Links of what goes are tied to what came in its place; a tie to itself, and one that is there already, go. Returns
    /// the ties that there are then.
    fn retie(&self, edits: &mut Vec<Edit>) -> BTreeSet<Tied> {
        let touched = |link: &Link| self.gone.contains_key(&link.from) || self.gone.contains_key(&link.to);
        let tied = |link: &Link| (link.from, link.to, link.kind.clone());
        let mut there: BTreeSet<Tied> =
            self.session.links.values().filter(|link| !touched(link)).map(|link| tied(link)).collect();
        if self.gone.is_empty() {
            return there;
        }
        let end = |id: AnnotationId| self.gone.get(&id).map_or(Some(id), |heir| *heir);
        for link in self.session.links.values().filter(|link| touched(link)) {
            let ends = end(link.from).zip(end(link.to)).filter(|(from, to)| from != to);
            match ends.filter(|(from, to)| there.insert((*from, *to, link.kind.clone()))) {
                Some((from, to)) => {
                    edits.push(Edit::PutLink(Arc::new(Link { from, to, ..Link::clone(link) })));
                }
                None => edits.push(Edit::RemoveLink(link.id)),
            }
        }
        there
    }

    /// A link of a colleague comes along when both its ends are decided and at least one of them was taken over.
    fn take_over_links(&mut self, there: &mut BTreeSet<Tied>, edits: &mut Vec<Edit>) {
        let now: BTreeSet<AnnotationId> =
            self.decisions.iter().flat_map(|decision| &decision.about).copied().collect();
        // What each annotation of a colleague is here: what was decided about it, or better, what was made of it.
        let mut here: BTreeMap<AnnotationId, AnnotationId> = BTreeMap::new();
        for decision in self.session.decisions.iter().chain(&self.decisions) {
            if let [only] = decision.outcome.as_slice() {
                here.extend(decision.about.iter().map(|id| (*id, *only)));
            }
        }
        let mut taken: BTreeSet<AnnotationId> = BTreeSet::new();
        let made = self.session.annotations.values().map(|annotation| &**annotation).chain(&self.put);
        for annotation in made {
            let Some(from) = annotation.provenance.as_ref().filter(|from| from.session != self.session.id)
            else {
                continue;
            };
            here.extend(from.from.iter().map(|id| (*id, annotation.id)));
            taken.extend(&from.from);
        }
        let put: BTreeSet<AnnotationId> = self.put.iter().map(|annotation| annotation.id).collect();
        let stands = |id: &AnnotationId| {
            put.contains(id) || (self.session.annotations.contains_key(id) && !self.gone.contains_key(id))
        };
        for layer in self.layers {
            for link in layer.session.links.values() {
                let one_of =
                    |ids: &BTreeSet<AnnotationId>| ids.contains(&link.from) || ids.contains(&link.to);
                if !one_of(&now) || !one_of(&taken) {
                    continue;
                }
                let end = |id| here.get(&id).copied().filter(stands);
                let Some((from, to)) = end(link.from).zip(end(link.to)) else { continue };
                let known = self.session.scheme.link_kind(&link.kind).is_some();
                let new = !self.session.links.contains_key(&link.id);
                if from != to && known && new && there.insert((from, to, link.kind.clone())) {
                    self.bring.annotator(&layer.session, &link.annotator);
                    edits.push(Edit::PutLink(Arc::new(Link { from, to, ..Link::clone(link) })));
                }
            }
        }
    }
}

/// From, to and kind of a link.
type Tied = (AnnotationId, AnnotationId, LinkKindId);
