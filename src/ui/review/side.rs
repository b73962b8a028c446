//! Layers, what a merge left undecided, and the kinds of differences; below them their list.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, vec2};

use crate::app::review::{OpenLayer, Options, Shown, kind_words};
use crate::app::{Action, Command, Desk, Panel, Review, ReviewAction, Workspace, count};
use crate::review::compare::Kind;
use crate::review::diff::conflict_in_words;

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Check, Keycap, Row, paint_row, section_label};
use super::list::{list_head_ui, list_ui, tag_filter_ui};
use super::sign::sign_ui;

/// Draws the panel.
pub fn side_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(size::SPACE[1] as i8, 10)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        layers_ui(ui, workspace, desk, theme, actions);
        conflicts_ui(ui, desk, theme, actions);
        if desk.review.layers().is_empty() {
            return empty_ui(ui, theme, actions);
        }
        ui.add_space(size::SPACE[3]);
        kinds_ui(ui, workspace, desk, theme, actions);
        ui.add_space(size::SPACE[3]);
        list_head_ui(ui, desk, theme, actions);
        tag_filter_ui(ui, desk, theme, actions);
        list_ui(ui, desk, theme, actions);
    });
}

pub(super) fn label_ui(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::HIT);
        ui.add_space(size::SPACE[1]);
        section_label(ui, words);
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}

fn layers_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let review = &desk.review;
    label_ui(ui, "Layers", |ui| {
        let words = if workspace.small { "Lay over…" } else { "Lay a session over…" };
        if ui.add(Button::link(words)).on_hover_text(Command::OpenLayer.info().help).clicked() {
            actions.push(Action::Command(Command::OpenLayer));
        }
    });
    ui.add_space(size::SPACE[0]);
    if review.found().own_is_first || review.layers().is_empty() {
        let hidden = review.options.mine_hidden;
        let marks = desk.session().annotations.len().to_string();
        let (icon, says) =
            if hidden { (Icon::Hidden, "Show your own marks") } else { (Icon::Shown, "Hide your own marks") };
        let whose = match review.found().own_name.as_str() {
            "" => workspace.my_name(),
            name => name,
        };
        let row = layer_row(ui, theme, icon, whose, "mine, below the words", &marks, hidden);
        if row.on_hover_text(says).clicked() {
            let options = Options { mine_hidden: !hidden, ..review.options.clone() };
            actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
        }
    }
    for (at, layer) in review.layers().iter().enumerate() {
        layer_ui(ui, review, at, layer, theme, actions);
    }
    if review.layers().len() > 1 || review.options.names_hidden {
        ui.add_space(size::SPACE[0]);
        ui.horizontal(|ui| {
            ui.add_space(size::SPACE[2]);
            let mut hidden = review.options.names_hidden;
            if ui.add(Check::new(&mut hidden, "Hide names")).changed() {
                actions.push(Action::Command(Command::HideNames));
            }
            ui.add(Keycap::new(&cap(ui.ctx(), Command::HideNames)));
        });
    }
}

