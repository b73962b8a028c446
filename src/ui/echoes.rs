//! The panel of echoes, in the place of the inspector: where the passage that is looked at stands again, and how the
//! quotations of the document in focus stand to their sources; or what stands in several of all documents.

mod card;
mod groups;
pub mod ribbons;

use eframe::egui;
use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, Layout, ScrollArea, Ui, Vec2, vec2};

use crate::across::echo::Place;
use crate::app::echoes::{Card, EchoAction, Echoes, Shown, Stop};
use crate::app::{Action, Command, Desk};

use super::app::Local;
use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Check, Choice, Keycap, hairline};

/// Width of the panel: a share of the window, in these bounds. A little less than a quarter: on a small screen that leaves
/// room for two columns.
const SHARE: f32 = 0.22;
const BOUNDS: std::ops::RangeInclusive<f32> = 290.0..=430.0;
/// Room for the key of the other list and for what closes the panel.
const KEYCAP_ROOM: f32 = 100.0;
/// Height of a card that was never drawn.
const GUESS: f32 = 150.0;

/// How wide the panel is in a window of this width.
pub fn width(window: f32) -> f32 {
    (window * SHARE).clamp(*BOUNDS.start(), *BOUNDS.end()).round()
}

/// What the window keeps of the panel: heights of cards, and what is under the pointer.
#[derive(Default)]
pub struct EchoPanel {
    /// The card or ribbon under the pointer.
    pub hovered: Option<Stop>,
    /// The ends of the ribbon under the pointer.
    pub pair: Option<(Place, Place)>,
    number: u64,
    width: f32,
    echoes: Vec<f32>,
    findings: Vec<f32>,
    /// Height of what stands under the chosen row, as it was drawn last.
    opened: f32,
}

impl EchoPanel {
    /// Heights hold as long as the cards are the same and as wide.
    fn prepare(&mut self, echoes: &Echoes, width: f32) {
        if self.number != echoes.number() || self.width != width {
            (self.number, self.width) = (echoes.number(), width);
            self.echoes.clear();
            self.findings.clear();
        }
        self.echoes.resize(echoes.cards().len(), 0.0);
        self.findings.resize(echoes.findings().len(), 0.0);
        self.hovered = None;
    }

    fn height(&mut self, stop: Stop) -> Option<&mut f32> {
        match stop {
            Stop::Group(_) => None,
            Stop::Echo(at) => self.echoes.get_mut(at),
            Stop::Finding(at) => self.findings.get_mut(at),
        }
    }
}

/// Draws the panel.
pub fn echoes_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 10, bottom: 4 }).show(ui, |ui| {
        local.echoes.prepare(&desk.echoes, ui.available_width());
        head_ui(ui, desk, theme, actions);
        ui.add_space(size::SPACE[1]);
        let salt = ("echoes", desk.echoes.shown.all);
        ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if desk.echoes.shown.all {
                groups::all_ui(ui, desk, theme, local, actions);
            } else {
                passage_ui(ui, desk, theme, local, actions);
            }
            ui.add_space(size::SPACE[4]);
        });
    });
}

/// Where the passage stands again; where none is looked at, what stands in most documents. Then the quotations.
fn passage_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    let echoes: Vec<Stop> = desk.echoes.stops().filter(|stop| matches!(stop, Stop::Echo(_))).collect();
    if echoes.is_empty() {
        empty_ui(ui, desk, theme);
    }
    list_ui(ui, desk, theme, local, &echoes, actions);
    if desk.echoes.passage().is_none() {
        groups::few_ui(ui, desk, theme, local, actions);
    } else if !desk.echoes.heads().left_out.is_empty() {
        ui.add_space(size::SPACE[1]);
        ui.label(font::meta().text(&desk.echoes.heads().left_out, theme.colors.text3));
    }
    ui.add_space(size::SPACE[4]);
    hairline(ui);
    ui.add_space(size::SPACE[3]);
    quotations_ui(ui, desk, theme, actions);
    let findings: Vec<Stop> = desk.echoes.stops().filter(|stop| matches!(stop, Stop::Finding(_))).collect();
    list_ui(ui, desk, theme, local, &findings, actions);
}

