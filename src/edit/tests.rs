use std::sync::Arc;

use proptest::prelude::*;

use crate::model::{
    Actor, ActorId, ActorKind, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Document,
    DocumentId, DocumentInfo, FixedStamps, ImportRecord, Link, LinkId, LinkKindId, OrphanAnchor, PartialDate,
    Pattern, Reading, ReadingStatus, Session, SessionId, Source, Span, Stamps as _, Statement, StatementId,
    Tag, TagColor, TagId, Timestamp,
};

use super::{Edit, EditError, History, Step, apply, apply_step, make};

const TEXT: &str = "👮🏽‍♀️ e\u{301}én “zin” over de haven.\n\nNog een zin, met “haken”.";

fn document(id: &str) -> Arc<Document> {
    let import = ImportRecord {
        file_name: Some(format!("{id}.txt")),
        ..ImportRecord::of_text(TEXT, Timestamp::from_second(0))
    };
    let source = Arc::new(Source::new(TEXT, import));
    Arc::new(Document { id: DocumentId::new(id), source, info: Arc::new(DocumentInfo::default()) })
}

/// The document with another, shorter text.
fn corrected(id: &str) -> Arc<Document> {
    let old = document(id);
    let text: Arc<str> = "👮🏽‍♀️ e\u{301}én “zin” over een haven.".into();
    let source = Source::new(text, old.source.import.clone());
    let info = DocumentInfo { earlier: vec![old.source.digest], ..DocumentInfo::default() };
    Arc::new(Document { id: old.id.clone(), source: Arc::new(source), info: Arc::new(info) })
}

fn session() -> Session {
    let mut stamps = FixedStamps::default();
    let mut session = Session::new(SessionId(stamps.id()), stamps.now());
    let someone = Annotator { name: "E. Vos".to_owned(), note: String::new() };
    for edit in [
        Edit::PutAnnotator(AnnotatorId::new("vos"), someone),
        Edit::AddDocument { at: 0, document: document("a") },
    ] {
        apply(&mut session, &edit).unwrap();
    }
    session
}

fn annotation(number: u128, document: &str, span: Span, tag: &str) -> Annotation {
    let anchor = Anchor::Placed { document: DocumentId::new(document), span };
    let (id, at) = (AnnotationId(uuid::Uuid::from_u128(number)), Timestamp::from_second(1));
    Annotation::new(id, anchor, TagId::new(tag), AnnotatorId::new("vos"), at)
}

fn boundary(text: &str, share: f64) -> usize {
    text.floor_char_boundary((text.len() as f64 * share) as usize)
}

