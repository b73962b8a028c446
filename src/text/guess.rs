//! Guesses that a reader can overrule: is a text Markdown, and what is it called.

mod sources;

use pulldown_cmark::{Event, Parser, Tag};

use crate::model::Presentation;
use crate::text::rendering::OPTIONS;
use crate::text::{BlockKind, is_blank, render};

pub use sources::{Guess, GuessField, source_guesses};

/// True for a text that is evidently Markdown, by its content alone: several headings, bold words, links,
/// footnotes, tables. One asterisk or a numbered list is no evidence.
pub fn looks_like_markdown(text: &str) -> bool {
    const EVIDENT: usize = 4;
    let head = &text[..text.floor_char_boundary(200_000)];
    let mut counts = [0_usize; 6];
    for (event, range) in Parser::new_ext(head, OPTIONS).into_offset_iter() {
        let source = &head[range];
        let kind = match event {
            Event::Start(Tag::Heading { .. }) if source.starts_with('#') => 0,
            Event::Start(Tag::Strong) if source.starts_with("**") => 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) if !source.starts_with('<') => 2,
            Event::InlineHtml(tag) if tag.eq_ignore_ascii_case("<sup>") => 3,
            Event::Start(Tag::Table(_)) => 4,
            Event::Start(Tag::CodeBlock(_)) if source.starts_with("```") => 5,
            _ => continue,
        };
        counts[kind] += 1;
    }
    let [headings, bold, links, notes, tables, fences] = counts;
    let kinds = counts.iter().filter(|count| **count > 0).count();
    let evidence = 2 * headings + bold + 2 * links + notes + 3 * tables + 2 * fences;
    evidence >= EVIDENT || (evidence >= EVIDENT - 1 && kinds > 1)
}

/// What to call a document until its reader says: the heading that it opens with, else what it gives as its
/// subject, else its first words. Never empty, one line.
pub fn title_of(text: &str, presentation: Presentation) -> String {
    // Titles stand at the beginning: a longer text need not be parsed for it.
    let head = &text[..text.floor_char_boundary(20_000)];
    let rendering = render(head, presentation);
    let seen: Vec<(bool, String)> = rendering
        .blocks()
        .iter()
        .filter(|block| block.kind != BlockKind::Rule)
        .map(|block| (matches!(block.kind, BlockKind::Heading(_)), one_line(&block.visible(head))))
        .filter(|(_, line)| line.contains(char::is_alphanumeric))
        .take(SUBJECT_BLOCKS)
        .collect();
    let heading =
        seen.iter().take(HEADING_BLOCKS).find(|(is_heading, _)| *is_heading).map(|(_, line)| line.as_str());
    let subject = || seen.iter().find_map(|(_, line)| subject_of(line));
    let first = || seen.first().map(|(_, line)| line.as_str());
    heading.or_else(subject).or_else(first).map_or_else(|| "Untitled".to_owned(), shortened)
}

/// A heading further down is one of a section, not of the document.
const HEADING_BLOCKS: usize = 5;
/// A letter's subject stands below its addresses.
const SUBJECT_BLOCKS: usize = 30;
const TITLE_CHARS: usize = 60;

/// The subject in a letter's line `Betreft: …`; without the colon it must go on with a capital.
fn subject_of(line: &str) -> Option<&str> {
    let (subject, has_colon) =
        ["Onderwerp", "Betreft", "Subject", "Concerning", "Re"].iter().find_map(|word| {
            let rest = line.strip_prefix(word)?;
            let after = rest.trim_start().strip_prefix(':');
            let is_word = *word != "Re" && rest.starts_with(' ');
            after.map(|rest| (rest, true)).or(is_word.then_some((rest, false)))
        })?;
    let subject = subject.trim();
    let is_subject = if has_colon { !subject.is_empty() } else { subject.starts_with(char::is_uppercase) };
    is_subject.then_some(subject)
}

