//! Tipping points: the smallest change of one answer that takes an idea into
//! or out of the first few.

use crate::domain::{Idea, Rating};
use crate::judge::score::{Group, TIE};
use crate::judge::{Input, Score, ScoreRule, score};

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
