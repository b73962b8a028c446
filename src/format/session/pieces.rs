//! A session file that RON can't read, cut into its records by its lines.
//!
//! The program writes each record as a block of lines: its name stands alone in the first, and the last closes it at
//! the same depth. Strings hold no raw line ends, so no word of a text can look like either. What a damage spoils is
//! then no more than the block that it stands in.

/// A record of the file, or what seems to be left of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The name of its struct, such as `Annotation`; of its section, where its own is damaged; else `record`.
    pub name: &'static str,
    /// The line it begins in, counted from 1.
    pub line: usize,
    /// Neither its beginning nor its end is missing.
    pub whole: bool,
    /// Its lines.
    pub lines: Vec<&'a [u8]>,
}

/// A line with its number, counted from 1.
pub(super) type Line<'a> = (usize, &'a [u8]);

/// What stands in the file besides its records.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces<'a> {
    /// In the order of the file.
    pub pieces: Vec<Piece<'a>>,
    /// The fields at the beginning.
    pub head: Vec<Line<'a>>,
    /// The last line of the session is there.
    pub is_closed: bool,
}

/// The records of each section, with the section's name and the depth of its records.
const RECORDS: [(&str, &str, usize); 16] = [
    ("Annotator", "annotators", 4),
    ("Document", "documents", 4),
    ("Tag", "tags", 6),
    ("Attribute", "attributes", 6),
    ("LinkKind", "link_kinds", 6),
    ("Actor", "actors", 4),
    ("Statement", "statements", 4),
    ("Annotation", "annotations", 4),
    ("Link", "links", 4),
    ("Alert", "alerts_aside", 4),
    ("TagMapping", "tag_mappings", 4),
    ("StatementMapping", "statement_mappings", 4),
    ("Decision", "decisions", 4),
    ("Remark", "remarks", 4),
    ("Conflict", "conflicts", 4),
    ("Text", "texts", 4),
];

/// The lines of a file, without what ends them.
pub(super) fn lines(bytes: &[u8]) -> Vec<Line<'_>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut from = 0;
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    let lines = ends.map(|end| {
        let line = &bytes[from..end];
        from = end + 1;
        line
    });
    lines.enumerate().map(|(at, line)| (at + 1, line.strip_suffix(b"\r").unwrap_or(line))).collect()
}

/// The two sides of a file that git left half merged; `None` when it holds no conflict. No text of a document can
/// stand at the beginning of a line.
pub(super) fn sides<'a>(lines: &[Line<'a>]) -> Option<[Vec<Line<'a>>; 2]> {
    /// What the lines belong to.
    #[derive(PartialEq)]
    enum Of {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let mut sides = [Vec::new(), Vec::new()];
    let (mut of, mut found) = (Of::Both, false);
    for line in lines {
        let before = std::mem::replace(&mut of, Of::Both);
        of = match before {
            _ if line.1.starts_with(b"<<<<<<< ") => Of::Ours,
            Of::Ours if line.1.starts_with(b"|||||||") => Of::Base,
            Of::Ours | Of::Base if line.1.trim_ascii_end() == b"=======" => Of::Theirs,
            Of::Theirs if line.1.starts_with(b">>>>>>> ") => Of::Both,
            _ => {
                if matches!(before, Of::Both | Of::Ours) {
                    sides[0].push(*line);
                }
                if matches!(before, Of::Both | Of::Theirs) {
                    sides[1].push(*line);
                }
                of = before;
                continue;
            }
        };
        found = true;
    }
    found.then_some(sides)
}

/// Cuts the file.
pub(super) fn cut<'a>(lines: &[Line<'a>]) -> Pieces<'a> {
    let mut cut = Pieces::default();
    let mut open: Option<(Piece<'a>, usize)> = None;
    let mut section = "record";
    let mut is_head = true;
    for &(number, line) in lines {
        if let Some((name, depth)) = opening(line) {
            cut.pieces.extend(open.take().map(|(piece, _)| piece));
            open = Some((Piece { name, line: number, whole: false, lines: vec![line] }, depth));
            is_head = false;
            continue;
        }
        if let Some(named) = structural(line) {
            cut.pieces.extend(open.take().map(|(piece, _)| piece));
            section = named.unwrap_or(section);
            cut.is_closed |= line == b")";
            is_head &= line == b"Session(";
            continue;
        }
        if is_head && line.starts_with(b"  ") {
            cut.head.push((number, line));
            continue;
        }
        if open.is_none() && line.trim_ascii().is_empty() {
            continue;
        }
        // What no record begins with is a record whose first line is damaged.
        let (mut piece, depth) = open.take().unwrap_or_else(|| {
            let depth = RECORDS.iter().find(|(name, ..)| *name == section).map_or(4, |(.., depth)| *depth);
            (Piece { name: section, line: number, whole: false, lines: Vec::new() }, depth)
        });
        piece.lines.push(line);
        if is_closing(line, depth) {
            piece.whole = opening(piece.lines[0]).is_some();
            cut.pieces.push(piece);
        } else {
            open = Some((piece, depth));
        }
    }
    cut.pieces.extend(open.map(|(piece, _)| piece));
    cut
}

