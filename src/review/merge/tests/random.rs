//! Random sessions with a common past.

use super::*;
use crate::format::arbitrary::Dice;

/// A base and two sessions that were made of it by random edits.
pub(super) fn triple(seed: u64) -> (Session, Session, Session) {
    let base = arbitrary::session(seed);
    let dice = &mut Dice::new(seed.rotate_left(17) ^ 0x5EED);
    let mut side = || {
        let edits = dice.roll(12);
        changed(&base, dice, edits)
    };
    let (ours, theirs) = (side(), side());
    (base, ours, theirs)
}

/// `session` after random edits; those that would be refused are left out.
pub(super) fn changed(session: &Session, dice: &mut Dice, edits: usize) -> Session {
    let mut session = session.clone();
    for _ in 0..edits {
        let edits = some_edits(&session, dice);
        let step = Step { label: String::new(), at: Timestamp::from_second(0), edits };
        // Refused: the session is as it was.
        let _ = apply_step(&mut session, &step);
    }
    session
}

fn one<'a, T>(dice: &mut Dice, of: impl IntoIterator<Item = &'a T>) -> Option<&'a T> {
    let all: Vec<&T> = of.into_iter().collect();
    (!all.is_empty()).then(|| all[dice.roll(all.len())])
}

fn uuid(dice: &mut Dice) -> Uuid {
    // Few, so that two sides make the same one.
    Uuid::from_u128(1 + dice.roll(4) as u128)
}

fn time(dice: &mut Dice) -> Timestamp {
    Timestamp::from_second(3_000_000_000 + dice.roll(3) as i64)
}

fn new_document(dice: &mut Dice) -> Arc<Document> {
    let id = ["doc-0", "een", "twee"][dice.roll(3)];
    let text = [HARD, "Nog een brief."][dice.roll(2)];
    let mut document = Document::clone(&document(id, "", text));
    let mut source = Source::clone(&document.source);
    source.import.at = Timestamp::from_second(dice.roll(2) as i64);
    document.source = Arc::new(source);
    Arc::new(document)
}

fn some_edits(session: &Session, dice: &mut Dice) -> Vec<Edit> {
    match dice.roll(12) {
        0..4 => annotation_edits(session, dice),
        4 | 5 => scheme_edit(session, dice).into_iter().collect(),
        6 | 7 => document_edits(session, dice),
        8 => list_edit(session, dice).into_iter().collect(),
        9 => statement_edits(session, dice),
        10 => link_edits(session, dice),
        _ => vec![Edit::SetInfo(SessionInfo { title: dice.text(1), note: session.info.note.clone() })],
    }
}

fn annotation_edits(session: &Session, dice: &mut Dice) -> Vec<Edit> {
    let Some(old) = one(dice, session.annotations.values()) else { return Vec::new() };
    let mut new = Annotation::clone(old);
    new.modified = time(dice);
    let author = one(dice, session.annotators.keys()).cloned().unwrap();
    match dice.roll(11) {
        0 => new.note = dice.text(2),
        1 => new.tag = one(dice, &session.scheme.tags).unwrap().id.clone(),
        2 => new.unsure = !new.unsure,
        3 => new.voice = session.actors.keys().take(dice.roll(3)).cloned().collect(),
        4 => new.statement = one(dice, session.statements.keys()).copied(),
        5 => return make::remove_annotations(session, &[old.id]),
        6 => new.id = AnnotationId(uuid(dice)),
        7 => {
            let document = one(dice, &session.documents).unwrap();
            let end = document.text().floor_char_boundary(dice.roll(document.text().len() + 1));
            let Some(span) = Span::new(0, end) else { return Vec::new() };
            new.anchor = Anchor::Placed { document: document.id.clone(), span };
        }
        8 => new.comments.push(Comment {
            id: CommentId(uuid(dice)),
            author,
            at: time(dice),
            text: dice.text(1),
            reply_to: new.comments.last().map(|comment| comment.id),
            status: None,
        }),
        9 => drop(new.comments.pop()),
        _ => match one(dice, &session.scheme.attributes).cloned() {
            Some(attribute) => {
                let value = one(dice, &attribute.values).map_or(dice.text(1), |value| value.name.clone());
                new.attributes.insert(attribute.id, value);
            }
            None => new.attributes.clear(),
        },
    }
    new.changes.push(Change { by: new.annotator.clone(), at: new.modified, what: dice.text(1) });
    vec![Edit::PutAnnotation(Arc::new(new))]
}

fn scheme_edit(session: &Session, dice: &mut Dice) -> Option<Edit> {
    let mut scheme = Scheme::clone(&session.scheme);
    let ids: Vec<TagId> = scheme.tags.iter().map(|tag| tag.id.clone()).collect();
    let (at, other) = (dice.roll(ids.len()), dice.roll(ids.len()));
    match dice.roll(10) {
        0 => scheme.tags[at].name = format!("n{}", dice.roll(3)),
        1 => scheme.tags[at].definition = dice.text(1),
        2 => scheme.tags[at].key = Some(4 + dice.roll(3) as u8),
        3 => scheme.tags[at].letter = ['X', 'Y', 'Z'][dice.roll(3)],
        4 => scheme.tags[at].parent = Some(ids[other].clone()),
        5 => drop(scheme.tags.remove(at)),
        6 => scheme.tags.swap(at, other),
        7 => scheme.tags.push(Tag {
            key: Some(4 + dice.roll(3) as u8),
            ..Tag::new(
                TagId::new(["nieuw", "ander"][dice.roll(2)]),
                "n",
                'X',
                TagColor::Green,
                Pattern::Dotted,
            )
        }),
        8 => drop(scheme.attributes.pop()),
        _ => {
            let attribute = scheme.attributes.first_mut()?;
            let name = ["soft", "e\u{301}"][dice.roll(2)].to_owned();
            attribute.values.push(AttributeValue { name: name.clone(), definition: dice.text(1) });
            attribute.default = Some(name);
        }
    }
    Some(Edit::SetScheme(Arc::new(scheme)))
}

