use super::*;
use crate::edit::Edit;
use crate::model::{Actor, ActorId, ActorKind, Attribute, AttributeId, LinkId, ReadingStatus, Scheme};
use crate::review::made::{
    add_statement, change, document, id, link, put, session, set_reading, statement_id, words as quoted,
};

fn over(ours: &Session, theirs: Session) -> (Comparison, Layer) {
    let layer = Layer::over(ours, Arc::new(theirs));
    (compare(ours, &|_| true, &layer, false), layer)
}

/// Each pair as `kind ours theirs`, with what it is called in words.
fn told(ours: &Session, theirs: Session) -> Vec<String> {
    let (comparison, layer) = over(ours, theirs);
    let name = |id: Option<AnnotationId>| id.map_or("-".to_owned(), |id| id.0.as_u128().to_string());
    let one = |pair: &Difference| {
        let words = describe(pair, ours, &layer, ["E. Vos", "R. Adan"]);
        format!("{:?} {} {}: {words}", pair.kind, name(pair.ours), name(pair.theirs))
    };
    comparison.pairs.iter().map(one).collect()
}

#[test]
fn every_kind_of_difference_is_told_in_words() {
    let ours = session(
        "vos",
        1,
        &[(
            "brief",
            "[claim:Een zin.] [claim:Twee e\u{301} zinnen], twee. [denial:Drie “ja”]. [claim:Vier, of 👮🏽‍♀️ meer]. [caveat:Vijf.] Zes, [caveat:zeven en acht].",
        )],
    );
    let theirs = session(
        "adan",
        2,
        &[(
            "brief",
            "[claim:Een zin.] [claim:Twee e\u{301} zinnen, twee.] [claim:Drie “ja”]. [denial:Vier, of] 👮🏽‍♀️ meer. Vijf. [caveat:Zes, zeven en acht.]",
        )],
    );
    assert_eq!(
        told(&ours, theirs),
        [
            "Agree 101 201: the same",
            "Ends 102 202: ends 7 characters later",
            "Tag 103 203: claim against denial",
            "EndsAndTag 104 204: denial against claim; ends 7 characters earlier",
            "OnlyOurs 105 -: only E. Vos, nothing of R. Adan here",
            "Ends 106 205: starts 5 characters earlier, ends 1 character later",
        ]
    );
}

#[test]
fn what_has_no_counterpart_says_what_it_stands_beside() {
    let ours =
        session("vos", 1, &[("a", "[claim:Een lange zin met [caveat:voor] behoud en meer woorden.] Slot.")]);
    let theirs =
        session("adan", 2, &[("a", "[claim:Een lange zin met voor behoud en meer woorden.] [denial:Slot].")]);
    assert_eq!(
        told(&ours, theirs),
        [
            "Agree 101 201: the same",
            "OnlyOurs 102 -: only E. Vos, inside R. Adan’s claim",
            "OnlyTheirs - 202: only R. Adan, nothing of E. Vos here",
        ]
    );
}

#[test]
fn punctuation_and_space_alone_are_slight_and_signs_are_not() {
    let slight = |ours: &str, theirs: &str| {
        let (comparison, _) = over(&session("vos", 1, &[("a", ours)]), session("adan", 2, &[("a", theirs)]));
        let [pair] = comparison.pairs.as_slice() else { panic!("{:?}", comparison.pairs) };
        assert_eq!(pair.kind, Kind::Ends);
        let parts: Vec<(Side, Span)> = pair.ends.unwrap().parts().map(|part| (part.by, part.span)).collect();
        assert!(!parts.is_empty());
        (pair.slight, severity(pair))
    };
    let a = slight("“[claim:Ik acht het mogelijk]”.", "[claim:“Ik acht het mogelijk”.]");
    let b = slight("**[claim:Ik acht het mogelijk]** ...", "[claim:**Ik acht het mogelijk** ...]");
    let c = slight("[claim:Ik acht 45] %.", "[claim:Ik acht 45 %].");
    let d = slight("[claim:Ik acht 45] %.", "[claim:Ik acht 45 %.]");
    assert_eq!((a.0, b.0, c.0, d.0), (true, true, false, false));
    assert!(a.1 < c.1 && a.1 > 0);
}

