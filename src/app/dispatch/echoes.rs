//! Echoes: opening the panel, going from card to card, and what a reader makes of a card: a tag, a link, an alert put
//! aside. Nothing of it is done without being asked.

use std::sync::Arc;

use crate::across::echo::Place;
use crate::edit::Edit;
use crate::model::{Alert, Anchor, Annotation, AnnotationId, DocumentId, LinkKindId, Span};

use super::super::echoes::{Card, EchoAction, Shown, Stop, annotation_at};
use super::super::{
    Access, Command, Desk, JobResult, MessageKind, Mode, Overlay, PaneId, ScrollPlace, ScrollTo, Selection,
    Workspace, capitalized,
};
use super::{annotate, goto};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    let Some(desk) = &mut workspace.desk else { return };
    let at = desk.echoes.at;
    match command {
        Command::Echoes => toggle(workspace),
        Command::AllEchoes => toggle_all(workspace),
        Command::NextEcho => step(workspace, true),
        Command::PreviousEcho => step(workspace, false),
        Command::Ribbons => desk.echoes.shown.ribbons = !desk.echoes.shown.ribbons,
        Command::PutAside => put_first_aside(workspace),
        _ => {
            let Some(at) = at else { return };
            act(
                workspace,
                match command {
                    Command::AlignEcho => EchoAction::LineUp(at),
                    Command::LinkEcho => EchoAction::AskLink(at),
                    _ => EchoAction::TagLike(at),
                },
            );
        }
    }
}

/// Does something with echoes.
pub(super) fn act(workspace: &mut Workspace, action: EchoAction) {
    let Some(desk) = &mut workspace.desk else { return };
    match action {
        EchoAction::Show(shown) => show(desk, shown),
        EchoAction::CardShown => desk.echoes.card_wanted = false,
        EchoAction::Choose(stop) => choose(workspace, stop),
        EchoAction::ChoosePair(here, there) => choose_pair(workspace, &here, &there),
        EchoAction::GoTo(place) => go_to(desk, &place),
        EchoAction::LineUp(stop) => line_up(workspace, stop),
        EchoAction::TagLike(stop) => tag_like(workspace, stop),
        EchoAction::AskLink(stop) => ask_link(workspace, stop),
        EchoAction::Link(kind) => link(workspace, &kind),
        EchoAction::PutAside(kind, subject) => put_aside(workspace, kind, subject),
        EchoAction::TakeBack(kind, subject) => take_back(workspace, &kind, &subject),
    }
}

/// A worker came back.
pub(super) fn found(workspace: &mut Workspace, result: JobResult) {
    let Some(desk) = &mut workspace.desk else { return };
    match result {
        JobResult::EchoIndex(number, shelved) if number == desk.number => desk.echoes.take_shelved(*shelved),
        JobResult::Echoes(number, question, heard) if number == desk.number => {
            desk.echoes.take_heard(question, heard.map(|heard| *heard));
        }
        JobResult::EchoPairs(number, compared) if number == desk.number => {
            desk.echoes.take_compared(*compared);
        }
        _ => {}
    }
}

fn toggle(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let open = !(desk.echoes.open && desk.view.mode == Mode::Annotate);
    if !open {
        return close(workspace);
    }
    desk.echoes.shown.all = false;
    open_panel(workspace);
}

/// Lists what stands in several documents, or the echoes of the passage again.
fn toggle_all(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let is_open = desk.echoes.open && desk.view.mode == Mode::Annotate;
    let all = !(is_open && desk.echoes.shown.all);
    desk.echoes.shown.all = all;
    open_panel(workspace);
}

fn open_panel(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    (desk.echoes.open, desk.echoes.at, desk.echoes.first_wanted) = (true, None, None);
    if desk.view.mode != Mode::Annotate {
        super::review::set_mode(workspace, Mode::Annotate);
    }
}

/// Closes the panel: the inspector is there again, open or folded as it was.
pub(super) fn close(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    (desk.echoes.open, desk.echoes.at, desk.echoes.first_wanted) = (false, None, None);
}

fn show(desk: &mut Desk, shown: Shown) {
    desk.echoes.shown = shown;
    desk.echoes.at = desk.echoes.at.filter(|at| desk.echoes.is_listed(*at));
}