fn document_edits(session: &Session, dice: &mut Dice) -> Vec<Edit> {
    let document = Arc::clone(one(dice, &session.documents).unwrap());
    let id = document.id.clone();
    let mut info = DocumentInfo::clone(&document.info);
    match dice.roll(7) {
        0 => return vec![Edit::AddDocument { at: dice.roll(3), document: new_document(dice) }],
        1 if session.documents.len() > 1 => return make::remove_document(session, &id),
        2 => return vec![Edit::MoveDocument { id, to: dice.roll(3) }],
        3 => info.metadata.title = dice.text(1),
        4 => {
            let end = document.text().floor_char_boundary(dice.roll(document.text().len() + 1));
            info.furniture = Span::new(0, end).into_iter().collect();
        }
        5 => info.metadata.issued = PartialDate::new(["2020", "2021"][dice.roll(2)]),
        _ => {
            let annotator = one(dice, session.annotators.keys()).cloned().unwrap();
            info.reading.insert(annotator, Reading { status: ReadingStatus::Done, at: time(dice) });
        }
    }
    vec![Edit::SetDocumentInfo { id, info: Arc::new(info) }]
}

fn statement_edits(session: &Session, dice: &mut Dice) -> Vec<Edit> {
    match (dice.roll(3), one(dice, session.statements.keys())) {
        (0, Some(id)) => vec![Edit::RemoveStatement(*id)],
        (1, Some(id)) => {
            let old = Statement::clone(&session.statements[id]);
            vec![Edit::PutStatement(Arc::new(Statement { name: dice.text(1), ..old }))]
        }
        _ => vec![Edit::PutStatement(Arc::new(Statement {
            id: StatementId(uuid(dice)),
            name: dice.text(1),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::default(),
            group: String::new(),
            order: dice.roll(3) as u32,
        }))],
    }
}

fn link_edits(session: &Session, dice: &mut Dice) -> Vec<Edit> {
    if dice.roll(3) == 0 {
        return one(dice, session.links.keys()).map(|id| Edit::RemoveLink(*id)).into_iter().collect();
    }
    let (Some(from), Some(to)) =
        (one(dice, session.annotations.keys()), one(dice, session.annotations.keys()))
    else {
        return Vec::new();
    };
    let (from, to) = (*from, *to);
    vec![Edit::PutLink(Arc::new(Link {
        id: LinkId(uuid(dice)),
        kind: LinkKindId::new(["denies", "quotes"][dice.roll(2)]),
        from,
        to,
        note: dice.text(1),
        annotator: one(dice, session.annotators.keys()).cloned().unwrap(),
        created: Timestamp::from_second(2),
        modified: time(dice),
    }))]
}

fn list_edit(session: &Session, dice: &mut Dice) -> Option<Edit> {
    let by = one(dice, session.annotators.keys()).cloned()?;
    Some(match dice.roll(6) {
        0 => {
            let mut alerts = session.alerts_aside.clone();
            alerts.truncate(dice.roll(alerts.len() + 1));
            alerts.push(Alert {
                kind: "k".to_owned(),
                subject: dice.text(1),
                by,
                at: time(dice),
                note: String::new(),
            });
            Edit::SetAlertsAside(alerts)
        }
        1 => {
            let mut mappings = session.tag_mappings.clone();
            let ours = one(dice, &session.scheme.tags)?.id.clone();
            let session = SessionId(uuid(dice));
            mappings.retain(|mapping| mapping.session != session);
            mappings.push(TagMapping { session, theirs: TagId::new("t"), ours });
            Edit::SetTagMappings(mappings)
        }
        2 => {
            let mut decisions = session.decisions.clone();
            decisions.truncate(dice.roll(decisions.len() + 1));
            decisions.push(Decision {
                about: vec![AnnotationId(uuid(dice))],
                seen: Vec::new(),
                verdict: Verdict::Mine,
                outcome: Vec::new(),
                by,
                at: time(dice),
                reason: String::new(),
                note: dice.text(1),
            });
            Edit::SetDecisions(decisions)
        }
        3 => {
            let mut remarks = session.remarks.clone();
            remarks.truncate(dice.roll(remarks.len() + 1));
            let id = CommentId(uuid(dice));
            remarks.retain(|remark| remark.comment.id != id);
            remarks.push(Remark {
                session: SessionId(uuid(dice)),
                annotation: AnnotationId(uuid(dice)),
                comment: Comment {
                    id,
                    author: by,
                    at: time(dice),
                    text: dice.text(1),
                    reply_to: None,
                    status: None,
                },
            });
            Edit::SetRemarks(remarks)
        }
        4 => {
            let mut mappings = session.statement_mappings.clone();
            let ours = *one(dice, session.statements.keys())?;
            let session = SessionId(uuid(dice));
            mappings.retain(|mapping| mapping.session != session);
            mappings.push(StatementMapping { session, theirs: StatementId(Uuid::from_u128(9)), ours });
            Edit::SetStatementMappings(mappings)
        }
        _ => {
            let mut conflicts = session.conflicts.clone();
            conflicts.pop();
            Edit::SetConflicts(conflicts)
        }
    })
}
