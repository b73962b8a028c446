use uuid::Uuid;

use proptest::prelude::*;

use super::*;
use crate::edit::{Edit, Step, apply_step};
use crate::model::{
    Actor, ActorId, ActorKind, Anchor, Annotator, AnnotatorId, Attribute, AttributeId, AttributeValue,
    Change, Comment, CommentId, Scheme, Timestamp, Verdict,
};
use crate::review::made::{add_statement, change, id, link, put, session, statement_id, words};

const TEXT: &str = "De kranen zijn te luid. De wind was harder. Nee. Slot van het stuk.";

fn ours() -> Session {
    session(
        "vos",
        1,
        &[("a", "[claim:De kranen zijn te luid]. [caveat:De wind was harder.] Nee. Slot van het stuk.")],
    )
}

fn adan() -> Session {
    session(
        "adan",
        2,
        &[(
            "a",
            "[claim:De kranen zijn te luid.] [caveat:De wind was harder.] [denial:Nee.] Slot van het stuk.",
        )],
    )
}

fn bos() -> Session {
    session(
        "bos",
        3,
        &[(
            "a",
            "[denial:De kranen zijn te luid]. [caveat:De wind was harder.] [denial:Nee.] Slot van het stuk.",
        )],
    )
}

fn layers(ours: &Session, theirs: &[Session]) -> Vec<Layer> {
    theirs.iter().map(|theirs| Layer::over(ours, Arc::new(theirs.clone()))).collect()
}

fn queue(ours: &Session, theirs: &[Session]) -> Queue {
    let layers = layers(ours, theirs);
    cases(ours, &|_| true, &layers.iter().collect::<Vec<_>>(), false)
}

/// Each case as the numbers of its members, who is silent, and how it stands.
fn told(queue: &Queue) -> Vec<String> {
    let number = |member: &Member| member.annotation.0.as_u128().to_string();
    let one = |case: &Case| {
        let members: Vec<String> = case.members.iter().map(number).collect();
        format!("{} silent {}: {:?}, {:?}", members.join(" "), case.silent.len(), case.accord, case.state)
    };
    queue.cases.iter().map(one).collect()
}

fn ruling() -> Ruling {
    Ruling {
        by: AnnotatorId::new("vos"),
        at: Timestamp::from_second(77),
        reason: "the rule of 3 May".to_owned(),
        note: "zie “e\u{301}”".to_owned(),
    }
}

/// Decides a case, applies the edits, checks that the session is valid and that undo restores it.
fn after(ours: &Session, theirs: &[Session], nth: usize, choice: &Choice) -> Session {
    let layers = layers(ours, theirs);
    let layers: Vec<&Layer> = layers.iter().collect();
    let queue = cases(ours, &|_| true, &layers, false);
    let mut next = 900 + ours.decisions.len() as u128 * 10;
    let mut new_id = || {
        next += 1;
        AnnotationId(Uuid::from_u128(next))
    };
    let edits = decide(ours, &layers, &queue.cases[nth], choice, &ruling(), &mut new_id).unwrap();
    applied(ours, edits)
}

fn applied(ours: &Session, edits: Vec<Edit>) -> Session {
    let mut session = ours.clone();
    let step = Step { label: "decide".to_owned(), at: Timestamp::from_second(77), edits };
    let undo = apply_step(&mut session, &step).unwrap();
    assert_eq!(session.problems(), []);
    let after = session.clone();
    apply_step(&mut session, &undo).unwrap();
    assert_eq!(session, *ours, "undo restores the session");
    after
}

#[test]
fn annotations_of_several_readers_form_cases() {
    let queue = queue(&ours(), &[adan(), bos()]);
    assert_eq!(
        told(&queue),
        [
            "101 201 301 silent 0: Differ, Open",
            "102 202 302 silent 0: Exact, Open",
            "203 303 silent 1: Differ, Open",
        ]
    );
    assert_eq!(queue.cases[2].silent, [Source::Own]);
    assert_eq!(queue.progress(), Progress { open: 3, decided: 0, changed: 0 });
    let ours = ours();
    assert_eq!(words(&ours, "a", queue.cases[0].span), "De kranen zijn te luid.");
    // Of two, ends that differ by a full stop are slight.
    assert_eq!(self::queue(&ours, &[adan()]).cases[0].accord, Accord::Slight);
}

