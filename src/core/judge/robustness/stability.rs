//! Stability of the ranking against one weight and against one answer.
//!
//! Weight stability intervals: how far one weight may move, the others keeping
//! their proportions, before the ranking is another. Exact: under the additive
//! and the leaky form a score is piecewise linear in the weight, so crossings
//! are solved for between the bends (Mareschal 1988, "Weight stability
//! intervals in multicriteria decision aid").
//!
//! Tipping points: the smallest change of one answer that takes an idea into
//! or out of the first few.

use std::cell::Cell;

use crate::domain::{CRITERIA, Criterion, Idea, Rating};
use crate::judge::score::{Bounds, Group, TIE, bounds};
use crate::judge::{Form, Input, Score, ScoreRule, rank, score};

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
        let lines: Vec<Line<'_>> = order.iter().map(|place| path.line(place)).collect();
        Stability {
            criterion,
            first: path.interval(&across(&lines, 1)),
            top: path.interval(&across(&lines, top)),
            order: path.interval(&neighbours(&lines)),
        }
    })
}

/// A place of the ranking.
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

/// The score of an idea over the weight of one criterion: a line with bends.
struct Line<'a> {
    place: &'a Place,
    /// The weights at which it bends.
    bends: Vec<f64>,
    /// The score at the present weight.
    now: f64,
    /// The weight at which its score was asked for last, and that score, on either side of
    /// the present one: thousands of pairs ask for the same.
    last: [Cell<(f64, f64)>; 2],
}

type Pair<'a> = (&'a Line<'a>, &'a Line<'a>);

