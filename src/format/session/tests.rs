use proptest::prelude::*;

use super::*;
use crate::format::arbitrary;
use crate::model::*;
use crate::text::notation;

/// A session of one document, written `"text with [claim:a passage] in it"`.
fn marked(notation: &str) -> Session {
    let (text, spans) = notation::parse(notation);
    let mut stamps = FixedStamps::default();
    let import = ImportRecord {
        file_name: Some("brief.txt".to_owned()),
        ..ImportRecord::of_text(&text, stamps.now())
    };
    let mut info = DocumentInfo::default();
    info.metadata.title = "De haven".to_owned();
    let document = Document {
        id: DocumentId::new("brief"),
        source: std::sync::Arc::new(Source::new(text, import)),
        info: std::sync::Arc::new(info),
    };
    let annotations = spans.into_iter().map(|(tag, span)| Annotation {
        id: AnnotationId(stamps.id()),
        anchor: Anchor::Placed { document: document.id.clone(), span },
        tag: TagId::new(tag),
        note: String::new(),
        unsure: false,
        attributes: BTreeMap::new(),
        statement: None,
        voice: Vec::new(),
        comments: Vec::new(),
        annotator: AnnotatorId::new("vos"),
        created: stamps.now(),
        modified: stamps.now(),
        provenance: None,
        changes: Vec::new(),
    });
    let annotations = annotations.map(|it| (it.id, std::sync::Arc::new(it))).collect();
    let vos = Annotator { name: "E. Vos".to_owned(), note: String::new() };
    let session = Session {
        documents: vec![std::sync::Arc::new(document)],
        annotators: BTreeMap::from([(AnnotatorId::new("vos"), vos)]),
        annotations,
        ..Session::new(SessionId(FixedStamps::new(5, 9).id()), Timestamp::from_second(5))
    };
    assert_eq!(session.problems(), []);
    session
}

fn sample() -> Session {
    marked(
        "[claim:👮🏽‍♀️ De “haven”] is e\u{301}en [denial:plek [caveat:met\tkade]].\n\n[claim:Het eind\n\nvan] alles[denial:.]",
    )
}

fn error_of(file: &str) -> String {
    read(file.as_bytes()).expect_err("the file is refused").to_string()
}

proptest! {
    #[test]
    fn a_session_reads_back_equal(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let file = write(&session);
        let read = read(file.as_bytes()).unwrap();
        prop_assert_eq!(&read.session, &session);
        prop_assert_eq!(read.notices, vec![]);
        prop_assert_eq!(read.digest, Digest::of(file.as_bytes()));
        prop_assert_eq!(write(&read.session), file);
    }

    #[test]
    fn a_session_without_texts_takes_its_sources(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let Err(ReadError::NeedsSources(waiting)) = read(write_without_texts(&session).as_bytes()) else {
            panic!("it opened without its sources");
        };
        let mut texts: BTreeMap<DocumentId, String> = BTreeMap::new();
        let missing = matches!(waiting.with_sources(&texts), Err(ReadError::NeedsSources(_)));
        prop_assert!(missing);
        texts.extend(session.documents.iter().map(|it| (it.id.clone(), it.text().to_owned())));
        prop_assert_eq!(&waiting.with_sources(&texts).unwrap().session, &session);
        texts.values_mut().for_each(|text| text.push('.'));
        let others = matches!(waiting.with_sources(&texts), Err(ReadError::OtherSources { .. }));
        prop_assert!(others);
    }

    #[test]
    fn what_is_sound_of_a_changed_file_is_valid(seed in any::<u64>(), at in any::<prop::sample::Index>(), cut in 1..9_usize) {
        let mut lines: Vec<String> = write(&arbitrary::session(seed)).lines().map(str::to_owned).collect();
        let at = at.index(lines.len());
        lines.drain(at..(at + cut).min(lines.len()));
        if let Ok((session, _)) = read_sound(lines.join("\n").as_bytes()) {
            prop_assert_eq!(session.problems(), vec![]);
        }
    }
}

/// 29 % of single-bit flips in a RON file read without an error and with other content: the digest tells.
#[test]
fn no_single_flipped_bit_changes_a_session_in_silence() {
    let session = marked("[claim:👮🏽‍♀️ “ja”] e\u{301}en");
    let mut scheme = Scheme::starter();
    scheme.tags.truncate(1);
    scheme.link_kinds.truncate(1);
    let session = Session { scheme: std::sync::Arc::new(scheme), ..session };
    let file = write(&session).into_bytes();
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(read) = read(&flipped) {
            assert!(
                read.notices.contains(&Notice::EditedByHand) || read.session == session,
                "bit {bit} changed the session in silence"
            );
        }
    }
}

