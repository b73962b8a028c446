//! The scheme: its sheet, examples, merging, and its files.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Edit, make};
use crate::format;
use crate::model::{AttributeId, Example, Rule, Scheme, TagId};
use crate::store;

use super::super::{
    Action, Answer, Command, JobResult, MessageKind, Overlay, PathPurpose, PendingStep, Workspace, count,
};
use super::annotate::{step, tag_name};
use super::session::file_name;

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::EditScheme => workspace.overlay = Some(Overlay::Scheme),
        Command::AddExample => add_example(workspace),
        Command::ExportCodebook => workspace.pick(PathPurpose::Export("codebook")),
        Command::ExportScheme => workspace.pick(PathPurpose::Export("scheme")),
        Command::ImportScheme => workspace.pick(PathPurpose::SchemeIn),
        _ => {}
    }
}

/// The chosen passage becomes an example of its tag.
fn add_example(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(chosen) = desk.chosen() else { return };
    let quote = match (desk.document(chosen.anchor.document()), chosen.anchor.span()) {
        (Some((document, cache)), Some(span)) => cache.rendering.plain_text(document.text(), span),
        _ => desk.session().quote(chosen).to_owned(),
    };
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = tag_name(desk, &chosen.tag);
    let mut scheme = Scheme::clone(&desk.session().scheme);
    let Some(tag) = scheme.tags.iter_mut().find(|tag| tag.id == chosen.tag) else { return };
    if tag.examples.iter().any(|example| example.quote == quote) {
        workspace.say(MessageKind::Notice, format!("It is an example of {name} already"), false);
        return;
    }
    tag.examples.push(Example { quote, annotation: Some(chosen.id), note: String::new() });
    let said = format!("Added to the examples of {name}");
    step(workspace, &format!("example of {name}"), &said, vec![Edit::SetScheme(Arc::new(scheme))]);
}

/// Changes the scheme by itself.
pub(super) fn set(workspace: &mut Workspace, scheme: Scheme, label: &str) {
    let Some(desk) = &workspace.desk else { return };
    if *desk.session().scheme != scheme {
        let said = format!("Scheme: {label}");
        step(workspace, label, &said, vec![Edit::SetScheme(Arc::new(scheme))]);
    }
}

/// Adds a rule that holds from now on.
pub(super) fn add_rule(workspace: &mut Workspace, id: &TagId, text: String) {
    let since = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let name = tag_name(desk, id);
    let mut scheme = Scheme::clone(&desk.session().scheme);
    let Some(tag) = scheme.tags.iter_mut().find(|tag| tag.id == *id) else { return };
    tag.rules.push(Rule { text, since, examples: Vec::new() });
    let said = format!("A rule for {name}, from now on");
    step(workspace, &format!("new rule for {name}"), &said, vec![Edit::SetScheme(Arc::new(scheme))]);
}

/// Says what merging would touch.
pub(super) fn ask_merge(workspace: &mut Workspace, from: TagId, into: TagId) {
    let Some(desk) = &workspace.desk else { return };
    let (marks, documents) = desk.weight_of_tag(&from);
    let (old, new) = (tag_name(desk, &from), tag_name(desk, &into));
    let text = format!("Merge {old} into {new}?");
    let details = vec![
        match marks {
            0 => format!("Nothing is marked as {old}."),
            _ => format!(
                "{} in {} {} {new}; notes, comments and links stay.",
                count(marks, &format!("{old} annotation")),
                count(documents, "document"),
                if marks == 1 { "becomes" } else { "become" }
            ),
        },
        format!("Rules and examples of {old} are added to those of {new}. One undo takes all of it back."),
    ];
    let answers = vec![
        Answer { words: "Leave them apart".to_owned(), action: Action::Nothing },
        Answer { words: format!("Merge into {new}"), action: Action::MergeTags(from, into) },
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Merges one tag into another.
pub(super) fn merge(workspace: &mut Workspace, from: TagId, into: TagId) {
    let Some(desk) = &workspace.desk else { return };
    let (marks, _) = desk.weight_of_tag(&from);
    let (old, new) = (tag_name(desk, &from), tag_name(desk, &into));
    super::large::step(workspace, marks, move |session| PendingStep {
        label: format!("merge {old} into {new}"),
        said: format!("{old} is merged into {new}: {}", count(marks, "annotation")),
        edits: make::merge_tags(session, &from, &into).unwrap_or_default(),
    });
}

/// Gives an allowed value another name, wherever it stands.
pub(super) fn rename_value(workspace: &mut Workspace, attribute: AttributeId, old: String, new: String) {
    let Some(desk) = &workspace.desk else { return };
    let has_it =
        |annotation: &&Arc<crate::model::Annotation>| annotation.attributes.get(&attribute) == Some(&old);
    let marks = desk.session().annotations.values().filter(has_it).count();
    super::large::step(workspace, marks, move |session| PendingStep {
        label: format!("rename the value {old}"),
        said: format!("{old} is {} now, in {}", new.trim(), count(marks, "annotation")),
        edits: make::rename_value(session, &attribute, &old, &new).unwrap_or_default(),
    });
}

/// Reads a scheme, on a worker.
pub(super) fn read_from(workspace: &mut Workspace, path: PathBuf) {
    workspace.jobs.start("scheme", move || {
        let read = store::read_scheme_file(&path).map_err(|error| error.to_string());
        let scheme = read.and_then(|bytes| {
            format::scheme::read(&bytes).map_err(|error| format!("{}: {error}", path.display()))
        });
        JobResult::SchemeRead(path, scheme.map(Box::new))
    });
}

/// Takes over what a scheme that was read has more.
pub(super) fn adopt(workspace: &mut Workspace, path: &std::path::Path, other: &Scheme) {
    let Some(desk) = &workspace.desk else { return };
    let (scheme, adopted) = make::adopt(&desk.session().scheme, other);
    let name = file_name(Some(path));
    if adopted.added + adopted.changed == 0 {
        return workspace.say(
            MessageKind::Notice,
            format!("{name} has nothing that is not here already"),
            false,
        );
    }
    let said = format!("From {name}: {} added, {} changed", adopted.added, adopted.changed);
    step(workspace, "take over a scheme", &said, vec![Edit::SetScheme(Arc::new(scheme))]);
}