/// Any edit, sensible or not: ids are drawn from few, so that edits meet.
fn any_edit() -> impl Strategy<Value = Edit> {
    let doc = prop_oneof![Just("a"), Just("b"), Just("c")];
    let tag = prop_oneof![Just("claim"), Just("denial"), Just("caveat"), Just("nowhere"), Just("own")];
    let number = 1..6_u128;
    prop_oneof![
        (doc.clone(), 0..4_usize).prop_map(|(id, at)| Edit::AddDocument { at, document: document(id) }),
        (doc.clone(), 0..6_u128, 0.0..1.0_f64, any::<bool>()).prop_map(|(id, number, from, orphans)| {
            let document = corrected(id);
            let anchor = |number: u128| {
                let id = AnnotationId(uuid::Uuid::from_u128(number));
                let start = boundary(document.text(), from);
                let span = Span::new(start, document.text().len())?;
                let document = document.id.clone();
                let anchor = if orphans {
                    let text = || "e\u{301} “x”".to_owned();
                    Anchor::Orphan(OrphanAnchor {
                        document,
                        quote: text(),
                        before: text(),
                        after: text(),
                        last: span,
                    })
                } else {
                    Anchor::Placed { document, span }
                };
                Some((id, anchor))
            };
            let anchors = (1..=number).filter_map(anchor).collect();
            Edit::ReplaceDocument { document, anchors }
        }),
        doc.clone().prop_map(|id| Edit::RemoveDocument(DocumentId::new(id))),
        (doc.clone(), 0..4_usize).prop_map(|(id, to)| Edit::MoveDocument { id: DocumentId::new(id), to }),
        (doc.clone(), any::<bool>(), 0..90_usize, 1..30_usize).prop_map(|(id, done, start, len)| {
            let mut info = DocumentInfo::default();
            info.metadata.issued = PartialDate::new("2020-03");
            info.furniture.extend(Span::new(start, start + len));
            let status = if done { ReadingStatus::Done } else { ReadingStatus::Reading };
            let reading = Reading { status, at: Timestamp::from_second(3) };
            info.reading.insert(AnnotatorId::new("vos"), reading);
            Edit::SetDocumentInfo { id: DocumentId::new(id), info: Arc::new(info) }
        }),
        (number.clone(), doc.clone(), tag, 0.0..1.0_f64, 0.0..1.0_f64, any::<bool>()).prop_filter_map(
            "empty span",
            |(number, doc, tag, from, to, orphan)| {
                let span = Span::new(boundary(TEXT, from), boundary(TEXT, to))?;
                let mut annotation = annotation(number, doc, span, tag);
                if orphan {
                    annotation.statement = Some(StatementId(uuid::Uuid::from_u128(number)));
                    annotation.voice.push(ActorId::new("someone"));
                }
                Some(Edit::PutAnnotation(Arc::new(annotation)))
            }
        ),
        number.clone().prop_map(|n| Edit::RemoveAnnotation(AnnotationId(uuid::Uuid::from_u128(n)))),
        (number.clone(), number.clone(), number.clone()).prop_map(|(id, from, to)| {
            Edit::PutLink(Arc::new(Link {
                id: LinkId(uuid::Uuid::from_u128(id)),
                kind: LinkKindId::new("denies"),
                from: AnnotationId(uuid::Uuid::from_u128(from)),
                to: AnnotationId(uuid::Uuid::from_u128(to)),
                note: String::new(),
                annotator: AnnotatorId::new("vos"),
                created: Timestamp::from_second(2),
                modified: Timestamp::from_second(2),
            }))
        }),
        number.clone().prop_map(|n| Edit::RemoveLink(LinkId(uuid::Uuid::from_u128(n)))),
        number.clone().prop_map(|n| Edit::PutStatement(Arc::new(Statement {
            id: StatementId(uuid::Uuid::from_u128(n)),
            name: format!("statement {n}"),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::default(),
            group: String::new(),
            order: 0,
        }))),
        number.prop_map(|n| Edit::RemoveStatement(StatementId(uuid::Uuid::from_u128(n)))),
        Just(Edit::PutActor(Arc::new(Actor {
            id: ActorId::new("someone"),
            name: "Someone".to_owned(),
            kind: ActorKind::Person,
            note: String::new(),
        }))),
        Just(Edit::RemoveActor(ActorId::new("someone"))),
        any::<bool>().prop_map(|own| {
            let mut scheme = crate::model::Scheme::starter();
            if own {
                scheme.tags.push(Tag::new(TagId::new("own"), "own", 'O', TagColor::Green, Pattern::Dotted));
            }
            Edit::SetScheme(Arc::new(scheme))
        }),
        Just(Edit::RemoveAnnotator(AnnotatorId::new("vos"))),
        "[a-z]{0,8}"
            .prop_map(|title| Edit::SetInfo(crate::model::SessionInfo { title, note: String::new() })),
    ]
}

proptest! {
    #[test]
    fn an_edit_and_its_inverse_give_an_equal_session(edits in prop::collection::vec(any_edit(), 1..60)) {
        let mut session = session();
        for edit in &edits {
            let before = session.clone();
            match apply(&mut session, edit) {
                Ok(inverse) => {
                    prop_assert_eq!(session.problems(), vec![]);
                    let mut back = session.clone();
                    apply(&mut back, &inverse).unwrap();
                    prop_assert_eq!(&back, &before);
                }
                Err(_) => prop_assert_eq!(&session, &before),
            }
        }
    }

    #[test]
    fn undoing_all_and_redoing_all_lead_back(
        edits in prop::collection::vec(prop::collection::vec(any_edit(), 1..4), 1..30),
        undos in prop::collection::vec(any::<bool>(), 1..30),
    ) {
        let start = session();
        let (mut session, mut history) = (start.clone(), History::default());
        let mut journal = Vec::new();
        for (edits, undo) in edits.into_iter().zip(undos.into_iter().cycle()) {
            let step = Step { label: "step".to_owned(), at: Timestamp::from_second(9), edits };
            let before = session.clone();
            match history.apply(&mut session, step.clone()) {
                Ok(()) => journal.push(step),
                Err(_) => prop_assert_eq!(&session, &before),
            }
            if undo {
                journal.extend(history.undo(&mut session).unwrap());
            }
        }
        let end = session.clone();
        let mut replayed = start.clone();
        for step in &journal {
            apply_step(&mut replayed, step).unwrap();
        }
        prop_assert_eq!(&replayed, &end);
        let mut undone = 0;
        while history.undo(&mut session).unwrap().is_some() { undone += 1; }
        prop_assert_eq!(&session, &start);
        for _ in 0..undone { history.redo(&mut session).unwrap(); }
        prop_assert_eq!(&session, &end);
    }
}

