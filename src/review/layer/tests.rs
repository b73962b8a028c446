use super::*;
use crate::edit::Edit;
use crate::model::{
    Annotator, AnnotatorId, OrphanAnchor, Pattern, Provenance, Scheme, SessionId, Tag, TagColor, Timestamp,
};
use crate::review::made::{
    HARD, add_statement, change, document, id, put, session, set_reading, statement_id, words,
};

const BRIEF: &str = "[claim:De kranen zijn mogelijk te luid], zei hij.\n[denial:Nee.] Einde van de brief.";

#[test]
fn the_same_text_is_known_by_its_digest_whatever_it_is_called() {
    let ours = session("vos", 1, &[("a", "iets anders"), ("brief", BRIEF)]);
    let theirs = session("adan", 2, &[("letter", BRIEF), ("z", "[claim:een derde stuk]")]);
    let layer = Layer::over(&ours, Arc::new(theirs));
    let laid = &layer.documents[&DocumentId::new("brief")];
    assert_eq!((laid.theirs.as_str(), laid.text), ("letter", Sameness::Same));
    let spans: Vec<&str> =
        laid.annotations.iter().map(|laid| words(&ours, "brief", laid.sure().unwrap())).collect();
    assert_eq!(spans, ["De kranen zijn mogelijk te luid", "Nee."]);
    assert_eq!(laid.annotations[0].tag, Some(TagId::new("claim")));
    assert_eq!(layer.unmatched, [DocumentId::new("z")]);
    assert_eq!(layer.documents.len(), 1);
    assert_eq!(layer.find(id(202)).map(|(document, _)| document.as_str()), Some("brief"));
    assert!(layer.find(id(203)).is_none() && layer.find(id(101)).is_none());
}

#[test]
fn another_text_is_known_by_its_title_and_every_passage_says_what_became_of_it() {
    let ours = session("vos", 1, &[("brief", "Nieuw begin. [claim:Niets] meer.")]);
    let mut theirs = session("adan", 2, &[("letter", BRIEF)]);
    let new = format!(
        "{HARD}Nieuwe regel met “e\u{301}”.\nDe kranen zijn waarschijnlijk te luid, zei hij.\nNee. Einde van de brief."
    );
    let mut ours2 = session("vos", 1, &[]);
    put(&mut ours2, Edit::AddDocument { at: 0, document: document("x", " Brief 1", &new) });
    let id_ = DocumentId::new("letter");
    let mut info = crate::model::DocumentInfo::clone(&theirs.document(&id_).unwrap().info);
    info.metadata.title = "BRIEF 1".to_owned();
    put(&mut theirs, Edit::SetDocumentInfo { id: id_, info: Arc::new(info) });
    // Neither title nor file name.
    assert!(Layer::over(&ours, Arc::new(theirs.clone())).documents.is_empty());
    let layer = Layer::over(&ours2, Arc::new(theirs));
    let laid = &layer.documents[&DocumentId::new("x")];
    assert_eq!(laid.text, Sameness::Changed { kept: 0, moved: 0, doubtful: 2, lost: 0 });
    let [changed, kept] = laid.annotations.as_slice() else { panic!("two were laid") };
    assert_eq!((changed.fate, changed.sure()), (Fate::Doubtful, None));
    assert_eq!(words(&ours2, "x", changed.span.unwrap()), "De kranen zijn waarschijnlijk te luid");
    // So short a word right after a change is asked for.
    assert_eq!((kept.fate, words(&ours2, "x", kept.span.unwrap())), (Fate::Doubtful, "Nee."));
}

#[test]
fn a_session_on_a_text_that_stood_here_earlier_is_laid_over_the_corrected_one() {
    let text = "👮🏽‍♀️ e\u{301} “x” De kranen zijn mogelijk te luid.";
    let (mut ours, mut theirs) = (session("vos", 1, &[]), session("adan", 2, &[]));
    let (mut new, old) = (document("a", "A", &text.replace("“x”", "“y”")), document("b", "B", text));
    let info = &mut Arc::make_mut(&mut new).info;
    Arc::make_mut(info).earlier.push(old.source.digest);
    put(&mut ours, Edit::AddDocument { at: 0, document: new });
    put(&mut theirs, Edit::AddDocument { at: 0, document: old });
    let layer = Layer::over(&ours, Arc::new(theirs.clone()));
    assert_eq!(layer.documents[&DocumentId::new("a")].theirs, DocumentId::new("b"));
    // And the other way round.
    let layer = Layer::over(&theirs, Arc::new(ours));
    assert_eq!(layer.documents[&DocumentId::new("b")].theirs, DocumentId::new("a"));
}

