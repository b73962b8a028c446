//! What a text says of itself: its title, date, author, language and kind. Offered to the reader, never taken over
//! by itself.

use crate::model::{Presentation, Span, date_in};
use crate::text::is_blank;

use super::{one_line, subject_of, title_of};

/// What a guess is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuessField {
    /// The title.
    Title,
    /// The date of publication: `2021-09-28`, or `2021-09`.
    Date,
    /// The author.
    Author,
    /// The language, as a BCP 47 tag.
    Language,
    /// The kind of source.
    Genre,
}

/// Something that the text may say of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// What about.
    pub field: GuessField,
    /// What.
    pub value: String,
    /// Where it was read, in bytes; `None` where all of the text speaks for it.
    pub read_at: Option<Span>,
}

/// Bytes at the beginning in which a text says what it is.
const HEAD: usize = 6_000;
/// Lines at the beginning in which a date or name is that of the text, also without a label.
const FIRST_LINES: usize = 6;

/// What `text` may say of itself, at most one guess a field.
pub fn source_guesses(text: &str, presentation: Presentation) -> Vec<Guess> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    [title(head, presentation), date(head), author(head), language(head), genre(head)]
        .into_iter()
        .flatten()
        .collect()
}

/// The lines with words in them: where each begins, and its words without marks at the ends.
fn lines(head: &str) -> impl Iterator<Item = (usize, &str)> {
    let mark = |c: char| is_blank(c) || "*#>_|".contains(c);
    let mut start = 0;
    head.split('\n').filter_map(move |line| {
        let at = start + line.len() - line.trim_start_matches(mark).len();
        start += line.len() + 1;
        let words = line.trim_matches(mark);
        words.contains(char::is_alphanumeric).then_some((at, words))
    })
}

fn span(start: usize, words: &str) -> Option<Span> {
    Span::new(start, start + words.len())
}

/// A subject, else a first line that is none of a text: short, and without a full stop.
fn title(head: &str, presentation: Presentation) -> Option<Guess> {
    let subject = lines(head).find_map(|(at, line)| Some((at, line, subject_of(line)?)));
    if let Some((at, line, subject)) = subject {
        return Some(Guess { field: GuessField::Title, value: one_line(subject), read_at: span(at, line) });
    }
    let (at, line) = lines(head).next()?;
    let is_title = line.chars().count() <= 140 && !line.ends_with(['.', ':', ';', ',']);
    let value = title_of(head, presentation);
    (is_title && !value.ends_with('…')).then(|| Guess {
        field: GuessField::Title,
        value: one_line(line),
        read_at: span(at, line),
    })
}

/// A date after a label, else one alone on its line, else one in the first lines.
fn date(head: &str) -> Option<Guess> {
    let lines: Vec<(usize, &str)> = lines(head).collect();
    let found: Vec<(usize, Span, String)> = lines
        .iter()
        .enumerate()
        .filter_map(|(i, (at, line))| {
            let (range, value) = date_in(line)?;
            Some((i, Span::new(at + range.start, at + range.end)?, value))
        })
        .collect();
    let labels = ["datum", "date", "published", "gepubliceerd", "updated"];
    let is_label = |line: &str| {
        let first = line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("");
        labels.contains(&first.to_lowercase().as_str())
    };
    let labelled = |(i, ..): &&(usize, Span, String)| {
        is_label(lines[*i].1)
            || i.checked_sub(1).is_some_and(|before| is_label(lines[before].1) && lines[before].1.len() < 20)
    };
    let alone = |(i, span, _): &&(usize, Span, String)| span.len() == lines[*i].1.len();
    let early = |(i, span, _): &&(usize, Span, String)| {
        // In prose a date is that of what is told; before a dash or comma it is a dateline.
        *i < FIRST_LINES && (lines[*i].1.len() < 80 || span.start() - lines[*i].0 < 30)
    };
    let best =
        found.iter().find(labelled).or_else(|| found.iter().find(alone)).or_else(|| found.iter().find(early));
    best.map(|(_, span, value)| Guess { field: GuessField::Date, value: value.clone(), read_at: Some(*span) })
}

/// "Door A. Vos" in the first lines: a few words with capitals.
fn author(head: &str) -> Option<Guess> {
    let prefixes = ["Door ", "By ", "Von ", "Par ", "Auteur: ", "Author: ", "Tekst: "];
    lines(head).take(FIRST_LINES * 2).find_map(|(at, line)| {
        let name = prefixes.iter().find_map(|prefix| line.strip_prefix(prefix))?.trim();
        let words: Vec<&str> = name.split_whitespace().collect();
        let small =
            ["van", "de", "der", "den", "von", "en", "and", "und", "et", "ten", "ter", "di", "la", "le"];
        let is_name = |word: &&str| small.contains(word) || word.starts_with(char::is_uppercase);
        let fits = (1..=8).contains(&words.len()) && words.iter().all(is_name) && !name.ends_with(['?', '!']);
        let value = name.trim_end_matches(['.', ',', ':']);
        let read_at = span(at + line.len() - name.len(), value);
        fits.then(|| Guess { field: GuessField::Author, value: one_line(name), read_at })
    })
}

