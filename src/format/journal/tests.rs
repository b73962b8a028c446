use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::edit::{Edit, apply_step};
use crate::format::arbitrary;
use crate::model::*;

fn header(session: &Session) -> Header {
    Header { format: FORMAT, session: session.id, created: session.created, base: None, file_name: None }
}

/// Steps that build `session` from an empty one, then take some of it apart: every kind of edit.
fn steps(session: &Session) -> Vec<Step> {
    let mut edits: Vec<Edit> = vec![Edit::SetInfo(session.info.clone())];
    edits.extend(session.annotators.iter().map(|(id, it)| Edit::PutAnnotator(id.clone(), it.clone())));
    edits.push(Edit::SetScheme(Arc::clone(&session.scheme)));
    edits.extend(session.actors.values().cloned().map(Edit::PutActor));
    edits.extend(session.statements.values().cloned().map(Edit::PutStatement));
    let documents = session.documents.iter().cloned().enumerate();
    edits.extend(documents.map(|(at, document)| Edit::AddDocument { at, document }));
    edits.extend(session.annotations.values().cloned().map(Edit::PutAnnotation));
    edits.extend(session.links.values().cloned().map(Edit::PutLink));
    edits.push(Edit::SetAlertsAside(session.alerts_aside.clone()));
    edits.push(Edit::SetTagMappings(session.tag_mappings.clone()));
    edits.push(Edit::SetStatementMappings(session.statement_mappings.clone()));
    edits.push(Edit::SetDecisions(session.decisions.clone()));
    edits.extend(session.decisions.first().map(|first| Edit::AddDecision { at: 9, decision: first.clone() }));
    edits.extend(session.decisions.first().map(|_| Edit::RemoveDecision(0)));
    edits.push(Edit::SetRemarks(session.remarks.clone()));
    edits.push(Edit::SetConflicts(session.conflicts.clone()));
    let first = &session.documents[0];
    edits.push(Edit::MoveDocument { id: first.id.clone(), to: 9 });
    edits.push(replaced(session, first));
    edits.push(Edit::SetDocumentInfo { id: first.id.clone(), info: Arc::default() });
    edits.extend(session.links.keys().map(|id| Edit::RemoveLink(*id)));
    edits.extend(session.annotations.keys().map(|id| Edit::RemoveAnnotation(*id)));
    edits.push(Edit::SetStatementMappings(Vec::new()));
    edits.push(Edit::SetRemarks(Vec::new()));
    edits.extend(session.statements.keys().map(|id| Edit::RemoveStatement(*id)));
    edits.extend(session.actors.keys().cloned().map(Edit::RemoveActor));
    edits.extend(session.documents.iter().map(|document| Edit::RemoveDocument(document.id.clone())));
    edits.extend(session.annotators.keys().cloned().map(Edit::RemoveAnnotator));
    let chunks = edits.chunks(3).enumerate();
    let step = |(number, edits): (usize, &[Edit])| Step {
        label: format!("step \"{number}\"\n"),
        at: Timestamp::from_second(number as i64),
        edits: edits.to_vec(),
    };
    chunks.map(step).collect()
}

/// Another text in the place of a document's: one annotation finds a place in it, the others are orphans.
fn replaced(session: &Session, document: &Document) -> Edit {
    let source = Source::new("👮🏽‍♀️ e\u{301} “x”\n", document.source.import.clone());
    let new = Document { source: Arc::new(source), info: Arc::default(), ..document.clone() };
    let inside = session.annotations.values().filter(|it| *it.anchor.document() == document.id);
    let anchor = |(nth, id): (usize, AnnotationId)| {
        let (document, span) = (document.id.clone(), Span::new(0, new.text().len()).unwrap());
        let anchor = match nth {
            0 => Anchor::Placed { document, span },
            _ => Anchor::Orphan(OrphanAnchor {
                document,
                quote: "“e\u{301}\n".to_owned(),
                before: String::new(),
                after: "👮🏽‍♀️".to_owned(),
                last: span,
            }),
        };
        (id, anchor)
    };
    let anchors = inside.map(|it| it.id).enumerate().map(anchor).collect();
    Edit::ReplaceDocument { document: Arc::new(new), anchors }
}

fn written(header: &Header, steps: &[Step]) -> String {
    let lines = steps.iter().enumerate().map(|(index, step)| write_step(index as u64 + 1, step));
    write_header(header) + &lines.collect::<String>()
}

