use super::*;
use crate::format::export::Files;
use crate::format::import::Input;
use crate::format::kept::tests::{check_round, exported, inputs, new_session, taken_in};
use crate::format::{arbitrary, hard};
use crate::model::Session;

/// What stands in a project, by name.
fn unpacked(files: &Files) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(files.first())).unwrap();
    let count = zip.len();
    let part = |at| {
        let mut entry = zip.by_index(at).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        (entry.name().unwrap().into_owned(), text)
    };
    (0..count).map(part).collect()
}

fn without_orphans(mut session: Session) -> Session {
    session.annotations.retain(|_, it| it.anchor.span().is_some());
    let left = session.annotations.clone();
    session.links.retain(|_, link| left.contains_key(&link.from) && left.contains_key(&link.to));
    session
}

#[test]
fn the_hard_session_comes_back() {
    check_round(&FORMAT, &without_orphans(hard::session()), |_, _| false);
}

#[test]
fn orphans_come_back_by_the_record() {
    let session = hard::session();
    let (files, losses) = exported(&FORMAT, &session);
    assert!(losses.0.iter().any(|it| it.contains("text is gone")), "{losses:?}");
    let (new, _) = new_session(&FORMAT, &inputs(&files));
    assert_eq!(new.annotations, session.annotations);
    let mut again = session.clone();
    taken_in(&FORMAT, &inputs(&files), &mut again, false);
    assert_eq!(again, session);
}

#[test]
fn selections_count_code_points() {
    let session = hard::session();
    let parts = unpacked(&exported(&FORMAT, &session).0);
    assert_eq!(parts[0].0, "project.qde");
    let root = xml::Element::parse(&parts[0].1).unwrap();
    let mut checked = 0;
    for source in root.list("Sources") {
        let path = source.get("plainTextPath").unwrap().replace("internal://", "sources/");
        let text: Vec<char> = parts.iter().find(|it| it.0 == path).unwrap().1.chars().collect();
        for selection in source.all("PlainTextSelection") {
            let at = |name| selection.get(name).unwrap().parse::<usize>().unwrap();
            let slice: String = text[at("startPosition")..at("endPosition")].iter().collect();
            let id = uuid::Uuid::parse_str(selection.get("guid").unwrap()).unwrap();
            let own = &session.annotations[&crate::model::AnnotationId(id)];
            assert_eq!(slice, session.quote(own));
            checked += 1;
        }
    }
    assert_eq!(checked, session.annotations.values().filter(|it| it.anchor.span().is_some()).count());
}

#[test]
fn nothing_panics() {
    for seed in 0..40 {
        let session = arbitrary::session(seed);
        let (files, _) = exported(&FORMAT, &session);
        let mut bytes = files.first().to_vec();
        let _ = read::projects(&inputs(&files)).unwrap();
        let at = (seed as usize * 7919) % bytes.len();
        bytes[at] ^= 0x41;
        let _ = read::projects(&[Input { name: "a.qdpx".to_owned(), bytes }]);
    }
}

#[test]
fn a_codebook_comes_back_and_document_types_are_refused() {
    let session = hard::session();
    let (files, _) = exported(&CODEBOOK, &session);
    let foreign = read::codebooks(&inputs(&files)).unwrap();
    for tag in &session.scheme.tags {
        let own = foreign.scheme.tags.iter().find(|it| it.name == tag.name).unwrap();
        assert_eq!((&own.definition, own.color), (&tag.definition, tag.color));
    }
    let evil = b"<!DOCTYPE a [<!ENTITY b \"c\">]><CodeBook><Codes/></CodeBook>".to_vec();
    assert!(read::codebooks(&[Input { name: "a.qdc".to_owned(), bytes: evil }]).is_err());
}