fn head_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let (echoes, colors) = (&desk.echoes, &theme.colors);
    let heads = echoes.heads();
    let shown = echoes.shown;
    ui.horizontal(|ui| {
        let mut scope = usize::from(shown.all);
        let choice = ui.add(Choice::new(&["This passage", "All documents"], &mut scope));
        if choice.changed() {
            actions.push(Action::Command(Command::AllEchoes));
        }
        // In a narrow panel the key stands in the bar at the bottom alone.
        if ui.available_width() > KEYCAP_ROOM {
            ui.add(Keycap::new(&cap(ui.ctx(), Command::AllEchoes)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::sign(Icon::Close, "Close the echoes")).clicked() {
                actions.push(Action::Command(Command::Echoes));
            }
        });
    });
    ui.add_space(size::SPACE[1]);
    let width = ui.available_width();
    let title = match (shown.all, heads.passage.as_str()) {
        (true, _) => "What stands in several documents",
        (false, "") => "Echoes",
        (false, words) => words,
    };
    super::widgets::elided(ui, title, &font::title(), colors.text, width);
    let searched = match shown.all {
        true if echoes.is_looking() => "Comparing all documents…",
        true => &heads.all,
        false if echoes.is_running() => "Searching…",
        false => &heads.searched,
    };
    if !searched.is_empty() {
        ui.label(font::meta().text(searched, colors.text3));
    }
    if !shown.all && !echoes.is_running() && !heads.stands.is_empty() {
        ui.label(font::meta().text(&heads.stands, colors.text2));
    }
    ui.add_space(size::SPACE[0]);
    let levels = heads.levels;
    let of_passage = !shown.all && echoes.passage().is_some();
    shown_ui(ui, shown, of_passage, levels, actions);
}

/// What is shown: levels, where a passage has echoes; ribbons.
fn shown_ui(
    ui: &mut Ui,
    shown: Shown,
    of_passage: bool,
    [verbatim, altered, statements, phrases]: [usize; 4],
    actions: &mut Vec<Action>,
) {
    let mut set = |shown: Shown| actions.push(Action::Echoes(EchoAction::Show(shown)));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        let toggle = |ui: &mut Ui, words: &str, on: bool, says: &str| {
            of_passage && ui.add(Button::quiet(words).on(on)).on_hover_text(says).clicked()
        };
        let says = "The same words in the same order";
        if toggle(ui, &format!("verbatim {verbatim}"), shown.verbatim, says) {
            set(Shown { verbatim: !shown.verbatim, ..shown });
        }
        if toggle(ui, &format!("altered {altered}"), shown.altered, "Nearly the same words") {
            set(Shown { altered: !shown.altered, ..shown });
        }
        let says = "Sentences that may say the same in other words: a guess, to be read";
        if toggle(ui, &format!("same statement? {statements}"), shown.statements, says) {
            set(Shown { statements: !shown.statements, ..shown });
        }
        let words =
            if shown.set_phrases { format!("set phrases {phrases}") } else { "set phrases".to_owned() };
        let says = "Offices, titles and formulas that stand everywhere: left out unless asked for";
        if toggle(ui, &words, shown.set_phrases, says) {
            set(Shown { set_phrases: !shown.set_phrases, ..shown });
        }
        let mut ribbons = shown.ribbons;
        let says = "Draw what neighboring columns have in common over the gap between them";
        if ui.add(Check::new(&mut ribbons, "ribbons")).on_hover_text(says).changed() {
            set(Shown { ribbons, ..shown });
        }
    });
}

