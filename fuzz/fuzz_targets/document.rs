#![no_main]
//! Document files: decoded, read as plain text and as Markdown, cut into paragraphs, sections, sentences and words.

use gainsay::format::decode;
use gainsay::model::{DocumentId, Presentation, Span, Timestamp};
use gainsay::text::{Paragraphs, Sections, guess, hidden, render, sentences, words};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for encoding in [None, Some("windows-1252"), Some("utf-16le")] {
        let Ok(decoded) = decode::decode(bytes, encoding) else { continue };
        let at = Timestamp::from_second(1);
        let document = decode::document(decoded, Some("in.md"), at, DocumentId::new("in"));
        let text = document.text();
        assert!(!text.contains('\r') && !text.starts_with('\u{feff}') && !text.contains('\0'));
        let _ = (guess::looks_like_markdown(text), hidden::count_hidden(text));
        let paragraphs = Paragraphs::of(text);
        for presentation in [Presentation::Plain, Presentation::Markdown] {
            let _ = guess::title_of(text, presentation);
            let rendering = render(text, presentation);
            let mut end = 0;
            for block in rendering.blocks() {
                assert!(block.source.start >= end && block.source.end <= text.len(), "blocks overlap");
                assert!(text.get(block.source.clone()).is_some(), "a block within a character");
                end = block.source.end;
            }
            let sections = Sections::of_rendering(text, &rendering, &[]);
            for (at, character) in text.char_indices().take(200) {
                let _ = (rendering.block_at(at), sections.at(at));
                if let Some(span) = Span::new(at, at + character.len_utf8()) {
                    if let Some(snapped) = rendering.snap(text, span) {
                        assert!(
                            snapped.of(text).is_some_and(|it| !it.is_empty()),
                            "snapped into a character"
                        );
                    }
                    let _ = rendering.plain_text(text, span);
                }
            }
        }
        let mut end = 0;
        for number in 0..paragraphs.len() {
            let Some(range) = paragraphs.range(number + 1) else { continue };
            let paragraph = &text[range];
            for sentence in sentences::sentences(paragraph) {
                assert!(
                    !paragraph[sentence].trim().is_empty() || paragraph.trim().is_empty(),
                    "an empty sentence"
                );
            }
            end += paragraph.len();
        }
        assert!(end <= text.len());
        for word in words::words(text) {
            assert!(!text[word].is_empty());
        }
        for (at, _) in text.char_indices().take(200) {
            for span in [words::word_at(text, at), sentences::sentence_at(text, &paragraphs, at)]
                .into_iter()
                .flatten()
            {
                assert!(span.of(text).is_some(), "a span within a character");
            }
            let _ = sentences::next_sentence(text, &paragraphs, at);
            let _ = sentences::prev_sentence(text, &paragraphs, at);
        }
    }
});
