//! A chart of levels against effort, with a fitted line and its uncertainty.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::tui::theme::Styles;

/// Columns for the labels of the levels.
const MARGIN: u16 = 3;

const TOP: f64 = 10.0;

/// A level that was observed at some effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    pub effort: f64,
    pub level: f64,
    /// Whether it is drawn hollow.
    pub hollow: bool,
}

/// The fitted level at some effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    pub mean: f64,
    /// Low end of the band.
    pub low: f64,
    /// High end of the band.
    pub high: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    pub at: f64,
    /// Low end of where it may be.
    pub low: f64,
    /// High end of where it may be.
    pub high: f64,
    /// What effort is counted in.
    pub unit: &'static str,
}

/// Levels from 0 to 10 against effort: dots for what was observed, a line for
/// the fit, a dotted background for its band. All told apart by shape.
pub struct CourseChart<'a> {
    pub dots: &'a [Dot],
    /// The fit at any effort; `None` where there is none.
    pub fit: &'a dyn Fn(f64) -> Option<Fitted>,
    pub now: f64,
    /// Effort at the right end, at least `now`.
    pub end: f64,
    /// Where the line bends, if it does.
    pub bend: Option<Bend>,
    /// What stands below the left end.
    pub from: &'a str,
    pub today: &'a str,
    /// What stands below the right end, where that is not now.
    pub next: &'a str,
    pub styles: &'a Styles,
}

impl Widget for CourseChart<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.width <= MARGIN + 10 || area.height < 4 || self.end <= 0.0 {
            return;
        }
        let plot = Rect {
            x: area.x + MARGIN,
            width: area.width - MARGIN,
            height: area.height - 1,
            ..area
        };
        self.draw_levels(area, plot, buf);
        self.draw_fit(plot, buf);
        for dot in self.dots {
            let symbol = if dot.hollow { "○" } else { "●" };
            let place = (self.column(dot.effort, plot), row(dot.level, plot));
            if let Some(cell) = buf.cell_mut(place) {
                // Nothing of the line or the band below shows through.
                cell.reset();
                cell.set_symbol(symbol).set_style(self.styles.strong);
            }
        }
        self.draw_effort(area, plot, buf);
    }
}

impl CourseChart<'_> {
    fn draw_levels(&self, area: Rect, plot: Rect, buf: &mut Buffer) {
        for (level, label) in [(0.0, " 0"), (TOP / 2.0, " 5"), (TOP, "10")] {
            buf.set_string(area.x, row(level, plot), label, self.styles.quiet);
        }
        for y in plot.rows().map(|row| row.y) {
            buf.set_string(plot.x - 1, y, "│", self.styles.faint);
        }
    }

    fn draw_fit(&self, plot: Rect, buf: &mut Buffer) {
        for column in 0..plot.width {
            let effort = self.end * (f64::from(column) + 0.5) / f64::from(plot.width);
            let Some(Fitted { mean, low, high }) = (self.fit)(effort) else { continue };
            let x = plot.x + column;
            for y in row(high, plot)..=row(low, plot) {
                buf.set_string(x, y, "·", self.styles.faint);
            }
            if (0.0..=TOP).contains(&mean) {
                let (y, symbol) = stroke(mean, plot);
                let style = if effort > self.now { self.styles.quiet } else { self.styles.accent };
                buf.set_string(x, y, symbol, style);
            }
        }
    }

    /// The axis: nothing, the bend, today, and the end of the next block.
    fn draw_effort(&self, area: Rect, plot: Rect, buf: &mut Buffer) {
        let y = area.bottom() - 1;
        let now = self.column(self.now, plot);
        for row in plot.rows().filter(|_| self.end > self.now) {
            if let Some(cell) = buf.cell_mut((now, row.y))
                && matches!(cell.symbol(), " " | "·")
            {
                cell.set_symbol("┊").set_style(self.styles.quiet);
            }
        }
        let mut labels = vec![(plot.x, self.from.to_owned())];
        if let Some(Bend { at, low, high, unit }) = self.bend {
            let (low, high) = (self.column(low, plot), self.column(high, plot));
            for x in low..=high {
                buf.set_string(x, y, "─", self.styles.quiet);
            }
            buf.set_string(self.column(at, plot), y, "▴", self.styles.quiet);
            if low <= plot.x {
                labels.clear();
            }
            let whole = format!("slowed down at {at:.0} {unit}");
            let columns = |label: &str| u16::try_from(label.chars().count()).unwrap_or(u16::MAX);
            let end = now.min(area.right().saturating_sub(columns(self.today)));
            let fits = high.saturating_add(3 + columns(&whole)) <= end;
            labels.push((high + 2, if fits { whole } else { format!("at {at:.0} {unit}") }));
        }
        labels.push((now, self.today.to_owned()));
        if !self.next.is_empty() {
            labels.push((area.right(), self.next.to_owned()));
        }
        let mut free = area.x;
        for (x, label) in labels {
            let columns = u16::try_from(label.chars().count()).unwrap_or(u16::MAX);
            let start = x.min(area.right().saturating_sub(columns));
            if start >= free {
                buf.set_string(start, y, &label, self.styles.quiet);
                free = start + columns + 1;
            }
        }
    }

    fn column(&self, effort: f64, plot: Rect) -> u16 {
        plot.x + position(effort / self.end, plot.width)
    }
}

