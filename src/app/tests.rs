//! The caches of a desk take edits as they come and equal a full recomputation.

use std::sync::Arc;

use proptest::prelude::*;

use crate::edit::{Edit, Step};
use crate::format::decode;
use crate::model::{
    Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, DocumentId, DocumentInfo, FixedStamps, Link,
    LinkId, LinkKindId, PartialDate, Presentation, Session, SessionId, Span, Stamps as _, Statement,
    StatementId, TagId, Timestamp,
};

use super::Desk;
use super::cache::DocumentCache;
use super::links::{LinkAction, LinkIndex};

const TEXT: &str =
    "# Kop 👮🏽‍♀️ e\u{301}\n\nEen **zin** met “haken”.  \nNog een regel.\n\nHet [slot](x) ervan.\n";

fn desk() -> Desk {
    let mut stamps = FixedStamps::default();
    let mut desk =
        Desk::new(Session::new(SessionId(stamps.id()), stamps.now()), 1, super::Prepared::default());
    let decoded = decode::decode(TEXT.as_bytes(), None).unwrap();
    let document = decode::document(decoded, Some("a.md"), stamps.now(), DocumentId::new("a"));
    let someone = Annotator { name: "E. Vos".to_owned(), note: String::new() };
    let edits = vec![
        Edit::PutAnnotator(AnnotatorId::new("vos"), someone),
        Edit::AddDocument { at: 0, document: Arc::new(document) },
        Edit::PutStatement(made("claim")),
        Edit::PutStatement(made("denial")),
    ];
    desk.apply(Step { label: "set up".to_owned(), at: stamps.now(), edits }).unwrap();
    desk
}

fn made(tag: &str) -> Arc<Statement> {
    Arc::new(Statement {
        id: statement(tag),
        name: tag.to_owned(),
        definition: String::new(),
        note: String::new(),
        date: PartialDate::default(),
        group: String::new(),
        order: 0,
    })
}

fn annotation(number: u128, span: Span, tag: &str) -> Arc<Annotation> {
    let anchor = Anchor::Placed { document: DocumentId::new("a"), span };
    let (id, at) = (AnnotationId(uuid::Uuid::from_u128(number)), Timestamp::from_second(1));
    let mut annotation = Annotation::new(id, anchor, TagId::new(tag), AnnotatorId::new("vos"), at);
    annotation.statement = (tag != "caveat").then(|| statement(tag));
    Arc::new(annotation)
}

fn link(from: u128, to: u128) -> Arc<Link> {
    let at = Timestamp::from_second(1);
    Arc::new(Link {
        id: LinkId(uuid::Uuid::from_u128(from % 3)),
        kind: LinkKindId::new("denies"),
        from: AnnotationId(uuid::Uuid::from_u128(from)),
        to: AnnotationId(uuid::Uuid::from_u128(to)),
        note: String::new(),
        annotator: AnnotatorId::new("vos"),
        created: at,
        modified: at,
    })
}

/// A statement for each of two tags.
fn statement(tag: &str) -> StatementId {
    StatementId(uuid::Uuid::from_u128(if tag == "claim" { 1 } else { 2 }))
}

fn any_act() -> impl Strategy<Value = (u8, u128, f64, f64, usize)> {
    (0..8_u8, 1..8_u128, 0.0..1.0, 0.0..1.0, 0..3_usize)
}

proptest! {
    #[test]
    fn caches_equal_a_recomputation(acts in prop::collection::vec(any_act(), 1..40)) {
        let mut desk = desk();
        for (act, number, from, to, tag) in acts {
            let at = |share: f64| TEXT.floor_char_boundary((TEXT.len() as f64 * share) as usize);
            let id = AnnotationId(uuid::Uuid::from_u128(number));
            let edits = match act {
                0..3 => {
                    let Some(span) = Span::new(at(from), at(to)) else { continue };
                    vec![Edit::PutAnnotation(annotation(number, span, ["claim", "denial", "caveat"][tag]))]
                }
                3 => vec![Edit::RemoveAnnotation(id)],
                4 => {
                    let mut info = DocumentInfo::clone(&desk.session().documents[0].info);
                    info.presentation =
                        if tag == 0 { Presentation::Plain } else { Presentation::Markdown };
                    vec![Edit::SetDocumentInfo { id: DocumentId::new("a"), info: Arc::new(info) }]
                }
                6 => vec![Edit::PutLink(link(number, number % 7 + 1))],
                7 => crate::edit::make::remove_annotations(desk.session(), &[id]),
                // The document itself stays.
                _ if desk.history().done().len() > 1 => {
                    desk.undo().unwrap();
                    Vec::new()
                }
                _ => Vec::new(),
            };
            if !edits.is_empty() {
                let _ = desk.apply(Step { label: "act".to_owned(), at: Timestamp::from_second(2), edits });
            }
            prop_assert_eq!(desk.links(), &LinkIndex::of(desk.session()));
            let Some((document, cache)) = desk.document(&DocumentId::new("a")) else { continue };
            let annotations = desk.session().annotations.values().map(|annotation| &**annotation);
            let anew = DocumentCache::build(document, annotations);
            prop_assert_eq!(&cache.counts, &anew.counts);
            for tag in ["claim", "denial"] {
                let annotations = desk.session().annotations.values();
                let under = annotations.filter(|it| it.statement == Some(statement(tag))).count();
                prop_assert_eq!(desk.board().count(statement(tag)), under);
            }
            for block in 0..anew.rendering.blocks().len() {
                prop_assert_eq!(cache.marks.in_block(block), anew.marks.in_block(block));
            }
        }
    }
}

