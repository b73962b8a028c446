//! A case as the window shows it: reader beside reader.

use std::sync::Arc;

use crate::model::{Annotation, AnnotationId, DocumentId, Session, Span, StatementId, TagId};
use crate::review::cases::{Accord, Case, Queue, Source, State};
use crate::review::compare::Kind;
use crate::review::layer::Layer;

/// A reader's mark in a case.
#[derive(Clone, Debug)]
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

/// A case, reader beside reader.
#[derive(Clone, Debug)]
pub struct Sides {
    /// The case.
    pub case: Case,
    /// By reader.
    pub marks: Vec<Option<CaseMark>>,
    /// Which readers have read the document: the others take no part.
    pub has_read: Vec<bool>,
    /// How the marks differ: [`Kind::OnlyOurs`] where the first who takes part has marked something and not all of the
    /// others have, [`Kind::OnlyTheirs`] where the first has marked nothing. Of three readers all must agree to agree.
    pub kind: Kind,
    /// Their ends differ by blanks and punctuation alone, and nothing else does.
    pub slight: bool,
    /// How many characters its readers have marked differently.
    pub apart: usize,
    /// Statement, voice, attributes or doubt differ, though passage and tag may agree.
    pub also: bool,
}

impl Sides {
    /// Its name: the annotations that it is between, in the order of their readers.
    pub fn key(&self) -> Vec<AnnotationId> {
        self.case.members.iter().map(|member| member.annotation).collect()
    }

    /// The annotation of the session itself.
    pub fn mine(&self) -> Option<AnnotationId> {
        self.case.of(Source::Own).map(|member| member.annotation)
    }

    /// True when passage and tag are the same and statement, voice, attributes or doubt are not.
    pub fn is_said_otherwise(&self) -> bool {
        self.kind == Kind::Agree && self.also
    }

    /// True when a decision holds.
    pub fn is_decided(&self) -> bool {
        matches!(self.case.state, State::Decided(_))
    }

    /// The place of the decision about it in the session's list.
    pub fn decision(&self) -> Option<usize> {
        match self.case.state {
            State::Open => None,
            State::Decided(at) | State::Changed(at) => Some(at),
        }
    }

    /// How much it weighs, in the order in which that counts: another tag, a mark that someone does not have, other
    /// ends, all else; then how many characters it is about.
    pub fn weight(&self) -> (u8, usize) {
        let class = match self.kind {
            Kind::Tag | Kind::EndsAndTag => 4,
            Kind::OnlyOurs | Kind::OnlyTheirs => 3,
            Kind::Ends if !self.slight => 2,
            _ => u8::from(self.also || self.slight),
        };
        (class, self.apart)
    }
}

/// A case, reader beside reader.
pub(super) fn sides(ours: &Session, layers: &[&Layer], readers: &[Source], case: &Case) -> Sides {
    let mark = |source: &Source| {
        let member = case.of(*source)?;
        let (annotation, statement) = match source {
            Source::Own => {
                let own = ours.annotations.get(&member.annotation)?;
                (own, own.statement)
            }
            Source::Layer(at) => {
                let layer = layers.get(*at)?;
                let theirs = layer.session.annotations.get(&member.annotation)?;
                let statement = theirs.statement;
                (theirs, statement.and_then(|id| layer.statements.get(&id).copied()))
            }
        };
        let (annotation, span, tag) = (Arc::clone(annotation), member.span, member.tag.clone());
        Some(CaseMark { annotation, span, tag, statement })
    };
    let marks: Vec<Option<CaseMark>> = readers.iter().map(mark).collect();
    let has_read: Vec<bool> =
        readers.iter().map(|it| case.of(*it).is_some() || case.silent.contains(it)).collect();
    let mut there = marks.iter().flatten();
    let first = there.next();
    let same_ends = first.is_none_or(|first| marks.iter().flatten().all(|mark| mark.span == first.span));
    let same_tag = first
        .is_none_or(|first| first.tag.is_some() && marks.iter().flatten().all(|mark| mark.tag == first.tag));
    let first_reader = has_read.iter().position(|read| *read).unwrap_or(0);
    let kind = match (case.silent.is_empty(), same_ends, same_tag) {
        (true, true, true) => Kind::Agree,
        (true, false, true) => Kind::Ends,
        (true, true, false) => Kind::Tag,
        (true, false, false) => Kind::EndsAndTag,
        (false, ..) if marks.get(first_reader).is_some_and(Option::is_some) => Kind::OnlyOurs,
        (false, ..) => Kind::OnlyTheirs,
    };
    let slight = kind == Kind::Ends && case.accord == Accord::Slight;
    let said = |mark: &CaseMark| {
        let it = &mark.annotation;
        (mark.statement, it.voice.clone(), it.attributes.clone(), it.unsure)
    };
    let also = first.is_some_and(|first| marks.iter().flatten().any(|mark| said(mark) != said(first)));
    let text = ours.document(&case.document).map_or("", |document| document.text());
    let apart = apart(text, case.span, kind, &marks);
    Sides { case: case.clone(), marks, has_read, kind, slight, apart, also }
}

/// Characters that readers have marked differently: of other ends alone what lies between them, else all.
fn apart(text: &str, whole: Span, kind: Kind, marks: &[Option<CaseMark>]) -> usize {
    let chars = |from: usize, to: usize| text.get(from..to.max(from)).map_or(0, |part| part.chars().count());
    let all = chars(whole.start(), whole.end());
    if kind != Kind::Ends {
        return all;
    }
    let spans = || marks.iter().flatten().map(|mark| mark.span);
    let start = spans().map(Span::start).max().unwrap_or(whole.start());
    let end = spans().map(Span::end).min().unwrap_or(whole.end());
    all.saturating_sub(chars(start, end))
}

/// A document in which someone takes no part.
#[derive(Clone, Debug)]
pub struct NotCompared {
    /// The document.
    pub document: DocumentId,
    /// The readers who have not finished it, by number.
    pub unfinished: Vec<usize>,
    /// How many marks each reader has in it.
    pub marks: Vec<usize>,
}

/// The documents that a reader has not finished.
pub(super) fn not_compared(
    ours: &Session,
    layers: &[&Layer],
    readers: &[Source],
    queue: &Queue,
    mine: &dyn Fn(&Annotation) -> bool,
) -> Vec<NotCompared> {
    let mut left_out: Vec<NotCompared> = Vec::new();
    for (document, source) in &queue.unfinished {
        let Some(reader) = readers.iter().position(|other| other == source) else { continue };
        match left_out.iter_mut().find(|other| other.document == *document) {
            Some(known) => known.unfinished.push(reader),
            None => {
                let own = || {
                    let on_it = |it: &&Arc<Annotation>| it.anchor.document() == document && mine(it);
                    ours.annotations.values().filter(on_it).count()
                };
                let marks = readers.iter().map(|reader| match reader {
                    Source::Own => own(),
                    Source::Layer(at) => layers.get(*at).map_or(0, |layer| layer.annotations(document).len()),
                });
                let (document, marks) = (document.clone(), marks.collect());
                left_out.push(NotCompared { document, unfinished: vec![reader], marks });
            }
        }
    }
    left_out
}
