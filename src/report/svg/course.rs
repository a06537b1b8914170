//! Traction against effort, with the fitted line, its bend and its uncertainty.

use super::{Anchor, Canvas, Figure, Scale};
use crate::judge::Traction;
use crate::report::number;

const SIZE: (f64, f64) = (560.0, 220.0);

/// Steps in which the fit is drawn.
const STEPS: u32 = 60;

/// The chart of an idea that has been observed; `None` without an observation.
pub(crate) fn course(name: &str, traction: &Traction, sentence: &str) -> Option<Figure> {
    let hinge = traction.hinge()?;
    let outlook = traction.outlook?;
    let mut canvas = Canvas::default();
    let (now, unit) = (traction.effort.total, traction.effort.unit.id());
    let end = now + traction.block;
    let across = Scale::new((0.0, end), (28.0, SIZE.0 - 12.0));
    let up = Scale::new((0.0, 10.0), (SIZE.1 - 40.0, 8.0));
    for level in [0.0, 5.0, 10.0] {
        canvas.line("grid", (across.at(0.0), up.at(level)), (across.at(end), up.at(level)));
        canvas.text("quiet", (22.0, up.at(level) + 4.0), Anchor::End, &number(level));
    }
    for tick in across.ticks(6.0) {
        canvas.text("quiet", (across.at(tick), up.at(0.0) + 16.0), Anchor::Middle, &number(tick));
    }
    let fit: Vec<(f64, f64, f64)> = (0..=STEPS)
        .map(|step| {
            let effort = end * f64::from(step) / f64::from(STEPS);
            let level = hinge.level(effort);
            (effort, level.mean, level.deviation)
        })
        .collect();
    let edge = |sign: f64| {
        fit.iter().map(move |(effort, mean, deviation)| (*effort, mean + sign * deviation))
    };
    let place = |(effort, level): (f64, f64)| (across.at(effort), up.at(level));
    let band: Vec<(f64, f64)> = edge(1.0).chain(edge(-1.0).rev()).map(place).collect();
    canvas.path("band", &band, true);
    let line = |from: f64, to: f64| {
        let inner = fit.iter().filter(|(effort, ..)| (from..=to).contains(effort));
        let ends = |effort: f64| (effort, hinge.level(effort).mean);
        let inner = inner.map(|(effort, mean, _)| (*effort, *mean));
        let all = std::iter::once(ends(from)).chain(inner).chain([ends(to)]);
        all.map(place).collect::<Vec<_>>()
    };
    canvas.path("fit", &line(0.0, now), false);
    canvas.path("ahead", &line(now, end), false);
    let top = up.at(10.0);
    canvas.line("now", (across.at(now), top), (across.at(now), up.at(0.0)));
    canvas.text("quiet", (across.at(now), SIZE.1 - 6.0), Anchor::Middle, "now");
    if let Some(bend) = outlook.trend.bend {
        canvas.line("bend", (across.at(bend), top), (across.at(bend), up.at(0.0)));
        // Not over the word for now.
        if across.at(now) - across.at(bend) > 40.0 {
            canvas.text("quiet", (across.at(bend), SIZE.1 - 6.0), Anchor::Middle, "bend");
        }
    }
    canvas.text("quiet", (SIZE.0 - 4.0, SIZE.1 - 6.0), Anchor::End, unit);
    for seen in &traction.effort.observations {
        let class = if seen.recalled { "hollow" } else { "dot" };
        canvas.circle(class, place((seen.effort, seen.traction)), 4.0);
    }
    let title = format!("Traction of \"{name}\" against effort");
    let bend = outlook.trend.bend.map(|bend| format!(" It bends at {} {unit}.", number(bend)));
    let description = format!(
        "{} observations over {} {unit}.{} {sentence}.",
        traction.effort.observations.len(),
        number(now),
        bend.unwrap_or_default()
    );
    Some(canvas.finish(title, description, SIZE.0, SIZE.1))
}
