//! All widgets in one view, for tests.

use eframe::egui::{Frame, Margin, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::model::{Pattern, Scheme, TagColor};
use crate::ui::icons::Icon;
use crate::ui::theme::{Theme, font, size};
use crate::ui::widgets::{
    Button, Check, Choice, Elided, Field, Keycap, LetterForm, PatternSwatch, Row, TagBox, TagChoice, Upright,
    hairline, meta, paint_hatch, paint_letter_box, paint_pattern_line, section_label, text,
};

/// What the widgets of the gallery change.
pub struct State {
    pub view: usize,
    pub query: String,
    pub note: String,
    pub unsure: bool,
    pub shown: bool,
    pub clicks: Vec<String>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            view: 0,
            query: String::new(),
            note: "Carried by both reports, but only one of them leaves the hedge in.".into(),
            unsure: false,
            shown: true,
            clicks: Vec::new(),
        }
    }
}

/// Draws all widgets.
pub fn gallery(ui: &mut Ui, state: &mut State) {
    let theme = Theme::of(ui.ctx());
    let c = theme.colors.clone();
    Frame::new().fill(c.bar).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(font::title().text("Harbor dossier", c.text));
            ui.add(Choice::new(&["Annotate", "Matrix", "Review"], &mut state.view));
            ui.add(Button::quiet("Undo “tag caveat”").icon(Icon::Undo));
            ui.add(Button::quiet("Find").icon(Icon::Search).keycap("Ctrl F"));
            ui.add(Button::quiet("All actions").keycap("Ctrl K"));
            ui.label(Icon::Saved.text(&theme).color(c.accent));
            ui.label(font::on().text("Saved in harbor.ron", c.text));
            meta(ui, "14:32");
        });
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        Frame::new().fill(c.panel).inner_margin(Margin::same(14)).show(ui, |ui| {
            ui.set_width(size::DOSSIER);
            ui.vertical(|ui| panel(ui, state));
        });
        Frame::new().fill(c.paper).inner_margin(Margin::same(18)).show(ui, |ui| {
            ui.set_width(560.0);
            ui.vertical(|ui| paper(ui, state));
        });
        Frame::new().fill(c.panel).inner_margin(Margin::same(14)).show(ui, |ui| {
            ui.set_width(size::INSPECTOR);
            ui.vertical(|ui| inspector(ui, state));
        });
        ui.add(Upright::new("Inspector"));
    });
}

fn panel(ui: &mut Ui, state: &mut State) {
    ui.spacing_mut().item_spacing = vec2(7.0, 7.0);
    ui.add(Field::new(&mut state.query, "Find in the dossier").icon(Icon::Search));
    ui.horizontal(|ui| {
        section_label(ui, "Documents");
        ui.add(Button::link("Add…"));
    });
    ui.add(Row::new("Letter").value("19").on(true));
    ui.add(Row::new("A report with a rather long title indeed").value("12"));
    ui.add(Row::new("harbor-noise.ron").icon(Icon::Document).value("Monday"));
    section_label(ui, "Tags");
    for tag in &Scheme::starter().tags {
        ui.horizontal(|ui| {
            ui.add(TagBox::of(tag));
            ui.add(PatternSwatch::of(tag));
            text(ui, &tag.name);
            ui.add(Keycap::new(&tag.key.unwrap_or_default().to_string()));
        });
    }
    for form in [LetterForm::Plain, LetterForm::Solid, LetterForm::Unsure, LetterForm::Outline] {
        ui.horizontal(|ui| {
            for (letter, color) in ('A'..).zip(TagColor::ALL) {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.add(TagBox::new(letter, color, "own tag").form(form));
            }
        });
    }
    for (pattern, color) in Pattern::ALL.into_iter().zip(TagColor::ALL) {
        ui.add(PatternSwatch::new(color, pattern).width(80.0));
    }
    ui.add(TagBox::new('R', TagColor::Blue, "retired").retired(true));
    hairline(ui);
    meta(ui, "Marked by E. Vos · 14:20");
    let title = "A passage that is far too long for the column that it has to stand in";
    ui.add(Elided::new(title, font::passage_row()));
}

