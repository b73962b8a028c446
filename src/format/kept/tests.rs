//! What every format must give that keeps a session's records.

use super::*;
use crate::edit::{Step, apply_step};
use crate::format::Format;
use crate::format::export::{Export, Files};
use crate::format::import::{Input, Report, Taking, take_in};
use crate::model::Timestamp;

/// The files of a session, and what they lose.
pub(in crate::format) fn exported(format: &Format, session: &Session) -> (Files, Losses) {
    let mut files = Files::default();
    let export = Export { session, at: Timestamp::from_second(1_800_000_000) };
    let losses = format.write.unwrap()(&export, &mut files).unwrap();
    (files, losses)
}

pub(in crate::format) fn inputs(files: &Files) -> Vec<Input> {
    let of = |(name, bytes): &(String, Vec<u8>)| Input { name: name.clone(), bytes: bytes.clone() };
    files.0.iter().map(of).collect()
}

/// Reads the files into `session`.
pub(in crate::format) fn taken_in(
    format: &Format,
    inputs: &[Input],
    session: &mut Session,
    is_new: bool,
) -> Report {
    let foreign = format.read.unwrap()(inputs).unwrap();
    if is_new && let Some((id, created)) = foreign.origin {
        *session = Session::new(id, created);
    }
    let at = Timestamp::from_second(1_800_000_000);
    let taken = take_in(session, foreign, Taking { annotator: None, otherwise: "format", at, is_new });
    let step = Step { label: "import".to_owned(), at, edits: taken.edits };
    apply_step(session, &step).unwrap();
    assert_eq!(session.problems(), []);
    taken.report
}

/// A new session of files.
pub(in crate::format) fn new_session(format: &Format, inputs: &[Input]) -> (Session, Report) {
    let mut session = Session::new(crate::model::SessionId(uuid::Uuid::nil()), Timestamp::from_second(0));
    let report = taken_in(format, inputs, &mut session, true);
    (session, report)
}

/// A session comes back as it was but for its orphans, the passages that `is_lost`, and the records of reviews; the
/// same files add nothing to it; written again they are the same.
pub(in crate::format) fn check_round(
    format: &Format,
    session: &Session,
    is_lost: impl Fn(&Annotation, &str) -> bool,
) {
    let mut expected = Session {
        alerts_aside: vec![],
        tag_mappings: vec![],
        statement_mappings: vec![],
        decisions: vec![],
        remarks: vec![],
        conflicts: vec![],
        ..session.clone()
    };
    let lost = |it: &Annotation| it.anchor.span().is_none() || is_lost(it, session.quote(it));
    expected.annotations.retain(|_, it| !lost(it));
    let left = expected.annotations.clone();
    expected.links.retain(|_, link| left.contains_key(&link.from) && left.contains_key(&link.to));
    let (files, _) = exported(format, session);
    let (new, report) = new_session(format, &inputs(&files));
    assert_eq!(report.not_placed, [""; 0]);
    assert_eq!(report.left_out, [""; 0]);
    for (id, annotation) in &expected.annotations {
        assert_eq!(new.annotations.get(id), Some(annotation));
    }
    assert_eq!(new, expected);
    let mut again = session.clone();
    let report = taken_in(format, &inputs(&files), &mut again, false);
    assert_eq!((report.left_out.as_slice(), &again), (&[][..], session));
    let (files_again, _) = exported(format, &new);
    assert_eq!(files_again.0, files.0);
}

/// The session with the rules of its tags oldest first, as a scheme has them that was taken over from another.
pub(in crate::format) fn in_order(mut session: Session) -> Session {
    let scheme = Arc::make_mut(&mut session.scheme);
    scheme.tags.iter_mut().for_each(|tag| tag.rules.sort_by_key(|rule| rule.since));
    session
}

/// True when no two documents have the same text and no two annotators the same name: `take_in` knows them by these.
pub(in crate::format) fn can_be_told_apart(session: &Session) -> bool {
    let texts = session.documents.iter().map(|it| it.text().trim_end());
    let names = session.annotators.values().map(|it| it.name.as_str());
    let differ = |mut all: Vec<&str>| {
        all.sort_unstable();
        all.windows(2).all(|pair| pair[0] != pair[1])
    };
    differ(texts.collect()) && differ(names.filter(|name| !name.is_empty()).collect())
}

#[test]
fn json_stands_in_one_line_and_in_xml() {
    let mut session = crate::format::hard::session();
    session.info.note = "a\u{85}b\u{2028}c\u{b}\n\u{ffff}\u{7f}".to_owned();
    let head = head(&session);
    assert!(!head.chars().any(|c| c.is_control() || c == '\u{2028}' || c == '\u{ffff}'), "{head}");
    assert_eq!(read_head(&head).unwrap().info, session.info);
    assert!(read_head("{}").is_err() && read_annotation("[]").is_none() && read_links("7").is_none());
}