/// The record that begins with this line, and its depth.
fn opening(line: &[u8]) -> Option<(&'static str, usize)> {
    let name = line.strip_suffix(b"(")?.trim_ascii_start();
    let depth = line.len() - name.len() - 1;
    let (name, _, depth) = RECORDS.iter().find(|(known, _, at)| known.as_bytes() == name && *at == depth)?;
    Some((name, *depth))
}

/// The last line of a record at this depth.
fn is_closing(line: &[u8], depth: usize) -> bool {
    line.len() == depth + 2 && line.ends_with(b"),") && line[..depth].iter().all(|byte| *byte == b' ')
}

/// A line of the file's own structure, with what the records of the section that it begins are called.
fn structural(line: &[u8]) -> Option<Option<&'static str>> {
    let field = line.trim_ascii_start();
    if let Some(section) = field.strip_suffix(b": [") {
        let depth = line.len() - field.len() + 2;
        let known = RECORDS.iter().find(|(_, name, at)| name.as_bytes() == section && *at == depth);
        return known.map(|(name, ..)| Some(*name));
    }
    let known: [&[u8]; 6] = [b"Session(", b"  ],", b"  scheme: Scheme(", b"  ),", b")", b"    ],"];
    let is_empty_section =
        line.ends_with(b": [],") && line.starts_with(b"  ") && !line.starts_with(b"      ");
    (known.contains(&line) || is_empty_section || line.starts_with(b"// sha256: ")).then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(file: &str) -> Vec<(&'static str, usize, bool)> {
        let cut = cut(&lines(file.as_bytes()));
        cut.pieces.iter().map(|piece| (piece.name, piece.line, piece.whole)).collect()
    }

    const FILE: &str = "Session(\n  format: 1,\n  annotations: [\n    Annotation(\n      id: \"a\",\n    ),\n    \
                        Annotation(\n      id: \"b\",\n    ),\n  ],\n  links: [\n    Link(\n      id: \"c\",\n    ),\n  ],\n)\n";

    #[test]
    fn a_damage_spoils_the_record_that_it_stands_in() {
        let all = [("Annotation", 4, true), ("Annotation", 7, true), ("Link", 12, true)];
        assert_eq!(names(FILE), all);
        assert_eq!(names(&FILE.replace('\n', "\r\n")), all);
        assert_eq!(names(&FILE.replacen("  annotations: [", "  👮🏽‍♀️", 1)), all);
        let stray = [all[0], all[1], ("Annotation", 11, false), all[2]];
        assert_eq!(names(&FILE.replacen("  links: [", "  e\u{301}", 1)), stray);
        let lost = [("Annotation", 4, false), ("Annotation", 7, true), ("Link", 12, true)];
        assert_eq!(names(&FILE.replacen("    Annotation(", "    Annotatiom(", 1)), lost);
        assert_eq!(names(&FILE.replacen("    ),", "    )\0", 1)), lost);
        assert_eq!(names(&FILE[..FILE.find("      id: \"b").unwrap()])[1..], [("Annotation", 7, false)]);
    }

    #[test]
    fn a_conflict_has_two_sides() {
        let file = FILE.replacen("    ),", "<<<<<<< HEAD\n    ),\n=======\n      👮🏽‍♀️\n    ),\n>>>>>>> b", 1);
        let [ours, theirs] = sides(&lines(file.as_bytes())).unwrap();
        assert_eq!(ours.iter().map(|(_, line)| *line).collect::<Vec<_>>().join(&b'\n'), FILE.as_bytes());
        assert_eq!(theirs.len(), ours.len() + 1);
        assert_eq!(theirs[5], (9, "      👮🏽‍♀️".as_bytes()));
        assert_eq!(sides(&lines(FILE.as_bytes())), None);
    }
}
