//! Icons: Phosphor Regular by name. Always beside words; 16 points, in the color of labels.

use eframe::egui::RichText;

use crate::ui::theme::{Theme, font};

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// A sign of the icon font.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name,)*
        }

        impl Icon {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The character that the icon font shows it for.
            pub const fn glyph(self) -> char {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

icons! {
    /// A new thing.
    Add = '\u{e3d4}';
    /// Close, clear.
    Close = '\u{e4f6}';
    /// Done.
    Check = '\u{e182}';
    /// Find.
    Search = '\u{e30c}';
    /// Undo.
    Undo = '\u{e08a}';
    /// Redo.
    Redo = '\u{e08c}';
    /// A link that comes in.
    ArrowLeft = '\u{e058}';
    /// A link that goes out.
    ArrowRight = '\u{e06c}';
    /// Before.
    ArrowUp = '\u{e08e}';
    /// After.
    ArrowDown = '\u{e03e}';
    /// A list opens below.
    CaretDown = '\u{e136}';
    /// Folds up.
    CaretUp = '\u{e13c}';
    /// Unfolds.
    CaretRight = '\u{e13a}';
    /// Folds to the left.
    CaretLeft = '\u{e138}';
    /// More actions.
    More = '\u{e1fe}';
    /// Saved in its file; verbatim.
    Saved = '\u{e184}';
    /// Safe on this computer.
    Safe = '\u{e29e}';
    /// A warning or conflict.
    Warning = '\u{e4e0}';
    /// Not found, unsure.
    Question = '\u{e3e8}';
    /// A remark.
    Info = '\u{e2ce}';
    /// Is shown.
    Shown = '\u{e220}';
    /// Is hidden.
    Hidden = '\u{e224}';
    /// A document or session file.
    Document = '\u{e23a}';
    /// Add documents.
    AddDocument = '\u{e236}';
    /// Open.
    Open = '\u{e256}';
    /// Save.
    Save = '\u{e248}';
    /// Export.
    Export = '\u{eaf0}';
    /// Import.
    Import = '\u{e20c}';
    /// Copy.
    Copy = '\u{e1ca}';
    /// Paste.
    Paste = '\u{e198}';
    /// Change.
    Edit = '\u{e3b4}';
    /// Delete.
    Delete = '\u{e4a6}';
    /// A note.
    Note = '\u{e348}';
    /// A comment.
    Comment = '\u{e17a}';
    /// A link.
    Link = '\u{e2e6}';
    /// A quotation, a passage.
    Quotes = '\u{e660}';
    /// A tag.
    Tag = '\u{e478}';
    /// The scheme.
    Scheme = '\u{e2f2}';
    /// A statement.
    Statement = '\u{e166}';
    /// A voice.
    Voice = '\u{eca8}';
    /// A person.
    Person = '\u{e4c2}';
    /// Several persons.
    People = '\u{e4d6}';
    /// The matrix.
    Matrix = '\u{e296}';
    /// Panes side by side.
    Columns = '\u{e546}';
    /// The table of annotations.
    Table = '\u{e476}';
    /// Filter.
    Filter = '\u{e266}';
    /// Sort.
    Sort = '\u{e444}';
    /// History.
    History = '\u{e1a0}';
    /// Compare, weigh.
    Compare = '\u{e750}';
    /// Settings.
    Settings = '\u{e270}';
    /// The light theme.
    Light = '\u{e472}';
    /// The dark theme.
    Dark = '\u{e330}';
    /// Text size.
    TextSize = '\u{e6ee}';
    /// Keys.
    Keyboard = '\u{e2d8}';
    /// Scrolls together; read only.
    Locked = '\u{e2fa}';
    /// Scrolls alone.
    Unlocked = '\u{e306}';
    /// Put aside.
    Flag = '\u{e244}';
    /// Again.
    Refresh = '\u{e094}';
    /// Move an end.
    Wide = '\u{e534}';
    /// All actions.
    Menu = '\u{e2f0}';
    /// Jump to.
    Target = '\u{e1d6}';
}

impl Icon {
    /// The icon as text of its own font, for labels.
    pub fn text(self, theme: &Theme) -> RichText {
        font::icon_beside().text(self.glyph(), theme.colors.text2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui;

    #[test]
    fn the_icon_font_has_every_icon() {
        let ctx = egui::Context::default();
        crate::ui::theme::install_fonts(&ctx);
        // Fonts are there from the first pass on; nothing paints its textures here.
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        ctx.fonts_mut(|fonts| {
            let characters = fonts.characters(&font::icon(16.0).family);
            for icon in Icon::ALL {
                let faces = characters.get(&icon.glyph());
                assert!(faces.is_some_and(|faces| faces[0] == "icon"), "{icon:?}: {faces:?}");
            }
        });
    }
}
