use super::*;

fn sheet() -> Sheet {
    let tag = |letter, name: &str, color, pattern| SheetTag { letter, name: name.to_owned(), color, pattern };
    let column = |label: &str, unread| SheetColumn {
        label: label.to_owned(),
        title: format!("{label} in full"),
        meta: if unread { "not read" } else { "2021, read" }.to_owned(),
        unread,
    };
    Sheet {
        title: "Statements & documents".to_owned(),
        subtitle: "Harbor".to_owned(),
        rows_are: "Statement".to_owned(),
        tags: vec![
            tag('C', "claim", TagColor::Blue, Pattern::Solid),
            tag('D', "denial", TagColor::Wine, Pattern::Dashed),
        ],
        columns: vec![column("👮🏽‍♀️ <Brief>", false), column("e\u{301}en “krant”", true), column("C", false)],
        rows: vec![
            SheetRow {
                name: "=HYPERLINK(\"x\")".to_owned(),
                group: "a".to_owned(),
                remark: "disputed".to_owned(),
                disagreement: 0.5,
                first: "2021".to_owned(),
                cells: vec![SheetCell::Found(vec![(0, 2), (1, 1)]), SheetCell::NotRead, SheetCell::Silent],
            },
            SheetRow {
                name: "Twee".to_owned(),
                cells: vec![SheetCell::Earlier, SheetCell::NotRead, SheetCell::OtherVoices(3)],
                ..SheetRow::default()
            },
        ],
    }
}

#[test]
fn the_table_says_each_cell_in_words_and_holds_no_formula() {
    let csv = String::from_utf8(sheet().csv().unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head[0], "Statement");
    assert_eq!(head[5], "👮🏽‍♀️ <Brief> in full (2021, read)");
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(
        rows[0],
        ["'=HYPERLINK(\"x\")", "a", "disputed", "0.50", "2021", "2 claim, 1 denial", "not read", "silent"]
    );
    assert_eq!(rows[1][5..], ["earlier", "not read", "other voices, 3"]);
}

#[test]
fn the_page_stands_by_itself() {
    let html = sheet().html();
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    assert!(!html.contains("<script") && !html.contains("<Brief>") && !html.contains("src="));
    for words in [
        "○ silent",
        "□ not read",
        "‹ earlier",
        "– other voices, 3",
        "&lt;Brief&gt;",
        "class=\"box dashed\"",
        "disputed · a",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // As many cells as statements times columns.
    assert_eq!(html.matches("<td").count(), 6);
}

#[test]
fn the_picture_tells_every_kind_by_a_sign_of_its_own() {
    let drawing = sheet().drawing();
    let number = |is: fn(&Mark) -> bool| drawing.marks.iter().filter(|mark| is(mark)).count();
    // One in the matrix, one in the legend.
    assert_eq!(number(|mark| matches!(mark, Mark::Ring(..))), 2);
    // Two cells that nobody has read, and the legend.
    assert_eq!(number(|mark| matches!(mark, Mark::Rect(_, None, Some((Ink::Meta, Stroke::Dashed))))), 3);
    assert_eq!(number(|mark| matches!(mark, Mark::Rect(_, Some(Ink::Shade), None))), 1);
    let inside = |mark: &Mark| match mark {
        Mark::Rect([x, y, width, height], ..) => x + width <= drawing.width && y + height <= drawing.height,
        Mark::Words(words) => words.x < drawing.width && words.y < drawing.height,
        _ => true,
    };
    assert!(drawing.marks.iter().all(inside));
    let svg = sheet().svg();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && !svg.contains("<Brief"));
    let mut reader = quick_xml::Reader::from_str(&svg);
    loop {
        match reader.read_event().expect("it is well-formed") {
            quick_xml::events::Event::Eof => break,
            _ => continue,
        }
    }
    assert!(Sheet::default().svg().contains("silent"));
}

#[test]
fn long_names_stand_whole_on_several_lines() {
    let mut sheet = sheet();
    let name = "👮🏽‍♀️ e\u{301}en “kraan” stond stil in de nacht van de dertiende op de veertiende mei";
    sheet.rows[0].name = name.to_owned();
    sheet.columns[2].label = "Een krant van de kade".to_owned();
    let drawing = sheet.drawing();
    let said: Vec<&drawing::Words> = drawing
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Words(words) = mark { Some(words) } else { None })
        .collect();
    let all: Vec<&str> = said.iter().map(|words| words.text.as_str()).collect();
    assert!(all.join(" ").contains(name), "{all:?}");
    assert!(all.contains(&"Een krant van") && all.contains(&"de kade"), "{all:?}");
    // The next row stands below all of its lines.
    let y = |text: &str| said.iter().find(|words| words.text == text).map(|words| words.y).unwrap();
    assert!(y("veertiende mei") + 16.0 < y("Twee"), "{} {}", y("veertiende mei"), y("Twee"));
    // What is longer than all lines is cut at its end.
    sheet.rows[0].name = "kraan ".repeat(80);
    let cut =
        sheet.drawing().marks.iter().any(|mark| matches!(mark, Mark::Words(it) if it.text.ends_with('…')));
    assert!(cut);
}
