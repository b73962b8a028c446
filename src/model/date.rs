//! Dates as a source gives them: a year, a year and month, a day, or words.

use std::fmt;

use jiff::civil::Date;

use super::date_in;

/// A date as typed. `2020`, `2020-03` and `2020-03-14` are understood for sorting, and days and months as people
/// write them (`14-3-2020`, `14 maart 2020`, `March 2020`); anything else ("spring 2020") is kept as it stands and
/// sorts last.
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

    /// Year, month and day (0 where not given), when the text is understood.
    pub fn parts(&self) -> Option<(i16, u8, u8)> {
        parts_of(&self.text).or_else(|| {
            let (range, date) = date_in(&self.text)?;
            (range == (0..self.text.len())).then(|| parts_of(&date))?
        })
    }

    /// The first and the last day that it may mean, when the text is understood and such days exist: a year may mean any
    /// of its days.
    pub fn bounds(&self) -> Option<(Date, Date)> {
        let (year, month, day) = self.parts()?;
        let (year, month, day) = (year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let first = Date::new(year, month.max(1), day.max(1)).ok()?;
        let last = match (month, day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        };
        Some((first, last))
    }

    /// A key that sorts understood dates by time, a year before its months, and the rest after them.
    pub fn sort_key(&self) -> (bool, i16, u8, u8, &str) {
        match self.parts() {
            Some((year, month, day)) => (false, year, month, day, ""),
            None => (true, 0, 0, 0, &self.text),
        }
    }
}

/// Year, month and day of `2020`, `2020-03` or `2020-03-14`.
fn parts_of(text: &str) -> Option<(i16, u8, u8)> {
    let mut fields = text.split('-');
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
        let parts = |text: &str| PartialDate::new(text).parts();
        assert_eq!(parts("13-10-2021"), Some((2021, 10, 13)));
        assert_eq!(parts("28 september 2021"), Some((2021, 9, 28)));
        assert_eq!(parts("Sept. 2021"), Some((2021, 9, 0)));
        assert_eq!(["3/4/2021", "about 3 May 2021", "5/2021"].map(parts), [None; 3], "no guessing");
        dates.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        let sorted: Vec<&str> = dates.iter().map(PartialDate::as_str).collect();
        assert_eq!(sorted, ["2020", "2020-03", "2020-03-01", "2021-09-28", "2020-13", "spring 2020"]);
    }

    #[test]
    fn a_partial_date_may_mean_any_of_its_days() {
        let bounds = |text: &str| {
            let (first, last) = PartialDate::new(text).bounds()?;
            Some((first.to_string(), last.to_string()))
        };
        let days = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(bounds("2020"), days("2020-01-01", "2020-12-31"));
        assert_eq!(bounds("2020-02"), days("2020-02-01", "2020-02-29"));
        assert_eq!(bounds("14 maart 2020"), days("2020-03-14", "2020-03-14"));
        assert_eq!(bounds("2021-02-30"), None, "no such day");
        assert_eq!([bounds(""), bounds("spring 2020")], [None, None]);
    }
}
