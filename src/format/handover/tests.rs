use proptest::prelude::*;

use super::*;
use crate::format::{arbitrary, session};
use crate::model::*;

const CANARY: &str = "kanarie7";

/// Puts the canary wherever a reader writes what is not for a second coder.
fn with_canaries(mut session: Session) -> Session {
    let say = || format!("x {CANARY} y");
    let me = AnnotatorId::new(CANARY);
    session.info.note = say();
    session.annotators.insert(me.clone(), Annotator { name: say(), note: say() });
    let at = session.created;
    for document in &mut session.documents {
        let document = Arc::make_mut(document);
        let source = Arc::make_mut(&mut document.source);
        source.import.file_name = Some(format!("/home/{CANARY}/letter.md"));
        let info = Arc::make_mut(&mut document.info);
        info.metadata.note = say();
        info.metadata.url = format!("file:///home/{CANARY}/letter.md");
        info.reading.insert(me.clone(), Reading { status: ReadingStatus::Done, at });
    }
    for annotation in session.annotations.values_mut() {
        let annotation = Arc::make_mut(annotation);
        annotation.note = say();
        annotation.annotator = me.clone();
        annotation.changes.push(Change { by: me.clone(), at, what: say() });
        for comment in &mut annotation.comments {
            comment.text = say();
            comment.author = me.clone();
        }
    }
    for statement in session.statements.values_mut() {
        let statement = Arc::make_mut(statement);
        (statement.name, statement.definition, statement.note) = (say(), say(), say());
    }
    for actor in session.actors.values_mut() {
        Arc::make_mut(actor).name = say();
    }
    for link in session.links.values_mut() {
        Arc::make_mut(link).note = say();
    }
    let scheme = Arc::make_mut(&mut session.scheme);
    for tag in &mut scheme.tags {
        tag.examples.push(Example { quote: "an example".to_owned(), annotation: None, note: say() });
    }
    session
}

proptest! {
    #[test]
    fn no_byte_of_what_one_has_made_is_in_the_copy(seed in any::<u64>()) {
        let mine = with_canaries(arbitrary::session(seed));
        prop_assert!(session::write(&mine).contains(CANARY));
        let id = SessionId(uuid::Uuid::from_u128(7));
        let copy = second_coder_copy(&mine, id, mine.created);
        prop_assert!(copy.problems().is_empty(), "{:?}", copy.problems());
        let file = session::write(&copy);
        prop_assert!(!file.contains(CANARY), "{}", file);
        for annotation in mine.annotations.keys() {
            prop_assert!(!file.contains(&annotation.to_string()));
        }
        prop_assert_eq!(copy.documents.len(), mine.documents.len());
        for (copied, own) in copy.documents.iter().zip(&mine.documents) {
            prop_assert_eq!(copied.text(), own.text());
            prop_assert_eq!(&copied.info.furniture, &own.info.furniture);
            prop_assert_eq!(&copied.info.metadata.title, &own.info.metadata.title);
        }
        let rules = |session: &Session| -> Vec<(TagId, Vec<String>)> {
            let words = |tag: &Tag| tag.rules.iter().map(|rule| rule.text.clone()).collect();
            session.scheme.tags.iter().map(|tag| (tag.id.clone(), words(tag))).collect()
        };
        prop_assert_eq!(rules(&copy), rules(&mine));
        prop_assert_eq!(session::read(file.as_bytes()).unwrap().session, copy);
    }
}