/// The next row or card, or the one before; the first one from nowhere. One that is not found yet is waited for.
fn step(workspace: &mut Workspace, forward: bool) {
    let Some(desk) = &mut workspace.desk else { return };
    let said = match desk.echoes.next_stop(forward) {
        Some(stop) => return choose(workspace, stop),
        None if desk.echoes.at.is_none() && desk.echoes.is_looking() => {
            desk.echoes.first_wanted = Some(forward);
            "Still looking: what is found first will be chosen"
        }
        None if desk.echoes.is_looking() => "No card here yet: still looking",
        None if forward => "No card after this one",
        None => "No card before this one",
    };
    workspace.say(MessageKind::Notice, said, false);
}

/// Chooses what was asked for before it was found; says so where nothing was.
pub(in crate::app) fn arrived(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(forward) = desk.echoes.first_wanted else { return };
    let found = desk.echoes.next_stop(forward).filter(|_| !desk.echoes.is_running());
    if desk.echoes.at.is_none() && found.is_none() && desk.echoes.is_looking() {
        return;
    }
    desk.echoes.first_wanted = None;
    match found {
        _ if desk.echoes.at.is_some() => {}
        Some(stop) => choose(workspace, stop),
        None => workspace.say(MessageKind::Notice, "Nothing was found: there is no card", false),
    }
}

/// Looks at a card: its other place is lit, and scrolled to in a column that shows it anyway. Of a quotation both sides
/// come into view, in columns beside each other: it says little without its source.
fn choose(workspace: &mut Workspace, stop: Stop) {
    let Some(desk) = &mut workspace.desk else { return };
    (desk.echoes.at, desk.echoes.card_wanted) = (Some(stop), true);
    let places = desk.echoes.places_of(stop).into_iter().skip(usize::from(matches!(stop, Stop::Echo(_))));
    // Of a document that has a passage twice, the first place.
    let places: Vec<Place> = places.rev().cloned().collect();
    let is_shown = |place: &Place| desk.view.shown().any(|pane| pane.document == place.document);
    if matches!(stop, Stop::Finding(_)) && !places.iter().all(is_shown) {
        return line_up(workspace, stop);
    }
    for place in places {
        if let Some(pane) = desk.view.panes.iter_mut().find(|pane| pane.document == place.document) {
            let hidden = !(pane.visible.start <= place.span.start() && place.span.end() <= pane.visible.end);
            let at = if hidden { ScrollPlace::Center } else { ScrollPlace::IfHidden };
            pane.scroll_to = Some(ScrollTo::to_span(place.span, at));
        }
    }
}

/// A ribbon was clicked: its left end is looked at, and the card of its right end chosen once it is there.
fn choose_pair(workspace: &mut Workspace, here: &Place, there: &Place) {
    let Some(desk) = &mut workspace.desk else { return };
    let known = desk.echoes.cards().iter().position(|card| {
        card.there.as_ref().is_some_and(|it| it.document == there.document && it.span.overlaps(there.span))
            && card.here.document == here.document
            && card.here.span.overlaps(here.span)
    });
    if let Some(at) = known {
        return choose(workspace, Stop::Echo(at));
    }
    let Some(pane) = desk.view.panes.iter().find(|pane| pane.document == here.document).map(|it| it.id)
    else {
        return;
    };
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, Selection::of(here.span)));
    desk.view.chosen = None;
    desk.view.picked.clear();
    desk.echoes.then = Some(there.clone());
}

/// Goes to a place: selects it, so that it is looked at from now on.
fn go_to(desk: &mut Desk, place: &Place) {
    if desk.session().document(&place.document).is_none() {
        return;
    }
    goto::leave(desk);
    let pane = super::select::pane_for(desk, &place.document);
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, Selection::of(place.span)));
    desk.view.chosen = None;
    desk.view.picked.clear();
    scroll(desk, pane, place.span);
}

fn scroll(desk: &mut Desk, pane: PaneId, span: Span) {
    if let Some(pane) = desk.view.pane_mut(pane) {
        pane.scroll_to = Some(ScrollTo::to_span(span, ScrollPlace::Center));
    }
}

