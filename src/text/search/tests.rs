//! Hits against a slow and exact reference; every text has an emoji, a combining accent and a curly quote in it.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::model::Presentation;
use crate::text::fold::{self, DOUBLE_QUOTES, SINGLE_QUOTES};
use crate::text::render;

const BEFORE: &str = "👮🏽‍♀️ ‘Cafe\u{301}’ ";

fn query(words: &str, mode: Mode, fold: bool) -> Query {
    Query { words: words.to_owned(), mode, fold }
}

fn spans(query: &Query, text: &str) -> Vec<Span> {
    let Some(finder) = query.compile().unwrap() else { return Vec::new() };
    finder.find(text, usize::MAX, &AtomicBool::new(false)).unwrap().spans
}

/// What is found in `text`, which stands after the usual beginning.
fn found(words: &str, mode: Mode, fold: bool, text: &str) -> Vec<String> {
    let text = format!("{BEFORE}{text}");
    let hits = spans(&query(words, mode, fold), &text).into_iter();
    hits.filter(|hit| hit.start() >= BEFORE.len()).map(|hit| text[hit.range()].to_owned()).collect()
}

#[test]
fn case_diacritics_and_quotes_are_folded_on_request() {
    let text = "Verifiëren, VERIFIE\u{308}REN en verifieren";
    let all = ["Verifiëren", "VERIFIE\u{308}REN", "verifieren"];
    assert_eq!(found("verifieren", Mode::Plain, true, text), all);
    assert_eq!(found("verifiëren", Mode::Plain, true, text), all);
    assert_eq!(found("verifieren", Mode::Plain, false, text), ["verifieren"]);
    assert_eq!(found("Søren's", Mode::Plain, true, "soren’s SØREN's"), ["soren’s", "SØREN's"]);
    assert_eq!(found("ἀρχή", Mode::Plain, true, "ΑΡΧΗ αρχη"), ["ΑΡΧΗ", "αρχη"]);
    assert_eq!(
        found("한국", Mode::Plain, true, "한국 \u{1112}\u{1161}\u{11ab}국"),
        ["한국", "\u{1112}\u{1161}\u{11ab}국"]
    );
}

#[test]
fn quotes_are_one_whether_folded_or_not_and_both_forms_of_a_letter_are_one() {
    for fold in [false, true] {
        assert_eq!(
            found("\"foto's\"", Mode::Plain, fold, "“foto’s” en \"foto's\""),
            ["“foto’s”", "\"foto's\""]
        );
        assert_eq!(found("é", Mode::Plain, fold, "e\u{301} é"), ["e\u{301}", "é"]);
    }
    assert_eq!(found("e", Mode::Plain, false, "e\u{301} é e"), ["e"]);
}

#[test]
fn white_space_is_any_and_that_at_the_ends_is_left_out() {
    let text = "de\n  politie, de\u{a0}politie, depolitie";
    assert_eq!(found("  de politie ", Mode::Plain, true, text), ["de\n  politie", "de\u{a0}politie"]);
    assert!(query(" \n", Mode::Plain, true).compile().unwrap().is_none());
    assert!(query("\u{301}", Mode::Plain, true).compile().unwrap().is_none());
}

#[test]
fn a_hit_neither_begins_nor_ends_inside_a_cluster() {
    assert_eq!(found("👮", Mode::Plain, true, "👮🏽‍♀️ 👮"), ["👮"]);
    assert_eq!(found("👮🏽‍♀️", Mode::Plain, true, "👮🏽‍♀️👮🏽"), ["👮🏽‍♀️"]);
    assert_eq!(found("♀️", Mode::Plain, false, "👮🏽‍♀️ ♀️"), ["♀️"]);
    // What an expression matches is widened.
    assert_eq!(found("👮.", Mode::Regex, false, "a👮🏽‍♀️b"), ["👮🏽‍♀️"]);
    assert_eq!(found("caf.", Mode::Regex, true, "CAFE\u{301}s"), ["CAFE\u{301}"]);
}

#[test]
fn whole_words() {
    let text = "foto foto's (foto) fotos _foto_ Foto\u{301}-album";
    assert_eq!(found("foto", Mode::WholeWord, true, text), ["foto", "foto", "foto", "foto", "Foto\u{301}"]);
    assert_eq!(found("(foto", Mode::WholeWord, true, text), ["(foto"]);
    assert_eq!(found("foto", Mode::Plain, true, text).len(), 6);
    assert_eq!(found("aa", Mode::WholeWord, true, "aaa aa"), ["aa"]);
}

