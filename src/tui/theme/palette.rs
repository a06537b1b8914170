//! The built-in palettes, and the few named colours that each consists of.

use ratatui::style::Color;

use super::Depth;
use crate::config::{self, Colors, Role, Theme};

/// What the terminal shows behind everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Background {
    #[default]
    Dark,
    Light,
}

impl Background {
    /// The background of a colour: red, green and blue.
    pub(crate) const fn of([red, green, blue]: [u8; 3]) -> Self {
        // As bright as the eye sees it (ITU-R BT.601), in thousandths.
        let brightness = 299 * red as u32 + 587 * green as u32 + 114 * blue as u32;
        if brightness > 127_500 { Self::Light } else { Self::Dark }
    }
}

/// The colours that everything on screen is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette([Color; Role::ALL.len()]);

impl Palette {
    /// The colours of a theme with some of one's own over them, as near as a terminal can come.
    pub(super) fn new(theme: Theme, ground: Background, own: &Colors, depth: Depth) -> Self {
        let numbers = match depth {
            Depth::Sixteen => of_sixteen(theme, ground),
            _ => of_many(theme, ground),
        };
        Self(Role::ALL.map(|role| {
            depth.nearest(match own.get(role) {
                Some(config::Color::Indexed(number)) => Color::Indexed(number),
                Some(config::Color::Rgb(red, green, blue)) => Color::Rgb(red, green, blue),
                None => Color::Indexed(numbers[role as usize]),
            })
        }))
    }

    pub(super) const fn get(&self, role: Role) -> Color {
        self.0[role as usize]
    }
}

/// The colours of a theme, of the 256 that every common terminal has, in the order
/// of [`Role::ALL`]: accent, muted, quiet, faint, good, caution, bad, selection
/// and what stands on it. They can be read on the grounds that the tests name.
const fn of_many(theme: Theme, ground: Background) -> [u8; Role::ALL.len()] {
    match (theme, ground) {
        (Theme::Calm, _) => [73, 66, 246, 243, 108, 179, 174, 237, 254],
        (Theme::Dark, _) => [80, 67, 250, 244, 114, 221, 210, 238, 255],
        (Theme::Light, _) => [24, 67, 239, 244, 22, 94, 124, 253, 16],
        (Theme::HighContrast, Background::Dark) => [51, 51, 231, 250, 46, 226, 217, 231, 16],
        (Theme::HighContrast, Background::Light) => [18, 18, 16, 240, 22, 52, 90, 16, 231],
        // After Okabe and Ito: blue, yellow, vermilion.
        (Theme::ColorBlind, Background::Dark) => [110, 67, 249, 244, 39, 228, 202, 238, 255],
        (Theme::ColorBlind, Background::Light) => [24, 67, 239, 244, 26, 94, 52, 253, 16],
    }
}

/// The same of the sixteen that people set in their terminal. What they look
/// like there is not known: bright black may be the background itself, so that
/// no text is drawn in it, and the line under the cursor is the other way round.
const fn of_sixteen(theme: Theme, ground: Background) -> [u8; Role::ALL.len()] {
    match (theme, ground) {
        (Theme::Calm, _) => [6, 6, 7, 8, 2, 3, 9, 7, 0],
        (Theme::Dark, _) => [14, 6, 7, 8, 10, 11, 9, 7, 0],
        (Theme::Light, _) => [4, 6, 0, 8, 2, 5, 1, 0, 15],
        (Theme::HighContrast, Background::Dark) => [14, 14, 15, 7, 10, 11, 9, 15, 0],
        (Theme::HighContrast, Background::Light) => [4, 4, 0, 0, 2, 5, 1, 0, 15],
        (Theme::ColorBlind, Background::Dark) => [14, 6, 7, 8, 12, 11, 9, 7, 0],
        (Theme::ColorBlind, Background::Light) => [6, 6, 0, 8, 4, 5, 1, 0, 15],
    }
}

#[cfg(test)]
mod tests {
    use super::super::contrast::{contrast, dot, linear};
    use super::super::rgb;
    use super::*;

    /// What is read. The rest is drawn: levels, rules, what stands for nothing.
    const READ: [Role; 5] = [Role::Accent, Role::Quiet, Role::Good, Role::Caution, Role::Bad];

    /// Black, the background of the pictures, and those of Catppuccin, One Dark and Solarized.
    const DARK: [[u8; 3]; 5] = [[0, 0, 0], [22, 25, 29], [30, 30, 46], [40, 44, 52], [0, 43, 54]];
    /// White, the background of the pictures, that of Solarized, and a light grey.
    const LIGHT: [[u8; 3]; 4] =
        [[255, 255, 255], [251, 250, 246], [253, 246, 227], [245, 245, 245]];

