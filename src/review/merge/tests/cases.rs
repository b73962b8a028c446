//! What becomes of changes that people make, case by case.

use super::*;
use crate::review::diff::conflict_in_words;
use crate::review::made::session;

/// One document with two claims and a denial, marked by Vos.
fn base() -> Session {
    let text = "[claim:De haven opent in mei.] En [denial:er komt geen kraan.]\n\n[claim:Dat zegt de raad.]";
    session("vos", 0, &[("brief", text)])
}

fn tag_of(session: &Session, number: u32) -> &str {
    session.annotations[&id(number)].tag.as_str()
}

/// Changes an annotation at a moment, as the program does.
fn change_at(session: &mut Session, number: u32, second: i64, how: impl FnOnce(&mut Annotation)) {
    change(session, number, |annotation| {
        annotation.modified = Timestamp::from_second(second);
        how(annotation);
    });
}

fn conflicts(merged: &Merged) -> Vec<String> {
    merged.conflicts.iter().map(|it| conflict_in_words(it, &merged.session)).collect()
}

#[test]
fn independent_changes_of_one_annotation_all_come_in() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    change_at(&mut ours, 1, 20, |it| it.tag = TagId::new("caveat"));
    change_at(&mut theirs, 1, 30, |it| it.note = "zie bijlage".to_owned());
    change_at(&mut theirs, 2, 30, |it| it.unsure = true);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let one = &merged.session.annotations[&id(1)];
    assert_eq!((one.tag.as_str(), one.note.as_str()), ("caveat", "zie bijlage"));
    assert_eq!(one.modified, Timestamp::from_second(30));
    assert!(merged.session.annotations[&id(2)].unsure);
    assert_eq!(merged.edits.len(), 2, "only what differs from ours: {:?}", merged.edits);
}

#[test]
fn two_tags_for_one_passage_are_a_conflict_and_the_later_one_stands() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    change_at(&mut ours, 1, 40, |it| it.tag = TagId::new("caveat"));
    change_at(&mut theirs, 1, 30, |it| it.tag = TagId::new("denial"));
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(tag_of(&merged.session, 1), "caveat");
    let said = "annotation “De haven opent in mei.”, tag: “caveat” stands, the other is “denial”";
    assert_eq!(conflicts(&merged), [said]);
    assert_eq!(merged.session.conflicts, merged.conflicts, "it is kept in the session");
    // Made by both, it is one change and no conflict.
    change_at(&mut theirs, 1, 30, |it| it.tag = TagId::new("caveat"));
    assert_eq!(merge(&base, &ours, &theirs).conflicts, []);
}

#[test]
fn what_one_removed_and_the_other_changed_stays_and_is_marked() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    put(&mut ours, Edit::RemoveAnnotation(id(1)));
    put(&mut ours, Edit::RemoveAnnotation(id(3)));
    change_at(&mut theirs, 1, 30, |it| it.note = "e\u{301}".to_owned());
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.session.annotations[&id(1)].note, "e\u{301}");
    assert!(!merged.session.annotations.contains_key(&id(3)), "only one of them touched it");
    let said = "annotation “De haven opent in mei.”: removed by one, changed by the other; it stays";
    assert_eq!(conflicts(&merged), [said]);
}

