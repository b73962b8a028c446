#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use super::*;
use crate::edit::Edit;
use crate::model::{
    Anchor, Annotator, Decision, Digest, OrphanAnchor, Provenance, Scheme, SessionId, Tag, TagMapping,
    Timestamp, Verdict,
};
use crate::review::made::{HARD, change, id, put, session, set_reading};

/// The code points before the notation of a document.
fn before() -> u64 {
    HARD.chars().count() as u64
}

fn vos() -> Session {
    session("vos", 1, &[("a", "[claim:De kraan] is e\u{301}en [denial:ding]."), ("b", "[claim:Ja]. Nee.")])
}

fn adan() -> Session {
    session("adan", 2, &[("a", "[caveat:De kraan is] e\u{301}en ding."), ("b", "Ja. [denial:Nee].")])
}

fn gathered(sessions: &[&Session], all_documents: bool) -> Gathered {
    let labels = ["one", "two", "three"];
    let named: Vec<(&str, &Session)> = labels.into_iter().zip(sessions.iter().copied()).collect();
    of_sessions(&named, all_documents)
}

/// The marks of a document by annotator: start and end after [`HARD`], and the tag.
fn told(gathered: &Gathered, document: usize) -> Vec<Vec<(u64, u64, &str)>> {
    let material = &gathered.material;
    let tell = |unit: &Unit| (unit.start - before(), unit.end - before(), material.tags[unit.tag].as_str());
    let of = |marks: &Option<Vec<Unit>>| marks.as_ref().unwrap().iter().map(tell).collect();
    material.documents[document].marks.iter().map(of).collect()
}

fn left_out(gathered: &Gathered) -> Vec<(&str, &str)> {
    gathered.left_out.iter().map(|left| (left.document.as_str(), left.why.as_str())).collect()
}

#[test]
fn offsets_are_code_points_and_each_session_is_an_annotator() {
    let gathered = gathered(&[&vos(), &adan()], false);
    assert_eq!(gathered.material.annotators, ["vos", "adan"]);
    assert_eq!(told(&gathered, 0), [vec![(0, 8, "claim"), (17, 21, "denial")], vec![(0, 11, "caveat")],]);
    assert_eq!(told(&gathered, 1), [vec![(0, 2, "claim")], vec![(4, 7, "denial")]]);
    let first = &gathered.material.documents[0];
    assert_eq!(first.length, before() + 22);
    let word =
        |range: &Range<u64>| (range.start as i64 - before() as i64, range.end as i64 - before() as i64);
    let words: Vec<(i64, i64)> = first.words.iter().map(word).filter(|range| range.0 >= 0).collect();
    assert_eq!(words, [(0, 2), (3, 8), (9, 11), (12, 16), (17, 21)]);
    assert_eq!(first.marks[0].as_ref().unwrap()[1].annotation, Some(id(102)));
    assert_eq!((left_out(&gathered), gathered.notes.len()), (vec![], 0));
}

#[test]
fn a_document_counts_where_all_have_finished_it() {
    let mut adan = adan();
    set_reading(&mut adan, "b", "adan", ReadingStatus::Reading);
    let some = gathered(&[&vos(), &adan], false);
    assert_eq!(some.material.documents.len(), 1);
    assert_eq!(left_out(&some), [("b", "not finished by adan")]);
    let all = gathered(&[&vos(), &adan], true);
    assert_eq!((all.material.documents.len(), left_out(&all)), (2, vec![]));
    let alone = session("bos", 3, &[("b", "Ja. Nee.")]);
    let missing = gathered(&[&vos(), &alone], true);
    assert_eq!(left_out(&missing), [("a", "bos does not have it")]);
    assert_eq!(told(&missing, 0), [vec![(0, 2, "claim")], vec![]], "who marked nothing counts");
}

#[test]
fn blanks_at_the_ends_are_no_part_and_the_same_mark_twice_is_one() {
    let mut vos = session("vos", 1, &[("a", "De[claim: kraan ]is[claim: ]een.")]);
    let mut adan = session("adan", 2, &[("a", "De [claim:kraan] [denial:is] een.")]);
    let span = adan.annotations[&id(201)].anchor.span().unwrap();
    change(&mut adan, 202, |annotation| {
        let document = annotation.anchor.document().clone();
        annotation.anchor =
            Anchor::Placed { document, span: Span::new(span.start() - 1, span.end()).unwrap() };
        annotation.tag = TagId::new("claim");
    });
    let gathered = gathered(&[&vos, &adan], false);
    assert_eq!(told(&gathered, 0), [vec![(3, 8, "claim")], vec![(3, 8, "claim")]]);
    assert_eq!(
        gathered.notes,
        [
            "1 of the marks stand on blanks alone and are not measured",
            "1 of the marks stand twice on the same passage with the same tag and count once",
        ]
    );
    change(&mut vos, 101, |annotation| {
        annotation.anchor = Anchor::Orphan(OrphanAnchor {
            document: DocumentId::new("a"),
            quote: "kraan".to_owned(),
            before: String::new(),
            after: String::new(),
            last: span,
        });
    });
    let notes = self::gathered(&[&vos, &adan], false).notes;
    assert_eq!(notes[0], "1 of the marks of vos have lost their text and are not measured");
}

