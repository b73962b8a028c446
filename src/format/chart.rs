//! Charts as tables of numbers, and those as SVG and CSV.

use crate::model::TagColor;

use super::citation::escaped;

/// Numbers by row and series, with what is said of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What the numbers are.
    pub title: String,
    /// What the rows are: "Document".
    pub rows_are: String,
    /// Tags, annotators, or one share.
    pub series: Vec<Series>,
    /// A label, and a number for each series.
    pub rows: Vec<(String, Vec<f64>)>,
    /// How it is drawn.
    pub kind: ChartKind,
}

/// What is counted in a column of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A letter that tells it apart without color.
    pub letter: char,
    /// Its color.
    pub color: TagColor,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar a row, its parts side by side.
    #[default]
    Bars,
    /// A bar a row, of a share between 0 and 1.
    Shares,
    /// A strip a series, along the rows.
    Strips,
}

impl Chart {
    /// The largest sum of a row, or for strips the largest number; at least 1.
    pub fn largest(&self) -> f64 {
        let of = |numbers: &Vec<f64>| match self.kind {
            ChartKind::Bars => numbers.iter().sum(),
            _ => numbers.iter().copied().fold(0.0, f64::max),
        };
        match self.kind {
            ChartKind::Shares => 1.0,
            _ => self.rows.iter().map(|(_, numbers)| of(numbers)).fold(1.0, f64::max),
        }
    }

    /// A number as it is shown: a count, or a share in percent.
    pub fn words(&self, number: f64) -> String {
        match self.kind {
            ChartKind::Shares => format!("{:.0} %", number * 100.0),
            _ => format!("{number}"),
        }
    }

    /// The table as CSV: a row a row, a column a series. Shares stand as numbers between 0 and 1.
    ///
    /// # Errors
    /// Never while the table is made in memory; the writer's error is handed on all the same.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let names = self.series.iter().map(|series| series.name.as_str());
        writer.write_record(std::iter::once(self.rows_are.as_str()).chain(names))?;
        for (label, numbers) in &self.rows {
            let numbers = numbers.iter().map(ToString::to_string);
            writer.write_record(std::iter::once(label.clone()).chain(numbers))?;
        }
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8(bytes).expect("only strings were written, so it is UTF-8"))
    }

    /// The chart as an SVG image that stands by itself.
    pub fn svg(&self) -> String {
        let (body, height) = match self.kind {
            ChartKind::Strips => self.strips(),
            _ => self.bars(),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#1d1b18\">\n\
             <title>{0}</title>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
             <text x=\"20\" y=\"30\" font-size=\"17\" font-weight=\"bold\">{0}</text>\n{body}</svg>\n",
            escaped(&self.title)
        )
    }

    fn bars(&self) -> (String, usize) {
        let mut svg = self.legend();
        let width = (WIDTH - LABELS - 90) as f64;
        for (i, (label, numbers)) in self.rows.iter().enumerate() {
            let y = TOP + i * ROW;
            svg.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                LABELS - 8,
                y + 17,
                escaped(&cut(label))
            ));
            let mut x = LABELS as f64;
            for (series, number) in self.series.iter().zip(numbers).filter(|(_, number)| **number > 0.0) {
                let long = number / self.largest() * width;
                let (name, words) = (escaped(&series.name), self.words(*number));
                svg.push_str(&format!(
                    "<rect x=\"{x:.1}\" y=\"{}\" width=\"{long:.1}\" height=\"18\" fill=\"{}\" stroke=\"#ffffff\">\
                     <title>{name}: {words}</title></rect>\n",
                    y + 4,
                    ink(series.color)
                ));
                if long > 14.0 && self.series.len() > 1 {
                    svg.push_str(&format!(
                        "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#ffffff\" font-size=\"11\">{}</text>\n",
                        x + long / 2.0,
                        y + 17,
                        escaped(&series.letter.to_string())
                    ));
                }
                x += long;
            }
            let sum = self.words(numbers.iter().sum());
            svg.push_str(&format!("<text x=\"{:.1}\" y=\"{}\">{sum}</text>\n", x + 6.0, y + 17));
        }
        (svg, TOP + self.rows.len() * ROW + 20)
    }

    fn strips(&self) -> (String, usize) {
        const STRIP: usize = 56;
        let mut svg = String::new();
        let cell = (WIDTH - LABELS - 30) as f64 / self.rows.len().max(1) as f64;
        for (i, series) in self.series.iter().enumerate() {
            let base = 60 + (i + 1) * STRIP;
            svg.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} {}</text>\n\
                 <line x1=\"{LABELS}\" x2=\"{}\" y1=\"{base}\" y2=\"{base}\" stroke=\"#b9b2a6\"/>\n",
                LABELS - 8,
                base - 4,
                escaped(&series.letter.to_string()),
                escaped(&cut(&series.name)),
                WIDTH - 30
            ));
            for (at, (label, numbers)) in self.rows.iter().enumerate().filter(|(_, row)| row.1[i] > 0.0) {
                let high = numbers[i] / self.largest() * (STRIP - 12) as f64;
                svg.push_str(&format!(
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\" fill=\"{}\">\
                     <title>{}: {}</title></rect>\n",
                    LABELS as f64 + at as f64 * cell,
                    base as f64 - high,
                    (cell - 1.0).max(1.0),
                    ink(series.color),
                    escaped(label),
                    self.words(numbers[i])
                ));
            }
        }
        let end = 60 + self.series.len() * STRIP;
        svg.push_str(&format!(
            "<text x=\"{LABELS}\" y=\"{0}\">start of the text</text>\n\
             <text x=\"{1}\" y=\"{0}\" text-anchor=\"end\">end</text>\n",
            end + 20,
            WIDTH - 30
        ));
        (svg, end + 40)
    }

    fn legend(&self) -> String {
        if self.series.len() < 2 {
            return String::new();
        }
        let (mut svg, mut x) = (String::new(), 20);
        for series in &self.series {
            let name = cut(&series.name);
            svg.push_str(&format!(
                "<rect x=\"{x}\" y=\"44\" width=\"16\" height=\"16\" fill=\"{}\"/>\n\
                 <text x=\"{}\" y=\"56\" text-anchor=\"middle\" fill=\"#ffffff\" font-size=\"11\">{}</text>\n\
                 <text x=\"{}\" y=\"57\">{}</text>\n",
                ink(series.color),
                x + 8,
                escaped(&series.letter.to_string()),
                x + 22,
                escaped(&name)
            ));
            x += 44 + name.chars().count() * 8;
        }
        svg
    }
}

