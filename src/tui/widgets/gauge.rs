//! A small gauge for an answer from 0 to 10.

use ratatui::style::Style;
use ratatui::text::Span;

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
    #[must_use]
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
