use proptest::prelude::*;

use super::*;
use crate::text::notation::parse;

/// What becomes of each tagged passage of `old`: its fate and the words that stand there.
fn fates(old: &str, new: &str) -> Vec<(Fate, String)> {
    let (old, spans) = parse(old);
    let spans: Vec<Span> = spans.into_iter().map(|(_, span)| span).collect();
    let carried = carry(&old, new, &spans);
    let words = |carried: &Carried| carried.span.map_or("", |span| span.of(new).unwrap()).to_owned();
    carried.iter().map(|carried| (carried.fate, words(carried))).collect()
}

fn check(old: &str, new: &str, expected: &[(Fate, &str)]) {
    let found = fates(old, new);
    let found: Vec<(Fate, &str)> = found.iter().map(|(fate, words)| (*fate, words.as_str())).collect();
    assert_eq!(found, expected);
}

const OLD: &str = "👮🏽‍♀️ “Een e\u{301}” regel vooraf.\n[claim:De kranen zijn ’s nachts mogelijk te luid], aldus de \
    wethouder.\n\nWist de gemeente ervan?\n[denial:Nee.]\n\nWas er overleg?\n[denial:Nee.] Ook daarna niet.\n";

#[test]
fn what_stands_before_makes_no_difference() {
    let new = parse(OLD).0.replace("vooraf", "vooraf, met een “correctie” 👮🏽‍♀️");
    check(
        OLD,
        &new,
        &[
            (Fate::Kept, "De kranen zijn ’s nachts mogelijk te luid"),
            (Fate::Kept, "Nee."),
            (Fate::Kept, "Nee."),
        ],
    );
}

#[test]
fn changed_words_are_doubtful() {
    let new = parse(OLD)
        .0
        .replace("mogelijk", "waarschijnlijk")
        .replace("overleg?\nNee.", "overleg?\nJa, twee keer.");
    let found = fates(OLD, &new);
    assert_eq!(found[0], (Fate::Doubtful, "De kranen zijn ’s nachts waarschijnlijk te luid".to_owned()));
    // So short a word right before a change is proposed in its place, and asked for.
    assert_eq!(found[1], (Fate::Doubtful, "Nee.".to_owned()));
    // The other “Nee.” must not be taken for it.
    assert!(matches!(found[2].0, Fate::Doubtful | Fate::Lost), "{found:?}");
}

#[test]
fn a_passage_that_was_moved_is_found_by_its_words() {
    let old = "👮🏽‍♀️ e\u{301} “a”.\n\n[claim:De meters maken geen onderscheid tussen bronnen.] Dat zegt de brief.\n\n\
        Een tweede alinea die blijft waar zij staat.\n\nEn een derde.\n";
    let new = "👮🏽‍♀️ e\u{301} “a”.\n\nEen tweede alinea die blijft waar zij staat.\n\nEn een derde.\n\n\
        De meters maken geen onderscheid tussen bronnen. Dat zegt de brief.\n";
    check(old, new, &[(Fate::Moved, "De meters maken geen onderscheid tussen bronnen.")]);
}

#[test]
fn short_words_are_told_apart_by_what_stands_around_them() {
    let old = "👮🏽‍♀️ e\u{301} “x”\n\nWist men ervan? [denial:Nee.] Was er overleg met de haven? [claim:Nee.] Einde.\n\n\
        Slot van het stuk dat lang genoeg is.\n";
    // The two questions change places.
    let new = "👮🏽‍♀️ e\u{301} “x”\n\nSlot van het stuk dat lang genoeg is.\n\n\
        Was er overleg met de haven? Nee. Wist men ervan? Nee. Einde.\n";
    let found = fates(old, new);
    let second = new.find("haven? Nee.").unwrap() + "haven? ".len();
    let (text, spans) = parse(old);
    let carried = carry(&text, new, &[spans[1].1]);
    assert_eq!(carried[0].span.map(Span::start), Some(second), "{found:?}");
}

