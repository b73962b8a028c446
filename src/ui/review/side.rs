//! Layers, kinds of differences, and the list of them.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, vec2};

use crate::app::review::{CaseMark, Found, OpenLayer, Options, Shown, Sides, kind_words, layer_name};
use crate::app::{Action, Command, Desk, Panel, Review, ReviewAction, Workspace, count};
use crate::model::TagId;
use crate::review::cases::State;
use crate::review::compare::Kind;
use crate::review::diff::conflict_in_words;

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{
    Button, Check, Keycap, LetterForm, Row, elided, paint_letter_box, paint_row, section_label,
};
use super::sign::{paint_sign, sign_ui};

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

fn label_ui(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
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
        let whose = if desk.session().annotations.is_empty() {
            workspace.my_name().to_owned()
        } else {
            layer_name(desk.session())
        };
        let row = layer_row(ui, theme, icon, &whose, "mine, below the words", &marks, hidden);
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
        false => layer_name(&layer.session),
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

fn list_head_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let options = &desk.review.options;
    ui.horizontal(|ui| {
        ui.set_min_height(size::HIT);
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let words = if options.by_weight { "By weight" } else { "In the text's order" };
        let order = ui.add(Button::quiet(words).after(Icon::CaretDown));
        egui::Popup::menu(&order).frame(theme.popup_frame()).show(|ui| {
            ui.set_width(250.0);
            let mut item = |ui: &mut Ui, words: &str, on: bool, options: Options| {
                if ui.add(Row::new(words).on(on)).clicked() {
                    actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
                    ui.close();
                }
            };
            let with = |by_weight| Options { by_weight, ..options.clone() };
            item(ui, "In the order of the documents", !options.by_weight, with(false));
            item(ui, "Those that weigh most first", options.by_weight, with(true));
            let all = Options { all_documents: !options.all_documents, ..options.clone() };
            item(ui, "Documents not finished too", options.all_documents, all);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::SPACE[1]);
            for (command, words) in [(Command::PreviousDifference, "back"), (Command::NextDifference, "next")]
            {
                ui.add(Keycap::new(&cap(ui.ctx(), command)));
                ui.label(font::meta().text(words, theme.colors.text3));
            }
        });
    });
}

/// Of which tag alone differences are listed, and the way back to all.
fn tag_filter_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let options = &desk.review.options;
    let Some(id) = &options.tag else { return };
    let name = desk.session().scheme.tag(id).map_or(id.as_str(), |tag| &tag.name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.add_space(size::SPACE[0]);
        ui.label(font::text().text(format!("Only where someone has {name}"), theme.colors.text2));
        if ui.add(Button::link("All tags")).clicked() {
            let options = Options { tag: None, ..options.clone() };
            actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
        }
    });
}

/// The differences, one a row; only those in view are drawn.
fn list_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let review = &desk.review;
    let found = review.found();
    let chosen = review.chosen_row();
    let row_height = size::LIST_ROW + 1.0;
    egui::ScrollArea::vertical().id_salt("differences").auto_shrink([false, false]).show_viewport(
        ui,
        |ui, view| {
            let count_of_rows = found.listed.len();
            if count_of_rows == 0 {
                ui.add_space(size::SPACE[1]);
                nothing_ui(ui, review, theme);
            }
            let top = ui.cursor().top();
            let first = ((view.min.y / row_height).floor().max(0.0) as usize).min(count_of_rows);
            let last = ((view.max.y / row_height).ceil().max(0.0) as usize + 1).min(count_of_rows);
            let width = ui.available_width();
            for row in first..last {
                let rect = Rect::from_min_size(
                    egui::pos2(ui.max_rect().left(), top + row as f32 * row_height),
                    vec2(width, row_height),
                );
                let case = &found.cases[found.listed[row]];
                case_row(ui, desk, found, case, rect, chosen == Some(row), theme, actions);
            }
            if review.row_wanted
                && let Some(row) = chosen
            {
                let y = top + row as f32 * row_height;
                ui.scroll_to_rect(
                    Rect::from_x_y_ranges(ui.max_rect().x_range(), y - 30.0..=y + row_height + 30.0),
                    None,
                );
                actions.push(Action::Review(ReviewAction::RowShown));
            }
            ui.allocate_space(vec2(width, count_of_rows as f32 * row_height));
            left_out_ui(ui, desk, found, theme, actions);
        },
    );
}

fn nothing_ui(ui: &mut Ui, review: &Review, theme: &Theme) {
    let found = review.found();
    let words = if review.is_computing() {
        "Being compared…"
    } else if found.cases.is_empty() && !found.not_compared.is_empty() {
        "No document has been finished by all readers yet: mark those that you have read to the end as done."
    } else if found.cases.is_empty() {
        "No reader has marked anything in the documents that all have."
    } else if review.options.undecided {
        "Nothing of these kinds waits for a decision."
    } else {
        "No difference of these kinds."
    };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(10, 0)).show(ui, |ui| {
        ui.label(font::text().text(words, theme.colors.text2));
    });
}

