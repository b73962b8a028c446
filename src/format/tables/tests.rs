use super::*;
use crate::format::hard;

#[test]
fn headers_are_names_that_r_and_python_take() {
    let none = |_: &str| false;
    assert_eq!(header("certainty é", none), "certainty_e");
    assert_eq!(header("2nd 👮🏽‍♀️", none), "attribute_2nd");
    assert_eq!(header("👮🏽‍♀️", none), "attribute");
    assert_eq!(header("Tag", |name| name == "tag"), "tag_2");
}

#[test]
fn attributes_have_columns_of_their_own_and_every_row_is_as_long_as_the_headers() {
    let session = hard::session();
    let tables = Tables::of(&session);
    for table in Table::ALL {
        let columns = tables.columns(table);
        let mut names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), columns.len());
        let mut rows = 0;
        let row = &mut |cells: &[Cell<'_>]| {
            rows += 1;
            assert_eq!(cells.len(), columns.len(), "{}", table.name());
            Ok(())
        };
        tables.rows(table, row).unwrap();
        let expected = match table {
            Table::Passages => 17,
            Table::Links => 4,
            Table::Documents => 2,
            Table::Comments => 1,
            // 4 tags, a rule, an example, 2 attributes, 2 values, 6 link kinds.
            Table::Codebook => 16,
        };
        assert_eq!(rows, expected, "{}", table.name());
    }
    let columns = tables.columns(Table::Passages);
    let certainty = columns.iter().find(|column| column.name == "certainty_e").unwrap();
    assert_eq!(certainty.allowed, ["certain", "possible “é”"]);
    assert!(columns.iter().any(|column| column.name == "remark" && column.allowed.is_empty()));
    assert!(columns.iter().all(|column| column.name != "attributes"));
}
