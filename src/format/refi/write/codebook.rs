//! Writes the scheme alone.

use std::collections::BTreeMap;

use super::super::xml::Out;
use super::super::{ORIGIN, codes};
use super::losses::say_replaced;
use crate::format::export::{Export, Losses, Sink, WriteError};

/// The tags and attributes alone.
///
/// # Errors
/// When there is nothing in the scheme, or the bytes can't be written.
pub(in crate::format::refi) fn codebook(
    export: &Export<'_>,
    sink: &mut dyn Sink,
) -> Result<Losses, WriteError> {
    let scheme = &export.session.scheme;
    let codes = codes::of_scheme(scheme, &BTreeMap::new());
    if codes.is_empty() {
        return Err(WriteError::Unfit("the scheme has no tags, and a codebook must have some".to_owned()));
    }
    let mut out = Out::new(sink.file("codebook.qdc")?)?;
    out.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)])?;
    out.open("Codes", &[])?;
    codes.iter().try_for_each(|code| code.write(&mut out))?;
    out.close("Codes")?;
    out.close("CodeBook")?;
    let mut losses = Losses::default();
    let rules = scheme.tags.iter().map(|tag| tag.rules.len()).sum();
    losses.add(rules, "rule is not in this codebook", "rules are not in this codebook");
    let examples = scheme.tags.iter().map(|tag| tag.examples.len()).sum();
    losses.add(examples, "example is not in this codebook", "examples are not in this codebook");
    losses.add(
        scheme.link_kinds.len(),
        "link kind, with inverse and definition, is not in this codebook",
        "link kinds, with inverses and definitions, are not in this codebook",
    );
    let bound = scheme.attributes.iter().filter(|it| it.default.is_some() || !it.tags.is_empty()).count();
    losses.add(
        bound,
        "attribute goes without its first value and the tags it belongs to",
        "attributes go without their first values and the tags they belong to",
    );
    let retired = scheme.tags.iter().filter(|tag| tag.retired).count()
        + scheme.attributes.iter().filter(|attribute| attribute.retired).count();
    losses.add(retired, "retired entry stands among the others", "retired entries stand among the others");
    if !scheme.tags.is_empty() {
        losses.say("letters, keys and line patterns of tags are not in this codebook");
    }
    say_replaced(&mut losses, out.replaced);
    Ok(losses)
}
