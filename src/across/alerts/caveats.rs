//! Caveats that did not come along: the reader linked a caveat to a passage, the passage stands again in another
//! document, and the caveat does not.

use crate::across::echo::{Options, Place, echoes_of};
use crate::across::index::Index;
use crate::across::verdict::is_before;
use crate::model::{Annotation, AnnotationId, Scheme, Session, Span, TagId};
use crate::text::paragraphs::Paragraphs;
use crate::text::sentences::{next_sentence, sentence_at};

/// The kind of these alerts, as it is written in JSON and in sessions.
pub const KIND: &str = "caveat-dropped";
/// The kind of the news that a caveat did come along.
pub const KIND_CARRIED: &str = "caveat-carried";
/// The tag of a caveat, or one that it is a kind of.
const CAVEAT: &str = "caveat";
/// The kind of link that ties a caveat to what it limits.
const QUALIFIES: &str = "qualifies";

/// Whether a document that repeats a passage carries its caveat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// No echo of the caveat was found in it.
    No,
    /// It stands in this paragraph (from 1), at this place.
    In(usize, Place),
}

/// A caveat of a passage, and what became of it where the passage stands again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caveat {
    /// The annotation of the caveat.
    pub annotation: AnnotationId,
    /// Its words.
    pub place: Place,
    /// The passage that repeats what it limits.
    pub echo: Place,
    /// Whether the caveat came along.
    pub carried: Carried,
    /// One of the two documents has no date: which was first is not known.
    pub is_undated: bool,
}

impl Caveat {
    /// What it is about, in a form that stays the same from run to run.
    pub fn subject(&self) -> String {
        format!("{}|{}", self.annotation, self.echo.document)
    }

    /// Its kind, as it is written in JSON and in sessions.
    pub fn kind(&self) -> &'static str {
        if self.carried == Carried::No { KIND } else { KIND_CARRIED }
    }

    /// In words.
    pub fn words(&self) -> String {
        let undated = if self.is_undated { "; which is earlier is not known: a date is missing" } else { "" };
        match &self.carried {
            Carried::No => format!("caveat not found in this document{undated}"),
            Carried::In(paragraph, _) => format!("caveat carried in ¶ {paragraph}{undated}"),
        }
    }
}

/// The caveats of the passage `source`, each with what became of it in the document of `echo`: those that a link says qualify
/// an annotation on it, and those on the same statement in its sentences or the one behind them. None if the echo's document
/// is dated before the source: it cannot have dropped what was not yet written.
pub fn caveats(session: &Session, index: &Index, source: &Place, echo: &Place) -> Vec<Caveat> {
    let date =
        |place: &Place| session.document(&place.document).and_then(|it| it.info.metadata.issued.parts());
    let (written, repeated) = (date(source), date(echo));
    if let (Some(written), Some(repeated)) = (written, repeated)
        && is_before(repeated, written)
    {
        return Vec::new();
    }
    let is_undated = written.is_none() || repeated.is_none();
    let mut found = Vec::new();
    for caveat in caveats_of(session, source) {
        // A caveat that the document itself makes was not lost on the way.
        let Some(span) = caveat.anchor.span().filter(|_| caveat.anchor.document() != &echo.document) else {
            continue;
        };
        let place = Place { document: caveat.anchor.document().clone(), span };
        // Repeated with the passage itself, it came along in any case.
        let carried = carried(session, index, &place, echo);
        found.push(Caveat { annotation: caveat.id, place, echo: echo.clone(), carried, is_undated });
    }
    found.sort_by(|a, b| (&a.place, a.annotation).cmp(&(&b.place, b.annotation)));
    found.dedup_by(|a, b| a.annotation == b.annotation);
    found
}

/// The annotations that limit a passage.
fn caveats_of<'a>(session: &'a Session, source: &Place) -> Vec<&'a Annotation> {
    let on = |it: &Annotation, span: Span| {
        it.anchor.document() == &source.document && it.anchor.span().is_some_and(|mine| mine.overlaps(span))
    };
    let claims: Vec<&Annotation> = session
        .annotations
        .values()
        .map(|it| &**it)
        .filter(|it| on(it, source.span) && !is_caveat(&session.scheme, &it.tag))
        .collect();
    let linked = session
        .links
        .values()
        .filter(|link| link.kind.as_str() == QUALIFIES && claims.iter().any(|claim| claim.id == link.to));
    let mut found: Vec<&Annotation> =
        linked.filter_map(|link| session.annotations.get(&link.from).map(|it| &**it)).collect();
    let near = nearby(session, source);
    found.extend(session.annotations.values().map(|it| &**it).filter(|it| {
        let same = |claim: &&Annotation| claim.statement.is_some() && claim.statement == it.statement;
        is_caveat(&session.scheme, &it.tag)
            && near.is_some_and(|near| on(it, near))
            && claims.iter().any(same)
    }));
    found
}

/// The sentences of a passage and the one behind them.
fn nearby(session: &Session, source: &Place) -> Option<Span> {
    let text = session.document(&source.document)?.text();
    let paragraphs = Paragraphs::of(text);
    let first = sentence_at(text, &paragraphs, source.span.start()).unwrap_or(source.span);
    let last = sentence_at(text, &paragraphs, source.span.end() - 1).unwrap_or(source.span);
    let next = next_sentence(text, &paragraphs, last.start()).filter(|next| next.start() >= last.end());
    Span::new(first.start(), next.unwrap_or(last).end().max(source.span.end()))
}

/// Whether a tag is that of caveats, or a kind of it.
fn is_caveat(scheme: &Scheme, tag: &TagId) -> bool {
    let mut at = Some(tag);
    // No tag is a kind of itself, but a loop that should not be must not hang.
    for _ in 0..=scheme.tags.len() {
        match at {
            Some(id) if id.as_str() == CAVEAT => return true,
            Some(id) => at = scheme.tag(id).and_then(|tag| tag.parent.as_ref()),
            None => break,
        }
    }
    false
}

/// Where the document of the echo has the caveat: the best of its echoes there, in the words of the source or in others.
fn carried(session: &Session, index: &Index, caveat: &Place, echo: &Place) -> Carried {
    let options = Options { statements: true, set_phrases: false };
    let echoes = echoes_of(index, &caveat.document, caveat.span, &options);
    let Some(place) = echoes.into_iter().map(|it| it.b).find(|place| place.document == echo.document) else {
        return Carried::No;
    };
    let paragraph = session.document(&place.document).map_or(1, |document| {
        Paragraphs::of(document.text()).without(&document.info.furniture).number_at(place.span.start())
    });
    Carried::In(paragraph, place)
}
