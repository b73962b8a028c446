use super::*;
use crate::edit::{Step, apply_step};
use crate::model::{Reading, TagId, Timestamp, Verdict};
use crate::review::made::{change, id, put, session, words};

const TEXT: &str = "👮🏽‍♀️ “e\u{301}” brief van 3 mei over de haven en wat daar gebeurt.\n\n[claim:De kranen zijn ’s nachts mogelijk te luid], aldus de \
    wethouder van de stad.\n\nWist men ervan? [denial:Nee, dat wist niemand.] Zo staat het er.\n\n[caveat:Dit is een \
    voorbehoud dat verdwijnt.]\n\nEen slot dat blijft.\n";

fn brief() -> DocumentId {
    DocumentId::new("brief")
}

fn corrected(session: &Session) -> Source {
    let old = session.document(&brief()).unwrap();
    let text =
        old.text().replace("3 mei", "4 mei, met een “correctie”").replace("mogelijk", "waarschijnlijk");
    let text = text.replace("Dit is een voorbehoud dat verdwijnt.\n\n", "");
    Source::new(text, old.source.import.clone())
}

fn done(session: &mut Session, edits: Vec<Edit>) -> Step {
    let step = Step { label: "correct".to_owned(), at: Timestamp::from_second(9), edits };
    let inverse = apply_step(session, &step).unwrap();
    assert_eq!(session.problems(), []);
    inverse
}

#[test]
fn each_annotation_has_a_fate_and_one_step_takes_all_back() {
    let mut ours = session("vos", 1, &[("brief", TEXT)]);
    let before = ours.clone();
    let plan = plan(&ours, &brief(), corrected(&ours)).unwrap();
    let fates: Vec<(Fate, &str, &str)> =
        plan.rows.iter().map(|row| (row.fate, row.old_quote.as_str(), row.new_quote.as_str())).collect();
    let (claim, new_claim) =
        ("De kranen zijn ’s nachts mogelijk te luid", "De kranen zijn ’s nachts waarschijnlijk te luid");
    let denial = "Nee, dat wist niemand.";
    let caveat = "Dit is een voorbehoud dat verdwijnt.";
    assert_eq!(
        fates,
        [(Fate::Doubtful, claim, new_claim), (Fate::Kept, denial, denial), (Fate::Lost, caveat, "")]
    );
    assert!(plan.rows[0].likeness > 0.6 && plan.rows[0].likeness < 1.0);
    assert_eq!(plan.doubtful().collect::<Vec<_>>(), [id(101)]);

    let inverse = done(&mut ours, edits(&before, &plan, &BTreeSet::new()));
    // Without a yes it is an orphan, with all that was known of it.
    assert_eq!(ours.quote(&ours.annotations[&id(101)]), claim);
    assert_eq!(ours.annotations[&id(101)].anchor.span(), None);
    assert_eq!(words(&ours, "brief", ours.annotations[&id(102)].anchor.span().unwrap()), denial);
    let Anchor::Orphan(orphan) = &ours.annotations[&id(103)].anchor else { panic!("it is lost") };
    assert_eq!((orphan.quote.as_str(), orphan.after.as_str()), (caveat, "\n\nEen slot dat blijft.\n"));
    assert_eq!(ours.documents[0].info.earlier, [before.documents[0].source.digest]);
    let mut back = ours.clone();
    apply_step(&mut back, &inverse).unwrap();
    assert_eq!(back, before);

    // Later, the doubtful one is accepted after all.
    let span = proposal(&ours, id(101)).unwrap();
    assert_eq!(words(&ours, "brief", span), new_claim);
    let edit = place_again(&ours, id(101), span).unwrap();
    done(&mut ours, vec![edit]);
    assert_eq!(ours.annotations[&id(101)].anchor.span(), Some(span));
    assert_eq!(place_again(&ours, id(101), span), None, "no orphan");
    assert_eq!(proposal(&ours, id(103)), None);
}

