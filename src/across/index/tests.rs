use super::*;

const HEAD: &str = "👮🏽‍♀️ cafe\u{301} “x”. ";

fn words(index: &Index, id: &str) -> String {
    let document = index.document(index.slot(&DocumentId::new(id)).unwrap()).unwrap();
    let words = document.words.iter().map(|word| index.vocabulary.text(word.id));
    words.collect::<Vec<_>>().join(" ")
}

fn put(index: &mut Index, id: &str, text: &str, furniture: &[Span]) {
    index.put_text(&DocumentId::new(id), text.into(), true, furniture);
}

#[test]
fn a_document_is_added_replaced_and_removed() {
    let mut index = Index::default();
    put(&mut index, "a", &format!("{HEAD}De haven gaat open."), &[]);
    put(&mut index, "b", "De haven blijft dicht.", &[]);
    // “haven” is the second word of the second text.
    let class = index.document(index.slot(&DocumentId::new("b")).unwrap()).unwrap().words[1].class;
    let places =
        |index: &Index| -> Vec<Vec<u32>> { index.places(class).map(|(_, places)| places.to_vec()).collect() };
    assert_eq!(places(&index), [vec![3], vec![1]]);
    assert_eq!((index.words(), index.vocabulary.class_count(class)), (10, 2));
    put(&mut index, "a", "haven haven", &[]);
    assert_eq!((index.words(), index.vocabulary.class_count(class)), (6, 3));
    assert!(index.remove(&DocumentId::new("a")) && !index.remove(&DocumentId::new("a")));
    assert_eq!(places(&index), [vec![1]]);
    assert_eq!((index.words(), index.vocabulary.class_count(class)), (4, 1));
}

#[test]
fn months_are_numbers_beside_numbers_only() {
    let mut index = Index::default();
    put(&mut index, "a", "28 september 2021, May 5, you may go, in mei", &[]);
    assert_eq!(words(&index, "a"), "#28 #m9 #2021 #m5 #5 you may go in mei");
}

#[test]
fn what_is_marked_as_furniture_is_left_out() {
    let mut index = Index::default();
    let text = format!("{HEAD}De haven\nBlad 3\ngaat open.");
    let at = text.find("Blad").unwrap();
    put(&mut index, "a", &text, &[Span::new(at, at + 6).unwrap()]);
    assert_eq!(words(&index, "a"), "cafe x de haven gaat open");
}

#[test]
fn headers_of_pages_are_left_out_and_words_of_wrapped_text_stay() {
    let mut index = Index::default();
    let page = |text: &str, n: usize| format!("{text}\n\nRaad van de haven\nDatum\n{n}\n\n");
    let text: String = HEAD.to_owned()
        + &page("De haven gaat open\nmet\neen feest", 1)
        + &page("zegt de raad\nmet\nklem", 2)
        + &page("en de burgemeester\nmet\nverve", 3);
    put(&mut index, "a", &text, &[]);
    assert_eq!(
        words(&index, "a"),
        "cafe x de haven gaat open met een feest zegt de raad met klem en de burgemeester met verve"
    );
    assert_eq!(index.recurring_lines(&DocumentId::new("a")).len(), 9);
    let first = index.recurring_lines(&DocumentId::new("a"))[0];
    assert_eq!(first.of(&text), Some("Raad van de haven"));
}

#[test]
fn an_index_may_be_read_by_many() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Index>();
}

#[test]
fn names_that_stand_in_rows_do_not_make_a_text_german() {
    let mut index = Index::default();
    for (id, text) in [
        (
            "a",
            "asked Dame Ruth Alba Vale why he had told Sir Philip Otto Gray of it, and he named Mrs Ina Lee Poole twice or more in a day",
        ),
        ("b", "kam die Frau mit dem Hund an das Tor und sah den Mann vor dem Haus in der Nacht"),
    ] {
        index.put_text(&DocumentId::new(id), format!("👮🏽‍♀️ e\u{301} “x” Then {text}.").into(), true, &[]);
    }
    let has_names = |slot: usize| index.document(slot).unwrap().has_names;
    assert!(has_names(0) && !has_names(1));
}
