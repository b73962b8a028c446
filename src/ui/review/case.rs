//! The difference that is looked at: what each reader has marked, to the character, what was said of it, and the keys
//! that decide.

use eframe::egui;
use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, Key, Layout, Modifiers, Ui};

use crate::app::review::{CaseMark, Found, REASONS, Sides, detail_words, kind_words, place_words};
use crate::app::{Access, Action, Command, Desk, ReviewAction, Said, Workspace};
use crate::model::{AnnotationId, Comment, CommentStatus, Decision, Span, Verdict};
use crate::review::cases::State;
use crate::review::compare::Kind;
use crate::text::Rendering;

use super::super::app::Local;
use super::super::icons::Icon;
use super::super::inspector::time_words;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Row, TagBox, elided, letter_form};

/// Height of the panel, of the room that text and panel share.
pub fn height(desk: &Desk, available: f32) -> f32 {
    let readers = desk.review.found().names.len().clamp(2, 4) as f32;
    (148.0 + readers * 48.0).min(available * 0.5)
}

/// Draws the panel.
pub fn case_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    let top = ui.max_rect();
    ui.painter().hline(top.x_range(), top.top(), egui::Stroke::new(size::STROKE, theme.colors.hair));
    egui::Frame::new().inner_margin(egui::Margin { left: 18, right: 18, top: 8, bottom: 8 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let found = desk.review.found();
        let case = desk.review.chosen.as_ref().and_then(|key| found.case(key));
        let Some(case) = case else { return nothing_ui(ui, desk, theme) };
        head_ui(ui, desk, found, case, theme);
        ui.add_space(size::SPACE[0]);
        let below = 74.0;
        let room = (ui.available_height() - below).max(60.0);
        egui::ScrollArea::vertical()
            .id_salt(("case", case.key()))
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for reader in 0..case.marks.len() {
                    reader_ui(ui, desk, found, case, reader, theme, local, actions);
                }
                if let Some(at) = case.decision()
                    && let Some(decision) = desk.session().decisions.get(at)
                {
                    decided_ui(ui, desk, case, decision, theme);
                }
            });
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            why_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[1]);
            ui.allocate_ui_with_layout(
                egui::vec2(ui.available_width(), size::CONTROL),
                Layout::left_to_right(Align::Center),
                |ui| {
                    verdicts_ui(ui, desk, found, case, actions);
                },
            );
        });
    });
}

fn nothing_ui(ui: &mut Ui, desk: &Desk, theme: &Theme) {
    let words = match desk.review.found().listed.is_empty() {
        true => "No difference is listed",
        false => {
            "No difference is looked at: choose one at the left, or go to the first with the key for “next”"
        }
    };
    ui.add_space(size::SPACE[1]);
    ui.label(font::text().text(words, theme.colors.text2));
}

fn head_ui(ui: &mut Ui, desk: &Desk, found: &Found, case: &Sides, theme: &Theme) {
    let colors = &theme.colors;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        super::sign::sign_ui(ui, case.kind, case.slight, colors.text);
        let words = crate::app::capitalized(&kind_words(case.kind, found));
        ui.label(font::on().text(words, colors.text));
        let detail = detail_words(desk, case, found);
        if !detail.is_empty() {
            ui.label(font::text().text(format!("· {detail}"), colors.text2));
        }
        if case.also && case.kind != Kind::Agree {
            ui.label(font::text().text("· statement, voice, attributes or doubt differ too", colors.text2));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let row = desk
                .review
                .chosen_row()
                .map_or(String::new(), |row| format!("difference {} of {} · ", row + 1, found.listed.len()));
            let width = ui.available_width();
            let words = format!("{row}{}", place_words(desk, case, 40));
            elided(ui, &words, &font::meta(), colors.text3, width);
        });
    });
}

