//! The common analysis structure (CAS) of UIMA, as INCEpTION and DKPro exchange it: a text and feature structures over
//! it, in XML ([`xmi`]) and in JSON ([`json`]).
//!
//! One file for each document and annotator; several annotators get a folder each. Offsets count UTF-16 units, half
//! open. A passage is a `webanno.custom.Passage`, named as INCEpTION names layers of one's own, with a feature for each
//! thing that is said of it; a link within a file is a `webanno.custom.PassageLink` with `Governor` and `Dependent`.
//! A link into another file, which a CAS does not know, is told in the features `linkTarget` (words) and `linkData`.
//! `data` keeps the whole annotation as JSON, `webanno.custom.Gainsay` the records of the session (see
//! [`super::kept`]).

pub mod json;
mod read;
mod structure;
mod write;
pub mod xmi;

/// The type of passages.
const PASSAGE: &str = "webanno.custom.Passage";
/// The type of links.
const LINK: &str = "webanno.custom.PassageLink";
/// The type that keeps the records of the session.
const HEAD: &str = "webanno.custom.Gainsay";
/// What DKPro says of a document.
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const SOFA: &str = "uima.cas.Sofa";
/// The view that is there when nothing else is said.
const VIEW: &str = "_InitialView";
/// Before the names of features that hold attributes.
const ATTRIBUTE: &str = "attr_";

#[cfg(test)]
mod tests;