#[test]
fn tags_are_those_of_the_first_session() {
    let (mut vos, adan) = (vos(), adan());
    let (session, theirs) = (adan.id, TagId::new("caveat"));
    let mapping = TagMapping { session, theirs, ours: TagId::new("claim") };
    put(&mut vos, Edit::SetTagMappings(vec![mapping]));
    assert_eq!(told(&gathered(&[&vos, &adan], false), 0)[1], [(0, 11, "claim")]);
    let mut strange = adan.clone();
    let mut scheme = Scheme::clone(&strange.scheme);
    let new = Tag { id: TagId::new("voorbehoud"), letter: 'v', key: None, ..scheme.tags[0].clone() };
    scheme.tags.push(new);
    put(&mut strange, Edit::SetScheme(std::sync::Arc::new(scheme)));
    change(&mut strange, 201, |annotation| annotation.tag = TagId::new("voorbehoud"));
    assert_eq!(told(&gathered(&[&vos, &strange], false), 0)[1], [(0, 11, "voorbehoud")]);
}

/// Both sessions have decided about the first passage; what came of it is marked by neither.
#[test]
fn results_of_decisions_are_no_marks() {
    let (mut vos, mut adan) = (vos(), adan());
    let plain = gathered(&[&vos, &adan], false);
    let before: Vec<_> = told(&plain, 0).into_iter().map(|it| it.len()).collect();
    for (session, by, result) in [(&mut vos, "vos", 102), (&mut adan, "adan", 202)] {
        decide(session, by, result);
    }
    let decided = gathered(&[&vos, &adan], false);
    let after: Vec<_> =
        (0..2).map(|at| told(&decided, at).into_iter().map(|it| it.len()).collect::<Vec<_>>()).collect();
    assert_eq!(before, [2, 1]);
    assert_eq!(after, [vec![1, 1], vec![1, 0]], "102 stands in a, 202 in b");
}

#[test]
fn one_name_twice_is_told_apart() {
    let (vos, mut again) = (vos(), adan());
    let by = AnnotatorId::new("adan");
    put(&mut again, Edit::PutAnnotator(by, Annotator { name: "vos".to_owned(), note: String::new() }));
    assert_eq!(gathered(&[&vos, &again], false).material.annotators, ["vos (one)", "vos (two)"]);
    let same = of_sessions(&[("x", &vos), ("x", &again)], false);
    assert_eq!(same.material.annotators, ["vos (x, 1)", "vos (x, 2)"]);
}

#[test]
fn one_session_alone_is_compared_by_its_annotators() {
    let mut vos = vos();
    for name in ["bos", "cas"] {
        let annotator = Annotator { name: name.to_uppercase(), note: String::new() };
        put(&mut vos, Edit::PutAnnotator(AnnotatorId::new(name), annotator));
    }
    change(&mut vos, 102, |annotation| annotation.annotator = AnnotatorId::new("bos"));
    // Cas has decided, and marked nothing.
    change(&mut vos, 103, |annotation| annotation.annotator = AnnotatorId::new("cas"));
    decide(&mut vos, "cas", 103);
    set_reading(&mut vos, "a", "bos", ReadingStatus::Done);
    let gathered = gathered(&[&vos], false);
    assert_eq!(gathered.material.annotators, ["BOS", "vos"]);
    assert_eq!(told(&gathered, 0), [vec![(17, 21, "denial")], vec![(0, 8, "claim")]]);
    assert_eq!(left_out(&gathered), [("b", "not finished by BOS")]);
}

/// Makes an annotation the result of a decision about another session's.
fn decide(session: &mut Session, by: &str, result: u32) {
    let (by, at) = (AnnotatorId::new(by), Timestamp::from_second(8));
    let from = Provenance {
        session: SessionId(uuid::Uuid::from_u128(77)),
        from: vec![id(9_000 + result)],
        decided_by: by.clone(),
        at,
        reason: String::new(),
    };
    change(session, result, |annotation| annotation.provenance = Some(from));
    let decision = Decision {
        about: vec![id(9_000 + result)],
        seen: vec![Digest::of(b"")],
        verdict: Verdict::Theirs,
        outcome: vec![id(result)],
        by,
        at,
        reason: String::new(),
        note: String::new(),
    };
    put(session, Edit::SetDecisions(vec![decision]));
}