#[expect(clippy::too_many_arguments, reason = "a row shows all of these")]
fn reader_ui(
    ui: &mut Ui,
    desk: &Desk,
    found: &Found,
    case: &Sides,
    reader: usize,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    let name = found.names.get(reader).map_or("", String::as_str);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.allocate_ui_with_layout(egui::vec2(110.0, 24.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(egui::vec2(110.0, 24.0));
            elided(ui, name, &font::on(), colors.text, 106.0);
        });
        let Some(mark) = case.marks.get(reader).and_then(Option::as_ref) else {
            ui.allocate_ui_with_layout(egui::vec2(200.0, 24.0), Layout::left_to_right(Align::Center), |ui| {
                let read = case.has_read.get(reader).copied().unwrap_or(false);
                let says = if read { "nothing here" } else { "has not finished this document" };
                ui.label(font::aside().text(says, colors.text3));
            });
            return;
        };
        let scheme = &desk.session().scheme;
        let tag = mark.tag.as_ref().and_then(|id| scheme.tag(id));
        if let Some(tag) = tag.or_else(|| found.scheme.tag(&mark.annotation.tag)) {
            ui.allocate_ui_with_layout(egui::vec2(20.0, 24.0), Layout::left_to_right(Align::Center), |ui| {
                ui.add(TagBox::of(tag).form(letter_form(mark.annotation.unsure, false)));
            });
        }
        ui.vertical(|ui| {
            let width = ui.available_width();
            let mut job = passage_job(desk, case, mark, theme);
            job.wrap.max_width = width;
            job.wrap.max_rows = 3;
            ui.add(egui::Label::new(job).wrap());
            said_ui(ui, desk, found, case, mark, theme);
            talk_ui(ui, desk, found, reader, mark, theme, local, actions);
        });
    });
    ui.add_space(size::SPACE[0]);
}

/// The passage, with what the others have not marked underlaid, and a little of what stands around it.
fn passage_job(desk: &Desk, case: &Sides, mark: &CaseMark, theme: &Theme) -> LayoutJob {
    let colors = &theme.colors;
    let mut job = LayoutJob::default();
    let Some((document, cache)) = desk.document(&case.case.document) else { return job };
    let (text, rendering) = (document.text(), &cache.rendering);
    let role = font::passage();
    let plain = role.format(colors.text);
    let mut added = role.format(colors.text);
    added.background = colors.added;
    added.underline = egui::Stroke::new(1.0, colors.text);
    let outside = role.format(colors.text3);
    // What all who have marked something here share.
    let others = || case.marks.iter().flatten();
    let core_start = others().map(|mark| mark.span.start()).max().unwrap_or(mark.span.start());
    let core_end = others().map(|mark| mark.span.end()).min().unwrap_or(mark.span.end());
    let several = others().count() > 1 && core_start < core_end;
    let mut put = |from: usize, to: usize, format: &egui::TextFormat| {
        let words = words_in(rendering, text, from, to);
        if !words.is_empty() {
            job.append(&words, 0.0, format.clone());
        }
    };
    let (start, end) = (mark.span.start(), mark.span.end());
    if several {
        // The middle of what is common is not what one looks at.
        put(start, core_start, &added);
        let middle = words_in(rendering, text, core_start, core_end);
        let format = &plain;
        let (head, tail) = ends_of(&middle);
        let _ = &mut put;
        job.append(&head, 0.0, format.clone());
        if let Some(tail) = tail {
            job.append(" … ", 0.0, outside.clone());
            job.append(&tail, 0.0, format.clone());
        }
        let after = words_in(rendering, text, core_end, end);
        if !after.is_empty() {
            job.append(&after, 0.0, added.clone());
        }
    } else {
        put(start, end, &plain);
    }
    job
}

/// The first and the last words of what is long; all of what is short.
fn ends_of(words: &str) -> (String, Option<String>) {
    const EACH: usize = 90;
    let all: Vec<char> = words.chars().collect();
    if all.len() <= 2 * EACH + 20 {
        return (words.to_owned(), None);
    }
    let head: String = all[..EACH].iter().collect();
    let tail: String = all[all.len() - EACH..].iter().collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head).to_owned();
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail).to_owned();
    (head, Some(tail))
}

fn words_in(rendering: &Rendering, text: &str, from: usize, to: usize) -> String {
    Span::new(from, to).map(|span| rendering.plain_text(text, span).replace('\n', " ")).unwrap_or_default()
}

/// Statement, voice and note, where there are any.
fn said_ui(ui: &mut Ui, desk: &Desk, found: &Found, case: &Sides, mark: &CaseMark, theme: &Theme) {
    let it = &mark.annotation;
    let theirs = found.in_layers(it.id).map(|(at, _)| &found.layers[at].session);
    let session = theirs.map_or(desk.session(), |theirs| theirs);
    let mut parts = Vec::new();
    if case.also {
        if let Some(statement) = it.statement.and_then(|id| session.statements.get(&id)) {
            parts.push(format!("about “{}”", statement.name));
        }
        let voices: Vec<&str> = it
            .voice
            .iter()
            .filter_map(|id| session.actors.get(id))
            .map(|actor| actor.name.as_str())
            .collect();
        if !voices.is_empty() {
            parts.push(format!("said by {}", voices.join(", reporting ")));
        }
        parts.extend(it.attributes.iter().map(|(id, value)| format!("{id}: {value}")));
        if it.unsure {
            parts.push("unsure".to_owned());
        }
    }
    if !it.note.is_empty() {
        parts.push(format!("note: {}", it.note.replace('\n', " ")));
    }
    if !parts.is_empty() {
        ui.label(font::meta().text(parts.join(" · "), theme.colors.text2));
    }
}

