//! What a user does in a pane, by mouse and by the accessibility tree. No GPU, no display.

mod spans;
mod typography;

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::accesskit::Role as Part;
use eframe::egui::{Event, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use uuid::Uuid;

use super::*;
use crate::model::{
    Anchor, Annotation, AnnotatorId, DocumentId, DocumentInfo, ImportRecord, Metadata, Presentation, Source,
    TagId, Timestamp,
};
use crate::text::{notation, render};
use crate::ui::theme::{font, install_fonts};

mod points;

struct Pane {
    document: Document,
    rendering: Rendering,
    paragraphs: Paragraphs,
    marks: DocumentMarks,
    scheme: Scheme,
    theme: Theme,
    cache: ReaderCache,
    selection: Option<Selection>,
    chosen: Option<AnnotationId>,
    scroll_to: Option<ScrollTo>,
    width: f32,
    asked: Vec<Span>,
    carry: f32,
    events: Vec<ReaderEvent>,
    output: Option<ReaderOutput>,
}

impl Pane {
    /// `notation` as in [`notation::parse`]: its bracketed passages are marked.
    fn new(notation: &str, presentation: Presentation) -> Self {
        let (text, spans) = notation::parse(notation);
        let annotations: Vec<Annotation> = (1..).zip(&spans).map(annotation).collect();
        let rendering = render(&text, presentation);
        let import = ImportRecord::of_text("", Timestamp::from_second(0));
        let metadata = Metadata { title: "Letter".to_owned(), ..Metadata::default() };
        Self {
            paragraphs: Paragraphs::of(&text),
            marks: DocumentMarks::build(&rendering, annotations.iter()),
            rendering,
            document: Document {
                id: DocumentId::new("letter"),
                source: Arc::new(Source::new(text, import)),
                info: Arc::new(DocumentInfo { metadata, presentation, ..DocumentInfo::default() }),
            },
            scheme: Scheme::starter(),
            theme: Theme::light(),
            cache: ReaderCache::default(),
            selection: None,
            chosen: None,
            scroll_to: None,
            width: 480.0,
            asked: Vec::new(),
            carry: 0.0,
            events: Vec::new(),
            output: None,
        }
    }

    fn with_input<R>(&mut self, role: &Role, f: impl FnOnce(&ReaderInput<'_>, &mut ReaderCache) -> R) -> R {
        let input = ReaderInput {
            theirs: None,
            asked: &self.asked,
            covered: &[],
            carry: std::mem::take(&mut self.carry),
            salt: 1,
            document: &self.document,
            rendering: &self.rendering,
            paragraphs: &self.paragraphs,
            marks: &self.marks,
            scheme: &self.scheme,
            theme: &self.theme,
            text: role,
            selection: self.selection,
            chosen: self.chosen,
            moved: None,
            sticky: None,
            hits: &[],
            hits_number: 0,
            current_hit: None,
            lit: &[],
            dimmed: None,
            focused: true,
            scroll_to: self.scroll_to.take(),
            describe: &|_| Some("a note".to_owned()),
        };
        f(&input, &mut self.cache)
    }

    fn ui(&mut self, ui: &mut Ui) {
        let role = font::document(&self.theme, 3);
        let rect = Rect::from_min_size(ui.max_rect().min, Vec2::new(self.width, ui.max_rect().height()));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        let output = self.with_input(&role, |input, cache| reader_ui(&mut child, input, cache));
        for event in &output.events {
            if let ReaderEvent::Select(selection) = event {
                self.selection = Some(*selection);
            }
        }
        self.events.extend(output.events.iter().cloned());
        self.output = Some(output);
    }

    /// The quote of what would be marked.
    fn quote(&self) -> &str {
        let text = self.document.text();
        let span = self.selection.and_then(Selection::span).expect("a selection");
        let snapped = self.rendering.snap(text, span).expect("something visible");
        snapped.of(text).expect("a span of the text")
    }

    fn find(&self, words: &str) -> usize {
        self.document.text().find(words).expect("words of the text")
    }

    /// The middle of the row, at the caret before a source offset.
    fn point(&mut self, offset: usize, is_start: bool) -> Pos2 {
        let role = font::document(&self.theme, 3);
        let rect = self.with_input(&role, |input, cache| pointer::caret_rect(input, cache, offset, is_start));
        rect.expect("in view").center()
    }

    /// The mean width of a letter.
    fn advance(&self) -> f32 {
        self.cache.advance
    }

    fn seen(&self) -> Range<usize> {
        self.output.as_ref().map_or(0..0, |output| output.visible.clone())
    }
}

fn annotation((number, (tag, span)): (u128, &(String, Span))) -> Annotation {
    Annotation {
        id: AnnotationId(Uuid::from_u128(number)),
        anchor: Anchor::Placed { document: DocumentId::new("letter"), span: *span },
        tag: TagId::new(tag),
        note: String::new(),
        unsure: false,
        attributes: BTreeMap::new(),
        statement: None,
        voice: Vec::new(),
        comments: Vec::new(),
        annotator: AnnotatorId::new("vos"),
        created: Timestamp::from_second(0),
        modified: Timestamp::from_second(0),
        provenance: None,
        changes: Vec::new(),
    }
}

fn open(pane: Pane) -> Harness<'static, Pane> {
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1100.0, 400.0))
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::light().install(ctx);
        })
        .build_ui_state(|ui, pane: &mut Pane| pane.ui(ui), pane);
    harness.step();
    harness
}

