//! A session in which everything is that formats and other programs stumble over. Its file,
//! `tests/peers/hard.ron`, is what the scripts in `tests/peers` export.

use std::sync::Arc;

use crate::model::*;

const LETTER: &str = "# Brief 👮🏽‍♀️ “over” cafe\u{301}s\n\n\
De commissie 🙂 zegt: “**Nooit** gebruikt.” Dat is stellig.\n\n\
Toch is niet uit te sluiten\ndat één lid 🙂 het heeft gezien.\nDe vrager vraagt door.\n\n\
=SUM(A1) staat hier; <b>&amp; \"zo\"</b>\tmet tab, en \u{202e}gekeerd\u{202c}.\n";

const ARTICLE: &str = "Nieuws 🙂: ‘De commissie heeft het 50 keer gebruikt’, meldt de krant.\n\n\
Geïnteresseerden 👮🏽‍♀️ lezen ne\u{301}gen keer verder: één bron bevestigt dat. Nee. Nee.\n";

fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 | number)
}

/// The session. Ids and times are fixed.
pub(crate) fn session() -> Session {
    let at = |seconds| Timestamp::from_second(1_790_000_000 + seconds);
    let (ada, ben) = (AnnotatorId::new("ada"), AnnotatorId::new("Ben “B.” é"));
    let document = |id: &str, file: &str, text: &str, presentation| {
        let import = ImportRecord {
            file_name: Some(file.to_owned()),
            name: id.to_owned(),
            ..ImportRecord::of_text(text, at(0))
        };
        let metadata = Metadata {
            title: format!("{id}: “titel” & <zo> 🙂"),
            title_short: id.to_owned(),
            author: "Vos, A.; Berg, J. van den".to_owned(),
            container_title: "De Bode".to_owned(),
            issued: PartialDate::new("2031-06-13"),
            url: format!("https://example.org/{id}?a=1&b=2"),
            accessed: PartialDate::new("2031-07"),
            language: "nl".to_owned(),
            genre: "article".to_owned(),
            note: "=een noot".to_owned(),
        };
        let info = DocumentInfo { metadata, presentation, ..DocumentInfo::default() };
        let source = Source::new(text, import);
        Arc::new(Document { id: DocumentId::new(id), source: Arc::new(source), info: Arc::new(info) })
    };
    let mut scheme = Scheme::starter();
    scheme.tags.push(Tag {
        parent: Some(TagId::new("denial")),
        definition: "=niet \"zo\"; nooit\nzo & <b>".to_owned(),
        rules: vec![Rule {
            text: "ook als het om één keer gaat".to_owned(), since: at(5), examples: vec![]
        }],
        examples: vec![Example { quote: "Nooit 🙂".to_owned(), annotation: None, note: "kort".to_owned() }],
        ..Tag::new(TagId::new("flat-denial"), "denial, flat “é”", 'F', TagColor::Teal, Pattern::Dotted)
    });
    scheme.attributes.push(Attribute {
        id: AttributeId::new("certainty"),
        name: "certainty é".to_owned(),
        definition: "how sure the source is".to_owned(),
        values: ["certain", "possible “é”"]
            .map(|name| AttributeValue { name: name.to_owned(), definition: String::new() })
            .into(),
        default: None,
        tags: Vec::new(),
        retired: false,
    });
    scheme.attributes.push(Attribute {
        id: AttributeId::new("remark"),
        name: "remark".to_owned(),
        definition: String::new(),
        values: Vec::new(),
        default: None,
        tags: Vec::new(),
        retired: false,
    });
    let statement = Statement {
        id: StatementId(uuid(900)),
        name: "De commissie “gebruikte” het 🙂".to_owned(),
        definition: "ook één keer telt".to_owned(),
        note: String::new(),
        date: PartialDate::new("2030"),
        group: String::new(),
        order: 0,
    };
    let actors =
        [("minister", ActorKind::Person), ("commissie", ActorKind::Organization)].map(|(id, kind)| {
            let name = format!("De {id} é");
            (ActorId::new(id), Arc::new(Actor { id: ActorId::new(id), name, kind, note: String::new() }))
        });
    let mut session = Session {
        info: SessionInfo { title: "Dossier “é” 🙂".to_owned(), note: "met <alles>".to_owned() },
        documents: vec![
            document("letter", "letter é.md", LETTER, Presentation::Markdown),
            document("article", "article.txt", ARTICLE, Presentation::Plain),
        ],
        scheme: Arc::new(scheme),
        annotators: [
            (ada.clone(), Annotator { name: "Ada".to_owned(), note: String::new() }),
            (ben.clone(), Annotator { name: "Ben “B.” é".to_owned(), note: "gast".to_owned() }),
        ]
        .into(),
        actors: actors.into(),
        statements: [(statement.id, Arc::new(statement.clone()))].into(),
        ..Session::new(SessionId(uuid(1)), at(0))
    };
    // Document, first of these words in it, tag: over line ends, nested, overlapping, identical, at both ends of a
    // text, of one emoji, with marks of Markdown in it.
    let passages: [(&str, &str, &str); 16] = [
        ("letter", "“**Nooit** gebruikt.”", "flat-denial"),
        ("letter", "Nooit", "denial"),
        ("letter", "gebruikt.” Dat is", "claim"),
        ("letter", "Toch is niet uit te sluiten\ndat één lid 🙂 het heeft gezien.", "caveat"),
        ("letter", "één lid 🙂 het heeft gezien.\nDe vrager", "claim"),
        ("letter", "één lid 🙂", "claim"),
        ("letter", "één lid 🙂", "denial"),
        ("letter", "=SUM(A1) staat hier; <b>&amp; \"zo\"</b>\tmet tab, en \u{202e}gekeerd\u{202c}.", "claim"),
        ("letter", LETTER, "caveat"),
        ("article", "De commissie heeft het 50 keer gebruikt", "claim"),
        ("article", "Nieuws 🙂", "claim"),
        ("article", "👮🏽‍♀️", "claim"),
        ("article", "ne\u{301}gen", "caveat"),
        ("article", "één bron bevestigt dat.", "claim"),
        ("article", "Nee. Nee.\n", "denial"),
        ("article", "keer verder", "denial"),
    ];
    for (number, (document, words, tag)) in passages.into_iter().enumerate() {
        let text = if document == "letter" { LETTER } else { ARTICLE };
        let start = text.find(words).expect("the words stand in the text");
        let span = Span::new(start, start + words.len()).expect("they are some");
        let id = AnnotationId(uuid(100 + number as u128));
        let anchor = Anchor::Placed { document: DocumentId::new(document), span };
        let annotator = if number % 3 == 2 { ben.clone() } else { ada.clone() };
        let mut annotation =
            Annotation::new(id, anchor, TagId::new(tag), annotator, at(100 + number as i64 * 61));
        annotation.modified = at(5_000 + number as i64);
        annotation.note = match number {
            0 => "=HYPERLINK(\"x\"); zie ook \"brief\"".to_owned(),
            1 => "+31 6; -1; @naam".to_owned(),
            2 => "é🙂 ".repeat(8_250) + "einde",
            3 => "regel één\nregel twee\n\n<script>alert(1)</script> & ]]> –".to_owned(),
            4 => "\ttab vooraan".to_owned(),
            _ => String::new(),
        };
        annotation.unsure = number == 5;
        if number % 2 == 0 {
            let value = if number % 4 == 0 { "certain" } else { "possible “é”" };
            annotation.attributes.insert(AttributeId::new("certainty"), value.to_owned());
        }
        if number == 9 {
            annotation.attributes.insert(AttributeId::new("remark"), "vrij; \"woord\" 🙂".to_owned());
        }
        if [0, 1, 9, 13].contains(&number) {
            annotation.statement = Some(statement.id);
            annotation.voice = vec![ActorId::new("minister"), ActorId::new("commissie")];
        }
        if number == 3 {
            annotation.comments.push(Comment {
                id: CommentId(uuid(500)),
                author: ben.clone(),
                at: at(9_000),
                text: "Zeker? 🙂".to_owned(),
                reply_to: None,
                status: Some(CommentStatus::Questioned),
            });
        }
        session.annotations.insert(id, Arc::new(annotation));
    }
    let orphan = OrphanAnchor {
        document: DocumentId::new("article"),
        quote: "een verdwenen 🙂 zin".to_owned(),
        before: "vóór ".to_owned(),
        after: " na".to_owned(),
        last: Span::new(3, 30).expect("it is not empty"),
    };
    let orphan = Annotation::new(
        AnnotationId(uuid(200)),
        Anchor::Orphan(orphan),
        TagId::new("claim"),
        ada.clone(),
        at(4_000),
    );
    session.annotations.insert(orphan.id, Arc::new(orphan));
    // Two across documents, two within one, one of them back.
    for (number, (kind, from, to)) in
        [("denies", 100, 109), ("qualifies", 103, 109), ("qualifies", 103, 100), ("answers", 113, 109)]
            .into_iter()
            .enumerate()
    {
        let link = Link {
            id: LinkId(uuid(700 + number as u128)),
            kind: LinkKindId::new(kind),
            from: AnnotationId(uuid(from)),
            to: AnnotationId(uuid(to)),
            note: if number == 0 { "=noot bij de band 🙂".to_owned() } else { String::new() },
            annotator: ben.clone(),
            created: at(6_000),
            modified: at(6_001),
        };
        session.links.insert(link.id, Arc::new(link));
    }
    assert_eq!(session.problems(), []);
    session
}

/// The file is this session; `GAINSAY_WRITE_HARD=1` writes it anew.
#[test]
fn the_file_for_the_peers_is_this_session() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/hard.ron");
    let text = super::session::write(&session());
    if std::env::var_os("GAINSAY_WRITE_HARD").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}