#[test]
fn a_yes_places_what_is_doubtful_and_the_old_text_brings_orphans_back_as_a_question() {
    let mut ours = session("vos", 1, &[("brief", TEXT)]);
    let first = ours.documents[0].source.clone();
    let there = plan(&ours, &brief(), corrected(&ours)).unwrap();
    let edits_there = edits(&ours, &there, &there.doubtful().collect());
    done(&mut ours, edits_there);
    let span = ours.annotations[&id(101)].anchor.span().unwrap();
    assert_eq!(words(&ours, "brief", span), "De kranen zijn ’s nachts waarschijnlijk te luid");
    let back = plan(&ours, &brief(), Source::clone(&first)).unwrap();
    let row = back.rows.last().unwrap();
    assert_eq!((row.annotation, row.fate, row.was_orphan), (id(103), Fate::Doubtful, true));
    assert_eq!(row.new_quote, "Dit is een voorbehoud dat verdwijnt.");
    let edits_back = edits(&ours, &back, &BTreeSet::new());
    done(&mut ours, edits_back);
    let Anchor::Orphan(orphan) = &ours.annotations[&id(103)].anchor else { panic!("no one said yes") };
    assert_eq!(orphan.quote, "Dit is een voorbehoud dat verdwijnt.");
}

#[test]
fn furniture_decisions_and_open_places_go_along_or_are_told() {
    let mut ours = session("vos", 1, &[("brief", TEXT)]);
    let text = ours.documents[0].text().to_owned();
    let range = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len()).unwrap()
    };
    let mut info = DocumentInfo::clone(&ours.documents[0].info);
    info.furniture = vec![range("brief van 3 mei"), range("aldus de wethouder van de stad.")];
    let someone = ours.annotators.keys().next().unwrap().clone();
    let at = Timestamp::from_second(3);
    info.reading.insert(someone.clone(), Reading { status: ReadingStatus::Done, at });
    put(&mut ours, Edit::SetDocumentInfo { id: brief(), info: Arc::new(info) });
    let seen = |session: &Session, number| content_digest(session, &session.annotations[&id(number)]);
    let decision = Decision {
        about: vec![id(102), id(103)],
        seen: vec![seen(&ours, 102), seen(&ours, 103)],
        verdict: Verdict::Both,
        outcome: Vec::new(),
        by: someone,
        at,
        reason: String::new(),
        note: String::new(),
    };
    put(&mut ours, Edit::AddDecision { at: 0, decision });
    let open = |field: &str| Conflict {
        kind: RecordKind::Annotation,
        id: id(102).to_string(),
        field: field.to_owned(),
        kept: None,
        other: None,
    };
    put(&mut ours, Edit::SetConflicts(vec![open("anchor"), open("note")]));
    change(&mut ours, 103, |annotation| annotation.tag = TagId::new("claim"));
    let before = ours.clone();
    let plan = plan(&ours, &brief(), corrected(&ours)).unwrap();
    assert_eq!(plan.furniture_lost, 1);
    assert_eq!(plan.notes.len(), 3, "{:?}", plan.notes);
    let all = edits(&ours, &plan, &BTreeSet::new());
    let inverse = done(&mut ours, all);
    let furniture: Vec<&str> =
        ours.documents[0].info.furniture.iter().map(|span| words(&ours, "brief", *span)).collect();
    assert_eq!(furniture, ["aldus de wethouder van de stad."]);
    // The one that says what it said is known again; the other was changed since, and stays so.
    assert_eq!(ours.decisions[0].seen, [seen(&ours, 102), before.decisions[0].seen[1]]);
    assert_eq!(ours.conflicts, [open("note")]);
    apply_step(&mut ours, &inverse).unwrap();
    assert_eq!(ours, before);
}

#[test]
fn the_same_text_and_no_document_are_refused() {
    let ours = session("vos", 1, &[("brief", TEXT)]);
    let same = Source::clone(&ours.documents[0].source);
    assert_eq!(plan(&ours, &brief(), same.clone()).unwrap_err(), CarryError::Same);
    assert_eq!(plan(&ours, &DocumentId::new("x"), same).unwrap_err(), CarryError::Missing);
}