fn drag(harness: &mut Harness<'_, Pane>, from: Pos2, to: Pos2) {
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from.lerp(to, 0.5));
    harness.hover_at(to);
    harness.step();
    release(harness, to);
}

fn release(harness: &mut Harness<'_, Pane>, at: Pos2) {
    harness.event(button(at, false, Modifiers::NONE));
    harness.step();
    harness.step();
}

fn button(pos: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

fn click(harness: &mut Harness<'_, Pane>, at: Pos2) {
    harness.drag_at(at);
    harness.step();
    release(harness, at);
}

fn rest(harness: &mut Harness<'_, Pane>) {
    harness.run_steps(40);
}

/// Drags from the start of `from` to the end of `to`.
fn sweep(harness: &mut Harness<'_, Pane>, from: &str, to: &str) {
    let pane = harness.state_mut();
    let (start, end) = (pane.find(from), pane.find(to) + to.len());
    let (a, b) = (pane.point(start, true), pane.point(end, false));
    drag(harness, a, b);
}

const PLAIN: &str = "👮🏽‍♀️ Cafe\u{301} “ja” zei de agente. De stadhui werkt niet met Kraanhuis. Dat klopt.\n\nEen tweede alinea.";
const MARKDOWN: &str = "👮🏽‍♀️ **Cafe\u{301}** “ja” zei *zij*. De stadhui werkt **echt niet** met [Kraanhuis](http://x.nl).<sup>1</sup> Dat klopt.\n\nEen tweede alinea.";

#[test]
fn a_drag_selects_the_passage_in_plain_text() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    sweep(&mut harness, "werkt", "Kraanhuis");
    let pane = harness.state();
    assert_eq!(pane.quote(), "werkt niet met Kraanhuis");
    let selection = pane.selection.expect("a selection");
    assert!(pane.events.contains(&ReaderEvent::SelectionReleased(selection)));
    assert!(!pane.events.iter().any(|event| matches!(event, ReaderEvent::Clicked { .. })));
}

#[test]
fn a_drag_backward_selects_the_same() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    let pane = harness.state_mut();
    let (start, end) = (pane.find("werkt"), pane.find("Kraanhuis") + 9);
    let (a, b) = (pane.point(start, true), pane.point(end, false));
    drag(&mut harness, b, a);
    assert_eq!(harness.state().quote(), "werkt niet met Kraanhuis");
    let selection = harness.state().selection.expect("a selection");
    assert!(selection.head < selection.anchor);
}

#[test]
fn a_drag_over_markdown_gives_the_source_between_visible_letters() {
    let mut harness = open(Pane::new(MARKDOWN, Presentation::Markdown));
    sweep(&mut harness, "werkt", "Kraanhuis");
    assert_eq!(harness.state().quote(), "werkt **echt niet** met [Kraanhuis");
    rest(&mut harness);
    sweep(&mut harness, "echt", "niet");
    assert_eq!(harness.state().quote(), "echt niet");
    rest(&mut harness);
    sweep(&mut harness, "👮🏽‍♀️", "“ja”");
    assert_eq!(harness.state().quote(), "👮🏽‍♀️ **Cafe\u{301}** “ja”");
}