fn layer_ui(
    ui: &mut Ui,
    review: &Review,
    at: usize,
    layer: &OpenLayer,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let name = match review.options.names_hidden {
        true => format!("Reader {}", crate::app::review::letter(at)),
        false => layer.name.clone(),
    };
    let laid = review.found().layers.get(at);
    let (icon, state) = match layer.shown {
        Shown::Shown => (Icon::Shown, "above the words"),
        Shown::Hidden => (Icon::Hidden, "hidden"),
        Shown::Blind => (Icon::Hidden, "blind until I am done"),
    };
    let marks = layer.session.annotations.len().to_string();
    let row = layer_row(ui, theme, icon, &name, state, &marks, layer.shown != Shown::Shown);
    let file = layer.path.display().to_string();
    let row = row.on_hover_text(format!("{file}\nClick: show or hide. Right click: alone, blind, close"));
    if row.clicked() {
        let shown = if layer.shown == Shown::Shown { Shown::Hidden } else { Shown::Shown };
        actions.push(Action::Review(ReviewAction::Show(at, shown)));
    }
    egui::Popup::context_menu(&row).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(320.0);
        let mut item = |ui: &mut Ui, words: &str, action: ReviewAction| {
            if ui.add(Row::new(words)).clicked() {
                actions.push(Action::Review(action));
                ui.close();
            }
        };
        item(ui, "Show", ReviewAction::Show(at, Shown::Shown));
        item(ui, "Hide", ReviewAction::Show(at, Shown::Hidden));
        item(ui, "Show it alone, or all again", ReviewAction::ShowAlone(at));
        item(ui, "Blind: hidden until I have done the document", ReviewAction::Show(at, Shown::Blind));
        item(ui, "Match its tags and statements…", ReviewAction::AskMapping(at));
        item(ui, "Read the file again", ReviewAction::ReadAgain(at));
        item(ui, "Take it away", ReviewAction::Close(at));
    });
    let Some(laid) = laid else { return };
    let mut tell = |ui: &mut Ui, words: &str, action: Option<ReviewAction>| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[0];
            ui.add_space(34.0);
            ui.label(font::meta().text(words, theme.colors.text2));
            if let Some(action) = action
                && ui.add(Button::link("Match them…")).clicked()
            {
                actions.push(Action::Review(action));
            }
        });
    };
    if !laid.unknown_tags.is_empty() {
        let words = count(laid.unknown_tags.len(), "tag");
        tell(ui, &format!("{words} not matched"), Some(ReviewAction::AskMapping(at)));
    }
    if !laid.unmatched.is_empty() {
        tell(ui, &format!("{} of theirs not here", count(laid.unmatched.len(), "document")), None);
    }
    for told in crate::app::review::text_changes(laid) {
        tell(ui, &told, None);
    }
}

/// An eye, a name, what is said of it, how many marks.
fn layer_row(
    ui: &mut Ui,
    theme: &Theme,
    icon: Icon,
    name: &str,
    state: &str,
    marks: &str,
    dim: bool,
) -> egui::Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::LIST_ROW + 1.0), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::Role::ListBoxOption,
            true,
            !dim,
            format!("Layer {name}, {state}, {marks}"),
        )
    });
    paint_row(ui, rect, &response, false);
    let colors = &theme.colors;
    let middle = rect.center().y;
    let painter = ui.painter();
    let mut x = rect.left() + 10.0;
    let line = |role: font::Role, words: &str, color| role.line(ui.ctx(), words, color);
    let sign = line(font::icon_beside(), &icon.glyph().to_string(), colors.text2);
    painter.galley(egui::pos2(x, middle - sign.size().y / 2.0), sign.clone(), colors.text2);
    x += sign.size().x + size::ICON_TO_WORD;
    let number = line(font::text(), marks, colors.text2);
    let right = rect.right() - 10.0 - number.size().x;
    painter.galley(egui::pos2(right, middle - number.size().y / 2.0), number, colors.text2);
    let color = if dim { colors.text3 } else { colors.text };
    let words = line(font::on(), &shortened(name, 24), color);
    painter.galley(egui::pos2(x, middle - words.size().y / 2.0), words.clone(), color);
    x += words.size().x + size::SPACE[1];
    let said = line(font::text(), state, colors.text3);
    if x + said.size().x < right - 6.0 {
        painter.galley(egui::pos2(x, middle - said.size().y / 2.0), said, colors.text3);
    }
    response
}

/// What a merge left undecided: both versions, and which is to stand.
fn conflicts_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let conflicts = &desk.session().conflicts;
    if conflicts.is_empty() {
        return;
    }
    ui.add_space(size::SPACE[3]);
    label_ui(ui, "Changed in both when merged", |ui| {
        ui.add_space(size::SPACE[1]);
        ui.label(font::meta().text(conflicts.len().to_string(), theme.colors.text2));
    });
    // One after the other: the next comes when this one is settled.
    let Some(first) = conflicts.first() else { return };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(10, 2)).show(ui, |ui| {
        let words = conflict_in_words(first, desk.session());
        ui.label(font::text().text(words, theme.colors.text));
        ui.add_space(size::SPACE[0]);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            for (words, stays) in [("Leave it so", true), ("Take the other", false)] {
                if ui.add(Button::plain(words)).clicked() {
                    actions.push(Action::Review(ReviewAction::Settle(Box::new(first.clone()), stays)));
                }
            }
        });
    });
}

