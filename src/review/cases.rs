//! Adjudication: from two or more readers' marks to one result.
//!
//! A *case* is a place where readers have marked something: the marks of different readers that answer one another,
//! one a reader at most. Cases are made by matching each reader's marks with the cases of the readers before
//! ([`super::compare::matching`]). What was decided about a case is a [`Decision`] of the session: it names the
//! annotations that it decided between and keeps what each of them said, so that a layer which has changed since
//! shows as *changed* and the decision stays.

mod decide;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationId, Decision, Digest, DocumentId, DocumentInfo, Session, SessionId, SessionInfo,
    Span, StatementId, TagId, Timestamp, Verdict,
};

use super::compare::{Kind, Mark, is_slight, matching};
use super::layer::{Layer, finished};

pub use decide::{Ruling, decide, reopen, take_agreeing};

/// A rule by which what readers agree on comes in without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreeing {
    /// The same passage, the same tag, and all else that is said of it.
    InAll,
    /// The same passage and the same tag.
    InPassageAndTag,
    /// The same tag, and ends that differ by blanks and punctuation at most.
    ButForPunctuation,
}

impl Agreeing {
    /// All rules, the strictest first.
    pub const ALL: [Self; 3] = [Self::InAll, Self::InPassageAndTag, Self::ButForPunctuation];

    /// What it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Self::InAll => "Agreed in all",
            Self::InPassageAndTag => "Agreed in passage and tag",
            Self::ButForPunctuation => "Agreed but for punctuation",
        }
    }

    /// True when a case comes in by it: nothing is decided about it, and its readers agree so far.
    pub fn takes(self, case: &Case) -> bool {
        let same = case.kind == Kind::Agree;
        case.state == State::Open
            && match self {
                Self::InAll => same && !case.also,
                Self::InPassageAndTag => same,
                Self::ButForPunctuation => same || case.slight,
            }
    }
}

/// Whether a case is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    Open,
    /// By the decision at this place in the session's list.
    Decided(usize),
    /// By the decision at this place, but an annotation has changed, come or gone since.
    Changed(usize),
}

/// A reader's mark in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseMark {
    /// The annotation, of the session or of a layer.
    pub annotation: Arc<Annotation>,
    /// Bytes of the text of the session's document.
    pub span: Span,
    /// The tag in the session's scheme; `None` when it is not known which of them it is.
    pub tag: Option<TagId>,
    /// The statement among the session's.
    pub statement: Option<StatementId>,
}

/// A place where readers have marked something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The document, of the session.
    pub document: DocumentId,
    /// From the first start to the last end of its marks: bytes of the document's text.
    pub span: Span,
    /// By reader.
    pub marks: Vec<Option<CaseMark>>,
    /// How they differ: [`Kind::OnlyOurs`] where the first reader has marked something and not all of the others have,
    /// [`Kind::OnlyTheirs`] where the first has marked nothing. Of three and more readers all must agree to agree.
    pub kind: Kind,
    /// Their ends differ by blanks and punctuation alone, and in nothing else.
    pub slight: bool,
    /// Statement, voice, attributes or doubt differ, though passage and tag may agree.
    pub also: bool,
    /// Whether it is decided.
    pub state: State,
    /// The first reader is the session itself.
    pub own_is_first: bool,
}

impl Case {
    /// Its name: the annotations that it is between, in the order of their readers.
    pub fn key(&self) -> Vec<AnnotationId> {
        self.marks.iter().flatten().map(|mark| mark.annotation.id).collect()
    }

    /// The annotation of the session itself.
    pub fn mine(&self) -> Option<AnnotationId> {
        let first = self.marks.first().filter(|_| self.own_is_first)?;
        first.as_ref().map(|mark| mark.annotation.id)
    }

    /// True when a decision holds.
    pub fn is_decided(&self) -> bool {
        matches!(self.state, State::Decided(_))
    }

