use super::made::{self, about, dated, dossier, put, read, speak, statement, statement_id};
use super::*;
use crate::edit::Edit;
use crate::model::{ReadingStatus, Session};

/// A line a statement: its name, and what each cell says.
fn told(session: &Session, asked: &Asked) -> Vec<String> {
    let matrix = build(session, asked);
    let line = |(at, row): (usize, &Row)| {
        let cells = (0..matrix.columns.len()).map(|column| matrix.words(session, at, column));
        format!("{}: {}", row.name, cells.collect::<Vec<_>>().join(" | "))
    };
    matrix.rows.iter().enumerate().map(line).collect()
}

fn three() -> Session {
    let mut session = dossier(&[
        ("letter", "[denial:Niet e\u{301}en.] [denial:Nee.] [claim:Toch “wel”.]"),
        ("article", "[claim:Wel.] En [caveat:misschien]."),
        ("old", "Niets."),
        ("unread", "Niets."),
    ]);
    statement(&mut session, 1, "Kranen", "", 2);
    statement(&mut session, 2, "Lampen", "", 1);
    for (number, of) in [(1, 1), (2, 1), (3, 2), (4, 1), (5, 1)] {
        about(&mut session, number, of);
    }
    dated(&mut session, "letter", "2021-09-28");
    dated(&mut session, "article", "2021-10");
    dated(&mut session, "old", "2020");
    for name in ["letter", "article", "old"] {
        read(&mut session, name, ReadingStatus::Done);
    }
    read(&mut session, "unread", ReadingStatus::Reading);
    session
}

#[test]
fn a_cell_tells_found_silent_not_read_and_earlier_apart() {
    let session = three();
    let matrix = build(&session, &Asked::default());
    // Columns by date, the one without a date last; rows by hand.
    assert_eq!(
        matrix.columns.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(),
        ["old", "letter", "article", "unread"]
    );
    assert_eq!(
        told(&session, &Asked::default()),
        [
            "Lampen: earlier | 1 claim | silent | not read",
            "Kranen: earlier | 2 denial | 1 claim, 1 caveat | not read",
        ]
    );
    assert_eq!(
        matrix.reason(&session, 0, 0),
        "is of 2020, before the first dated appearance (letter, 2021-09-28)"
    );
    assert_eq!(matrix.reason(&session, 0, 2), "read to the end by E. Vos: nothing on it is marked");
    assert_eq!(matrix.reason(&session, 0, 3), "being read, not to the end: nothing can be said yet");
    assert_eq!(matrix.reason(&session, 0, 1), "");
}

#[test]
fn earlier_is_said_only_where_it_holds_whatever_day_is_meant() {
    let mut session = three();
    let cell = |session: &Session| {
        let matrix = build(session, &Asked::default());
        let key = ColumnKey::Document(DocumentId::new("old"));
        let (row, column) = (matrix.row_of(statement_id(1)).unwrap(), matrix.column_of(&key).unwrap());
        matrix.words(session, row, column)
    };
    for (date, says) in [
        ("2021-09-27", "earlier"),
        ("2021-09-28", "silent"),
        // Any of its days may be meant, the 30th too.
        ("2021-09", "silent"),
        ("2021-08", "earlier"),
        ("2021", "silent"),
        ("", "silent"),
        ("spring 2019", "silent"),
    ] {
        dated(&mut session, "old", date);
        assert_eq!(cell(&session), says, "{date:?}");
    }
    // The first appearance is the earliest day that an appearance may mean.
    dated(&mut session, "article", "2021");
    for (date, says) in [("2020-12", "earlier"), ("2021-02", "silent")] {
        dated(&mut session, "old", date);
        assert_eq!(cell(&session), says, "{date:?}");
    }
    // One that nobody has read may turn out to be the first.
    dated(&mut session, "old", "2019");
    read(&mut session, "old", ReadingStatus::Reading);
    assert_eq!(cell(&session), "not read");
    // A statement without a dated appearance has nothing to be earlier than.
    read(&mut session, "old", ReadingStatus::Done);
    dated(&mut session, "article", "");
    dated(&mut session, "letter", "");
    assert_eq!(cell(&session), "silent");
}

