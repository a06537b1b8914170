//! Risk against reward. A name stands where there is room, else a number, else
//! nothing: the table below the picture has them all.

use super::{Anchor, Canvas, Figure, Scale, label};
use crate::domain::BetKind;

const SIZE: (f64, f64) = (760.0, 440.0);

/// Room for a label, in pixels; its height.
const LABEL: f64 = 190.0;
const HEIGHT: f64 = 15.0;

/// One idea.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// What stands beside it where there is no room for its name.
    pub(crate) number: String,
    /// Its name.
    pub(crate) label: String,
    /// How likely it comes to nothing, 0–1.
    pub(crate) risk: f64,
    /// What there is to win, 0–10.
    pub(crate) reward: f64,
    /// The way of betting: a square for hot, a circle for next-hot.
    pub(crate) bet: BetKind,
}

/// A rectangle that is taken: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// The plane; earlier spots choose their labels first.
pub(crate) fn map(spots: &[Spot]) -> Figure {
    let mut canvas = Canvas::default();
    let across = Scale::new((0.0, 1.0), (40.0, SIZE.0 - 16.0));
    let up = Scale::new((0.0, 10.0), (SIZE.1 - 44.0, 24.0));
    let (left, right, bottom, top) = (across.at(0.0), across.at(1.0), up.at(0.0), up.at(10.0));
    for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let x = across.at(part);
        canvas.line("grid", (x, top), (x, bottom));
        let words = format!("{:.0} %", part * 100.0);
        let anchor = if part == 1.0 { Anchor::End } else { Anchor::Middle };
        canvas.text("quiet", (x, bottom + 16.0), anchor, &words);
        let y = up.at(part * 10.0);
        canvas.line("grid", (left, y), (right, y));
        canvas.text(
            "quiet",
            (left - 6.0, y + 4.0),
            Anchor::End,
            &crate::report::number(part * 10.0),
        );
    }
    canvas.text("quiet", (left, 12.0), Anchor::Start, "↑ what there is to win");
    let words = "→ how likely it comes to nothing";
    canvas.text("quiet", (right, SIZE.1 - 8.0), Anchor::End, words);
    canvas.rect("hot", (left, SIZE.1 - 17.0), (10.0, 10.0));
    canvas.text("quiet", (left + 16.0, SIZE.1 - 8.0), Anchor::Start, "hot");
    canvas.circle("next-hot", (left + 66.0, SIZE.1 - 12.0), 5.5);
    canvas.text("quiet", (left + 78.0, SIZE.1 - 8.0), Anchor::Start, "next-hot");

    let places: Vec<(f64, f64)> =
        spots.iter().map(|spot| (across.at(spot.risk), up.at(spot.reward))).collect();
    let mut taken: Vec<Area> =
        places.iter().map(|(x, y)| (x - 7.0, y - 7.0, x + 7.0, y + 7.0)).collect();
    for (spot, place) in spots.iter().zip(&places) {
        match spot.bet {
            BetKind::Hot => canvas.rect("hot", (place.0 - 5.0, place.1 - 5.0), (10.0, 10.0)),
            BetKind::NextHot => canvas.circle("next-hot", *place, 5.5),
        }
        let is_free = |area: &Area| {
            let inside = area.0 >= left - 30.0
                && area.2 <= SIZE.0
                && area.1 >= top - 8.0
                && area.3 <= bottom;
            inside && !taken.iter().any(|other| overlap(area, other))
        };
        let free = [&spot.label, &spot.number].into_iter().find_map(|name| {
            let (text, wide) = label(name, LABEL);
            let mut places = candidates(*place, wide).into_iter();
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
    let count = |bet| spots.iter().filter(|spot| spot.bet == bet).count();
    let description = format!(
        "{} hot and {} next-hot bets, by how likely they come to nothing and by what there is to win.",
        count(BetKind::Hot),
        count(BetKind::NextHot)
    );
    canvas.finish("Risk against reward".to_owned(), description, SIZE.0, SIZE.1)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            places in proptest::collection::vec((0.0..=1.0, 0.0..=10.0), 0..40),
        ) {
            let spot = |(at, (risk, reward)): (usize, (f64, f64))| Spot {
                number: at.to_string(),
                label: "A title of some length".to_owned(),
                risk,
                reward,
                bet: BetKind::Hot,
            };
            let spots: Vec<Spot> = places.into_iter().enumerate().map(spot).collect();
            let areas = labels(&map(&spots).body);
            for (at, one) in areas.iter().enumerate() {
                prop_assert!(areas[..at].iter().all(|other| !overlap(one, other)), "{:?}", areas);
            }
        }
    }
}
