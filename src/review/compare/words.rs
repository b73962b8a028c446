//! Differences in plain words.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Annotation, AttributeId, Session, Span};
use crate::review::layer::{LaidAnnotation, Layer};
use crate::text::fold::fold;

use super::{Also, Difference, Ends, Kind, Side};

/// What stands for a value that is not there.
const NONE: &str = "none";

/// In what else than ends and tag two annotations differ.
pub(in crate::review) fn also(
    session: &Session,
    ours: &Annotation,
    layer: &Layer,
    theirs: &LaidAnnotation,
) -> Vec<Also> {
    let their = &theirs.annotation;
    let mut also = Vec::new();
    let mut differ = |what: &str, ours: String, theirs: String| {
        also.push(Also { what: what.to_owned(), ours, theirs });
    };
    // Theirs may be about a statement of which it is not known which of ours it is.
    if ours.statement != theirs.statement || theirs.statement.is_some() != their.statement.is_some() {
        differ("statement", statement(session, ours), statement(&layer.session, their));
    }
    let ids: BTreeSet<&AttributeId> = ours.attributes.keys().chain(their.attributes.keys()).collect();
    for id in ids {
        let (a, b) = (ours.attributes.get(id), their.attributes.get(id));
        if a != b {
            let attribute = session.scheme.attribute(id).or_else(|| layer.session.scheme.attribute(id));
            let name = attribute.map_or(id.as_str(), |attribute| &attribute.name);
            let value = |value: Option<&String>| value.map_or(NONE, String::as_str).to_owned();
            differ(name, value(a), value(b));
        }
    }
    let same_voice = ours.voice.len() == their.voice.len()
        && ours.voice.iter().zip(&their.voice).all(|(a, b)| {
            let name = |session: &Session, id| session.actors.get(id).map(|actor| fold(actor.name.trim()));
            a == b || name(session, a).is_some_and(|own| name(&layer.session, b) == Some(own))
        });
    if !same_voice {
        differ("voice", voice(session, ours), voice(&layer.session, their));
    }
    if ours.unsure != their.unsure {
        let sure = |unsure: bool| if unsure { "not sure" } else { "sure" }.to_owned();
        differ("sure", sure(ours.unsure), sure(their.unsure));
    }
    also
}

fn statement(session: &Session, annotation: &Annotation) -> String {
    let statement = annotation.statement.and_then(|id| session.statements.get(&id));
    statement.map_or(NONE, |statement| &statement.name).to_owned()
}

fn voice(session: &Session, annotation: &Annotation) -> String {
    let name = |id| session.actors.get(id).map_or(NONE, |actor| actor.name.as_str());
    let names: Vec<&str> = annotation.voice.iter().map(name).collect();
    if names.is_empty() { NONE.to_owned() } else { names.join(", reporting ") }
}

/// The name of an annotation's tag.
fn tag_name<'a>(session: &'a Session, annotation: &'a Annotation) -> &'a str {
    session.scheme.tag(&annotation.tag).map_or(annotation.tag.as_str(), |tag| &tag.name)
}

/// A difference in plain words, theirs told by how it differs from ours: "denial against claim; ends 92 characters
/// later". `names` are those of the two, ours first.
pub fn describe(difference: &Difference, session: &Session, layer: &Layer, names: [&str; 2]) -> String {
    let ours = difference.ours.and_then(|id| session.annotations.get(&id));
    let theirs = difference.theirs.and_then(|id| layer.session.annotations.get(&id));
    let text = session.document(&difference.document).map_or("", |document| document.text());
    let mut words = Vec::new();
    if let (Kind::Tag | Kind::EndsAndTag, Some(ours), Some(theirs)) = (difference.kind, ours, theirs) {
        words.push(format!("{} against {}", tag_name(&layer.session, theirs), tag_name(session, ours)));
    }
    match difference.ends {
        Some(_) if difference.slight => words.push("ends differ by punctuation or space alone".to_owned()),
        Some(ends) => words.push(ends_in_words(ends, text)),
        None => {}
    }
    for also in &difference.also {
        words.push(match also.what.as_str() {
            "sure" => format!("{} against {}", also.theirs, also.ours),
            what => format!("{what}: {} against {}", also.theirs, also.ours),
        });
    }
    if words.is_empty() {
        let only = |name, other, beside: Option<String>| match beside {
            Some(beside) => format!("only {name}, {beside}"),
            None => format!("only {name}, nothing of {other} here"),
        };
        words.push(match difference.kind {
            Kind::OnlyOurs => only(names[0], names[1], beside(difference, session, layer, names[1])),
            Kind::OnlyTheirs => only(names[1], names[0], beside(difference, session, layer, names[0])),
            _ => "the same".to_owned(),
        });
    }
    words.join("; ")
}

/// "inside R. Adan's caveat"
fn beside(difference: &Difference, session: &Session, layer: &Layer, name: &str) -> Option<String> {
    let id = difference.beside?;
    let (span, tag) = if difference.kind == Kind::OnlyOurs {
        let (_, laid) = layer.find(id)?;
        (laid.sure()?, tag_name(&layer.session, &laid.annotation))
    } else {
        let annotation = session.annotations.get(&id)?;
        (annotation.anchor.span()?, tag_name(session, annotation))
    };
    let how = if span == difference.span {
        "on the passage of"
    } else if span.contains(difference.span) {
        "inside"
    } else if difference.span.contains(span) {
        "around"
    } else {
        "overlapping"
    };
    Some(format!("{how} {name}’s {tag}"))
}

/// "starts 75 characters earlier, ends 1 character later": theirs, compared with ours. Characters are those that a
/// reader sees (grapheme clusters).
fn ends_in_words(ends: Ends, text: &str) -> String {
    let count = |span: Span| match span.of(text).unwrap_or_default().graphemes(true).count() {
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    };
    let start = ends.start.map(|part| {
        let when = if part.by == Side::Theirs { "earlier" } else { "later" };
        format!("starts {} {when}", count(part.span))
    });
    let end = ends.end.map(|part| {
        let when = if part.by == Side::Theirs { "later" } else { "earlier" };
        format!("ends {} {when}", count(part.span))
    });
    start.into_iter().chain(end).collect::<Vec<_>>().join(", ")
}