#[test]
fn the_ends_say_who_has_what_the_other_has_not() {
    let ours = session("vos", 1, &[("a", "Een [claim:e\u{301}n twee] drie.")]);
    let theirs = session("adan", 2, &[("a", "[claim:Een e\u{301}n] twee drie.")]);
    let (comparison, _) = over(&ours, theirs);
    let ends = comparison.pairs[0].ends.unwrap();
    let (start, end) = (ends.start.unwrap(), ends.end.unwrap());
    assert_eq!((start.by, quoted(&ours, "a", start.span)), (Side::Theirs, "Een "));
    assert_eq!((end.by, quoted(&ours, "a", end.span)), (Side::Ours, " twee"));
    assert_eq!(quoted(&ours, "a", comparison.pairs[0].span), "Een e\u{301}n twee");
}

#[test]
fn statement_attribute_voice_and_being_sure_are_compared_too() {
    let text = "[claim:Een zin.]";
    let (mut ours, mut theirs) = (session("vos", 1, &[("a", text)]), session("adan", 2, &[("a", text)]));
    for (session, actor, statement) in [(&mut ours, "wethouder", 1), (&mut theirs, "alderman", 2)] {
        let mut scheme = Scheme::clone(&session.scheme);
        scheme.attributes.push(Attribute {
            id: AttributeId::new("toon"),
            name: "Toon".to_owned(),
            definition: String::new(),
            values: Vec::new(),
            default: None,
            tags: Vec::new(),
            retired: false,
        });
        put(session, Edit::SetScheme(Arc::new(scheme)));
        add_statement(session, statement, "De kranen zijn te luid");
        let actor = Actor {
            id: ActorId::new(actor),
            name: "De wethouder".to_owned(),
            kind: ActorKind::Person,
            note: String::new(),
        };
        put(session, Edit::PutActor(Arc::new(actor)));
    }
    change(&mut ours, 101, |annotation| {
        annotation.statement = Some(statement_id(1));
        annotation.voice = vec![ActorId::new("wethouder")];
    });
    change(&mut theirs, 201, |annotation| {
        annotation.statement = Some(statement_id(2));
        annotation.voice = vec![ActorId::new("alderman")];
    });
    assert_eq!(
        told(&ours, theirs.clone()),
        ["Agree 101 201: the same"],
        "statement and voice by their names"
    );
    change(&mut theirs, 201, |annotation| {
        annotation.statement = None;
        annotation.voice.clear();
        annotation.unsure = true;
        annotation.attributes.insert(AttributeId::new("toon"), "fel".to_owned());
    });
    let expected = "Agree 101 201: statement: none against De kranen zijn te luid; Toon: fel against none; \
        voice: none against De wethouder; not sure against sure";
    assert_eq!(told(&ours, theirs.clone()), [expected]);
    let (comparison, _) = over(&ours, theirs.clone());
    assert!(!comparison.pairs[0].agrees() && severity(&comparison.pairs[0]) >= 3_000);
    // A statement of which it is not known which of ours it is, is not "none".
    add_statement(&mut theirs, 3, "Iets anders");
    change(&mut theirs, 201, |annotation| annotation.statement = Some(statement_id(3)));
    change(&mut ours, 101, |annotation| annotation.statement = None);
    let told = told(&ours, theirs);
    assert!(told[0].contains("statement: Iets anders against none"), "{told:?}");
}

#[test]
fn links_between_counterparts_are_compared() {
    let text = "[claim:Een.] [denial:Twee.] [caveat:Drie.] [claim:Vier.]";
    let mut ours = session("vos", 1, &[("a", &format!("{text} Vijf."))]);
    let mut theirs = session("adan", 2, &[("a", &format!("{text} [claim:Vijf.]"))]);
    for (number, kind, from, to) in [
        (1, "denies", 102, 101),
        (2, "qualifies", 103, 101),
        (3, "supports", 104, 101),
        (4, "repeats", 104, 103),
    ] {
        link(&mut ours, number, kind, from, to);
    }
    for (number, kind, from, to) in [
        (5, "denies", 202, 201),
        (6, "denies", 203, 201),
        (7, "supports", 201, 204),
        (8, "answers", 205, 201),
    ] {
        link(&mut theirs, number, kind, from, to);
    }
    let (comparison, _) = over(&ours, theirs);
    let number = |id: Option<LinkId>| id.map_or(0, |id| id.0.as_u128() >> 32);
    let found: Vec<_> = comparison
        .links
        .iter()
        .map(|link| (link.tie, number(link.ours), number(link.theirs), link.loose))
        .collect();
    assert_eq!(
        found,
        [
            (Tie::OtherKind, 2, 6, false),
            (Tie::Turned, 3, 7, false),
            (Tie::OnlyOurs, 4, 0, false),
            (Tie::OnlyTheirs, 0, 8, true),
        ]
    );
}

