//! Every truncation, every single-byte damage: never a panic, never another annotation than those of the original.

use std::sync::Arc;

use super::super::{read, read_sound, write};
use crate::model::*;

const LETTER: &str = "👮🏽‍♀️ De “haven” is e\u{301}en plek.\n\nDe kade niet.";
const PAPER: &str = "‘Ja’ 🙂, meldt de krant.\nNe\u{301}e, zegt de kade: “nooit”.";

/// Two documents with six annotations, two of which are linked.
fn sample() -> Session {
    let mut stamps = FixedStamps::default();
    let mut session = Session::new(SessionId(FixedStamps::new(5, 9).id()), Timestamp::from_second(5));
    session.info.title = "Haven “zuid” 🙂".to_owned();
    session
        .annotators
        .insert(AnnotatorId::new("vos"), Annotator { name: "E. Vós".to_owned(), note: String::new() });
    let passages = [
        ("letter", LETTER, ["De “haven”", "e\u{301}en plek", "De kade niet."]),
        ("paper", PAPER, ["‘Ja’ 🙂", "Ne\u{301}e", "“nooit”"]),
    ];
    let tags = ["claim", "denial", "caveat"];
    for (id, text, passages) in passages {
        let import = ImportRecord {
            file_name: Some(format!("{id}.txt")),
            name: String::new(),
            digest: Digest::of(text.as_bytes()),
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            byte_order_mark: false,
            line_ends: LineEnds::Lf,
            at: stamps.now(),
        };
        let source = Arc::new(Source::new(text, import));
        session.documents.push(Arc::new(Document { id: DocumentId::new(id), source, info: Arc::default() }));
        for (passage, tag) in passages.into_iter().zip(tags) {
            let start = text.find(passage).unwrap();
            let annotation = Annotation {
                id: AnnotationId(stamps.id()),
                anchor: Anchor::Placed {
                    document: DocumentId::new(id),
                    span: Span::new(start, start + passage.len()).unwrap(),
                },
                tag: TagId::new(tag),
                note: format!("noot bij {passage}"),
                unsure: false,
                attributes: std::collections::BTreeMap::new(),
                statement: None,
                voice: Vec::new(),
                comments: Vec::new(),
                annotator: AnnotatorId::new("vos"),
                created: stamps.now(),
                modified: stamps.now(),
                provenance: None,
                changes: Vec::new(),
            };
            session.annotations.insert(annotation.id, Arc::new(annotation));
        }
    }
    let ids: Vec<AnnotationId> = session.annotations.keys().copied().collect();
    let link = Link {
        id: LinkId(stamps.id()),
        kind: LinkKindId::new("denies"),
        from: ids[4],
        to: ids[0],
        note: "“echt”".to_owned(),
        annotator: AnnotatorId::new("vos"),
        created: stamps.now(),
        modified: stamps.now(),
    };
    session.links.insert(link.id, Arc::new(link));
    assert_eq!(session.problems(), []);
    session
}

/// What comes out of damaged bytes: what [`read`] reads, else what is sound.
fn out_of(bytes: &[u8]) -> Option<(Session, Vec<String>)> {
    match read(bytes) {
        Ok(read) => Some((read.session, read.notices.iter().map(ToString::to_string).collect())),
        Err(_) => read_sound(bytes).ok(),
    }
}

/// The line numbers of each annotation's block, as byte ranges, in the order of the ids.
fn blocks(file: &str) -> Vec<std::ops::Range<usize>> {
    let starts = file.match_indices("    Annotation(\n").map(|(at, _)| at);
    starts.map(|at| at..at + file[at..].find("\n    ),\n").unwrap() + "\n    ),\n".len()).collect()
}

fn sound_part_of(session: &Session, original: &Session, changed: Option<usize>, case: &str) -> usize {
    assert_eq!(session.problems(), [], "{case}");
    for document in &session.documents {
        let text = document.text();
        assert!(text == LETTER || text == PAPER, "{case}: an altered text");
    }
    let same = |id: &AnnotationId, annotation: &Annotation| {
        original.annotations.get(id).is_some_and(|it| **it == *annotation)
    };
    let differ: Vec<_> =
        session.annotations.iter().filter(|(id, it)| !same(id, it)).map(|(id, _)| *id).collect();
    // A letter of a note that became another reads as well as before: only the digest of the file tells.
    let altered = usize::from(changed.is_some());
    assert!(differ.len() <= altered, "{case}: {differ:?}");
    session.annotations.len() - differ.len()
}

#[test]
fn of_every_truncation_comes_nothing_or_what_is_sound() {
    let original = sample();
    let file = write(&original);
    let (mut offered, mut kept) = (0, 0);
    let first_text_ends = file.find("    Text(\n      document: \"paper\"").unwrap();
    for end in (0..file.len()).step_by(if cfg!(debug_assertions) { 7 } else { 1 }) {
        let Some((session, said)) = out_of(&file.as_bytes()[..end]) else {
            assert!(end < first_text_ends, "cut at {end}: the first text is whole");
            continue;
        };
        assert!(!said.is_empty() || session == original, "cut at {end}: nothing is said");
        kept += sound_part_of(&session, &original, None, &format!("cut at {end}"));
        offered += 1;
    }
    println!("truncations {}: {offered} offered, {kept} annotations of {}", file.len(), offered * 6);
    let why = read_sound(&file.as_bytes()[..first_text_ends - 200]).unwrap_err();
    for words in
        ["missing", "cut off", "2 documents", "6 annotations", "none of these annotations can be placed"]
    {
        assert!(why.contains(words), "{why:?} does not say {words:?}");
    }
}

