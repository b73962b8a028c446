//! What is set: hidden characters, scripts, long words. Whatever a text holds, its offsets stay exact.

use unicode_segmentation::UnicodeSegmentation as _;

use super::*;

/// A cluster of several characters, a combining accent and a curly quote: what offsets trip over.
const BEFORE: &str = "👮🏽\u{200d}♀\u{fe0f} Cafe\u{301} “ja” ";

/// Holds that the rows of all blocks in view have the visible text, byte by byte, with a place for a caret at
/// each cluster, from left to right, none outside the column.
fn check_rows(harness: &mut Harness<'static, Pane>) {
    harness.step();
    let pane = harness.state();
    for placed in &pane.cache.placed {
        let block = &pane.rendering.blocks()[placed.block];
        let visible = block.visible(pane.document.text());
        let width = pane.cache.geometry.text.width() - placed.layout.indent;
        let mut at = 0;
        for row in &placed.layout.rows {
            if row.bytes.start != at {
                assert_eq!(&visible[at..row.bytes.start], "\n", "of {visible:?}");
            }
            at = row.bytes.end;
            let line = &visible[row.bytes.clone()];
            let mut before = f32::MIN;
            for (cluster, letters) in line.grapheme_indices(true) {
                let byte = row.bytes.start + cluster;
                let x = row.x_of(byte);
                assert!(x >= before - 0.01, "{x} after {before} at {byte} of {visible:?}");
                before = x;
                let end = row.x_of(byte + letters.len());
                let middle = (x + end) / 2.0;
                // An accent on nothing has no width: no pointer can rest on it.
                if let Some(under) = row.under(middle).filter(|_| end - x > 0.1) {
                    assert_eq!(under.start, byte, "under {middle} of {visible:?}");
                }
            }
            let ink = row.x_of(row.ink_end);
            assert!(ink <= width + 1.0, "{ink} of {width}: {line:?}");
        }
        assert_eq!(at, visible.len(), "rows of {visible:?}");
    }
}

/// Without fonts for the text's script: each sign is a box, and nothing else changes.
fn open_on_bare_machine(pane: Pane) -> Harness<'static, Pane> {
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1100.0, 400.0))
        .with_step_dt(1.0 / 60.0)
        .allow_missing_glyphs()
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::light().install(ctx);
        })
        .build_ui_state(|ui, pane: &mut Pane| pane.ui(ui), pane);
    harness.step();
    harness
}

#[test]
fn rows_hold_every_byte_of_any_script() {
    for words in [
        "Ἐν ἀρχῇ ἦν ὁ λόγος, και ένα κείμενο στα ελληνικά που συνεχίζεται πιο πέρα",
        "Полиция заявила, что никто ничего не видел, и это повторяется снова и снова",
        "日本語の文章は空白なしで続きますので、行はどこでも折り返すことができます。日本語の文章は空白なしで続きます。",
        "قالت الشرطة إنها لم تر شيئا في الميناء تلك الليلة ثم عادت وقالت غير ذلك، والله أعلم",
        "המשטרה אמרה שלא ראתה דבר בנמל באותו לילה, ואחר כך אמרה אחרת; בְּרֵאשִׁית בָּרָא אֱלֹהִים",
        "पुलिस ने कहा कि क्षत्रिय ने कुछ नहीं देखा और फिर कुछ और कहा था",
        "போலீஸ் ஒன்றும் பார்க்கவில்லை என்று சொன்னது பொய் கொண்டு",
        "ตำรวจบอกว่าไม่เห็นอะไรที่ท่าเรือในคืนนั้นแล้วก็พูดอย่างอื่น",
        "경찰은 그날 밤 항구에서 아무것도 보지 못했다고 말했다 \u{1112}\u{1161}\u{11ab}",
        "z\u{335}a\u{309}l\u{489}g\u{323}\u{307}o",
    ] {
        let text = format!("{BEFORE}{words} [claim:werkt niet] {words} einde");
        for presentation in [Presentation::Plain, Presentation::Markdown] {
            let mut harness = open_on_bare_machine(Pane::new(&text, presentation));
            check_rows(&mut harness);
            sweep(&mut harness, "werkt", "niet");
            assert_eq!(harness.state().quote(), "werkt niet", "after {words}");
        }
    }
}

