use std::sync::Arc;

use super::*;
use crate::across::echo::{Options, all_pairs};
use crate::model::{
    Document, DocumentId, DocumentInfo, ImportRecord, Metadata, PartialDate, SessionId, Source, Timestamp,
};

const SENTENCE: &str = "The clerk counted seventeen sealed crates in the cellar of the old warehouse.";

fn session(documents: &[(&str, &str, &str)]) -> Session {
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), at);
    for (id, date, text) in documents {
        let import = ImportRecord { name: (*id).to_owned(), ..ImportRecord::of_text(text, at) };
        let metadata = Metadata { issued: PartialDate::new(date), ..Metadata::default() };
        session.documents.push(Arc::new(Document {
            id: DocumentId::new(*id),
            source: Arc::new(Source::new(format!("👮🏽‍♀️ Cafe\u{301} “Zee”.\n\n{text}"), import)),
            info: Arc::new(DocumentInfo { metadata, ..DocumentInfo::default() }),
        }));
    }
    session
}

/// Each group as (document, wording, words), in its order.
fn grouped(session: &Session) -> Vec<Vec<(String, usize, String)>> {
    let index = Index::of_session(session);
    let found = groups(session, &index, &all_pairs(&index, &Options::default()));
    let words = |it: &Standing| {
        let text = session.document(&it.place.document).unwrap().text();
        (it.place.document.to_string(), it.wording, it.place.span.of(text).unwrap().to_owned())
    };
    found.iter().map(|group| group.places.iter().map(words).collect()).collect()
}

#[test]
fn places_stand_in_order_of_date_with_their_wordings() {
    let other = "The clerk counted twelve sealed crates in the cellar of the old warehouse.";
    let session = session(&[
        ("a", "2021-03-04", &format!("Nothing was said of it on Monday. {SENTENCE}")),
        ("b", "", &format!("{SENTENCE} Nobody asked why the mayor stayed away.")),
        ("c", "2021-03-01", &format!("Rain fell on the quay all night. {other}")),
        ("d", "2021-03", "An orchard has apples, and pears too, but no crates to put them in."),
    ]);
    let expected = [("c", 0, other), ("a", 1, SENTENCE), ("b", 1, SENTENCE)];
    let expected =
        expected.map(|(id, wording, words)| (id.to_owned(), wording, words.trim_end_matches('.').to_owned()));
    assert_eq!(grouped(&session), [expected.to_vec()]);
    let index = Index::of_session(&session);
    let found = groups(&session, &index, &all_pairs(&index, &Options::default()));
    assert_eq!((found[0].documents, found[0].wordings), (3, 2));
    let dated: Vec<bool> = found[0].places.iter().map(|it| it.is_dated).collect();
    assert_eq!(dated, [true, true, false]);
}

#[test]
fn a_sentence_of_a_longer_stretch_has_its_own_group() {
    let long = format!(
        "{SENTENCE} The alderman saw no objection to opening the harbor before the summer. Three trucks waited \
        outside for a permit that never came."
    );
    let session = session(&[
        ("a", "2021", &long),
        ("b", "2022", &long),
        ("c", "2023", &format!("Rain fell on the quay all night. {SENTENCE} Nobody asked why.")),
    ]);
    let groups = grouped(&session);
    let of = |group: &[(String, usize, String)]| -> Vec<String> {
        group.iter().map(|(id, _, _)| id.clone()).collect()
    };
    assert_eq!(groups.len(), 2, "{groups:#?}");
    assert_eq!(of(&groups[0]), ["a", "b", "c"]);
    assert!(
        groups[0].iter().all(|(_, wording, words)| *wording == 0 && words == SENTENCE.trim_end_matches('.'))
    );
    assert_eq!(of(&groups[1]), ["a", "b"]);
    assert_eq!(groups[1][0].2, long.trim_end_matches('.'));
}

#[test]
fn the_order_of_the_documents_makes_no_difference() {
    let texts = [("a", "2021", SENTENCE), ("b", "2020", SENTENCE), ("c", "2020", SENTENCE)];
    let mut turned = texts;
    turned.reverse();
    assert_eq!(grouped(&session(&texts)), grouped(&session(&turned)));
    assert_eq!(grouped(&session(&[])), Vec::<Vec<(String, usize, String)>>::new());
}