#[test]
fn who_has_not_finished_takes_no_part_and_is_named() {
    let (ours, mut theirs) = (ours(), adan());
    crate::review::made::set_reading(&mut theirs, "a", "adan", crate::model::ReadingStatus::Reading);
    let layers = layers(&ours, &[theirs, bos()]);
    let layers: Vec<&Layer> = layers.iter().collect();
    let queue = cases(&ours, &|_| true, &layers, false);
    assert_eq!(queue.unfinished, [(DocumentId::new("a"), Source::Layer(0))]);
    assert!(queue.cases.iter().all(|case| case.of(Source::Layer(0)).is_none()));
    assert_eq!(queue.cases[1].accord, Accord::Exact, "of those who have finished");
    let all = cases(&ours, &|_| true, &layers, true);
    assert!(all.unfinished.is_empty() && all.cases[0].members.len() == 3);
    // A session without marks or reading of its own is where the result of others comes in.
    let empty = session("vos", 1, &[("a", TEXT)]);
    let mut unread = empty.clone();
    crate::review::made::set_reading(&mut unread, "a", "vos", crate::model::ReadingStatus::Unread);
    assert_eq!(self::queue(&unread, &[adan(), bos()]).cases[1].accord, Accord::Exact);
    assert_eq!(
        self::queue(&empty, &[adan(), bos()]).cases[1].accord,
        Accord::Differ,
        "vos read, and did not mark it"
    );
}

#[test]
fn a_statement_or_voice_that_differs_is_no_accord() {
    let (ours, mut theirs) = (ours(), adan());
    change(&mut theirs, 202, |annotation| annotation.unsure = true);
    assert_eq!(queue(&ours, &[theirs.clone()]).cases[1].accord, Accord::Differ);
    add_statement(&mut theirs, 4, "De wind");
    change(&mut theirs, 202, |annotation| {
        annotation.unsure = false;
        annotation.statement = Some(statement_id(4));
    });
    assert_eq!(queue(&ours, &[theirs]).cases[1].accord, Accord::Differ);
}

/// Gives 201 of R. Adan something in every field.
fn rich() -> Session {
    let mut theirs = adan();
    let bos = AnnotatorId::new("bos");
    put(
        &mut theirs,
        Edit::PutAnnotator(bos.clone(), Annotator { name: "B. Bos".to_owned(), note: String::new() }),
    );
    let mut scheme = Scheme::clone(&theirs.scheme);
    scheme.attributes.push(Attribute {
        id: AttributeId::new("toon"),
        name: "Toon".to_owned(),
        definition: String::new(),
        values: vec![AttributeValue { name: "fel".to_owned(), definition: "niet kalm".to_owned() }],
        default: None,
        tags: vec![TagId::new("claim")],
        retired: false,
    });
    put(&mut theirs, Edit::SetScheme(Arc::new(scheme)));
    add_statement(&mut theirs, 7, "De kranen waren het");
    let actor = Actor {
        id: ActorId::new("alderman"),
        name: "De wethouder".to_owned(),
        kind: ActorKind::Person,
        note: String::new(),
    };
    put(&mut theirs, Edit::PutActor(Arc::new(actor)));
    change(&mut theirs, 201, |annotation| {
        annotation.note = "een noot 👮🏽‍♀️".to_owned();
        annotation.unsure = true;
        annotation.attributes.insert(AttributeId::new("toon"), "fel".to_owned());
        annotation.statement = Some(statement_id(7));
        annotation.voice = vec![ActorId::new("alderman")];
        annotation.comments.push(Comment {
            id: CommentId(Uuid::from_u128(5)),
            author: bos.clone(),
            at: Timestamp::from_second(5),
            text: "zeker?".to_owned(),
            reply_to: None,
            status: None,
        });
        annotation.changes.push(Change { by: bos, at: Timestamp::from_second(6), what: "retag".to_owned() });
    });
    theirs
}