/// The language whose small words come most; nothing for a few words or a tie.
fn language(head: &str) -> Option<Guess> {
    let languages: [(&str, &[&str]); 4] = [
        (
            "nl",
            &[
                "de", "het", "een", "van", "niet", "dat", "zijn", "wordt", "voor", "aan", "ook", "naar",
                "heeft",
            ],
        ),
        ("en", &["the", "of", "and", "to", "is", "that", "was", "for", "with", "not", "has", "by", "from"]),
        (
            "de",
            &["der", "die", "das", "und", "nicht", "ist", "den", "mit", "ein", "eine", "für", "auf", "wurde"],
        ),
        ("fr", &["le", "la", "les", "des", "et", "est", "une", "dans", "pas", "que", "pour", "qui", "sur"]),
    ];
    let mut counts = [0_usize; 4];
    for word in head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        for (count, (_, small)) in counts.iter_mut().zip(&languages) {
            *count += usize::from(small.contains(&word.as_str()));
        }
    }
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(counts[*i]));
    let (first, second) = (counts[order[0]], counts[order[1]]);
    let clear = first >= 5 && first > second * 3 / 2;
    clear.then(|| Guess {
        field: GuessField::Language,
        value: languages[order[0]].0.to_owned(),
        read_at: None,
    })
}

/// A letter opens, or is addressed, as letters are.
fn genre(head: &str) -> Option<Guess> {
    let openings =
        ["Geachte ", "Dear ", "Sehr geehrte", "Retouradres", "Aan de ", "Ons kenmerk", "Hoogachtend"];
    let found = lines(head).find(|(_, line)| openings.iter().any(|opening| line.starts_with(opening)));
    let (at, line) = found?;
    Some(Guess { field: GuessField::Genre, value: "letter".to_owned(), read_at: span(at, line) })
}

#[cfg(test)]
mod tests {
    use super::super::tests::seed;
    use super::*;

    fn guess(text: &str, field: GuessField) -> Option<String> {
        let found = source_guesses(text, Presentation::Plain);
        for guess in &found {
            assert!(guess.read_at.is_none_or(|span| span.is_in(text)), "{guess:?}");
        }
        found.into_iter().find(|guess| guess.field == field).map(|guess| guess.value)
    }

    #[test]
    fn a_date_is_read_where_a_text_is_dated() {
        let date = |text: &str| guess(text, GuessField::Date);
        assert_eq!(
            date("👮🏽‍♀️ ‘cafe\u{301}’\nMerrendam, 12 juni 2031 – De kraan").as_deref(),
            Some("2031-06-12")
        );
        assert_eq!(date("Title\nJune 3, 2031\n\nText").as_deref(), Some("2031-06-03"));
        assert_eq!(date("Kop\n\nDatum\n3 mrt. 2031\n\nBetreft x").as_deref(), Some("2031-03-03"));
        assert_eq!(date("Kop\n\nDatum: 03-04-2031").as_deref(), Some("2031-04-03"));
        assert_eq!(date("2031-05 Kop").as_deref(), Some("2031-05"));
        assert_eq!(date("4/5/2031"), None, "day or month?");
        assert_eq!(date("24/5/2031").as_deref(), Some("2031-05-24"));
        let prose = "A long first line that tells at length of what had happened, without any hurry, on 3 May 1999 in town.";
        assert_eq!(date(prose), None, "what is told is not when it was told");
        assert_eq!(date("Versie 10.2.3 en 1-2-3"), None);
        let text = "e\u{301} “x” 👮🏽‍♀️, 1 May 2031, y";
        let found = source_guesses(text, Presentation::Plain);
        let at = found.iter().find(|guess| guess.field == GuessField::Date).unwrap().read_at.unwrap();
        assert_eq!(&text[at.range()], "1 May 2031");
    }

    #[test]
    fn an_author_stands_after_a_word_that_says_so() {
        let author = |text: &str| guess(text, GuessField::Author);
        assert_eq!(
            author("Kop\nDoor Anna de Vos en B. Aarts\n\nTekst").as_deref(),
            Some("Anna de Vos en B. Aarts")
        );
        assert_eq!(author("Title\nBy the river it was quiet."), None);
    }

    #[test]
    fn language_title_and_kind() {
        let dutch =
            "Kop van het stuk\n\nDe kraan van de haven heeft niet gedraaid, zegt het bestuur van de stad.";
        assert_eq!(guess(dutch, GuessField::Language).as_deref(), Some("nl"));
        assert_eq!(guess(dutch, GuessField::Title).as_deref(), Some("Kop van het stuk"));
        let english = "The crane was not to blame, and the board of the harbour has said that it was off.";
        assert_eq!(guess(english, GuessField::Language).as_deref(), Some("en"));
        assert_eq!(guess(english, GuessField::Title), None);
        assert_eq!(guess("Kort", GuessField::Language), None);
        assert_eq!(guess("Dear Ms Vos,\n\nThank you.", GuessField::Genre).as_deref(), Some("letter"));
    }

    #[test]
    fn what_the_seeds_say_of_themselves() {
        let found = |start: &str, field| seed(start).map(|text| guess(&text, field));
        for start in ["000", "001", "002", "003", "004"] {
            let Some(language) = found(start, GuessField::Language) else { return };
            assert_eq!(language.as_deref(), Some("nl"), "{start}");
        }
        // Read in the files: the letter is dated in its letterhead; one article says its month, the others nothing.
        let date = |start: &str| found(start, GuessField::Date).flatten();
        assert_eq!(date("004").as_deref(), Some("2021-09-28"));
        assert_eq!(date("003").as_deref(), Some("2020-03"));
        assert_eq!(date("000"), None);
        assert_eq!(found("004", GuessField::Genre).flatten().as_deref(), Some("letter"));
    }
}
