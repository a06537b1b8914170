//! Risk against reward in the planes of the Map screen, and traction against effort
//! with the fitted line, its bend and its uncertainty. On the map a name stands where
//! there is room, else a number, else nothing: the table below the picture has them
//! all.

use super::{Anchor, Canvas, Figure, Scale, label};
use crate::domain::{BetInput, BetKind};
use crate::judge::{RiskRewardPoint, Traction, percent};
use crate::report::number;

const MAP_SIZE: (f64, f64) = (760.0, 440.0);

/// Room for a label, in pixels; its height.
const LABEL: f64 = 150.0;
const HEIGHT: f64 = 15.0;

#[derive(Clone, Debug)]
pub(crate) struct MapPoint {
    /// What stands beside it where there is no room for its name.
    pub(crate) number: String,
    pub(crate) label: String,
    pub(crate) place: RiskRewardPoint,
}

/// A rectangle that is taken: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// A plane on the canvas.
struct Plane {
    bet: BetKind,
    across: Scale,
    up: Scale,
}

impl Plane {
    /// The two planes, side by side.
    fn both() -> [Self; 2] {
        let middle = MAP_SIZE.0 / 2.0;
        [(BetKind::NextHot, 0.0, middle - 8.0), (BetKind::Hot, middle + 8.0, MAP_SIZE.0)].map(
            |(bet, left, right)| Self {
                bet,
                across: Scale::new((0.0, 1.0), (left + 30.0, right - 12.0)),
                up: Scale::new((0.0, 1.0), (MAP_SIZE.1 - 44.0, 36.0)),
            },
        )
    }

    /// Where a point stands, in pixels.
    fn at(&self, place: &RiskRewardPoint) -> (f64, f64) {
        (self.across.at(place.across), self.up.at(place.up))
    }

    /// The grid, with its words.
    fn draw(&self, canvas: &mut Canvas) {
        let [across, up] = RiskRewardPoint::axes(self.bet).map(BetInput::id);
        let (left, right) = self.across.pixels;
        let (bottom, top) = self.up.pixels;
        let ticks: Vec<(f64, String)> = match self.bet {
            BetKind::NextHot => [0.01, 0.03, 0.1, 0.3, 0.9]
                .map(|chance| (RiskRewardPoint::along_chances(chance), percent(chance)))
                .to_vec(),
            BetKind::Hot => TENTHS.map(|tenth| (tenth / 10.0, tenth.to_string())).to_vec(),
        };
        for (part, words) in ticks {
            let x = self.across.at(part);
            canvas.line("grid", (x, top), (x, bottom));
            canvas.text("quiet", (x, bottom + 16.0), Anchor::Middle, &words);
        }
        for tenth in TENTHS {
            let y = self.up.at(tenth / 10.0);
            canvas.line("grid", (left, y), (right, y));
            canvas.text("quiet", (left - 6.0, y + 4.0), Anchor::End, &tenth.to_string());
        }
        mark(canvas, self.bet, true, (left + 5.0, 12.0));
        canvas.text("", (left + 16.0, 16.0), Anchor::Start, self.bet.id());
        canvas.text("quiet", (right, 16.0), Anchor::End, &format!("↑ {up}"));
        canvas.text("quiet", (right, MAP_SIZE.1 - 8.0), Anchor::End, &format!("→ {across}"));
    }

    /// Whether a label may stand there, as far as the edges are concerned.
    fn holds(&self, area: &Area) -> bool {
        area.0 >= self.across.pixels.0 - 20.0
            && area.2 <= self.across.pixels.1 + 12.0
            && area.1 >= self.up.pixels.1 - 8.0
            && area.3 <= self.up.pixels.0
    }
}

/// Answers that have a line.
const TENTHS: [f64; 5] = [0.0, 2.5, 5.0, 7.5, 10.0];

/// Both planes; earlier points choose their labels first.
pub(crate) fn map(points: &[MapPoint]) -> Figure {
    let mut canvas = Canvas::default();
    let planes = Plane::both();
    for plane in &planes {
        plane.draw(&mut canvas);
    }
    let placed: Vec<(&MapPoint, &Plane, (f64, f64))> = points
        .iter()
        .filter_map(|point| {
            let plane = planes.iter().find(|plane| plane.bet == point.place.bet)?;
            Some((point, plane, plane.at(&point.place)))
        })
        .collect();
    let mut taken: Vec<Area> =
        placed.iter().map(|(_, _, (x, y))| (x - 7.0, y - 7.0, x + 7.0, y + 7.0)).collect();
    for (point, plane, at) in placed {
        mark(&mut canvas, point.place.bet, point.place.is_exact, at);
        let is_free =
            |area: &Area| plane.holds(area) && !taken.iter().any(|other| overlap(area, other));
        let free = [&point.label, &point.number].into_iter().find_map(|name| {
            let (text, wide) = label(name, LABEL);
            let mut places = candidates(at, wide).into_iter();
            places.find(|(_, area)| is_free(area)).map(|(anchor, area)| (text, anchor, area))
        });
        if let Some((text, anchor, area)) = free {
            let x = match anchor {
                Anchor::Start => area.0,
                Anchor::Middle => f64::midpoint(area.0, area.2),
                Anchor::End => area.2,
            };
            canvas.text("", (x, area.3 - 3.5), anchor, &text);
            taken.push(area);
        }
    }
    let count = |bet| points.iter().filter(|point| point.place.bet == bet).count();
    let description = format!(
        "Two planes: {} next-hot bets by chance and reward, {} hot bets by edge and commitment.",
        count(BetKind::NextHot),
        count(BetKind::Hot)
    );
    canvas.finish("Risk against reward".to_owned(), description, MAP_SIZE.0, MAP_SIZE.1)
}

