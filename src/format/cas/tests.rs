use proptest::prelude::*;

use super::*;
use crate::format::arbitrary::{self, Dice};
use crate::format::import::Input;
use crate::format::kept::tests::{
    can_be_told_apart, check_round, exported, in_order, inputs, new_session, taken_in,
};
use crate::format::{Format, hard};
use crate::model::Session;

const BOTH: [Format; 2] = [xmi::FORMAT, json::FORMAT];

/// By JSON alone: what UTF-16 offsets cut out of the text is the quote.
fn check_slices(session: &Session) {
    let (files, _) = exported(&json::FORMAT, session);
    let mut passages = 0;
    for (_, bytes) in &files.0 {
        let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let all = json["%FEATURE_STRUCTURES"].as_array().unwrap();
        let text: Vec<u16> = all[0]["sofaString"].as_str().unwrap().encode_utf16().collect();
        for passage in all.iter().filter(|it| it["%TYPE"] == PASSAGE) {
            let at = |name: &str| usize::try_from(passage[name].as_u64().unwrap()).unwrap();
            let id = passage["annId"].as_str().unwrap().parse().unwrap();
            let slice = String::from_utf16(&text[at("begin")..at("end")]).unwrap();
            assert_eq!(slice, session.quote(&session.annotations[&id]));
            passages += 1;
        }
    }
    let placed = session.annotations.values().filter(|it| it.anchor.span().is_some());
    assert_eq!(passages, placed.count());
}

/// XML can hold the texts of the session.
fn is_held(session: &Session) -> bool {
    session.documents.iter().all(|document| xmi::held(document.text()) == document.text())
}

#[test]
fn the_hard_session_comes_back() {
    let session = hard::session();
    check_slices(&session);
    for format in BOTH {
        check_round(&format, &session, |_, _| false);
    }
    let (files, losses) = exported(&xmi::FORMAT, &session);
    assert!(files.named("TypeSystem.xml").is_some() && files.named("Ada/letter.xmi").is_some());
    assert_eq!(losses.0.len(), 2, "{losses:?}");
    let xmi = std::str::from_utf8(files.named("Ada/letter.xmi").unwrap()).unwrap();
    let sofa = xmi.lines().find(|line| line.starts_with("<cas:Sofa")).unwrap();
    assert!(sofa.contains("\u{202e}gekeerd") && sofa.contains("&#10;&#10;De commissie"), "{sofa}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_session_comes_back(seed in any::<u64>()) {
        let session = in_order(arbitrary::session(seed));
        check_slices(&session);
        if can_be_told_apart(&session) {
            check_round(&json::FORMAT, &session, |_, _| false);
            if is_held(&session) {
                check_round(&xmi::FORMAT, &session, |_, _| false);
            }
        }
    }

    #[test]
    fn nothing_panics(seed in any::<u64>()) {
        let dice = &mut Dice::new(seed);
        for format in BOTH {
            let (files, _) = exported(&format, &hard::session());
            let mut inputs = inputs(&files);
            for _ in 0..3 {
                let at = dice.roll(inputs.len());
                let bytes = &mut inputs[at].bytes;
                let place = dice.roll(bytes.len());
                bytes[place] = b"<>\"&;:{}[]0\xff"[dice.roll(12)];
            }
            if let Ok(foreign) = format.read.unwrap()(&inputs) {
                prop_assert!(foreign.passages.iter().all(|it| it.document < foreign.documents.len()));
            }
        }
    }
}

