//! ASCII replacements for terminals without Unicode.

use ratatui::buffer::Buffer;

/// Every glyph of ours with what stands for it: one column each, and different
/// where the difference means something.
const GLYPHS: &[(&str, &str)] = &[
    // Bars: certain, possible, lost.
    ("━", "="),
    ("╸", "="),
    ("╺", "="),
    ("╾", "="),
    ("─", "-"),
    ("╴", "-"),
    ("╌", "~"),
    ("■", "#"),
    ("□", "+"),
    // Levels.
    ("▁", "_"),
    ("▂", "."),
    ("▃", ":"),
    ("▄", "-"),
    ("▅", "="),
    ("▆", "+"),
    ("▇", "*"),
    ("█", "#"),
    ("▌", "|"),
    // Charts.
    ("⠉", "'"),
    ("⠒", "-"),
    ("⣀", "_"),
    ("┊", ":"),
    ("▴", "^"),
    ("○", "o"),
    // Frames.
    ("│", "|"),
    ("═", "="),
    ("║", "|"),
    ("╔", "+"),
    ("╗", "+"),
    ("╚", "+"),
    ("╝", "+"),
    ("┄", "."),
    ("├", "|"),
    ("┤", "|"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    // Marks.
    ("▸", ">"),
    ("◂", "<"),
    ("◇", "o"),
    ("‖", "="),
    ("×", "x"),
    ("✓", "v"),
    ("✗", "x"),
    ("●", "*"),
    ("○", "0"),
    ("▲", "^"),
    ("▼", "v"),
    ("◆", "@"),
    ("·", "."),
    ("…", "~"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    // Signs in words and numbers.
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
    ("±", "~"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
    ("≥", ">"),
    ("≤", "<"),
    ("≈", "~"),
    ("≠", "!"),
    ("↩", "<"),
];

/// Replaces every glyph of ours. Letters of other scripts, which are the user's own words, stay.
pub(super) fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        if let Some((_, plain)) = GLYPHS.iter().find(|(glyph, _)| *glyph == cell.symbol()) {
            cell.set_symbol(plain);
        } else if cell.symbol().chars().all(stands_for_control) {
            cell.set_symbol("?");
        }
    }
}

/// Whether a character stands for one that a terminal would obey.
const fn stands_for_control(c: char) -> bool {
    matches!(c, '\u{2400}'..='\u{2426}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_glyph_is_one_column_of_ascii() {
        for (glyph, plain) in GLYPHS {
            assert_eq!(crate::text::width(glyph), 1, "{glyph}");
            assert!(plain.len() == 1 && plain.is_ascii(), "{glyph}");
        }
    }

    #[test]
    fn what_means_something_else_looks_different() {
        let plain =
            |glyph: &str| GLYPHS.iter().find(|(known, _)| *known == glyph).map(|(_, plain)| plain);
        for group in [
            &["━", "─", "╌"][..],
            &["■", "□", "·"],
            &["·", "◇", "▸", "‖", "×", "✓"],
            &["●", "○", "·", "⠒", "┊", "▴"],
        ] {
            let mut seen: Vec<_> = group.iter().map(|glyph| plain(glyph)).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), group.len(), "{group:?}");
        }
    }
}
