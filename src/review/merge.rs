//! stub
use crate::edit::Edit;
use crate::model::Session;
pub struct Taken {
    pub edits: Vec<Edit>,
    pub comments: usize,
    pub told: Vec<String>,
}
pub fn take_review(_ours: &Session, _review: &Session) -> Taken {
    Taken { edits: vec![], comments: 0, told: vec![] }
}