#[expect(clippy::too_many_arguments, reason = "a row shows all of these")]
fn case_row(
    ui: &mut Ui,
    desk: &Desk,
    found: &Found,
    case: &Sides,
    rect: Rect,
    on: bool,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let id = ui.scope_id().with(("case", case.key()));
    let response = ui.interact(rect, id, Sense::click());
    let place = crate::app::review::place_words(desk, case);
    let detail = crate::app::review::detail_words(desk, case, found);
    let kind = kind_words(case.kind, found);
    response.widget_info(|| {
        let state = match case.case.state {
            State::Open => "open",
            State::Decided(_) => "decided",
            State::Changed(_) => "changed since it was decided",
        };
        let words = format!("{kind}, {place}, {detail}, {state}");
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, words)
    });
    paint_row(ui, rect, &response, on);
    let colors = &theme.colors;
    let painter = ui.painter();
    let middle = rect.center().y;
    let line = |role: font::Role, words: &str, color| role.line(ui.ctx(), words, color);
    let put = |x: f32, galley: std::sync::Arc<egui::Galley>, color| {
        painter.galley(egui::pos2(x, middle - galley.size().y / 2.0), galley, color);
    };
    let mut x = rect.left() + 10.0;
    paint_sign(painter, case.kind, case.slight, egui::pos2(x + 6.0, middle), colors.text);
    x += 20.0;
    for mark in &case.marks {
        let place = Rect::from_center_size(egui::pos2(x + 8.0, middle), vec2(16.0, 17.0));
        match mark {
            Some(mark) => mark_box(ui, desk, found, mark, place, theme),
            None => put(x + 5.0, line(font::text(), "–", colors.text3), colors.text3),
        }
        x += 22.0;
    }
    x += 4.0;
    let mut right = rect.right() - 8.0;
    let state = match case.case.state {
        State::Open => None,
        State::Decided(_) => Some((Icon::Check, colors.accent)),
        State::Changed(_) => Some((Icon::Refresh, colors.conflict)),
    };
    if let Some((icon, color)) = state {
        let sign = line(font::icon_beside(), &icon.glyph().to_string(), color);
        right -= sign.size().x;
        put(right, sign, color);
        right -= 6.0;
    }
    let word_color = if case.is_decided() { colors.text3 } else { colors.text };
    let place_role = if on { font::on() } else { font::text() };
    let full = line(place_role.clone(), &place, word_color);
    let room = (right - x).max(0.0);
    let said = line(font::meta(), &detail, colors.text3);
    let place_width = full.size().x.min(room);
    let mut job = egui::text::LayoutJob::single_section(place, place_role.format(word_color));
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    put(x, painter.layout_job(job), word_color);
    if !detail.is_empty() {
        let left = room - place_width - 10.0;
        if said.size().x <= left {
            put(right - said.size().x, said, colors.text3);
        } else if left > 46.0 {
            let mut job =
                egui::text::LayoutJob::single_section(detail.clone(), font::meta().format(colors.text3));
            job.wrap = egui::text::TextWrapping::truncate_at_width(left);
            let cut = painter.layout_job(job);
            put(right - cut.size().x, cut, colors.text3);
        }
    }
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(360.0);
        ui.label(font::text().text(hover_words(desk, found, case, &detail), colors.text));
    });
    if response.clicked() {
        actions.push(Action::Review(ReviewAction::Choose(case.key())));
    }
}

fn hover_words(desk: &Desk, found: &Found, case: &Sides, detail: &str) -> String {
    let kind = kind_words(case.kind, found);
    let text = desk
        .document(&case.case.document)
        .map(|(document, cache)| cache.rendering.plain_text(document.text(), case.case.span));
    let words = shortened(&text.unwrap_or_default().replace('\n', " "), 160);
    match detail {
        "" => format!("{}\n“{words}”", crate::app::capitalized(&kind)),
        detail => format!("{}: {detail}\n“{words}”", crate::app::capitalized(&kind)),
    }
}

/// The letter of a mark's tag.
fn mark_box(ui: &Ui, desk: &Desk, found: &Found, mark: &CaseMark, place: Rect, theme: &Theme) {
    let own = |id: &TagId| desk.session().scheme.tag(id).cloned();
    let tag = mark.tag.as_ref().and_then(own).or_else(|| found.scheme.tag(&mark.annotation.tag).cloned());
    let Some(tag) = tag else { return };
    let form = if mark.annotation.unsure { LetterForm::Unsure } else { LetterForm::Plain };
    paint_letter_box(ui.painter(), theme, place, tag.letter, theme.tag(tag.color, tag.retired), form);
}

/// What is not compared, and why; links that differ.
fn left_out_ui(ui: &mut Ui, desk: &Desk, found: &Found, theme: &Theme, actions: &mut Vec<Action>) {
    let say = |ui: &mut Ui, words: &str| {
        egui::Frame::new().inner_margin(egui::Margin { left: 10, right: 6, top: 0, bottom: 4 }).show(
            ui,
            |ui| {
                ui.label(font::text().text(words, theme.colors.text2));
            },
        );
    };
    if !found.not_compared.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Not compared", |ui| {
            if ui.add(Button::link("Compare all the same")).clicked() {
                let options = Options { all_documents: true, ..desk.review.options.clone() };
                actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
            }
        });
        for left in &found.not_compared {
            say(ui, &crate::app::review::not_compared_words(desk, found, left));
        }
    }
    let lost = crate::app::review::not_carried_words(desk, found);
    if !lost.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Without a sure place", |_| {});
        for words in &lost {
            say(ui, words);
        }
    }
    let links = crate::app::review::link_words(desk, found);
    if !links.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Links that differ", |_| {});
        for (words, at) in &links {
            ui.horizontal(|ui| {
                ui.add_space(size::SPACE[1]);
                let width = ui.available_width() - 8.0;
                let response = elided(ui, words, &font::text(), theme.colors.text, width);
                let response = response.interact(Sense::click()).on_hover_text(words);
                if response.clicked()
                    && let Some(case) = at.and_then(|id| found.case_of(id))
                {
                    actions.push(Action::Review(ReviewAction::Choose(case.key())));
                }
            });
            ui.add_space(size::SPACE[0]);
        }
    }
}