    /// Every palette with the grounds that it is for.
    fn palettes() -> Vec<(Theme, Background, &'static [[u8; 3]])> {
        use Background::{Dark, Light};
        let both = [Theme::HighContrast, Theme::ColorBlind];
        let both = both.into_iter().flat_map(|theme| [(theme, Dark), (theme, Light)]);
        [(Theme::Calm, Dark), (Theme::Dark, Dark), (Theme::Light, Light)]
            .into_iter()
            .chain(both)
            .map(|(theme, ground)| {
                (theme, ground, if ground == Dark { &DARK[..] } else { &LIGHT[..] })
            })
            .collect()
    }

    fn color(theme: Theme, ground: Background, role: Role) -> [f64; 3] {
        linear(rgb(Color::Indexed(of_many(theme, ground)[role as usize])).unwrap().into())
    }

    #[test]
    fn everything_can_be_read_on_the_grounds_that_a_palette_is_for() {
        for (theme, ground, grounds) in palettes() {
            let color = |role| color(theme, ground, role);
            // WCAG 2.2: 1.4.3 and 1.4.6 for text, 1.4.11 for what is drawn.
            let text = if theme == Theme::HighContrast { 7.0 } else { 4.5 };
            for background in grounds {
                for role in Role::ALL {
                    let least = match role {
                        Role::Selection | Role::OnSelection => continue,
                        Role::Muted | Role::Faint => 3.0,
                        _ => text,
                    };
                    let found = contrast(color(role), linear(*background));
                    assert!(found >= least, "{theme:?} {role:?} on {background:?}: {found:.2}");
                }
            }
            let found = contrast(color(Role::OnSelection), color(Role::Selection));
            assert!(found >= 7.0, "{theme:?} {ground:?} under the cursor: {found:.2}");
        }
    }

    /// How a colour looks to a person who lacks one kind of cone: red, green,
    /// blue (Machado, Oliveira and Fernandes 2009, severity 1).
    #[rustfmt::skip]
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];

    /// Distance in CIELAB (CIE 1976): 2 is just seen side by side.
    fn distance(a: [f64; 3], b: [f64; 3], eye: &[[f64; 3]; 3]) -> f64 {
        let lab = |color| {
            let seen = eye.map(|row| dot(row, color).clamp(0.0, 1.0));
            let [x, y, z] = [
                dot([0.4124, 0.3576, 0.1805], seen) / 0.950_47,
                dot([0.2126, 0.7152, 0.0722], seen),
                dot([0.0193, 0.1192, 0.9505], seen) / 1.088_83,
            ]
            .map(|part| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 4.0 / 29.0 });
            [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
        };
        let (a, b) = (lab(a), lab(b));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn everybody_tells_good_caution_and_bad_apart_in_the_palette_for_it() {
        for ground in [Background::Dark, Background::Light] {
            let color = |role| color(Theme::ColorBlind, ground, role);
            for eye in &EYES {
                for (one, other) in [
                    (Role::Good, Role::Caution),
                    (Role::Good, Role::Bad),
                    (Role::Caution, Role::Bad),
                ] {
                    let found = distance(color(one), color(other), eye);
                    assert!(found >= 30.0, "{ground:?} {one:?} and {other:?}: {found:.1}");
                }
            }
        }
        // It takes a palette of its own: without green cones the two are one.
        let calm = |role| color(Theme::Calm, Background::Dark, role);
        assert!(distance(calm(Role::Good), calm(Role::Bad), &EYES[2]) < 5.0);
    }

    #[test]
    fn with_sixteen_colours_what_differs_still_differs() {
        for (theme, ground, _) in palettes() {
            let of = |role: Role| of_sixteen(theme, ground)[role as usize];
            for (at, one) in READ.into_iter().enumerate() {
                assert_ne!(of(one), 8, "{theme:?} {one:?}: bright black may be the ground");
                for other in &READ[at + 1..] {
                    assert_ne!(of(one), of(*other), "{theme:?}: {one:?} and {other:?}");
                }
            }
            assert_ne!(of(Role::Selection), of(Role::OnSelection));
        }
    }

    #[test]
    fn a_ground_is_light_where_the_eye_says_so() {
        for color in DARK {
            assert_eq!(Background::of(color), Background::Dark);
        }
        for color in LIGHT {
            assert_eq!(Background::of(color), Background::Light);
        }
        assert_eq!(Background::of([0, 0, 255]), Background::Dark);
        assert_eq!(Background::of([255, 255, 0]), Background::Light);
    }
}
