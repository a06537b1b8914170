//! Bars: a value with its range, a value that is moved, one step of a sum, an answer from 0 to 10.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
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
    fn render(self, area: Rect, buf: &mut Buffer) {
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
            if let Some(cell) = buf.cell_mut((area.x + column, area.y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

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
    fn render(self, area: Rect, buf: &mut Buffer) {
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
            buf.set_string(x, area.y, symbol, style);
        }
    }
}

/// A bar between two shares of the width: what one part adds to a sum, where it adds it.
#[derive(Clone, Copy, Debug)]
pub struct StepBar {
    /// Where it begins, as a share of the width (0–1).
    pub from: f64,
    /// Where it ends; less than `from` for a loss.
    pub to: f64,
    pub width: u16,
}

impl StepBar {
    /// The whole width as text: a gain is a heavy line, a loss a dashed one.
    pub fn span(self, gain: Style, loss: Style) -> Span<'static> {
        let from = super::halves(self.from.min(self.to), self.width);
        let to = super::halves(self.from.max(self.to), self.width);
        let is_loss = self.to < self.from;
        let text = (0..usize::from(self.width))
            .map(|column| {
                let left = (from..to).contains(&(column * 2));
                let right = (from..to).contains(&(column * 2 + 1));
                match (left, right) {
                    (false, false) => ' ',
                    _ if is_loss => '╌',
                    (true, true) => '━',
                    (true, false) => '╸',
                    (false, true) => '╺',
                }
            })
            .collect::<String>();
        Span::styled(text, if is_loss { loss } else { gain })
    }
}

/// Ten dots: full ones up to the low end of the answer, half-full ones up to its high end.
#[derive(Clone, Copy, Debug)]
pub struct Gauge {
    /// Low end as a share of the scale (0–1).
    pub low: f64,
    /// High end as a share of the scale (0–1).
    pub high: f64,
}

impl Gauge {
    /// The gauge as three stretches: certain, possible, empty.
    pub fn spans(self, bar: Style, range: Style, empty: Style) -> [Span<'static>; 3] {
        let dots = |share: f64| super::halves(share, 10).div_ceil(2);
        let certain = dots(self.low);
        let possible = dots(self.high).max(certain);
        [
            Span::styled("■".repeat(certain), bar),
            Span::styled("□".repeat(possible - certain), range),
            Span::styled("·".repeat(10 - possible), empty),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(low: f64, high: f64) -> String {
        let area = Rect::new(0, 0, 10, 1);
        let mut buf = Buffer::empty(area);
        let style = Style::new();
        RangeBar { low, high, bar: style, range: style }.render(area, &mut buf);
        buf.content().iter().map(ratatui::buffer::Cell::symbol).collect()
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

    fn slid(value: impl Into<Option<f64>>, before: f64, holds: Option<(f64, f64)>) -> String {
        let area = Rect::new(0, 0, 10, 1);
        let mut buf = Buffer::empty(area);
        let (style, value) = (Style::new(), value.into());
        Slider { value, before, holds, knob: style, heavy: style, line: style }
            .render(area, &mut buf);
        buf.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn knob_ring_and_where_it_holds_are_told_apart() {
        assert_eq!(slid(0.25, 0.25, None), "──●───────");
        assert_eq!(slid(0.5, 0.25, Some((0.1, 0.7))), "─━○━━●━━──");
        assert_eq!(slid(None, 0.8, Some((0.1, 0.6))), "─━━━━━━─○─");
        assert_eq!(slid(1.0, 0.0, Some((0.0, 1.0))), "○━━━━━━━━●");
    }

    #[test]
    fn a_gain_is_heavy_and_a_loss_dashed() {
        let step = |from, to| StepBar { from, to, width: 8 }.span(Style::new(), Style::new());
        assert_eq!(step(0.0, 0.5).content, "━━━━    ");
        assert_eq!(step(0.5, 0.75).content, "    ━━  ");
        assert_eq!(step(0.0625, 0.3125).content, "╺━╸     ");
        assert_eq!(step(1.0, 0.5).content, "    ╌╌╌╌");
        assert_eq!(step(0.5, 0.5).content, "        ");
    }
}
