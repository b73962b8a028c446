use proptest::prelude::*;

use super::*;
use crate::edit::{Step, apply_step};
use crate::format::export::Files;
use crate::format::import::{Foreign, Input, Taking, take_in};
use crate::format::{arbitrary, hard};
use crate::model::*;

fn written(session: &Session) -> Vec<u8> {
    let mut files = Files::default();
    write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    files.first().to_vec()
}

fn of(bytes: &[u8]) -> Result<Foreign, crate::format::import::ReadError> {
    read(&[Input { name: "codes.csv".to_owned(), bytes: bytes.to_vec() }])
}

fn taking(is_new: bool) -> Taking<'static> {
    Taking { annotator: None, otherwise: "codebook", at: Timestamp::from_second(0), is_new }
}

fn taken(bytes: &[u8]) -> Session {
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), Timestamp::from_second(0));
    let edits = take_in(&session, of(bytes).unwrap(), taking(true)).edits;
    let step = Step { label: "import".to_owned(), at: Timestamp::from_second(0), edits };
    apply_step(&mut session, &step).unwrap();
    assert_eq!(session.problems(), []);
    session
}

#[test]
fn our_own_comes_back_whole_and_is_known_again() {
    let session = hard::session();
    let bytes = written(&session);
    let new = taken(&bytes);
    assert_eq!(new.scheme, session.scheme);
    assert_eq!(written(&new), bytes);
    let again = take_in(&session, of(&bytes).unwrap(), taking(false));
    assert_eq!((again.edits, again.report.scheme, again.report.left_out), (vec![], 0, vec![]));
}

proptest! {
    #[test]
    fn any_scheme_comes_back(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let foreign = of(&written(&session)).unwrap();
        prop_assert_eq!((&foreign.scheme, &foreign.notes), (&*session.scheme, &vec![]));
    }

    #[test]
    fn any_bytes_are_read_or_refused(seed in any::<u64>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = written(&arbitrary::session(seed));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(foreign) = of(&bytes) {
            let session = Session::new(SessionId(uuid::Uuid::nil()), Timestamp::from_second(0));
            let alone = Session { scheme: std::sync::Arc::new(foreign.scheme), ..session };
            prop_assert_eq!(alone.problems(), vec![]);
        }
    }
}

#[test]
fn codebooks_of_other_programs_are_read() {
    let names = |text: &str| {
        let foreign = of(text.as_bytes()).unwrap();
        let scheme = &foreign.scheme;
        let of_tag = |tag: &Tag| match tag.parent.as_ref().and_then(|id| scheme.tag(id)) {
            Some(up) => format!("{}<{}: {}", tag.name, up.name, tag.definition),
            None => format!("{}: {}", tag.name, tag.definition),
        };
        scheme.tags.iter().map(of_tag).collect::<Vec<_>>()
    };
    assert_eq!(names("tag,description\nclaim,\"says 🙂, so\"\n"), ["claim: says 🙂, so"]);
    assert_eq!(names("\u{feff}Code;Definition;Parent\r\nA;x;\r\nB;\"y\nz\";A\r\n"), ["A: x", "B<A: y\nz"]);
    for path in ["a/b", "a::b", "a > b"] {
        let rows = names(&format!("path\tdescription\n{path}\tinner\na\touter\n"));
        assert_eq!(rows, ["a: outer", "b<a: inner"]);
    }
    assert_eq!(names("sep=;\nname;color\n\"e\u{301}, “f”\";#0000ff\n"), ["e\u{301}, “f”: "]);
    let foreign = of("name,parent,colour,key\nx,y,mauve,1\ny,x,#97183e,1\nx,,,\n,,,7\n".as_bytes()).unwrap();
    let told = [
        "codes.csv: 1 row has no name: left out",
        "codes.csv: 1 row names a tag again: left out",
        "codes.csv: 1 key is taken or not 1 to 9: left out",
        "codes.csv: 1 color is not known: another was given",
        "codes.csv: 1 tag would be its own ancestor: its parent is left out",
    ];
    assert_eq!(foreign.notes, told);
    assert_eq!(foreign.scheme.tags[1].color, TagColor::Wine);
}

#[test]
fn what_is_no_codebook_is_said() {
    let why = |bytes: &[u8]| of(bytes).unwrap_err().to_string();
    assert_eq!(why(b""), "codes.csv: it is empty");
    assert_eq!(
        why(b"x,y\n1,2\n"),
        "codes.csv: line 1: none of its columns is called tag, name, code or path"
    );
    assert_eq!(why(b"tag\n\n"), "codes.csv: there is no tag below its headers");
    assert!(why(b"tag\n\xff\n").starts_with("codes.csv: line 2: "));
    let many = format!("tag\n{}", "x\n".repeat(5_001));
    assert!(why(many.as_bytes()).contains("more than 5,000 rows"));
}
