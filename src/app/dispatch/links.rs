//! Links: begun at one annotation, ended at another, followed, changed; columns made level by them.

use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{AnnotationId, DocumentId, Link, LinkId, LinkKindId, Span};

use super::super::links::{Followed, Level, LinkAction, companions};
use super::super::{Action, Command, Desk, MessageKind, Overlay, PaneId, Workspace, capitalized, count};
use super::annotate::{introduce, step};
use super::select::{jump_to, pane_for};

/// Columns that are opened to be made level; more are a click away.
const MOST_LEVEL: usize = 3;

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::StartLink => start_or_end(workspace),
        Command::FollowLink => follow(workspace),
        Command::AllLinks => {
            let Some(desk) = &mut workspace.desk else { return };
            desk.view.links.all = !desk.view.links.all;
            let said = match desk.view.links.all {
                true => "All links on screen are drawn",
                false => "The links of the chosen annotation are drawn",
            };
            notice(workspace, said);
        }
        Command::AlignColumns => align_chosen(workspace),
        Command::LockColumns => lock(workspace),
        _ => {}
    }
}

pub(super) fn change(workspace: &mut Workspace, action: LinkAction) {
    match action {
        LinkAction::Start(id) => start(workspace, id),
        LinkAction::Ask(from, to) => ask(workspace, from, to),
        LinkAction::AskKind(id) => {
            let Some(link) = link(workspace, id) else { return };
            let (from, to) = (link.from, link.to);
            workspace.overlay = Some(Overlay::LinkKind { from, to, link: Some(id) });
        }
        LinkAction::Turn => {
            if let Some(Overlay::LinkKind { from, to, .. }) = &mut workspace.overlay {
                std::mem::swap(from, to);
            }
        }
        LinkAction::Take(kind) => take(workspace, kind),
        LinkAction::AskNote(id) => workspace.overlay = Some(Overlay::LinkNote(id)),
        LinkAction::SetNote(id, note) => set_note(workspace, id, note),
        LinkAction::Remove(id) => remove(workspace, id),
        LinkAction::GoTo(id) => {
            let origin = workspace.desk.as_ref().and_then(|desk| desk.view.chosen);
            go_to(workspace, id);
            if let (Some(desk), Some(origin)) = (&mut workspace.desk, origin) {
                let ties = desk.ties(origin);
                let count = ties.iter().position(|tie| tie.other.id == id).map_or(0, |at| at + 1);
                desk.view.links.followed = Some(Followed { origin, at: id, count });
            }
        }
    }
}

/// Ends what goes on with links, for Esc; `false`: nothing does.
pub(super) fn end_link(desk: &mut Desk) -> bool {
    desk.view.links.start.take().is_some()
}

/// Lets go of columns that scroll together, for Esc; `false`: none do.
pub(super) fn unlock(desk: &mut Desk) -> bool {
    !std::mem::take(&mut desk.view.links.locked).is_empty()
}

/// Columns were drawn with passages at one height.
pub(super) fn aligned(workspace: &mut Workspace, level: Option<Level>) {
    if let Some(desk) = &mut workspace.desk {
        desk.view.links.level = level;
    }
}

pub(super) fn unlock_all(workspace: &mut Workspace) {
    if workspace.desk.as_mut().is_some_and(unlock) {
        notice(workspace, "Each column scrolls alone");
    }
}

fn notice(workspace: &mut Workspace, said: impl Into<String>) {
    workspace.say(MessageKind::Notice, said, false);
}

fn link(workspace: &Workspace, id: LinkId) -> Option<Arc<Link>> {
    workspace.desk.as_ref()?.session().links.get(&id).cloned()
}

/// `L`: begins a link, or ends it at another annotation.
fn start_or_end(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let selected = desk.view.selection.is_some_and(|(_, selection)| !selection.is_caret());
    let at_hand = desk.at_hand().filter(|_| !selected || desk.view.chosen.is_some());
    match (at_hand, desk.view.links.start) {
        (Some(id), None) => start(workspace, id),
        (Some(id), Some(from)) if id == from => {
            notice(workspace, "The link starts here: go to the other passage and press the key again");
        }
        (Some(to), Some(from)) => ask(workspace, from, to),
        (None, _) if selected => {
            notice(workspace, "Tag the selection first: a link goes from annotation to annotation");
        }
        (None, Some(_)) => {
            notice(workspace, "No annotation stands here: choose the one that the link goes to")
        }
        (None, None) => {
            notice(workspace, "Choose an annotation first: a link goes from annotation to annotation")
        }
    }
}

fn start(workspace: &mut Workspace, id: AnnotationId) {
    let Some(desk) = &mut workspace.desk else { return };
    // What to do next stands in the bar with the hints.
    desk.view.links.start = desk.annotation(id).map(|annotation| annotation.id);
}

