use proptest::prelude::*;

use super::*;

fn span_of(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len()).unwrap()
}

fn shown(text: &str) -> Vec<(BlockKind, String)> {
    let rendering = render(text, Presentation::Markdown);
    rendering.blocks().iter().map(|block| (block.kind.clone(), block.visible(text).into_owned())).collect()
}

fn item(depth: u8, marker: &str) -> BlockKind {
    BlockKind::ListItem { depth, marker: marker.to_owned() }
}

#[test]
fn a_plain_line_is_a_block_and_a_blank_line_a_gap() {
    let text = "\n👮🏽‍♀️ e\u{301}en\n  twee \n\n \t\n“drie”";
    let rendering = render(text, Presentation::Plain);
    let lines: Vec<_> = rendering.blocks().iter().map(|b| (b.paragraph, &text[b.source.clone()])).collect();
    assert_eq!(lines, [(1, "👮🏽‍♀️ e\u{301}en"), (1, "  twee "), (2, "“drie”")]);
    let whole = Span::new(0, text.len()).unwrap();
    assert_eq!(rendering.plain_text(text, whole), "👮🏽‍♀️ e\u{301}en\n  twee \n\n“drie”");
    assert_eq!(rendering.snap(text, whole), Span::new(1, text.len()));
    let gap = Span::new(text.find(" \n\n").unwrap(), text.find("“").unwrap()).unwrap();
    assert_eq!(rendering.snap(text, gap), None);
}

#[test]
fn a_gap_goes_to_the_block_before_at_its_end_and_after_it_further_on() {
    let text = "ab\n\n\ncd\n";
    let rendering = render(text, Presentation::Plain);
    assert_eq!([0, 1, 2, 3, 4, 5, 7, 8, 99].map(|at| rendering.block_at(at)), [0, 0, 0, 1, 1, 1, 1, 1, 1]);
    assert_eq!(Rendering::default().block_at(3), 0);
}

#[test]
fn long_lines_are_cut_at_spaces_and_never_inside_a_cluster() {
    for word in ["woord ", "👮🏽‍♀️", "e\u{301}", "\u{301}", "x"] {
        let text = word.repeat(20_000 / word.len());
        for presentation in [Presentation::Plain, Presentation::Markdown] {
            let rendering = render(&text, presentation);
            assert!(rendering.blocks().len() >= 5);
            let mut end = 0;
            for block in rendering.blocks() {
                assert_eq!(block.source.start, end, "no gap between the pieces of a line");
                assert!(block.visible_len() <= MAX_BLOCK_BYTES);
                assert!(
                    word == "\u{301}"
                        || text[..block.source.end].ends_with(word.trim_end())
                        || word == "woord "
                );
                assert_eq!(block.paragraph, 1);
                end = block.source.end;
            }
            let whole = Span::new(0, text.len()).unwrap();
            assert_eq!(rendering.plain_text(&text, whole).trim_end(), text.trim_end());
        }
    }
}

#[test]
fn marks_are_hidden_and_breaks_are_shown() {
    let text = "👮🏽‍♀️ **Ons  \nkenmerk** e\u{301}\nis *“x”*<sup>4 5</sup>.<br>\nEn `a\nb` ~~c~~ &amp; \\*d";
    let rendering = render(text, Presentation::Markdown);
    let [block] = rendering.blocks() else { panic!("one paragraph") };
    assert_eq!(block.visible(text), "👮🏽‍♀️ Ons\nkenmerk e\u{301} is “x”4 5.\nEn a b c & *d");
    let whole = Span::new(0, text.len()).unwrap();
    assert_eq!(rendering.plain_text(text, whole), "👮🏽‍♀️ Ons\nkenmerk e\u{301} is “x”⁴ ⁵.\nEn a b c & *d");
    let end = text.find(" 5</sup>").unwrap();
    let part = Span::new(text.find("x”").unwrap(), end).unwrap();
    assert_eq!(rendering.plain_text(text, part), "x”⁴", "a part of a raised run too");
    let visible = block.visible(text);
    let styled = |part: &str| {
        let at = visible.find(part).unwrap();
        block.styles(text).iter().find(|(range, _)| range.contains(&at)).unwrap().1
    };
    assert_eq!(styled("Ons"), Style { bold: true, ..Style::default() });
    assert_eq!(styled("kenmerk"), Style { bold: true, ..Style::default() });
    assert_eq!(styled("“x”"), Style { italic: true, ..Style::default() });
    assert_eq!(styled("4 5"), Style { raised: true, ..Style::default() });
    assert_eq!(styled("a b"), Style { code: true, ..Style::default() });
    assert_eq!(styled("c &"), Style { struck: true, ..Style::default() });
    assert_eq!(styled("&"), Style::default());
}

