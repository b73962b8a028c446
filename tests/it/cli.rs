//! The command line: the real program on real files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format;
use gainsay::model::*;

const LETTER: &str = "# Letter 👮🏽‍♀️\n\nThe cafe\u{301} said “no” to the harbor.  \nIt will not open.\n";
const REPORT: &str = "Harbor opens in May\r\nThe council says the harbor opens in May.\r\n";

pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("letter.md"), LETTER).unwrap();
        fs::write(desk.path("report.txt"), REPORT).unwrap();
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn gainsay(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("GAINSAY_HOME", self.path("home")).env("USER", "É. Vos").env("USERNAME", "É. Vos");
        command
    }

    /// Runs another program where this one works.
    pub(crate) fn run(&self, command: &mut Command) -> Output {
        command.current_dir(self.folder.path()).env("GAINSAY_HOME", self.path("home")).output().unwrap()
    }

    /// Marks passages in the session file itself: document, quote, tag.
    pub(crate) fn mark(&self, passages: &[(&str, &str, &str)]) {
        mark_in_file(&self.path("harbor.ron"), passages);
    }

    /// Runs a command that must succeed; its answer.
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        let output = self.gainsay(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must end with this code; what it complained of.
    pub(crate) fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.gainsay(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {complaint}");
        assert!(complaint.lines().all(|line| !line.contains("panicked")), "{complaint}");
        complaint
    }

    pub(crate) fn with_session() -> Self {
        let desk = Self::new();
        desk.said(&["new", "harbor.ron", "letter.md", "report.txt", "--title", "The harbor"]);
        desk
    }
}

pub(crate) fn session(path: &Path) -> Session {
    format::session::read(&fs::read(path).unwrap()).unwrap().session
}

/// The step that marks the first place of `quote` in a document.
pub(crate) fn mark(session: &Session, document: &str, quote: &str, tag: &str, number: u128) -> Step {
    let document = session.document(&DocumentId::new(document)).unwrap();
    let start = document.text().find(quote).unwrap();
    let at: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    let annotation = Annotation {
        changes: Vec::new(),
        id: AnnotationId(uuid::Uuid::from_u128(number)),
        anchor: Anchor::Placed {
            document: document.id.clone(),
            span: Span::new(start, start + quote.len()).unwrap(),
        },
        tag: TagId::new(tag),
        note: String::new(),
        unsure: false,
        attributes: Default::default(),
        statement: None,
        voice: Vec::new(),
        comments: Vec::new(),
        annotator: session.annotators.keys().next().unwrap().clone(),
        created: at,
        modified: at,
        provenance: None,
    };
    let edits = vec![Edit::PutAnnotation(Arc::new(annotation))];
    Step { label: format!("tag {tag}"), at, edits }
}

/// Marks passages in the session file itself.
fn mark_in_file(path: &Path, passages: &[(&str, &str, &str)]) {
    let mut session = session(path);
    for (number, (document, quote, tag)) in passages.iter().enumerate() {
        let step = mark(&session, document, quote, tag, number as u128 + 1);
        apply_step(&mut session, &step).unwrap();
    }
    fs::write(path, format::session::write(&session)).unwrap();
}

/// Puts a journal with one more passage beside the session file, as a killed program leaves it.
fn leave_journal(path: &Path) {
    let session = session(path);
    let header = format::journal::Header {
        format: format::session::FORMAT,
        session: session.id,
        created: session.created,
        base: Some(Digest::of(&fs::read(path).unwrap())),
        file_name: None,
    };
    let step = mark(&session, "report", "opens in May", "claim", 99);
    let text = format::journal::write_header(&header) + &format::journal::write_step(1, &step);
    fs::write(path.with_file_name(".~harbor.ron.journal"), text).unwrap();
}

#[test]
fn a_new_session_is_valid_and_says_what_it_holds() {
    let desk = Desk::with_session();
    let answer = desk.said(&["check", "harbor.ron"]);
    assert!(answer.starts_with("harbor.ron: valid; 2 documents, 0 annotations, 0 links\n"), "{answer}");
    let session = session(&desk.path("harbor.ron"));
    assert_eq!(session.info.title, "The harbor");
    assert_eq!(session.documents[0].text(), LETTER);
    assert_eq!(session.documents[0].info.presentation, Presentation::Markdown);
    assert_eq!(session.documents[1].text(), REPORT.replace("\r\n", "\n"));
    assert_eq!(session.documents[1].source.import.line_ends, LineEnds::CrLf);
    assert_eq!(session.annotator_name(session.annotators.keys().next().unwrap()), "É. Vos");
}