#[test]
fn hidden_characters_have_room_a_sign_and_a_name() {
    let text = format!(
        "{BEFORE}be\u{ad}drag \u{202e}3.200\u{202c} euro\tap\u{200b}ril\u{0}\u{feff} **werkt** niet\n\n\u{2066}a\u{2069}"
    );
    for presentation in [Presentation::Plain, Presentation::Markdown] {
        let mut harness = open(Pane::new(&text, presentation));
        check_rows(&mut harness);
        let pane = harness.state_mut();
        for hidden in ['\u{ad}', '\u{202e}', '\u{202c}', '\t', '\u{200b}', '\u{feff}', '\u{2066}', '\u{2069}']
        {
            let at = pane.document.text().find(hidden).unwrap();
            let (from, to) = (pane.point(at, true), pane.point(at + hidden.len_utf8(), false));
            assert!(to.x - from.x > 7.0, "{hidden:?} has no room: {from} {to}");
        }
        let signs = pane.cache.placed[0].layout.signs.len();
        assert_eq!(signs, 7);
        sweep(&mut harness, "werkt", "niet");
        assert!(harness.state().quote().ends_with("niet"));
        rest(&mut harness);
        // What is marked holds what is there, and nothing of a sign.
        sweep(&mut harness, "drag", "3.200");
        assert_eq!(harness.state().quote(), "drag \u{202e}3.200");
        rest(&mut harness);
        let pane = harness.state_mut();
        let at = pane.find("\u{202e}");
        let on_sign = pane.point(at, true) + Vec2::new(6.0, 0.0);
        harness.hover_at(on_sign);
        rest(&mut harness);
        assert!(harness.query_by_label("right-to-left override, U+202E").is_some(), "the sign is named");
        let told = harness.query_by(|node| {
            node.description().is_some_and(|words| words.contains("zero-width space, U+200B"))
        });
        assert!(told.is_some(), "a screen reader is told");
    }
}

#[test]
fn long_words_and_addresses_break_inside_the_column() {
    let word = "x".repeat(3000);
    let address = format!("https://example.org/{}?q={}", "pad/naar/".repeat(30), "abc%20".repeat(40));
    let text = format!("{BEFORE}{word} einde\n\n{address} slot\n\nwerkt niet");
    let mut pane = Pane::new(&text, Presentation::Plain);
    pane.width = 330.0;
    let mut harness = open(pane);
    for words in ["Cafe", " einde", "https", " slot"] {
        let offset = harness.state().find(words);
        harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Top });
        check_rows(&mut harness);
        let pane = harness.state();
        let right = pane.cache.geometry.text.width();
        for placed in &pane.cache.placed {
            for row in &placed.layout.rows {
                assert!(row.x_of(row.ink_end) <= right + 1.0, "{} of {right}", row.x_of(row.ink_end));
            }
        }
    }
}

#[test]
fn the_first_row_stays_when_face_measure_and_row_height_change() {
    let mut pane = Pane::new(&long(300), Presentation::Plain);
    pane.width = 1000.0;
    let mut harness = open(pane);
    let offset = harness.state().find("Alinea 107:") + 60;
    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Top });
    harness.step();
    let top = harness.state().cache.top();
    for (sans, measure, line_scale) in
        [(true, 70.0, 1.0), (true, 50.0, 1.3), (false, 80.0, 0.95), (false, 70.0, 1.0)]
    {
        harness.state_mut().theme = Theme { sans, measure, line_scale, ..Theme::light() };
        check_rows(&mut harness);
        let pane = harness.state();
        assert_eq!(pane.cache.top(), top);
        assert!(pane.seen().contains(&top) && pane.seen().start + 120 > top, "{top} in {:?}", pane.seen());
        let letters = pane.cache.geometry.text.width() / pane.advance();
        assert!(letters <= measure + 1.0 && letters > measure - 3.0, "{letters} letters of {measure}");
    }
}

/// Where each cell of the table begins, row by row.
fn cell_places(pane: &Pane) -> Vec<Vec<f32>> {
    let rows = pane
        .cache
        .placed
        .iter()
        .filter(|placed| pane.rendering.blocks()[placed.block].kind == crate::text::BlockKind::TableRow);
    rows.map(|placed| {
        let ends = pane.rendering.blocks()[placed.block].separators();
        ends.iter()
            .map(|at| placed.layout.rows[0].x_of(at + crate::text::rendering::CELL_SEPARATOR.len()))
            .collect()
    })
    .collect()
}

