//! The review: layers, what is looked at, decisions, comments that go back, merging.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    Anchor, Annotation, AnnotationId, Comment, CommentId, Remark, Session, SessionId, StatementId,
    StatementMapping, TagId, TagMapping, Verdict,
};
use crate::review::cases::{self, Agreeing, Case, Ruling};
use crate::review::{merge, talk};
use crate::store;

use super::super::review::{CaseKey, CopyFor, Mode, OpenLayer, Options, ReviewAction, Shown, layer_name};
use super::super::{
    Action, Answer, Command, Effect, JobResult, MessageKind, Overlay, PathPurpose, PendingStep, Said,
    ScrollPlace, ScrollTo, Selection, Workspace, count,
};
use super::session::{file_name, with_extension};

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::ShowReview => {
            let mode = if workspace.is_reviewing() { Mode::Annotate } else { Mode::Review };
            set_mode(workspace, mode);
        }
        Command::OpenLayer => workspace.pick(PathPurpose::Layer),
        Command::Agreement => {
            workspace.overlay = Some(Overlay::Agreement);
            if let Some(desk) = &mut workspace.desk {
                desk.review.agreed.ask_all();
            }
        }
        Command::Adjudicate => adjudicate(workspace),
        Command::TakeAgreed => ask_agreed(workspace),
        Command::WriteReview => ask_review(workspace),
        Command::TakeReview => workspace.pick(PathPurpose::TakeReview),
        Command::MergeSession => workspace.pick(PathPurpose::Merge),
        Command::NextDifference => go(workspace, 1),
        Command::PreviousDifference => go(workspace, -1),
        Command::Take(reader) => decide(workspace, Wanted::Take(usize::from(reader) - 1)),
        Command::KeepAll => decide(workspace, Wanted::All),
        Command::RejectAll => decide(workspace, Wanted::None),
        Command::MakeNew => workspace.overlay = Some(Overlay::MakeNew),
        Command::DecideAgain => decide_again(workspace),
        Command::HideNames => {
            if let Some(desk) = &mut workspace.desk {
                desk.review.options.names_hidden ^= true;
            }
        }
        _ => {}
    }
}

pub(super) fn change(workspace: &mut Workspace, action: ReviewAction) {
    let Some(desk) = &mut workspace.desk else { return };
    let review = &mut desk.review;
    match action {
        ReviewAction::Mode(mode) => set_mode(workspace, mode),
        ReviewAction::Show(at, shown) => {
            if let Some(layer) = review.layers.get_mut(at) {
                layer.shown = shown;
                review.layers_revision += 1;
            }
            super::places::remember(workspace);
        }
        ReviewAction::ShowAlone(alone) => {
            let others_hidden =
                review.layers.iter().enumerate().all(|(at, it)| at == alone || it.shown == Shown::Hidden);
            // The same again shows all.
            let back = others_hidden && review.options.mine_hidden;
            for (at, layer) in review.layers.iter_mut().enumerate() {
                layer.shown = if at == alone || back { Shown::Shown } else { Shown::Hidden };
            }
            review.options.mine_hidden = !back;
            review.layers_revision += 1;
        }
        ReviewAction::Close(at) => {
            if at < review.layers.len() {
                let layer = review.layers.remove(at);
                review.layers_revision += 1;
                let said = format!("{} lies no longer over this session", file_name(Some(&layer.path)));
                workspace.say(MessageKind::Notice, said, false);
            }
            super::places::remember(workspace);
        }
        ReviewAction::ReadAgain(at) => {
            if let Some(layer) = review.layers.get(at) {
                let (path, shown) = (layer.path.clone(), layer.shown);
                read_layers(workspace, vec![(path, Some(shown))]);
            }
        }
        ReviewAction::AskMapping(at) => workspace.overlay = Some(Overlay::Mapping(at)),
        ReviewAction::Map(at, tags, statements) => map(workspace, at, &tags, &statements),
        ReviewAction::Options(options) => review.options = Options::clone(&options),
        ReviewAction::Choose(key) => choose(workspace, key),
        ReviewAction::RowShown => review.row_wanted = false,
        ReviewAction::NoteFocused => review.focus_note = false,
        ReviewAction::Why(reason, note) => (review.reason, review.note) = (reason, note),
        ReviewAction::TakeAgreed(rule) => take_agreed(workspace, rule),
        ReviewAction::MakeNew(tag) => decide(workspace, Wanted::New(tag)),
        ReviewAction::Remark(at, id, said) => remark(workspace, at, id, said),
        ReviewAction::RemoveRemark(id) => remove_remark(workspace, id),
        ReviewAction::AllFigures => review.agreed.ask_all(),
        ReviewAction::CopyMethods => {
            if let Some(text) = review.agreed.methods() {
                workspace.effects.push(Effect::CopyText(text));
                workspace.say(MessageKind::Done, "The paragraph for the methods section was copied", false);
            }
        }
    }
}