/// What was said of a mark, and a field to say something.
#[expect(clippy::too_many_arguments, reason = "a talk needs the mark, its reader and where one types")]
fn talk_ui(
    ui: &mut Ui,
    desk: &Desk,
    found: &Found,
    reader: usize,
    mark: &CaseMark,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let id = mark.annotation.id;
    let layer = found.layer_of(reader);
    let session = layer.map_or(desk.session(), |at| &found.layers[at].session);
    for comment in &mark.annotation.comments {
        comment_ui(ui, session.annotator_name(&comment.author), id, comment, false, theme, local, actions);
    }
    let remarks = desk.session().remarks.iter().filter(|remark| remark.annotation == id);
    for remark in remarks {
        let who = desk.session().annotator_name(&remark.comment.author);
        comment_ui(ui, who, id, &remark.comment, true, theme, local, actions);
    }
    let Some(open) = local.remarks.get_mut(&id) else { return };
    let mut said = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let field =
            Field::new(&mut open.text, "Comment").placeholder("Say something about this mark").width(360.0);
        let response = ui.add(field.id(egui::Id::unique(("remark", id.0))));
        if std::mem::take(&mut open.fresh) {
            response.request_focus();
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
            || response.has_focus()
                && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let mut status = None;
        for (word, stands) in [
            ("Agree", CommentStatus::Accepted),
            ("Question", CommentStatus::Questioned),
            ("Disagree", CommentStatus::Rejected),
        ] {
            if ui.add(Button::plain(word)).clicked() {
                status = Some(Some(stands));
            }
        }
        if ui.add(Button::plain("Just say it").keycap("Enter")).clicked() || enter {
            status = Some(None);
        }
        if let Some(status) = status {
            said = Some(Said { text: open.text.clone(), status, reply_to: open.reply_to });
        }
    });
    if let Some(said) = said {
        // Where it will be refused, what was written stays in its field.
        if desk.access != Access::ReadOnly {
            local.remarks.remove(&id);
        }
        actions.push(match layer {
            Some(at) => Action::Review(ReviewAction::Remark(at, id, said)),
            None => Action::AddComment(id, said),
        });
    }
}

#[expect(clippy::too_many_arguments, reason = "a comment needs its mark and where one answers")]
fn comment_ui(
    ui: &mut Ui,
    who: &str,
    annotation: AnnotationId,
    comment: &Comment,
    own: bool,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let status = comment.status.map(status_words).unwrap_or_default();
        let between = if comment.text.is_empty() || status.is_empty() { "" } else { ": " };
        let words = format!("{who}: {status}{between}{} · {}", quoted(&comment.text), time_words(comment.at));
        ui.label(font::meta().text(words, theme.colors.text2));
        if own && ui.add(Button::link("Take back")).clicked() {
            actions.push(Action::Review(ReviewAction::RemoveRemark(comment.id)));
        }
        if !own && ui.add(Button::link("Answer")).clicked() {
            local.open_remark(annotation, Some(comment.id));
        }
    });
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("“{words}”") }
}

/// The mark of the difference that is looked at of which something would be said: a colleague's rather than one's own.
pub fn remark_on(workspace: &Workspace) -> Option<AnnotationId> {
    let desk = workspace.desk.as_ref()?;
    let found = desk.review.found();
    let case = found.case(desk.review.chosen.as_ref()?)?;
    let of_theirs = case.marks.iter().skip(usize::from(found.own_is_first)).flatten().next();
    let mark = of_theirs.or_else(|| case.marks.iter().flatten().next())?;
    Some(mark.annotation.id)
}

/// What a reviewer thinks of a mark.
pub fn status_words(status: CommentStatus) -> &'static str {
    match status {
        CommentStatus::Accepted => "agrees",
        CommentStatus::Questioned => "questions it",
        CommentStatus::Rejected => "disagrees",
    }
}

