//! What a decision does to the session that holds the result: edits, one step a decision.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotatorId, Decision, Digest, Link, Provenance, Session, Timestamp,
    Verdict,
};

use super::super::layer::Layer;
use super::{Case, CaseMark, said};

/// A decision about a case.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// What is decided.
    pub verdict: Verdict,
    /// For [`Verdict::Theirs`] and [`Verdict::Mine`]: the reader whose mark is taken, by number.
    pub reader: Option<usize>,
    /// For [`Verdict::New`]: the mark that stands in the place of all others.
    pub made: Option<Arc<Annotation>>,
    /// Who decides.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, from the short list, or empty.
    pub reason: String,
    /// A note on it, or empty.
    pub note: String,
}

/// The edits that decide a case. `ids` are new ids, one for each mark that may be adopted: as many as there are readers.
/// What an earlier decision about the case has brought in goes; the earlier decision too.
///
/// # Errors
/// A sentence, when a mark to be adopted has a tag that is not matched with one of the session's.
pub fn decide(
    session: &Session,
    layers: &[Layer],
    case: &Case,
    ruling: &Ruling,
    ids: &[AnnotationId],
) -> Result<Vec<Edit>, String> {
    let mut result = Outcome { session, layers, edits: Vec::new(), known: Known::default() };
    let own = case.marks.first().filter(|_| case.own_is_first).and_then(Option::as_ref);
    let adopted = |at: usize| match case.marks.get(at).and_then(Option::as_ref) {
        Some(mark) if !(case.own_is_first && at == 0) => Some((at, mark)),
        _ => None,
    };
    let all = || (0..case.marks.len()).filter_map(adopted);
    let from = case.key();
    let mut outcome = Vec::new();
    match ruling.verdict {
        Verdict::Mine => outcome.extend(own.map(|own| result.keep(own, ruling))),
        Verdict::Theirs => {
            let (at, mark) = ruling.reader.and_then(adopted).ok_or("this reader has marked nothing here")?;
            let id = *ids.get(at).ok_or("an id is missing")?;
            result.adopt(case, at, mark, id, ruling)?;
            outcome.push(id);
        }
        Verdict::Both | Verdict::Rule => {
            let mut stands: Vec<(crate::model::Span, Option<&crate::model::TagId>)> = Vec::new();
            if let Some(own) = own {
                outcome.push(result.keep(own, ruling));
                stands.push((own.span, own.tag.as_ref()));
            }
            for (at, mark) in all() {
                // The same passage with the same tag stands once; by a rule, one stands for all.
                let is_there = stands.contains(&(mark.span, mark.tag.as_ref()));
                if is_there || ruling.verdict == Verdict::Rule && !stands.is_empty() {
                    continue;
                }
                let id = *ids.get(at).ok_or("an id is missing")?;
                result.adopt(case, at, mark, id, ruling)?;
                stands.push((mark.span, mark.tag.as_ref()));
                outcome.push(id);
            }
            if ruling.verdict == Verdict::Rule {
                result.note_of_others(case);
            }
        }
        Verdict::New => {
            let made = ruling.made.as_ref().ok_or("the new mark is missing")?;
            let provenance = provenance(session, from.clone(), ruling);
            let made = Annotation { provenance: Some(provenance), ..Annotation::clone(made) };
            outcome.push(made.id);
            result.edits.push(Edit::PutAnnotation(Arc::new(made)));
        }
        Verdict::Neither => {}
    }
    result.take_away(case, own, &outcome);
    let earlier = case.decision();
    if let Some(at) = earlier {
        result.edits.push(Edit::RemoveDecision(at));
    }
    let document = session.document(&case.document);
    let text = document.map_or("", |document| document.text());
    let seen: Vec<Digest> =
        case.marks.iter().flatten().map(|mark| said(mark, &case.document, text)).collect();
    let decision = Decision {
        about: from,
        seen,
        verdict: ruling.verdict,
        outcome,
        by: ruling.by.clone(),
        at: ruling.at,
        reason: ruling.reason.clone(),
        note: ruling.note.clone(),
    };
    let at = session.decisions.len() - usize::from(earlier.is_some());
    result.edits.push(Edit::AddDecision { at, decision });
    Ok(result.edits)
}

