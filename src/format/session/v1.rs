//! Format 1.
use crate::model::Session;
pub(super) fn write(_session: &Session, _texts: bool) -> String {
    todo!()
}