#[test]
fn no_truncation_goes_unnoticed() {
    let session = sample();
    let file = write(&session);
    for end in 0..file.len() - 1 {
        match read(&file.as_bytes()[..end]) {
            Ok(read) => {
                assert_eq!((read.session, read.notices), (session.clone(), vec![Notice::EditedByHand]))
            }
            Err(ReadError::Syntax { cut_off, .. }) => assert!(cut_off, "cut at {end}"),
            Err(ReadError::NotASession { .. }) => assert!(end < "Session".len(), "cut at {end}"),
            Err(error) => panic!("cut at {end}: {error}"),
        }
    }
}

#[test]
fn converted_line_ends_and_a_byte_order_mark_are_told_and_change_nothing() {
    let session = sample();
    let file = write(&session);
    let mailed = format!("\u{feff}{}", file.replace('\n', "\r\n"));
    let read = read(mailed.as_bytes()).unwrap();
    assert_eq!(read.session, session);
    assert_eq!(read.notices, [Notice::ByteOrderMarkAdded, Notice::LineEndsConverted]);
}

#[test]
fn an_edit_by_hand_opens_with_a_notice() {
    let file = write(&sample()).replace("\"E. Vos\"", "\"Els Vos\"");
    let read = read(file.as_bytes()).unwrap();
    assert_eq!(read.session.annotators[&AnnotatorId::new("vos")].name, "Els Vos");
    assert_eq!(read.notices, [Notice::EditedByHand]);
    let (body, _) = file.rsplit_once(v1::DIGEST_LINE).unwrap();
    assert_eq!(super::read(body.as_bytes()).unwrap().notices, [Notice::EditedByHand]);
}

#[test]
fn the_file_is_readable() {
    let session = marked("Ze [claim:zegt “ja”].\n");
    let file = write(&session);
    let block = "
    Annotation(
      id: \"019b8d62-7e68-7000-8000-000100000001\",
      document: \"brief\",
      span: (3, 16),
      tag: \"claim\",
      quote: \"zegt “ja”\",
      before: \"Ze \",
      after: \".\\n\",
      annotator: \"vos\",
      created: \"2026-01-05T09:00:02Z\",
      modified: \"2026-01-05T09:00:03Z\",
    ),
";
    let start = file.find("\n    Annotation(").unwrap();
    let end = start + file[start..].find("    ),\n").unwrap() + "    ),\n".len();
    assert_eq!(&file[start..end], block);
    assert!(file.starts_with("Session(\n  format: 1,\n  id: \""), "{file}");
    assert!(file.contains("      lines: [\n        \"Ze zegt “ja”.\",\n        \"\",\n      ],\n"), "{file}");
}

#[test]
fn what_is_no_session_is_said_in_plain_words() {
    let file = write(&sample());
    let check = |bytes: &[u8], expected: &str| {
        let error = read(bytes).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error:?} does not say {expected:?}");
    };
    check(b"", "it is empty");
    check(b"\xEF\xBB\xBF \n", "it is empty");
    check(&[0; 4096], "nothing but zero bytes");
    check(b"\xFF\xFES\0e\0", "UTF-16");
    check(b"%PDF-1.7\n\xE2\xE3", "it is not text");
    check(b"{\"format\": 1}", "does not begin with");
    check(b"Journal(format: 1", "it is a journal");
    check(b"Session(title: \"\")", "line 1, column 9: “format” with its number must be the first field");
    check(file.replace("format: 1", "format: 2").as_bytes(), "format 2, which is newer");
    check(b"Session(format: 99999999999999999999999, new: [", "newer");
    check(file.replace("  documents: [", "  documents: [\0").as_bytes(), "a zero byte");
    check(file.replace("  links: [", "<<<<<<< HEAD\n  links: [").as_bytes(), "column 1: a conflict marker");
    check(&file.as_bytes()[..300], "it was cut off");
    check(file.replace("  links: [", "  lings: [").as_bytes(), "no field of this name in Session");
}

/// A lost quotation mark makes names of the words of a text; RON's own sentence would repeat them.
#[test]
fn a_word_where_a_name_should_stand_is_not_repeated() {
    let file = write(&sample());
    for (from, to) in [("title: ", "kanarie: "), ("line_ends: Lf", "line_ends: Kanarie")] {
        let said = error_of(&file.replacen(from, to, 1));
        assert!(!said.to_lowercase().contains("kanarie"), "{said}");
    }
}

