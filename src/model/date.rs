//! Dates as a source gives them: a year, a year and month, a day, or words.

use std::fmt;

/// A date as typed. `2020`, `2020-03` and `2020-03-14` are understood for sorting; anything else
/// ("spring 2020") is kept as it stands and sorts last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartialDate {
    text: String,
}

impl PartialDate {
    /// Keeps `text`, without the white space around it.
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned() }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True when nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Year, month and day (0 where not given), when the text has one of the three forms.
    pub fn parts(&self) -> Option<(i16, u8, u8)> {
        let mut fields = self.text.split('-');
        let field = |text: Option<&str>, digits: usize| match text {
            None => Some(0),
            Some(text) if text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse::<i16>().ok().filter(|n| *n > 0)
            }
            Some(_) => None,
        };
        let year = field(Some(fields.next()?), 4)?;
        let month = u8::try_from(field(fields.next(), 2)?).ok().filter(|m| *m <= 12)?;
        let day = u8::try_from(field(fields.next(), 2)?).ok().filter(|d| *d <= 31)?;
        fields.next().is_none().then_some((year, month, day))
    }

    /// A key that sorts understood dates by time, a year before its months, and the rest after them.
    pub fn sort_key(&self) -> (bool, i16, u8, u8, &str) {
        match self.parts() {
            Some((year, month, day)) => (false, year, month, day, ""),
            None => (true, 0, 0, 0, &self.text),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_stand_as_typed_and_sort_by_time() {
        let mut dates =
            ["spring 2020", "2021-09-28", "2020-03", "2020", "2020-03-01", "2020-13"].map(PartialDate::new);
        dates.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        let sorted: Vec<&str> = dates.iter().map(PartialDate::as_str).collect();
        assert_eq!(sorted, ["2020", "2020-03", "2020-03-01", "2021-09-28", "2020-13", "spring 2020"]);
    }
}
