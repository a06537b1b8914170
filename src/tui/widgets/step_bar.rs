//! One step of a waterfall.

use ratatui::style::Style;
use ratatui::text::Span;

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
    #[must_use]
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

#[cfg(test)]
mod tests {
    use super::*;

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