#[test]
fn what_one_removed_and_the_other_uses_stays_and_is_marked() {
    let base = {
        let mut base = base();
        crate::review::made::add_statement(&mut base, 1, "opent");
        put(
            &mut base,
            Edit::PutActor(Arc::new(Actor {
                id: ActorId::new("raad"),
                name: "De raad".to_owned(),
                kind: ActorKind::Organization,
                note: String::new(),
            })),
        );
        base
    };
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    let statement = *base.statements.keys().next().unwrap();
    let mut scheme = Scheme::clone(&ours.scheme);
    scheme.tags.retain(|tag| tag.id.as_str() != "caveat");
    scheme.link_kinds.retain(|kind| kind.id.as_str() != "quotes");
    for edit in [
        Edit::RemoveStatement(statement),
        Edit::RemoveActor(ActorId::new("raad")),
        Edit::RemoveAnnotation(id(3)),
        Edit::SetScheme(Arc::new(scheme)),
    ] {
        put(&mut ours, edit);
    }
    change_at(&mut theirs, 1, 30, |it| {
        it.statement = Some(statement);
        it.voice = vec![ActorId::new("raad")];
        it.tag = TagId::new("caveat");
    });
    link(&mut theirs, 1, "quotes", 1, 3);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.session.problems(), []);
    assert_eq!(merged.session.links.len(), 1);
    assert_eq!(merged.session.annotations.len(), 3);
    let kinds: Vec<RecordKind> = merged.conflicts.iter().map(|it| it.kind).collect();
    use RecordKind::{
        Actor as Voice, Annotation as Marked, LinkKind as Kind, Statement as About, Tag as Label,
    };
    assert_eq!(kinds, [Label, Kind, Voice, About, Marked]);
    assert!(merged.conflicts.iter().all(|it| it.kept.as_deref() == Some("used") && it.other.is_none()));
    assert_eq!(applied(&ours, &merged.edits), merged.session);
}

#[test]
fn a_letter_and_a_key_are_those_of_one_tag() {
    let base = base();
    let with = |id: &str| {
        let mut session = base.clone();
        let mut scheme = Scheme::clone(&session.scheme);
        let tag = Tag::new(TagId::new(id), id, 'X', TagColor::Green, Pattern::Dotted);
        scheme.tags.push(Tag { key: Some(4), ..tag });
        put(&mut session, Edit::SetScheme(Arc::new(scheme)));
        session
    };
    let merged = merge(&base, &with("advies"), &with("belofte"));
    assert_eq!(merged.session.problems(), []);
    let tags = &merged.session.scheme.tags;
    let told: Vec<_> = tags.iter().skip(3).map(|tag| (tag.id.as_str(), tag.letter, tag.key)).collect();
    assert_eq!(told, [("advies", 'X', Some(4)), ("belofte", 'B', None)]);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.notes.len(), 2, "{:?}", merged.notes);
}

#[test]
fn a_document_brought_by_both_is_one_and_two_under_one_name_are_two() {
    let base = base();
    let with = |id: &str, text: &str| {
        let mut session = base.clone();
        put(&mut session, Edit::AddDocument { at: 1, document: document(id, "", text) });
        let span = Span::new(0, 4).unwrap();
        let anchor = Anchor::Placed { document: DocumentId::new(id), span };
        let number = if text == "Nota een." { 50 } else { 60 };
        let annotation = Annotation::new(
            crate::review::made::id(number),
            anchor,
            TagId::new("claim"),
            AnnotatorId::new("vos"),
            Timestamp::from_second(3),
        );
        put(&mut session, Edit::PutAnnotation(Arc::new(annotation)));
        session
    };
    let merged = merge(&base, &with("nota", "Nota een."), &with("memo", "Nota een."));
    let ids: Vec<&str> = merged.session.documents.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["brief", "memo"]);
    assert_eq!(merged.session.annotations[&id(50)].anchor.document().as_str(), "memo");
    assert_eq!(merged.notes, ["the document nota (nota) stands under the id memo"]);

    let merged = merge(&base, &with("nota", "Nota een."), &with("nota", "Nota twee."));
    assert_eq!(merged.session.documents.len(), 3);
    assert_eq!(merged.session.problems(), []);
    let text = |number| {
        let annotation = &merged.session.annotations[&id(number)];
        merged.session.document(annotation.anchor.document()).unwrap().text()
    };
    assert_eq!((text(50), text(60)), ("Nota een.", "Nota twee."));
}

