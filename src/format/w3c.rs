//! W3C Web Annotation (JSON-LD): the lossless interchange, for archives and for programs that know the standard.
//!
//! One `AnnotationCollection` with one page. A passage is an annotation with the motivation *classifying*: its tag,
//! attributes, statement, voice and note are bodies, its place a `TextPositionSelector` (code points) with a
//! `TextQuoteSelector`; `source` is the digest of the canonical text, `urn:sha256:…`. A link is an annotation of its
//! own with the motivation *linking*, from its target to its body. A comment is one with the motivation *commenting*,
//! or *replying* to another comment; a reviewer's stand is its body with the purpose *assessing*. An orphan has its
//! words alone.
//!
//! What the standard has no word for stands under terms of our own, which a second, inline context explains
//! ([`CONTEXT`]), so that programs which read the file as linked data keep it. All that does not belong to one
//! annotation, texts included, is one record, `session`: the session file's structs as JSON.
//!
//! Read are also the annotations of other programs: one, a list, a page, a collection; see [`read`]. An annotation
//! with several tags becomes a passage for each tag, an untagged one gets the tag *highlight*.

mod bodies;
mod read;
mod selector;
mod spread;
mod ties;
mod write;

use super::table::{Format, Goal, Shape};
use crate::model::{AnnotatorId, SessionId};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "w3c",
    title: "W3C Web Annotation (JSON-LD)",
    goal: Goal::Colleague,
    shape: Shape::File,
    extensions: &["jsonld", "json"],
    beside: &[".txt"],
    keeps: "everything: read into a new session, it gives an equal session",
    loses: "nothing",
    write: Some(write::write),
    read: Some(read::read),
};

/// The context of the standard.
const STANDARD: &str = "http://www.w3.org/ns/anno.jsonld";

/// Our own terms. Those with `@json` keep their value whole, as one literal.
const CONTEXT: &[(&str, &str)] = &[
    ("@version", "1.1"),
    ("gainsay", "\"urn:gainsay:terms#\""),
    ("session", r#"{"@id": "gainsay:session", "@type": "@json"}"#),
    ("tag", "\"gainsay:tag\""),
    ("attribute", "\"gainsay:attribute\""),
    ("statement", r#"{"@id": "gainsay:statement", "@type": "@id"}"#),
    ("voice", "\"gainsay:voice\""),
    ("linkKind", "\"gainsay:linkKind\""),
    ("unsure", "\"gainsay:unsure\""),
    ("on", r#"{"@id": "gainsay:on", "@type": "@id"}"#),
    ("provenance", r#"{"@id": "gainsay:provenance", "@type": "@json"}"#),
    ("changes", r#"{"@id": "gainsay:changes", "@type": "@json"}"#),
    ("orphan", r#"{"@id": "gainsay:orphan", "@type": "@json"}"#),
    ("document", "\"gainsay:document\""),
    ("paragraph", "\"gainsay:paragraph\""),
    ("section", "\"gainsay:section\""),
    ("question", "\"gainsay:question\""),
    ("citation", "\"gainsay:citation\""),
];

/// The tag of passages that have none.
const UNTAGGED: &str = "highlight";

/// An id as an address.
fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

/// The UUID of such an address.
fn uuid_of(iri: &str) -> Option<uuid::Uuid> {
    uuid::Uuid::parse_str(iri.strip_prefix("urn:uuid:")?).ok()
}

/// An annotator of a session as an address: below the session's, percent-encoded as RFC 3986 says.
fn person(session: SessionId, id: &AnnotatorId) -> String {
    let mut iri = urn(session) + PERSON;
    for byte in id.as_str().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => iri.push(byte.into()),
            _ => iri += &format!("%{byte:02X}"),
        }
    }
    iri
}

/// The annotator of such an address.
fn person_of(session: SessionId, iri: &str) -> Option<AnnotatorId> {
    let id = iri.strip_prefix(&urn(session))?.strip_prefix(PERSON)?;
    decoded(id).map(AnnotatorId::new)
}

const PERSON: &str = "#annotator/";

/// A percent-encoded part of an address as it was.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, more @ ..] = rest {
        rest = more;
        if *first == b'%' {
            let digits = std::str::from_utf8(more.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &more[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