    /// The place of the decision about it in the session's list.
    pub fn decision(&self) -> Option<usize> {
        match self.state {
            State::Open => None,
            State::Decided(at) | State::Changed(at) => Some(at),
        }
    }

    /// How much it weighs: bytes that one has marked and the other has not, and all of a place where the tag differs
    /// or someone has marked nothing.
    pub fn weight(&self) -> usize {
        match self.kind {
            Kind::Agree => usize::from(self.also),
            Kind::Ends => {
                let spans = || self.marks.iter().flatten().map(|mark| mark.span);
                let start = spans().map(Span::start).max().unwrap_or(self.span.start());
                let end = spans().map(Span::end).min().unwrap_or(self.span.end());
                self.span.len() - end.saturating_sub(start)
            }
            _ => self.span.len(),
        }
    }
}

/// Which readers there are, and what of them counts.
pub struct Readers<'a> {
    /// The session.
    pub session: &'a Session,
    /// The marks of the session itself are the first reader's.
    pub own: bool,
    /// The layers, each a reader.
    pub layers: &'a [Layer],
    /// Documents that a reader has not finished count too.
    pub all_documents: bool,
}

/// A document that is not compared, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// The document.
    pub document: DocumentId,
    /// The readers who have not finished it, by number.
    pub unfinished: Vec<usize>,
    /// How many marks each reader has in it.
    pub marks: Vec<usize>,
}

/// All cases, in the order of documents and places, and the documents that were left out.
pub fn cases(readers: &Readers<'_>) -> (Vec<Case>, Vec<NotCompared>) {
    let outcomes: BTreeSet<AnnotationId> =
        readers.session.decisions.iter().flat_map(outcomes_alone).collect();
    let decided = Decided::of(readers.session);
    let mut own: BTreeMap<&DocumentId, Vec<&Arc<Annotation>>> = BTreeMap::new();
    if readers.own {
        for annotation in readers.session.annotations.values().filter(|it| !outcomes.contains(&it.id)) {
            own.entry(annotation.anchor.document()).or_default().push(annotation);
        }
    }
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for document in &readers.session.documents {
        let mut columns: Vec<Option<Vec<CaseMark>>> = Vec::new();
        if readers.own {
            let own = own.remove(&document.id).unwrap_or_default();
            columns.push(Some(own.into_iter().filter_map(own_mark).collect()));
        }
        for layer in readers.layers {
            let laid = layer.documents.get(&document.id);
            columns.push(laid.map(|laid| laid.annotations.iter().filter_map(laid_mark).collect()));
        }
        if columns.iter().flatten().count() < 2 {
            // Nobody else has this document: there is nothing to compare with.
            continue;
        }
        let shift = usize::from(readers.own);
        let mut unfinished = Vec::new();
        if readers.own && !finished(readers.session, &document.id) {
            unfinished.push(0);
        }
        for (at, layer) in readers.layers.iter().enumerate() {
            if layer.documents.contains_key(&document.id) && !layer.has_finished(&document.id) {
                unfinished.push(at + shift);
            }
        }
        if !unfinished.is_empty() && !readers.all_documents {
            let marks = columns.iter().map(|column| column.as_ref().map_or(0, Vec::len)).collect();
            left_out.push(NotCompared { document: document.id.clone(), unfinished, marks });
            continue;
        }
        let first = found.len();
        for marks in clusters(columns) {
            found.extend(case(&document.id, document.text(), marks, readers.own, &decided));
        }
        found[first..].sort_by_key(|case| (case.span.start(), case.span.end(), case.key()));
    }
    (found, left_out)
}

/// The annotations that came of a decision and were not there before it: they are no reader's marks.
fn outcomes_alone(decision: &Decision) -> impl Iterator<Item = AnnotationId> + '_ {
    decision.outcome.iter().copied().filter(|id| !decision.about.contains(id))
}