/// Asks what the link says, unless there is nothing that it could say.
fn ask(workspace: &mut Workspace, from: AnnotationId, to: AnnotationId) {
    let Some(desk) = &workspace.desk else { return };
    if from == to || desk.annotation(from).is_none() || desk.annotation(to).is_none() {
        return;
    }
    if desk.kinds_for(from, to).0.is_empty() {
        return notice(workspace, "The scheme has no kinds of links: add one there first");
    }
    workspace.overlay = Some(Overlay::LinkKind { from, to, link: None });
}

/// What is asked about says this.
fn take(workspace: &mut Workspace, kind: LinkKindId) {
    let Some(Overlay::LinkKind { from, to, link }) = workspace.overlay else { return };
    workspace.overlay = None;
    let Some(desk) = &workspace.desk else { return };
    let session = desk.session();
    let (Some(one), Some(other)) = (desk.annotation(from), desk.annotation(to)) else { return };
    let Some(name) = session.scheme.link_kind(&kind).map(|kind| kind.name.clone()) else { return };
    let sentence = format!("{} {name} {}", desk.end_words(one), desk.end_words(other));
    if is_linked(desk, &kind, from, to) {
        end(workspace);
        return notice(workspace, format!("That link is there already: {sentence}"));
    }
    let me = workspace.me();
    let now = workspace.stamps.now();
    let old = link.and_then(|id| workspace.desk.as_ref()?.session().links.get(&id).cloned());
    let (new, label, said) = match old {
        Some(old) => {
            let new = Link { kind: kind.clone(), from, to, modified: now, ..Link::clone(&old) };
            (new, format!("change link to {name}"), format!("Link changed: {sentence}"))
        }
        None => {
            let new = made(workspace, kind.clone(), from, to);
            (new, format!("link {name}"), format!("Link added: {sentence}"))
        }
    };
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::PutLink(Arc::new(new)));
    if let Some(desk) = &mut workspace.desk {
        desk.view.links.last_kind = Some(kind);
    }
    end(workspace);
    step(workspace, &label, &said, edits);
}

/// A new link, of whoever marks now.
pub(super) fn made(
    workspace: &mut Workspace,
    kind: LinkKindId,
    from: AnnotationId,
    to: AnnotationId,
) -> Link {
    let (annotator, at, id) = (workspace.me(), workspace.now(), LinkId(workspace.stamps.id()));
    Link { id, kind, from, to, note: String::new(), annotator, created: at, modified: at }
}

/// There is a link of this kind from the first to the second.
pub(super) fn is_linked(desk: &Desk, kind: &LinkKindId, from: AnnotationId, to: AnnotationId) -> bool {
    let is_it = |id: &LinkId| {
        let link = desk.session().links.get(id);
        link.is_some_and(|it| it.kind == *kind && it.from == from && it.to == to)
    };
    desk.links().links_at(from).iter().any(is_it)
}

fn end(workspace: &mut Workspace) {
    if let Some(desk) = &mut workspace.desk {
        desk.view.links.start = None;
    }
}

fn set_note(workspace: &mut Workspace, id: LinkId, note: String) {
    workspace.overlay = None;
    let now = workspace.stamps.now();
    let Some(old) = link(workspace, id).filter(|old| old.note != note) else { return };
    let new = Link { note, modified: now, ..Link::clone(&old) };
    step(workspace, "note on link", "Note of the link set", vec![Edit::PutLink(Arc::new(new))]);
}

fn remove(workspace: &mut Workspace, id: LinkId) {
    let Some(desk) = &workspace.desk else { return };
    let Some(link) = desk.session().links.get(&id) else { return };
    let name = desk.session().scheme.link_kind(&link.kind).map_or("", |kind| &kind.name);
    let label = format!("remove link {name}");
    step(workspace, &label, "Link removed", vec![Edit::RemoveLink(id)]);
}

/// Chooses an annotation and shows it; a jump that can be gone back from.
fn go_to(workspace: &mut Workspace, id: AnnotationId) {
    if let Some(desk) = &mut workspace.desk {
        super::goto::leave(desk);
    }
    jump_to(workspace, id);
}

/// Goes to the other end of the next link of the annotation at hand; after its last, back to itself.
fn follow(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(here) = desk.at_hand() else { return notice(workspace, "No annotation is chosen") };
    let going = desk.view.links.followed.filter(|followed| followed.at == here);
    let (origin, done) = going.map_or((here, 0), |followed| (followed.origin, followed.count));
    let ties = desk.ties(origin);
    let number = ties.len();
    if number == 0 {
        return notice(workspace, "This annotation has no links");
    }
    let (next, count, said) = match ties.get(done) {
        Some(tie) => {
            let words = tie.words(desk.session());
            let place = desk.end_words(tie.other);
            (tie.other.id, done + 1, format!("Link {} of {number}: {words} {place}", done + 1))
        }
        None => (origin, 0, "Where the links start".to_owned()),
    };
    go_to(workspace, next);
    if let Some(desk) = &mut workspace.desk {
        desk.view.links.followed = Some(Followed { origin, at: next, count });
    }
    notice(workspace, said);
}

