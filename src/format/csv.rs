//! Passages as a table.

use crate::model::Session;

/// The table could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the table could not be made: {0}")]
pub struct CsvError(pub(crate) String);

/// One row a passage.
///
/// # Errors
/// Never for a valid session.
pub fn passages(session: &Session) -> Result<String, CsvError> {
    let _ = session;
    todo!()
}