#[test]
fn comments_of_both_come_in_oldest_first() {
    let base = base();
    let comment = |number: u128, at| Comment {
        id: CommentId(Uuid::from_u128(number)),
        author: AnnotatorId::new("vos"),
        at: Timestamp::from_second(at),
        text: format!("“{number}”"),
        reply_to: None,
        status: None,
    };
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    change_at(&mut ours, 1, 20, |it| it.comments.push(comment(1, 20)));
    change_at(&mut theirs, 1, 10, |it| it.comments.push(comment(2, 10)));
    let merged = merge(&base, &ours, &theirs);
    let texts: Vec<&str> =
        merged.session.annotations[&id(1)].comments.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["“2”", "“1”"]);
    assert_eq!(merged.conflicts, []);
}

#[test]
fn how_far_one_has_read_is_what_was_said_last() {
    let mut base = base();
    crate::review::made::set_reading(&mut base, "brief", "vos", ReadingStatus::Reading);
    let reading = |status, at| {
        let mut session = base.clone();
        let document = DocumentId::new("brief");
        let mut info = DocumentInfo::clone(&session.document(&document).unwrap().info);
        info.reading.insert(AnnotatorId::new("vos"), Reading { status, at: Timestamp::from_second(at) });
        put(&mut session, Edit::SetDocumentInfo { id: document, info: Arc::new(info) });
        session
    };
    let merged = merge(&base, &reading(ReadingStatus::Done, 30), &reading(ReadingStatus::Unread, 20));
    let info = &merged.session.documents[0].info;
    assert_eq!(info.reading[&AnnotatorId::new("vos")].status, ReadingStatus::Done);
    assert_eq!(merged.conflicts, []);
}

#[test]
fn without_a_base_the_version_with_the_longer_history_is_the_later_one() {
    let base = base();
    let (ours, mut theirs) = (base.clone(), base.clone());
    change_at(&mut theirs, 1, 30, |it| {
        it.tag = TagId::new("caveat");
        let what = "retag claim as caveat".to_owned();
        it.changes.push(Change { by: it.annotator.clone(), at: it.modified, what });
    });
    // Changed without a history: nobody can tell which of the two is the later.
    change(&mut theirs, 2, |it| it.note = "anders".to_owned());
    let merged = merge_without_base(&ours, &theirs);
    assert_eq!(tag_of(&merged.session, 1), "caveat");
    let fields: Vec<&str> = merged.conflicts.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["note"]);
}

#[test]
fn a_review_brings_comments_and_nothing_else() {
    let ours = base();
    let mut review = ours.clone();
    let author = AnnotatorId::new("wit");
    put(
        &mut review,
        Edit::PutAnnotator(author.clone(), Annotator { name: "L. Wit".to_owned(), note: String::new() }),
    );
    let at = Timestamp::from_second(50);
    let comment = |number: u128, text: &str| Comment {
        id: CommentId(Uuid::from_u128(number)),
        author: author.clone(),
        at,
        text: text.to_owned(),
        reply_to: None,
        status: Some(CommentStatus::Questioned),
    };
    change_at(&mut review, 1, 50, |it| {
        it.tag = TagId::new("denial");
        it.comments.push(comment(1, "Zeker? 👮🏽‍♀️"));
    });
    let remark = |number, annotation: u32, text| Remark {
        session: ours.id,
        annotation: id(annotation),
        comment: comment(number, text),
    };
    put(&mut review, Edit::SetRemarks(vec![remark(2, 2, "Mee eens."), remark(3, 99, "Weg.")]));
    let taken = take_review(&ours, &review);
    assert_eq!(taken.taken, [(id(1), 1), (id(2), 1)].into());
    assert_eq!(taken.gone.len(), 1);
    let after = applied(&ours, &taken.edits);
    assert_eq!(tag_of(&after, 1), "claim", "their tag is not taken over");
    assert_eq!(after.annotations[&id(1)].comments[0].text, "Zeker? 👮🏽‍♀️");
    assert_eq!(after.annotator_name(&author), "L. Wit");
    assert_eq!(take_review(&after, &review).edits, []);
}