/// A desk with so many annotations that all is computed by workers.
fn large_desk() -> Desk {
    let mut desk = desk();
    let claim = |number| Edit::PutAnnotation(annotation(number, Span::new(2, 5).unwrap(), "claim"));
    let edits = (1..=2_003).map(claim).collect();
    desk.apply(Step { label: "mark".to_owned(), at: Timestamp::from_second(2), edits }).unwrap();
    desk
}

/// A panic in a worker was told, and rows, chart and preview went on waiting for it.
#[test]
fn nothing_waits_for_a_worker_that_met_a_bug() {
    let mut desk = large_desk();
    assert!(desk.refresh_rows().is_some() && desk.refresh_rows().is_none(), "a worker is at it");
    assert!(!desk.rows().are_current(&desk));
    desk.give_up("rows");
    assert!(desk.rows().are_current(&desk) && desk.rows().ids().is_empty());
    assert!(desk.refresh_rows().is_none(), "it is not tried again and again");

    assert!(desk.refresh_chart().is_some() && desk.refresh_chart().is_none());
    desk.give_up("chart");
    assert!(desk.refresh_chart().is_none());

    let (key, _) = desk.view.exporting.refresh(&desk).unwrap();
    desk.view.exporting.computes(key);
    assert!(desk.view.exporting.refresh(&desk).is_none());
    desk.give_up("preview");
    assert!(desk.view.exporting.refresh(&desk).is_none());
    assert!(desk.view.exporting.preview().losses[0].contains("unexpected error"));

    // What is asked for next is computed again.
    let step = Step {
        label: "less".to_owned(),
        at: Timestamp::from_second(3),
        edits: vec![Edit::RemoveAnnotation(AnnotationId(uuid::Uuid::from_u128(1)))],
    };
    desk.apply(step).unwrap();
    let ids = desk.refresh_rows().unwrap()();
    desk.take_rows(ids);
    assert_eq!(desk.rows().ids().len(), 2_002);
    assert!(desk.view.exporting.refresh(&desk).is_some());
    assert!(desk.refresh_chart().is_some() && desk.refresh_rows().is_none());
}

#[test]
fn the_end_of_a_worker_is_told_and_ends_the_waiting() {
    let config = super::Config {
        wake: Arc::new(|| {}),
        stamps: Box::new(FixedStamps::default()),
        login: "vos".to_owned(),
    };
    let mut workspace = super::Workspace::new(config);
    let mut desk = large_desk();
    assert!(desk.refresh_rows().is_some());
    workspace.desk = Some(desk);
    workspace.dispatch(super::Action::Job(Box::new(super::JobResult::Ended("rows".to_owned()))));
    let desk = workspace.desk.as_ref().unwrap();
    assert!(desk.rows().are_current(desk) && desk.rows().ids().is_empty());
    assert!(
        workspace.messages.all().iter().any(|message| message.text.contains("The table could not be made"))
    );
}

/// A workspace on a text with a claim, a denial and a caveat, the claim chosen.
fn workspace_with_marks() -> super::Workspace {
    let config = super::Config {
        wake: Arc::new(|| {}),
        stamps: Box::new(FixedStamps::default()),
        login: "vos".to_owned(),
    };
    let mut workspace = super::Workspace::new(config);
    let mut desk = desk();
    let span = |words: &str| {
        let at = TEXT.find(words).unwrap();
        Span::new(at, at + words.len()).unwrap()
    };
    let marks = [("zin", "claim"), ("Nog een regel", "denial"), ("slot", "caveat")];
    let marks = (1..).zip(marks).map(|(number, (words, tag))| annotation(number, span(words), tag));
    let edits = marks.map(Edit::PutAnnotation).collect();
    desk.apply(Step { label: "mark".to_owned(), at: Timestamp::from_second(2), edits }).unwrap();
    desk.view.add_pane(0, DocumentId::new("a"));
    workspace.desk = Some(desk);
    workspace.dispatch(super::Action::Choose(Some(mark_id(1))));
    workspace
}