#[test]
fn a_filter_by_voice_never_calls_a_document_silent_that_speaks() {
    let mut session = three();
    speak(&mut session, 1, &["minister", "police"]);
    speak(&mut session, 4, &["paper"]);
    let asked = Asked { voice: Some(ActorId::new("police")), ..Asked::default() };
    assert_eq!(
        told(&session, &asked),
        [
            "Lampen: earlier | other voices, 1 | silent | not read",
            "Kranen: earlier | 1 denial | other voices, 2 | not read",
        ]
    );
    let matrix = build(&session, &asked);
    assert_eq!(matrix.reason(&session, 1, 1), "1 passage of other voices left out");
    assert_eq!(matrix.reason(&session, 1, 2), "2 passages here, none of them with police in its voice");
}

#[test]
fn voices_can_be_the_columns() {
    let mut session = three();
    speak(&mut session, 1, &["minister", "police"]);
    speak(&mut session, 3, &["minister"]);
    speak(&mut session, 4, &["paper", "police"]);
    let by = |columns| told(&session, &Asked { columns, ..Asked::default() });
    // Outermost: minister (letter, read), paper (article, read), none given.
    assert_eq!(
        by(ColumnsBy::OuterVoice),
        ["Lampen: 1 claim | silent | silent", "Kranen: 1 denial | 1 claim | 1 denial, 1 caveat"]
    );
    assert_eq!(
        by(ColumnsBy::InnerVoice),
        ["Lampen: 1 claim | silent | silent", "Kranen: silent | 1 claim, 1 denial | 1 denial, 1 caveat"]
    );
    read(&mut session, "article", ReadingStatus::Reading);
    let asked = Asked { columns: ColumnsBy::OuterVoice, ..Asked::default() };
    assert_eq!(told(&session, &asked)[0], "Lampen: 1 claim | not read | not read");
}

#[test]
fn rows_are_sorted_by_hand_date_group_and_disagreement() {
    let mut session = three();
    statement(&mut session, 3, "Nergens", "b", 0);
    statement(&mut session, 4, "E\u{301}en", "a", 9);
    let names = |sort| {
        let rows = build(&session, &Asked { sort, ..Asked::default() }).rows;
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(RowSort::Hand), ["Nergens", "Lampen", "Kranen", "E\u{301}en"]);
    assert_eq!(names(RowSort::Date), ["Lampen", "Kranen", "Nergens", "E\u{301}en"]);
    assert_eq!(names(RowSort::Group), ["E\u{301}en", "Nergens", "Lampen", "Kranen"]);
    assert_eq!(names(RowSort::Disagreement), ["Kranen", "Lampen", "Nergens", "E\u{301}en"]);
    let disputed = build(&session, &Asked { disputed_only: true, ..Asked::default() });
    assert_eq!((disputed.rows.len(), disputed.rows_left_out), (1, 3));
    // Of six pairs two are a claim and a denial, three have a caveat and another tag.
    assert!((disputed.rows[0].disagreement - (2.0 + 0.5 * 3.0) / 6.0).abs() < 1e-12);
}

#[test]
fn what_is_gone_is_gone() {
    let mut session = three();
    put(&mut session, Edit::RemoveAnnotation(made::id(3)));
    put(&mut session, Edit::RemoveStatement(statement_id(2)));
    assert_eq!(
        told(&session, &Asked::default()),
        ["Kranen: earlier | 2 denial | 1 claim, 1 caveat | not read"]
    );
    let empty = dossier(&[]);
    assert_eq!(build(&empty, &Asked::default()), Matrix::default());
    assert_eq!(Matrix::default().cell(0, 0), Cell::NotRead);
}
