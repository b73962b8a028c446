//! Measures in points. One baseline grid a surface: lists 25 or 26, text 26.

/// Distances: 4 between sign and word, 7 inside a control, 10, 14 between groups, 18, 26 between sections.
pub const SPACE: [f32; 6] = [4.0, 7.0, 10.0, 14.0, 18.0, 26.0];

/// Height of the bar at the top.
pub const TOP_BAR: f32 = 44.0;
/// Height of the bar with the hints.
pub const HINT_BAR: f32 = 32.0;
/// Height of a pane's head.
pub const PANE_HEAD: f32 = 58.0;
/// The line on top of the focused pane.
pub const PANE_FOCUS: f32 = 2.0;
/// Between two panes.
pub const PANE_GAP: f32 = 28.0;
/// Between two panes with ribbons in the gap.
pub const PANE_GAP_RIBBONS: f32 = 96.0;
/// The part of a gap that takes a drag.
pub const SPLITTER: f32 = 8.0;
/// Width of the dossier panel.
pub const DOSSIER: f32 = 216.0;
/// Width of the dossier panel in a small window.
pub const DOSSIER_NARROW: f32 = 128.0;
/// Width of the inspector.
pub const INSPECTOR: f32 = 276.0;
/// A window narrower than this is small: panels fold.
pub const SMALL_WINDOW: f32 = 1500.0;
/// A row of the table of annotations.
pub const TABLE_ROW: f32 = 26.0;
/// A row of a list.
pub const LIST_ROW: f32 = 25.0;

/// Paragraph number, at the left of a pane.
pub const PARAGRAPH_NUMBER: f32 = 21.0;
/// One lane.
pub const LANE: f32 = 15.0;
/// Lanes shown; one more becomes "+n".
pub const LANES: usize = 3;
/// Lanes shown at the right of the text, for the marks of colleagues.
pub const LANES_RIGHT: usize = 2;
/// Between lanes and text.
pub const LANE_TO_TEXT: f32 = 4.0;
/// Between text and overview strip.
pub const TEXT_TO_OVERVIEW: f32 = 9.0;
/// The overview strip.
pub const OVERVIEW: f32 = 18.0;
/// One column of the overview strip, of three.
pub const OVERVIEW_COLUMN: f32 = 3.6;
/// The scroll thumb beside the strip.
pub const SCROLL_THUMB: f32 = 5.0;
/// Between scroll thumb and the pane's edge.
pub const PANE_EDGE: f32 = 4.0;
/// Fewest characters that a line of text is to hold.
pub const MEASURE_MIN: f32 = 45.0;
/// Most characters that a line of text may hold: a wider pane gets wider margins.
pub const MEASURE_MAX: f32 = 80.0;

/// Width of the line under a passage.
pub const UNDERLINE: f32 = 1.7;
/// Width of the line under the chosen passage.
pub const UNDERLINE_CHOSEN: f32 = 2.2;
/// From one level of a colleague's lines above the words to the next.
pub const OVERLINE_STEP: f32 = 2.6;
/// From the baseline to the innermost underline.
pub const UNDERLINE_OFFSET: f32 = 4.0;
/// From one level of nesting to the next.
pub const UNDERLINE_STEP: f32 = 3.0;
/// Top of a band above the baseline, in parts of the text size.
pub const BAND_ABOVE: f32 = 0.9;
/// Bottom of a band below the baseline.
pub const BAND_BELOW: f32 = 5.0;
/// What a band grows at its top with each level of nesting.
pub const BAND_STEP_ABOVE: f32 = 1.6;
/// What a band grows at its bottom with each level of nesting.
pub const BAND_STEP_BELOW: f32 = 3.0;
/// Levels that get bands and lines; from the next one on lanes alone tell.
pub const BAND_LEVELS: usize = 3;
/// Outline of the chosen passage.
pub const CHOSEN_OUTLINE: f32 = 1.2;
/// The ring of a handle.
pub const HANDLE_RADIUS: f32 = 3.6;
/// Width of what takes a drag on a handle.
pub const HANDLE_HIT: f32 = 16.0;
/// A link's curve.
pub const LINK: f32 = 1.6;
/// Radius of the dot where a link starts.
pub const LINK_DOT: f32 = 2.6;
/// Length of an arrow head.
pub const ARROW: f32 = 7.0;
/// The bar at each end of the selection.
pub const SELECTION_BAR: f32 = 1.5;

/// Borders and rules.
pub const STROKE: f32 = 1.0;
/// The focus ring.
pub const FOCUS_RING: f32 = 2.0;
/// Between a control and its focus ring.
pub const FOCUS_GAP: f32 = 1.0;
/// The bar at the left of a row that is on.
pub const ROW_BAR: f32 = 3.0;
/// Smallest side of what can be pressed.
pub const HIT: f32 = 24.0;
/// Height of buttons and fields.
pub const CONTROL: f32 = 28.0;
/// Height of the welcome view's buttons.
pub const CONTROL_LARGE: f32 = 42.0;
/// An icon beside a word.
pub const ICON: f32 = 16.0;
/// Between an icon and its word.
pub const ICON_TO_WORD: f32 = 7.0;
/// The letter box of a tag.
pub const LETTER_BOX: f32 = 16.0;
/// The letter box in a lane.
pub const LETTER_BOX_LANE: f32 = 13.0;
/// A keycap.
pub const KEYCAP: f32 = 19.0;

/// Radius of fills.
pub const RADIUS_FILL: u8 = 2;
/// Radius of letter boxes.
pub const RADIUS_LETTER: u8 = 3;
/// Radius of keycaps and small buttons.
pub const RADIUS_KEYCAP: u8 = 4;
/// Radius of buttons and fields.
pub const RADIUS_CONTROL: u8 = 5;
/// Radius of rows and cards.
pub const RADIUS_ROW: u8 = 6;
/// Radius of pop-ups.
pub const RADIUS_POPUP: u8 = 7;

/// How long the outline stays on a place that was jumped to, in seconds.
pub const REACHED_SECS: f32 = 0.9;
/// How long a scroll after a jump takes, in seconds.
pub const JUMP_SECS: f32 = 0.12;
