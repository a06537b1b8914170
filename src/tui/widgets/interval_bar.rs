//! A value with its interval, beside another value, on one scale.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// A thin line that is the scale, a heavy stretch that is the interval, a dot
/// for the value and a ring for the other one: told apart by shape.
#[derive(Clone, Copy, Debug)]
pub struct IntervalBar {
    /// The interval, in shares of the width (0–1).
    pub interval: Option<(f64, f64)>,
    /// The value, as a share of the width.
    pub value: Option<f64>,
    /// The value beside it.
    pub other: f64,
    /// Style of the dot and the ring.
    pub marks: Style,
    /// Style of the interval.
    pub heavy: Style,
    /// Style of the scale.
    pub line: Style,
}

impl Widget for IntervalBar {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let last = f64::from(area.width.saturating_sub(1));
        let cell = |share: f64| (share.clamp(0.0, 1.0) * last).round();
        for (column, x) in (area.x..area.right()).enumerate() {
            let column = column as f64;
            let is_at = |share: f64| cell(share) == column;
            let is_within = |(low, high): (f64, f64)| (cell(low)..=cell(high)).contains(&column);
            let (symbol, style) = if self.value.is_some_and(is_at) {
                ("●", self.marks)
            } else if is_at(self.other) {
                ("○", self.marks)
            } else if self.interval.is_some_and(is_within) {
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

    fn drawn(interval: Option<(f64, f64)>, value: Option<f64>, other: f64) -> String {
        let area = Rect::new(0, 0, 11, 1);
        let mut buffer = Buffer::empty(area);
        let style = Style::new();
        IntervalBar { interval, value, other, marks: style, heavy: style, line: style }
            .render(area, &mut buffer);
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn value_interval_and_the_other_value_are_told_apart() {
        assert_eq!(drawn(None, None, 0.2), "──○────────");
        assert_eq!(drawn(Some((0.1, 0.6)), None, 0.9), "─━━━━━━──○─");
        assert_eq!(drawn(Some((0.1, 0.6)), Some(0.3), 0.9), "─━━●━━━──○─");
        assert_eq!(drawn(Some((0.0, 9.0)), Some(1.0), -1.0), "○━━━━━━━━━●");
    }
}