#[test]
fn problems_come_with_line_and_column() {
    let file = write(&sample());
    let line_of = |needle: &str, nth: usize| {
        let at = file.match_indices(needle).nth(nth).unwrap().0;
        1 + file[..at].matches('\n').count()
    };
    let line = line_of("\n    Annotation(", 1) + 2;
    let expected = format!("line {line}, column 7: annotation 0");
    let error = error_of(&file.replace("quote: \"plek met", "quote: \"plaats met"));
    assert!(
        error.starts_with(&expected) && error.ends_with("its quote is not what stands at its span"),
        "{error}"
    );
    assert!(!error.contains("plaats"), "no text of a document: {error}");
    let error =
        error_of(&file.replace("before: \"👮🏽", "before: \"x👮🏽").replace("before: \"\\u", "before: \"x\\u"));
    assert!(error.contains("before its quote"), "{error}");

    let error = error_of(&file.replacen("tag: \"denial\"", "tag: \"nowhere\"", 1));
    assert!(
        error.starts_with(&expected) && error.contains("the tag nowhere, which does not exist"),
        "{error}"
    );

    let letters = file.replacen("letter: 'D'", "letter: 'C'", 1);
    let error = error_of(&letters);
    let line = line_of("letter: 'D'", 0);
    assert!(error.starts_with(&format!("line {line}, column 9: two tag letters")), "{error}");

    let error = error_of(&file.replacen("created: \"2026-01", "created: \"last week", 1));
    assert!(error.contains("expected a time"), "{error}");
    let ids: Vec<&str> = file.match_indices("      id: \"0").map(|(at, _)| &file[at + 11..at + 47]).collect();
    let error = error_of(&file.replace(ids[1], ids[0]));
    assert!(error.contains("two annotations have the id"), "{error}");
}

#[test]
fn a_damaged_text_is_never_an_edit_by_hand() {
    let session = sample();
    let file = write(&session);
    let damaged = file.replace("        \"Het eind\"", "        \"Het einde\"");
    assert_ne!(damaged, file);
    let error = read(damaged.as_bytes()).unwrap_err();
    assert!(matches!(&error, ReadError::Damaged { documents } if documents == &["De haven"]), "{error}");
    let why = read_sound(damaged.as_bytes()).unwrap_err();
    assert!(why.contains("none of these annotations can be placed"), "{why}");
}

#[test]
fn what_is_sound_opens_and_the_rest_is_named() {
    let session = sample();
    let file = write(&session);
    let broken =
        file.replacen("tag: \"denial\"", "tag: \"nowhere\"", 1).replacen("letter: 'V'", "letter: 'C'", 1);
    let (sound, said) = read_sound(broken.as_bytes()).unwrap();
    assert_eq!(sound.annotations.len(), session.annotations.len() - 1);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(read_sound(b"Session(format: 1, ").unwrap_err(), "nothing sound was found in it");
}

/// Not timed: run with `--release -- --ignored --nocapture` to see.
#[test]
#[ignore = "prints times, for a person to look at"]
fn speed() {
    let line = "De politie zegt dat zij “niet werkt” met het e\u{301}ne of het andere systeem.\n".repeat(30);
    let mut session = marked("[claim:a]");
    let mut stamps = FixedStamps::new(0, 3);
    let annotation = session.annotations.values().next().unwrap().clone();
    let document = session.documents[0].clone();
    for number in 0..100 {
        let id = DocumentId::new(format!("d{number}"));
        let source = Source::new(line.repeat(9), document.source.import.clone());
        session.documents.push(std::sync::Arc::new(Document {
            id: id.clone(),
            source: std::sync::Arc::new(source),
            info: document.info.clone(),
        }));
        for at in 0..100 {
            let span = Span::new(at * 160, at * 160 + 70).unwrap();
            let text = session.documents.last().unwrap().text();
            let end = text.ceil_char_boundary(span.end());
            let span = Span::new(text.floor_char_boundary(span.start()), end).unwrap();
            let new = AnnotationId(stamps.id());
            let anchor = Anchor::Placed { document: id.clone(), span };
            let annotation = Annotation { id: new, anchor, ..(*annotation).clone() };
            session.annotations.insert(new, std::sync::Arc::new(annotation));
        }
    }
    let start = std::time::Instant::now();
    let file = write(&session);
    println!("write {} KB: {:?}", file.len() / 1024, start.elapsed());
    let start = std::time::Instant::now();
    read(file.as_bytes()).unwrap();
    println!("read: {:?}", start.elapsed());
}
