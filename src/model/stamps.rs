//! Where ids and times come from. The program is given one [`Stamps`]; tests give a fixed one.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// A moment, to the second, in UTC; written as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// `seconds` after the beginning of 1970; a moment outside years -9999 to 9999 becomes the nearest one
    /// inside.
    pub fn from_second(seconds: i64) -> Self {
        let nearest = if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        Self(jiff::Timestamp::from_second(seconds).unwrap_or(nearest))
    }

    /// Seconds after the beginning of 1970.
    pub fn as_second(self) -> i64 {
        self.0.as_second()
    }

    /// The moment for calendar arithmetic and time zones.
    pub fn moment(self) -> jiff::Timestamp {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from_second(text.parse::<jiff::Timestamp>()?.as_second()))
    }
}

/// The clock and the maker of ids.
pub trait Stamps: Send {
    /// The present moment.
    fn now(&mut self) -> Timestamp;

    /// A new id that no one else has.
    fn id(&mut self) -> Uuid;
}

/// Stamps for tests and made-up sessions: each moment is a second after the last, ids count up.
#[derive(Clone, Debug)]
pub struct FixedStamps {
    seconds: i64,
    count: u128,
}

impl FixedStamps {
    /// Starts at `seconds` after the beginning of 1970; `series` keeps the ids of two makers apart.
    pub fn new(seconds: i64, series: u32) -> Self {
        Self { seconds, count: u128::from(series) << 32 }
    }
}

impl Default for FixedStamps {
    fn default() -> Self {
        // 2026-01-05T09:00:00Z
        Self::new(1_767_603_600, 1)
    }
}

impl Stamps for FixedStamps {
    fn now(&mut self) -> Timestamp {
        self.seconds += 1;
        Timestamp::from_second(self.seconds)
    }

    fn id(&mut self) -> Uuid {
        self.count += 1;
        let millis = u64::try_from(self.seconds).unwrap_or(0) * 1000;
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&self.count.to_be_bytes()[6..]);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_back_to_the_second() {
        let at: Timestamp = "2021-09-28T12:00:05.75+02:00".parse().unwrap();
        assert_eq!(at.to_string(), "2021-09-28T10:00:05Z");
        assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
    }

    #[test]
    fn fixed_stamps_never_repeat() {
        let mut stamps = FixedStamps::default();
        let ids: Vec<Uuid> = (0..100).map(|_| stamps.id()).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(stamps.now().to_string(), "2026-01-05T09:00:01Z");
    }
}
