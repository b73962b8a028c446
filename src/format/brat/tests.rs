use proptest::prelude::*;

use super::*;
use crate::format::arbitrary::{self, Dice};
use crate::format::hard;
use crate::format::import::Input;
use crate::format::kept::tests::{
    can_be_told_apart, check_round, exported, in_order, inputs, new_session, taken_in,
};
use crate::model::Session;

fn is_lost(_: &crate::model::Annotation, quote: &str) -> bool {
    parts(quote, Span::new(0, quote.len()).unwrap()).is_empty()
}

/// By the rules of brat alone: the words of each `T` line are what its offsets cut out of the text.
fn check_slices(session: &Session) {
    let (files, _) = exported(&FORMAT, session);
    for (name, bytes) in files.0.iter().filter(|(name, _)| name.ends_with(".ann")) {
        let text = files.named(&name.replace(".ann", ".txt")).unwrap();
        let text: Vec<char> = std::str::from_utf8(text).unwrap().chars().collect();
        for line in std::str::from_utf8(bytes).unwrap().split_terminator('\n') {
            assert!(!line.contains(['\r', '\u{b}', '\u{85}', '\u{2028}']), "{line:?}");
            let mut fields = line.splitn(3, '\t');
            let (id, data, words) = (fields.next().unwrap(), fields.next().unwrap(), fields.next());
            if id.starts_with('T') {
                let (_, ranges) = data.split_once(' ').unwrap();
                let slices = ranges.split(';').map(|range| {
                    let (start, end) = range.split_once(' ').unwrap();
                    text[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
                });
                assert_eq!(Some(slices.collect::<Vec<_>>().join(" ").as_str()), words);
            }
        }
    }
}

#[test]
fn the_hard_session_comes_back() {
    let session = hard::session();
    check_slices(&session);
    check_round(&FORMAT, &session, is_lost);
    let (files, losses) = exported(&FORMAT, &session);
    let names: Vec<&str> = files.0.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"Ada/letter.ann") && names.contains(&"Ada/annotation.conf"), "{names:?}");
    assert_eq!(losses.0.len(), 2, "{losses:?}");
}

proptest! {
    #[test]
    fn any_session_comes_back(seed in any::<u64>()) {
        let session = in_order(arbitrary::session(seed));
        check_slices(&session);
        if can_be_told_apart(&session) {
            check_round(&FORMAT, &session, is_lost);
        }
    }

    #[test]
    fn nothing_panics(seed in any::<u64>()) {
        let dice = &mut Dice::new(seed);
        let (files, _) = exported(&FORMAT, &hard::session());
        let mut inputs = inputs(&files);
        for _ in 0..8 {
            let at = dice.roll(inputs.len());
            let bytes = &mut inputs[at].bytes;
            let place = dice.roll(bytes.len());
            bytes[place] = b"\t\n 0;:#TRA*\xff"[dice.roll(12)];
        }
        if let Ok(foreign) = read::read(&inputs) {
            prop_assert!(foreign.passages.iter().all(|it| it.document < foreign.documents.len()));
        }
    }
}

