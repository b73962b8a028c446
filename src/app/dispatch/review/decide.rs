//! Decisions on differences, and the session that holds their result.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{
    Anchor, Annotation, AnnotationId, Document, DocumentInfo, Session, SessionId, SessionInfo, TagId,
    Timestamp,
};
use crate::review::cases::{self, Accord, Agreeing, Case, Choice, Ruling, Source, State};
use crate::review::layer::Layer;

use super::super::super::review::{Mode, ReviewAction, Shown, Sides};
use super::super::super::{Action, Answer, MessageKind, Overlay, Workspace, count};
use super::super::{annotate, session};
use super::{choose, read_layers, set_mode};

/// What is decided for.
pub(super) enum Wanted {
    /// The mark of the reader with this number.
    Take(usize),
    /// All of them.
    All,
    /// None of them.
    None,
    /// A new one with this tag.
    New(TagId),
}

pub(super) fn decide(workspace: &mut Workspace, wanted: Wanted) {
    if matches!(workspace.overlay, Some(Overlay::MakeNew)) {
        workspace.overlay = None;
    }
    let (me, now) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let Some(case) = desk.review.chosen.as_ref().and_then(|key| found.case(key)).cloned() else {
        return workspace.say(MessageKind::Notice, "No difference is looked at: J goes to the first", false);
    };
    let names = &found.names;
    let (choice, said) = match &wanted {
        Wanted::Take(at) => {
            let Some(name) = names.get(*at) else {
                return workspace.say(MessageKind::Notice, "There is no such reader", false);
            };
            let member = found.readers.get(*at).and_then(|source| {
                let of = case.case.members.iter().position(|member| member.source == *source)?;
                Some((*source, of))
            });
            let said = format!("Took {}", possessive(name));
            match member {
                Some((Source::Own, _)) => (Choice::Mine, said),
                Some((Source::Layer(_), member)) => (Choice::Theirs(member), said),
                None => {
                    let said = format!("{name} has marked nothing here: “Reject” decides for that");
                    return workspace.say(MessageKind::Notice, said, false);
                }
            }
        }
        Wanted::All => (Choice::Both, "All of them kept".to_owned()),
        Wanted::None => (Choice::Neither, "All of them rejected".to_owned()),
        Wanted::New(tag) => match made(workspace, &case, tag) {
            Some(made) => (Choice::New(Box::new(made)), "A new one made".to_owned()),
            None => return workspace.say(MessageKind::Notice, "Nothing can be marked here", false),
        },
    };
    // One for each that may be adopted.
    let mut ids: Vec<AnnotationId> =
        case.case.members.iter().map(|_| AnnotationId(workspace.stamps.id())).collect();
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &me).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    let (reason, note) = (desk.review.reason.clone(), desk.review.note.trim().to_owned());
    let ruling = Ruling { by: me, at: now, reason, note };
    let layers: Vec<&Layer> = desk.review.found().compared.iter().collect();
    let mut next = || ids.pop().unwrap_or(AnnotationId(uuid::Uuid::nil()));
    match cases::decide(desk.session(), &layers, &case.case, &choice, &ruling, &mut next) {
        Ok(more) => edits.extend(more),
        Err(why) => return workspace.problem(format!("Not decided: {why}")),
    }
    let place = desk.review.chosen_row();
    if annotate::step(workspace, "decide on a difference", &said, edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.review.note.clear();
        desk.review.reason.clear();
        // The next one that waits, by its name: what is found changes with the decision.
        let found = desk.review.found();
        let next = place.and_then(|row| {
            let later = found.listed.iter().skip(row + 1).chain(found.listed.iter().take(row));
            later.map(|at| &found.cases[*at]).find(|case| !case.is_decided()).map(Sides::key)
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

/// The new mark that is to stand in the place of all: on what is selected in the document, else on the whole place.
fn made(workspace: &mut Workspace, case: &Sides, tag: &TagId) -> Option<Annotation> {
    let (me, now) = (workspace.me(), workspace.now());
    let id = AnnotationId(workspace.stamps.id());
    let desk = workspace.desk.as_ref()?;
    let swept = desk.view.selection.and_then(|(pane, selection)| {
        desk.view.pane(pane).filter(|pane| pane.document == case.case.document)?;
        selection.span()
    });
    let (document, cache) = desk.document(&case.case.document)?;
    let span = cache.snap(document.text(), swept.unwrap_or(case.case.span))?;
    let anchor = Anchor::Placed { document: case.case.document.clone(), span };
    let attributes = desk.session().scheme.first_values(tag);
    Some(Annotation { attributes, ..Annotation::new(id, anchor, tag.clone(), me, now) })
}

fn possessive(name: &str) -> String {
    if name == "Mine" { "mine".to_owned() } else { format!("{name}’s") }
}

/// Takes the decision on the difference that is looked at back, with what it has brought in.
pub(super) fn decide_again(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let found = desk.review.found();
    let case = desk.review.chosen.as_ref().and_then(|key| found.case(key));
    let Some(case) = case.filter(|case| case.decision().is_some()) else {
        return workspace.say(MessageKind::Notice, "Nothing is decided here yet", false);
    };
    let Some(decision) = case.decision() else { return };
    let own_is_gone = desk.session().decisions.get(decision).is_some_and(|it| {
        let there = case.key();
        it.about.iter().any(|id| !there.contains(id))
    });
    let edits = cases::withdraw(desk.session(), decision);
    let said = match own_is_gone {
        true => "The difference is open again; the mark of your own that went comes back by undo alone",
        false => "The difference is open again",
    };
    annotate::step(workspace, "take a decision back", said, edits);
}

/// The rules by which what readers agree on can come in, with what each is called.
const RULES: [(Agreeing, &str); 2] =
    [(Agreeing::TakeExact, "Agreed in all"), (Agreeing::Take, "Agreed, but for punctuation at the ends")];

/// Asks by which rule what all readers agree on comes in.
pub(super) fn ask_agreed(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let open = || desk.review.found().cases.iter().filter(|it| it.case.state == State::Open);
    let takes = |rule: Agreeing, accord: Accord| {
        accord == Accord::Exact || rule == Agreeing::Take && accord == Accord::Slight
    };
    let answers = RULES.into_iter().filter_map(|(rule, words)| {
        let number = open().filter(|it| takes(rule, it.case.accord)).count();
        let words = format!("{words}: {number}");
        (number > 0).then(|| Answer { words, action: Action::Review(ReviewAction::TakeAgreed(rule)) })
    });
    let mut answers: Vec<Answer> = answers.collect();
    if answers.is_empty() {
        let said = "Nothing is left on which all readers agree";
        return workspace.say(MessageKind::Notice, said, false);
    }
    answers.push(Answer { words: "Look at each".to_owned(), action: Action::Nothing });
    let text = "What comes in without being looked at?".to_owned();
    let details = vec![
        "One mark stands for those of all readers; it says from whom it came and by which rule. One undo takes all of \
         it back."
            .to_owned(),
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Brings in what all readers agree on, by this rule.
pub(super) fn take_agreed(workspace: &mut Workspace, rule: Agreeing) {
    let (by, at) = (workspace.me(), workspace.now());
    let Some(desk) = &workspace.desk else { return };
    let agreeing: Vec<Case> = desk.review.found().cases.iter().map(|it| it.case.clone()).collect();
    let mut ids: Vec<AnnotationId> = agreeing.iter().map(|_| AnnotationId(workspace.stamps.id())).collect();
    let mut edits: Vec<Edit> = annotate::introduce(workspace, &by).into_iter().collect();
    let Some(desk) = &workspace.desk else { return };
    let reason = RULES.iter().find(|(other, _)| *other == rule).map_or("", |(_, words)| words).to_lowercase();
    let ruling = Ruling { by, at, reason, note: String::new() };
    let layers: Vec<&Layer> = desk.review.found().compared.iter().collect();
    let mut next = || ids.pop().unwrap_or(AnnotationId(uuid::Uuid::nil()));
    let more = cases::agreed(desk.session(), &layers, &agreeing, rule, &ruling, &mut next);
    let taken = more.iter().filter(|edit| matches!(edit, Edit::AddDecision { .. })).count();
    edits.extend(more);
    let said = format!("{} taken in", count(taken, "agreed mark"));
    annotate::step(workspace, "take in what all agree on", &said, edits);
}

/// Begins a session for the result: the documents and the scheme of this one, with it and its layers laid over.
pub(super) fn adjudicate(workspace: &mut Workspace) {
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
    let copy = result_session(desk.session(), id, created);
    let layers = desk.review.layers().iter().map(|layer| (layer.path.clone(), Some(Shown::Shown)));
    let files: Vec<_> = std::iter::once((path, Some(Shown::Shown))).chain(layers).collect();
    let title = desk.title();
    session::begin_with(workspace, &copy, "begin a session for the result");
    read_layers(workspace, files);
    set_mode(workspace, Mode::Review);
    let said = format!("A session for the result of {title}: give it a name with Ctrl S");
    workspace.say(MessageKind::Notice, said, false);
}

/// A session for the result: the documents with what is known of them and what is not text, the scheme, the statements
/// and the voices of `session`, and nothing of what anyone has marked or read.
fn result_session(session: &Session, id: SessionId, created: Timestamp) -> Session {
    let bare = |document: &Arc<Document>| {
        let info = DocumentInfo { reading: BTreeMap::new(), ..DocumentInfo::clone(&document.info) };
        let (id, source) = (document.id.clone(), Arc::clone(&document.source));
        Arc::new(Document { id, source, info: Arc::new(info) })
    };
    let title = match session.info.title.as_str() {
        "" => String::new(),
        title => format!("{title}: the result"),
    };
    Session {
        info: SessionInfo { title, note: String::new() },
        documents: session.documents.iter().map(bare).collect(),
        scheme: Arc::clone(&session.scheme),
        actors: session.actors.clone(),
        statements: session.statements.clone(),
        tag_mappings: session.tag_mappings.clone(),
        statement_mappings: session.statement_mappings.clone(),
        ..Session::new(id, created)
    }
}