#[test]
fn new_takes_all_files_or_none_and_never_replaces_one() {
    let desk = Desk::with_session();
    let before = fs::read(desk.path("harbor.ron")).unwrap();
    let complaint = desk.refused(1, &["new", "harbor.ron", "letter.md"]);
    assert!(complaint.contains("harbor.ron: there is such a file already"), "{complaint}");
    assert_eq!(fs::read(desk.path("harbor.ron")).unwrap(), before);

    fs::write(desk.path("old.txt"), b"De burgemeester zei: \x93nee\x94, caf\xe9 gesloten.\n").unwrap();
    fs::write(desk.path("empty.txt"), "").unwrap();
    fs::write(desk.path("twin.txt"), LETTER).unwrap();
    let files = ["letter.md", "old.txt", "empty.txt", "gone.txt", "home.pdf", "twin.txt", "bare"];
    fs::create_dir(desk.path("bare")).unwrap();
    fs::write(desk.path("home.pdf"), "%PDF-1.7\n%\u{e2}\u{e3}\n").unwrap();
    let arguments: Vec<&str> = ["new", "two.ron"].into_iter().chain(files).collect();
    let complaint = desk.refused(1, &arguments);
    for part in [
        "old.txt: it is not UTF-8: byte 21",
        "--encoding windows-1252 would read",
        "empty.txt: it is empty",
        "gone.txt: there is no such file",
        "home.pdf: ",
        "twin.txt: this has the same text as letter.md",
        "this is a folder",
        "no session was made",
    ] {
        assert!(complaint.contains(part), "{part} is not in: {complaint}");
    }
    assert!(complaint.lines().all(|line| line.starts_with("gainsay: ")), "{complaint}");
    assert!(!desk.path("two.ron").exists());

    desk.said(&["new", "old.ron", "old.txt", "--encoding", "windows-1252"]);
    assert!(session(&desk.path("old.ron")).documents[0].text().contains("“nee”, café"));
    let complaint = desk.refused(1, &["new", "x.ron", "old.txt", "--encoding", "klingon"]);
    assert!(complaint.contains("there is no encoding named \"klingon\""), "{complaint}");
}

#[test]
fn check_counts_and_tells_what_a_journal_holds() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial"), ("letter", "It will not", "denial")]);
    leave_journal(&path);
    let answer = desk.said(&["check", "harbor.ron"]);
    for part in [
        "2 annotations",
        "  letter: 2 annotations (denial 2); Letter 👮🏽‍♀️\n",
        "  report: 0 annotations; ",
        "  tags: denial 2\n",
        "  journal: 1 step not yet in the file, which bring it to 3 annotations\n",
        "takes them in; so does: gainsay recover harbor.ron --out COPY.ron\n",
    ] {
        assert!(answer.contains(part), "{part:?} is not in: {answer}");
    }
    // A half-written line is what a crash leaves, and no fault.
    let journal = desk.path(".~harbor.ron.journal");
    let whole = fs::read(&journal).unwrap();
    fs::write(&journal, &whole[..whole.len() - 9]).unwrap();
    desk.said(&["check", "harbor.ron"]);
    // A journal of another version is one.
    fs::write(&journal, String::from_utf8(whole).unwrap()).unwrap();
    mark_in_file(&path, &[]);
    let mut session = session(&path);
    let step = mark(&session, "letter", "harbor", "claim", 7);
    apply_step(&mut session, &step).unwrap();
    fs::write(&path, format::session::write(&session)).unwrap();
    let complaint = desk.refused(1, &["check", "harbor.ron"]);
    assert!(complaint.contains("belongs to another version"), "{complaint}");
}

#[test]
fn check_names_file_place_and_cause() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial")]);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(desk.path("cut.ron"), &text[..text.len() / 2]).unwrap();
    fs::write(desk.path("tag.ron"), text.replace("tag: \"denial\"", "tag: \"denail\"")).unwrap();
    fs::write(desk.path("no.ron"), "hello").unwrap();
    for name in ["cut.ron", "tag.ron", "no.ron", "gone.ron"] {
        let complaint = desk.refused(1, &["check", "harbor.ron", name]);
        assert!(complaint.starts_with(&format!("gainsay: {name}: ")), "{complaint}");
        let has_place = complaint.contains("line ") && complaint.contains("column ");
        assert!(has_place || name == "no.ron" || name == "gone.ron", "{complaint}");
    }
}