fn empty_ui(ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[3]);
    let says = "No colleague's session lies over this one yet. Lay one over it to see, passage by passage, where you \
                agree and where you differ. Nothing in it is changed.";
    egui::Frame::new().inner_margin(egui::Margin::symmetric(10, 0)).show(ui, |ui| {
        ui.label(font::text().text(says, theme.colors.text2));
        ui.add_space(size::SPACE[2]);
        let key = cap(ui.ctx(), Command::OpenLayer);
        if ui.add(Button::primary("Lay a session over…").keycap(&key)).clicked() {
            actions.push(Action::Command(Command::OpenLayer));
        }
    });
}

/// What is decided, and which kinds are listed.
fn kinds_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let review = &desk.review;
    let (found, options) = (review.found(), &review.options);
    let (decided, all) = review.progress();
    label_ui(ui, "Differences", |ui| {
        let words = match review.is_computing() {
            true => "being compared…".to_owned(),
            false => format!("{decided} of {all} decided"),
        };
        ui.add_space(size::SPACE[1]);
        ui.label(font::meta().text(words, theme.colors.text2));
    });
    let width = ui.available_width();
    let (rect, bar) = ui.allocate_exact_size(vec2(width, 9.0), Sense::hover());
    bar.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, format!("{decided} of {all} decided"))
    });
    let track = Rect::from_center_size(rect.center(), vec2(width - 20.0, 4.0));
    ui.painter().rect_filled(track, 2.0, theme.colors.line);
    let share = if all == 0 { 0.0 } else { decided as f32 / all as f32 };
    let done = Rect::from_min_size(track.min, vec2(track.width() * share, track.height()));
    ui.painter().rect_filled(done, 2.0, theme.colors.accent);
    ui.add_space(size::SPACE[1]);
    let mut change = None;
    for kind in Kind::ALL {
        let number = found.counts.get(&kind).copied().unwrap_or(0);
        let is_rare = kind == Kind::EndsAndTag;
        if number == 0 && is_rare {
            continue;
        }
        let on = !options.left_out.contains(&kind);
        if kind_row(ui, theme, Some((kind, false)), &kind_words(kind, found), number, on) {
            let mut options = options.clone();
            match on {
                true => options.left_out.insert(kind),
                false => options.left_out.remove(&kind),
            };
            change = Some(options);
        }
    }
    if found.slight > 0
        && kind_row(ui, theme, Some((Kind::Ends, true)), "punctuation only", found.slight, options.slight)
    {
        change = Some(Options { slight: !options.slight, ..options.clone() });
    }
    let otherwise = found.said_otherwise;
    let shown = !options.same_place_hidden;
    if otherwise > 0
        && kind_row(ui, theme, Some((Kind::Agree, false)), "same mark, said otherwise", otherwise, shown)
    {
        change = Some(Options { same_place_hidden: shown, ..options.clone() });
    }
    if found.decided > 0 && kind_row(ui, theme, None, "decided", found.decided, !options.undecided) {
        change = Some(Options { undecided: !options.undecided, ..options.clone() });
    }
    if !workspace.shows(Panel::Inspector) {
        ui.horizontal(|ui| {
            ui.add_space(size::SPACE[2]);
            let key = cap(ui.ctx(), Command::Agreement);
            if ui.add(Button::link("Agreement in figures").keycap(&key)).clicked() {
                actions.push(Action::Command(Command::Agreement));
            }
        });
    }
    if let Some(options) = change {
        actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
    }
}

/// A sign, a box to check, a name and a number; true when it was switched.
fn kind_row(
    ui: &mut Ui,
    theme: &Theme,
    sign: Option<(Kind, bool)>,
    words: &str,
    number: usize,
    on: bool,
) -> bool {
    let mut switched = false;
    ui.horizontal(|ui| {
        ui.set_min_height(size::LIST_ROW);
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.add_space(size::SPACE[0]);
        match sign {
            Some((kind, slight)) => sign_ui(ui, kind, slight, theme.colors.text2),
            None => {
                ui.add_space(1.0);
                ui.label(Icon::Check.text(theme).size(14.0).color(theme.colors.accent));
            }
        }
        let mut checked = on;
        switched = ui.add(Check::new(&mut checked, words)).changed();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::SPACE[1]);
            ui.label(font::text().text(number.to_string(), theme.colors.text2));
        });
    });
    switched
}