/// Width of an image.
const WIDTH: usize = 900;
/// Room for labels at its left.
const LABELS: usize = 220;
/// Where its bars begin.
const TOP: usize = 74;
/// Height of a row.
const ROW: usize = 26;

fn cut(label: &str) -> String {
    if label.chars().count() <= 30 {
        return label.to_owned();
    }
    label.chars().take(29).chain(['…']).collect()
}

/// What a tag's color is on paper: that of its lines in the light window.
pub const fn ink(color: TagColor) -> &'static str {
    match color {
        TagColor::Blue => "#1f62b0",
        TagColor::Wine => "#96183f",
        TagColor::Ochre => "#8f6c00",
        TagColor::Green => "#14833e",
        TagColor::Violet => "#6521c9",
        TagColor::Teal => "#007c89",
        TagColor::Rust => "#c24b0d",
        TagColor::Slate => "#343e4d",
        TagColor::Olive => "#444e05",
        TagColor::Plum => "#75166d",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind) -> Chart {
        let series = |name: &str, letter, color| Series { name: name.to_owned(), letter, color };
        Chart {
            title: "Tags & <documents>".to_owned(),
            rows_are: "Document".to_owned(),
            series: vec![series("claim", 'C', TagColor::Blue), series("\"denial\"", '<', TagColor::Wine)],
            rows: vec![
                ("A, \"one\"".to_owned(), vec![3.0, 1.0]),
                ("👮🏽‍♀️ & e\u{301}".to_owned(), vec![0.0, 2.0]),
            ],
            kind,
        }
    }

    #[test]
    fn the_table_reads_back() {
        let table = chart(ChartKind::Bars).csv().unwrap();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["Document", "claim", "\"denial\""]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows[0], vec!["A, \"one\"", "3", "1"]);
        assert_eq!(rows[1], vec!["👮🏽‍♀️ & e\u{301}", "0", "2"]);
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        let svg = chart(ChartKind::Bars).svg();
        // 590 points are the largest sum, 4: three of them for claims, one for denials, two below.
        for words in
            ["width=\"442.5\"", "width=\"147.5\"", "width=\"295.0\"", "claim: 3", "&quot;denial&quot;: 2"]
        {
            assert!(svg.contains(words), "{words}\n{svg}");
        }
        assert!(!svg.contains("<documents>") && !svg.contains("\"<\"") && svg.contains("A, &quot;one&quot;"));
        let strips = chart(ChartKind::Strips).svg();
        assert!(strips.contains("height=\"44.0\"") && strips.contains("start of the text"), "{strips}");
    }
}
