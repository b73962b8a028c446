use proptest::prelude::*;

use super::*;

/// `|` stands where one sentence ends and the next begins.
fn check(marked: &str) {
    let parts: Vec<&str> = marked.split('|').map(str::trim).collect();
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, parts);
}

#[test]
fn full_stops_in_dutch() {
    for marked in [
        "👮🏽‍♀️ “e\u{301}én” Dat doet hij. |Daarna gaat hij.",
        "Hij komt om 5 uur. |Hij blijft tot 2020. |Daarna niet.",
        "Volgens dhr. J. de Vries en mevr. A.B. Jansen klopt dat. |Mr. drs. P. Smit zwijgt.",
        "Zie nr. 2021Z14612, nrs. 3 en 4, art. 5 en blz. 12. |Klaar.",
        "Dat is verboden, d.w.z. Clearview mag niet, o.a. Catch en bijv. Google wel. |Punt.",
        "Op 3 mei jl. schreef hij. |Maandag a.s. Daarna komt er een.".replace("a.s. D", "a.s. |D").as_str(),
        "Foto's, namen enz. |Daarna niets meer.",
        "Foto's, namen enz. en adressen.",
        "M.b.t. Clearview is niets bekend t.a.v. Nederland.",
        "Het is van Clearview B.V. |De politie weet het. |Het is van Clearview B.V. Amsterdam.",
        "Hij zei niets… |Daarna wel. |Of… toch niet? |Ja! |Nee?!",
        "De politie (…) Nederland [...] Europol zwijgt.",
        "Het is klaar. |'s Avonds ging hij. |’t Is wat. |Dat is 's avonds zo.",
        "Plan B. |Daarna plan C. |Toen kwam J. De Vries.",
        "1. De politie. |Zo is het.",
    ] {
        check(marked);
    }
}

#[test]
fn full_stops_in_english() {
    for marked in [
        "They met in the U.S. and in the U.K. |The police denied it.",
        "Mr. Smith v. Mrs. Jones vs. Dr. No. |He said no. |Then he left.",
        "See No. 5 and Nov. 12, e.g. Clearview, i.e. Acme Inc. of New York.",
        "The U.S. Government and St. Paul agree. |Why? |Because.",
        "He left at 5 p.m. |The rest stayed.",
    ] {
        check(marked);
    }
}

#[test]
fn quotes_and_brackets_stay_with_their_sentence() {
    for marked in [
        "“Dat klopt niet.” |“Wel waar!” |‘Nee.’ |(Dat zei hij.) |\"Zo.\" |Einde.",
        "“Klopt dat?” vroeg hij. |'Nee!' riep zij.",
        "Hij zei: “Dat klopt. |Echt.” |En ging.",
        "Het adres is https://a.nl/x?y=Z!Q en niet http://b.nl. |Klaar.",
    ] {
        check(marked);
    }
}

#[test]
fn line_breaks_end_nothing_but_lists_do() {
    for marked in [
        "Antwoorden over het bericht dat  \nde politie  \nClearview gebruikt. |Ja.",
        "De leden:\n|- Van Dam (X66)\n|- Bos\n  van RodeLinks",
        "Zo:\n|1. Eerst dit.\n|2. Dan dat",
        "Zie nr\n2. dus",
    ] {
        check(marked);
    }
}

#[test]
fn markdown_marks_stay_with_their_sentence() {
    for marked in [
        "Er is **niets** gekocht.<sup>3</sup> |De politie zwijgt.<sup>4 5</sup> |Zij ook.",
        "**Klopt dat?** |**Zo nee, waarom niet?**",
        "**Antwoord op vraag 14**  \n|Ja.",
        "**Vraag 14**  \n|**Wilt u per punt antwoorden?**",
        "**Kent u “X Y”?<sup>1</sup>**",
    ] {
        check(marked);
    }
}

