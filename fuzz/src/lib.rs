//! What the targets have in common: bytes go in as a file would, and what comes out must hold together.

use std::sync::LazyLock;

use gainsay::edit::{Step, apply_step};
use gainsay::format::import::{Input, Taking, take_in};
use gainsay::format::session;
use gainsay::format::table::named;
use gainsay::model::{FixedStamps, Session, SessionId, Stamps as _, Timestamp};

/// A session with everything in it, and a colleague's version of it.
pub static OURS: LazyLock<Session> = LazyLock::new(|| sample(include_bytes!("../../sessions/harbour.ron")));
/// See [`OURS`].
pub static COLLEAGUES: LazyLock<Session> =
    LazyLock::new(|| sample(include_bytes!("../../sessions/harbour-adan.ron")));

fn sample(bytes: &[u8]) -> Session {
    session::read(bytes).expect("the sample sessions are sound").session
}

/// A session must be valid, and its file must read back as the same.
pub fn sound(made: &Session) {
    assert!(made.problems().is_empty(), "an invalid session");
    let file = session::write(made);
    let read = session::read(file.as_bytes()).expect("what is written reads back");
    assert!(read.notices.is_empty(), "a new file with notices");
    assert!(&read.session == made, "what reads back is something else");
}

/// Reads `bytes` as a file of the format, alone and beside a text, into a new session and into one that is there.
pub fn import(format: &str, name: &str, bytes: &[u8]) {
    let format = named(format).expect("a format of the table");
    let file = Input { name: name.to_owned(), bytes: bytes.to_vec() };
    read(format, &[file.clone()]);
    // What a text beside it adds; half of all formats look for one.
    let stem = file.stem().to_owned();
    let text = OURS.documents[0].text().as_bytes().to_vec();
    read(format, &[Input { name: format!("{stem}.txt"), bytes: text }, file]);
}

fn read(format: &'static gainsay::format::Format, inputs: &[Input]) {
    let Ok(foreign) = format.read_files(inputs) else { return };
    let mut stamps = FixedStamps::default();
    let at = Timestamp::from_second(1_700_000_000);
    let new = Session::new(SessionId(stamps.id()), at);
    for (session, is_new) in [(&new, true), (&*OURS, false)] {
        let taking = Taking { annotator: None, otherwise: format.title, at, is_new };
        let taken = take_in(session, foreign.clone(), taking);
        let mut made = session.clone();
        let step = Step { label: "import".to_owned(), at, edits: taken.edits };
        apply_step(&mut made, &step).expect("what was taken fits");
        sound(&made);
    }
}

/// A journal whose header is `base`'s and whose lines are sealed: a checksum must not keep the fuzzer out.
pub fn sealed(lines: &[u8]) -> Vec<u8> {
    let header = gainsay::format::journal::Header {
        format: session::FORMAT,
        session: OURS.id,
        created: OURS.created,
        base: None,
        file_name: None,
    };
    let mut file = gainsay::format::journal::write_header(&header).into_bytes();
    for line in lines.split(|byte| *byte == b'\n') {
        let digest = gainsay::model::Digest::of(line).to_string();
        file.extend(format!("{} {} ", line.len(), &digest[..16]).bytes());
        file.extend(line);
        file.push(b'\n');
    }
    file
}

/// Applies a step to a session as its journal would; a step that is refused must leave it as it was.
pub fn replay(session: &mut Session, steps: &[Step]) {
    for step in steps {
        let before = session.clone();
        match apply_step(session, step) {
            Ok(inverse) => {
                let mut back = session.clone();
                apply_step(&mut back, &inverse).expect("what was done can be undone");
                assert!(back == before, "undone is not as before");
            }
            Err(_) => {
                assert!(*session == before, "a refused step changed something");
                return;
            }
        }
    }
    sound(session);
}

/// What the fuzzer's macro of this name is where no fuzzer runs: a function `target`, for `plain/`.
#[macro_export]
macro_rules! fuzz_target {
    (|$bytes:ident: &[u8]| $body:expr) => {
        pub fn target($bytes: &[u8]) {
            $body
        }
    };
}