/// The edits that bring in all of `cases` by a rule: one mark for each, the first reader's. `ids` are new ids, one for
/// each reader of each case in their order.
///
/// # Errors
/// As [`decide`].
pub fn take_agreeing(
    session: &Session,
    layers: &[Layer],
    cases: &[Case],
    ruling: &Ruling,
    mut ids: impl FnMut() -> AnnotationId,
) -> Result<Vec<Edit>, String> {
    let mut edits = Vec::new();
    let mut known = Known::default();
    for (number, case) in cases.iter().enumerate() {
        let ids: Vec<AnnotationId> = case.marks.iter().map(|_| ids()).collect();
        let ruling = Ruling { verdict: Verdict::Rule, ..ruling.clone() };
        let mut result = decide(session, layers, case, &ruling, &ids)?;
        // Each of them is told to stand where the last one does.
        if let Some(Edit::AddDecision { at, .. }) = result.last_mut() {
            *at = session.decisions.len() + number;
        }
        // Statements, voices and annotators that several bring are brought once.
        result.retain(|edit| known.is_new(edit));
        edits.extend(result);
    }
    Ok(edits)
}

/// The edits that take the decision about a case back, with what it has brought in.
///
/// # Errors
/// A sentence, when the decision has taken a mark of the session away: only undo brings that back.
pub fn reopen(session: &Session, case: &Case) -> Result<Vec<Edit>, String> {
    let Some(at) = case.decision() else { return Ok(Vec::new()) };
    let Some(decision) = session.decisions.get(at) else { return Ok(Vec::new()) };
    let there = case.key();
    if decision.about.iter().any(|id| !there.contains(id)) {
        return Err(
            "A mark that the decision was about is gone: decide for another instead, or undo".to_owned()
        );
    }
    let brought = decision.outcome.iter().filter(|id| !decision.about.contains(id)).copied();
    let gone: Vec<AnnotationId> = brought.filter(|id| session.annotations.contains_key(id)).collect();
    let mut edits = crate::edit::make::remove_annotations(session, &gone);
    edits.push(Edit::RemoveDecision(at));
    Ok(edits)
}

/// What other records are brought along, each once.
#[derive(Default)]
struct Known(BTreeSet<String>);

impl Known {
    fn is_new(&mut self, edit: &Edit) -> bool {
        let name = match edit {
            Edit::PutStatement(it) => format!("statement {}", it.id),
            Edit::PutActor(it) => format!("actor {}", it.id),
            Edit::PutAnnotator(id, _) => format!("annotator {id}"),
            _ => return true,
        };
        self.0.insert(name)
    }
}

struct Outcome<'a> {
    session: &'a Session,
    layers: &'a [Layer],
    edits: Vec<Edit>,
    known: Known,
}