#[test]
fn theirs_comes_with_all_that_is_said_of_it() {
    let theirs = rich();
    let ours = ours();
    let after = after(&ours, std::slice::from_ref(&theirs), 0, &Choice::Theirs(1));
    let [decision] = after.decisions.as_slice() else { panic!("one decision") };
    assert_eq!((decision.verdict, decision.about.as_slice()), (Verdict::Theirs, &[id(101), id(201)][..]));
    assert_eq!((decision.reason.as_str(), decision.note.as_str()), ("the rule of 3 May", "zie “e\u{301}”"));
    let taken = &after.annotations[&decision.outcome[0]];
    let original = &theirs.annotations[&id(201)];
    let provenance = taken.provenance.clone().unwrap();
    assert_eq!((provenance.session, provenance.from.as_slice()), (theirs.id, &[id(201)][..]));
    assert_eq!((provenance.decided_by.as_str(), provenance.at.as_second()), ("vos", 77));
    let as_it_was = Annotation { id: original.id, provenance: None, ..Annotation::clone(taken) };
    assert_eq!(as_it_was, **original);
    assert!(!after.annotations.contains_key(&id(101)), "it stands in the place of ours");
    assert_eq!(after.statements[&statement_id(7)].name, "De kranen waren het");
    assert_eq!(after.actors[&ActorId::new("alderman")].name, "De wethouder");
    assert_eq!(after.annotators[&AnnotatorId::new("bos")].name, "B. Bos");
    assert!(after.scheme.attribute(&AttributeId::new("toon")).is_some());
    let queue = queue(&after, &[theirs]);
    assert_eq!(queue.cases[0].state, State::Decided(0));
    assert_eq!(queue.progress(), Progress { open: 2, decided: 1, changed: 0 });
}

#[test]
fn voices_and_attributes_that_are_here_are_not_doubled() {
    let theirs = rich();
    let mut ours = ours();
    let actor = Actor {
        id: ActorId::new("wethouder"),
        name: "de Wethouder".to_owned(),
        kind: ActorKind::Person,
        note: String::new(),
    };
    put(&mut ours, Edit::PutActor(Arc::new(actor)));
    let mut scheme = Scheme::clone(&ours.scheme);
    let mut attribute = theirs.scheme.attributes[0].clone();
    attribute.values[0].name = "kalm".to_owned();
    scheme.attributes.push(attribute);
    put(&mut ours, Edit::SetScheme(Arc::new(scheme)));
    let after = after(&ours, &[theirs], 0, &Choice::Theirs(1));
    let taken = &after.annotations[&after.decisions[0].outcome[0]];
    assert_eq!(taken.voice, [ActorId::new("wethouder")]);
    let values: Vec<&str> =
        after.scheme.attributes[0].values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["kalm", "fel"]);
}

#[test]
fn mine_stays_and_says_who_decided() {
    let after = after(&ours(), &[adan(), bos()], 0, &Choice::Mine);
    let decision = &after.decisions[0];
    assert_eq!((decision.verdict, decision.outcome.as_slice()), (Verdict::Mine, &[id(101)][..]));
    let provenance = after.annotations[&id(101)].provenance.clone().unwrap();
    assert_eq!((provenance.session, provenance.from.as_slice()), (after.id, &[id(101)][..]));
    let queue = queue(&after, &[adan(), bos()]);
    assert_eq!(told(&queue)[0], "101 201 301 silent 0: Differ, Decided(0)", "it is a source yet");
    assert!(results(&after).is_empty());
}

#[test]
fn both_are_all_that_differ() {
    let mut like_adan = bos();
    change(&mut like_adan, 301, |annotation| annotation.tag = TagId::new("claim"));
    let after = after(&ours(), &[adan(), like_adan, bos()], 0, &Choice::Both);
    let decision = &after.decisions[0];
    assert_eq!(decision.verdict, Verdict::Both);
    let said: Vec<(&str, &str)> = decision
        .outcome
        .iter()
        .map(|id| {
            let annotation = &after.annotations[id];
            (annotation.tag.as_str(), after.quote(annotation))
        })
        .collect();
    assert_eq!(
        said,
        [
            ("claim", "De kranen zijn te luid"),
            ("claim", "De kranen zijn te luid."),
            ("denial", "De kranen zijn te luid"),
        ],
        "the second layer says what we say"
    );
    assert_eq!(results(&after).len(), 2);
}

#[test]
fn neither_is_a_decision_and_takes_links_along() {
    let mut ours = ours();
    link(&mut ours, 1, "qualifies", 102, 101);
    let after = after(&ours, &[adan()], 0, &Choice::Neither);
    assert!(!after.annotations.contains_key(&id(101)) && after.links.is_empty());
    let queue = queue(&after, &[adan()]);
    assert_eq!(told(&queue)[0], "201 silent 1: Differ, Decided(0)");
    assert_eq!(after.decisions[0].outcome, []);
}