#[test]
fn expressions_go_by_lines_and_fold_letters_and_small_sets() {
    let text = "één twee\ntwee e\u{301}en";
    assert_eq!(found(r"^\w+", Mode::Regex, true, text), ["twee"]);
    assert_eq!(found("[aeiou]en$", Mode::Regex, true, text), ["e\u{301}en"]);
    assert_eq!(found("TW(E+)", Mode::Regex, true, text), ["twee", "twee"]);
    assert!(found("TW(E+)", Mode::Regex, false, text).is_empty());
    assert_eq!(found("[^e]", Mode::Regex, true, "aé"), ["a", "é"]);
    assert!(found("x*", Mode::Regex, true, "").is_empty(), "nothing is no hit");
}

#[test]
fn ends_of_words_in_expressions() {
    let text = "een eenheid, tweeën één\nalleen een";
    assert_eq!(found(r"\been\b", Mode::Regex, true, text), ["een", "één", "een"]);
    assert_eq!(found(r"\w+een\b", Mode::Regex, true, text), ["tweeën", "alleen"]);
    assert_eq!(found(r"een\B\w+", Mode::Regex, true, text), ["eenheid"]);
    assert_eq!(found(r"\b", Mode::Regex, true, text), [""; 0]);
}

#[test]
fn a_bad_expression_is_explained_where_it_is() {
    let wrong = |words: &str| query(words, Mode::Regex, true).compile().unwrap_err();
    let error = wrong("é(a|b");
    assert_eq!(error.place, Some(2..3));
    assert!(error.what.contains("a ) is missing"), "{error}");
    assert_eq!(wrong("[a").place, Some(0..1));
    assert_eq!(wrong("*a").place.map(|place| place.start), Some(0));
    assert!(wrong(r"\w{999}{999}").what.contains("too large"));
    assert!(wrong("(?=a)").what.contains("ahead"));
}

#[test]
fn a_search_ends_when_it_is_no_longer_wanted_or_has_enough() {
    let finder = query("a", Mode::Plain, true).compile().unwrap().unwrap();
    assert_eq!(finder.find("aaa", 9, &AtomicBool::new(true)), None);
    let hits = finder.find("aaa", 2, &AtomicBool::new(false)).unwrap();
    assert_eq!((hits.spans.len(), hits.more), (2, true));
    assert!(!finder.find("aaa", 3, &AtomicBool::new(false)).unwrap().more);
}

#[test]
fn hits_across_windows_are_found_once() {
    let mut text = format!("{BEFORE}naald ");
    while text.len() < WINDOW - 2 {
        text.push_str("hooi ");
    }
    text.truncate(WINDOW - 2);
    text.push_str("naald ");
    text.push_str(&"hooi ".repeat(WINDOW / 5));
    text.push_str("de náald");
    let starts: Vec<usize> =
        spans(&query("naald", Mode::Plain, true), &text).iter().map(|hit| hit.start()).collect();
    assert_eq!(starts, [BEFORE.len(), WINDOW - 2, text.len() - "náald".len()]);
}

#[test]
fn expressions_go_through_a_large_text_by_lines_where_they_can() {
    let mut text = BEFORE.to_owned();
    while text.len() < 2 * WINDOW {
        text.push_str("hooi hooi\nhooi naald\n");
    }
    let count = |words: &str| spans(&query(words, Mode::Regex, true), &text).len();
    let lines = text.matches("naald\n").count();
    assert_eq!(count(r"^hooi n\w+$"), lines);
    assert_eq!(count("naald\nhooi"), lines - 1);
    assert_eq!(count("(?s)naald.*naald"), 1);
}

#[test]
fn markdown_is_searched_as_it_is_seen() {
    let text = format!("# {BEFORE}\n\nDe **pol**itie [zegt](http://nee.nl) nee.\n\n- een\n- twee\n");
    let rendering = render(&text, Presentation::Markdown);
    let seen = Seen::of(&text, &rendering, Presentation::Markdown);
    let sources = |words: &str| -> Vec<&str> {
        let hits = spans(&query(words, Mode::Plain, true), &seen.text);
        hits.into_iter().filter_map(|hit| seen.source(hit)).map(|span| &text[span.range()]).collect()
    };
    assert_eq!(sources("politie zegt"), ["pol**itie [zegt"]);
    assert_eq!(sources("nee"), ["nee"], "not the address");
    assert_eq!(sources("cafe"), ["Cafe\u{301}"]);
    assert_eq!(sources("een twee"), ["een\n- twee"], "over two blocks");
}