fn row(level: f64, plot: Rect) -> u16 {
    plot.y + position(1.0 - level / TOP, plot.height)
}

/// The row of a level, and a stroke in the third of it that is nearest.
fn stroke(level: f64, plot: Rect) -> (u16, &'static str) {
    let down = (1.0 - level / TOP) * f64::from(plot.height);
    let symbol = match down - down.floor() {
        part if part < 1.0 / 3.0 => "⠉",
        part if part < 2.0 / 3.0 => "⠒",
        _ => "⣀",
    };
    (row(level, plot), symbol)
}

/// Where a share of a length lies, from 0 to one less than the length.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0 and a length that is at most 65535"
)]
fn position(share: f64, length: u16) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(length)).min(f64::from(length.saturating_sub(1))) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(dots: &[Dot], bend: Option<f64>, size: (u16, u16)) -> Vec<String> {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        let fit = |effort: f64| {
            let mean = effort.min(40.0) / 8.0;
            Some(Fitted { mean, low: mean - 1.0, high: mean + 1.0 })
        };
        let styles = Styles::default();
        let (from, today) = ("0", "now 80 hours");
        let bend = bend.map(|at| Bend { at, low: at - 10.0, high: at + 5.0, unit: "h" });
        let (now, end, styles) = (80.0, 120.0, &styles);
        CourseChart { dots, fit: &fit, now, end, bend, from, today, next: "", styles }
            .render(area, &mut buf);
        let rows = buf.content().chunks(usize::from(size.0));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect()
    }

    #[test]
    fn dots_line_band_and_axis_are_told_apart_without_colour() {
        let dots = [
            Dot { effort: 10.0, level: 1.0, hollow: true },
            Dot { effort: 78.0, level: 5.0, hollow: false },
        ];
        let rows = drawn(&dots, Some(40.0), (43, 8));
        let all = rows.join("\n");
        for symbol in ["○", "●", "·", "┊", "───▴── at 40 h", "now 80 hours"] {
            assert!(all.contains(symbol), "{symbol}\n{all}");
        }
        assert!(all.contains('⠒') || all.contains('⠉') || all.contains('⣀'), "{all}");
        assert!(rows[0].starts_with("10│") && rows[6].starts_with(" 0│"), "{all}");
    }

    #[test]
    fn no_size_and_no_level_is_too_much() {
        let dots = [Dot { effort: 1e9, level: 99.0, hollow: false }];
        for size in [(1, 1), (14, 4), (200, 3), (60, 40)] {
            drawn(&dots, Some(-5.0), size);
        }
    }
}
