//! Caveats that did not come along: the reader linked a caveat to a passage, the passage stands again in another
//! document, and the caveat does not.

use crate::across::echo::{Options, Place, echoes_of};
use crate::across::index::Index;
use crate::model::{AnnotationId, Session};
use crate::text::paragraphs::Paragraphs;

/// The kind of these alerts, as it is written in JSON and in sessions.
pub const KIND: &str = "caveat-dropped";
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
}

impl Caveat {
    /// What it is about, in a form that stays the same from run to run.
    pub fn subject(&self) -> String {
        format!("{}|{}", self.annotation, self.echo.document)
    }

    /// In words.
    pub fn words(&self) -> String {
        match &self.carried {
            Carried::No => "caveat not found in this document".to_owned(),
            Carried::In(paragraph, _) => format!("caveat carried in ¶ {paragraph}"),
        }
    }
}

/// The caveats that are linked to annotations on `source`, each with what became of it in the document of `echo`.
pub fn caveats(session: &Session, index: &Index, source: &Place, echo: &Place) -> Vec<Caveat> {
    let annotation = |id: AnnotationId| session.annotations.get(&id);
    let is_on_source = |id: AnnotationId| {
        annotation(id).is_some_and(|it| {
            it.anchor.document() == &source.document
                && it.anchor.span().is_some_and(|span| span.overlaps(source.span))
        })
    };
    let mut found = Vec::new();
    for link in session.links.values().filter(|it| it.kind.as_str() == QUALIFIES && is_on_source(it.to)) {
        let Some(caveat) = annotation(link.from) else { continue };
        // A caveat that the document itself makes was not lost on the way.
        let Some(span) = caveat.anchor.span().filter(|_| caveat.anchor.document() != &echo.document) else {
            continue;
        };
        let place = Place { document: caveat.anchor.document().clone(), span };
        let carried = carried(session, index, &place, echo);
        found.push(Caveat { annotation: caveat.id, place, echo: echo.clone(), carried });
    }
    found.sort_by(|a, b| (&a.place, a.annotation).cmp(&(&b.place, b.annotation)));
    found.dedup_by(|a, b| a.annotation == b.annotation);
    found
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
