//! The card of a statement: all its appearances over all documents, in order of date.

use std::collections::BTreeMap;

use crate::model::{ActorId, Annotation, AnnotationId, Document, DocumentId, Session, StatementId};

/// A passage under a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The annotation.
    pub annotation: AnnotationId,
    /// Its document.
    pub document: DocumentId,
}

/// The appearances of a statement, by the document's date (those without one that is understood last, in the order of
/// the dossier), then by place; passages whose place is lost at the end of their document. With a voice: only passages
/// in whose chain it speaks.
pub fn appearances(session: &Session, statement: StatementId, voice: Option<&ActorId>) -> Vec<Appearance> {
    let documents: BTreeMap<&DocumentId, (usize, &Document)> = session
        .documents
        .iter()
        .enumerate()
        .map(|(at, document)| (&document.id, (at, &**document)))
        .collect();
    let wanted = |annotation: &&Annotation| {
        annotation.statement == Some(statement) && voice.is_none_or(|voice| annotation.voice.contains(voice))
    };
    let annotations = session.annotations.values().map(|annotation| &**annotation);
    let mut found: Vec<&Annotation> = annotations.filter(wanted).collect();
    found.sort_by_cached_key(|annotation| {
        let document = documents.get(annotation.anchor.document());
        let when = document.map(|(at, document)| {
            let (unknown, year, month, day, _) = document.info.metadata.issued.sort_key();
            (unknown, year, month, day, *at)
        });
        let span = annotation.anchor.span();
        (when.is_none(), when, span.is_none(), span.map(|span| (span.start(), span.end())), annotation.id)
    });
    let appearance = |annotation: &Annotation| Appearance {
        annotation: annotation.id,
        document: annotation.anchor.document().clone(),
    };
    found.into_iter().map(appearance).collect()
}

/// A voice in words: "article › minister › police"; empty when none is given.
pub fn voice_words(session: &Session, voice: &[ActorId]) -> String {
    let name = |id: &ActorId| session.actors.get(id).map_or_else(|| id.to_string(), |it| it.name.clone());
    voice.iter().map(name).collect::<Vec<_>>().join(" › ")
}

#[cfg(test)]
mod tests {
    use super::super::matrix::made::{about, dated, dossier, id, speak, statement, statement_id};
    use super::*;

    #[test]
    fn appearances_stand_in_order_of_date_then_place() {
        let mut session = dossier(&[
            ("letter", "[denial:Niet.] Dan [claim:toch]."),
            ("old", "[claim:Eerst e\u{301}en.]"),
            ("bare", "[caveat:Misschien “ja”.]"),
            ("year", "[claim:Dat jaar.]"),
        ]);
        statement(&mut session, 1, "Kranen", "", 0);
        for number in 1..=5 {
            about(&mut session, number, 1);
        }
        dated(&mut session, "letter", "28 september 2021");
        dated(&mut session, "old", "2021-03");
        dated(&mut session, "year", "2021");
        let ids = |voice: Option<&ActorId>| {
            let found = appearances(&session, statement_id(1), voice);
            found.iter().map(|it| it.annotation).collect::<Vec<_>>()
        };
        // The year stands before its months; the document without a date last.
        assert_eq!(ids(None), [5, 3, 1, 2, 4].map(id));
        speak(&mut session, 2, &["article", "minister"]);
        let voice = ActorId::new("minister");
        let found = appearances(&session, statement_id(1), Some(&voice));
        assert_eq!(found.iter().map(|it| it.annotation).collect::<Vec<_>>(), [id(2)]);
        assert_eq!(voice_words(&session, &session.annotations[&id(2)].voice), "article › minister");
    }
}
