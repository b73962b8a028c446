//! The lines of an `.ann` file, as brat and those who write for it make them.

use std::ops::Range;

/// A line that was understood. Fields are slices of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// `T1⇥Claim 0 5;8 9⇥words`, its ranges in code points.
    Text { id: &'a str, label: &'a str, ranges: Vec<Range<usize>>, words: Option<&'a str> },
    /// `A1⇥Certainty T1 possible`; `M1⇥Negation E1` is an older form of it.
    Attribute { label: &'a str, target: &'a str, value: Option<&'a str> },
    /// `R1⇥denies Arg1:T1 Arg2:T2`.
    Relation { id: &'a str, label: &'a str, ends: [&'a str; 2] },
    /// `*⇥Equiv T1 T2 T3`.
    Equivalent { label: &'a str, ends: Vec<&'a str> },
    /// `E1⇥Attack:T1 By:T2`.
    Event { id: &'a str, trigger: &'a str, roles: usize },
    /// `N1⇥Reference T1 Wikipedia:1⇥words`.
    Reference {
        id: &'a str,
        label: &'a str,
        target: &'a str,
        database: &'a str,
        entry: &'a str,
        words: &'a str,
    },
    /// `#1⇥AnnotatorNotes T1⇥words`.
    Note { kind: &'a str, target: &'a str, words: &'a str },
}

/// Reads a line; an error says what is wrong with it.
pub(super) fn read(line: &str) -> Result<Line<'_>, &'static str> {
    let (id, rest) = line.split_once(['\t', ' ']).ok_or("it has no tab")?;
    let (data, words) = match rest.split_once('\t') {
        Some((data, words)) => (data, Some(words)),
        None => (rest, None),
    };
    let mut fields = data.split_whitespace();
    let label = fields.next().ok_or("it has no label")?;
    match id.chars().next().unwrap_or_default() {
        'T' => {
            let data = data.trim_start().get(label.len()..).unwrap_or_default();
            Ok(Line::Text { id, label, ranges: ranges(data)?, words })
        }
        'A' | 'M' => {
            let target = fields.next().ok_or("it has no target")?;
            Ok(Line::Attribute { label, target, value: fields.next() })
        }
        'R' => {
            let mut ends = fields.map(|end| end.split_once(':').map_or(end, |(_, end)| end));
            let (Some(from), Some(to), None) = (ends.next(), ends.next(), ends.next()) else {
                return Err("it does not have two ends");
            };
            Ok(Line::Relation { id, label, ends: [from, to] })
        }
        '*' => Ok(Line::Equivalent { label, ends: fields.collect() }),
        'E' => {
            let (_, trigger) = label.split_once(':').ok_or("it has no trigger")?;
            Ok(Line::Event { id, trigger, roles: fields.count() })
        }
        'N' => {
            let target = fields.next().ok_or("it has no target")?;
            let entry = fields.next().ok_or("it refers to nothing")?;
            let (database, entry) = entry.split_once(':').ok_or("it refers to nothing")?;
            Ok(Line::Reference { id, label, target, database, entry, words: words.unwrap_or_default() })
        }
        '#' => {
            let target = fields.next().ok_or("it has no target")?;
            Ok(Line::Note { kind: label, target, words: words.unwrap_or_default() })
        }
        _ => Err("brat has no such lines"),
    }
}

fn ranges(data: &str) -> Result<Vec<Range<usize>>, &'static str> {
    let range = |part: &str| {
        let mut numbers = part.split_whitespace().map(str::parse::<usize>);
        let (Some(Ok(start)), Some(Ok(end)), None) = (numbers.next(), numbers.next(), numbers.next()) else {
            return Err("its offsets are no pairs of numbers");
        };
        if start >= end {
            return Err("its offsets are empty or turned round");
        }
        Ok(start..end)
    };
    let mut ranges = data.split(';').map(range).collect::<Result<Vec<_>, _>>()?;
    ranges.sort_by_key(|range| range.start);
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_loosely_as_they_are_written() {
        let parts = Line::Text { id: "T1", label: "Claim", ranges: vec![0..5, 8..9], words: Some("a\tb") };
        assert_eq!(read("T1\tClaim 8 9;0 5\ta\tb"), Ok(parts));
        let relation = Line::Relation { id: "R1", label: "denies", ends: ["T1", "T2"] };
        assert_eq!(read("R1\tdenies Anaphora:T1 Antecedent:T2\t"), Ok(relation));
        assert_eq!(read("*\tEquiv T1 T2"), Ok(Line::Equivalent { label: "Equiv", ends: vec!["T1", "T2"] }));
        assert_eq!(read("E1\tAttack:T1 By:T2"), Ok(Line::Event { id: "E1", trigger: "T1", roles: 1 }));
        let old = Line::Attribute { label: "Negation", target: "E1", value: None };
        assert_eq!(read("M1\tNegation E1"), Ok(old));
        for wrong in
            ["", "T1", "T1\tClaim", "T1\tClaim 5 3\tx", "T1\tClaim 1 2 3\tx", "R1\tx Arg1:T1", "Q\tx y"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
