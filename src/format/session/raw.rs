//! From bytes to a session.
use std::collections::BTreeMap;

use super::{ReadError, ReadSession, WithoutTexts};
use crate::model::DocumentId;

#[derive(Clone, Debug)]
pub(super) struct Raw;

pub(super) fn read(_bytes: &[u8]) -> Result<ReadSession, ReadError> {
    todo!()
}

pub(super) fn with_sources(
    _file: &WithoutTexts,
    _texts: &BTreeMap<DocumentId, String>,
) -> Result<ReadSession, ReadError> {
    todo!()
}
