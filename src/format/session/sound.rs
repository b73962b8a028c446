//! What is sound.
use crate::model::Session;
pub(super) fn read_sound(_bytes: &[u8]) -> Option<(Session, Vec<String>)> {
    todo!()
}