#[test]
fn what_is_gone_is_lost() {
    let new = "👮🏽‍♀️ “Een e\u{301}” heel ander stuk over vogels in het park.\n";
    assert_eq!(fates(OLD, new)[0].0, Fate::Lost);
    assert_eq!(fates(OLD, ""), vec![(Fate::Lost, String::new()); 3]);
    let beyond = Span::new(90, 99).unwrap();
    assert_eq!(carry("kort", "kort", &[beyond]), [Carried::LOST]);
}

#[test]
fn words_whose_text_is_gone_are_sought() {
    let text = "👮🏽‍♀️ e\u{301} “x” Wist men ervan? Nee. Was er overleg met de haven? Nee. Einde.";
    let wanted = |before, after| Wanted { quote: "Nee.", before, after };
    let found =
        seek(text, &[wanted("overleg met de haven? ", " Einde."), wanted("", ""), wanted("heel", "anders")]);
    assert_eq!(found[0], Carried { fate: Fate::Moved, span: Span::new(text.len() - 11, text.len() - 7) });
    assert_eq!(found[1].fate, Fate::Doubtful);
    assert_eq!(found[2].fate, Fate::Doubtful);
    let absent = Wanted { quote: "Ja, dat wist men", before: "", after: "" };
    assert_eq!(seek(text, &[absent]), [Carried::LOST]);
}

fn spans_of(text: &str, cuts: &[(usize, usize)]) -> Vec<Span> {
    let at = |cut: usize| text.floor_char_boundary(cut.min(text.len()));
    cuts.iter().filter_map(|(a, b)| Span::new(at(*a), at(a + b))).collect()
}

proptest! {
    #[test]
    fn the_same_text_keeps_all(
        text in "[ab \n👮🏽e\u{301}“.]{0,60}", cuts in prop::collection::vec((0_usize..120, 1_usize..20), 0..6),
    ) {
        let spans = spans_of(&text, &cuts);
        let carried = carry(&text, &text, &spans);
        let all: Vec<Carried> =
            spans.iter().map(|span| Carried { fate: Fate::Kept, span: Some(*span) }).collect();
        prop_assert_eq!(carried, all);
    }

    #[test]
    fn text_put_before_moves_all_alike(
        text in "[ab \n👮🏽e\u{301}“.]{1,60}", added in "[ab \n👮🏽“.]{0,30}",
        cuts in prop::collection::vec((0_usize..120, 1_usize..20), 0..6),
    ) {
        let spans = spans_of(&text, &cuts);
        // What ends it stands nowhere else, so that it is clear what was put where.
        let added = format!("§{added}§\n");
        let carried = carry(&text, &format!("{added}{text}"), &spans);
        for (carried, span) in carried.iter().zip(&spans) {
            let expected = Span::new(span.start() + added.len(), span.end() + added.len());
            prop_assert_eq!(*carried, Carried { fate: Fate::Kept, span: expected });
        }
    }

    #[test]
    fn what_is_sure_has_the_same_words(
        old in "[ab \n👮🏽e\u{301}“.]{0,40}", new in "[ab \n👮🏽e\u{301}“.]{0,40}",
        cuts in prop::collection::vec((0_usize..80, 1_usize..20), 0..6),
    ) {
        let spans = spans_of(&old, &cuts);
        for (carried, span) in carry(&old, &new, &spans).iter().zip(&spans) {
            prop_assert!(carried.span.is_none_or(|span| span.is_in(&new)));
            if let Some(sure) = carried.sure() {
                // Wrapped or quoted otherwise they are the same.
                let plain = |text: Option<&str>| {
                    text.map(|text| text.replace(['\n', '\t'], " ").replace(['“', '”'], "\""))
                };
                prop_assert_eq!(plain(sure.of(&new)), plain(span.of(&old)));
            }
        }
    }
}
