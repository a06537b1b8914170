//! A bar that says a value and how sure it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::halves;

/// A heavy line up to the lowest value, then a thin one up to the highest:
/// told apart by shape, not only by colour.
#[derive(Clone, Copy, Debug)]
pub struct RangeBar {
    /// The lowest value, as a share of the width (0–1).
    pub low: f64,
    /// The highest value, as a share of the width (0–1).
    pub high: f64,
    /// Style of the heavy line.
    pub bar: Style,
    /// Style of the thin line.
    pub range: Style,
}

impl Widget for RangeBar {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let low = halves(self.low, area.width);
        let high = halves(self.high, area.width);
        for column in 0..area.width {
            let before = usize::from(column) * 2;
            let heavy = low.saturating_sub(before).min(2);
            let thin = high.saturating_sub(before).min(2);
            let (symbol, style) = match (heavy, thin) {
                (0, 0) => continue,
                (0, 1) => ("╴", self.range),
                (0, _) => ("─", self.range),
                (1, 2) => ("╾", self.bar),
                (1, _) => ("╸", self.bar),
                _ => ("━", self.bar),
            };
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(low: f64, high: f64) -> String {
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let style = Style::new();
        RangeBar { low, high, bar: style, range: style }.render(area, &mut buffer);
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn certain_is_heavy_and_possible_is_thin() {
        assert_eq!(drawn(0.5, 0.5), "━━━━━     ");
        assert_eq!(drawn(0.55, 0.55), "━━━━━╸    ");
        assert_eq!(drawn(0.55, 0.8), "━━━━━╾──  ");
        assert_eq!(drawn(0.0, 1.0), "──────────");
        assert_eq!(drawn(0.0, 0.0), "          ");
        assert_eq!(drawn(-1.0, 7.0), "──────────");
    }
}
