//! The waterfall of a score: what each criterion adds, and what the ceilings take.

use super::{Anchor, COLUMN, Canvas, Figure, Scale};
use crate::domain::{Criterion, Idea};
use crate::judge::{Score, shown_tenths};
use crate::report::number;

const ROW: f64 = 22.0;
const WIDTH: f64 = 560.0;
const LABELS: f64 = 14.0 * COLUMN;

/// The parts of the score of an idea, one below the other.
pub(crate) fn waterfall(idea: &Idea, score: &Score, sentence: &str) -> Figure {
    let mut canvas = Canvas::default();
    let mut parts = score.contributions.to_vec();
    parts.push(score.headroom_cap);
    let shown = shown_tenths(&parts, score.value());
    let scale = Scale::new((0.0, 100.0), (LABELS, WIDTH - 56.0));
    let names = Criterion::ALL.map(Criterion::id);
    let has_cap = shown.last().is_some_and(|cap| *cap < 0.0);
    let rows = names.len() + usize::from(has_cap) + 1;
    let bottom = ROW * rows as f64 + 4.0;
    for tick in scale.ticks(5.0) {
        canvas.line("grid", (scale.at(tick), 0.0), (scale.at(tick), bottom));
    }
    let mut sum = 0.0_f64;
    let names = names.into_iter().chain(has_cap.then_some("headroom cap"));
    for (at, (name, part)) in names.zip(&shown).enumerate() {
        let top = ROW * at as f64 + 4.0;
        let (from, to) = (scale.at(sum.min(sum + part)), scale.at(sum.max(sum + part)));
        let criterion = Criterion::ALL.get(at);
        let is_unsure = criterion.is_some_and(|criterion| score.missing[criterion.index()]);
        let class = match (*part < 0.0, is_unsure) {
            (true, _) => "loss",
            (false, true) => "unsure",
            (false, false) => "gain",
        };
        canvas.text("quiet", (0.0, top + 12.0), Anchor::Start, name);
        canvas.rect(class, (from, top), (to - from, 14.0));
        let sign = if *part > 0.0 { "+" } else { "" };
        let words = format!("{sign}{}{}", number(*part), if is_unsure { "?" } else { "" });
        canvas.text("quiet", (WIDTH - 4.0, top + 12.0), Anchor::End, &words);
        sum += part;
        canvas.line("link", (scale.at(sum), top + 14.0), (scale.at(sum), top + ROW));
    }
    let top = ROW * (rows - 1) as f64 + 4.0;
    canvas.text("", (0.0, top + 12.0), Anchor::Start, "score");
    canvas.rect("total", (scale.at(0.0), top), (scale.at(sum) - scale.at(0.0), 14.0));
    canvas.text("", (WIDTH - 4.0, top + 12.0), Anchor::End, &number(sum));
    let title = format!("How the score of \"{}\" comes about", idea.title);
    canvas.finish(title, sentence.to_owned(), WIDTH, bottom + 4.0)
}