proptest! {
    #[test]
    fn a_journal_reads_back_and_builds_the_session(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let (header, steps) = (header(&session), steps(&session));
        let file = written(&header, &steps);
        prop_assert_eq!(file.lines().count(), steps.len() + 1, "one line a step");
        let journal = read(file.as_bytes()).unwrap();
        prop_assert_eq!(&journal.header, &header);
        prop_assert_eq!(&journal.steps, &steps);
        prop_assert_eq!((journal.sound_bytes, journal.torn), (file.len() as u64, None));
        let mut replayed = Session::new(header.session, header.created);
        for step in &journal.steps {
            apply_step(&mut replayed, step).unwrap();
        }
        prop_assert_eq!(replayed.problems(), vec![]);
    }

    #[test]
    fn a_journal_cut_anywhere_gives_the_steps_before(seed in any::<u64>(), cut in any::<prop::sample::Index>()) {
        let session = arbitrary::session(seed);
        let (header, steps) = (header(&session), steps(&session));
        let file = written(&header, &steps);
        let end = cut.index(file.len());
        match read(&file.as_bytes()[..end]) {
            Ok(journal) => {
                let whole = file.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count() - 1;
                prop_assert_eq!(&journal.steps[..], &steps[..whole]);
                prop_assert_eq!(journal.torn.is_some(), !file[..file.floor_char_boundary(end)].ends_with('\n'));
                prop_assert!(file[..journal.sound_bytes as usize].ends_with('\n'));
            }
            Err(error) => prop_assert!(end < file.find('\n').unwrap() + 1, "cut at {}: {}", end, error),
        }
    }

    #[test]
    fn no_flipped_bit_of_a_journal_is_read_as_something_else(seed in any::<u64>(), at in any::<prop::sample::Index>(), bit in 0..8) {
        let session = arbitrary::session(seed);
        let (header, steps) = (header(&session), steps(&session));
        let mut file = written(&header, &steps).into_bytes();
        let at = at.index(file.len());
        file[at] ^= 1_u8 << bit;
        if let Ok(journal) = read(&file) {
            prop_assert_eq!(&journal.header, &header);
            prop_assert_eq!(&journal.steps[..], &steps[..journal.steps.len()]);
            prop_assert!(journal.torn.is_some());
        }
    }
}

#[test]
fn a_line_reads_like_this() {
    let mut session = Session::new(SessionId(FixedStamps::default().id()), Timestamp::from_second(5));
    session.info.title = "De “haven”".to_owned();
    let base = Some(Digest::of(b"abc"));
    let header = Header { base, file_name: Some("haven.ron".to_owned()), ..header(&session) };
    let step =
        Step { label: "rename".to_owned(), at: session.created, edits: vec![Edit::SetInfo(session.info)] };
    let file = written(&header, &[step]);
    let (first, second) = file.split_once('\n').unwrap();
    assert!(first.starts_with("Journal(format: 1, session: \"019b"), "{first}");
    assert!(first.contains("base: Some(\"ba7816bf"), "{first}");
    assert!(second.ends_with("edits:[SetInfo(title:\"De “haven”\",note:\"\")])\n"), "{second}");
    assert_eq!(read(file.as_bytes()).unwrap().header, header);
}

#[test]
fn what_was_left_out_is_said_with_its_line() {
    let session = arbitrary::session(7);
    let (header, steps) = (header(&session), steps(&session));
    let file = written(&header, &steps);
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let torn = |file: &str| read(file.as_bytes()).unwrap().torn.unwrap();

    let last = lines.len();
    let said = torn(file.trim_end());
    assert_eq!(
        said,
        format!("the last line of the journal ({last}) was not written to its end; it was left out")
    );
    let zeros = format!("{file}\0\0\0\0");
    assert!(torn(&zeros).contains("not written to its end"));
    let missing = lines[..2].concat() + &lines[3..].concat();
    let rest = lines.len() - 4;
    let said = torn(&missing);
    assert!(said.starts_with("line 3 of the journal is damaged (it is step 3 where step 2"), "{said}");
    assert!(said.contains(&format!("the {rest} lines after it")), "{said}");
}

#[test]
fn a_newer_or_broken_header_is_refused() {
    let session = Session::new(SessionId(FixedStamps::default().id()), Timestamp::from_second(5));
    let line = write_header(&header(&session));
    assert_eq!(read(b""), Err(JournalError::Empty));
    let newer = line.replace("format: 1", "format: 2");
    assert_eq!(read(newer.as_bytes()), Err(JournalError::NewerFormat { found: 2 }));
    for broken in [line.trim_end(), "Session(format: 1)\n", &line.replace("1970", "1971"), "Journ"] {
        assert!(matches!(read(broken.as_bytes()), Err(JournalError::Header { .. })), "{broken}");
    }
}