fn set_mode(workspace: &mut Workspace, mode: Mode) {
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.mode = mode;
    if mode == Mode::Review {
        desk.view.search.open = false;
        if desk.review.chosen.is_none() {
            desk.review.row_wanted = true;
        }
    }
    super::places::remember(workspace);
}

/// What a file dialog or a typed path answers.
pub(super) fn picked(workspace: &mut Workspace, purpose: &PathPurpose, paths: Vec<PathBuf>) {
    let first = paths.first().cloned();
    match (purpose, first) {
        (PathPurpose::Layer, _) => {
            read_layers(workspace, paths.into_iter().map(|path| (path, None)).collect());
        }
        (PathPurpose::Review(at), Some(path)) => write_review(workspace, *at, path),
        (PathPurpose::TakeReview, Some(path)) => read_copy(workspace, path, CopyFor::Comments),
        (PathPurpose::Merge, Some(path)) => read_copy(workspace, path, CopyFor::Merge),
        (PathPurpose::Agreement, Some(path)) => write_figures(workspace, path),
        _ => {}
    }
}

/// Reads colleagues' sessions on workers, each with how it is to be shown if that is known.
pub(super) fn read_layers(workspace: &mut Workspace, files: Vec<(PathBuf, Option<Shown>)>) {
    let Some(desk) = &workspace.desk else { return };
    let number = desk.number;
    for (path, shown) in files {
        workspace.jobs.start("layer", move || {
            let result = store::read(&path)
                .map(|read| (Arc::new(read.session), read.digest))
                .map_err(|error| error.to_string());
            let read = super::super::jobs::LayerRead { path, result, shown };
            JobResult::LayerRead(number, Box::new(read))
        });
    }
}

/// A colleague's session was read: lays it over the open one.
pub(super) fn layer_read(workspace: &mut Workspace, number: u64, read: super::super::jobs::LayerRead) {
    let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == number) else { return };
    let name = file_name(Some(&read.path));
    let (session, digest) = match read.result {
        Ok(read) => read,
        Err(error) => return workspace.problem(format!("Not laid over this session: {error}")),
    };
    let is_own = desk.file.path.as_ref() == Some(&read.path);
    if is_own {
        let said = format!("{name} is this session itself: choose a colleague's");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let again = read.shown.is_some();
    let layer = OpenLayer { path: read.path, digest, session, shown: read.shown.unwrap_or_default() };
    let review = &mut desk.review;
    review.layers_revision += 1;
    let at = match review.layers.iter().position(|other| other.path == layer.path) {
        Some(at) => {
            let changed = review.layers[at].digest != layer.digest;
            review.layers[at] = layer;
            let said = match changed {
                true => format!("{name} has changed: decisions stay, what is new is shown as open"),
                false => format!("{name} is as it was"),
            };
            workspace.say(MessageKind::Notice, said, false);
            at
        }
        None => {
            review.layers.push(layer);
            review.layers.len() - 1
        }
    };
    let Some(desk) = &workspace.desk else { return };
    let laid = crate::review::layer::Layer::over(desk.session(), Arc::clone(&desk.review.layers[at].session));
    let to_ask = !laid.unknown_tags.is_empty() || !laid.unknown_statements.is_empty();
    if !again {
        if laid.documents.is_empty() {
            let said =
                format!("{name} has none of the documents of this session: there is nothing to compare");
            workspace.say(MessageKind::Notice, said, false);
        } else {
            let what = count(laid.documents.len(), "document");
            let said = format!("{name} lies over this session: {what} in both");
            workspace.say(MessageKind::Done, said, false);
        }
        set_mode(workspace, Mode::Review);
        if to_ask {
            workspace.overlay = Some(Overlay::Mapping(at));
        }
    }
}

