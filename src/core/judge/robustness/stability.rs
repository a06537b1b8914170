//! Weight stability intervals: how far one weight may move, the others keeping
//! their proportions, before the ranking is another. Exact: under the additive
//! and the leaky form a score is piecewise linear in the weight, so crossings
//! are solved for between the bends (Mareschal 1988, "Weight stability
//! intervals in multicriteria decision aid").

use crate::domain::{CRITERIA, Criterion, Idea};
use crate::judge::score::{Bounds, bounds};
use crate::judge::score::{Group, TIE};
use crate::judge::{Form, Score, ScoreRule, rank};

/// One idea getting ahead of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passing {
    /// The idea that was behind.
    pub riser: usize,
    /// The idea that was ahead.
    pub faller: usize,
}

/// How far a weight may move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightInterval {
    /// Least weight, 0–1.
    pub low: f64,
    /// Which idea passes which below it; `None` if none does.
    pub below: Option<Passing>,
    /// Greatest weight, 0–1.
    pub high: f64,
    /// Which idea passes which above it; `None` if none does.
    pub above: Option<Passing>,
}

/// How far the weight of one criterion may move before something changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stability {
    /// The criterion.
    pub criterion: Criterion,
    /// Before another idea is first.
    pub first: WeightInterval,
    /// Before another idea is among the first few.
    pub top: WeightInterval,
    /// Before any two ideas change places.
    pub order: WeightInterval,
}

/// The stability of the ranking of these ideas under `rule`, for each
/// criterion. Unrated ideas take no part, and the incomplete stay behind the
/// complete whatever the weights.
///
/// Positions in [`Passing`] are those of the ideas given. Under
/// [`Form::Multiplicative`] the weight of headroom alone changes nothing until
/// it is the only one; that last point is left out.
#[must_use]
pub fn weight_stability(
    ranked: &[(&Idea, &Score)],
    rule: &ScoreRule,
    top: usize,
) -> [Stability; CRITERIA] {
    let order: Vec<Place> = rank(ranked)
        .into_iter()
        .filter(|standing| standing.rank.is_some())
        .map(|standing| Place::new(standing.position, ranked, rule))
        .collect();
    Criterion::ALL.map(|criterion| {
        let path = Path { rule, criterion };
        Stability {
            criterion,
            first: path.interval(&across(&order, 1)),
            top: path.interval(&across(&order, top)),
            order: path.interval(&neighbours(&order)),
        }
    })
}

/// A line of the ranking.
struct Place {
    position: usize,
    group: Group,
    bounds: Bounds,
}

impl Place {
    fn new(position: usize, ranked: &[(&Idea, &Score)], rule: &ScoreRule) -> Self {
        let (idea, score) = ranked[position];
        Self { position, group: Group::of(score), bounds: bounds(idea, rule.appetite) }
    }
}

type Pair<'a> = (&'a Place, &'a Place);

/// Every pair of an idea among the first `top` and one behind them.
fn across(order: &[Place], top: usize) -> Vec<Pair<'_>> {
    let (inside, outside) = order.split_at(top.min(order.len()));
    let pairs = inside.iter().flat_map(|ahead| outside.iter().map(move |behind| (ahead, behind)));
    pairs.filter(|(ahead, behind)| ahead.group == behind.group).collect()
}

/// Who stands directly before whom: the first change of an order is always
/// between two of these.
fn neighbours(order: &[Place]) -> Vec<Pair<'_>> {
    let pairs = order.windows(2).map(|pair| (&pair[0], &pair[1]));
    pairs.filter(|(ahead, behind)| ahead.group == behind.group).collect()
}

/// The weight of one criterion going from 0 to 1.
struct Path<'a> {
    rule: &'a ScoreRule,
    criterion: Criterion,
}

impl Path<'_> {
    fn interval(&self, pairs: &[Pair]) -> WeightInterval {
        let mut interval = WeightInterval { low: 0.0, below: None, high: 1.0, above: None };
        for (ahead, behind) in pairs {
            let passing = Passing { riser: behind.position, faller: ahead.position };
            let bends = self.bends(ahead, behind);
            if let Some(at) = self.crossing((ahead, behind), &bends, 0.0)
                && (at > interval.low || interval.below.is_none())
            {
                (interval.low, interval.below) = (at, Some(passing));
            }
            if let Some(at) = self.crossing((ahead, behind), &bends, 1.0)
                && (at < interval.high || interval.above.is_none())
            {
                (interval.high, interval.above) = (at, Some(passing));
            }
        }
        interval
    }

    fn start(&self) -> f64 {
        self.rule.weights[self.criterion.index()]
    }

    /// The first weight, going from the present one towards `end`, beyond which
    /// the idea behind is ahead.
    fn crossing(&self, (ahead, behind): Pair, bends: &[f64], end: f64) -> Option<f64> {
        let start = self.start();
        let between = |bend: &f64| (*bend - start) * (*bend - end) < 0.0;
        let mut stops: Vec<f64> = bends.iter().copied().filter(between).collect();
        stops.sort_by(|a, b| (a - start).abs().total_cmp(&(b - start).abs()));
        stops.push(end);
        let mut before = (start, self.lead(ahead, behind, start));
        for stop in stops {
            let lead = self.lead(ahead, behind, stop);
            if lead < -TIE {
                let (from, held) = (before.0, before.1.max(0.0));
                return Some(from + (stop - from) * held / (held - lead));
            }
            before = (stop, lead);
        }
        None
    }

    /// How far one idea is ahead of another when the weight is `at`, up to a
    /// factor that is positive: a linear function of `at` between bends.
    fn lead(&self, ahead: &Place, behind: &Place, at: f64) -> f64 {
        let rule = self.rule.with_weight(self.criterion, at);
        // The multiplicative form divides by what headroom leaves to the rest.
        let scale = match rule.form {
            Form::Multiplicative => 1.0 - rule.weights[Criterion::Headroom.index()],
            Form::Leaky | Form::Additive => 1.0,
        };
        let value =
            |bounds: &Bounds| f64::midpoint(rule.value(&bounds.low), rule.value(&bounds.high));
        scale * (value(&ahead.bounds) - value(&behind.bounds))
    }

    /// The weights at which the score of either idea meets its lower ceiling.
    fn bends(&self, ahead: &Place, behind: &Place) -> Vec<f64> {
        if self.rule.form != Form::Leaky {
            return Vec::new();
        }
        let others = self.rule.with_weight(self.criterion, 0.0).weights;
        let ends = [ahead, behind].into_iter().flat_map(|it| [&it.bounds.low, &it.bounds.high]);
        ends.filter_map(|answers| {
            // Without a ceiling the sum is 10·(rest + at·slope).
            let rest: f64 = others.iter().zip(answers).map(|(weight, x)| weight * x).sum();
            let slope = answers[self.criterion.index()] - rest;
            let headroom = self.rule.headroom_ceiling(answers[Criterion::Headroom.index()]);
            let bet = self.rule.bet_ceiling(answers[Criterion::Strategy.index()]);
            let ceiling = headroom.min(bet) / 10.0;
            let at = (ceiling - rest) / slope;
            (at > 0.0 && at < 1.0).then_some(at)
        })
        .collect()
    }
}
