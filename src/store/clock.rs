//! The real clock and maker of ids.

use uuid::Uuid;

use crate::model::{Stamps, Timestamp};

/// The system's clock, and ids of version 7 (RFC 9562), which never collide between colleagues.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemStamps;

impl Stamps for SystemStamps {
    fn now(&mut self) -> Timestamp {
        now()
    }

    fn id(&mut self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The present moment.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(jiff::Timestamp::now().as_second())
}
