//! Format 1.
use super::{Header, Journal, JournalError};
use crate::edit::Step;
pub(super) fn write_header(_header: &Header) -> String {
    todo!()
}
pub(super) fn write_step(_number: u64, _step: &Step) -> String {
    todo!()
}
pub(super) fn read(_bytes: &[u8]) -> Result<Journal, JournalError> {
    todo!()
}