#[test]
fn info_answers_in_json() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial"), ("report", "in May", "claim")]);
    leave_journal(&path);
    let info: serde_json::Value =
        serde_json::from_str(&desk.said(&["info", "harbor.ron", "--json"])).unwrap();
    assert_eq!(info["annotations"], 3);
    assert_eq!(info["tags"], serde_json::json!({"claim": 2, "denial": 1, "caveat": 0}));
    assert_eq!(info["annotators"], serde_json::json!(["É. Vos"]));
    assert_eq!(info["documents"][0]["title"], "Letter 👮🏽‍♀️");
    assert_eq!(info["documents"][0]["file_name"], "letter.md");
    assert_eq!(info["documents"][0]["bytes"], LETTER.len());
    assert_eq!(info["documents"][0]["digest"], Digest::of(LETTER.as_bytes()).to_string());
    assert_eq!(info["documents"][1]["annotations"], 2);
    assert!(desk.said(&["info", "harbor.ron"]).contains("annotations: 3 annotations: claim 2, denial 1"));
}

#[test]
fn recover_brings_file_and_journal_together() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial")]);
    leave_journal(&path);
    let before = (fs::read(&path).unwrap(), fs::read(desk.path(".~harbor.ron.journal")).unwrap());
    let answer = desk.said(&["recover", "harbor.ron", "-o", "whole.ron"]);
    assert_eq!(answer, "whole.ron: 2 documents, 2 annotations; 1 step from the journal\n");
    assert_eq!(session(&desk.path("whole.ron")).annotations.len(), 2);
    assert_eq!((fs::read(&path).unwrap(), fs::read(desk.path(".~harbor.ron.journal")).unwrap()), before);
    let complaint = desk.refused(1, &["recover", "harbor.ron", "-o", "whole.ron"]);
    assert!(complaint.contains("there is such a file already"), "{complaint}");
    // A journal that was set aside is tried when it is named.
    fs::rename(desk.path(".~harbor.ron.journal"), desk.path("aside")).unwrap();
    let answer = desk.said(&["recover", "harbor.ron", "-o", "again.ron", "--journal", "aside"]);
    assert!(answer.ends_with("2 annotations; 1 step from the journal\n"), "{answer}");
}

#[test]
fn export_writes_passages_with_exact_quotes() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial"), ("letter", "harbor.  \nIt will", "claim")]);
    leave_journal(&path);
    let answer = desk.said(&["export", "harbor.ron", "--to", "csv", "out.csv"]);
    assert_eq!(answer, "out.csv: 3 passages written\n");
    let table = fs::read_to_string(desk.path("out.csv")).unwrap();
    assert_eq!(desk.said(&["export", "harbor.ron", "--to", "csv", "-"]), table);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let session = session(&path);
    let mut rows = 0;
    for row in reader.records().map(Result::unwrap) {
        let document = session.document(&DocumentId::new(&row[column("document_id")])).unwrap();
        let offset = |name: &str| row[column(name)].parse::<usize>().unwrap();
        let (start, end) = (offset("start_char"), offset("end_char"));
        let slice: String = document.text().chars().skip(start).take(end - start).collect();
        assert_eq!(slice, row[column("quote")]);
        rows += 1;
    }
    assert_eq!(rows, 3);
    let complaint = desk.refused(1, &["export", "harbor.ron", "--to", "csv", "./harbor.ron"]);
    assert!(complaint.contains("this is the session itself"), "{complaint}");
    desk.refused(2, &["export", "harbor.ron", "--to", "docx", "out.docx"]);
    // A part of it, with its texts, as a folder.
    let answer =
        desk.said(&["export", "harbor.ron", "--to", "package", "out", "--tag", "denial", "--texts", "texts"]);
    assert!(answer.starts_with("out: 1 passage written\n"), "{answer}");
    assert!(desk.path("out/passages.csv").is_file() && desk.path("texts/letter.txt").is_file());
    let complaint = desk.refused(1, &["export", "harbor.ron", "--to", "csv", "x.csv", "--tag", "none"]);
    assert!(complaint.contains("no tag named \"none\""), "{complaint}");
}