/// Forgets whose links are followed, where one goes elsewhere by hand.
pub(super) fn goes_elsewhere(desk: &mut Desk, action: &Action) {
    if matches!(action, Action::Select(..) | Action::Click { .. } | Action::Choose(_) | Action::JumpTo(_)) {
        desk.view.links.followed = None;
    }
}

/// Makes columns level at the annotation at hand and what goes with it.
fn align_chosen(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(id) = desk.at_hand() else { return notice(workspace, "No annotation is chosen") };
    let Some(annotation) = desk.annotation(id) else { return };
    let Some(span) = annotation.anchor.span() else {
        return notice(workspace, "The place of this annotation is lost");
    };
    let mut places = vec![(annotation.anchor.document().clone(), span)];
    places.extend(companions(desk, id));
    if places.len() == 1 {
        return notice(
            workspace,
            "Nothing to line up: it has no links, and no other passage has its statement",
        );
    }
    align(workspace, places);
}

/// Scrolls columns so that these passages stand at one height, the first where it is. Of a document its first
/// passage counts, of the first document also a second one where two columns show it.
pub(super) fn align(workspace: &mut Workspace, places: Vec<(DocumentId, Span)>) {
    let small = workspace.small;
    let Some(desk) = &mut workspace.desk else { return };
    // What lies behind a tab stands beside nothing.
    let most = match desk.view.room {
        _ if small => 2,
        0 => MOST_LEVEL,
        room => room.clamp(2, MOST_LEVEL),
    };
    let Some((first, span)) = places.first().cloned() else { return };
    super::goto::leave(desk);
    let focus = desk.view.focus;
    let lead = pane_for(desk, &first);
    let (mut level, mut left_out, mut alone) = (vec![(lead, span)], 0, true);
    for (document, span) in places.into_iter().skip(1) {
        alone &= document == first;
        let taken = |id: PaneId| level.iter().any(|(other, _)| *other == id);
        let shown = |id: &DocumentId| {
            level.iter().any(|(pane, _)| desk.view.pane(*pane).is_some_and(|it| it.document == *id))
        };
        let free = desk.view.panes.iter().find(|pane| pane.document == document && !taken(pane.id));
        let pane = match free.map(|pane| pane.id) {
            None if shown(&document) => continue,
            None if desk.session().document(&document).is_none() => continue,
            _ if level.len() >= most => {
                left_out += 1;
                continue;
            }
            Some(pane) => pane,
            None => {
                let at = desk.view.panes.iter().position(|pane| pane.id == level[level.len() - 1].0);
                desk.view.add_pane(at.map_or(usize::MAX, |at| at + 1), document)
            }
        };
        level.push((pane, span));
    }
    // One stays where one is, unless that column would take the place of one that stands level.
    let room = desk.view.room;
    let seen = &level[..if room == 0 { level.len() } else { level.len().min(room) }];
    let all_fit = room == 0 || desk.view.panes.len() <= room;
    let stays = |id: &PaneId| match all_fit {
        true => desk.view.pane(*id).is_some(),
        false => seen.iter().any(|(pane, _)| pane == id),
    };
    desk.view.focus = focus.filter(stays).or(Some(lead));
    let columns = level.len();
    desk.view.links.level = Some(Level { places: level, y: None, tries: 0 });
    let lock = workspace.keymap.cap(Command::LockColumns);
    let said = match (columns, left_out) {
        (1, _) if alone => {
            "The other passage stands in this document: open it in a second column to line them up".to_owned()
        }
        (1, _) => "Nothing to line up with".to_owned(),
        _ if desk.view.room == 1 => {
            "Only one column has room here: what goes with it is behind its tab".to_owned()
        }
        (_, 0) => format!("{} lined up · {lock} lets them scroll together", count(columns, "column")),
        _ => format!("{} lined up, {} left out", count(columns, "column"), count(left_out, "document")),
    };
    notice(workspace, said);
}

/// Lets the columns on screen scroll together, or alone again. One behind a tab cannot be seen to scroll.
fn lock(workspace: &mut Workspace) {
    let key = workspace.keymap.cap(Command::LockColumns);
    let Some(desk) = &mut workspace.desk else { return };
    let view = &mut desk.view;
    if !view.links.locked.is_empty() {
        view.links.locked.clear();
        return notice(workspace, "Each column scrolls alone");
    }
    let shown: Vec<_> = view.shown().map(|pane| pane.id).collect();
    if shown.len() < 2 {
        return notice(workspace, "Only one column is on screen");
    }
    view.links.locked = shown;
    let columns = count(view.links.locked.len(), "column");
    notice(workspace, format!("{} scroll together · {key} or Esc lets go", capitalized(&columns)));
}

/// No link begins at what is gone.
pub(in crate::app) fn repair(desk: &mut Desk) {
    let gone = |id: &AnnotationId| desk.annotation(*id).is_none();
    if desk.view.links.start.as_ref().is_some_and(gone) {
        desk.view.links.start = None;
    }
}