/// Every pair of an idea among the first `top` and one behind them.
fn across<'a>(order: &'a [Line<'a>], top: usize) -> Vec<Pair<'a>> {
    let (inside, outside) = order.split_at(top.min(order.len()));
    let pairs = inside.iter().flat_map(|ahead| outside.iter().map(move |behind| (ahead, behind)));
    pairs.filter(|(ahead, behind)| ahead.place.group == behind.place.group).collect()
}

/// Who stands directly before whom: the first change of an order is always
/// between two of these.
fn neighbours<'a>(order: &'a [Line<'a>]) -> Vec<Pair<'a>> {
    let pairs = order.windows(2).map(|pair| (&pair[0], &pair[1]));
    pairs.filter(|(ahead, behind)| ahead.place.group == behind.place.group).collect()
}

/// The weight of one criterion going from 0 to 1.
struct Path<'a> {
    rule: &'a ScoreRule,
    criterion: Criterion,
}

/// The way from the present weight to 0, and that to 1.
#[derive(Clone, Copy)]
enum Way {
    Down,
    Up,
}

impl Path<'_> {
    fn interval(&self, pairs: &[Pair]) -> WeightInterval {
        let mut interval = WeightInterval { low: 0.0, below: None, high: 1.0, above: None };
        for pair in pairs {
            let (ahead, behind) = pair;
            let passing = Passing { riser: behind.place.position, faller: ahead.place.position };
            // What crosses beyond the interval so far narrows it no further.
            if let Some(at) = self.crossing(*pair, Way::Down, interval.low)
                && (at > interval.low || interval.below.is_none())
            {
                (interval.low, interval.below) = (at, Some(passing));
            }
            if let Some(at) = self.crossing(*pair, Way::Up, interval.high)
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

    /// The first weight, going from the present one to `end`, beyond which the idea
    /// behind is ahead.
    fn crossing(&self, (ahead, behind): Pair, way: Way, end: f64) -> Option<f64> {
        let start = self.start();
        let between = |bend: &f64| (*bend - start) * (*bend - end) < 0.0;
        let bends = ahead.bends.iter().chain(&behind.bends).copied();
        let mut bends: Vec<f64> = bends.filter(between).collect();
        bends.sort_by(|a, b| (a - start).abs().total_cmp(&(b - start).abs()));
        let lead = |at: f64, ahead: f64, behind: f64| self.scale(at) * (ahead - behind);
        let at_bends = bends.into_iter().map(|bend| {
            (bend, lead(bend, self.score(ahead.place, bend), self.score(behind.place, bend)))
        });
        let at_end = || (end, lead(end, self.last(ahead, way, end), self.last(behind, way, end)));
        let mut before = (start, lead(start, ahead.now, behind.now));
        for (stop, lead) in at_bends.chain(std::iter::once_with(at_end)) {
            if lead < -TIE {
                let (from, held) = (before.0, before.1.max(0.0));
                return Some(from + (stop - from) * held / (held - lead));
            }
            before = (stop, lead);
        }
        None
    }

    /// By what the lead of one idea over another is multiplied when the weight is `at`, so
    /// that it is a linear function of `at` between bends.
    fn scale(&self, at: f64) -> f64 {
        match self.rule.form {
            // The multiplicative form divides by what headroom leaves to the rest.
            Form::Multiplicative => {
                let rule = self.rule.with_weight(self.criterion, at);
                1.0 - rule.weights[Criterion::Headroom.index()]
            }
            Form::Leaky | Form::Additive => 1.0,
        }
    }

    /// The score at a place when the weight is `at`.
    fn score(&self, Place { bounds, .. }: &Place, at: f64) -> f64 {
        let rule = self.rule.with_weight(self.criterion, at);
        f64::midpoint(rule.value(&bounds.low), rule.value(&bounds.high))
    }

    /// The score of a line when the weight is `at`, worked out unless it was asked for last.
    fn last(&self, line: &Line, way: Way, at: f64) -> f64 {
        let last = &line.last[way as usize];
        if last.get().0 != at {
            last.set((at, self.score(line.place, at)));
        }
        last.get().1
    }

    fn line<'p>(&self, place: &'p Place) -> Line<'p> {
        let now = self.score(place, self.start());
        let last = [Cell::new((f64::NAN, 0.0)), Cell::new((f64::NAN, 0.0))];
        Line { place, bends: self.bends(place), now, last }
    }

    /// The weights at which a score meets its lower ceiling.
    fn bends(&self, place: &Place) -> Vec<f64> {
        if self.rule.form != Form::Leaky {
            return Vec::new();
        }
        let others = self.rule.with_weight(self.criterion, 0.0).weights;
        let ends = [&place.bounds.low, &place.bounds.high].into_iter();
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

/// Halvings of a scale: exact to the last bit that matters.
const HALVINGS: usize = 50;

/// On which side of a [`TippingPoint`] the place of the idea is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// If the answer is lower.
    Below,
    /// If the answer is at least this much.
    Above,
}

/// One answer at which an idea enters or leaves the first few, everything else
/// being as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TippingPoint {
    /// Which input.
    pub input: Input,
    /// Where the place changes, on the scale of the answer.
    pub at: f64,
    /// On which side it changes.
    pub side: Side,
    /// Whether the idea comes in there; else it drops out.
    pub enters: bool,
    /// How far that is from the present answer, as a share of the scale
    /// (0–1): from the nearest end of a range. 0 where the answer is unknown
    /// or its range holds the point.
    pub change: f64,
}

impl TippingPoint {
    /// “drops out of the top 5 if headroom is below 4”.
    #[must_use]
    pub fn sentence(&self, top: usize) -> String {
        let what = if self.enters { "comes into" } else { "drops out of" };
        let side = match (self.side, self.enters) {
            (Side::Below, true) => "at most",
            (Side::Below, false) => "below",
            (Side::Above, true) => "at least",
            (Side::Above, false) => "above",
        };
        format!("{what} the top {top} if {} is {side} {}", self.input, self.input.shown(self.at))
    }
}