fn own_mark(annotation: &Arc<Annotation>) -> Option<CaseMark> {
    let span = annotation.anchor.span()?;
    let (tag, statement) = (Some(annotation.tag.clone()), annotation.statement);
    Some(CaseMark { annotation: Arc::clone(annotation), span, tag, statement })
}

fn laid_mark(laid: &super::layer::LaidAnnotation) -> Option<CaseMark> {
    let span = laid.sure()?;
    let (tag, statement) = (laid.tag.clone(), laid.statement);
    Some(CaseMark { annotation: Arc::clone(&laid.annotation), span, tag, statement })
}

/// The marks that answer one another, by reader. A reader who does not have the document has no column.
fn clusters(columns: Vec<Option<Vec<CaseMark>>>) -> Vec<Vec<Option<CaseMark>>> {
    let readers = columns.len();
    let mut clusters: Vec<Vec<Option<CaseMark>>> = Vec::new();
    for (reader, column) in columns.into_iter().enumerate() {
        let Some(column) = column else { continue };
        // A case stands for the latest reader who has a mark in it: what follows is matched with that.
        let last = |cluster: &Vec<Option<CaseMark>>| {
            cluster.iter().rev().flatten().next().map(|mark| Mark { span: mark.span, tag: mark.tag.clone() })
        };
        let known: Vec<Mark> = clusters.iter().filter_map(last).collect();
        let new: Vec<Mark> =
            column.iter().map(|mark| Mark { span: mark.span, tag: mark.tag.clone() }).collect();
        let mut marks: Vec<Option<CaseMark>> = column.into_iter().map(Some).collect();
        for (old, new) in matching(&known, &new) {
            let Some(new) = new else { continue };
            let mark = marks[new].take();
            match old {
                Some(old) => clusters[old][reader] = mark,
                None => {
                    let mut cluster = vec![None; readers];
                    cluster[reader] = mark;
                    clusters.push(cluster);
                }
            }
        }
    }
    clusters
}

fn case(
    document: &DocumentId,
    text: &str,
    marks: Vec<Option<CaseMark>>,
    own_is_first: bool,
    decided: &Decided<'_>,
) -> Option<Case> {
    let spans = || marks.iter().flatten().map(|mark| mark.span);
    let span = Span::new(spans().map(Span::start).min()?, spans().map(Span::end).max()?)?;
    let first = marks.iter().flatten().next()?;
    let all = marks.iter().all(Option::is_some);
    let same_ends = spans().all(|span| span == first.span);
    let same_tag = first.tag.is_some() && marks.iter().flatten().all(|mark| mark.tag == first.tag);
    let kind = match (all, same_ends, same_tag) {
        (true, true, true) => Kind::Agree,
        (true, false, true) => Kind::Ends,
        (true, true, false) => Kind::Tag,
        (true, false, false) => Kind::EndsAndTag,
        (false, ..) if marks.first().is_some_and(Option::is_some) => Kind::OnlyOurs,
        (false, ..) => Kind::OnlyTheirs,
    };
    let said = |mark: &CaseMark| {
        let it = &mark.annotation;
        (mark.statement, it.voice.clone(), it.attributes.clone(), it.unsure)
    };
    let also = marks.iter().flatten().any(|mark| said(mark) != said(first));
    let slight = kind == Kind::Ends && !also && spans().all(|it| differs_slightly(text, it, span));
    let state = decided.state(&marks, document, text);
    Some(Case { document: document.clone(), span, marks, kind, slight, also, state, own_is_first })
}

/// True when nothing but blanks and punctuation lies between the ends of `inner` and those of `outer`.
fn differs_slightly(text: &str, inner: Span, outer: Span) -> bool {
    let before = text.get(outer.start()..inner.start()).unwrap_or_default();
    let after = text.get(inner.end()..outer.end()).unwrap_or_default();
    before.chars().chain(after.chars()).all(is_slight)
}

/// The decisions of a session by the annotations that they are about.
struct Decided<'a> {
    decisions: &'a [Decision],
    /// The latest decision about each annotation.
    by_id: BTreeMap<AnnotationId, usize>,
}