#[test]
fn no_end_falls_inside_a_cluster() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    let (first, then) = (harness.state_mut().point(0, true), harness.state_mut().find("Cafe"));
    for x in 1..60 {
        let role = font::document(&Theme::light(), 3);
        let pos = first + Vec2::new(x as f32, 0.0);
        let pane = harness.state_mut();
        let located = pane.with_input(&role, |input, cache| pointer::locate(input, cache, pos).unwrap());
        let text = pane.document.text();
        let cluster = "👮🏽‍♀️".len();
        assert!(located.caret == 0 || located.caret >= cluster, "{}", located.caret);
        assert_ne!(located.caret, then + "Cafe".len(), "between a letter and its accent in {text}");
    }
}

#[test]
fn two_three_and_four_clicks_take_word_sentence_paragraph() {
    for (presentation, text) in [(Presentation::Plain, PLAIN), (Presentation::Markdown, MARKDOWN)] {
        let mut harness = open(Pane::new(text, presentation));
        let at = harness.state().find("stadhui") + 3;
        let at = harness.state_mut().point(at, true) + Vec2::new(2.0, 0.0);
        click(&mut harness, at);
        assert!(harness.state().selection.expect("a caret").is_caret());
        click(&mut harness, at);
        assert_eq!(harness.state().quote(), "stadhui");
        click(&mut harness, at);
        assert!(harness.state().quote().starts_with("De stadhui werkt"), "{}", harness.state().quote());
        assert!(!harness.state().quote().contains("agente"));
        click(&mut harness, at);
        assert!(harness.state().quote().starts_with("👮🏽‍♀️"));
        assert!(harness.state().quote().ends_with("Dat klopt."));
    }
}

#[test]
fn a_drag_after_a_double_click_takes_whole_words() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    let pane = harness.state_mut();
    let (from, to) = (pane.find("stadhui") + 3, pane.find("Kraanhuis") + 4);
    let (a, b) = (pane.point(from, true) + Vec2::new(2.0, 0.0), pane.point(to, true));
    click(&mut harness, a);
    drag(&mut harness, a, b);
    assert_eq!(harness.state().quote(), "stadhui werkt niet met Kraanhuis");
}

#[test]
fn shift_and_a_click_extend() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    let pane = harness.state_mut();
    let (from, to) = (pane.find("werkt"), pane.find("Kraanhuis") + 9);
    let (a, b) = (pane.point(from, true), pane.point(to, false));
    click(&mut harness, a);
    rest(&mut harness);
    harness.event(button(b, true, Modifiers::SHIFT));
    harness.event(button(b, false, Modifiers::SHIFT));
    harness.step();
    assert_eq!(harness.state().quote(), "werkt niet met Kraanhuis");
}

#[test]
fn a_click_tells_the_character_and_whether_it_comes_again() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    let offset = harness.state().find("Kraanhuis");
    // The right half of a letter: the caret goes behind it, the click still is on it.
    let at = harness.state_mut().point(offset, true) + Vec2::new(6.0, 0.0);
    click(&mut harness, at);
    rest(&mut harness);
    click(&mut harness, at);
    let clicks: Vec<(usize, bool, bool)> = (harness.state().events.iter())
        .filter_map(|event| match event {
            ReaderEvent::Clicked { offset, on_text, again, .. } => Some((*offset, *on_text, *again)),
            _ => None,
        })
        .collect();
    assert_eq!(clicks, [(offset, true, false), (offset, true, true)]);
    assert_eq!(harness.state().selection, Some(Selection::caret(offset + 1)));
}

