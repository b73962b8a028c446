//! Dates in running text, as sources write them.

use std::ops::Range;

/// The first date in a line: where, and as year, month and day.
pub fn date_in(line: &str) -> Option<(Range<usize>, String)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let parts = c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';');
        match start {
            Some(from) if parts => {
                words.push((from, &line[from..at]));
                start = None;
            }
            None if !parts => start = Some(at),
            _ => {}
        }
    }
    let year = |word: &str| {
        let word = word.trim_end_matches(['.', ':']);
        let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        word.parse::<u16>().ok().filter(|year| is_year && (1800..2100).contains(year))
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day))
    };
    for (i, (at, word)) in words.iter().enumerate() {
        let next = |n: usize| words.get(i + n).map(|(at, word)| (*at, *word));
        let until = |(at, word): (usize, &str)| at + word.trim_end_matches(['.', ':']).len();
        if let Some(value) = numbers(word) {
            return Some((*at..*at + word.len(), value));
        }
        // 28 september 2021
        if let (Some(day), Some((_, second)), Some(third)) = (day(word), next(1), next(2))
            && let (Some(month), Some(year)) = (month_of(second), year(third.1))
        {
            return Some((*at..until(third), format!("{year}-{month:02}-{day:02}")));
        }
        if let (Some(month), Some(second)) = (month_of(word), next(1)) {
            // September 28, 2021
            if let (Some(day), Some(third)) = (day(second.1), next(2))
                && let Some(year) = year(third.1)
            {
                return Some((*at..until(third), format!("{year}-{month:02}-{day:02}")));
            }
            // September 2021
            if let Some(year) = year(second.1) {
                return Some((*at..until(second), format!("{year}-{month:02}")));
            }
        }
    }
    None
}

/// `2021-09-28`, `2021-09`, `28-09-2021`, `28.9.2021`; `28/9/2021` where it can't be month and day.
fn numbers(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ':']);
    let mark = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '.' | '/'))?;
    let parts: Vec<&str> = word.split(mark).collect();
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 4);
    let parsed: Vec<u16> = parts.iter().filter_map(|part| number(part)).collect();
    if parsed.len() != parts.len() {
        return None;
    }
    let is = |year: u16, month: u16, day: u16| {
        (1800..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    match parsed.as_slice() {
        [year, month, day] if parts[0].len() == 4 && is(*year, *month, *day) => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        [year, month] if parts[0].len() == 4 && parts[1].len() == 2 && is(*year, *month, 1) => {
            Some(format!("{year}-{month:02}"))
        }
        [day, month, year] if is(*year, *month, *day) && (mark != '/' || *day > 12) => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// The names of the months, each with what stands for it: Dutch, English, German, French.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "januar", "janvier", "jan"],
    &["februari", "february", "februar", "février", "feb"],
    &["maart", "march", "märz", "mars", "mrt", "mar"],
    &["april", "avril", "apr"],
    &["mei", "may", "mai"],
    &["juni", "june", "juin", "jun"],
    &["juli", "july", "juillet", "jul"],
    &["augustus", "august", "août", "aug"],
    &["september", "septembre", "sep", "sept"],
    &["oktober", "october", "octobre", "okt", "oct"],
    &["november", "novembre", "nov"],
    &["december", "dezember", "décembre", "dec"],
];

fn month_of(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    MONTHS.iter().position(|names| names.contains(&word.as_str())).map(|at| at + 1)
}