#[test]
fn what_is_not_finished_is_named_and_not_compared() {
    let mut ours =
        session("vos", 1, &[("a", "[claim:Een.]"), ("b", "[claim:Twee.]"), ("c", "[claim:Drie.]")]);
    let mut theirs = session("adan", 2, &[("a", "Een."), ("b", "[denial:Twee.]")]);
    set_reading(&mut ours, "b", "vos", ReadingStatus::Reading);
    set_reading(&mut theirs, "a", "adan", ReadingStatus::Reading);
    let (comparison, layer) = over(&ours, theirs.clone());
    assert!(comparison.pairs.is_empty());
    let named: Vec<_> = comparison
        .not_compared
        .iter()
        .map(|left| (left.document.as_str(), left.by, left.ours, left.theirs))
        .collect();
    assert_eq!(
        named,
        [("a", Unfinished::Theirs, 1, 0), ("b", Unfinished::Ours, 1, 1), ("c", Unfinished::Absent, 1, 0)]
    );
    let all = compare(&ours, &|_| true, &layer, true);
    assert_eq!(all.pairs.iter().map(|pair| pair.kind).collect::<Vec<_>>(), [Kind::OnlyOurs, Kind::Tag]);
    assert_eq!(all.not_compared.len(), 1);
    let counts = all.counts();
    assert_eq!((counts[&Kind::Tag], counts[&Kind::Agree]), (1, 0));
    // Only what counts as ours is compared.
    let one = compare(&ours, &|annotation| annotation.id != id(101), &layer, true);
    assert_eq!(one.pairs.len(), 1);
}

#[test]
fn what_has_no_sure_place_is_named() {
    let mut ours = session("vos", 1, &[]);
    let text = "👮🏽‍♀️ “e\u{301}” De kranen zijn waarschijnlijk te luid, zei hij gisteren.\nDaarna niets meer.\n";
    put(&mut ours, Edit::AddDocument { at: 0, document: document("a", "a", text) });
    set_reading(&mut ours, "a", "vos", ReadingStatus::Done);
    let theirs = session(
        "adan",
        2,
        &[("a", "[claim:De kranen zijn mogelijk te luid], zei hij gisteren.\n[denial:Daarna niets meer.]\n")],
    );
    let (comparison, _) = over(&ours, theirs);
    assert_eq!(comparison.not_carried, [id(201)]);
    assert_eq!(comparison.pairs.iter().map(|pair| pair.theirs).collect::<Vec<_>>(), [Some(id(202))]);
}

#[test]
fn worse_differences_come_first() {
    let ours = session(
        "vos",
        1,
        &[("a", "[claim:Een.] [claim:Twee.] [claim:Drie]. [claim:Vier vijf zes] zeven. [claim:Acht.]")],
    );
    let theirs = session(
        "adan",
        2,
        &[("a", "[claim:Een.] [denial:Twee.] [claim:Drie.] [claim:Vier vijf zes zeven.] Acht.")],
    );
    let (comparison, _) = over(&ours, theirs);
    let mut pairs = comparison.pairs.clone();
    pairs.sort_by_key(|pair| std::cmp::Reverse(severity(pair)));
    let order: Vec<u128> = pairs.iter().map(|pair| pair.ours.unwrap().0.as_u128()).collect();
    assert_eq!(order, [102, 105, 104, 103, 101]);
    assert_eq!(severity(&pairs[4]), 0);
}

#[test]
fn a_session_agrees_with_itself() {
    let text = "[claim:Een [caveat:en] twee] “e\u{301}” [claim:drie] [claim:drie] 👮🏽‍♀️";
    let ours = session("vos", 1, &[("a", text), ("b", text)]);
    let (comparison, _) = over(&ours, ours.clone());
    assert_eq!(comparison.pairs.len(), 8);
    assert!(comparison.pairs.iter().all(|pair| pair.agrees() && pair.ours == pair.theirs));
    assert!(comparison.links.is_empty() && comparison.not_compared.is_empty());
}