#[test]
fn a_new_one_takes_the_place_of_all_with_its_links() {
    let mut ours = ours();
    link(&mut ours, 1, "qualifies", 102, 101);
    let mut new = Annotation::clone(&ours.annotations[&id(101)]);
    new.id = id(999);
    new.tag = TagId::new("denial");
    let after = after(&ours, &[adan(), bos()], 0, &Choice::New(Box::new(new)));
    assert!(!after.annotations.contains_key(&id(101)));
    assert_eq!(after.annotations[&id(999)].provenance.as_ref().unwrap().from, [id(101), id(201), id(301)]);
    let link = after.links.values().next().unwrap();
    assert_eq!((link.from, link.to), (id(102), id(999)));
    assert_eq!(told(&queue(&after, &[adan(), bos()]))[0], "201 301 silent 1: Differ, Decided(0)");
}

#[test]
fn a_link_of_a_colleague_comes_with_its_second_end() {
    let ours = ours();
    let mut theirs = adan();
    // From what only they have to what both have, and from there to what has other ends.
    link(&mut theirs, 1, "answers", 203, 202);
    link(&mut theirs, 2, "qualifies", 202, 201);
    let theirs = [theirs];
    let tied = |session: &Session| -> Vec<(AnnotationId, AnnotationId)> {
        session.links.values().map(|link| (link.from, link.to)).collect()
    };
    let one = after(&ours, &theirs, 2, &Choice::Theirs(0));
    let answer = one.decisions[0].outcome[0];
    assert_eq!(tied(&one), [], "the other end is not decided");
    // Ours stays for what both have; what was taken over is tied to it as theirs was.
    let two = after(&one, &theirs, 1, &Choice::Mine);
    assert_eq!(tied(&two), [(answer, id(102))]);
    assert_eq!(two.links.values().next().unwrap().annotator.as_str(), "adan");
    let three = after(&two, &theirs, 0, &Choice::Theirs(1));
    assert_eq!(tied(&three), [(answer, id(102)), (id(102), three.decisions[2].outcome[0])]);
    // Nothing of theirs comes where all that was taken is one's own.
    let mine = after(&after(&ours, &theirs, 1, &Choice::Mine), &theirs, 0, &Choice::Mine);
    assert_eq!(tied(&mine), []);
}

#[test]
fn what_is_not_there_is_refused() {
    let (ours, theirs) = (ours(), [adan()]);
    let layers = layers(&ours, &theirs);
    let layers: Vec<&Layer> = layers.iter().collect();
    let mut queue = cases(&ours, &|_| true, &layers, false);
    let refused = |case: &Case, choice: Choice| {
        decide(&ours, &layers, case, &choice, &ruling(), &mut || id(990)).unwrap_err()
    };
    assert_eq!(refused(&queue.cases[2], Choice::Mine), Refused::NoOwn);
    assert_eq!(refused(&queue.cases[0], Choice::Theirs(0)), Refused::NoMember, "that is ours");
    assert_eq!(refused(&queue.cases[0], Choice::Theirs(9)), Refused::NoMember);
    queue.cases[0].members[1].tag = None;
    assert_eq!(refused(&queue.cases[0], Choice::Theirs(1)), Refused::UnknownTag(TagId::new("claim")));
}

