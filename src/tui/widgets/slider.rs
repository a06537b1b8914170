//! A value between two ends, beside another one, and where something holds.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// A line with a knob, told apart by shape: where something holds, the line is
/// heavy; where the knob stood before it was moved, there is a ring.
#[derive(Clone, Copy, Debug)]
pub struct Slider {
    /// Where the knob is, as a share of the width (0–1), if there is one.
    pub value: Option<f64>,
    /// Where it was before, or what it is compared with.
    pub before: f64,
    /// From where to where something holds, in shares of the width.
    pub holds: Option<(f64, f64)>,
    pub knob: Style,
    /// Style of the line where it holds.
    pub heavy: Style,
    pub line: Style,
}

impl Widget for Slider {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let cell = |share: f64| (share.clamp(0.0, 1.0) * f64::from(area.width)).floor();
        let last = f64::from(area.width.saturating_sub(1));
        let value = self.value.map(|value| cell(value).min(last));
        let before = cell(self.before).min(last);
        for (column, x) in (area.x..area.right()).enumerate() {
            let column = column as f64;
            let holds = self
                .holds
                .is_some_and(|(low, high)| (cell(low)..=cell(high).min(last)).contains(&column));
            let (symbol, style) = if value == Some(column) {
                ("●", self.knob)
            } else if column == before {
                ("○", self.knob)
            } else if holds {
                ("━", self.heavy)
            } else {
                ("─", self.line)
            };
            buffer.set_string(x, area.y, symbol, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(value: impl Into<Option<f64>>, before: f64, holds: Option<(f64, f64)>) -> String {
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let (style, value) = (Style::new(), value.into());
        Slider { value, before, holds, knob: style, heavy: style, line: style }
            .render(area, &mut buffer);
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn knob_ring_and_where_it_holds_are_told_apart() {
        assert_eq!(drawn(0.25, 0.25, None), "──●───────");
        assert_eq!(drawn(0.5, 0.25, Some((0.1, 0.7))), "─━○━━●━━──");
        assert_eq!(drawn(None, 0.8, Some((0.1, 0.6))), "─━━━━━━─○─");
        assert_eq!(drawn(1.0, 0.0, Some((0.0, 1.0))), "○━━━━━━━━●");
    }
}