/// Both ends at the same height, or all places of a group; the first where it is: in the columns that show them, or in
/// new ones beside it.
fn line_up(workspace: &mut Workspace, stop: Stop) {
    let Some(desk) = &mut workspace.desk else { return };
    let places = match (stop, desk.echoes.card(stop)) {
        (Stop::Group(at), _) => match desk.echoes.groups().get(at) {
            Some(group) => group.first_places(),
            None => return,
        },
        (_, Some(card)) if card.there.is_some() => desk.echoes.places_of(stop),
        _ => return,
    };
    let places: Vec<_> = places.into_iter().map(|it| (it.document.clone(), it.span)).collect();
    desk.echoes.at = Some(stop);
    super::links::align(workspace, places);
}

/// The annotation of the passage of a card: the chosen one where it is looked at, else what stands there.
fn original(desk: &Desk, card: &Card) -> Option<Arc<Annotation>> {
    let chosen = desk.chosen().filter(|it| {
        *it.anchor.document() == card.here.document
            && it.anchor.span().is_some_and(|span| span.overlaps(card.here.span))
    });
    let id = chosen.map(|it| it.id).or_else(|| annotation_at(desk, &card.here))?;
    desk.annotation(id).cloned()
}

/// The edits that mark the other place as the passage is marked, and the id of what stands there then. An annotation
/// that is there with the same tag is taken as it is.
fn twin_edits(
    workspace: &mut Workspace,
    original: &Annotation,
    place: &Place,
) -> Option<(AnnotationId, Vec<Edit>)> {
    let (me, at, id) = (workspace.me(), workspace.now(), AnnotationId(workspace.stamps.id()));
    let introduced = annotate::introduce(workspace, &me);
    let desk = workspace.desk.as_ref()?;
    let there = annotation_at(desk, place).and_then(|id| desk.annotation(id));
    if let Some(there) = there.filter(|it| it.tag == original.tag) {
        return Some((there.id, Vec::new()));
    }
    let (document, cache) = desk.document(&place.document)?;
    let span = cache.snap(document.text(), place.span)?;
    let anchor = Anchor::Placed { document: place.document.clone(), span };
    let twin = Annotation {
        statement: original.statement,
        attributes: original.attributes.clone(),
        ..Annotation::new(id, anchor, original.tag.clone(), me.clone(), at)
    };
    let mut edits: Vec<Edit> = introduced.into_iter().collect();
    edits.push(Edit::PutAnnotation(Arc::new(twin)));
    edits.extend(annotate::begun(desk, &place.document, &me, at));
    Some((id, edits))
}

/// What must be there before a card can be tagged or linked; says what is missing.
fn ends(workspace: &mut Workspace, stop: Stop) -> Option<(Card, Place, Arc<Annotation>)> {
    let desk = workspace.desk.as_ref()?;
    let card = desk.echoes.card(stop)?.clone();
    let there = card.there.clone()?;
    match original(desk, &card) {
        Some(original) => Some((card, there, original)),
        None => {
            let said = "The passage bears no tag yet: tag it first, then its echoes";
            workspace.say(MessageKind::Notice, said, false);
            None
        }
    }
}

/// Marks the other place as the passage is marked: tag, statement, attributes; not its voice, which may be another.
fn tag_like(workspace: &mut Workspace, stop: Stop) {
    let Some((card, there, original)) = ends(workspace, stop) else { return };
    let Some((_, edits)) = twin_edits(workspace, &original, &there) else { return };
    let Some(desk) = &workspace.desk else { return };
    let (name, place) = (annotate::tag_name(desk, &original.tag), card.there_words);
    if edits.is_empty() {
        workspace.say(MessageKind::Notice, format!("{place} is tagged {name} already"), false);
        return;
    }
    let said = format!("{} added in {place}, like the passage; its voice is left open", capitalized(&name));
    annotate::step(workspace, &format!("tag an echo {name}"), &said, edits);
}

fn ask_link(workspace: &mut Workspace, stop: Stop) {
    if workspace.desk.as_ref().is_some_and(|desk| desk.access == Access::ReadOnly) {
        // Said at once: not after a kind was chosen.
        return super::access::refuse(workspace, "", "", Vec::new());
    }
    if ends(workspace, stop).is_none() {
        return;
    }
    let Some(desk) = &mut workspace.desk else { return };
    desk.echoes.at = Some(stop);
    if desk.session().scheme.link_kinds.is_empty() {
        workspace.say(MessageKind::Notice, "The scheme has no link kinds", false);
        return;
    }
    workspace.overlay = Some(Overlay::LinkEcho);
}