fn input(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn characters_that_xml_cannot_hold_move_nothing() {
    let session = hard::session();
    let (files, _) = exported(&json::FORMAT, &session);
    // The same session, with a vertical tab where a space was.
    let with_tab: Vec<Input> = inputs(&files)
        .into_iter()
        .map(|it| {
            input(&it.name, &String::from_utf8(it.bytes).unwrap().replace("Brief 👮", "Brief\\u000b👮"))
        })
        .collect();
    let (session, _) = new_session(&json::FORMAT, &with_tab);
    assert!(session.documents.iter().any(|it| it.text().contains('\u{b}')));
    let (files, losses) = exported(&xmi::FORMAT, &session);
    assert!(losses.0.iter().any(|it| it.contains("U+FFFD")), "{losses:?}");
    let mut again = session.clone();
    let report = taken_in(&xmi::FORMAT, &inputs(&files), &mut again, false);
    assert_eq!((&again, report.not_placed.as_slice()), (&session, &[][..]), "{report:?}");
    let (new, report) = new_session(&xmi::FORMAT, &inputs(&files));
    assert_eq!(new.annotations.len(), session.annotations.len());
    assert!(report.left_out.iter().any(|it| it.contains("not the one that Gainsay exported")), "{report:?}");
}

#[test]
fn a_wrong_unit_is_put_right() {
    let session = hard::session();
    let (files, _) = exported(&json::FORMAT, &session);
    let code_points = |input: Input| {
        let mut json: serde_json::Value = serde_json::from_slice(&input.bytes).unwrap();
        let all = json["%FEATURE_STRUCTURES"].as_array_mut().unwrap();
        let text: Vec<u16> = all[0]["sofaString"].as_str().unwrap().encode_utf16().collect();
        for passage in all.iter_mut().filter(|it| it["%TYPE"] == PASSAGE) {
            for name in ["begin", "end"] {
                let at = usize::try_from(passage[name].as_u64().unwrap()).unwrap();
                passage[name] = String::from_utf16(&text[..at]).unwrap().chars().count().into();
            }
        }
        Input { bytes: json.to_string().into_bytes(), ..input }
    };
    let inputs: Vec<Input> = inputs(&files).into_iter().map(code_points).collect();
    let (new, report) = new_session(&json::FORMAT, &inputs);
    assert!(report.converted.iter().any(|it| it.contains("code points")), "{report:?}");
    for (id, annotation) in &new.annotations {
        assert_eq!(annotation.anchor, session.annotations[id].anchor);
    }
}

#[test]
fn what_others_write_is_read() {
    let text = "👮🏽‍♀️ e\u{301} “quote” It is so. It is not so.";
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].encode_utf16().count();
        format!("begin=\"{start}\" end=\"{}\"", start + words.encode_utf16().count())
    };
    let xmi = format!(
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" \
         xmlns:seg=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
         xmlns:custom=\"http:///webanno/custom.ecore\" xmi:version=\"2.0\"><cas:NULL xmi:id=\"0\"/>\
         <seg:Sentence xmi:id=\"2\" sofa=\"1\" {s}/><seg:Token xmi:id=\"3\" sofa=\"1\" {s}/>\
         <ner:NamedEntity xmi:id=\"4\" sofa=\"1\" {q} value=\"PER\" identifier=\"Q1\"/>\
         <custom:Stance xmi:id=\"5\" sofa=\"1\" {s}><label>pro &amp; con</label></custom:Stance>\
         <custom:Plain xmi:id=\"6\" sofa=\"1\" {n}/>\
         <custom:Tie xmi:id=\"7\" sofa=\"1\" {n} Governor=\"6\" Dependent=\"5\" label=\"attacks\"/>\
         <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{text}\"/>\
         <cas:View sofa=\"1\" members=\"2 3 4 5 6 7\"/></xmi:XMI>",
        s = at("It is so."),
        q = at("“quote”"),
        n = at("It is not so."),
    );
    let (session, report) = new_session(&xmi::FORMAT, &[input("annotation/letter.txt/ada.xmi", &xmi)]);
    let found: Vec<_> = session
        .annotations
        .values()
        .map(|it| {
            (
                session.quote(it),
                session.scheme.tag(&it.tag).unwrap().name.as_str(),
                session.annotator_name(&it.annotator),
            )
        })
        .collect();
    for one in
        [("“quote”", "PER", "ada"), ("It is so.", "pro & con", "ada"), ("It is not so.", "Plain", "ada")]
    {
        assert!(found.contains(&one), "{one:?} in {found:?}");
    }
    assert_eq!((found.len(), session.links.len()), (3, 1));
    assert_eq!(session.documents[0].source.import.file_name.as_deref(), Some("letter.txt"));
    assert_eq!(report.left_out, ["1 × Sentence: left out", "1 × Token: left out"]);
}

#[test]
fn broken_files_are_named() {
    let wrong = |format: &Format, name: &str, text: &str| {
        format.read.unwrap()(&[input(name, text)]).unwrap_err().to_string()
    };
    assert!(wrong(&xmi::FORMAT, "a.xmi", "<!DOCTYPE x><x/>").contains("line 1: it has a DOCTYPE"));
    let cut = "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\">\n<a";
    assert!(wrong(&xmi::FORMAT, "a.xmi", cut).starts_with("a.xmi: line 2"));
    assert!(wrong(&xmi::FORMAT, "a.xmi", "<p>&own;</p>").contains("entity"));
    assert!(wrong(&xmi::FORMAT, "a.xmi", "<p/>").contains("no XMI"));
    assert!(wrong(&json::FORMAT, "a.json", "{\n\"a\":").starts_with("a.json: line 2"));
    assert!(wrong(&json::FORMAT, "a.json", "{}").contains("%FEATURE_STRUCTURES"));
    assert_eq!(wrong(&json::FORMAT, "a.txt", ""), "a.txt: there is no .json file");
}
