//! The waterfall of a score: what each criterion adds, and what the ceilings take.

use super::{Anchor, COLUMN, Canvas, Figure, Scale};
use crate::domain::Idea;
use crate::judge::{Score, ScorePart};
use crate::report::number;

const ROW: f64 = 22.0;
const WIDTH: f64 = 560.0;
const LABELS: f64 = 14.0 * COLUMN;

/// The parts of the score of an idea, one below the other.
pub(crate) fn waterfall(idea: &Idea, score: &Score, sentence: &str) -> Figure {
    let mut canvas = Canvas::default();
    let shown: Vec<(ScorePart, f64)> = ScorePart::ALL
        .into_iter()
        .zip(score.shown_parts())
        .filter(|(part, amount)| !part.is_cap() || *amount < 0.0)
        .collect();
    let scale = Scale::new((0.0, 100.0), (LABELS, WIDTH - 56.0));
    let rows = shown.len() + 1;
    let bottom = ROW * rows as f64 + 4.0;
    for tick in scale.ticks(5.0) {
        canvas.line("grid", (scale.at(tick), 0.0), (scale.at(tick), bottom));
    }
    let mut sum = 0.0_f64;
    for (at, (part, amount)) in shown.iter().enumerate() {
        let top = ROW * at as f64 + 4.0;
        let (from, to) = (scale.at(sum.min(sum + amount)), scale.at(sum.max(sum + amount)));
        let is_unsure = match part {
            ScorePart::Criterion(criterion) => score.missing[criterion.index()],
            ScorePart::HeadroomCap | ScorePart::StrategyCap => false,
        };
        let class = match (*amount < 0.0, is_unsure) {
            (true, _) => "loss",
            (false, true) => "unsure",
            (false, false) => "gain",
        };
        canvas.text("quiet", (0.0, top + 12.0), Anchor::Start, part.name());
        canvas.rect(class, (from, top), (to - from, 14.0));
        let sign = if *amount > 0.0 { "+" } else { "" };
        let words = format!("{sign}{}{}", number(*amount), if is_unsure { "?" } else { "" });
        canvas.text("quiet", (WIDTH - 4.0, top + 12.0), Anchor::End, &words);
        sum += amount;
        canvas.line("link", (scale.at(sum), top + 14.0), (scale.at(sum), top + ROW));
    }
    let top = ROW * (rows - 1) as f64 + 4.0;
    canvas.text("", (0.0, top + 12.0), Anchor::Start, "score");
    canvas.rect("total", (scale.at(0.0), top), (scale.at(sum) - scale.at(0.0), 14.0));
    canvas.text("", (WIDTH - 4.0, top + 12.0), Anchor::End, &number(sum));
    let title = format!("How the score of \"{}\" comes about", idea.title);
    canvas.finish(title, sentence.to_owned(), WIDTH, bottom + 4.0)
}