#[test]
fn import_makes_a_session_or_adds_to_one_and_says_what_was_not_placed() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial"), ("letter", "harbor.  \nIt will", "claim")]);
    let before = session(&path);
    desk.said(&["export", "harbor.ron", "--to", "w3c", "all.jsonld"]);
    // The same again: nothing new, and the file is as it was.
    let answer = desk.said(&["import", "harbor.ron", "--from", "w3c", "all.jsonld"]);
    assert!(answer.starts_with("harbor.ron: nothing new, "), "{answer}");
    assert_eq!(session(&path), before);
    // A new session of it is the same session.
    desk.said(&["import", "new.ron", "--from", "w3c", "all.jsonld"]);
    assert_eq!(session(&desk.path("new.ron")), before);
    // As someone else's, they stand beside.
    let answer = desk.said(&["import", "harbor.ron", "--from", "w3c", "all.jsonld", "--annotator", "Ada"]);
    assert!(answer.contains("there already"), "{answer}");
    // brat, written by hand, with the text beside; one passage is nowhere.
    fs::write(desk.path("a.txt"), "👮🏽‍♀️ e\u{301} “zij” zegt nee.\n").unwrap();
    let start = "👮🏽‍♀️ e\u{301} ".chars().count();
    let ann = format!("T1\tClaim {start} {}\t“zij” zegt nee\nT2\tClaim 0 4\tniets\n", start + 14);
    fs::write(desk.path("a.ann"), ann).unwrap();
    let answer = desk.said(&["import", "brat.ron", "--from", "brat", "a.ann", "--annotator", "Ada"]);
    assert!(answer.starts_with("brat.ron: 1 document and 1 passage taken in, 1 not placed\n"), "{answer}");
    assert!(answer.contains("T2 “niets”: its words are not in the text"), "{answer}");
    let made = session(&desk.path("brat.ron"));
    let placed = made.annotations.values().find(|it| it.anchor.span().is_some()).unwrap();
    assert_eq!((made.quote(placed), made.annotator_name(&placed.annotator)), ("“zij” zegt nee", "Ada"));
    // What is no such file leaves all as it was.
    let complaint = desk.refused(1, &["import", "harbor.ron", "--from", "w3c", "a.txt"]);
    assert!(complaint.contains("a.txt: "), "{complaint}");
    desk.refused(1, &["import", "none.ron", "--from", "w3c", "gone.jsonld"]);
    assert!(!desk.path("none.ron").exists());
}

#[test]
fn a_codebook_and_a_scheme_are_written() {
    let desk = Desk::with_session();
    assert_eq!(
        desk.said(&["export", "harbor.ron", "--to", "codebook", "book.html"]),
        "book.html: 3 tags written\n"
    );
    let page = fs::read_to_string(desk.path("book.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>Codebook: The harbor</h1>"), "{page}");
    desk.said(&["export", "harbor.ron", "--to", "scheme", "scheme.ron"]);
    let scheme = format::scheme::read(&fs::read(desk.path("scheme.ron")).unwrap()).unwrap();
    assert_eq!(scheme, *session(&desk.path("harbor.ron")).scheme);
}

#[test]
fn a_copy_for_a_second_coder_has_no_trace_of_the_first() {
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    mark_in_file(&path, &[("letter", "said “no”", "denial")]);
    let answer = desk.said(&["handover", "harbor.ron", "-o", "second.ron"]);
    assert_eq!(answer, "second.ron: 2 documents and 3 tags written, no annotations\n");
    let file = fs::read_to_string(desk.path("second.ron")).unwrap();
    for trace in ["É. Vos", "Annotation(", &desk.folder.path().display().to_string()] {
        assert!(!file.contains(trace), "{trace}");
    }
    let (own, copy) = (session(&path), session(&desk.path("second.ron")));
    assert_ne!(own.id, copy.id);
    assert_eq!(own.documents.len(), copy.documents.len());
    assert!(own.documents.iter().zip(&copy.documents).all(|(own, copy)| own.text() == copy.text()));
    // A file that is there is never written over.
    assert!(desk.refused(1, &["handover", "harbor.ron", "-o", "second.ron"]).contains("second.ron"));
    desk.refused(1, &["handover", "harbor.ron", "-o", "harbor.ron"]);
    desk.refused(2, &["handover", "harbor.ron"]);
}

#[test]
fn usage_is_told_on_the_right_stream_with_the_right_code() {
    let desk = Desk::new();
    assert!(desk.said(&["--version"]).contains("session format 1"));
    assert!(desk.said(&["--help"]).contains("recover"));
    assert!(desk.said(&["formats"]).contains("\ncsv: "));
    for arguments in [&["check"][..], &["new", "x.ron"], &["export", "x.ron"], &["--nonsense"]] {
        assert!(desk.refused(2, arguments).starts_with("gainsay: "));
    }
    if cfg!(not(feature = "gui")) {
        let complaint = desk.refused(2, &["letter.md"]);
        assert_eq!(complaint.lines().count(), 1);
        assert!(complaint.contains("has no window"), "{complaint}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_crash() {
    let desk = Desk::with_session();
    let mut child = desk
        .command(&["export", "harbor.ron", "--to", "csv", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn the_seeds_make_a_session() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&seeds) else {
        println!("skipped: {} is not there", seeds.display());
        return;
    };
    let desk = Desk::new();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let names: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let arguments: Vec<&str> = ["new", "seeds.ron"].into_iter().chain(names).collect();
    desk.said(&arguments);
    let session = session(&desk.path("seeds.ron"));
    assert_eq!(session.documents.len(), files.len());
    for (document, path) in session.documents.iter().zip(&files) {
        assert_eq!(document.source.import.digest, Digest::of(&fs::read(path).unwrap()));
    }
    desk.said(&["check", "seeds.ron"]);
}