#[test]
fn sentences_of_a_document() {
    let text = "👮🏽‍♀️ Een. Twee.\n\n---\n\n“Drie e\u{301}.”  Vier\nvijf. \n\n";
    let paragraphs = Paragraphs::of(text);
    let at = |words: &str| text.find(words).unwrap();
    let quote = |span: Option<Span>| span.map(|span| span.of(text).unwrap());
    assert_eq!(quote(sentence_at(text, &paragraphs, at("wee"))), Some("Twee."));
    assert_eq!(quote(sentence_at(text, &paragraphs, at(" Twee"))), Some("👮🏽‍♀️ Een."));
    assert_eq!(quote(sentence_at(text, &paragraphs, text.len())), Some("Vier\nvijf."));
    assert_eq!(sentence_at("", &Paragraphs::of(""), 0), None);
    let mut walked = Vec::new();
    let mut caret = 0;
    while let Some(next) = next_sentence(text, &paragraphs, caret) {
        walked.push(next.of(text).unwrap());
        caret = next.start();
    }
    assert_eq!(walked, ["Twee.", "“Drie e\u{301}.”", "Vier\nvijf."]);
    let mut back = Vec::new();
    while let Some(prev) = prev_sentence(text, &paragraphs, caret) {
        back.push(prev.of(text).unwrap());
        caret = prev.start();
    }
    assert_eq!(back, ["“Drie e\u{301}.”", "Twee.", "👮🏽‍♀️ Een."]);
    let led = format!("\n\n{text}");
    let first = next_sentence(&led, &Paragraphs::of(&led), 0);
    assert_eq!(first.and_then(|span| span.of(&led)), Some("👮🏽‍♀️ Een."));
}

#[test]
fn a_very_long_paragraph_is_not_read_whole() {
    let text = "Dat doet hij niet. ".repeat(20_000);
    let paragraphs = Paragraphs::of(&text);
    let at = 19 * 10_000;
    assert_eq!(sentence_at(&text, &paragraphs, at + 3), Span::new(at, at + 18));
    assert_eq!(next_sentence(&text, &paragraphs, at + 3), Span::new(at + 19, at + 37));
    assert_eq!(prev_sentence(&text, &paragraphs, at + 3), Span::new(at - 19, at - 1));
}

/// Hard line breaks, "jl." and "nr." end nothing: every sentence begins with a capital, a digit or an address.
#[test]
fn the_letter_is_not_cut_at_its_line_breaks() {
    let Some(text) = crate::text::guess::tests::seed("004") else { return };
    let paragraphs = Paragraphs::of(&text);
    for number in 1..=paragraphs.len() {
        let range = paragraphs.range(number).unwrap();
        for sentence in sentences(&text[range.clone()]) {
            let words = &text[range.start + sentence.start..range.start + sentence.end];
            let first = words.chars().find(|c| c.is_alphanumeric());
            assert!(
                first.is_none_or(|c| !c.is_lowercase()) || words.contains("<sup>") || words.contains("http"),
                "{words}"
            );
            assert!(!words.ends_with("nr.") && !words.ends_with("jl."), "{words}");
        }
    }
}

proptest! {
    #[test]
    fn sentences_hold_every_character_in_order(
        pieces in prop::collection::vec(prop::sample::select(&[
            "a", "De", "dhr.", ". ", "…", "(…)", "? ", "!", "\n", "\n- ", "\n1. ", "”", "“", "’s ", "'s A", "**", "<sup>", "</sup>",
            "👮🏽‍♀️", "e\u{301}", "1", "\t", "\u{a0}", "。", "A.", "\u{200b}",
        ][..]), 0..40),
    ) {
        let text = pieces.concat();
        let mut end = 0;
        for range in sentences(&text) {
            prop_assert!(end <= range.start && range.start < range.end);
            prop_assert!(text[end..range.start].chars().all(is_blank));
            prop_assert_eq!(text[range.clone()].trim_matches(is_blank), &text[range.clone()]);
            end = range.end;
        }
        prop_assert!(text[end..].chars().all(is_blank));
        let paragraphs = Paragraphs::of(&text);
        for at in 0..=text.len() {
            for span in [sentence_at(&text, &paragraphs, at), next_sentence(&text, &paragraphs, at),
                         prev_sentence(&text, &paragraphs, at)].into_iter().flatten() {
                prop_assert!(span.is_in(&text));
            }
        }
    }
}