/// Keeps which of a colleague's tags and statements are which of one's own.
fn map(
    workspace: &mut Workspace,
    at: usize,
    tags: &[(TagId, Option<TagId>)],
    statements: &[(StatementId, Option<StatementId>)],
) {
    workspace.overlay = None;
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let session = layer.session.id;
    let own = desk.session();
    let mut edits = Vec::new();
    let mut tag_mappings = own.tag_mappings.clone();
    for (theirs, ours) in tags {
        tag_mappings.retain(|mapping| mapping.session != session || mapping.theirs != *theirs);
        tag_mappings.extend(ours.clone().map(|ours| TagMapping { session, theirs: theirs.clone(), ours }));
    }
    if tag_mappings != own.tag_mappings {
        edits.push(Edit::SetTagMappings(tag_mappings));
    }
    let mut statement_mappings = own.statement_mappings.clone();
    for (theirs, ours) in statements {
        statement_mappings.retain(|mapping| mapping.session != session || mapping.theirs != *theirs);
        statement_mappings.extend(ours.map(|ours| StatementMapping { session, theirs: *theirs, ours }));
    }
    if statement_mappings != own.statement_mappings {
        edits.push(Edit::SetStatementMappings(statement_mappings));
    }
    if !edits.is_empty() {
        super::annotate::step(workspace, "match a colleague's tags", "Tags matched", edits);
    }
}

/// Goes so many differences on in the list.
fn go(workspace: &mut Workspace, by: isize) {
    let Some(desk) = &workspace.desk else { return };
    let (review, found) = (&desk.review, desk.review.found());
    if found.listed.is_empty() {
        let said = match found.cases.is_empty() {
            true => "There is nothing to compare yet",
            false => "No difference is listed: the kinds at the left say what is left out",
        };
        return workspace.say(MessageKind::Notice, said, false);
    }
    let last = found.listed.len() as isize - 1;
    let to = match review.chosen_row() {
        Some(row) => {
            let to = row as isize + by;
            if to < 0 || to > last {
                let said =
                    if by > 0 { "This is the last difference" } else { "This is the first difference" };
                return workspace.say(MessageKind::Notice, said, false);
            }
            to
        }
        None if by > 0 => 0,
        None => last,
    };
    let key = found.cases[found.listed[to as usize]].key();
    choose(workspace, key);
}

/// Looks at a difference, and brings its place into view.
pub(super) fn choose(workspace: &mut Workspace, key: CaseKey) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(case) = desk.review.found().case(&key) else { return };
    let (document, span) = (case.document.clone(), case.span);
    let own = case.mine().filter(|id| desk.annotation(*id).is_some());
    desk.review.chosen = Some(key);
    desk.review.row_wanted = true;
    super::documents::show(workspace, document.clone());
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.chosen = own;
    let pane = desk.view.panes.iter_mut().find(|pane| pane.document == document);
    if let Some(pane) = pane {
        pane.scroll_to = Some(ScrollTo::to_span(span, ScrollPlace::Center));
        desk.view.selection = Some((pane.id, Selection::caret(span.start())));
    }
}

/// What is decided for.
enum Wanted {
    /// The mark of the reader with this number.
    Take(usize),
    /// All of them.
    All,
    /// None of them.
    None,
    /// A new one with this tag.
    New(TagId),
}