#[test]
fn a_title_that_two_have_matches_nothing() {
    let mut ours = session("vos", 1, &[]);
    let mut theirs = session("adan", 2, &[]);
    for (at, (name, text)) in [("a", "een"), ("b", "twee")].into_iter().enumerate() {
        put(&mut ours, Edit::AddDocument { at, document: document(name, "Untitled", text) });
    }
    put(&mut theirs, Edit::AddDocument { at: 0, document: document("c", "Untitled", "drie") });
    assert_eq!(Layer::over(&ours, Arc::new(theirs.clone())).unmatched, [DocumentId::new("c")]);
    // A file name that only two have does.
    put(&mut theirs, Edit::AddDocument { at: 1, document: document("b", "Untitled", "twee en meer") });
    let layer = Layer::over(&ours, Arc::new(theirs));
    assert_eq!(layer.documents.keys().map(DocumentId::as_str).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn orphans_are_sought_by_their_words() {
    let ours = session("vos", 1, &[("brief", BRIEF)]);
    let mut theirs = session("adan", 2, &[("brief", BRIEF)]);
    let orphan = |quote: &str| {
        Anchor::Orphan(OrphanAnchor {
            document: DocumentId::new("brief"),
            quote: quote.to_owned(),
            before: String::new(),
            after: String::new(),
            last: Span::new(2, 9).unwrap(),
        })
    };
    change(&mut theirs, 201, |annotation| annotation.anchor = orphan("kranen zijn mogelijk te luid"));
    change(&mut theirs, 202, |annotation| annotation.anchor = orphan("staat er niet in, wat er ook is"));
    let layer = Layer::over(&ours, Arc::new(theirs));
    let laid = layer.annotations(&DocumentId::new("brief"));
    assert_eq!(laid[0].fate, Fate::Moved);
    assert_eq!(words(&ours, "brief", laid[0].sure().unwrap()), "kranen zijn mogelijk te luid");
    assert_eq!((laid[1].fate, laid[1].span), (Fate::Lost, None));
}

#[test]
fn tags_and_statements_match_by_what_was_said_then_by_id() {
    let mut ours = session("vos", 1, &[("brief", BRIEF)]);
    let mut theirs = session("adan", 2, &[("brief", BRIEF)]);
    let mut scheme = Scheme::clone(&theirs.scheme);
    let tag =
        |id: &str| Tag::new(TagId::new(id), id, id.chars().next().unwrap(), TagColor::Teal, Pattern::Dotted);
    scheme.tags.extend([tag("voorbehoud"), tag("x")]);
    put(&mut theirs, Edit::SetScheme(Arc::new(scheme)));
    add_statement(&mut ours, 1, "De kranen zijn te luid");
    add_statement(&mut ours, 2, "Dubbel");
    add_statement(&mut ours, 3, "Dubbel");
    for (number, name) in
        [(1, "anders genoemd"), (4, "De kranen zijn  te luid"), (5, "Dubbel"), (6, "de kranen zijn te luid")]
    {
        add_statement(&mut theirs, number, name);
    }
    change(&mut theirs, 201, |annotation| {
        annotation.tag = TagId::new("voorbehoud");
        annotation.statement = Some(statement_id(5));
    });
    change(&mut theirs, 202, |annotation| annotation.statement = Some(statement_id(6)));
    let theirs = Arc::new(theirs);
    let layer = Layer::over(&ours, Arc::clone(&theirs));
    assert_eq!(layer.unknown_tags, [TagId::new("voorbehoud")], "x is not in use");
    assert_eq!(layer.unknown_statements, [statement_id(5)]);
    assert_eq!(layer.statements[&statement_id(1)], statement_id(1));
    assert_eq!(layer.statements[&statement_id(6)], statement_id(1), "by its name");
    let laid = layer.annotations(&DocumentId::new("brief"));
    assert_eq!((&laid[0].tag, laid[0].statement), (&None, None));
    assert_eq!(laid[1].statement, Some(statement_id(1)));

    put(
        &mut ours,
        Edit::SetTagMappings(vec![
            TagMapping {
                session: SessionId(uuid::Uuid::nil()),
                theirs: TagId::new("voorbehoud"),
                ours: TagId::new("claim"),
            },
            TagMapping { session: theirs.id, theirs: TagId::new("voorbehoud"), ours: TagId::new("caveat") },
        ]),
    );
    let mapping = StatementMapping { session: theirs.id, theirs: statement_id(5), ours: statement_id(3) };
    put(&mut ours, Edit::SetStatementMappings(vec![mapping]));
    let layer = Layer::over(&ours, theirs);
    assert!(layer.unknown_tags.is_empty() && layer.unknown_statements.is_empty());
    let laid = &layer.annotations(&DocumentId::new("brief"))[0];
    assert_eq!((&laid.tag, laid.statement), (&Some(TagId::new("caveat")), Some(statement_id(3))));
}

#[test]
fn finished_is_who_marked_and_at_least_one() {
    let mut one = session("vos", 1, &[("brief", BRIEF)]);
    let brief = DocumentId::new("brief");
    assert!(finished(&one, &brief) && !finished(&one, &DocumentId::new("x")));
    let other = AnnotatorId::new("adan");
    put(
        &mut one,
        Edit::PutAnnotator(other.clone(), Annotator { name: "Adan".to_owned(), note: String::new() }),
    );
    set_reading(&mut one, "brief", "adan", ReadingStatus::Reading);
    assert!(finished(&one, &brief), "who only reads on is not waited for");
    change(&mut one, 101, |annotation| annotation.annotator = other.clone());
    assert!(!finished(&one, &brief));
    change(&mut one, 101, |annotation| {
        annotation.provenance = Some(Provenance {
            session: SessionId(uuid::Uuid::nil()),
            from: Vec::new(),
            decided_by: AnnotatorId::new("vos"),
            at: Timestamp::from_second(1),
            reason: String::new(),
        });
    });
    assert!(finished(&one, &brief), "it was taken over");
    set_reading(&mut one, "brief", "vos", ReadingStatus::Reading);
    assert!(!finished(&one, &brief));
    let layer = Layer::over(&session("x", 3, &[("brief", BRIEF)]), Arc::new(one));
    assert!(!layer.has_finished(&brief));
}