#[test]
fn a_damaged_byte_costs_what_it_stands_in() {
    let original = sample();
    let file = write(&original).into_bytes();
    let blocks = blocks(std::str::from_utf8(&file).unwrap());
    assert_eq!(blocks.len(), 6);
    let (mut inside, mut lost_one) = (0, 0);
    let (mut damages, mut opened, mut kept) = (0, 0, 0);
    for at in (0..file.len()).step_by(if cfg!(debug_assertions) { 31 } else { 1 }) {
        for bit in 0..8 {
            let mut damaged = file.clone();
            damaged[at] ^= 1 << bit;
            let block = blocks.iter().position(|block| block.contains(&at));
            let case = format!("byte {at}, bit {bit}");
            damages += 1;
            inside += usize::from(block.is_some());
            let Some((session, said)) = out_of(&damaged) else { continue };
            assert!(!said.is_empty() || session == original, "{case}: nothing is said");
            let sound = sound_part_of(&session, &original, block, &case);
            opened += 1;
            kept += sound;
            lost_one += usize::from(block.is_some() && sound >= 5 && session.documents.len() == 2);
        }
    }
    println!("{damages} damages: {opened} opened, {kept} annotations of {}", damages * 6);
    println!("{inside} of them in an annotation: {lost_one} cost no other record");
    assert!(lost_one * 100 >= inside * 90);
}

/// What a person has done to one annotation's block, and what is said of it.
fn check(damage: impl Fn(&str) -> String, annotations: usize, expected: &[&str]) {
    let original = sample();
    let (session, said) = read_sound(damage(&write(&original)).as_bytes()).unwrap();
    assert_eq!(sound_part_of(&session, &original, None, "damaged"), annotations, "{said:?}");
    let said = said.join("\n");
    for words in expected {
        assert!(said.contains(words), "{said:?} does not say {words:?}");
    }
}

#[test]
fn what_is_left_out_is_named_with_its_line() {
    let file = write(&sample());
    let line = |needle: &str| 1 + file[..file.find(needle).unwrap()].matches('\n').count();
    let second = line("quote: \"e\\u{301}en plek\"") - 5;
    let id = file.lines().nth(second).unwrap().trim().strip_prefix("id: \"").unwrap().trim_end_matches("\",");
    let place = format!("(line {second} of the file; {id})");
    let in_letter = "the annotation on “e\u{301}en plek” in letter: ";
    let block = &file[blocks(&file)[1].clone()];
    let damaged = block.replacen("created: \"", "created: (", 1);
    check(|file| file.replace(block, &damaged), 5, &[in_letter, "it was left out", &place]);
    // A quote that does not read is taken from the text, where the rest says it stands.
    for bad in ["quote: \"e\0", "quote: \"e\u{301}\"", "quote: (\"e"] {
        let said = ["the annotation in letter, ¶ 1: it has no quote; its words are taken from the text", id];
        check(|file| file.replacen("quote: \"e", bad, 1), 6, &said);
    }
    // So is one of which a letter became another; a place that became another is known by the words.
    let said = [
        "the annotation on “een plek” in letter, ¶ 1: its quote is not what stands at its span; its words are taken",
    ];
    check(|file| file.replacen("quote: \"e\\u{301}en", "quote: \"een", 1), 6, &said);
    let span = file.lines().nth(second + 2).unwrap().to_owned();
    let said = ["in letter, ¶ 1: ", "; its place was damaged: it is where its words are", id];
    check(|file| file.replacen(&span, "      span: (8, 30),", 1), 6, &said);
    // The text of one of two documents: it goes, with what was marked in it.
    let expected = [
        "document paper: its text is missing",
        "text 2 in paper",
        "“nooit”” in paper names the document paper, which",
    ];
    check(|file| file.replacen("        \"‘Ja", "        ‘Ja", 1), 3, &expected);
    check(
        |file| file.replacen("        \"‘Ja’", "        \"‘Nu’", 1),
        3,
        &["document paper (“", "its text is damaged"],
    );
}

/// Both have added an annotation at the end; git takes the last lines of the two for one.
#[test]
fn of_an_unfinished_merge_both_versions_records_are_there() {
    let original = sample();
    let file = write(&original);
    let blocks = blocks(&file);
    let (ours, theirs) = (&file[blocks[4].clone()], &file[blocks[5].clone()]);
    let (ours, theirs) = (ours.trim_end_matches("    ),\n"), theirs.trim_end_matches("    ),\n"));
    let merged = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n    ),\n");
    let damaged = file.replace(&file[blocks[4].start..blocks[5].end], &merged);
    check(|_| damaged.clone(), 6, &["a merge by git was left unfinished"]);
    // Two versions of one record: the first stays, and it is said.
    let note = "      note: \"noot bij “nooit”\",\n";
    assert!(file.contains(note), "{file}");
    let both = format!("<<<<<<< HEAD\n{note}=======\n      note: \"iets anders\",\n>>>>>>> theirs\n");
    check(|file| file.replace(note, &both), 6, &["two annotations have the id", "the second was left out"]);
}

#[test]
fn what_is_no_session_offers_nothing() {
    for bytes in
        [&b""[..], b"\0\0\0", b"%PDF-1.7\n", b"Session(format: 1, ", b"    Annotation(\n    ),\n", b"{}"]
    {
        assert!(read_sound(bytes).is_err());
    }
    let newer =
        write(&sample()).replacen("format: 1", "format: 2", 1).replacen("  links: [", "  links: <", 1);
    assert!(read_sound(newer.as_bytes()).unwrap_err().contains("newer"));
}
