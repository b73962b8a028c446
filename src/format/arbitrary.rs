//! Random valid sessions with something in every field, for property tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::*;

/// A small generator of random numbers (xorshift64*, Vigna 2016): the same session for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }

    fn uuid(&mut self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        bytes.fill_with(|| self.roll(256) as u8);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn time(&mut self) -> Timestamp {
        Timestamp::from_second(self.roll(4_000_000_000) as i64 - 1_000_000_000)
    }

    /// A text of up to `pieces` pieces, of all that is hard to write down; without a carriage return.
    pub(crate) fn text(&mut self, pieces: usize) -> String {
        const PIECES: [&str; 30] = [
            "👮🏽‍♀️",
            "e\u{301}",
            "“ja”",
            "zin ",
            "een",
            " ",
            "\n",
            "\n\n",
            "\t",
            "\"",
            "\\",
            "\\n",
            "'",
            "//",
            "/*",
            "*/",
            "\u{85}",
            "\u{b}",
            "\u{2028}",
            "\u{202e}",
            "\u{ad}",
            "\u{a0}",
            "Session(",
            ")",
            "],",
            "=======",
            "r#\"",
            "**vet**",
            "ß",
            "0",
        ];
        let length = self.roll(pieces + 1);
        (0..length).map(|_| self.one(&PIECES)).collect()
    }

    fn list<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.roll(most + 1)).map(|_| make(self)).collect()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.coin() { Some(make(self)) } else { None }
    }

    fn span(&mut self, text: &str) -> Option<Span> {
        let (a, b) = (self.roll(text.len() + 1), self.roll(text.len() + 1));
        Span::new(text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b)))
    }

    fn date(&mut self) -> PartialDate {
        PartialDate::new(self.one(&["", "2020", "2020-03", "voorjaar “20”"]))
    }
}

/// The session of a seed.
pub(crate) fn session(seed: u64) -> Session {
    let dice = &mut Dice::new(seed);
    let annotators: BTreeMap<_, _> = ["", "vos", "L. \"de\" Wit"]
        .map(|id| (AnnotatorId::new(id), Annotator { name: dice.text(3), note: dice.text(2) }))
        .into();
    let annotator_ids: Vec<AnnotatorId> = annotators.keys().cloned().collect();
    let actors: BTreeMap<_, _> =
        ["politie", "minister"].map(|id| (ActorId::new(id), Arc::new(actor(dice, ActorId::new(id))))).into();
    let statements: Vec<Statement> = dice.list(3, statement);
    let scheme = scheme(dice);
    let mut documents = Vec::new();
    for number in 0..1 + dice.roll(3) {
        documents.push(Arc::new(document(dice, &format!("doc-{number}"), &annotator_ids)));
    }
    let mut session = Session {
        info: SessionInfo { title: dice.text(3), note: dice.text(3) },
        documents,
        scheme: Arc::new(scheme),
        annotators,
        actors,
        statements: statements.into_iter().map(|it| (it.id, Arc::new(it))).collect(),
        ..Session::new(SessionId(dice.uuid()), dice.time())
    };
    let annotations: Vec<Annotation> =
        (0..dice.roll(8)).filter_map(|_| annotation(dice, &session, &annotator_ids)).collect();
    let ids: Vec<AnnotationId> = annotations.iter().map(|it| it.id).collect();
    session.annotations = annotations.into_iter().map(|it| (it.id, Arc::new(it))).collect();
    if ids.len() > 1 {
        let links = dice.list(3, |dice| Link {
            id: LinkId(dice.uuid()),
            kind: LinkKindId::new(dice.one(&["denies", "quotes"])),
            from: ids[0],
            to: ids[1],
            note: dice.text(2),
            annotator: dice.one(&annotator_ids),
            created: dice.time(),
            modified: dice.time(),
        });
        session.links = links.into_iter().map(|link| (link.id, Arc::new(link))).collect();
    }
    session.alerts_aside = dice.list(2, |dice| Alert {
        kind: "caveat-dropped".to_owned(),
        subject: dice.text(2),
        by: dice.one(&annotator_ids),
        at: dice.time(),
        note: dice.text(2),
    });
    session.tag_mappings = dice.list(2, |dice| TagMapping {
        session: SessionId(dice.uuid()),
        theirs: TagId::new(dice.text(2)),
        ours: TagId::new("claim"),
    });
    let statement_ids: Vec<StatementId> = session.statements.keys().copied().collect();
    if !statement_ids.is_empty() {
        session.statement_mappings = dice.list(2, |dice| StatementMapping {
            session: SessionId(dice.uuid()),
            theirs: StatementId(dice.uuid()),
            ours: dice.one(&statement_ids),
        });
    }
    session.decisions = dice.list(2, |dice| Decision {
        about: dice.list(2, |dice| AnnotationId(dice.uuid())),
        seen: dice.list(2, |dice| Digest::of(dice.text(1).as_bytes())),
        verdict: dice.one(&[Verdict::Mine, Verdict::Theirs, Verdict::Both, Verdict::Neither, Verdict::Rule]),
        outcome: dice.list(2, |dice| AnnotationId(dice.uuid())),
        by: dice.one(&annotator_ids),
        at: dice.time(),
        reason: dice.text(2),
        note: dice.text(1),
    });
    session.remarks = dice.list(2, |dice| Remark {
        session: SessionId(dice.uuid()),
        annotation: AnnotationId(dice.uuid()),
        comment: Comment {
            id: CommentId(dice.uuid()),
            author: dice.one(&annotator_ids),
            at: dice.time(),
            text: dice.text(3),
            reply_to: dice.maybe(|dice| CommentId(dice.uuid())),
            status: dice.maybe(|_| CommentStatus::Questioned),
        },
    });
    session.conflicts = dice.list(2, |dice| Conflict {
        kind: dice.one(&[RecordKind::Annotation, RecordKind::Tag, RecordKind::Session]),
        id: dice.text(1),
        field: "note".to_owned(),
        kept: dice.maybe(|dice| dice.text(2)),
        other: dice.maybe(|dice| dice.text(2)),
    });
    assert_eq!(session.problems(), [], "the session of seed {seed} is valid");
    session
}