fn decided_ui(ui: &mut Ui, desk: &Desk, case: &Sides, decision: &Decision, theme: &Theme) {
    let what = match decision.verdict {
        Verdict::Mine => "for your own",
        Verdict::Theirs => "for a colleague’s",
        Verdict::Both => "to keep all",
        Verdict::New => "for a new one",
        Verdict::Neither => "to reject all",
        Verdict::Rule => "by the rule for what all agree on",
    };
    let who = desk.session().annotator_name(&decision.by);
    let mut words = format!("Decided {what} by {who} · {}", time_words(decision.at));
    for more in [&decision.reason, &decision.note] {
        if !more.is_empty() {
            words.push_str(" · ");
            words.push_str(more);
        }
    }
    if let State::Changed(_) = case.case.state {
        words.push_str(" · since then a mark has changed, come or gone: look again");
    }
    let color = if case.is_decided() { theme.colors.text2 } else { theme.colors.conflict };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::ICON_TO_WORD;
        let icon = if case.is_decided() { Icon::Check } else { Icon::Refresh };
        ui.label(icon.text(theme).size(14.0).color(color));
        ui.label(font::meta().text(words, color));
    });
}

fn verdicts_ui(ui: &mut Ui, desk: &Desk, found: &Found, case: &Sides, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = size::SPACE[1];
    let narrow = ui.available_width() < 900.0;
    let decision = case.decision().and_then(|at| desk.session().decisions.get(at)).map(|it| it.verdict);
    for reader in 0..case.marks.len().min(4) {
        let command = Command::Take(reader as u8 + 1);
        let name = found.names.get(reader).map_or("", String::as_str);
        let words = match name {
            "Mine" => "Take mine".to_owned(),
            name if narrow => format!("{}’s", crate::app::shortened(name, 12)),
            name => format!("Take {}’s", crate::app::shortened(name, 16)),
        };
        let has = case.marks[reader].is_some();
        let key = cap(ui.ctx(), command);
        let first = reader == 0 && case.case.state == State::Open && has;
        let button = if first { Button::primary(&words) } else { Button::plain(&words) };
        let button = button.keycap(&key).disabled((!has).then_some("this reader has marked nothing here"));
        if ui.add(button).clicked() {
            actions.push(Action::Command(command));
        }
    }
    let all = if case.marks.len() == 2 { ("Keep both", "Reject both") } else { ("Keep all", "Reject all") };
    for (command, words, verdict) in [
        (Command::KeepAll, all.0, Some(Verdict::Both)),
        (Command::MakeNew, if narrow { "New…" } else { "Make a new one…" }, Some(Verdict::New)),
        (Command::RejectAll, all.1, Some(Verdict::Neither)),
    ] {
        let key = cap(ui.ctx(), command);
        let button = Button::plain(words).keycap(&key).on(decision.is_some() && decision == verdict);
        if ui.add(button).on_hover_text(command.info().help).clicked() {
            actions.push(Action::Command(command));
        }
    }
    if case.decision().is_some() {
        let key = cap(ui.ctx(), Command::DecideAgain);
        if ui.add(Button::link("Take the decision back").keycap(&key)).clicked() {
            actions.push(Action::Command(Command::DecideAgain));
        }
    }
}

/// The reason from the short list, and a note.
fn why_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let review = &desk.review;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.label(font::text().text("Reason", theme.colors.text2));
        let shown = if review.reason.is_empty() { "none given" } else { review.reason.as_str() };
        let choice = ui.add(Button::plain(shown).after(Icon::CaretDown));
        egui::Popup::menu(&choice).frame(theme.popup_frame()).show(|ui| {
            ui.set_width(240.0);
            for reason in std::iter::once("").chain(REASONS) {
                let words = if reason.is_empty() { "none given" } else { reason };
                if ui.add(Row::new(words).on(reason == review.reason)).clicked() {
                    actions.push(Action::Review(ReviewAction::Why(reason.to_owned(), review.note.clone())));
                    ui.close();
                }
            }
        });
        let mut note = review.note.clone();
        let width = ui.available_width() - 4.0;
        let field =
            Field::new(&mut note, "Note on the decision").placeholder("Note on the decision").width(width);
        let response = ui.add(field.id(egui::Id::unique("note on the decision")));
        if review.focus_note {
            response.request_focus();
            actions.push(Action::Review(ReviewAction::NoteFocused));
        }
        if response.changed() {
            actions.push(Action::Review(ReviewAction::Why(review.reason.clone(), note)));
        }
    });
}
