//! One step of a waterfall.

use ratatui::style::Style;
use ratatui::text::Span;

use super::EIGHTHS;

/// A bar between two shares of the width: what one part adds to a sum, where
/// it adds it.
#[derive(Clone, Copy, Debug)]
pub struct StepBar {
    /// Where it begins, as a share of the width (0–1).
    pub from: f64,
    /// Where it ends; less than `from` for a loss.
    pub to: f64,
    /// Columns.
    pub width: u16,
}

impl StepBar {
    /// The whole width as text: a gain is a solid bar, a loss a hatched one.
    #[must_use]
    pub fn span(self, gain: Style, loss: Style) -> Span<'static> {
        let from = super::eighths(self.from.min(self.to), self.width);
        let to = super::eighths(self.from.max(self.to), self.width);
        let is_loss = self.to < self.from;
        let text = (0..usize::from(self.width))
            .map(|column| {
                let start = column * 8;
                let filled = to.saturating_sub(start).min(8);
                let empty = from.saturating_sub(start).min(8);
                match (is_loss, filled > empty) {
                    (_, false) => " ",
                    (true, true) => "░",
                    // A cell that begins or ends within itself shows how much
                    // of it is filled; whether from the left does not matter
                    // at this size.
                    (false, true) => EIGHTHS[filled - empty],
                }
            })
            .collect::<String>();
        Span::styled(text, if is_loss { loss } else { gain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_is_solid_and_a_loss_hatched() {
        let step = |from, to| StepBar { from, to, width: 8 }.span(Style::new(), Style::new());
        assert_eq!(step(0.0, 0.5).content, "████    ");
        assert_eq!(step(0.5, 0.75).content, "    ██  ");
        assert_eq!(step(1.0, 0.5).content, "    ░░░░");
        assert_eq!(step(0.5, 0.5).content, "        ");
    }
}
