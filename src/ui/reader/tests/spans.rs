//! Where passages stand, and columns that are carried along.

use super::*;

#[test]
fn a_passage_is_told_where_it_stands_without_laying_anything_out() {
    let mut pane = Pane::new(&long(300), Presentation::Plain);
    let span = |pane: &Pane, words: &str| {
        let at = pane.find(words) + "Alinea ".len();
        Span::new(at, at + 30).expect("not empty")
    };
    let spans = ["Alinea 1:", "Alinea 150:", "Alinea 290:"].map(|words| span(&pane, words));
    pane.asked = spans.to_vec();
    let mut harness = open(pane);
    let places = |harness: &Harness<'_, Pane>| harness.state().output.as_ref().expect("drawn").spans.clone();
    let seen = places(&harness);
    assert!(matches!(seen[..], [SpanPlace::Shown(_), SpanPlace::Below, SpanPlace::Below]), "{seen:?}");
    let laid_out = harness.state().cache.layout_count();
    assert!(laid_out < 30, "{laid_out}");

    // It stands where a caret at its start would.
    let offset = spans[1].start();
    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place: Place::At(120) });
    harness.step();
    let caret = harness.state_mut().point(offset, true);
    let seen = places(&harness);
    assert!(matches!(seen[..], [SpanPlace::Above, SpanPlace::Shown(_), SpanPlace::Below]), "{seen:?}");
    let shown = *seen[1].shown().expect("in view");
    assert!(shown.first.y_range().contains(caret.y) && (shown.first.left() - caret.x).abs() < 0.5);
    let output = harness.state().output.as_ref().expect("drawn");
    assert!((shown.first.top() - output.text_rect.top() - 120.0).abs() < 0.5, "so far below the top");
    assert_eq!(output.moved, 0.0, "to be put somewhere is no scrolling");
}

#[test]
fn a_pane_is_carried_by_so_many_points_as_its_text_allows() {
    let mut harness = open(Pane::new(&long(300), Presentation::Plain));
    let carry = |harness: &mut Harness<'_, Pane>, points: f32| {
        harness.state_mut().carry = points;
        harness.step();
        let output = harness.state().output.as_ref().expect("drawn");
        assert_eq!(output.moved, 0.0, "what is carried does not carry others");
        output.carried
    };
    assert!((carry(&mut harness, 300.0) - 300.0).abs() < 0.1);
    assert!((carry(&mut harness, -100.0) + 100.0).abs() < 0.1);
    assert!((carry(&mut harness, -500.0) + 200.0).abs() < 0.1, "not above its top");
}
