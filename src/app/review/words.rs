//! What differences are called.

use crate::app::{Desk, count, shortened};
use crate::model::{AnnotationId, Session};
use crate::review::compare::{Kind, LinkDifference, Tie};
use crate::review::layer::{Layer, Sameness};
use crate::text::reanchor::Fate;

use super::{CaseMark, Found, NotCompared, Sides};

/// What a kind of difference is called, given the readers.
pub fn kind_words(kind: Kind, found: &Found) -> String {
    let first = found.names.first().map_or("the first", String::as_str);
    match (kind, found.names.as_slice()) {
        (Kind::Agree, _) => "agree".to_owned(),
        (Kind::Ends, _) => "same tag, other ends".to_owned(),
        (Kind::Tag, _) => "same passage, other tag".to_owned(),
        (Kind::EndsAndTag, _) => "other ends and tag".to_owned(),
        (Kind::OnlyOurs, [_, _]) => only(first),
        (Kind::OnlyTheirs, [_, other]) => only(other),
        (Kind::OnlyOurs, _) => "not all have it".to_owned(),
        (Kind::OnlyTheirs, _) if first == "Mine" => "not mine".to_owned(),
        (Kind::OnlyTheirs, _) => format!("not {first}"),
    }
}

fn only(name: &str) -> String {
    if name == "Mine" { "only mine".to_owned() } else { format!("only {name}") }
}

/// Where a case stands: "Letter, ¶ 44"; a label longer than `most` characters is cut, never its number.
pub fn place_words(desk: &Desk, case: &Sides, most: usize) -> String {
    let Some((document, cache)) = desk.document(&case.case.document) else { return String::new() };
    let number = cache.paragraphs.number_at(case.case.span.start());
    format!("{}, ¶ {number}", shortened(document.label(), most))
}

/// What is particular about a case, in a few words: "ends 92 characters later".
pub fn detail_words(desk: &Desk, case: &Sides, found: &Found) -> String {
    let text = desk.session().document(&case.case.document).map_or("", |document| document.text());
    let marks: Vec<(usize, &CaseMark)> =
        case.marks.iter().enumerate().filter_map(|(at, mark)| Some((at, mark.as_ref()?))).collect();
    if case.slight {
        return "punctuation only".to_owned();
    }
    let tag_name = |mark: &CaseMark| {
        let tag = mark.tag.as_ref().and_then(|id| desk.session().scheme.tag(id));
        let theirs = || found.scheme.tag(&mark.annotation.tag);
        tag.or_else(theirs).map_or_else(|| mark.annotation.tag.to_string(), |tag| tag.name.clone())
    };
    match (case.kind, marks.as_slice()) {
        (Kind::Agree, _) if case.also => "statement, voice or doubt differ".to_owned(),
        (Kind::Agree, _) => String::new(),
        (Kind::Ends, [(_, a), (at, b)]) => {
            let name = found.names.get(*at).map_or("", String::as_str);
            let chars = |from: usize, to: usize| text.get(from..to).map_or(0, |part| part.chars().count());
            let (start, end) = (a.span.start() != b.span.start(), a.span.end() != b.span.end());
            match (start, end) {
                (true, false) if b.span.start() < a.span.start() => {
                    format!("{name} starts {} earlier", chars(b.span.start(), a.span.start()))
                }
                (true, false) => format!("{name} starts {} later", chars(a.span.start(), b.span.start())),
                (false, true) if b.span.end() > a.span.end() => {
                    format!("{name} ends {} later", chars(a.span.end(), b.span.end()))
                }
                (false, true) => format!("{name} ends {} earlier", chars(b.span.end(), a.span.end())),
                _ => "both ends differ".to_owned(),
            }
        }
        (Kind::Ends, _) => "ends differ".to_owned(),
        (Kind::Tag | Kind::EndsAndTag, marks) => {
            let mut names: Vec<String> = marks.iter().map(|(_, mark)| tag_name(mark)).collect();
            names.dedup();
            names.join(" against ")
        }
        (_, [(_, one)]) if one.annotation.unsure => "unsure".to_owned(),
        (_, [_]) => String::new(),
        (_, several) => count(several.len(), "mark"),
    }
}