fn one_line(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Cut at a space, with an ellipsis, when it is longer than a title should be.
fn shortened(line: &str) -> String {
    let Some((limit, _)) = line.char_indices().nth(TITLE_CHARS) else { return line.to_owned() };
    let head = &line[..limit];
    let end = if line[limit..].starts_with(' ') { limit } else { head.rfind(' ').unwrap_or(limit) };
    let end = if end < limit / 2 { grapheme_floor(line, limit) } else { end };
    let is_loose = |c: char| is_blank(c) || ".,;:-–—(“‘«".contains(c);
    format!("{}…", line[..end].trim_end_matches(is_loose))
}

fn grapheme_floor(line: &str, at: usize) -> usize {
    crate::text::words::grapheme_prev(line, crate::text::words::grapheme_next(line, at))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The seed document whose file name begins so, where the seeds are there.
    pub(crate) fn seed(start: &str) -> Option<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
        let file = std::fs::read_dir(folder).ok().and_then(|files| {
            files.flatten().find(|file| file.file_name().to_string_lossy().starts_with(start))
        });
        if file.is_none() {
            eprintln!("skipped: ../shared/seeds is not there");
        }
        file.and_then(|file| std::fs::read_to_string(file.path()).ok())
    }

    #[test]
    fn markdown_is_told_by_its_marks() {
        for text in [
            "# Kop\n\nTekst\n\n## Kop\n",
            "# Kop\n\nMet **vet**.",
            "**Vraag 1**\n\nJa.\n\n**Vraag 2**\n\nNee.<sup>1</sup>\n\n**x**",
            "[a](http://b) en [c](http://d)",
            "| a | b |\n|---|---|\n| c | d |\n\n**x**",
        ] {
            assert!(looks_like_markdown(text), "{text}");
        }
        for text in [
            "",
            "Gewoon * een ster en 2 * 3 * 4",
            "1) een\n2) twee\n\n- drie\n- vier\n\n---\n\nKop\n====\n",
            "Eén **vet** woord.",
            "__init__ en __main__ en __all__ en __x__",
            "<http://a.nl> <http://b.nl> <http://c.nl>",
            "# een regel met een hekje",
        ] {
            assert!(!looks_like_markdown(text), "{text}");
        }
    }

    #[test]
    fn of_the_seeds_the_letter_only() {
        for (start, expected) in
            [("000", false), ("001", false), ("002", false), ("003", false), ("004", true)]
        {
            let Some(text) = seed(start) else { return };
            assert_eq!(looks_like_markdown(&text), expected, "{start}");
            let presentation = if expected { Presentation::Markdown } else { Presentation::Plain };
            let title = title_of(&text, presentation);
            assert!(title.chars().count() <= TITLE_CHARS + 1 && title.chars().count() > 20, "{title}");
            assert!(!title.contains("Retour") && !title.contains('*'), "{title}");
        }
    }

    #[test]
    fn a_title_is_the_heading_the_subject_or_the_first_words() {
        let markdown = |text: &str| title_of(text, Presentation::Markdown);
        let plain = |text: &str| title_of(text, Presentation::Plain);
        assert_eq!(markdown("Intro\n\n# De **grote**  \nkop\n"), "De grote");
        assert_eq!(
            markdown("> Adres\n\nOnderwerp Antwoorden over  \nhet bericht\n"),
            "Antwoorden over het bericht"
        );
        assert_eq!(plain("Aan wie\nBetreft: de brief\n"), "de brief");
        assert_eq!(plain("Onderwerp van gesprek was het weer."), "Onderwerp van gesprek was het weer.");
        assert_eq!(plain("Kort\n\nLanger"), "Kort");
        assert_eq!(plain(" \n\n--- \n"), "Untitled");
        assert_eq!(markdown(""), "Untitled");
        let long = "👮🏽‍♀️ e\u{301} “woord”, ".repeat(20);
        let title = plain(&long);
        assert!(title.chars().count() <= TITLE_CHARS + 1 && title.ends_with('…'), "{title}");
        assert!(long.starts_with(title.trim_end_matches('…')));
        let title = plain(&"👮🏽‍♀️".repeat(40));
        assert_eq!(title, "Untitled", "no letter or digit");
        assert_eq!(plain(&"e\u{301}".repeat(80)), "e\u{301}".repeat(30) + "…");
    }
}
