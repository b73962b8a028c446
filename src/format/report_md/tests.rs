use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};
use crate::model::*;

fn exported(session: &Session) -> String {
    let mut files = Files::default();
    write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    String::from_utf8(files.first().to_vec()).unwrap()
}

fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{fffd}').collect()
}

/// Each passage's words come back as the text of a quotation, and nothing of the session is structure.
fn check(session: &Session) {
    let file = exported(session);
    let (mut quotes, mut headings, mut is_quote) = (Vec::<String>::new(), 0, false);
    for event in Parser::new_ext(&file, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::BlockQuote(kind)) => {
                assert_eq!(kind, None);
                quotes.push(String::new());
                is_quote = true;
            }
            Event::End(TagEnd::BlockQuote(_)) => is_quote = false,
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong) | Event::End(_) => {}
            Event::Text(words) if is_quote => quotes.last_mut().unwrap().push_str(&words),
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => {}
            other => panic!("{other:?} in\n{file}"),
        }
    }
    let words = passages::documents(session).flat_map(|document| {
        document.passages().map(|it| plain(&format!("“{}”", it.words.trim()))).collect::<Vec<_>>()
    });
    assert_eq!(
        quotes.iter().map(|quote| plain(quote)).collect::<Vec<_>>(),
        words.collect::<Vec<_>>(),
        "{file}"
    );
    let statements = session.statements.len();
    let sections = 2 + session.documents.len() + usize::from(statements > 0);
    assert_eq!(headings, sections + session.annotations.len() + statements);
}

#[test]
fn no_text_of_a_session_becomes_structure() {
    check(&hard::session());
}

proptest! {
    #[test]
    fn no_text_of_any_session_becomes_structure(seed in any::<u64>()) {
        check(&arbitrary::session(seed));
    }
}

#[test]
fn a_passage_is_told_with_its_links_from_both_ends() {
    let file = exported(&hard::session());
    for words in [
        "> ““Nooit gebruikt.””\n",
        "- **Link**: → denies 11, “De commissie heeft het 50 keer gebruikt”: =noot bij de band 🙂\n",
        "- **Link**: ← denied by ",
        "- **Statement**: De commissie “gebruikte” het 🙂\n",
        "1\\. tekst",
    ] {
        let file = if words == "1\\. tekst" { line("1. tekst") } else { file.clone() };
        assert!(file.contains(words), "{words}\n{file}");
    }
}
