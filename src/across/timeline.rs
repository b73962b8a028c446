//! One statement along a line of time: its documents where their dates stand.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{DocumentId, Session};

use super::card::Appearance;

/// The documents in which a statement appears, by date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Those with a date that is understood, the earliest first.
    pub dated: Vec<Point>,
    /// The others, in the order of the dossier.
    pub undated: Vec<Point>,
}

/// A document on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which.
    pub document: DocumentId,
    /// The first and the last day that its date may mean.
    pub days: Option<(Date, Date)>,
    /// How many passages of each tag, by the tag's place in the scheme.
    pub by_tag: Vec<(usize, usize)>,
}

/// The line of a statement, given its appearances in order.
pub fn timeline(session: &Session, appearances: &[Appearance]) -> Timeline {
    let mut line = Timeline::default();
    let mut at = 0;
    while at < appearances.len() {
        let document = &appearances[at].document;
        let end = appearances[at..].iter().take_while(|it| it.document == *document).count() + at;
        let mut by_tag: BTreeMap<usize, usize> = BTreeMap::new();
        for appearance in &appearances[at..end] {
            let tag = session.annotations.get(&appearance.annotation).map(|annotation| &annotation.tag);
            let place = session.scheme.tags.iter().position(|it| Some(&it.id) == tag);
            *by_tag.entry(place.unwrap_or(usize::MAX)).or_default() += 1;
        }
        let days = session.document(document).and_then(|document| document.info.metadata.issued.bounds());
        let point = Point { document: document.clone(), days, by_tag: by_tag.into_iter().collect() };
        if days.is_some() { &mut line.dated } else { &mut line.undated }.push(point);
        at = end;
    }
    line.dated.sort_by_key(|point| point.days);
    line
}

/// Days from one day to another, negative when the other is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}

impl Timeline {
    /// The first and the last day of the line.
    pub fn range(&self) -> Option<(Date, Date)> {
        let days = self.dated.iter().filter_map(|point| point.days);
        let first = days.clone().map(|(first, _)| first).min()?;
        Some((first, days.map(|(_, last)| last).max()?))
    }

    /// Where a day stands between the first and the last, 0 to 1; the middle when there is only one.
    pub fn share(&self, day: Date) -> f32 {
        let Some((first, last)) = self.range() else { return 0.5 };
        match days_between(first, last) {
            0 => 0.5,
            all => days_between(first, day) as f32 / all as f32,
        }
    }

    /// The first days of years on the line, or of months where it is short.
    pub fn marks(&self) -> Vec<(Date, String)> {
        let Some((first, last)) = self.range() else { return Vec::new() };
        let years: Vec<Date> = (first.year()..=last.year())
            .filter_map(|year| Date::new(year, 1, 1).ok())
            .filter(|day| (first..=last).contains(day))
            .collect();
        if days_between(first, last) > 500 {
            // Not more than fit beside one another.
            let step = years.len().div_ceil(8).max(1);
            return years.into_iter().step_by(step).map(|day| (day, day.year().to_string())).collect();
        }
        let mut marks = Vec::new();
        let mut day = first.first_of_month();
        while day <= last && marks.len() < 24 {
            if day >= first {
                marks.push((day, day.strftime("%Y-%m").to_string()));
            }
            let Ok(next) = day.last_of_month().tomorrow() else { break };
            day = next;
        }
        let step = marks.len().div_ceil(6).max(1);
        marks.into_iter().step_by(step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::card::appearances;
    use super::super::matrix::made::{about, dated, dossier, statement, statement_id};
    use super::*;

    #[test]
    fn documents_stand_where_their_dates_may_lie() {
        let mut session = dossier(&[
            ("letter", "[denial:Niet.] [claim:Toch.]"),
            ("year", "[claim:Dat jaar.]"),
            ("bare", "[caveat:Ooit “e\u{301}ens”.]"),
        ]);
        statement(&mut session, 1, "Kranen", "", 0);
        for number in 1..=4 {
            about(&mut session, number, 1);
        }
        dated(&mut session, "letter", "2021-07-02");
        dated(&mut session, "year", "2021");
        let line = timeline(&session, &appearances(&session, statement_id(1), None));
        let names = |points: &[Point]| points.iter().map(|it| it.document.to_string()).collect::<Vec<_>>();
        assert_eq!(
            (names(&line.dated), names(&line.undated)),
            (vec!["year".into(), "letter".into()], vec!["bare".into()])
        );
        // Claims stand before denials in the scheme.
        assert_eq!(line.dated[1].by_tag, [(0, 1), (1, 1)]);
        let day = |month, day| Date::new(2021, month, day).unwrap();
        assert_eq!(line.range(), Some((day(1, 1), day(12, 31))));
        // Of the 364 days after the first, 182 lie before 2 July.
        assert!((line.share(day(7, 2)) - 0.5).abs() < 1e-6);
        assert_eq!(line.marks().len(), 6);
        assert_eq!(days_between(day(3, 1), day(2, 1)), -28);
        assert_eq!(Timeline::default().marks(), []);
    }
}
