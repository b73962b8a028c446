use std::sync::Arc;

use super::*;
use crate::format::arbitrary;
use crate::model::*;
use crate::text::render;

const TEXT: &str = "👮🏽‍♀️ e\u{301} “vooraf”\n\n**Question 1**\n\n**Is *it* <so>?**\n\n**Answer to question 1**\n\n\
                    No. The *cranes*\nwere “still” & off.\n\nThat is all.";

fn session(author: &str, outlet: &str, date: &str) -> Session {
    let mut session = arbitrary::session(3);
    let import = session.documents[0].source.import.clone();
    let mut info = DocumentInfo { presentation: Presentation::Markdown, ..DocumentInfo::default() };
    info.metadata = Metadata {
        title: "The quay & the night".to_owned(),
        author: author.to_owned(),
        container_title: outlet.to_owned(),
        issued: PartialDate::new(date),
        url: "https://example.org/?a=1&b=\"2".to_owned(),
        ..Metadata::default()
    };
    let document = Document {
        id: DocumentId::new("quay"),
        source: Arc::new(Source::new(TEXT, import)),
        info: Arc::new(info),
    };
    session.annotations.clear();
    session.links.clear();
    session.documents = vec![Arc::new(document)];
    session
}

fn cite(session: &Session, quote: &str, form: CitationForm) -> Citation {
    let document = &session.documents[0];
    let (text, info) = (document.text(), &document.info);
    let start = text.find(quote).unwrap();
    let (rendering, paragraphs) = (render(text, info.presentation), Paragraphs::of(text));
    let sections = Sections::of(text, info.presentation, &[]);
    let cited =
        Cited { session, document, paragraphs: &paragraphs, sections: &sections, rendering: &rendering };
    cited.passage(Span::new(start, start + quote.len()).unwrap(), form)
}

#[test]
fn in_the_text_the_answer_stands_with_its_question() {
    let session = session("", "The Herald", "2031-06");
    let citation = cite(&session, "No. The *cranes*\nwere “still” & off.", CitationForm::InText);
    assert_eq!(
        citation.plain,
        "“No. The cranes were “still” & off.” (The Herald, 2031-06, ¶ 5, Answer to question 1: “Is it <so>?”)"
    );
    assert_eq!(
        citation.html,
        "<p>“No. The cranes were “still” &amp; off.” (The Herald, 2031-06, ¶ 5, \
         <i>Answer to question 1: “Is it &lt;so&gt;?”</i>)</p>"
    );
}

#[test]
fn what_is_not_known_is_said_or_left_out() {
    let session = session("", "", "");
    let citation = cite(&session, "“vooraf”", CitationForm::InText);
    assert_eq!(citation.plain, "““vooraf”” (The quay & the night, no date, ¶ 1)");
}

#[test]
fn a_key_is_made_of_name_year_and_title() {
    let mut session = session("A. de Vos", "The Herald", "2031-06-12");
    let citation = cite(&session, "off.\n\nThat is", CitationForm::Key);
    assert_eq!(citation.plain, "“off. That is” [@vos2031quay, ¶¶ 5–6]");
    let second = Document { id: DocumentId::new("second"), ..Document::clone(&session.documents[0]) };
    session.documents.push(Arc::new(second));
    assert_eq!(key(&session, &DocumentId::new("quay")), "vos2031quaya");
    assert_eq!(key(&session, &DocumentId::new("second")), "vos2031quayb");
}

#[test]
fn a_footnote_tells_all_that_is_known_and_is_safe_html() {
    let session = session("A. Vos", "The Herald", "2031");
    let citation = cite(&session, "That is all.", CitationForm::Footnote);
    assert_eq!(
        citation.plain,
        "“That is all.”¹\n\n¹ A. Vos, “The quay & the night”, The Herald, 2031, ¶ 6 (Answer to question 1: \
         “Is it <so>?”), https://example.org/?a=1&b=\"2"
    );
    assert!(
        citation.html.contains("<a href=\"https://example.org/?a=1&amp;b=&quot;2\">"),
        "{}",
        citation.html
    );
    assert!(citation.html.contains("<i>The Herald</i>") && !citation.html.contains("<so>"));
}