fn actor(dice: &mut Dice, id: ActorId) -> Actor {
    let kind = dice.one(&[ActorKind::Person, ActorKind::Organization]);
    Actor { id, name: dice.text(2), kind, note: dice.text(2) }
}

fn statement(dice: &mut Dice) -> Statement {
    Statement {
        id: StatementId(dice.uuid()),
        name: dice.text(3),
        definition: dice.text(2),
        note: dice.text(2),
        date: dice.date(),
        group: dice.text(1),
        order: dice.roll(3) as u32,
    }
}

fn scheme(dice: &mut Dice) -> Scheme {
    let example = |dice: &mut Dice| Example {
        quote: dice.text(3),
        annotation: dice.maybe(|dice| AnnotationId(dice.uuid())),
        note: dice.text(1),
    };
    let mut scheme = Scheme::starter();
    let own = Tag {
        id: TagId::new("own"),
        name: format!("o{}", dice.text(1)),
        letter: dice.one(&['É', '\'', '\\', '警']),
        key: dice.maybe(|_| 9),
        parent: dice.maybe(|_| TagId::new("claim")),
        definition: dice.text(2),
        rules: dice.list(2, |dice| Rule {
            text: dice.text(2),
            since: dice.time(),
            examples: dice.list(2, example),
        }),
        examples: dice.list(2, example),
        color: dice.one(&TagColor::ALL),
        pattern: dice.one(&Pattern::ALL),
        retired: dice.coin(),
    };
    scheme.tags.push(own);
    scheme.attributes.push(Attribute {
        id: AttributeId::new("tone"),
        name: dice.text(2),
        definition: dice.text(2),
        values: vec![AttributeValue { name: "sharp".to_owned(), definition: dice.text(2) }],
        default: dice.maybe(|_| "sharp".to_owned()),
        tags: dice.list(1, |_| TagId::new("denial")),
        retired: dice.coin(),
    });
    scheme
}