fn long(count: usize) -> String {
    let paragraph = |i: usize| {
        format!("Alinea {i}: 👮🏽‍♀️ “woorden” en nog meer woorden, {}", "tot de regel vol is ".repeat(i % 9))
    };
    (0..count).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn only_what_is_in_view_is_laid_out() {
    let mut harness = open(Pane::new(&long(2000), Presentation::Plain));
    assert!(harness.state().cache.layout_count() < 30, "{}", harness.state().cache.layout_count());
    let offset = harness.state().find("Alinea 1500:");
    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Center });
    harness.step();
    assert!(harness.state().seen().contains(&offset));
    assert!(harness.state().cache.layout_count() < 60, "{}", harness.state().cache.layout_count());
    let known = harness.state().cache.heights().expect("heights").known();
    assert_eq!(known, harness.state().cache.layout_count());
    let before = harness.state().cache.layout_count();
    harness.run_steps(3);
    assert_eq!(harness.state().cache.layout_count(), before, "nothing is laid out anew at rest");
}

#[test]
fn a_pane_at_rest_asks_for_no_frame() {
    let mut harness = open(Pane::new(PLAIN, Presentation::Plain));
    harness.run();
    harness.step();
    let delay = harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert!(delay.is_some_and(|delay| delay > std::time::Duration::from_secs(60)), "{delay:?}");
}

#[test]
fn the_first_row_stays_when_the_width_changes() {
    let mut harness = open(Pane::new(&long(300), Presentation::Plain));
    let offset = harness.state().find("Alinea 107:") + 60;
    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::Top });
    harness.step();
    let top = harness.state().cache.top();
    for width in [700.0, 330.0, 1000.0, 480.0] {
        harness.state_mut().width = width;
        harness.step();
        let pane = harness.state();
        assert_eq!(pane.cache.top(), top);
        assert!(pane.seen().contains(&top), "{width}: {top} not in {:?}", pane.seen());
        assert!(pane.seen().start + 120 > top, "{width}: {top} far down in {:?}", pane.seen());
    }
}

#[test]
fn the_end_can_be_reached_and_not_passed() {
    let mut harness = open(Pane::new(&long(300), Presentation::Plain));
    let end = harness.state().document.text().len();
    harness.state_mut().scroll_to = Some(ScrollTo { offset: end, end, place: Place::Top });
    harness.step();
    let pane = harness.state();
    assert!(pane.seen().end + 2 >= end);
    let bottom = pane.cache.placed.last().map(cache::Placed::bottom).expect("blocks");
    assert!(bottom > pane.cache.geometry.text.bottom() - 40.0, "the last row stands at the bottom: {bottom}");
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let mut harness = open(Pane::new(&long(300), Presentation::Plain));
    harness.hover_at(Pos2::new(200.0, 200.0));
    harness.step();
    for _ in 0..3 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -120.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
    }
    harness.step();
    harness.run_steps(60);
    assert!(harness.state().cache.top() > 0);
    assert!(harness.state().events.contains(&ReaderEvent::Scrolled));
}

#[test]
fn a_drag_past_the_edge_scrolls() {
    let mut harness = open(Pane::new(&long(300), Presentation::Plain));
    harness.drag_at(Pos2::new(200.0, 100.0));
    harness.step();
    harness.hover_at(Pos2::new(200.0, 300.0));
    harness.hover_at(Pos2::new(200.0, 430.0));
    harness.step();
    let before = harness.state().selection.expect("a selection").head;
    harness.run_steps(60);
    let after = harness.state().selection.expect("a selection").head;
    assert!(after > before + 100, "{before} {after}");
}