#[test]
fn a_layer_that_has_changed_shows_what_is_new_and_keeps_what_was_decided() {
    let decided = after(&ours(), &[adan(), bos()], 0, &Choice::Theirs(1));
    let decided = after(&decided, &[adan(), bos()], 1, &Choice::Mine);
    let state =
        |theirs: &[Session]| queue(&decided, theirs).cases.iter().map(|case| case.state).collect::<Vec<_>>();
    assert_eq!(state(&[adan(), bos()]), [State::Decided(0), State::Decided(1), State::Open]);
    // A note, a comment, the time of a change: nothing that was decided about.
    let mut theirs = adan();
    change(&mut theirs, 201, |annotation| {
        annotation.note = "later".to_owned();
        annotation.modified = Timestamp::from_second(99);
    });
    assert_eq!(state(&[theirs, bos()])[0], State::Decided(0));
    for how in [
        (|annotation: &mut Annotation| annotation.tag = TagId::new("caveat")) as fn(&mut Annotation),
        |annotation| annotation.unsure = true,
        |annotation| {
            let span = annotation.anchor.span().unwrap();
            let span = Span::new(span.start(), span.end() - 1).unwrap();
            annotation.anchor = Anchor::Placed { document: DocumentId::new("a"), span };
        },
    ] {
        let mut theirs = adan();
        change(&mut theirs, 201, how);
        assert_eq!(state(&[theirs, bos()]), [State::Changed(0), State::Decided(1), State::Open]);
    }
    // One left.
    let mut theirs = bos();
    put(&mut theirs, Edit::RemoveAnnotation(id(302)));
    assert_eq!(state(&[adan(), theirs])[1], State::Changed(1));
    // One joined: a colleague who was silent has marked it after all.
    let third = session(
        "cas",
        4,
        &[("a", "De kranen zijn te luid. [caveat:De wind was harder.] Nee. Slot van het stuk.")],
    );
    assert_eq!(state(&[adan(), bos(), third]), [State::Decided(0), State::Changed(1), State::Open]);
    // What came of it was deleted.
    let mut deleted = decided.clone();
    put(&mut deleted, Edit::RemoveAnnotation(decided.decisions[0].outcome[0]));
    assert_eq!(queue(&deleted, &[adan(), bos()]).cases[0].state, State::Changed(0));
}

#[test]
fn a_second_decision_takes_the_place_of_the_first() {
    let theirs = [adan(), bos()];
    let first = after(&ours(), &theirs, 0, &Choice::Theirs(1));
    let second = after(&first, &theirs, 0, &Choice::Theirs(1));
    assert_eq!(second.decisions.len(), 2);
    let [taken] = second.decisions[1].outcome.as_slice() else { panic!("one came of it") };
    assert_eq!(second.annotations[taken].tag, TagId::new("denial"), "members are those of the layers now");
    assert!(!second.annotations.contains_key(&first.decisions[0].outcome[0]));
    assert_eq!(queue(&second, &theirs).cases[0].state, State::Decided(1));
    let opened = applied(&second, withdraw(&second, 1));
    assert!(!opened.annotations.contains_key(taken) && opened.decisions.is_empty());
    assert_eq!(queue(&opened, &theirs).cases[0].state, State::Open);
}

#[test]
fn what_all_agree_on_comes_in_by_the_rule() {
    let bring = |ours: &Session, theirs: &[Session], rule: Agreeing| {
        let layers = layers(ours, theirs);
        let layers: Vec<&Layer> = layers.iter().collect();
        let queue = cases(ours, &|_| true, &layers, false);
        let mut next = 900;
        let mut new_id = || {
            next += 1;
            id(next)
        };
        applied(ours, agreed(ours, &layers, &queue.cases, rule, &ruling(), &mut new_id))
    };
    let brought = bring(&ours(), &[adan()], Agreeing::TakeExact);
    let decided: Vec<_> =
        brought.decisions.iter().map(|decision| (decision.verdict, decision.outcome.clone())).collect();
    assert_eq!(decided, [(Verdict::Rule, vec![id(102)])]);
    let both = bring(&ours(), &[adan()], Agreeing::Take);
    assert_eq!(both.decisions.len(), 2, "a full stop is no matter");
    assert_eq!(bring(&ours(), &[adan()], Agreeing::Ask), ours());
    // A session that is no reader: two colleagues agree twice.
    let mut empty = session("vos", 1, &[("a", TEXT)]);
    crate::review::made::set_reading(&mut empty, "a", "vos", crate::model::ReadingStatus::Unread);
    let brought = bring(&empty, &[adan(), bos()], Agreeing::TakeExact);
    let quotes: Vec<&str> =
        brought.annotations.values().map(|annotation| brought.quote(annotation)).collect();
    assert_eq!(quotes, ["De wind was harder.", "Nee."]);
    assert_eq!(queue(&brought, &[adan(), bos()]).progress(), Progress { open: 1, decided: 2, changed: 0 });
    // Once is enough.
    assert_eq!(bring(&brought, &[adan(), bos()], Agreeing::TakeExact).decisions.len(), 2);
}