/// What became of a layer's marks where its text is another: a sentence for each such document.
pub fn text_changes(layer: &Layer) -> Vec<String> {
    let changed = layer.documents.values().filter_map(|laid| match laid.text {
        Sameness::Same => None,
        Sameness::Changed { kept, moved, doubtful, lost } => {
            let name =
                layer.session.document(&laid.theirs).map_or("", |document| document.label()).to_owned();
            let parts = [(kept, "kept"), (moved, "moved"), (doubtful, "doubtful"), (lost, "lost")];
            let told: Vec<String> =
                parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
            let told = if told.is_empty() { "no marks".to_owned() } else { told.join(", ") };
            Some(format!("{name}: another text than yours; {told}"))
        }
    });
    changed.collect()
}

/// "Article 001: not read by R. Adan, 8 annotations of mine not compared".
pub fn not_compared_words(desk: &Desk, found: &Found, left: &NotCompared) -> String {
    let label = desk.session().document(&left.document).map_or("", |document| document.label());
    let by: Vec<String> = left.unfinished.iter().map(|at| reader(found, *at)).collect();
    let marks: usize = left.marks.iter().sum();
    let of: Vec<String> = left
        .marks
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(|(at, n)| match reader(found, at).as_str() {
            "me" => format!("{n} of mine"),
            name => format!("{n} of {name}"),
        })
        .collect();
    let detail = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
    format!(
        "{label}: not finished by {}, {} not compared{detail}",
        by.join(" and "),
        count(marks, "annotation")
    )
}

fn reader(found: &Found, at: usize) -> String {
    match found.names.get(at).map(String::as_str) {
        Some("Mine") => "me".to_owned(),
        Some(name) => name.to_owned(),
        None => "someone".to_owned(),
    }
}

/// Marks of layers that have no sure place in the session's texts: a line each.
pub(super) fn not_carried_words(session: &Session, layers: &[Layer]) -> Vec<String> {
    let mut lines = Vec::new();
    for layer in layers {
        for (id, laid) in &layer.documents {
            let label = session.document(id).map_or("", |document| document.label());
            for lost in laid.annotations.iter().filter(|laid| laid.sure().is_none()) {
                let fate = if lost.fate == Fate::Doubtful { "doubtful" } else { "lost" };
                let words = shortened(&layer.session.quote(&lost.annotation).replace('\n', " "), 60);
                lines.push(format!("{label}, {fate}: “{words}”"));
            }
        }
    }
    lines
}

/// A link that one reader has and another has not: what of it, without its place, and an annotation to go to.
pub(super) fn link_words(
    session: &Session,
    layer: &Layer,
    link: &LinkDifference,
    name: &str,
) -> Option<(String, Option<AnnotationId>)> {
    let ours = link.ours.and_then(|id| session.links.get(&id));
    let theirs = link.theirs.and_then(|id| layer.session.links.get(&id));
    let kind = |scheme: &crate::model::Scheme, link: &crate::model::Link| {
        scheme.link_kind(&link.kind).map_or_else(|| link.kind.to_string(), |kind| kind.name.clone())
    };
    let ours_says = ours.map(|link| kind(&session.scheme, link));
    let theirs_says = theirs.map(|link| kind(&layer.session.scheme, link));
    let said = match (link.tie, ours_says, theirs_says) {
        (Tie::OtherKind, Some(ours), Some(theirs)) => format!("{ours} with me, {theirs} with {name}"),
        (Tie::Turned, Some(ours), _) => format!("{ours}, the other way round with {name}"),
        (Tie::OnlyOurs, Some(ours), _) => format!("{ours}, only mine"),
        (Tie::OnlyTheirs, _, Some(theirs)) => format!("{theirs}, only {name}"),
        _ => return None,
    };
    let loose = if link.loose { " (an end is unmatched)" } else { "" };
    Some((format!("{said}{loose}"), ours.or(theirs).map(|link| link.from)))
}