/// A diamond for next-hot, a circle for hot; hollow where an answer is a range.
fn mark(canvas: &mut Canvas, bet: BetKind, is_exact: bool, (x, y): (f64, f64)) {
    let range = if is_exact { "" } else { " range" };
    match bet {
        BetKind::Hot => canvas.circle(&format!("hot{range}"), (x, y), 5.5),
        BetKind::NextHot => {
            let corners = [(x, y - 6.5), (x + 6.5, y), (x, y + 6.5), (x - 6.5, y)];
            canvas.path(&format!("next-hot{range}"), &corners, true);
        }
    }
}

/// Where a label may stand: right, left, above, below.
fn candidates((x, y): (f64, f64), wide: f64) -> [(Anchor, Area); 4] {
    let half = wide / 2.0;
    [
        (Anchor::Start, (x + 9.0, y - 7.5, x + 9.0 + wide, y + 7.5)),
        (Anchor::End, (x - 9.0 - wide, y - 7.5, x - 9.0, y + 7.5)),
        (Anchor::Middle, (x - half, y - 8.0 - HEIGHT, x + half, y - 8.0)),
        (Anchor::Middle, (x - half, y + 8.0, x + half, y + 8.0 + HEIGHT)),
    ]
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

const COURSE_SIZE: (f64, f64) = (560.0, 220.0);

/// Steps in which the fit is drawn.
const STEPS: u32 = 60;

/// The chart of an idea that has been observed; `None` without an observation.
pub(crate) fn course(name: &str, traction: &Traction, sentence: &str) -> Option<Figure> {
    let hinge = traction.hinge()?;
    let outlook = traction.outlook?;
    let mut canvas = Canvas::default();
    let (now, unit) = (traction.effort.total, traction.effort.unit.id());
    let end = now + traction.block;
    let across = Scale::new((0.0, end), (28.0, COURSE_SIZE.0 - 12.0));
    let up = Scale::new((0.0, 10.0), (COURSE_SIZE.1 - 40.0, 8.0));
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
    canvas.text("quiet", (across.at(now), COURSE_SIZE.1 - 6.0), Anchor::Middle, "now");
    if let Some(bend) = outlook.trend.bend {
        canvas.line("bend", (across.at(bend), top), (across.at(bend), up.at(0.0)));
        // Not over the word for now.
        if across.at(now) - across.at(bend) > 40.0 {
            canvas.text("quiet", (across.at(bend), COURSE_SIZE.1 - 6.0), Anchor::Middle, "bend");
        }
    }
    canvas.text("quiet", (COURSE_SIZE.0 - 4.0, COURSE_SIZE.1 - 6.0), Anchor::End, unit);
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
    Some(canvas.finish(title, description, COURSE_SIZE.0, COURSE_SIZE.1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where the names and numbers of a picture stand.
    fn labels(body: &str) -> Vec<Area> {
        let texts = body.split("<text class=\"\" x=\"").skip(1);
        let area = |text: &str| {
            let value = |key: &str| text.split(key).nth(1).unwrap().split('"').next().unwrap();
            let x: f64 = text.split('"').next().unwrap().parse().unwrap();
            let y: f64 = value(" y=\"").parse().unwrap();
            let words = text.split('>').nth(1).unwrap().split('<').next().unwrap();
            let wide = crate::text::width(words) as f64 * crate::report::svg::COLUMN;
            let start = match value("anchor=\"") {
                "start" => x,
                "end" => x - wide,
                _ => x - wide / 2.0,
            };
            // Half a pixel of rounding.
            (start + 0.5, y - 11.0, start + wide - 0.5, y + 3.0)
        };
        texts.map(area).collect()
    }

    proptest! {
        #[test]
        fn labels_do_not_collide(
            places in proptest::collection::vec((0.0..=1.0, 0.0..=1.0, any::<bool>()), 0..40),
        ) {
            let point = |(at, (across, up, is_hot)): (usize, (f64, f64, bool))| {
                let bet = if is_hot { BetKind::Hot } else { BetKind::NextHot };
                let label = "A title of some length".to_owned();
                MapPoint { number: at.to_string(), label, place: RiskRewardPoint { bet, across, up, is_exact: true } }
            };
            let points: Vec<MapPoint> = places.into_iter().enumerate().map(point).collect();
            let areas = labels(&map(&points).body);
            for (at, one) in areas.iter().enumerate() {
                prop_assert!(areas[..at].iter().all(|other| !overlap(one, other)), "{:?}", areas);
            }
        }
    }
}