fn mark_id(number: u128) -> AnnotationId {
    AnnotationId(uuid::Uuid::from_u128(number))
}

#[test]
fn a_link_begun_at_one_annotation_ends_at_another_once() {
    use super::{Action, Command, Overlay};
    let mut workspace = workspace_with_marks();
    let link = |workspace: &mut super::Workspace, from, to, kind: &str| {
        workspace.dispatch(Action::Choose(Some(mark_id(from))));
        workspace.dispatch(Action::Command(Command::StartLink));
        workspace.dispatch(Action::Choose(Some(mark_id(to))));
        workspace.dispatch(Action::Command(Command::StartLink));
        assert!(matches!(workspace.overlay, Some(Overlay::LinkKind { link: None, .. })));
        workspace.dispatch(Action::Link(LinkAction::Take(LinkKindId::new(kind))));
    };
    link(&mut workspace, 3, 1, "qualifies");
    link(&mut workspace, 3, 1, "qualifies");
    link(&mut workspace, 3, 2, "supports");
    let desk = workspace.desk.as_ref().unwrap();
    assert_eq!(desk.session().links.len(), 2, "the same again is none");
    let ends: Vec<_> = desk.ties(mark_id(3)).iter().map(|tie| (tie.out, tie.other.id)).collect();
    assert_eq!(ends, [(true, mark_id(1)), (true, mark_id(2))], "in the order of the text");
    let ties = desk.ties(mark_id(1));
    assert_eq!(ties[0].words(desk.session()), "qualified by");
    // A denial denies; where nothing fits, the kind used last is likeliest. A digit always means the same kind.
    let (kinds, fits) = desk.kinds_for(mark_id(2), mark_id(1));
    assert_eq!(kinds[fits].id.as_str(), "denies");
    let (again, last) = desk.kinds_for(mark_id(1), mark_id(2));
    assert_eq!((&again, again[last].id.as_str()), (&kinds, "supports"));
    // Followed to both ends and back.
    workspace.dispatch(Action::Choose(Some(mark_id(3))));
    let mut chosen = Vec::new();
    for _ in 0..4 {
        workspace.dispatch(Action::Command(Command::FollowLink));
        chosen.push(workspace.desk.as_ref().unwrap().view.chosen.unwrap());
    }
    assert_eq!(chosen, [1, 2, 3, 1].map(mark_id));
    // Whoever deletes an annotation deletes its links; undo brings both back.
    workspace.dispatch(Action::Delete(vec![mark_id(3)]));
    let links = |workspace: &super::Workspace| workspace.desk.as_ref().unwrap().session().links.len();
    assert_eq!(links(&workspace), 0);
    workspace.dispatch(Action::Command(Command::Undo));
    assert_eq!(links(&workspace), 2);
    assert_eq!(workspace.desk.as_ref().unwrap().ties(mark_id(3)).len(), 2);
}

#[test]
fn columns_that_are_to_stand_level_are_opened() {
    use super::{Action, Command};
    let mut workspace = workspace_with_marks();
    workspace.dispatch(Action::Command(Command::AlignColumns));
    assert!(workspace.desk.as_ref().unwrap().view.links.level.is_none(), "nothing goes with it");
    let second = decode::decode("Elders 👮🏽‍♀️ e\u{301} “staat” het ook.".as_bytes(), None).unwrap();
    let document = decode::document(second, Some("b.txt"), workspace.now(), DocumentId::new("b"));
    let desk = workspace.desk.as_mut().unwrap();
    let edits = vec![Edit::AddDocument { at: 1, document: Arc::new(document) }];
    desk.apply(Step { label: "add".to_owned(), at: Timestamp::from_second(3), edits }).unwrap();
    let places = vec![
        (DocumentId::new("a"), Span::new(2, 5).unwrap()),
        (DocumentId::new("b"), Span::new(0, 6).unwrap()),
        (DocumentId::new("gone"), Span::new(0, 6).unwrap()),
    ];
    workspace.dispatch(Action::AlignColumns(places));
    let view = &workspace.desk.as_ref().unwrap().view;
    let documents: Vec<&str> = view.panes.iter().map(|pane| pane.document.as_str()).collect();
    assert_eq!(documents, ["a", "b"]);
    assert_eq!(view.links.level.as_ref().unwrap().places.len(), 2);
    assert_eq!(view.focus, Some(view.panes[0].id), "one stays where one is");
    workspace.dispatch(Action::Command(Command::LockColumns));
    assert_eq!(workspace.desk.as_ref().unwrap().view.links.locked.len(), 2);
    let last = workspace.desk.as_ref().unwrap().view.panes[1].id;
    workspace.dispatch(Action::ClosePane(last));
    assert!(workspace.desk.as_ref().unwrap().view.links.locked.is_empty(), "one column is not together");
}
