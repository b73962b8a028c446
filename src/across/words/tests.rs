use super::*;

fn folded(text: &str) -> String {
    let mut words = Vec::new();
    fold_words(text, true, |word| {
        assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end), "{word:?}");
        words.push(word.folded.to_owned());
    });
    words.join(" ")
}

#[test]
fn what_makes_no_difference_is_folded_away() {
    for (text, expected) in [
        ("👮🏽‍♀️ e\u{301}e\u{301}n “Één” één", "een een een"),
        ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
        ("Straße STRAẞE ıIi", "strasse strasse iii"),
        ("o\u{FB03}ce \u{FB01}ets \u{133}s œuvre", "office fiets ijs oeuvre"),
        ("foto's foto’s O’Brien don't", "fotos fotos obrien dont"),
        ("'s ochtends l’homme qu'il", "s ochtends l homme qu il"),
        ("ge\u{AD}zicht ge\u{200B}zicht ge-\nzicht ge\u{AD}\nzicht", "gezicht gezicht gezicht gezicht"),
        ("in-\nen uitvoer re-use", "in en uitvoer re use"),
        ("**V**et en **vet**, *schuin* [woord](https://a.b/c-d) <b>x</b>", "vet en vet schuin woord x"),
        ("water<sup>2</sup> einde.3 De woord² ja[^1] nee[12]", "water einde de woord ja nee"),
        ("zie www.voorbeeld.nl/a en https://b.c/d?e=f.", "zie en"),
        ("een&nbsp;twee", "een twee"),
    ] {
        assert_eq!(folded(text), expected, "{text}");
    }
}

#[test]
fn numbers_are_values() {
    for (text, expected) in [
        ("1.000 1,000 1000 1\u{A0}000 20\u{202F}000 20 000", "#1000 #1000 #1000 #1000 #20000 #20000"),
        ("3,5 3.5 3,50 0,125", "#3.5 #3.5 #3.5 #0.125"),
        ("1.234,50 1,234.5", "#1234.5 #1234.5"),
        ("20–30 20-30", "#20 #30 #20 #30"),
        ("12% 12 percent € 5", "#12 procent #12 procent euro #5"),
        ("28-9-2021 2021-09-28 28.09.2021", "#28 #m9 #2021 #28 #m9 #2021 #28 #m9 #2021"),
        ("3/4/2021", "#3 #4 #2021"),
        ("2e 51ste D66 2021Z14612", "2e 51ste d66 2021z14612"),
        ("½ 12.", "½ #12"),
    ] {
        assert_eq!(folded(text), expected, "{text}");
    }
}

#[test]
fn words_say_where_they_stand() {
    let text = "👮🏽‍♀️ e\u{301}n “Ja”, zei dr. Vos. Nee […] toch.\n\nNieuw";
    let mut seen = Vec::new();
    fold_words(text, false, |word| {
        seen.push((text[word.start..word.end].to_owned(), word.flags & !(flag::CAPITAL | flag::LINE)));
    });
    let all = flag::PARAGRAPH | flag::SENTENCE | flag::CLAUSE;
    let expected = [
        ("e\u{301}n", all),
        ("Ja", flag::QUOTE | flag::CLAUSE),
        ("zei", flag::QUOTE | flag::CLAUSE),
        ("dr", 0),
        ("Vos", flag::CLAUSE),
        ("Nee", flag::SENTENCE | flag::CLAUSE),
        ("toch", flag::OMISSION | flag::CLAUSE),
        ("Nieuw", all),
    ];
    assert_eq!(seen, expected.map(|(word, flags)| (word.to_owned(), flags)));
}

#[test]
fn letters_are_read_eight_at_a_time() {
    for (text, expected) in [
        ("abcdefgz rest of it", 8),
        ("abcdefghijklmnopqrstuvwxyz, and more", 26),
        ("abc", 0),
        ("abcdefghij", 8),
        ("ab`defghij", 2),
        ("abc{efghij", 3),
        ("abcAefghij", 3),
        ("e\u{301}abcdefgh", 1),
        ("\u{FF5A}abcdefgh", 0),
        ("ab9defghij", 2),
    ] {
        assert_eq!(small_letters(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn a_line_in_bold_ends_a_sentence() {
    let text = "👮🏽‍♀️ e\u{301} “x”\n\n**Antwoord 2**\nDe sluis **blijft**\ndicht.";
    let mut begun = Vec::new();
    fold_words(text, true, |word| {
        if word.flags & flag::SENTENCE != 0 {
            begun.push(text[word.start..word.end].to_owned());
        }
    });
    assert_eq!(begun, ["e\u{301}", "Antwoord", "De"]);
}