#[test]
fn the_digest_sees_what_is_said_and_nothing_else() {
    let ours = ours();
    let annotation = &ours.annotations[&id(101)];
    let digest = |how: fn(&mut Annotation)| {
        let mut changed = Annotation::clone(annotation);
        how(&mut changed);
        content_digest(&ours, &changed)
    };
    let same = digest(|_| {});
    assert_eq!(same, digest(|annotation| annotation.note = "x".to_owned()));
    assert_eq!(same, digest(|annotation| annotation.id = id(7)));
    let others = [
        digest(|annotation| annotation.unsure = true),
        digest(|annotation| annotation.statement = Some(statement_id(1))),
        digest(|annotation| annotation.voice = vec![ActorId::new("ab"), ActorId::new("c")]),
        digest(|annotation| annotation.voice = vec![ActorId::new("a"), ActorId::new("bc")]),
        digest(|annotation| drop(annotation.attributes.insert(AttributeId::new("ab"), "c".to_owned()))),
        digest(|annotation| drop(annotation.attributes.insert(AttributeId::new("a"), "bc".to_owned()))),
        digest(|annotation| annotation.tag = TagId::new("denial")),
    ];
    let mut all: Vec<_> = others.into_iter().chain([same, content::nothing()]).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 9);
}

/// A session of one annotator with marks anywhere in the text.
fn random_session(name: &str, series: u32, marks: &[(usize, usize, usize)]) -> Session {
    let mut session = session(name, series, &[("a", TEXT)]);
    let text = session.documents[0].text().to_owned();
    for (nth, (start, len, tag)) in marks.iter().enumerate() {
        let start = text.floor_char_boundary(start % text.len());
        let Some(span) = Span::new(start, text.ceil_char_boundary((start + len).min(text.len()))) else {
            continue;
        };
        let anchor = Anchor::Placed { document: DocumentId::new("a"), span };
        let tag = TagId::new(["claim", "denial", "caveat"][tag % 3]);
        let number = series * 100 + 1 + u32::try_from(nth).unwrap();
        let by = AnnotatorId::new(name);
        let annotation = Annotation::new(id(number), anchor, tag, by, Timestamp::from_second(1));
        put(&mut session, Edit::PutAnnotation(Arc::new(annotation)));
    }
    session
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is marked and however it is decided: each annotation is in one case, every decision is one step that can
    /// be undone, and in the end nothing is open and nothing seems to have changed.
    #[test]
    fn all_can_be_decided(
        marks in prop::collection::vec(
            prop::collection::vec((0_usize..80, 1_usize..30, 0_usize..3), 0..5), 3..4,
        ),
        choices in prop::collection::vec((0_usize..5, 0_usize..3), 16..17),
    ) {
        let mut ours = random_session("vos", 1, &marks[0]);
        let theirs = [random_session("adan", 2, &marks[1]), random_session("bos", 3, &marks[2])];
        let first = queue(&ours, &theirs);
        let mut ids: Vec<AnnotationId> =
            first.cases.iter().flat_map(|case| &case.members).map(|member| member.annotation).collect();
        ids.sort_unstable();
        let all = theirs.iter().chain([&ours]).flat_map(|session| session.annotations.keys());
        let mut expected: Vec<AnnotationId> = all.copied().collect();
        expected.sort_unstable();
        prop_assert_eq!(ids, expected);
        for case in &first.cases {
            let sources: Vec<Source> = case.members.iter().map(|member| member.source).collect();
            prop_assert!(sources.windows(2).all(|two| two[0] < two[1]));
            prop_assert_eq!(sources.len() + case.silent.len(), 3);
        }
        for (what, which) in choices {
            let queue = queue(&ours, &theirs);
            let Some(open) = queue.cases.iter().position(|case| case.state == State::Open) else { break };
            let case = &queue.cases[open];
            let of_layers: Vec<usize> =
                (0..case.members.len()).filter(|at| case.members[*at].source != Source::Own).collect();
            let choice = match what {
                0 if case.of(Source::Own).is_some() => Choice::Mine,
                1 if !of_layers.is_empty() => Choice::Theirs(of_layers[which % of_layers.len()]),
                2 => Choice::Both,
                3 => {
                    let anchor = Anchor::Placed { document: case.document.clone(), span: case.span };
                    let by = AnnotatorId::new("vos");
                    let new = id(5_000 + u32::try_from(ours.decisions.len()).unwrap());
                    let at = Timestamp::from_second(2);
                    Choice::New(Box::new(Annotation::new(new, anchor, TagId::new("caveat"), by, at)))
                }
                _ => Choice::Neither,
            };
            ours = after(&ours, &theirs, open, &choice);
        }
        let last = queue(&ours, &theirs);
        prop_assert_eq!((last.progress().open, last.progress().changed), (0, 0));
    }
}
