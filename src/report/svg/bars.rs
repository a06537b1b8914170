//! Scores as marks on a scale, with the range of what is possible.

use super::{Anchor, COLUMN, Canvas, Figure, Scale, label};
use crate::report::number;

const ROW: f64 = 24.0;

/// Width of the picture, and of the labels on its left.
const WIDTH: f64 = 760.0;
const LABELS: f64 = 44.0 * COLUMN;

#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// What stands in front of it.
    pub(crate) label: String,
    /// The value, and what it may be at least and at most.
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) shown: String,
}

/// A row for each; values from 0 to `most`.
pub(crate) fn bars(title: &str, bars: &[Bar], most: f64) -> Figure {
    let mut canvas = Canvas::default();
    let scale = Scale::new((0.0, most), (LABELS + 12.0, WIDTH - 84.0));
    let bottom = 8.0 + ROW * bars.len() as f64;
    for tick in scale.ticks(5.0) {
        let x = scale.at(tick);
        canvas.line("grid", (x, 4.0), (x, bottom));
        canvas.text("quiet", (x, bottom + 16.0), Anchor::Middle, &number(tick));
    }
    for (at, bar) in bars.iter().enumerate() {
        let middle = 8.0 + ROW * (at as f64 + 0.5);
        let (name, _) = label(&bar.label, LABELS);
        canvas.text("", (0.0, middle + 4.0), Anchor::Start, &name);
        let (low, value, high) = (scale.at(bar.low), scale.at(bar.value), scale.at(bar.high));
        canvas.rect("gain", (scale.at(0.0), middle - 5.0), (low - scale.at(0.0), 10.0));
        canvas.rect("unsure", (low, middle - 5.0), (high - low, 10.0));
        canvas.line("axis", (value, middle - 8.0), (value, middle + 8.0));
        canvas.text("quiet", (WIDTH - 4.0, middle + 4.0), Anchor::End, &bar.shown);
    }
    let first = bars.first().map(|bar| format!("First: {}, {}. ", bar.label, bar.shown));
    let description = format!(
        "{}{} rows. The dark part is certain, the light part is possible, the stroke is the middle.",
        first.unwrap_or_default(),
        bars.len()
    );
    canvas.finish(title.to_owned(), description, WIDTH, bottom + 24.0)
}