/// The tipping points of the idea at `position`, the smallest change first;
/// none for answers that cannot tip it, however they turn out.
///
/// The first `top` are those with a rank of at most `top` as
/// [`rank`](crate::judge::rank) gives it. An answer that completes an idea
/// takes it out of the group of the incomplete, and that counts.
#[must_use]
pub fn tipping_points(
    ranked: &[(&Idea, &Score)],
    rule: &ScoreRule,
    top: usize,
    position: usize,
) -> Vec<TippingPoint> {
    let Some((idea, own)) = ranked.get(position) else { return Vec::new() };
    let Some(bar) = Bar::new(ranked, top, position) else { return Vec::new() };
    let mut trial = Trial::new(idea, own, rule, bar);
    let inputs = Input::of(idea).into_iter();
    let mut points: Vec<TippingPoint> = inputs.filter_map(|input| trial.tip(input)).collect();
    points.sort_by(|a, b| a.change.total_cmp(&b.change));
    points
}

/// What an idea must reach to have a rank of at most `top` among the others.
struct Bar {
    group: Group,
    score: f64,
}

impl Bar {
    /// `None` where there are too few others to miss the top, or none is asked
    /// for.
    fn new(ranked: &[(&Idea, &Score)], top: usize, position: usize) -> Option<Self> {
        let others = ranked.iter().enumerate().filter(|(other, _)| *other != position);
        let mut keys: Vec<(Group, f64)> = others
            .map(|(_, (_, score))| (Group::of(score), score.value()))
            .filter(|(group, _)| *group != Group::Unrated)
            .collect();
        if top == 0 || keys.len() < top {
            return None;
        }
        let before = |a: &(Group, f64), b: &(Group, f64)| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1));
        let (_, (group, score), _) = keys.select_nth_unstable_by(top - 1, before);
        Some(Self { group: *group, score: *score })
    }

    fn is_reached_by(&self, score: &Score) -> bool {
        let group = Group::of(score);
        group < self.group || (group == self.group && score.value() >= self.score - TIE)
    }
}

/// One idea with one answer replaced at a time.
struct Trial<'a> {
    /// The answers of the idea and nothing else of it.
    idea: Idea,
    own: &'a Score,
    rule: &'a ScoreRule,
    bar: Bar,
}

impl<'a> Trial<'a> {
    fn new(idea: &Idea, own: &'a Score, rule: &'a ScoreRule, bar: Bar) -> Self {
        let idea = Idea {
            ratings: idea.ratings,
            bet: idea.bet,
            bet_inputs: idea.bet_inputs,
            ..Idea::new("", "")
        };
        Self { idea, own, rule, bar }
    }

    fn tip(&mut self, input: Input) -> Option<TippingPoint> {
        let (worst, best) =
            if input.more_is_better() { (0.0, input.max()) } else { (input.max(), 0.0) };
        let present = input.rating(&self.idea);
        let is_in = self.bar.is_reached_by(self.own);
        if self.is_in_at(input, if is_in { worst } else { best }) == is_in {
            *self.place_of(input) = present;
            return None;
        }
        // Where being answered at all is enough, the worst end is in as well.
        let mut inside = if self.is_in_at(input, worst) { worst } else { best };
        let mut outside = worst;
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(outside, inside);
            if self.is_in_at(input, middle) { inside = middle } else { outside = middle }
        }
        *self.place_of(input) = present;
        let enters = !is_in;
        let side = if enters == input.more_is_better() { Side::Above } else { Side::Below };
        let change = present.map_or(0.0, |rating| {
            (rating.low() - inside).max(inside - rating.high()).max(0.0) / input.max()
        });
        Some(TippingPoint { input, at: inside, side, enters, change })
    }

    fn is_in_at(&mut self, input: Input, value: f64) -> bool {
        *self.place_of(input) = Some(Rating::value(value));
        self.bar.is_reached_by(&score(&self.idea, self.rule, self.own.rated))
    }

    fn place_of(&mut self, input: Input) -> &mut Option<Rating> {
        match input {
            Input::Criterion(criterion) => &mut self.idea.ratings[criterion.index()],
            Input::Bet(input) => &mut self.idea.bet_inputs[input.index()],
        }
    }
}
