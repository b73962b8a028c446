use std::sync::Arc;

use super::*;
use crate::edit::{Edit, make};
use crate::model::{AnnotatorId, AttributeId, Scheme, SessionInfo, Span, StatementId, TagId};
use crate::review::made::{add_statement, change, id, link, put, session, set_reading, statement_id};

const TEXT: &str =
    "[claim:De haven opent in mei.] En [denial:er komt geen kraan] volgens hem.\n\n[claim:Dat zegt de raad.]";

fn brief() -> Session {
    session("vos", 0, &[("brief", TEXT)])
}

/// The lines that one change makes.
fn lines(how: impl FnOnce(&mut Session)) -> Vec<String> {
    let a = brief();
    let mut b = a.clone();
    how(&mut b);
    diff(&a, &b)
}

#[test]
fn every_change_of_an_annotation_is_told_with_its_place() {
    assert_eq!(lines(|_| {}), [""; 0]);
    let place = "brief, ¶ 1  “De haven opent in mei.”";
    let one = |how: &dyn Fn(&mut crate::model::Annotation)| lines(|b| change(b, 1, |it| how(it)));
    assert_eq!(one(&|it| it.tag = TagId::new("denial")), [format!("{place}  retagged: claim → denial")]);
    assert_eq!(one(&|it| it.note = "zie\nonder".to_owned()), [format!("{place}  note: none → “zie onder”")]);
    assert_eq!(one(&|it| it.unsure = true), [format!("{place}  now unsure")]);
    let both = one(&|it| {
        it.tag = TagId::new("caveat");
        it.unsure = true;
    });
    assert_eq!(both, [format!("{place}  retagged: claim → caveat; now unsure")]);
    let second = "brief, ¶ 2  “Dat zegt de raad.”";
    assert_eq!(lines(|b| put(b, Edit::RemoveAnnotation(id(3)))), [format!("{second}  claim removed")]);
    let (a, mut b) = (brief(), brief());
    put(&mut b, Edit::RemoveAnnotation(id(3)));
    assert_eq!(diff(&b, &a), [format!("{second}  claim added")]);
}

#[test]
fn ends_that_moved_are_told_with_the_words() {
    let ends = |from: &str, to: &str| {
        lines(|b| {
            let text = b.documents[0].text();
            let span = Span::new(text.find(from).unwrap(), text.find(to).unwrap() + to.len()).unwrap();
            change(b, 2, |it| {
                it.anchor = crate::model::Anchor::Placed { document: it.anchor.document().clone(), span };
            });
        })
    };
    let place = "brief, ¶ 1  “er komt geen kraan”";
    assert_eq!(ends("geen", "kraan"), [format!("{place}  start moved: “er komt” taken off")]);
    assert_eq!(ends("En er", "kraan"), [format!("{place}  start moved: “En” added")]);
    assert_eq!(ends("er komt", "kraan volgens hem."), [format!("{place}  end moved: “volgens hem.” added")]);
    let both = [format!("{place}  start moved: “er” taken off; end moved: “kraan” taken off")];
    assert_eq!(ends("komt", "geen"), both);
    assert_eq!(ends("Dat", "raad."), [format!("{place}  moved to brief, ¶ 2  “Dat zegt de raad.”")]);
}

#[test]
fn what_is_no_annotation_is_told_too() {
    let told = lines(|b| {
        put(b, Edit::SetInfo(SessionInfo { title: "De haven".to_owned(), note: String::new() }));
        set_reading(b, "brief", "vos", crate::model::ReadingStatus::Reading);
        add_statement(b, 1, "opent in mei");
        link(b, 1, "denies", 2, 1);
        let mut scheme = Scheme::clone(&b.scheme);
        scheme.tags[2].name = "voorbehoud".to_owned();
        scheme.tags[2].key = None;
        put(b, Edit::SetScheme(Arc::new(scheme)));
    });
    assert_eq!(
        told,
        [
            "session: title: none → “De haven”",
            "tag “caveat”: name: “caveat” → “voorbehoud”; key: 3 → none",
            "brief: being read by vos",
            "link: brief, ¶ 1  “er komt geen kraan”  denies  brief, ¶ 1  “De haven opent in mei.”  added",
            "statement “opent in mei”: added",
        ]
    );
    let told = lines(|b| {
        for edit in make::remove_document(b, &DocumentId::new("brief")) {
            put(b, edit);
        }
    });
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(told[0], "brief: document removed");
}

#[test]
fn sessions_of_two_people_are_matched_by_passage() {
    let a = brief();
    let theirs = TEXT.replace("[denial:er komt geen kraan]", "[caveat:er komt geen kraan]");
    let b =
        session("wit", 3, &[("letter", &theirs.replace("[claim:Dat zegt de raad.]", "Dat zegt de raad."))]);
    let told = diff(&a, &b);
    let of_passages: Vec<&String> = told.iter().filter(|line| line.contains('¶')).collect();
    assert_eq!(
        of_passages,
        [
            "brief, ¶ 1  “er komt geen kraan”  retagged: denial → caveat",
            "brief, ¶ 2  “Dat zegt de raad.”  claim removed",
        ]
    );
    assert!(told.contains(&"annotator “wit”: added".to_owned()), "{told:?}");
}

/// Attributes, statements and voices by their names, not by their ids.
#[test]
fn values_are_told_by_name() {
    let mut a = brief();
    add_statement(&mut a, 1, "opent");
    let mut scheme = Scheme::clone(&a.scheme);
    let mut attribute = make::new_attribute(&scheme, "toon");
    attribute.id = AttributeId::new("tone");
    scheme.attributes.push(attribute);
    put(&mut a, Edit::SetScheme(Arc::new(scheme)));
    let mut b = a.clone();
    change(&mut b, 1, |it| {
        it.statement = Some::<StatementId>(statement_id(1));
        it.attributes.insert(AttributeId::new("tone"), "scherp".to_owned());
        it.comments.push(crate::model::Comment {
            id: crate::model::CommentId(uuid::Uuid::from_u128(1)),
            author: AnnotatorId::new("vos"),
            at: crate::model::Timestamp::from_second(1),
            text: "Zo?".to_owned(),
            reply_to: None,
            status: None,
        });
    });
    let said = "toon: none → “scherp”; statement: none → “opent”; comment by vos: “Zo?”";
    assert_eq!(diff(&a, &b), [format!("brief, ¶ 1  “De haven opent in mei.”  {said}")]);
}
