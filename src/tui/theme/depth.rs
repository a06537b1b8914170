//! Colour depth of a terminal, and the nearest colour that it has.

use ratatui::style::Color;

/// How many colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// None: only bold, underlined and reversed.
    None,
    /// The sixteen that people set in their terminal.
    Sixteen,
    /// The sixteen, a cube of 216 and 24 greys.
    Many,
    True,
}

/// Terminals that have every colour, by what their `TERM` holds.
const TRUE: [&str; 8] =
    ["direct", "kitty", "alacritty", "ghostty", "foot", "wezterm", "contour", "iterm"];

const NONE: [&str; 4] = ["dumb", "vt100", "vt220", "mono"];

impl Depth {
    /// What a terminal has, from its variables `TERM` and `COLORTERM`. One that
    /// says nothing has the sixteen.
    pub(crate) fn of(term: &str, colorterm: &str) -> Self {
        let holds = |words: &[&str]| words.iter().any(|word| term.contains(word));
        if holds(&NONE) {
            Self::None
        } else if matches!(colorterm, "truecolor" | "24bit") || holds(&TRUE) {
            Self::True
        } else if term.contains("256") || !colorterm.is_empty() {
            Self::Many
        } else {
            Self::Sixteen
        }
    }

    /// The colour that comes nearest to one.
    pub(crate) fn nearest(self, color: Color) -> Color {
        match (self, color) {
            (Self::None, _) => Color::Reset,
            (Self::Many, Color::Rgb(red, green, blue)) => {
                Color::Indexed(indexed([red, green, blue]))
            }
            (Self::Sixteen, Color::Rgb(..) | Color::Indexed(16..)) => {
                let (red, green, blue) = rgb(color).unwrap_or_default();
                Color::Indexed(basic([red, green, blue]))
            }
            (_, color) => color,
        }
    }
}

/// The nearest colour of the cube, or grey.
fn indexed(color: [u8; 3]) -> u8 {
    let distance = |number: &u8| -> u32 {
        let (red, green, blue) = rgb(Color::Indexed(*number)).unwrap_or_default();
        let parts = [red, green, blue].into_iter().zip(color);
        parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    (16..=255).min_by_key(distance).unwrap_or(16)
}

/// What differs by less than this is a grey.
const GREY: u8 = 24;

/// The one of the sixteen that says the same: its hue, bright or not. Their
/// exact colours are the user's, so that nothing is measured against them; and
/// a grey never becomes black, because then it might not be seen.
fn basic([red, green, blue]: [u8; 3]) -> u8 {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    if most - least < GREY {
        return match most {
            0..8 => 0,
            8..180 => 8,
            180..235 => 7,
            235.. => 15,
        };
    }
    let hue = hue([red, green, blue], f64::from(most), f64::from(most - least));
    let color = match hue {
        32.0..90.0 => 3,
        90.0..150.0 => 2,
        150.0..201.0 => 6,
        201.0..270.0 => 4,
        270.0..330.0 => 5,
        _ => 1,
    };
    if most >= 215 { color + 8 } else { color }
}

/// Where a colour stands on the wheel, 0–360: red, green and blue at 0, 120 and 240.
fn hue(color: [u8; 3], most: f64, spread: f64) -> f64 {
    let [red, green, blue] = color.map(f64::from);
    let sixth = if red >= most {
        (green - blue) / spread
    } else if green >= most {
        2.0 + (blue - red) / spread
    } else {
        4.0 + (red - green) / spread
    };
    (60.0 * sixth).rem_euclid(360.0)
}

/// The colour of a terminal's palette; `None` for the default.
pub(crate) fn rgb(color: Color) -> Option<(u8, u8, u8)> {
    let index = match color {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some((r, g, b)),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    Some(match index {
        0..=15 => {
            let bright = if index > 7 { 255 } else { 170 };
            let part = |bit: u8| if index & bit == 0 { bright - 170 } else { bright };
            (part(1), part(2), part(4))
        }
        16..=231 => {
            let cube = index - 16;
            (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        232..=255 => {
            let gray = 8 + 10 * (index - 232);
            (gray, gray, gray)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_says_how_many_colours_it_has() {
        for (term, colorterm, depth) in [
            ("xterm-256color", "", Depth::Many),
            ("xterm-256color", "truecolor", Depth::True),
            ("tmux-256color", "", Depth::Many),
            ("xterm-kitty", "", Depth::True),
            ("xterm", "", Depth::Sixteen),
            ("screen", "", Depth::Sixteen),
            ("linux", "", Depth::Sixteen),
            ("", "", Depth::Sixteen),
            ("vt100", "", Depth::None),
            ("dumb", "truecolor", Depth::None),
        ] {
            assert_eq!(Depth::of(term, colorterm), depth, "{term} {colorterm}");
        }
    }

    #[test]
    fn a_colour_that_a_terminal_has_is_itself() {
        for number in 16..=255 {
            let color = Color::Indexed(number);
            let (red, green, blue) = rgb(color).unwrap();
            let nearest = Depth::Many.nearest(Color::Rgb(red, green, blue));
            assert_eq!(rgb(nearest), rgb(color));
            assert_eq!(Depth::Many.nearest(color), color);
        }
        let own = Color::Rgb(1, 2, 3);
        assert_eq!(Depth::True.nearest(own), own);
        assert_eq!(Depth::Many.nearest(Color::Rgb(255, 135, 0)), Color::Indexed(208));
        assert_eq!(Depth::Many.nearest(Color::Rgb(120, 120, 120)), Color::Indexed(243));
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(9)), Color::Indexed(9));
    }

    #[test]
    fn of_sixteen_the_one_with_the_same_hue_is_taken() {
        for (rgb, number) in [
            ([255, 0, 0], 9),
            ([128, 0, 0], 1),
            ([0, 200, 0], 2),
            ([250, 220, 0], 11),
            ([0, 0, 255], 12),
            ([0, 150, 150], 6),
            ([200, 0, 200], 5),
            ([255, 255, 255], 15),
            ([60, 60, 60], 8),
            ([0, 0, 0], 0),
        ] {
            assert_eq!(basic(rgb), number, "{rgb:?}");
        }
    }
}