fn document(dice: &mut Dice, id: &str, annotators: &[AnnotatorId]) -> Document {
    let text = dice.text(40);
    let import = ImportRecord {
        file_name: dice.maybe(|dice| dice.text(2)),
        name: dice.text(2),
        digest: Digest::of(id.as_bytes()),
        bytes: dice.roll(100_000) as u64,
        encoding: "windows-1252".to_owned(),
        byte_order_mark: dice.coin(),
        line_ends: dice.one(&[LineEnds::None, LineEnds::Lf, LineEnds::CrLf, LineEnds::Cr, LineEnds::Mixed]),
        at: dice.time(),
    };
    let reading = dice.list(2, |dice| {
        let status = dice.one(&[ReadingStatus::Unread, ReadingStatus::Reading, ReadingStatus::Done]);
        (dice.one(annotators), Reading { status, at: dice.time() })
    });
    let mut info = DocumentInfo {
        metadata: Metadata {
            title_short: dice.text(1),
            title: dice.text(2),
            author: dice.text(1),
            container_title: dice.text(1),
            issued: dice.date(),
            url: dice.text(1),
            accessed: dice.date(),
            language: dice.text(1),
            genre: dice.text(1),
            note: dice.text(2),
        },
        presentation: dice.one(&[Presentation::Plain, Presentation::Markdown]),
        furniture: dice.span(&text).into_iter().collect(),
        reading: reading.into_iter().collect(),
        group: dice.text(1),
        earlier: Vec::new(),
    };
    if !info.group.is_empty() {
        info.earlier.push(Digest::of(info.group.as_bytes()));
    }
    Document { id: DocumentId::new(id), source: Arc::new(Source::new(text, import)), info: Arc::new(info) }
}

fn annotation(dice: &mut Dice, session: &Session, annotators: &[AnnotatorId]) -> Option<Annotation> {
    let document = &session.documents[dice.roll(session.documents.len())];
    let anchor = if dice.roll(4) == 0 {
        Anchor::Orphan(OrphanAnchor {
            document: document.id.clone(),
            quote: dice.text(3),
            before: dice.text(3),
            after: dice.text(3),
            last: Span::new(7, 8 + dice.roll(9_000))?,
        })
    } else {
        Anchor::Placed { document: document.id.clone(), span: dice.span(document.text())? }
    };
    let first = CommentId(dice.uuid());
    let comment = |dice: &mut Dice, id, reply_to| Comment {
        id,
        author: dice.one(annotators),
        at: dice.time(),
        text: dice.text(3),
        reply_to,
        status: dice.maybe(|dice| {
            dice.one(&[CommentStatus::Accepted, CommentStatus::Questioned, CommentStatus::Rejected])
        }),
    };
    let comments = dice.maybe(|dice| {
        let id = CommentId(dice.uuid());
        vec![comment(dice, first, None), comment(dice, id, Some(first))]
    });
    let statements: Vec<StatementId> = session.statements.keys().copied().collect();
    Some(Annotation {
        id: AnnotationId(dice.uuid()),
        anchor,
        tag: TagId::new(dice.one(&["claim", "denial", "caveat", "own"])),
        note: dice.text(3),
        unsure: dice.coin(),
        attributes: dice.list(1, |_| (AttributeId::new("tone"), "sharp".to_owned())).into_iter().collect(),
        statement: if statements.is_empty() { None } else { dice.maybe(|dice| dice.one(&statements)) },
        voice: dice.list(2, |dice| ActorId::new(dice.one(&["politie", "minister"]))),
        comments: comments.unwrap_or_default(),
        annotator: dice.one(annotators),
        created: dice.time(),
        modified: dice.time(),
        provenance: dice.maybe(|dice| Provenance {
            session: SessionId(dice.uuid()),
            from: dice.list(2, |dice| AnnotationId(dice.uuid())),
            decided_by: dice.one(annotators),
            at: dice.time(),
            reason: dice.text(2),
        }),
        changes: dice.list(2, |dice| Change {
            by: dice.one(annotators),
            at: dice.time(),
            what: dice.text(2),
        }),
    })
}