impl<'a> Decided<'a> {
    fn of(session: &'a Session) -> Self {
        let mut by_id = BTreeMap::new();
        for (at, decision) in session.decisions.iter().enumerate() {
            by_id.extend(decision.about.iter().map(|id| (*id, at)));
        }
        Self { decisions: &session.decisions, by_id }
    }

    fn state(&self, marks: &[Option<CaseMark>], document: &DocumentId, text: &str) -> State {
        let marks: Vec<&CaseMark> = marks.iter().flatten().collect();
        let Some(at) = marks.iter().filter_map(|mark| self.by_id.get(&mark.annotation.id).copied()).max()
        else {
            return State::Open;
        };
        let Some(decision) = self.decisions.get(at) else { return State::Open };
        let digest_of = |mark: &CaseMark| said(mark, document, text);
        let seen: BTreeMap<AnnotationId, &Digest> =
            decision.about.iter().copied().zip(&decision.seen).collect();
        let as_then = marks.iter().all(|mark| {
            let id = mark.annotation.id;
            decision.outcome.contains(&id) || seen.get(&id).is_some_and(|seen| **seen == digest_of(mark))
        });
        // The session's own mark, which stands first, is gone because the decision has taken it away.
        let takes_own = matches!(decision.verdict, Verdict::Theirs | Verdict::New | Verdict::Neither);
        let there = |id: &AnnotationId| marks.iter().any(|mark| mark.annotation.id == *id);
        let mut missing = decision.about.iter().enumerate().filter(|(_, id)| !there(id));
        let none_missing = missing.all(|(place, _)| place == 0 && takes_own);
        if as_then && none_missing { State::Decided(at) } else { State::Changed(at) }
    }
}

/// A digest of what a mark says, as far as a decision rests on it: place, tag, statement, voice, attributes, doubt;
/// not its note, its comments, its maker or its times.
pub fn said(mark: &CaseMark, document: &DocumentId, text: &str) -> Digest {
    let it = &mark.annotation;
    let mut words = vec![
        document.to_string(),
        mark.span.to_string(),
        mark.span.of(text).unwrap_or_default().to_owned(),
        it.tag.to_string(),
        it.statement.map(|id| id.to_string()).unwrap_or_default(),
        it.unsure.to_string(),
    ];
    words.extend(it.voice.iter().map(ToString::to_string));
    words.extend(it.attributes.iter().map(|(id, value)| format!("{id}={value}")));
    let mut bytes = Vec::new();
    for word in words {
        bytes.extend_from_slice(&(word.len() as u64).to_le_bytes());
        bytes.extend_from_slice(word.as_bytes());
    }
    Digest::of(&bytes)
}

/// A session for the result: the documents, their metadata and furniture, the scheme, the statements and the voices of
/// `session`, and nothing of what anyone has marked. `id` and `created` are those of the new session.
pub fn result_session(session: &Session, id: SessionId, created: Timestamp) -> Session {
    let bare = |document: &Arc<crate::model::Document>| {
        let info = DocumentInfo { reading: BTreeMap::new(), ..DocumentInfo::clone(&document.info) };
        Arc::new(crate::model::Document {
            id: document.id.clone(),
            source: Arc::clone(&document.source),
            info: Arc::new(info),
        })
    };
    let title = match session.info.title.as_str() {
        "" => String::new(),
        title => format!("{title}: the result"),
    };
    Session {
        info: SessionInfo { title, note: String::new() },
        documents: session.documents.iter().map(bare).collect(),
        scheme: Arc::clone(&session.scheme),
        actors: session.actors.clone(),
        statements: session.statements.clone(),
        tag_mappings: session.tag_mappings.clone(),
        statement_mappings: session.statement_mappings.clone(),
        ..Session::new(id, created)
    }
}

#[cfg(test)]
mod tests;