#[test]
fn the_columns_of_a_table_line_up_where_they_fit() {
    let text = format!(
        "{BEFORE}\n\n| Datum | Wie | Wat |\n|---|:-:|--:|\n| 3 mei | 👮🏽\u{200d}♀\u{fe0f} “de **Cafe\u{301}**” | niets |\n\
         | 14 mei 2021 | | zeven\u{ad}tien [denial:schepen] |\n\nNa de tabel."
    );
    let mut pane = Pane::new(&text, Presentation::Markdown);
    pane.width = 700.0;
    let mut harness = open(pane);
    check_rows(&mut harness);
    let places = cell_places(harness.state());
    assert_eq!(places.len(), 3);
    for row in &places {
        assert_eq!(row.len(), 2);
        for (x, head) in row.iter().zip(&places[0]) {
            assert!((x - head).abs() < 1.5, "{places:?}");
        }
    }
    sweep(&mut harness, "schepen", "schepen");
    assert_eq!(harness.state().quote(), "schepen");
    rest(&mut harness);
    sweep(&mut harness, "de **", "niets");
    assert_eq!(harness.state().quote(), "de **Cafe\u{301}**” | niets");

    // Too narrow for columns: the rows wrap, and cells still have a line between them.
    harness.state_mut().width = 260.0;
    check_rows(&mut harness);
    let pane = harness.state();
    let rows = pane.cache.placed.iter().filter(|placed| !placed.layout.bars.is_empty());
    assert_eq!(rows.map(|placed| placed.layout.bars.len()).collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn a_long_table_is_measured_once() {
    let rows: String = (0..5000).map(|i| format!("| {i} | de {i}e rij | x |\n")).collect();
    let text = format!("{BEFORE}\n\n| a | b | c |\n|---|---|---|\n{rows}");
    let mut harness = open(Pane::new(&text, Presentation::Markdown));
    let offset = harness.state().find("de 4000e");
    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Center });
    check_rows(&mut harness);
    let places = cell_places(harness.state());
    assert!(places.len() > 5 && places.iter().all(|row| row == &places[0]), "{places:?}");
}

#[test]
fn a_sign_at_the_end_of_a_row_stays_in_the_column() {
    let text = format!("{BEFORE}{}", "wo\u{200b}orden\u{202e} ".repeat(120));
    for width in (300..420).step_by(7) {
        let mut pane = Pane::new(&text, Presentation::Plain);
        pane.width = width as f32;
        check_rows(&mut open(pane));
    }
}

#[test]
fn a_conjunct_is_one_cluster() {
    // Where it is not, Indic text would fall apart when each cluster is a section.
    assert_eq!("\u{915}\u{94d}\u{937}".graphemes(true).count(), 1);
}

/// Pieces in an order that no one has thought of, the same at each run.
fn any_paragraphs(count: usize) -> String {
    const PIECES: &[&str] = &[
        "woord ",
        "👮🏽\u{200d}♀\u{fe0f}",
        "e\u{301}",
        "“",
        "” ",
        "\u{202e}",
        "\u{200b}",
        "\u{ad}",
        "\u{feff}",
        "\t",
        "\u{0}",
        "שלום ",
        "בְּרָא",
        "سلام",
        "لا",
        "日本",
        "क्ष",
        "கொ",
        "\u{200d}",
        "\u{200f}",
        "x",
        " ",
        "| ",
        "**",
        "`",
        "<br>",
        "\u{2028}",
        "\u{301}",
        "🏴\u{e0067}\u{e007f}",
        "\u{e0041}",
        "-",
        "https://x.nl/",
        "  \n",
        "<sup>1</sup>",
        "&amp;",
    ];
    let mut seed = 20_301_125_u64;
    let mut next = |below: usize| {
        // The generator of Knuth's MMIX.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut text = String::new();
    for number in 0..count {
        let table = if number % 10 == 0 { "| a | b |\n|---|---|\n| " } else { "" };
        text.push_str(&format!("{number} {BEFORE}\n\n{table}"));
        for _ in 0..2 + next(30) {
            text.push_str(PIECES[next(PIECES.len())]);
        }
        text.push_str("\n\n");
    }
    text
}

#[test]
fn rows_hold_every_byte_of_anything() {
    let text = any_paragraphs(240);
    for (presentation, width) in [(Presentation::Plain, 480.0), (Presentation::Markdown, 300.0)] {
        let mut pane = Pane::new(&text, presentation);
        pane.width = width;
        let mut harness = open_on_bare_machine(pane);
        for number in (0..240).step_by(4) {
            let offset = harness.state().find(&format!("{number} {BEFORE}"));
            harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Top });
            check_rows(&mut harness);
        }
    }
}