#[test]
fn removing_a_document_takes_its_annotations_and_links_and_undo_brings_all_back() {
    let mut session = session();
    let mut history = History::default();
    let span = |quote: &str| {
        let start = TEXT.find(quote).unwrap();
        Span::new(start, start + quote.len()).unwrap()
    };
    let step = |label: &str, edits| Step { label: label.to_owned(), at: Timestamp::from_second(5), edits };
    let link = Link {
        id: LinkId(uuid::Uuid::from_u128(1)),
        kind: LinkKindId::new("denies"),
        from: AnnotationId(uuid::Uuid::from_u128(1)),
        to: AnnotationId(uuid::Uuid::from_u128(2)),
        note: String::new(),
        annotator: AnnotatorId::new("vos"),
        created: Timestamp::from_second(2),
        modified: Timestamp::from_second(2),
    };
    let edits = vec![
        Edit::AddDocument { at: 1, document: document("b") },
        Edit::PutAnnotation(Arc::new(annotation(1, "a", span("“zin”"), "claim"))),
        Edit::PutAnnotation(Arc::new(annotation(2, "b", span("haken"), "denial"))),
        Edit::PutLink(Arc::new(link)),
    ];
    history.apply(&mut session, step("set up", edits)).unwrap();
    assert_eq!(session.quote(&session.annotations[&AnnotationId(uuid::Uuid::from_u128(2))]), "haken");
    let before = session.clone();

    let refused = apply(&mut session, &Edit::RemoveDocument(DocumentId::new("a")));
    assert!(matches!(refused, Err(EditError::InUse { kind: "document", .. })), "{refused:?}");

    let edits = make::remove_document(&session, &DocumentId::new("a"));
    history.apply(&mut session, step("remove document", edits)).unwrap();
    assert_eq!((session.documents.len(), session.annotations.len(), session.links.len()), (1, 1, 0));
    assert_eq!(history.undo_label().map(String::as_str), Some("remove document"));
    history.undo(&mut session).unwrap();
    assert_eq!(session, before);
}

#[test]
fn a_step_that_fails_half_way_leaves_nothing_behind() {
    let mut session = session();
    let before = session.clone();
    let edits = vec![
        Edit::AddDocument { at: 0, document: document("b") },
        Edit::RemoveDocument(DocumentId::new("c")),
    ];
    let step = Step { label: "half".to_owned(), at: Timestamp::from_second(5), edits };
    assert_eq!(
        apply_step(&mut session, &step),
        Err(EditError::Missing { kind: "document", id: "c".to_owned() })
    );
    assert_eq!(session, before);
}

#[test]
fn a_text_is_replaced_with_the_places_in_it_or_not_at_all() {
    let mut session = session();
    let place = |text: &str, quote: &str| {
        let start = text.find(quote).unwrap();
        Anchor::Placed {
            document: DocumentId::new("a"),
            span: Span::new(start, start + quote.len()).unwrap(),
        }
    };
    for (number, quote) in [(1, "haven"), (2, "haken")] {
        let anchor = place(TEXT, quote);
        let put = Annotation { anchor, ..annotation(number, "a", Span::new(0, 1).unwrap(), "claim") };
        apply(&mut session, &Edit::PutAnnotation(Arc::new(put))).unwrap();
    }
    let before = session.clone();
    let (document, id) = (corrected("a"), |number| AnnotationId(uuid::Uuid::from_u128(number)));
    let moved = (id(1), place(document.text(), "haven"));
    let replace = |anchors| Edit::ReplaceDocument { document: Arc::clone(&document), anchors };
    // The second one's place is past the end of the new text.
    assert!(apply(&mut session, &replace(vec![moved.clone()])).is_err());
    assert_eq!(session, before);
    let orphan = OrphanAnchor {
        document: DocumentId::new("a"),
        quote: "haken".to_owned(),
        before: "“".to_owned(),
        after: "”.".to_owned(),
        last: session.annotations[&id(2)].anchor.span().unwrap(),
    };
    let all = replace(vec![moved, (id(2), Anchor::Orphan(orphan))]);
    let inverse = apply(&mut session, &all).unwrap();
    assert_eq!(session.problems(), []);
    assert_eq!(session.quote(&session.annotations[&id(1)]), "haven");
    assert_eq!(session.quote(&session.annotations[&id(2)]), "haken");
    let step = |edits| Step { label: "x".to_owned(), at: Timestamp::from_second(0), edits };
    assert!(step(vec![all.clone()]).brings_text() && step(vec![inverse.clone()]).brings_text());
    apply(&mut session, &inverse).unwrap();
    assert_eq!(session, before);
}