fn input(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”\r\nIt is so, they say.\r\nIt is not so.\r\n";

/// Offsets in the file's text, in which every line end is two characters.
fn at(words: &str) -> String {
    let start = TEXT.find(words).unwrap();
    let count = |end: usize| TEXT[..end].chars().count();
    format!("{} {}", count(start), count(start + words.len()))
}

#[test]
fn what_others_write_is_read() {
    let lines = [
        "R1\tcontradicts Arg1:T2 Arg2:T1\t".to_owned(),
        format!("T1\tClaim {}\tIt is so\t\r", at("It is so")),
        format!("T2\tCounter-Claim {}\tIt is not so.", at("It is not so.")),
        format!("T3\tClaim {};{}\t“quote” It", at("“quote”"), at("It is so").split(' ').next().unwrap()),
        format!("T4\tClaim {};{}\tthey so.", at("they"), at("so.")),
        "*\tEquiv T1 T4".to_owned(),
        "A1\tCertainty T1 possible".to_owned(),
        "M1\tNegation E1".to_owned(),
        "E1\tAttack:T2 By:T1".to_owned(),
        "N1\tReference T1 Wikipedia:534366\tBarack Obama".to_owned(),
        "#1\tAnnotatorNotes T1\tone⏎two".to_owned(),
        "#2\tAnnotatorNotes T9\tlost".to_owned(),
        "R2\tsupports Arg1:T1 Arg2:T8".to_owned(),
    ];
    let inputs = [input("corpus/ada/a.txt", TEXT), input("corpus/ada/a.ann", &lines.join("\n"))];
    let (session, report) = new_session(&FORMAT, &inputs);
    let named = |quote: &str| session.annotations.values().find(|it| session.quote(it) == quote).unwrap();
    let claim = named("It is so");
    assert_eq!(claim.note, "Reference Wikipedia:534366 Barack Obama\none\ntwo");
    assert_eq!(claim.attributes.values().collect::<Vec<_>>(), ["possible"]);
    assert_eq!(session.annotator_name(&claim.annotator), "ada");
    assert_eq!(named("It is not so.").attributes.values().collect::<Vec<_>>(), ["true"]);
    assert_eq!(session.links.len(), 2);
    assert!(session.annotations.values().any(|it| session.quote(it) == "they"));
    let told = report.left_out.join("\n");
    for what in ["line 4: its offsets", "line 12: it is said of T9", "line 13: one of its ends", "1 event"] {
        assert!(told.contains(what), "{what} in {told}");
    }
    assert!(report.converted.iter().any(|it| it.contains("CRLF")), "{report:?}");
}

#[test]
fn a_wrong_unit_is_put_right() {
    let session = hard::session();
    let (files, _) = exported(&FORMAT, &session);
    let mut inputs = inputs(&files);
    for input in inputs.iter_mut().filter(|input| input.name.ends_with(".ann")) {
        let text = files.named(&input.name.replace(".ann", ".txt")).unwrap();
        let text = std::str::from_utf8(text).unwrap();
        let utf16 = |at: &str| -> String {
            let at = at.parse().unwrap();
            text.chars().take(at).map(char::len_utf16).sum::<usize>().to_string()
        };
        let lines = std::str::from_utf8(&input.bytes).unwrap().lines().map(|line| {
            let mut fields: Vec<String> = line.splitn(3, '\t').map(str::to_owned).collect();
            if line.starts_with('T') {
                let (label, ranges) = fields[1].split_once(' ').unwrap();
                let range = |range: &str| range.split(' ').map(utf16).collect::<Vec<_>>().join(" ");
                let ranges: Vec<String> = ranges.split(';').map(range).collect();
                fields[1] = format!("{label} {}", ranges.join(";"));
            }
            fields.join("\t")
        });
        input.bytes = lines.collect::<Vec<_>>().join("\n").into_bytes();
    }
    let (new, report) = new_session(&FORMAT, &inputs);
    assert_eq!(report.not_placed, [""; 0]);
    assert!(report.converted.iter().any(|it| it.contains("UTF-16")), "{report:?}");
    for (id, annotation) in &new.annotations {
        assert_eq!(new.quote(annotation).trim(), session.quote(&session.annotations[id]).trim());
    }
}

#[test]
fn what_was_changed_in_brat_goes_before_what_was_kept() {
    let session = hard::session();
    let (files, _) = exported(&FORMAT, &session);
    let mut inputs = inputs(&files);
    let ann = inputs.iter_mut().find(|input| input.name == "Ada/article.ann").unwrap();
    let text = String::from_utf8(std::mem::take(&mut ann.bytes)).unwrap();
    let first = text.lines().find(|line| line.starts_with('T')).unwrap();
    ann.bytes = text.replace(first, &first.replace("claim", "doubt")).into_bytes();
    let (new, report) = new_session(&FORMAT, &inputs);
    assert_eq!(report.left_out, [""; 0]);
    assert_eq!(new.annotations.values().filter(|it| it.tag.as_str() == "doubt").count(), 1);
    // Files alone, without the configuration: what it explains is left out, and said.
    let alone: Vec<Input> = inputs
        .iter()
        .filter(|it| it.name.starts_with("Ada/a") && !it.name.ends_with("conf"))
        .cloned()
        .collect();
    let mut own = session.clone();
    let report = taken_in(&FORMAT, &alone, &mut own, false);
    assert!(report.left_out.iter().any(|it| it.contains("annotation.conf is not there")), "{report:?}");
}

#[test]
fn broken_files_are_named() {
    let wrong = |inputs: &[Input]| read::read(inputs).unwrap_err().to_string();
    assert!(wrong(&[input("x/a.ann", "")]).starts_with("x/a.txt: it is not beside x/a.ann"));
    assert_eq!(wrong(&[input("a.txt", "")]), "a.txt: there is no .ann file, as brat has them");
    let latin = Input { name: "a.ann".to_owned(), bytes: b"T1\tx 0 1\t\xe9".to_vec() };
    assert_eq!(wrong(&[input("a.txt", "x"), latin]), "a.ann: line 1: it is not UTF-8 text");
}
