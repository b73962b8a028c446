//! The heading or question that a passage stands under.
//!
//! In Markdown a section begins at a heading, and at a paragraph that is bold as a whole, as letters and
//! reports made from PDF have them. Not at a bold question or a bold sentence (that is text), and not at one
//! that comes back word for word: letterheads do. "Vraag 5" and "Antwoord op vraag 5" always begin one, even
//! as the first line of a paragraph. In plain text nothing is guessed: there are no sections.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Presentation, Span};
use crate::text::{Block, BlockKind, Rendering, is_blank, render};

/// The sections of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    sections: Vec<Section>,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// One line, without marks and footnote numbers.
    pub title: String,
    /// 1 to 6 as in Markdown; [`BOLD_LEVEL`] for a bold paragraph.
    pub level: u8,
    /// From the start of the heading to the next one of the same or a higher rank, in bytes.
    pub range: Range<usize>,
    /// Of an answer: the words of the questions that it answers, in bytes. "No." says nothing without them.
    pub questions: Vec<Span>,
    /// Where the heading ends, in bytes.
    heading_end: usize,
}

/// The rank of a bold paragraph: below all headings.
pub const BOLD_LEVEL: u8 = 7;
/// A longer bold paragraph is a sentence.
const TITLE_CHARS: usize = 120;

impl Sections {
    /// Finds the sections of `text`; what overlaps `furniture` (letterheads, page numbers) begins none.
    pub fn of(text: &str, presentation: Presentation, furniture: &[Span]) -> Self {
        match presentation {
            Presentation::Plain => Self::default(),
            Presentation::Markdown => Self::of_rendering(text, &render(text, presentation), furniture),
        }
    }

    /// As [`Sections::of`] for a Markdown text that is rendered already.
    pub fn of_rendering(text: &str, rendering: &Rendering, furniture: &[Span]) -> Self {
        let is_furniture = |block: &Block| -> bool {
            furniture.iter().any(|f| f.start() < block.source.end && block.source.start < f.end())
        };
        let blocks = rendering.blocks();
        let found: Vec<(Heading, &Block)> = (0..blocks.len())
            .filter(|index| !is_furniture(&blocks[*index]))
            .filter_map(|index| Some((heading_of(text, blocks, index)?, &blocks[index])))
            .collect();
        let mut times = BTreeMap::<&str, usize>::new();
        for (heading, _) in &found {
            *times.entry(&heading.title).or_default() += 1;
        }
        let kept = found.iter().filter(|(heading, _)| heading.is_sure || times[heading.title.as_str()] == 1);
        let mut sections: Vec<Section> = kept
            .map(|(heading, block)| {
                let source = &block.source;
                let line = text[source.clone()].find('\n').filter(|_| is_question_number(&heading.title));
                Section {
                    title: heading.title.clone(),
                    level: heading.level,
                    range: source.start..text.len(),
                    questions: Vec::new(),
                    heading_end: line.map_or(source.end, |at| source.start + at),
                }
            })
            .collect();
        let mut open: Vec<usize> = Vec::new();
        for index in 0..sections.len() {
            let (level, start) = (sections[index].level, sections[index].range.start);
            while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
                sections[last].range.end = start;
            }
            open.push(index);
        }
        answer(text, blocks, is_furniture, &mut sections);
        Self { sections }
    }

    /// The innermost section that holds the byte `offset`.
    pub fn at(&self, offset: usize) -> Option<&Section> {
        // A section ends only where one of its rank or above begins, so the last one begun is still open.
        self.sections[..self.sections.partition_point(|section| section.range.start <= offset)].last()
    }

    /// All sections, in order of their headings.
    pub fn all(&self) -> &[Section] {
        &self.sections
    }
}

