use std::collections::BTreeMap;

use proptest::prelude::*;
use quick_xml::events::Event;

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};
use crate::model::*;

fn exported(session: &Session) -> (String, Losses) {
    let mut files = Files::default();
    let losses = write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    (String::from_utf8(files.first().to_vec()).unwrap(), losses)
}

/// White space is set by elements; raised digits are.
fn plain(words: &str) -> String {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".chars().position(|raised| raised == c);
    let plain = words.chars().map(|c| digit(c).map_or(c, |at| char::from(b'0' + (at % 10) as u8)));
    plain.filter(|c| !c.is_whitespace() && !c.is_control() && !"·\u{fffd}".contains(*c)).collect()
}

/// What the page marks of each passage: read with a parser of XML, since all but the head is well-formed as such.
fn marked(page: &str) -> BTreeMap<String, String> {
    let body = &page[page.find("<body>").unwrap()..page.find("</html>").unwrap()];
    let body = body.replace("<br>", "<br/>").replace("<hr>", "<hr/>");
    let mut reader = quick_xml::Reader::from_str(&body);
    let mut stack: Vec<(String, bool)> = Vec::new();
    let mut marked = BTreeMap::<String, String>::new();
    let mut add = |stack: &[(String, bool)], words: &str| {
        if stack.iter().any(|(_, is_chip)| *is_chip) {
            return;
        }
        for id in stack.iter().flat_map(|(ids, _)| ids.split_whitespace()) {
            marked.entry(id.to_owned()).or_default().push_str(words);
        }
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let value = |name: &str| {
                    let attribute = start.try_get_attribute(name).unwrap();
                    attribute.map_or(String::new(), |it| it.value.into_owned())
                };
                stack.push((value("data-ids"), value("class").starts_with("chip")));
            }
            Event::End(_) => drop(stack.pop().unwrap()),
            Event::Text(text) => add(&stack, &text),
            Event::GeneralRef(name) => {
                let word = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("an entity that no one wrote: {other:?}"),
                };
                add(&stack, word);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(stack.is_empty());
    marked
}

fn check(session: &Session) {
    let (page, losses) = exported(session);
    let marked = marked(&page);
    let mut unseen = 0;
    for document in passages::documents(session) {
        for (passage, _) in document.placed() {
            let id = passage.annotation.id.to_string();
            let words = plain(&passage.words);
            assert_eq!(marked.get(&id).map(|words| plain(words)).unwrap_or_default(), words);
            let begins = page.matches(&format!("id=\"p-{id}\"")).count();
            assert_eq!(begins, usize::from(marked.contains_key(&id)));
            unseen += usize::from(begins == 0);
        }
    }
    assert_eq!(unseen > 0, losses.0.iter().any(|loss| loss.contains("visible words")));
    for id in session.annotations.keys() {
        assert_eq!(page.matches(&format!("<li id=\"n-{id}\"")).count(), 1);
    }
    // Each link leads to something that is there once.
    for (at, start) in page.match_indices("href=\"#") {
        let id = page[at + start.len()..].split('"').next().unwrap();
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(!page.contains("<script") && !page.contains(" src="));
}

#[test]
fn the_segments_of_a_passage_are_its_words() {
    check(&hard::session());
}

proptest! {
    #[test]
    fn the_segments_of_any_passage_are_its_words(seed in any::<u64>()) {
        check(&arbitrary::session(seed));
    }
}

#[test]
fn overlaps_are_cut_into_segments_that_name_all_their_passages() {
    let (page, _) = exported(&hard::session());
    let ids = |numbers: &[&str]| {
        let ids = numbers.iter().map(|number| format!("01980000-0000-7000-8000-0000000000{number}"));
        format!("data-ids=\"{}\"", ids.collect::<Vec<_>>().join(" "))
    };
    // The whole letter, the quotation in it, the bold word in that.
    assert!(page.contains(&ids(&["6c", "64", "65"])), "{page}");
    assert!(page.contains("<strong>Nooit</strong>"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt; –"));
    assert!(page.contains("<div class=\"text\" lang=\"nl\">"));
    assert!(page.contains("1 orphan whose text is gone"));
}

#[test]
fn markdown_is_set_as_a_reader_sees_it() {
    let text = "# Kop 🙂\n\nEén **vet** en *schuin*.<sup>2</sup>\n\n- een\n  - twee\n- drie\n\n> citaat\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nx < 1\n\ny\n```\n";
    let mut session = hard::session();
    let old = session.documents[1].clone();
    let info = DocumentInfo { presentation: Presentation::Markdown, ..DocumentInfo::default() };
    let source = Source::new(text, old.source.import.clone());
    let document =
        Document { id: old.id.clone(), source: std::sync::Arc::new(source), info: std::sync::Arc::new(info) };
    session.documents = vec![std::sync::Arc::new(document)];
    session.annotations.clear();
    session.links.clear();
    let (page, _) = exported(&session);
    for html in [
        "<h3 dir=\"auto\" class=\"level-1\" data-paragraph=\"1\">Kop 🙂</h3>",
        "Eén <strong>vet</strong> en <em>schuin</em>.<sup>2</sup></p>",
        "<ul><li><p dir=\"auto\" data-paragraph=\"3\"><span class=\"marker\">•</span> een</p><ul><li>",
        "drie</p></li></ul>",
        "<blockquote>\n<p dir=\"auto\" data-paragraph=\"4\">citaat</p>\n</blockquote>",
        "<tr><th><strong>a</strong></th><th><strong>b</strong></th></tr>\n<tr><td>c</td><td>d</td></tr>",
        "<code>x &lt; 1\n\ny</code></pre>",
    ] {
        assert!(page.contains(html), "{html}\n{}", &page[page.find("<article").unwrap()..]);
    }
}