fn paper(ui: &mut Ui, state: &mut State) {
    ui.spacing_mut().item_spacing.x = 7.0;
    let theme = Theme::of(ui.ctx());
    let c = &theme.colors;
    ui.label(font::welcome().text("Who claims it, who denies it", c.text));
    for panes in [1, 2, 3] {
        let line = "The harbor board says “no ship was seen”, and the café at Pier 4 says 17 were. 👮🏽\u{200d}♀\u{fe0f}";
        ui.label(font::document(&theme, panes).text(line, c.text));
    }
    let faces = [
        font::reading(15.5),
        font::reading_italic(15.5),
        font::reading_bold(15.5),
        font::reading_bold_italic(15.5),
    ];
    for face in faces {
        ui.label(
            eframe::egui::RichText::new("Hamburgefonstiv, 0123456789 → ¶ 12 …").font(face).color(c.text),
        );
    }
    ui.horizontal(|ui| {
        ui.label(font::on().text("Semibold 13", c.text));
        ui.label(font::strong().text("Medium 13", c.text));
        ui.label(font::text().text("Regular 13", c.text));
        ui.label(font::aside().text("Italic 13", c.text3));
        ui.label(font::figure(26.0).text(".72", c.text));
    });
    marks(ui, &theme);
    ui.horizontal(|ui| {
        let buttons = [
            Button::primary("Take mine").keycap("A"),
            Button::plain("Take R. Adan’s").keycap("B"),
            Button::plain("Copy card"),
            Button::plain("Export…").disabled(Some("Nothing is marked yet")),
        ];
        for (name, button) in ["Take mine", "Take theirs", "Copy card", "Export"].iter().zip(buttons) {
            if ui.add(button).clicked() {
                state.clicks.push((*name).to_owned());
            }
        }
        ui.add(Button::sign(Icon::More, "More for Letter"));
        ui.add(Button::sign(Icon::Close, "Close Letter"));
    });
    ui.horizontal(|ui| {
        ui.add(Button::quiet("claim 14").on(true));
        ui.add(Button::quiet("denial 26").on(false));
        ui.add(Button::quiet("All documents").after(Icon::CaretDown));
        ui.add(Check::new(&mut state.shown, "unsure only"));
    });
    ui.add(Button::primary("Open documents…").keycap("Ctrl O").large().width(230.0));
    ui.add(Button::plain("Open a session…").keycap("Ctrl Shift O").large().width(230.0));
}

/// Fills, lines and letters as a document has them.
fn marks(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(520.0, 180.0), Sense::hover());
    let painter = ui.painter();
    let role = font::document(theme, 3);
    for (row, tag) in Pattern::ALL.into_iter().zip(TagColor::ALL).enumerate() {
        let (pattern, color) = tag;
        let colors = theme.tag(color, false);
        let top = rect.top() + row as f32 * 28.0;
        let galley = role.line(ui.ctx(), "limits what was said of the harbor", theme.colors.text);
        let left = rect.left() + 40.0;
        let band = Rect::from_min_size(pos2(left, top + 3.0), vec2(galley.size().x, 22.0));
        painter.rect_filled(band, size::RADIUS_FILL, if row == 2 { colors.lifted } else { colors.fill });
        let hatched = band.translate(vec2(band.width() + 14.0, 0.0));
        paint_hatch(painter, hatched, colors.lifted);
        painter.galley(pos2(left, top), galley.clone(), theme.colors.text);
        painter.galley(pos2(hatched.left(), top), galley, theme.colors.text);
        let width = if row == 2 { size::UNDERLINE_CHOSEN } else { size::UNDERLINE };
        for band in [band, hatched] {
            let y = band.bottom() - 1.5;
            let stroke = Stroke::new(width, colors.stroke);
            paint_pattern_line(painter, pattern, pos2(band.left(), y), pos2(band.right(), y), stroke);
        }
        let x = rect.left() + 12.0 + (row % 3) as f32 * size::LANE - size::LANE;
        let letter = Rect::from_center_size(pos2(x, top + 13.0), vec2(13.0, 13.0));
        let form = [LetterForm::Plain, LetterForm::Plain, LetterForm::Solid][row % 3];
        paint_letter_box(painter, theme, letter, ['C', 'D', 'V', 'N', 'Q', 'M'][row], colors, form);
        let stroke = Stroke::new(size::UNDERLINE, colors.stroke);
        paint_pattern_line(painter, pattern, pos2(x, top + 22.0), pos2(x, top + 60.0), stroke);
    }
}

fn inspector(ui: &mut Ui, state: &mut State) {
    let theme = Theme::of(ui.ctx());
    ui.spacing_mut().item_spacing = vec2(7.0, 10.0);
    let scheme = Scheme::starter();
    section_label(ui, "Annotation");
    ui.horizontal(|ui| {
        for tag in &scheme.tags {
            ui.add(TagChoice::new(tag, tag.letter == 'V'));
        }
    });
    let passage = "It cannot be ruled out that one of the pilots did see the ship once or twice.";
    ui.label(font::passage().text(passage, theme.colors.text));
    ui.add(Check::new(&mut state.unsure, "Unsure").keycap("?"));
    section_label(ui, "Statement");
    ui.add(Button::plain("A pilot may have seen it").after(Icon::CaretDown).width(ui.available_width()));
    section_label(ui, "Note");
    ui.add(Field::new(&mut state.note, "Note").rows(3));
    ui.horizontal(|ui| {
        section_label(ui, "Links");
        ui.add(Button::link("Add link…"));
    });
    ui.add(Row::new("quoted by").icon(Icon::ArrowLeft).value("Report 2, ¶ 10"));
    ui.add(Row::new("qualifies").icon(Icon::ArrowRight).value("¶ 42, denial").keycap("L"));
    theme.card_frame().show(ui, |ui| {
        ui.label(font::strong().text("Krippendorff’s α, characters", theme.colors.text));
        meta(ui, "95 % between .61 and .81");
    });
    theme.popup_frame().show(ui, |ui| {
        ui.set_width(140.0);
        for (key, tag) in ["1", "2", "3"].iter().zip(&scheme.tags) {
            ui.add(Row::new(&tag.name).letter(tag.letter, tag.color).keycap(key));
        }
    });
}
