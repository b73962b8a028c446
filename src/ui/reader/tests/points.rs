//! Every point leads to the byte that a slow layout of the whole document says, whatever was scrolled and resized.

use eframe::egui::text::CCursor;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;

/// What happens to a pane.
#[derive(Clone, Debug)]
enum Act {
    /// To a share of the text, in thousandths.
    Jump(usize),
    Wheel(f32),
    Width(f32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0_usize..=1_000).prop_map(Act::Jump),
        (-900.0_f32..900.0).prop_map(Act::Wheel),
        (220.0_f32..1_000.0).prop_map(Act::Width),
    ]
}

/// The caret nearest to a point by egui's own positions in galleys of all blocks, one below the other from the first.
fn slow(pane: &mut Pane, ctx: &egui::Context, at: Pos2) -> Vec<usize> {
    let role = font::document(&pane.theme, 3);
    pane.with_input(&role, |input, cache| {
        let view = cache.geometry.text;
        let blocks = input.rendering.blocks();
        let mut stacked: Vec<(f32, layout::BlockLayout)> = Vec::new();
        let mut y = 0.0;
        for (i, block) in blocks.iter().enumerate() {
            y += layout::gap_above(i.checked_sub(1).map(|i| &blocks[i]), block, input.text.row);
            let text = input.document.text();
            let (theme, role, width) = (input.theme, input.text, view.width());
            let setting = layout::Setting { ctx, theme, role, width, text, furniture: &[] };
            let laid = layout::lay_out(setting, block, None);
            let height = laid.height;
            stacked.push((y, laid));
            y += height;
        }
        // Where the whole stands on the screen, told by one block; the others are to agree.
        let first = cache.placed.first().expect("something is in view");
        let shift = first.top - stacked[first.block].0;
        let distance = |(top, laid): &(f32, layout::BlockLayout)| {
            let (top, bottom) = (top + shift, top + shift + laid.height);
            (top - at.y).max(at.y - bottom).max(0.0)
        };
        let nearest = stacked
            .iter()
            .enumerate()
            .filter(|(_, stacked)| !stacked.1.rows.is_empty())
            // What is out of view can't be pointed at, though it may be nearer to a gap at the edge.
            .filter(|(_, (top, laid))| top + shift + laid.height > view.top() && top + shift < view.bottom())
            .min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        let (index, (top, laid)) = nearest.expect("there are blocks");
        let x = at.x - view.left() - laid.indent;
        let y = at.y - top - shift;
        let row =
            laid.galley.rows.iter().position(|row| y < row.max_y()).unwrap_or(laid.galley.rows.len() - 1);
        let visible = laid.galley.text().to_owned();
        // All places between clusters that stand in this row, with how far they are from the point.
        let mut places: Vec<(f32, usize)> = Vec::new();
        let bounds = visible.grapheme_indices(true).map(|(at, _)| at).chain([visible.len()]);
        for byte in bounds {
            let chars = visible[..byte].chars().count();
            for prefers_next_row in [false, true] {
                let mut cursor = CCursor::new(chars);
                cursor.prefer_next_row = prefers_next_row;
                let rect = laid.galley.pos_from_cursor(cursor);
                let middle = laid.galley.rows[row].min_y() / 2.0 + laid.galley.rows[row].max_y() / 2.0;
                if rect.top() <= middle && middle <= rect.bottom() {
                    places.push(((rect.left() - x).abs(), byte));
                }
            }
        }
        let least = places.iter().map(|(away, _)| *away).fold(f32::INFINITY, f32::min);
        // As near as makes no difference; and past the last letter the place behind it.
        let mut near: Vec<usize> =
            places.iter().filter(|(away, _)| away - least < 0.6).map(|(_, byte)| *byte).collect();
        let ends: Vec<usize> = near.iter().map(|byte| visible[..*byte].trim_end().len()).collect();
        near.extend(ends);
        near.into_iter().map(|byte| blocks[index].to_source_start(byte)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn points_lead_where_a_slow_layout_of_all_says(
        acts in prop::collection::vec(act(), 1..6),
        points in prop::collection::vec((0.0_f32..1.0, 0.0_f32..1.0), 12),
        markdown in any::<bool>(),
    ) {
        let text = "# Kop “één”\n\n> Een *citaat* met 👮🏽‍♀️ en cafe\u{301}.\n\n- punt **één**\n- punt twee\n\n".to_owned()
            + &long(40);
        let presentation = if markdown { Presentation::Markdown } else { Presentation::Plain };
        let mut harness = open(Pane::new(&text, presentation));
        for act in acts {
            match act {
                Act::Jump(share) => {
                    let text = harness.state().document.text();
                    let offset = text.floor_char_boundary(text.len() * share / 1_000);
                    let place = Place::Top;
                    harness.state_mut().scroll_to = Some(ScrollTo { offset, end: offset, place });
                }
                Act::Wheel(points) => {
                    harness.hover_at(Pos2::new(120.0, 200.0));
                    harness.step();
                    harness.event(Event::MouseWheel {
                        unit: egui::MouseWheelUnit::Point,
                        delta: Vec2::new(0.0, points),
                        phase: egui::TouchPhase::Move,
                        source: egui::MouseWheelSource::Unknown,
                        modifiers: Modifiers::NONE,
                    });
                }
                Act::Width(width) => harness.state_mut().width = width,
            }
            harness.run_steps(30);
            for (x, y) in &points {
                let ctx = harness.ctx.clone();
                let pane = harness.state_mut();
                let view = pane.cache.geometry.text;
                let at = Pos2::new(view.left() + view.width() * x, view.top() + view.height() * y);
                let role = font::document(&pane.theme, 3);
                let found = pane.with_input(&role, |input, cache| pointer::locate(input, cache, at));
                let caret = found.expect("a place").caret;
                // On the edge of two rows sums of many heights may round to either.
                let near = [-0.3, 0.0, 0.3].map(|by| slow(pane, &ctx, at + Vec2::new(0.0, by)));
                let expected = near.concat();
                prop_assert!(expected.contains(&caret), "{caret} at {at:?}, not one of {expected:?}");
                let text = pane.document.text();
                let starts = text.grapheme_indices(true).any(|(start, _)| start == caret);
                prop_assert!(starts || caret == text.len(), "{caret} lies inside a cluster");
            }
        }
    }
}

/// Heights become known on the way: the scroll bar must not go back, or leap, for that.
#[test]
fn the_scroll_bar_goes_on_as_one_scrolls_on() {
    let mut harness = open(Pane::new(&long(400), Presentation::Plain));
    harness.hover_at(Pos2::new(200.0, 200.0));
    harness.step();
    let role = font::document(&Theme::light(), 3);
    let mut last = 0.0;
    for _ in 0..200 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -150.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        harness.step();
        let share = harness.state_mut().with_input(&role, |input, cache| {
            place::height_at_top(cache, input) / cache.heights().expect("heights").total()
        });
        assert!(share >= last - 1e-9, "back from {last} to {share}");
        assert!(share < last + 0.02, "a leap from {last} to {share}");
        last = share;
    }
    assert!(last > 0.3, "it did scroll: {last}");
}