fn decide(workspace: &mut Workspace, wanted: Wanted) {
    if matches!(workspace.overlay, Some(Overlay::MakeNew)) {
        workspace.overlay = None;
    }
    let (me, now) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let Some(case) = desk.review.chosen.as_ref().and_then(|key| found.case(key)).cloned() else {
        return workspace.say(MessageKind::Notice, "No difference is looked at: J goes to the first", false);
    };
    let names = found.names.clone();
    let whose = |at: usize| names.get(at).cloned().unwrap_or_default();
    let (verdict, said) = match &wanted {
        Wanted::Take(at) => {
            let Some(name) = names.get(*at) else {
                return workspace.say(MessageKind::Notice, "There is no such reader", false);
            };
            if case.marks.get(*at).is_none_or(Option::is_none) {
                let said = format!("{name} has marked nothing here: “Reject all” decides for that");
                return workspace.say(MessageKind::Notice, said, false);
            }
            let own = found.own_is_first && *at == 0;
            (if own { Verdict::Mine } else { Verdict::Theirs }, format!("Took {}", possessive(&whose(*at))))
        }
        Wanted::All => (Verdict::Both, "All of them kept".to_owned()),
        Wanted::None => (Verdict::Neither, "All of them rejected".to_owned()),
        Wanted::New(_) => (Verdict::New, "A new one made".to_owned()),
    };
    let made = match &wanted {
        Wanted::New(tag) => {
            let swept = desk.view.selection.and_then(|(pane, selection)| {
                let pane = desk.view.pane(pane).filter(|pane| pane.document == case.document)?;
                let _ = pane;
                selection.span()
            });
            let Some((document, cache)) = desk.document(&case.document) else { return };
            let Some(span) = cache.snap(document.text(), swept.unwrap_or(case.span)) else { return };
            Some((span, tag.clone()))
        }
        _ => None,
    };
    let id = |workspace: &mut Workspace| AnnotationId(workspace.stamps.id());
    let ids: Vec<AnnotationId> = (0..case.marks.len().max(1)).map(|_| id(workspace)).collect();
    let Some(desk) = &workspace.desk else { return };
    let made = made.map(|(span, tag)| {
        let anchor = Anchor::Placed { document: case.document.clone(), span };
        let attributes = desk.session().scheme.first_values(&tag);
        Arc::new(Annotation { attributes, ..Annotation::new(ids[0], anchor, tag, me.clone(), now) })
    });
    let ruling = Ruling {
        verdict,
        reader: match wanted {
            Wanted::Take(at) => Some(at),
            _ => None,
        },
        made,
        by: me.clone(),
        at: now,
        reason: desk.review.reason.clone(),
        note: desk.review.note.trim().to_owned(),
    };
    let mut edits: Vec<Edit> = super::annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    match cases::decide(desk.session(), &desk.review.found().compared, &case, &ruling, &ids) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not decided: {why}")),
    }
    let place = desk.review.chosen_row();
    if super::annotate::step(workspace, "decide on a difference", &said, edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.review.note.clear();
        desk.review.reason.clear();
        // The next one that waits, by its name: what is found changes with the decision.
        let found = desk.review.found();
        let next = place.and_then(|row| {
            let later = found.listed.iter().skip(row + 1).chain(found.listed.iter().take(row));
            later.map(|at| &found.cases[*at]).find(|case| !case.is_decided()).map(Case::key)
        });
        match next {
            Some(key) => choose(workspace, key),
            None => {
                let said = format!("{said}. That was the last difference of this list");
                workspace.say(MessageKind::Done, said, true);
            }
        }
    }
}

fn possessive(name: &str) -> String {
    if name == "You" { "yours".to_owned() } else { format!("{name}’s") }
}

/// Takes the decision on the difference that is looked at back, with what it has brought in.
fn decide_again(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let case = desk.review.chosen.as_ref().and_then(|key| found.case(key));
    let Some(case) = case.filter(|case| case.decision().is_some()) else {
        return workspace.say(MessageKind::Notice, "Nothing is decided here yet", false);
    };
    match cases::reopen(desk.session(), case) {
        Ok(edits) => {
            super::annotate::step(workspace, "take a decision back", "The difference is open again", edits);
        }
        Err(why) => workspace.say(MessageKind::Notice, why, false),
    }
}

