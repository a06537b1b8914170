//! A few colours become all styles in one place.

use ratatui::style::{Color, Modifier, Style};

/// The colours that everything on screen is made of. They are chosen to be
/// readable on dark and light backgrounds alike, from the 256 that every
/// common terminal has.
#[derive(Clone, Copy, Debug)]
struct Palette {
    accent: Color,
    muted: Color,
    quiet: Color,
    faint: Color,
    good: Color,
    caution: Color,
    bad: Color,
    selection: Color,
    on_selection: Color,
}

const PALETTE: Palette = Palette {
    accent: Color::Indexed(73),
    muted: Color::Indexed(66),
    quiet: Color::Indexed(246),
    faint: Color::Indexed(241),
    good: Color::Indexed(108),
    caution: Color::Indexed(179),
    bad: Color::Indexed(174),
    selection: Color::Indexed(237),
    on_selection: Color::Indexed(254),
};

/// Every style on screen. None carries meaning by colour alone: what differs
/// has a glyph or a word of its own.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    /// Ordinary text.
    pub text: Style,
    /// What the eye should find first.
    pub strong: Style,
    /// What is read second.
    pub quiet: Style,
    /// Rules, and what stands for nothing.
    pub faint: Style,
    /// Headings and the cursor.
    pub accent: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// The criterion under the cursor.
    pub focused: Style,
    /// A score that is certain.
    pub bar: Style,
    /// The stretch between the lowest and the highest possible score.
    pub range: Style,
    /// Levels over time.
    pub chart: Style,
    /// What the ceiling takes away.
    pub loss: Style,
    /// Something that went well.
    pub good: Style,
    /// Something that wants attention.
    pub caution: Style,
    /// Something that went wrong.
    pub bad: Style,
    /// The letters that a search found.
    pub found: Style,
    /// A key in the footer or in help.
    pub key: Style,
}

impl Default for Styles {
    fn default() -> Self {
        let Palette { accent, muted, quiet, faint, good, caution, bad, selection, on_selection } =
            PALETTE;
        let text = Style::new();
        Self {
            text,
            strong: text.add_modifier(Modifier::BOLD),
            quiet: text.fg(quiet),
            faint: text.fg(faint),
            accent: text.fg(accent),
            selected: text.fg(on_selection).bg(selection).add_modifier(Modifier::BOLD),
            focused: text.fg(accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            bar: text.fg(accent),
            range: text.fg(quiet),
            chart: text.fg(muted),
            loss: text.fg(bad),
            good: text.fg(good),
            caution: text.fg(caution),
            bad: text.fg(bad).add_modifier(Modifier::BOLD),
            found: text.fg(caution).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            key: text.fg(accent).add_modifier(Modifier::BOLD),
        }
    }
}