#[test]
fn every_kind_of_block() {
    let text = "# Een *kop* #\n\n> Een\n> citaat\n\n- a\n- **b**\n  1) c\n\n     vervolg\n\n---\n\n\
                ```rust\nlet x;\n\n  y\n```\n\n| A | B |\n|---|---|\n| c |   |\n|   | d\\|e |\n\n\
                <div>\nhtml\n</div>\n\nOnder\n=====\n";
    assert_eq!(
        shown(text),
        [
            (BlockKind::Heading(1), "Een kop"),
            (BlockKind::Quote, "Een citaat"),
            (item(1, "•"), "a"),
            (item(1, "•"), "b"),
            (item(2, "1)"), "c"),
            (item(2, ""), "vervolg"),
            (BlockKind::Rule, ""),
            (BlockKind::Code, "let x;"),
            (BlockKind::Code, "  y"),
            (BlockKind::TableRow, "A  ·  B"),
            (BlockKind::TableRow, "c"),
            (BlockKind::TableRow, "  ·  d|e"),
            (BlockKind::Text, "<div>"),
            (BlockKind::Text, "html"),
            (BlockKind::Text, "</div>"),
            (BlockKind::Heading(1), "Onder"),
        ]
        .map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn links_show_their_words_and_nothing_is_lost() {
    let text = "[woorden](http://x.nl \"t\") <https://y.nl/a_b> ![beeld](z.png) <u>u</u>\n\n[1]: http://bron.nl\n\n\
                1. ## Kop\n\n![](leeg.png)";
    assert_eq!(
        shown(text),
        [
            (BlockKind::Text, "woorden https://y.nl/a_b beeld <u>u</u>"),
            (BlockKind::Text, "[1]: http://bron.nl"),
            (BlockKind::Heading(2), "1. Kop"),
            (BlockKind::Text, "![](leeg.png)"),
        ]
        .map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn marks_of_footnotes_are_raised_and_a_note_begins_with_its_own() {
    let text = "👮🏽‍♀️ e\u{301}en “zin”.[^1] Twee.[^bron] Drie.[^9]\n\n[^1]: Noot.\n\n[^bron]: - punt\n\n[^2]:\n";
    let seen = [
        (BlockKind::Text, "👮🏽‍♀️ e\u{301}en “zin”.1 Twee.[bron] Drie.[^9]".to_owned()),
        (BlockKind::Text, "1 Noot.".to_owned()),
        (item(1, "•"), "[bron] punt".to_owned()),
        (BlockKind::Text, "[^2]:".to_owned()),
    ];
    assert_eq!(shown(text), seen);
    let rendering = render(text, Presentation::Markdown);
    let (first, note) = (span_of(text, "“zin”.[^1] Twee.[^bron]"), span_of(text, "[^1]: Noot."));
    assert_eq!(rendering.plain_text(text, first), "“zin”.¹ Twee.[bron]");
    assert_eq!(rendering.plain_text(text, note), "¹ Noot.");
    assert_eq!(rendering.snap(text, span_of(text, "Noot.")), Some(span_of(text, "Noot.")));
}

#[test]
fn a_sweep_with_and_without_marks_is_one_span() {
    let text = "👮🏽‍♀️ e\u{301} “q” **Hij *zei* niets** [meer](http://x).\n\n> - **Niets**\n";
    let rendering = render(text, Presentation::Markdown);
    let words = Span::new(text.find("Hij").unwrap(), text.find("meer").unwrap() + 4).unwrap();
    for (start, end) in [(" **Hij", "](http"), ("**Hij", "](http"), ("*Hij", "http://x"), ("Hij", "//x)")] {
        let start = text.find(start).unwrap();
        let end = text.find(end).unwrap();
        assert_eq!(rendering.snap(text, Span::new(start, end).unwrap()), Some(words));
    }
    assert_eq!(rendering.plain_text(text, words), "Hij zei niets meer");
    assert_eq!(rendering.snap(text, span_of(text, "](http")), None);
    let whole = Span::new(0, text.len()).unwrap();
    assert_eq!(rendering.plain_text(text, whole), "👮🏽‍♀️ e\u{301} “q” Hij zei niets meer.\n\nNiets");
    assert_eq!(rendering.snap(text, whole).unwrap().end(), text.rfind("**").unwrap());
}

#[test]
fn a_hidden_offset_goes_to_the_visible_one_after_it() {
    let text = "a **b** c";
    let rendering = render(text, Presentation::Markdown);
    let block = &rendering.blocks()[0];
    assert_eq!((0..=9).map(|at| block.to_visible(at)).collect::<Vec<_>>(), [0, 1, 2, 2, 2, 3, 3, 3, 4, 5]);
    assert_eq!((0..=6).map(|at| block.to_source_start(at)).collect::<Vec<_>>(), [0, 1, 4, 7, 8, 9, 9]);
    assert_eq!((0..=6).map(|at| block.to_source_end(at)).collect::<Vec<_>>(), [0, 1, 2, 5, 8, 9, 9]);
}

/// What must hold for any text.
fn check(text: &str, presentation: Presentation) {
    let rendering = render(text, presentation);
    let mut end = 0;
    for (index, block) in rendering.blocks().iter().enumerate() {
        assert!(end <= block.source.start && !block.source.is_empty(), "{text:?} {block:?}");
        assert_eq!(rendering.block_at(block.source.start), index);
        assert!(Span::new(block.source.start, block.source.end).unwrap().is_in(text));
        assert!(!text[block.source.clone()].ends_with('\n'));
        end = block.source.end;
        check_block(text, block);
    }
    let in_no_block = |at: usize| !rendering.blocks().iter().any(|block| block.source.contains(&at));
    if presentation == Presentation::Plain {
        for (at, c) in text.char_indices() {
            assert!(matches!(c, ' ' | '\t' | '\n') || !in_no_block(at), "{c} at {at} is in no block");
        }
    }
    let Some(whole) = Span::new(0, text.len()) else { return };
    if let Some(snapped) = rendering.snap(text, whole) {
        assert!(snapped.is_in(text));
        assert_eq!(rendering.snap(text, snapped), Some(snapped), "snapping twice is snapping once");
        // Marks between cells are no ink: a row whose first cell is empty begins with one.
        let inked = |span: Span| {
            let passage = rendering.plain_text(text, span);
            let edge = |c: char| crate::text::is_blank(c) || c.is_whitespace() || c == '·';
            passage.trim_matches(edge).to_owned()
        };
        assert_eq!(inked(snapped), inked(whole));
    }
}

fn check_block(text: &str, block: &Block) {
    let visible = block.visible(text);
    assert_eq!(visible.len(), block.visible_len());
    let (mut source, mut at) = (block.source.start, 0);
    for piece in block.pieces() {
        assert!(source <= piece.source.start && piece.source.end <= block.source.end, "{text:?} {block:?}");
        assert_eq!(piece.visible.start, at);
        (source, at) = (piece.source.end, piece.visible.end);
        if piece.shown.is_some() {
            continue;
        }
        let same = &text[piece.source.clone()];
        assert_eq!(&visible[piece.visible.clone()], same);
        for (i, _) in same.char_indices() {
            let (from, to) = (piece.source.start + i, piece.visible.start + i);
            assert_eq!(block.to_visible(from), to);
            assert_eq!(block.to_source_start(to), from);
            assert!(i == 0 || block.to_source_end(to) == from);
        }
        assert_eq!(block.to_source_end(piece.visible.end), piece.source.end);
    }
    assert_eq!(at, visible.len());
    let styled: usize = block.styles(text).iter().map(|(range, _)| range.len()).sum();
    assert_eq!(styled, visible.len());
    for at in block.source.start.saturating_sub(2)..block.source.end + 2 {
        assert!(block.to_visible(at) <= visible.len());
    }
}

proptest! {
    #[test]
    fn any_text_keeps_the_map(
        pieces in prop::collection::vec(prop::sample::select(&[
            "a", "Woord ", "👮🏽‍♀️", "e\u{301}", "“", "”", " ", "  \n", "\n", "\n\n", "\t", "*", "**", "_", "~~", "`",
            "# ", "> ", "- ", "1. ", "[", "](x)", "]", "![", "<sup>", "</sup>", "<br>", "<b>", "<http://x.y>", "&amp;",
            "[^1]", "[^1]: ", "[^w]", "[^w]: ", "![^1]", "[^a b]: ", "[^a  b]", "\\", "|", "|---|---|\n", "---\n", "```\n", "    ", "<div>", "[r]: z\n",
            "\u{a0}", "\u{0}", "===\n",
        ][..]), 0..40),
    ) {
        let text = pieces.concat();
        check(&text, Presentation::Plain);
        check(&text, Presentation::Markdown);
    }

    #[test]
    fn any_characters_keep_the_map(text in "\\PC{0,80}") {
        check(&text, Presentation::Plain);
        check(&text, Presentation::Markdown);
    }
}

/// The Markdown letter of the seeds, if it is there.
#[test]
fn the_letter_loses_no_word() {
    let Some(text) = crate::text::guess::tests::seed("004") else { return };
    check(&text, Presentation::Markdown);
    let rendering = render(&text, Presentation::Markdown);
    let whole = Span::new(0, text.len()).unwrap();
    let passage = rendering.plain_text(&text, whole);
    for mark in ["**", "<sup", "(<", "##"] {
        assert!(!passage.contains(mark), "{mark} is seen");
    }
    // Addresses of links and the tags aside, every run of letters and digits of the source can be seen.
    let mut prose = text.replace("<sup>", "").replace("</sup>", "");
    while let Some(at) = prose.find("](http") {
        let end = prose[at..].find('\n').map_or(prose.len(), |end| at + end);
        prose.replace_range(at..end, "");
    }
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain =
        |c: char| raised.chars().position(|other| other == c).map_or(c, |at| char::from(b'0' + at as u8));
    let passage: String = passage.chars().map(plain).collect();
    let mut rest = passage.as_str();
    for word in prose.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word} is not seen"));
        rest = &rest[at + word.len()..];
    }
    assert!(rendering.blocks().iter().any(|block| block.kind == BlockKind::Quote));
    assert!(rendering.blocks().iter().any(|block| block.kind == BlockKind::Rule));
    assert!(rendering.blocks().iter().any(|block| block.styles(&text).iter().any(|(_, style)| style.raised)));
}