/// Asks by which rule what all readers agree on comes in.
fn ask_agreed(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let answers = Agreeing::ALL.into_iter().filter_map(|rule| {
        let number = found.cases.iter().filter(|case| rule.takes(case)).count();
        let words = format!("{}: {number}", rule.words());
        (number > 0).then(|| Answer { words, action: Action::Review(ReviewAction::TakeAgreed(rule)) })
    });
    let mut answers: Vec<Answer> = answers.collect();
    if answers.is_empty() {
        let said = "Nothing is left on which all readers agree";
        return workspace.say(MessageKind::Notice, said, false);
    }
    answers.push(Answer { words: "Leave it".to_owned(), action: Action::Nothing });
    let text = "What comes in without being looked at?".to_owned();
    let details = vec![
        "One mark stands for those of all readers, with what each of them has noted. It says by which rule it came in. \
         One undo takes all of it back."
            .to_owned(),
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Brings in what all readers agree on, by this rule.
fn take_agreed(workspace: &mut Workspace, rule: Agreeing) {
    let (me, now) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let agreeing: Vec<Case> =
        desk.review.found().cases.iter().filter(|case| rule.takes(case)).cloned().collect();
    let each = agreeing.iter().map(|case| case.marks.len()).sum::<usize>();
    let mut ids: Vec<AnnotationId> = (0..each).map(|_| AnnotationId(workspace.stamps.id())).collect();
    let mut edits: Vec<Edit> = super::annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    let reason = rule.words().to_lowercase();
    let ruling = Ruling {
        verdict: Verdict::Rule,
        reader: None,
        made: None,
        by: me,
        at: now,
        reason,
        note: String::new(),
    };
    let next = || ids.pop().unwrap_or(AnnotationId(uuid::Uuid::nil()));
    match cases::take_agreeing(desk.session(), &desk.review.found().compared, &agreeing, &ruling, next) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not taken in: {why}")),
    }
    let said = format!("{} taken in", count(agreeing.len(), "agreed mark"));
    super::annotate::step(workspace, "take in what all agree on", &said, edits);
}

/// Begins a session for the result: the documents and the scheme of this one, with it and its layers laid over.
fn adjudicate(workspace: &mut Workspace) {
    let (id, created) = (SessionId(workspace.stamps.id()), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let Some(path) = desk.file.path.clone() else {
        let said = "Save this session first: it is laid over the new one from its file";
        return workspace.say(MessageKind::Notice, said, false);
    };
    if desk.file.saved != Some(desk.revision()) {
        let said = "This session is being saved: try again in a moment";
        if let Some(desk) = &mut workspace.desk {
            desk.save();
        }
        return workspace.say(MessageKind::Notice, said, false);
    }
    let copy = cases::result_session(desk.session(), id, created);
    let layers = desk.review.layers().iter().map(|layer| (layer.path.clone(), Some(Shown::Shown)));
    let files: Vec<_> = std::iter::once((path, Some(Shown::Shown))).chain(layers).collect();
    let title = desk.title();
    super::session::begin_with(workspace, &copy, "begin a session for the result");
    read_layers(workspace, files);
    set_mode(workspace, Mode::Review);
    let said = format!("A session for the result of {title}: give it a name with Ctrl S");
    workspace.say(MessageKind::Notice, said, false);
}

/// Says something about a colleague's annotation. It is kept here until the review is sent back.
fn remark(workspace: &mut Workspace, at: usize, annotation: AnnotationId, said: Said) {
    let text = said.text.trim().to_owned();
    if text.is_empty() && said.status.is_none() {
        return;
    }
    let Said { status, reply_to, .. } = said;
    let (me, now) = (workspace.me(), workspace.now());
    let id = CommentId(workspace.stamps.id());
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let comment = Comment { id, author: me.clone(), at: now, text, reply_to, status };
    let mut remarks = desk.session().remarks.clone();
    remarks.push(Remark { session: layer.session.id, annotation, comment });
    let mut edits: Vec<Edit> = super::annotate::introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::SetRemarks(remarks));
    super::annotate::step(workspace, "comment on a colleague's mark", "Comment kept for the review", edits);
}

fn remove_remark(workspace: &mut Workspace, id: CommentId) {
    let Some(desk) = &workspace.desk else { return };
    let mut remarks = desk.session().remarks.clone();
    remarks.retain(|remark| remark.comment.id != id);
    let edits = vec![Edit::SetRemarks(remarks)];
    super::annotate::step(workspace, "take a comment back", "Comment taken back", edits);
}

/// Asks where the review is to be written: of the one layer, or of the one whose difference is looked at.
fn ask_review(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let of = |session: SessionId| desk.session().remarks.iter().filter(|it| it.session == session).count();
    let mut with: Vec<usize> = Vec::new();
    for (at, layer) in desk.review.layers().iter().enumerate() {
        if of(layer.session.id) > 0 {
            with.push(at);
        }
    }
    match with.as_slice() {
        [] => {
            let said = "There are no comments of yours on a colleague's marks yet";
            workspace.say(MessageKind::Notice, said, false);
        }
        [one] => workspace.pick(PathPurpose::Review(*one)),
        several => {
            let answers = several.iter().map(|at| Answer {
                words: layer_name(&desk.review.layers()[*at].session),
                action: Action::AskPath(PathPurpose::Review(*at)),
            });
            let mut answers: Vec<_> = answers.collect();
            answers.push(Answer { words: "None now".to_owned(), action: Action::Nothing });
            let text = "To whom does the review go back?".to_owned();
            workspace.overlay = Some(Overlay::Question { text, details: Vec::new(), answers });
        }
    }
}

/// Writes the colleague's session with one's comments in it.
fn write_review(workspace: &mut Workspace, at: usize, path: PathBuf) {
    let path = with_extension(path, "ron");
    let Some(desk) = &workspace.desk else { return };
    let Some(layer) = desk.review.layers.get(at) else { return };
    let real = |path: &PathBuf| store::real_path(path).unwrap_or_else(|_| path.clone());
    if real(&layer.path) == real(&path) || workspace.path().is_some_and(|own| real(own) == real(&path)) {
        let name = file_name(Some(&path));
        return workspace.problem(format!("{name} is a session itself: give the review another name"));
    }
    let (own, theirs) = (desk.session().clone(), Arc::clone(&layer.session));
    workspace.jobs.start("review", move || {
        let written = talk::review_of(&own, &theirs).map_err(|error| error.to_string()).and_then(|review| {
            let bytes = crate::format::session::write(&review.session);
            store::write_file(&path, bytes.as_bytes()).map_err(|error| error.to_string())?;
            let gone = match review.gone.len() {
                0 => String::new(),
                gone => format!("; {} on marks that are gone stay here", count(gone, "comment")),
            };
            let comments = count(review.comments, "comment");
            Ok(format!("{comments} written to {}{gone}: send it back", file_name(Some(&path))))
        });
        JobResult::Written(written)
    });
}

/// Reads another copy of the session, on a worker.
fn read_copy(workspace: &mut Workspace, path: PathBuf, wanted: CopyFor) {
    let Some(desk) = &workspace.desk else { return };
    let number = desk.number;
    workspace.jobs.start("copy", move || {
        let result = store::read(&path).map(|read| Box::new(read.session)).map_err(|error| error.to_string());
        JobResult::CopyRead(number, path, wanted, result)
    });
}

/// Another copy of the session was read: takes its comments in, or says what merging it would do.
pub(super) fn copy_read(
    workspace: &mut Workspace,
    number: u64,
    path: &PathBuf,
    wanted: CopyFor,
    result: Result<Box<Session>, String>,
) {
    if workspace.desk.as_ref().is_none_or(|desk| desk.number != number) {
        return;
    }
    match (result, wanted) {
        (Err(error), _) => workspace.problem(format!("Not read: {error}")),
        (Ok(review), CopyFor::Comments) => take_review(workspace, path, &review),
        (Ok(theirs), CopyFor::Merge) => ask_merge(workspace, path, &theirs),
    }
}

/// A review came back: its comments come in, and nothing else.
fn take_review(workspace: &mut Workspace, path: &PathBuf, review: &Session) {
    let Some(desk) = &workspace.desk else { return };
    let name = file_name(Some(path));
    if review.id != desk.session().id {
        return workspace.problem(format!("{name} is a review of another session: nothing was taken in"));
    }
    let taken = merge::take_review(desk.session(), review);
    for sentence in &taken.told {
        workspace.say(MessageKind::Notice, sentence.clone(), false);
    }
    if taken.edits.is_empty() {
        let said = format!("{name} holds no comment that is not here");
        return workspace.say(MessageKind::Notice, said, false);
    }
    let said = format!("{} taken in from {name}", count(taken.comments, "comment"));
    super::annotate::step(workspace, "take in a review", &said, taken.edits);
}

/// Lays those sessions over the one just opened that lay over it when it was left.
pub(super) fn reopen(workspace: &mut Workspace, layers: Vec<(PathBuf, u8)>, reviewing: bool) {
    if reviewing && let Some(desk) = &mut workspace.desk {
        desk.view.mode = Mode::Review;
    }
    let shown = |number: u8| SHOWN.get(usize::from(number)).copied().unwrap_or_default();
    let files = layers.into_iter().map(|(path, number)| (path, Some(shown(number))));
    read_layers(workspace, files.collect());
}

/// The ways in which a layer is shown, in their order in the file of places.
const SHOWN: [Shown; 3] = [Shown::Shown, Shown::Hidden, Shown::Blind];

/// A way in which a layer is shown, by number.
pub(super) fn shown_number(shown: Shown) -> u8 {
    SHOWN.iter().position(|other| *other == shown).unwrap_or(0) as u8
}

fn ask_merge(_workspace: &mut Workspace, _path: &PathBuf, _theirs: &Session) {}
pub(super) fn merge(_workspace: &mut Workspace, _pending: PendingStep) {}
fn write_figures(_workspace: &mut Workspace, _path: PathBuf) {}