#[test]
fn the_caret_moves_by_rows_and_keeps_its_x() {
    let mut harness = open(Pane::new(&long(40), Presentation::Plain));
    let text = harness.state().document.text();
    let start =
        text[text.find("Alinea 8:").unwrap()..].find("meer").unwrap() + harness.state().find("Alinea 8:");
    let go = |harness: &mut Harness<'_, Pane>, from: Selection, movement, extend| {
        let ctx = harness.ctx.clone();
        let pane = harness.state_mut();
        let role = font::document(&pane.theme, 3);
        pane.with_input(&role, |input, cache| move_caret(&ctx, cache, input, from, movement, extend))
    };
    harness.state_mut().scroll_to = Some(ScrollTo { offset: start, end: start, place: Place::Center });
    harness.step();
    let caret = Selection::caret(start);
    let down = go(&mut harness, caret, CaretMove::Rows(7), false);
    assert!(down.is_caret() && down.head > start);
    let back = go(&mut harness, down, CaretMove::Rows(-7), false);
    assert_eq!(back, caret, "short rows on the way do not change the x");
    let extended = go(&mut harness, caret, CaretMove::Rows(1), true);
    assert_eq!(extended.anchor, start);
    assert!(extended.head > start);
    let row_start = go(&mut harness, caret, CaretMove::RowStart, false).head;
    let row_end = go(&mut harness, caret, CaretMove::RowEnd, false).head;
    assert!(row_start < start && start < row_end && row_end - row_start < 90);
    let text = harness.state().document.text();
    assert!(!text[..row_end].ends_with(' '));
    let far = go(&mut harness, caret, CaretMove::Pages(-50), false);
    assert_eq!(far.head, 0);
    let end = harness.state().document.text().trim_end().len();
    assert_eq!(go(&mut harness, caret, CaretMove::Pages(50), false).head, end);
}

#[test]
fn a_screen_reader_finds_document_paragraphs_and_marks() {
    let text = "# Kop\n\n👮🏽‍♀️ “ja” **De stadhui** [denial:werkt **niet** met Kraanhuis].\n\nEen tweede alinea.";
    let harness = open(Pane::new(text, Presentation::Markdown));
    let document = harness.get_by_role_and_label(Part::Document, "Letter");
    assert!(document.children().count() >= 3);
    harness.get_by_role_and_label(Part::Heading, "Kop");
    let paragraph = harness.get_by(|node| {
        node.role() == Part::Paragraph && node.label().is_some_and(|label| label.contains("De stadhui werkt"))
    });
    let mark = paragraph.get(By::new().role(Part::Mark));
    assert_eq!(mark.accesskit_node().label().as_deref(), Some("denial: werkt niet met Kraanhuis"));
}

#[test]
fn a_letter_in_a_lane_opens_its_mark() {
    let mut harness =
        open(Pane::new("👮🏽‍♀️ De stadhui [denial:werkt niet] met Kraanhuis.", Presentation::Plain));
    let (rect, ids) = harness.state().cache.letters[0].clone();
    click(&mut harness, rect.center());
    assert!(harness.state().events.contains(&ReaderEvent::OpenMark(ids[0])));
    assert_eq!(harness.state().selection, None);
}

#[test]
fn a_handle_moves_one_end() {
    let mut pane = Pane::new("👮🏽‍♀️ De stadhui [denial:werkt niet] met Kraanhuis.", Presentation::Plain);
    let id = AnnotationId(Uuid::from_u128(1));
    pane.chosen = Some(id);
    let mut harness = open(pane);
    let pane = harness.state_mut();
    let (start, end) = (pane.find("werkt"), pane.find(" met"));
    let to = pane.find("Kraanhuis") + 9;
    let (from, to) = (pane.point(end, false) + Vec2::new(3.0, 0.0), pane.point(to, false));
    drag(&mut harness, from, to);
    let pane = harness.state();
    let resized = pane.events.iter().find_map(|event| match event {
        ReaderEvent::Resized { span, .. } => Some(*span),
        _ => None,
    });
    let span = resized.expect("a new span");
    assert_eq!(span.start(), start);
    assert_eq!(span.of(pane.document.text()), Some("werkt niet met Kraanhuis"));
}

#[test]
fn an_empty_document_is_an_empty_pane() {
    let mut harness = open(Pane::new("", Presentation::Plain));
    click(&mut harness, Pos2::new(200.0, 100.0));
    assert!(harness.state().events.contains(&ReaderEvent::Focused));
}

#[test]
fn common_text_is_laid_out_in_one_go() {
    let harness = open(Pane::new(PLAIN, Presentation::Plain));
    let role = font::document(&Theme::light(), 3);
    for text in ["haven kraan", "“stil” fi ffi", "café één cafe\u{301}", "👮🏽‍♀️", "a 👮🏽‍♀️ e\u{301} “b”"]
    {
        let galley = role.line(&harness.ctx, text, Theme::light().colors.text);
        assert!(hit::follows_text(&galley), "{text}");
    }
}