/// Makes a link from the later place of the chosen card to the earlier one, and an annotation at the other place where
/// there is none, as one step.
fn link(workspace: &mut Workspace, kind: &LinkKindId) {
    workspace.overlay = None;
    let Some(stop) = workspace.desk.as_ref().and_then(|desk| desk.echoes.at) else { return };
    let Some((card, there, original)) = ends(workspace, stop) else { return };
    let Some((twin, mut edits)) = twin_edits(workspace, &original, &there) else { return };
    let Some(desk) = &workspace.desk else { return };
    let session = desk.session();
    let Some(name) = session.scheme.link_kind(kind).map(|kind| kind.name.clone()) else { return };
    let is_back = card.link_goes_from_here(session);
    let (from, to) = if is_back { (original.id, twin) } else { (twin, original.id) };
    if super::links::is_linked(desk, kind, from, to) {
        workspace.say(MessageKind::Notice, format!("They are linked as “{name}” already"), false);
        return;
    }
    let is_new = !edits.is_empty();
    let link = super::links::made(workspace, kind.clone(), from, to);
    if !is_new {
        let me = workspace.me();
        edits.extend(annotate::introduce(workspace, &me));
    }
    edits.push(Edit::PutLink(Arc::new(link)));
    let Some(desk) = &workspace.desk else { return };
    let tag = annotate::tag_name(desk, &original.tag);
    let own = format!("{}, {}", label(desk, &card.here.document), card.here_words);
    let (from, to) = if is_back { (own, card.there_words) } else { (card.there_words, own) };
    let made = if is_new { format!("; {tag} added at the other place") } else { String::new() };
    let said = format!("Link made: {from} {name} {to}{made}");
    annotate::step(workspace, &format!("link an echo as {name}"), &said, edits);
}

fn label(desk: &Desk, id: &DocumentId) -> String {
    desk.session().document(id).map_or_else(String::new, |it| super::super::shortened(it.label(), 24))
}

/// The first alert of the chosen card that is not aside; where all are, the first is taken back.
fn put_first_aside(workspace: &mut Workspace) {
    let Some(card) = workspace.desk.as_ref().and_then(|desk| desk.echoes.chosen()) else { return };
    let open = card.alerts.iter().find(|alert| !alert.aside);
    let action = match (open, card.alerts.first()) {
        (Some(alert), _) => EchoAction::PutAside(alert.kind.clone(), alert.subject.clone()),
        (None, Some(alert)) => EchoAction::TakeBack(alert.kind.clone(), alert.subject.clone()),
        (None, None) => return,
    };
    act(workspace, action);
}

fn put_aside(workspace: &mut Workspace, kind: String, subject: String) {
    let (by, at) = (workspace.me(), workspace.now());
    let introduced = annotate::introduce(workspace, &by);
    let Some(desk) = &workspace.desk else { return };
    let mut alerts = desk.session().alerts_aside.clone();
    if alerts.iter().any(|it| it.kind == kind && it.subject == subject) {
        return;
    }
    alerts.push(Alert { kind, subject, by, at, note: String::new() });
    let edits = introduced.into_iter().chain([Edit::SetAlertsAside(alerts)]).collect();
    annotate::step(workspace, "put an alert aside", "Alert put aside", edits);
}

fn take_back(workspace: &mut Workspace, kind: &str, subject: &str) {
    let Some(desk) = &workspace.desk else { return };
    let turned = subject.split_once('|').map(|(a, b)| format!("{b}|{a}"));
    let is_it =
        |it: &&Alert| it.kind == kind && (it.subject == subject || Some(&it.subject) == turned.as_ref());
    let alerts: Vec<Alert> = desk.session().alerts_aside.iter().filter(|it| !is_it(it)).cloned().collect();
    annotate::step(workspace, "show an alert again", "Alert shown again", vec![Edit::SetAlertsAside(alerts)]);
}