/// Gives each answer its questions: those before it that have one of its numbers, the last of each number.
fn answer(text: &str, blocks: &[Block], is_furniture: impl Fn(&Block) -> bool, sections: &mut [Section]) {
    let mut asked: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    let ends: Vec<usize> = sections.iter().skip(1).map(|next| next.range.start).chain([text.len()]).collect();
    for (section, end) in sections.iter_mut().zip(ends) {
        let Some((answers, numbers)) = numbers_of(&section.title) else { continue };
        if answers {
            let questions = numbers.iter().filter_map(|number| asked.get(number)).flatten();
            section.questions = questions.copied().collect();
            continue;
        }
        let from = blocks.partition_point(|block| block.source.end <= section.heading_end);
        let until = blocks.partition_point(|block| block.source.start < end);
        let words: Vec<(Span, bool)> = blocks[from.min(until)..until]
            .iter()
            .filter(|block| !is_furniture(block))
            .filter_map(|block| {
                let lines = lines_of(text, block);
                // Of the block that begins with the heading, what follows the heading's line.
                let skip = usize::from(block.source.start < section.heading_end);
                let mut rest = lines.iter().skip(skip).filter(|line| !line.title.is_empty()).peekable();
                rest.peek()?;
                let span = trimmed(text, block.source.start.max(section.heading_end)..block.source.end)?;
                Some((span, rest.all(|line| line.is_bold)))
            })
            .collect();
        // Where questions are bold, what stands between them and is not is of the page: a footnote, a letterhead.
        let some_bold = words.iter().any(|(_, bold)| *bold);
        let words: Vec<Span> =
            words.into_iter().filter(|(_, bold)| *bold || !some_bold).map(|(span, _)| span).collect();
        asked.extend(numbers.into_iter().map(|number| (number, words.clone())));
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start_matches(is_blank).len();
    Span::new(start, range.start + words.trim_end_matches(is_blank).len())
}

/// The numbers in the heading of a question or (`true`) an answer: "Answer to questions 3 to 5" has three.
fn numbers_of(title: &str) -> Option<(bool, Vec<u32>)> {
    if !is_question_number(title) {
        return None;
    }
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let answers =
        words.first().is_some_and(|word| word.starts_with("antwoord") || word.starts_with("answer"));
    let mut numbers: Vec<u32> = Vec::new();
    let mut through = false;
    for word in words {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<u32>() {
            Ok(number)
                if through && numbers.last().is_some_and(|last| *last < number && number - last < 100) =>
            {
                let from = numbers.last().map_or(number, |last| last + 1);
                numbers.extend(from..=number);
                through = false;
            }
            Ok(number) => numbers.push(number),
            Err(_) => through = matches!(word, "t" | "m" | "tot" | "met" | "to") && !numbers.is_empty(),
        }
    }
    Some((answers, numbers))
}

struct Heading {
    title: String,
    level: u8,
    /// Stands as a section even when its words come back.
    is_sure: bool,
}

fn heading_of(text: &str, blocks: &[Block], index: usize) -> Option<Heading> {
    let block = &blocks[index];
    let lines = lines_of(text, block);
    if let BlockKind::Heading(level) = block.kind {
        let title = title_of(lines.iter().map(|line| line.title.as_str()));
        return (!title.is_empty()).then_some(Heading { title, level, is_sure: true });
    }
    let is_start = index == 0 || blocks[index - 1].paragraph != block.paragraph;
    if block.kind != BlockKind::Text || !is_start {
        return None;
    }
    let first = lines.iter().find(|line| !line.title.is_empty())?;
    if first.is_bold && is_question_number(&first.title) {
        return Some(Heading { title: first.title.clone(), level: BOLD_LEVEL, is_sure: true });
    }
    let is_alone = blocks.get(index + 1).is_none_or(|next| next.paragraph != block.paragraph);
    let title = title_of(lines.iter().map(|line| line.title.as_str()));
    let is_title = is_alone
        && lines.iter().all(|line| line.is_bold)
        && !title.ends_with('?')
        && title.chars().count() <= TITLE_CHARS;
    is_title.then_some(Heading { title, level: BOLD_LEVEL, is_sure: false })
}

struct Line {
    title: String,
    /// All that can be seen of it, footnote numbers aside.
    is_bold: bool,
}

fn lines_of(text: &str, block: &Block) -> Vec<Line> {
    let visible = block.visible(text);
    let mut lines = vec![Line { title: String::new(), is_bold: true }];
    for (range, style) in block.styles(text) {
        for (nth, part) in visible[range].split('\n').enumerate() {
            if nth > 0 {
                lines.push(Line { title: String::new(), is_bold: true });
            }
            if !style.raised
                && let Some(line) = lines.last_mut()
            {
                line.title.push_str(part);
                line.is_bold &= style.bold || part.chars().all(is_blank);
            }
        }
    }
    for line in &mut lines {
        line.title = title_of(std::iter::once(line.title.as_str()));
    }
    lines
}

fn title_of<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| line.split(is_blank)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "Vraag 5", "Antwoord op vraag 5 en 6", "Question 2", "Answer to question 2:".
fn is_question_number(title: &str) -> bool {
    let lower = title.to_lowercase();
    let starts = ["vraag", "vragen", "antwoord", "antwoorden", "question", "questions", "answer", "answers"];
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_start = words.next().is_some_and(|word| starts.contains(&word));
    let fillers = ["op", "to", "de", "the", "en", "and", "t", "m", "tot", "met"];
    let mut has_number = false;
    let are_known = words.all(|word| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4;
        has_number |= is_number;
        is_number || starts.contains(&word) || fillers.contains(&word)
    });
    is_start && are_known && has_number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn titles(text: &str, furniture: &[Span]) -> Vec<(u8, String)> {
        let sections = Sections::of(text, Presentation::Markdown, furniture);
        sections.all().iter().map(|section| (section.level, section.title.clone())).collect()
    }

    fn at<'a>(sections: &'a Sections, text: &str, words: &str) -> Option<&'a str> {
        sections.at(text.find(words).unwrap()).map(|section| section.title.as_str())
    }

    #[test]
    fn questions_and_answers_begin_sections_and_bold_questions_do_not() {
        let text = "👮🏽‍♀️ e\u{301} “vooraf”\n\n**Vraag 1**\n\n**Klopt dat?<sup>1</sup>**\n\n**Antwoord op vraag 1**\n\nJa.\n\n\
                    **Vraag 2**  \n**Wilt u per punt antwoorden?**\n\n**Antwoord op vraag 2**  \nNee.\n\nEn **vet** hier.";
        let sections = Sections::of(text, Presentation::Markdown, &[]);
        assert_eq!(at(&sections, text, "vooraf"), None);
        assert_eq!(at(&sections, text, "Klopt"), Some("Vraag 1"));
        assert_eq!(at(&sections, text, "Ja."), Some("Antwoord op vraag 1"));
        assert_eq!(at(&sections, text, "Wilt"), Some("Vraag 2"));
        assert_eq!(at(&sections, text, "Nee."), Some("Antwoord op vraag 2"));
        assert_eq!(at(&sections, text, "hier"), Some("Antwoord op vraag 2"));
        assert_eq!(sections.at(text.len()).map(|section| section.range.end), Some(text.len()));
        assert_eq!(Sections::of(text, Presentation::Plain, &[]), Sections::default());
    }

    #[test]
    fn an_answer_knows_its_questions() {
        let text = "👮🏽‍♀️ e\u{301} “vooraf”\n\n**Question 1**\n\n**Is it so?**\n\n**Answer to question 1**\n\nNo.\n\n\
                    **Question 2**  \n*Why* not?\n\n**Question 3**\n\nSince when?\n\n**Question 4**\n\nBy whom?\n\n\
                    **Answer to questions 2 to 3, 4 and 9**\n\nUnknown.";
        let sections = Sections::of(text, Presentation::Markdown, &[]);
        let asked = |words: &str| -> Vec<&str> {
            let section = sections.at(text.find(words).unwrap()).unwrap();
            section.questions.iter().map(|span| &text[span.range()]).collect()
        };
        assert_eq!(asked("No."), ["**Is it so?**"]);
        assert_eq!(asked("Unknown"), ["*Why* not?", "Since when?", "By whom?"]);
        assert!(asked("Is it").is_empty());
        assert_eq!(numbers_of("Antwoord op vraag 3 t/m 5 en 8a"), Some((true, vec![3, 4, 5, 8])));
        assert_eq!(numbers_of("Vraag 12:"), Some((false, vec![12])));
        assert_eq!(numbers_of("Antwoorden"), None);
    }

    #[test]
    fn each_answer_of_the_letter_has_its_question() {
        let Some(text) = crate::text::guess::tests::seed("004") else { return };
        let sections = Sections::of(&text, Presentation::Markdown, &[]);
        let answers: Vec<_> =
            sections.all().iter().filter(|section| section.title.starts_with("Antwoord")).collect();
        assert_eq!(answers.len(), 14);
        for answer in answers {
            let questions: Vec<&str> = answer.questions.iter().map(|span| &text[span.range()]).collect();
            assert!(questions.iter().all(|question| question.starts_with("**")), "{questions:?}");
            assert!(
                !questions.is_empty() && answer.questions[0].end() <= answer.range.start,
                "{questions:?}"
            );
        }
    }

    #[test]
    fn letterheads_and_furniture_begin_none() {
        let text = "**Dienst  \nPolitie**\n\n# Kop *een*\n\n**Inleiding**\n\na\n\n**Dienst  \nPolitie**\n\n**Datum**  \n3 mei\n\n\
                    **Pagina twee**\n\n## Kop twee\n\nb";
        let start = text.find("**Pagina").unwrap();
        let furniture = [Span::new(start, start + 5).unwrap()];
        assert_eq!(
            titles(text, &furniture),
            [(1, "Kop een"), (7, "Inleiding"), (2, "Kop twee")]
                .map(|(level, title)| (level, title.to_owned()))
        );
        let sections = Sections::of(text, Presentation::Markdown, &furniture);
        let ranges: Vec<_> = sections.all().iter().map(|section| section.range.clone()).collect();
        assert_eq!(ranges[0], text.find('#').unwrap()..text.len());
        assert_eq!(ranges[1].end, text.find("##").unwrap());
    }

    #[test]
    fn the_letter_has_a_section_for_each_question_and_answer() {
        let Some(text) = crate::text::guess::tests::seed("004") else { return };
        let titles = titles(&text, &[]);
        for number in 1..=14 {
            for title in [format!("Vraag {number}"), format!("Antwoord op vraag {number}")] {
                assert_eq!(titles.iter().filter(|(_, found)| *found == title).count(), 1, "{title}");
            }
        }
        assert_eq!(titles.len(), 28, "{titles:?}");
    }

    proptest! {
        #[test]
        fn sections_nest_and_have_titles(
            pieces in prop::collection::vec(prop::sample::select(&[
                "# ", "### ", "**Vraag 1**", "**a**", "**", "<sup>", "👮🏽‍♀️", "e\u{301}", "\n", "\n\n", "  \n", "?", "Een ",
            ][..]), 0..30),
        ) {
            let text = pieces.concat();
            let sections = Sections::of(&text, Presentation::Markdown, &[]);
            for (index, section) in sections.all().iter().enumerate() {
                prop_assert!(!section.title.is_empty() && !section.title.contains('\n'));
                prop_assert!(Span::new(section.range.start, section.range.end).is_some_and(|span| span.is_in(&text)));
                for next in &sections.all()[index + 1..] {
                    let is_inside = next.range.end <= section.range.end;
                    prop_assert!(section.range.start < next.range.start);
                    prop_assert!(is_inside || section.range.end <= next.range.start);
                }
                prop_assert!(sections.at(section.range.end - 1).is_some());
            }
        }
    }
}