/// What two texts have in common that count as the same.
fn normal(text: &str, fold: bool) -> String {
    let text = if fold { fold::fold(text) } else { text.nfd().collect() };
    let quoted = text.chars().map(|c| match c {
        c if SINGLE_QUOTES.contains(&c) => '\'',
        c if DOUBLE_QUOTES.contains(&c) => '"',
        c => c,
    });
    let mut out = String::new();
    for c in quoted {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

/// The same by comparing every stretch between two cluster boundaries.
fn reference(query: &Query, text: &str) -> Vec<Span> {
    use unicode_segmentation::UnicodeSegmentation as _;
    let wanted = normal(query.words.trim(), query.fold);
    let mut ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    ends.push(text.len());
    let (mut hits, mut free) = (Vec::new(), 0);
    for (i, &start) in ends.iter().enumerate() {
        if start < free || wanted.is_empty() {
            continue;
        }
        let whole = |end: usize| query.mode != Mode::WholeWord || !is_inside_word(text, end);
        let same = |end: &&usize| normal(&text[start..**end], query.fold) == wanted;
        if let Some(&end) = ends[i + 1..].iter().find(same)
            && whole(start)
            && whole(end)
        {
            hits.extend(Span::new(start, end));
            free = end;
        }
    }
    hits
}

fn some_text(most: usize) -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "A",
        "á",
        "a\u{301}",
        "e",
        "ë",
        "e\u{308}",
        "ø",
        "O",
        " ",
        "\n",
        "\u{a0}",
        "'",
        "’",
        "‘",
        "“",
        "\"",
        "_",
        "-",
        "1",
        "👮",
        "👮🏽‍♀️",
        "♀️",
        "한",
        "\u{1112}\u{1161}\u{11ab}",
        "ς",
        "Σ",
    ]);
    prop::collection::vec(pieces, 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn hits_are_those_of_the_reference(
        text in some_text(40),
        words in some_text(4),
        whole in any::<bool>(),
        fold in any::<bool>(),
    ) {
        let text = format!("{BEFORE}{text}");
        let query = query(&words, if whole { Mode::WholeWord } else { Mode::Plain }, fold);
        prop_assert_eq!(spans(&query, &text), reference(&query, &text), "{:?} in {:?}", query, text);
    }

    #[test]
    fn what_is_found_in_markdown_is_what_is_seen_there(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "e\u{301}", "b ", " ", "**", "*", "_", "`", "[a b](e)", "\n", "\n\n", "# ", "- ", "> ", "👮🏽‍♀️", "“", "<b>",
        ]), 0..30),
        words in prop::sample::select(vec!["a", "e", "a b", "b a", "ab", "👮🏽‍♀️", "\"", "a e"]),
    ) {
        let text = format!("{BEFORE}{}", pieces.concat());
        let rendering = render(&text, Presentation::Markdown);
        let seen = Seen::of(&text, &rendering, Presentation::Markdown);
        for hit in spans(&query(words, Mode::Plain, true), &seen.text) {
            let source = seen.source(hit).expect("words stand in a block");
            prop_assert!(source.is_in(&text));
            let shown = rendering.plain_text(&text, source);
            prop_assert_eq!(normal(&shown, true), normal(words, true), "{:?} in {:?}", source, &text);
        }
    }

    #[test]
    fn hits_of_expressions_are_sorted_and_on_clusters(
        text in some_text(40),
        words in prop::sample::select(vec![".", "a|.{2}", "[ae]", r"\s*", r"\w+", "👮", "(?s)a.*e", r"\b"]),
        fold in any::<bool>(),
    ) {
        let text = format!("{BEFORE}{text}");
        let hits = spans(&query(words, Mode::Regex, fold), &text);
        prop_assert!(hits.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        let on_clusters = hits.iter().all(|hit| {
            is_cluster_boundary(&text, hit.start()) && is_cluster_boundary(&text, hit.end())
        });
        prop_assert!(on_clusters);
    }
}