/// Every kind of field, each with the value that it gets.
#[test]
fn the_other_version_is_taken_field_by_field() {
    let mut session = base();
    crate::review::made::add_statement(&mut session, 1, "opent");
    link(&mut session, 1, "denies", 2, 1);
    let statement = session.statements.keys().next().unwrap().to_string();
    let link_id = session.links.keys().next().unwrap().to_string();
    let by = AnnotatorId::new("vos");
    let settle = |kind, record: &str, field: &str, other: Option<&str>| {
        let (id, field) = (record.to_owned(), field.to_owned());
        let conflict = Conflict { kind, id, field, kept: None, other: other.map(str::to_owned) };
        let edits = resolve(&session, &conflict, Choice::Other, &by, Timestamp::from_second(70))?;
        Ok::<Session, String>(applied(&session, &edits))
    };
    let of_annotation = |field: &str, other: Option<&str>| {
        let settled = settle(RecordKind::Annotation, &id(1).to_string(), field, other)?;
        Ok::<Annotation, String>(Annotation::clone(&settled.annotations[&id(1)]))
    };
    assert_eq!(of_annotation("tag", Some("denial")).unwrap().tag.as_str(), "denial");
    assert!(of_annotation("unsure", Some("yes")).unwrap().unsure);
    assert_eq!(of_annotation("note", Some("“e\u{301}”")).unwrap().note, "“e\u{301}”");
    assert_eq!(
        of_annotation("statement", Some(&statement)).unwrap().statement.unwrap().to_string(),
        statement
    );
    let start = HARD.len();
    let anchor = format!("{{\"document\":\"brief\",\"span\":[{start},{}]}}", start + 8);
    let moved = of_annotation("anchor", Some(&anchor)).unwrap();
    assert_eq!(session.quote(&moved), "De haven");
    assert_eq!(moved.modified, Timestamp::from_second(70));
    assert_eq!(moved.changes.last().unwrap().what, "settle a conflict: anchor");
    assert!(of_annotation("tag", Some("gone")).unwrap_err().contains("gone"));
    assert!(of_annotation("voice", Some("[\"niemand\"]")).unwrap_err().contains("niemand"));

    let settled = settle(RecordKind::Link, &link_id, "ends", Some(&format!("{} {}", id(3), id(1)))).unwrap();
    assert_eq!(settled.links.values().next().unwrap().from, id(3));
    let settled = settle(RecordKind::Statement, &statement, "date", Some("2031-05")).unwrap();
    assert_eq!(settled.statements.values().next().unwrap().date.as_str(), "2031-05");
    let settled = settle(RecordKind::Document, "brief", "container-title", Some("De Bode")).unwrap();
    assert_eq!(settled.documents[0].info.metadata.container_title, "De Bode");
    let settled = settle(RecordKind::Tag, "claim", "color", Some("green")).unwrap();
    assert_eq!(settled.scheme.tags[0].color, TagColor::Green);
    let settled = settle(RecordKind::Tag, "claim", "parent", None).unwrap();
    assert_eq!(settled.scheme.tags[0].parent, None);
    let settled = settle(RecordKind::Session, "", "title", Some("Haven")).unwrap();
    assert_eq!(settled.info.title, "Haven");
    let settled = settle(RecordKind::Annotator, "vos", "name", Some("E. Vos")).unwrap();
    assert_eq!(settled.annotator_name(&by), "E. Vos");

    // What one side removed goes with its links; what is in use does not.
    let gone = settle(RecordKind::Annotation, &id(1).to_string(), Conflict::RECORD, None).unwrap();
    assert_eq!((gone.annotations.len(), gone.links.len()), (2, 0));
    let refused = settle(RecordKind::Tag, "claim", Conflict::RECORD, None).unwrap_err();
    assert!(refused.contains("claim"), "{refused}");
    assert!(settle(RecordKind::Tag, "caveat", Conflict::RECORD, None).is_ok());
}