/// What an edit takes a file gives back: names that no reader takes must not come in.
#[test]
fn names_and_notes_that_no_session_may_have_are_refused() {
    use crate::model::{Metadata, SessionInfo, limits};
    let mut session = session();
    let before = session.clone();
    let name = "é".repeat(limits::NAME_BYTES / 2 + 1);
    let note = "é".repeat(limits::NOTE_BYTES / 2 + 1);
    let (who, annotator) = session.annotators.iter().next().map(|(id, it)| (id.clone(), it.clone())).unwrap();
    let document = Arc::clone(&session.documents[0]);
    let metadata = Metadata { author: name.clone(), ..document.info.metadata.clone() };
    let info = Arc::new(DocumentInfo { metadata, ..(*document.info).clone() });
    let mut scheme = (*session.scheme).clone();
    scheme.tags[0].name = name.clone();
    let span = Span::new(0, boundary(TEXT, 0.3)).unwrap();
    let noted = Annotation { note, ..annotation(1, "a", span, "claim") };
    let actor =
        Actor { id: ActorId::new("a"), name: name.clone(), kind: ActorKind::Person, note: String::new() };
    let statement = Statement {
        id: StatementId(uuid::Uuid::from_u128(9)),
        name: name.clone(),
        definition: String::new(),
        note: String::new(),
        date: PartialDate::default(),
        group: String::new(),
        order: 0,
    };
    for edit in [
        Edit::SetInfo(SessionInfo { title: name.clone(), note: String::new() }),
        Edit::SetDocumentInfo { id: document.id.clone(), info },
        Edit::SetScheme(Arc::new(scheme)),
        Edit::PutAnnotator(who, Annotator { name: name.clone(), ..annotator }),
        Edit::PutActor(Arc::new(actor)),
        Edit::PutStatement(Arc::new(statement)),
        Edit::PutAnnotation(Arc::new(noted)),
    ] {
        let said = apply(&mut session, &edit).unwrap_err().to_string();
        assert!(said.contains("bytes long; more than"), "{said}");
        assert_eq!(session, before);
    }
}

#[test]
fn a_note_that_is_written_on_is_undone_at_once() {
    let (mut session, mut history) = (session(), History::default());
    let start = TEXT.find("“zin”").unwrap();
    let bare = annotation(1, "a", Span::new(start, start + "“zin”".len()).unwrap(), "claim");
    let put = |label: &str, note: &str, second: i64| {
        let note = note.to_owned();
        let annotation = Annotation { note, modified: Timestamp::from_second(second), ..bare.clone() };
        let edits = vec![Edit::PutAnnotation(Arc::new(annotation))];
        Step { label: label.to_owned(), at: Timestamp::from_second(second), edits }
    };
    let mut apply = |session: &mut Session, step| history.apply(session, step).map(|()| history.done().len());
    let note = "note on claim";
    assert_eq!(apply(&mut session, put("mark", "", 1)), Ok(1));
    let before = session.clone();
    assert_eq!(apply(&mut session, put(note, "Wh", 2)), Ok(2));
    // Each piece comes soon after the one before, not after the first.
    assert_eq!(apply(&mut session, put(note, "Who sa", 6)), Ok(2));
    assert_eq!(apply(&mut session, put(note, "Who said e\u{301}én?", 11)), Ok(2));
    let written = session.clone();
    // After a pause it is another act, and so is another change.
    assert_eq!(apply(&mut session, put(note, "Who said one?", 17)), Ok(3));
    assert_eq!(apply(&mut session, put("unsure", "Who?", 18)), Ok(4));

    history.undo(&mut session).unwrap();
    history.undo(&mut session).unwrap();
    assert_eq!(session, written);
    history.undo(&mut session).unwrap();
    assert_eq!(session, before);
    history.redo(&mut session).unwrap();
    assert_eq!(session, written);
    // What is typed after an undo is not put to what is left.
    history.undo(&mut session).unwrap();
    history.redo(&mut session).unwrap();
    history.apply(&mut session, put(note, "Who", 12)).unwrap();
    history.undo(&mut session).unwrap();
    history.apply(&mut session, put(note, "Who said", 12)).unwrap();
    assert_eq!(history.done().len(), 3);
}