impl Outcome<'_> {
    fn put(&mut self, edit: Edit) {
        if self.known.is_new(&edit) {
            self.edits.push(edit);
        }
    }

    /// The session's own mark stays, and says who has decided so.
    fn keep(&mut self, own: &CaseMark, ruling: &Ruling) -> AnnotationId {
        let id = own.annotation.id;
        let provenance = Some(provenance(self.session, vec![id], ruling));
        let kept = Annotation { provenance, ..Annotation::clone(&own.annotation) };
        self.edits.push(Edit::PutAnnotation(Arc::new(kept)));
        id
    }

    /// A layer's mark comes in, with all that is said of it and all that this names.
    fn adopt(
        &mut self,
        case: &Case,
        reader: usize,
        mark: &CaseMark,
        id: AnnotationId,
        ruling: &Ruling,
    ) -> Result<(), String> {
        let layer = reader.checked_sub(usize::from(case.own_is_first)).and_then(|at| self.layers.get(at));
        let theirs = &layer.ok_or("the layer is not there any more")?.session;
        let it = &mark.annotation;
        let tag = mark.tag.clone().ok_or_else(|| {
            let name = theirs.scheme.tag(&it.tag).map_or(it.tag.as_str(), |tag| &tag.name);
            format!("it is not known yet which of your tags “{name}” is: match the tags of this layer first")
        })?;
        let mut note = it.note.clone();
        let mut attributes = std::collections::BTreeMap::new();
        for (name, value) in &it.attributes {
            match self.session.scheme.attribute(name).filter(|own| own.allows(value)) {
                Some(_) => {
                    attributes.insert(name.clone(), value.clone());
                }
                // The scheme has no place for it: it is kept in words.
                None => {
                    let between = if note.is_empty() { "" } else { "\n" };
                    note = format!("{note}{between}{name}: {value}");
                }
            }
        }
        let statement = mark.statement.or(it.statement);
        if let Some(new) = statement.filter(|id| !self.session.statements.contains_key(id))
            && let Some(statement) = theirs.statements.get(&new)
        {
            self.put(Edit::PutStatement(Arc::clone(statement)));
        }
        for actor in it.voice.iter().filter(|id| !self.session.actors.contains_key(*id)) {
            if let Some(actor) = theirs.actors.get(actor) {
                self.put(Edit::PutActor(Arc::clone(actor)));
            }
        }
        let people = it.comments.iter().map(|comment| &comment.author).chain([&it.annotator]);
        for person in people.filter(|id| !self.session.annotators.contains_key(*id)) {
            if let Some(annotator) = theirs.annotators.get(person) {
                self.put(Edit::PutAnnotator(person.clone(), annotator.clone()));
            }
        }
        let anchor = Anchor::Placed { document: case.document.clone(), span: mark.span };
        let from = Provenance {
            session: theirs.id,
            from: vec![it.id],
            decided_by: ruling.by.clone(),
            at: ruling.at,
            reason: words_of(ruling),
        };
        let adopted = Annotation {
            note,
            unsure: it.unsure,
            attributes,
            statement,
            voice: it.voice.clone(),
            comments: it.comments.clone(),
            modified: ruling.at,
            provenance: Some(from),
            ..Annotation::new(id, anchor, tag, it.annotator.clone(), it.created)
        };
        self.edits.push(Edit::PutAnnotation(Arc::new(adopted)));
        Ok(())
    }

    /// The one mark that stands for all says what the others have noted.
    fn note_of_others(&mut self, case: &Case) {
        let Some(Edit::PutAnnotation(one)) =
            self.edits.iter_mut().rev().find(|it| matches!(it, Edit::PutAnnotation(_)))
        else {
            return;
        };
        let one = Arc::make_mut(one);
        let shift = usize::from(case.own_is_first);
        for (at, mark) in case.marks.iter().enumerate().skip(1) {
            let Some(mark) = mark else { continue };
            let note = mark.annotation.note.trim();
            if note.is_empty() || one.note.contains(note) {
                continue;
            }
            let session =
                at.checked_sub(shift).and_then(|at| self.layers.get(at)).map(|layer| &*layer.session);
            let name = session.unwrap_or(self.session).annotator_name(&mark.annotation.annotator);
            let between = if one.note.is_empty() { "" } else { "\n" };
            one.note = format!("{}{between}{name}: {note}", one.note);
        }
    }

    /// Takes away the session's own mark and what an earlier decision had brought in, unless they are part of the
    /// outcome. Their links go on to the first mark of the outcome, where there is one.
    fn take_away(&mut self, case: &Case, own: Option<&CaseMark>, outcome: &[AnnotationId]) {
        let earlier = case.decision().and_then(|at| self.session.decisions.get(at));
        let earlier = earlier.into_iter().flat_map(|decision| decision.outcome.iter().copied());
        let gone: BTreeSet<AnnotationId> = (own.map(|own| own.annotation.id).into_iter())
            .chain(earlier.filter(|id| self.session.annotations.contains_key(id)))
            .filter(|id| !outcome.contains(id))
            .collect();
        let heir = outcome.first().copied();
        for link in self.session.links.values() {
            if !gone.contains(&link.from) && !gone.contains(&link.to) {
                continue;
            }
            let end = |id: AnnotationId| if gone.contains(&id) { heir } else { Some(id) };
            match (end(link.from), end(link.to)) {
                (Some(from), Some(to)) if from != to => {
                    self.edits.push(Edit::PutLink(Arc::new(Link { from, to, ..Link::clone(link) })));
                }
                _ => self.edits.push(Edit::RemoveLink(link.id)),
            }
        }
        self.edits.extend(gone.into_iter().map(Edit::RemoveAnnotation));
    }
}

fn provenance(session: &Session, from: Vec<AnnotationId>, ruling: &Ruling) -> Provenance {
    let (decided_by, at, reason) = (ruling.by.clone(), ruling.at, words_of(ruling));
    Provenance { session: session.id, from, decided_by, at, reason }
}

fn words_of(ruling: &Ruling) -> String {
    match (ruling.reason.as_str(), ruling.note.as_str()) {
        (reason, "") => reason.to_owned(),
        ("", note) => note.to_owned(),
        (reason, note) => format!("{reason}: {note}"),
    }
}