/// Why there is no card. "No echo" is no proof of anything, and says so.
fn empty_ui(ui: &mut Ui, desk: &Desk, theme: &Theme) {
    let echoes = &desk.echoes;
    let hidden = echoes.cards().len();
    let words = if echoes.passage().is_none() {
        "Click into a sentence, select words or choose an annotation: what repeats it in the other documents \
         stands here."
            .to_owned()
    } else if echoes.is_running() {
        "Searching the other documents…".to_owned()
    } else if hidden > 0 {
        "None at the levels that are shown. The buttons above show more.".to_owned()
    } else {
        "No other place with this wording was found in the documents of this session. It may stand in others, or \
         in other words."
            .to_owned()
    };
    ui.label(font::text().text(words, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
}

/// What stands over the second part: how many of each verdict.
fn quotations_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let (echoes, colors) = (&desk.echoes, &theme.colors);
    let heads = echoes.heads();
    let width = ui.available_width();
    super::widgets::elided(ui, &heads.quotations, &font::title(), colors.text, width);
    if echoes.is_comparing() {
        ui.label(font::meta().text("Comparing all documents…", colors.text3));
        return;
    }
    let has_quotations = !heads.verdicts.is_empty();
    let words = match (has_quotations, heads.alerts + heads.aside) {
        (false, 0) => "No quoted stretch of three words or more, and no alert, in this document.",
        (false, _) => "No quoted stretch of three words or more.",
        (true, _) => {
            "Each quoted stretch with its best source among the other documents. Ours may be the copy that \
                      differs."
        }
    };
    ui.label(font::meta().text(words, colors.text3));
    ui.add_space(size::SPACE[1]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::SPACE[4], size::SPACE[0]);
        let mut figure = |number: usize, words: &str| {
            let mut job = LayoutJob::default();
            job.append(&number.to_string(), 0.0, font::figure(16.0).format(colors.text));
            job.append(words, size::SPACE[0], font::meta().format(colors.text2));
            // A figure and its word stay together; the next pair goes to a row of its own where there is no room.
            ui.add(egui::Label::new(job).extend());
        };
        for (number, words) in &heads.verdicts {
            figure(*number, words);
        }
        if heads.alerts > 0 {
            figure(heads.alerts, if heads.alerts == 1 { "alert" } else { "alerts" });
        }
    });
    if heads.aside > 0 {
        let shown = echoes.shown;
        let words = match shown.aside {
            true => format!("Hide {} put aside", heads.aside),
            false => format!("{} put aside", heads.aside),
        };
        if ui.add(Button::link(&words)).clicked() {
            actions.push(Action::Echoes(EchoAction::Show(Shown { aside: !shown.aside, ..shown })));
        }
    }
    ui.add_space(size::SPACE[2]);
}

/// The cards that are in view; all others only take their room.
fn list_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    stops: &[Stop],
    actions: &mut Vec<Action>,
) {
    let clip = ui.clip_rect();
    for stop in stops {
        let Some(card) = desk.echoes.card(*stop) else { continue };
        let known = local.echoes.height(*stop).map_or(0.0, |height| *height);
        let height = if known > 0.0 { known } else { GUESS };
        let top = ui.cursor().top();
        let is_wanted = desk.echoes.card_wanted && desk.echoes.at == Some(*stop);
        let rect = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        if is_wanted {
            ui.scroll_to_rect(rect, None);
            actions.push(Action::Echoes(EchoAction::CardShown));
        }
        if !is_wanted && (top > clip.bottom() || top + height < clip.top()) {
            ui.add_space(height);
            continue;
        }
        let hovered = card::card_ui(ui, desk, theme, (*stop, card), rect, actions);
        if hovered {
            local.echoes.hovered = Some(*stop);
        }
        let drawn = ui.cursor().top() - top;
        if let Some(height) = local.echoes.height(*stop)
            && (*height - drawn).abs() > 0.5
        {
            *height = drawn;
            // What can be pressed is laid out by the height of the frame before.
            ui.ctx().request_repaint();
        }
    }
}

/// What a card is called by a screen reader.
fn spoken(card: &Card) -> String {
    use crate::app::echoes::PieceKind;
    let mut words = format!("{}, {}", card.verdict, card.there_words);
    for piece in &card.pieces {
        let said = match piece.kind {
            PieceKind::Kept => continue,
            PieceKind::Removed => "without",
            PieceKind::Added => "with",
        };
        words.push_str(&format!("; {said} {}", piece.words));
    }
    words
}

/// The key of a command, for the buttons of the chosen card alone.
fn key(ui: &Ui, is_chosen: bool, command: Command) -> String {
    if is_chosen { cap(ui.ctx(), command) } else { String::new() }
}
