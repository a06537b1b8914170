//! The palettes by name, and colours of your own.

use std::fmt;

/// A colour, as a terminal can be asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// One of the 256 that every common terminal has; the first sixteen are
    /// those that people set in their terminal.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// The first sixteen by name, in the order of their numbers.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Color {
    /// What a colour is written as, in words.
    pub(super) const EXPECTED: &'static str =
        "\"#rrggbb\", a number from 0 to 255, or a name such as \"cyan\" or \"bright-red\"";

    /// Every name, in the order of their numbers.
    pub(super) const NAMES: [&'static str; 16] = NAMES;

    /// Reads `#5fafaf` or `bright-red`; `None` if it is neither.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let Some(digits) = name.strip_prefix('#') else {
            let at = NAMES.iter().position(|known| *known == name)?;
            return u8::try_from(at).ok().map(Self::Indexed);
        };
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self::Rgb(part(0)?, part(2)?, part(4)?))
    }
}

/// As settings write it; a colour without a name by its number.
impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Indexed(number) => match NAMES.get(usize::from(number)) {
                Some(name) => f.write_str(name),
                None => write!(f, "{number}"),
            },
            Self::Rgb(red, green, blue) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Headings, keys, the cursor, what is certain.
    Accent,
    Muted,
    Quiet,
    /// Rules, and what stands for nothing.
    Faint,
    Good,
    Caution,
    Bad,
    /// The ground of the line under the cursor.
    Selection,
    /// The text of the line under the cursor.
    OnSelection,
}

impl Role {
    /// All of them, in the order in which settings list them.
    pub const ALL: [Self; 9] = [
        Self::Accent,
        Self::Muted,
        Self::Quiet,
        Self::Faint,
        Self::Good,
        Self::Caution,
        Self::Bad,
        Self::Selection,
        Self::OnSelection,
    ];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accent => "accent",
            Self::Muted => "muted",
            Self::Quiet => "quiet",
            Self::Faint => "faint",
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Bad => "bad",
            Self::Selection => "selection",
            Self::OnSelection => "on_selection",
        }
    }

    /// What it is for, in a line.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Accent => "headings, keys, the cursor, what is certain",
            Self::Muted => "levels over time",
            Self::Quiet => "what is read second",
            Self::Faint => "rules, and what stands for nothing",
            Self::Good => "what went well",
            Self::Caution => "what wants attention",
            Self::Bad => "what went wrong",
            Self::Selection => "the ground of the line under the cursor",
            Self::OnSelection => "the text of the line under the cursor",
        }
    }
}

/// Colours that go over those of a theme, by the position of [`Role::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colors([Option<Color>; Role::ALL.len()]);

impl Colors {
    /// The colour of a role, if there is one of its own.
    #[must_use]
    pub const fn get(&self, role: Role) -> Option<Color> {
        self.0[role as usize]
    }

    /// Sets the colour of a role.
    pub fn set(&mut self, role: Role, color: Color) {
        self.0[role as usize] = Some(color);
    }
}

/// Which colours the workbench has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Quiet colours for a dark background.
    #[default]
    Calm,
    /// Clear colours for a dark background.
    Dark,
    Light,
    /// Strong colours, nothing faint; on dark and light.
    HighContrast,
    /// Blue and orange instead of green and red, told apart by everybody; on dark and light.
    ColorBlind,
}

impl Theme {
    /// All of them, in the order in which they follow each other.
    pub const ALL: [Self; 5] =
        [Self::Calm, Self::Dark, Self::Light, Self::HighContrast, Self::ColorBlind];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColorBlind => "color-blind",
        }
    }

    /// What stands in the settings where the colours are to fit the terminal.
    pub(super) const ASK: &'static str = "auto";

    /// The theme of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_back() {
        for (text, color) in [
            ("#5fAF00", Color::Rgb(0x5f, 0xaf, 0)),
            ("cyan", Color::Indexed(6)),
            ("bright-black", Color::Indexed(8)),
        ] {
            assert_eq!(Color::from_name(text), Some(color));
            assert_eq!(color.to_string(), text.to_lowercase());
        }
        for wrong in ["#5faf0", "#5faf0g", "5faf00", "Cyan", "", "#+1+1+1", "#éé11"] {
            assert_eq!(Color::from_name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn roles_stand_in_their_order() {
        let mut colors = Colors::default();
        for (at, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, at);
            colors.set(role, Color::Indexed(7));
            assert_eq!(colors.get(role), Some(Color::Indexed(7)));
        }
    }
}
