//! The strategy criterion: what a bet is worth, by the kind of bet it is; and what
//! the ceilings of headroom and of the bet take from a score, in words.

use std::f64::consts::LN_10;

use super::{Form, Score, ScoreRule};
use crate::domain::{BetInput, BetKind, Criterion, Idea, Rating};
use crate::judge::Appetite;

/// The strategy criterion (0–10) and whether it is known: a direct rating, or
/// all three questions of the declared bet. What is unknown widens it.
#[must_use]
pub fn strategy(idea: &Idea, appetite: Appetite) -> (Rating, bool) {
    if let Some(rating) = idea.rating(Criterion::Strategy) {
        return (rating, true);
    }
    let Some(kind) = idea.bet else {
        return (interval(0.0, 10.0), false);
    };
    let known = kind.inputs().iter().all(|input| idea.bet_input(*input).is_some());
    let answer =
        |input: BetInput| idea.bet_input(input).unwrap_or_else(|| interval(0.0, input.max()));
    let rating = match kind {
        BetKind::Hot => {
            let [edge, commitment, crowding] = kind.inputs().map(answer);
            interval(
                hot(edge.low(), commitment.low(), crowding.high()),
                hot(edge.high(), commitment.high(), crowding.low()),
            )
        }
        BetKind::NextHot => {
            let chance = answer(BetInput::Chance);
            let (reward, fallback) = reward_and_fallback(idea);
            let value =
                |chance: f64, reward, fallback| next_hot(appetite.weigh(chance), reward, fallback);
            interval(
                value(chance.low(), reward.low(), fallback.low()),
                value(chance.high(), reward.high(), fallback.high()),
            )
        }
    };
    (rating, known)
}

/// Reward and fallback with `reward >= fallback / 2` at both ends: an unknown one
/// takes the other as its bound, and impossible corners are moved.
pub(crate) fn reward_and_fallback(idea: &Idea) -> (Rating, Rating) {
    let whole = interval(0.0, 10.0);
    let reward = idea.bet_input(BetInput::Reward).unwrap_or(whole);
    let fallback = idea.bet_input(BetInput::Fallback).unwrap_or(whole);
    (
        interval(reward.low().max(fallback.low() / 2.0), reward.high()),
        interval(fallback.low(), fallback.high().min(2.0 * reward.high())),
    )
}

/// A hot bet: edge and commitment must both be there, and crowding hurts only
/// those without an edge. All 0–10.
pub(crate) fn hot(edge: f64, commitment: f64, crowding: f64) -> f64 {
    (edge * commitment).sqrt() * (1.0 - 0.5 * (crowding / 10.0) * (1.0 - edge / 10.0))
}

/// A next-hot bet: the expectation of impact, on scales where four points are
/// ten times the impact and a fallback stands half as high as the same number of
/// reward. `chance` 0–1 (already weighed by appetite), the others 0–10. Four
/// points and one half are judgements.
pub(crate) fn next_hot(chance: f64, reward: f64, fallback: f64) -> f64 {
    // Four points are a factor of ten; the natural exponential is the fast one.
    let ladder = LN_10 / 4.0;
    let impact = |points: f64| (points * ladder).exp();
    (chance * impact(reward) + (1.0 - chance) * impact(fallback / 2.0)).ln() / ladder
}

/// An interval whose ends rounding may have put a hair's breadth off 0–10, or
/// out of order.
fn interval(low: f64, high: f64) -> Rating {
    let low = low.clamp(0.0, 10.0);
    Rating::range(low, high.clamp(low, 10.0)).unwrap_or(Rating::value(low))
}

/// A ceiling that takes something from a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cap {
    /// Headroom, or strategy for the bet.
    pub by: Criterion,
    /// The answer that sets the ceiling, 0–10; `None` where it is unknown.
    pub answer: Option<Rating>,
    /// The ceiling at the lowest and the highest answer, 0–100.
    pub ceiling: (f64, f64),
    /// The form of the rule: under the multiplicative one the ceiling is a
    /// factor, in percent.
    form: Form,
}

impl Cap {
    /// The ceilings that take something from the score of an idea: none, one,
    /// or over a range both.
    #[must_use]
    pub fn of(idea: &Idea, score: &Score, rule: &ScoreRule) -> Vec<Self> {
        let headroom = (score.headroom_cap < 0.0).then(|| {
            let answer = idea.rating(Criterion::Headroom);
            let (low, high) = ends(answer);
            let ceiling = (rule.headroom_ceiling(low), rule.headroom_ceiling(high));
            Self { by: Criterion::Headroom, answer, ceiling, form: rule.form }
        });
        let bet = (score.strategy_cap < 0.0).then(|| {
            let is_known = !score.missing[Criterion::Strategy.index()];
            let (low, high) = (score.strategy.low(), score.strategy.high());
            let ceiling = (rule.bet_ceiling(low), rule.bet_ceiling(high));
            let answer = is_known.then_some(score.strategy);
            Self { by: Criterion::Strategy, answer, ceiling, form: rule.form }
        });
        headroom.into_iter().chain(bet).collect()
    }

    /// `headroom 2/10 caps at 36`, `the bet 6.8/10 caps at 77.6`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = self.name();
        let verb = if self.form == Form::Multiplicative { "leaves %" } else { "caps at" };
        match self.answer {
            None => format!("{name}, unknown, caps"),
            Some(answer) => format!("{name} {}/10 {verb} {}", shown(answer), self.shown_ceiling()),
        }
    }

    /// `capped at 60 by headroom 5`, as a line of the waterfall on screen.
    #[must_use]
    pub fn label(&self) -> String {
        let verb = if self.form == Form::Multiplicative { "multiplied by %" } else { "capped at" };
        match self.answer {
            None => format!("capped by {}, unknown", self.name()),
            Some(answer) => {
                format!("{verb} {} by {} {}", self.shown_ceiling(), self.name(), shown(answer))
            }
        }
    }

    const fn name(&self) -> &'static str {
        match self.by {
            Criterion::Strategy => "the bet",
            criterion => criterion.id(),
        }
    }

    fn shown_ceiling(&self) -> String {
        let (low, high) = (tenths(self.ceiling.0), tenths(self.ceiling.1));
        if low == high { low } else { format!("{low}–{high}") }
    }
}

fn ends(answer: Option<Rating>) -> (f64, f64) {
    answer.map_or((0.0, 10.0), |answer| (answer.low(), answer.high()))
}

fn shown(answer: Rating) -> String {
    let (low, high) = (tenths(answer.low()), tenths(answer.high()));
    if low == high { low } else { format!("{low}..{high}") }
}

/// A number in tenths, without `.0`.
fn tenths(x: f64) -> String {
    format!("{}", (x * 10.0).round() / 10.0 + 0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::judge::score;

    fn bet(kind: BetKind, answers: [Option<(f64, f64)>; 3]) -> Idea {
        let mut idea = Idea::new("a", "a");
        idea.bet = Some(kind);
        for (input, answer) in kind.inputs().into_iter().zip(answers) {
            idea.bet_inputs[input.index()] =
                answer.and_then(|(low, high)| Rating::range(low, high));
        }
        idea
    }

    fn ends(idea: &Idea) -> (f64, f64, bool) {
        let (rating, known) = strategy(idea, Appetite::Neutral);
        let round = |x: f64| (x * 1e6).round() / 1e6;
        (round(rating.low()), round(rating.high()), known)
    }

    #[test]
    fn what_is_unknown_widens_and_is_said_to_be_unknown() {
        let no_bet = Idea::new("a", "a");
        assert_eq!(ends(&no_bet), (0.0, 10.0, false));
        let hot = bet(BetKind::Hot, [Some((9.0, 9.0)), Some((9.0, 9.0)), None]);
        assert_eq!(ends(&hot), (8.55, 9.0, false));
        let all = bet(BetKind::Hot, [Some((7.0, 7.0)), Some((8.0, 8.0)), Some((9.0, 9.0))]);
        assert_eq!(ends(&all), (6.473067, 6.473067, true));
    }

    #[test]
    fn a_direct_rating_overrides_the_bet() {
        let mut idea = bet(BetKind::Hot, [Some((1.0, 1.0)); 3]);
        idea.ratings[Criterion::Strategy.index()] = Rating::range(6.0, 8.0);
        assert_eq!(ends(&idea), (6.0, 8.0, true));
    }

    #[test]
    fn answers_of_the_other_kind_of_bet_do_not_count() {
        let mut idea = bet(BetKind::Hot, [Some((5.0, 5.0)); 3]);
        idea.bet = Some(BetKind::NextHot);
        assert_eq!(ends(&idea), (0.0, 10.0, false));
    }

    #[test]
    fn unknown_reward_and_fallback_bound_each_other() {
        let chance = Some((0.0, 1.0));
        let fallback = bet(BetKind::NextHot, [chance, None, Some((3.0, 4.0))]);
        assert_eq!(ends(&fallback), (1.5, 10.0, false));
        let reward = bet(BetKind::NextHot, [chance, Some((5.0, 6.0)), None]);
        assert_eq!(ends(&reward), (0.0, 6.0, false));
    }

    #[test]
    fn corners_with_more_on_failure_than_on_success_are_moved() {
        // Reward 1..3 and fallback 5..8 leave 2.5..3 and 5..6.
        let both = [Some((0.0, 1.0)), Some((1.0, 3.0)), Some((5.0, 8.0))];
        assert_eq!(ends(&bet(BetKind::NextHot, both)), (2.5, 3.0, true));
    }

    fn answer(max: f64) -> impl Strategy<Value = f64> {
        (0..=20_u8).prop_map(move |step| max * f64::from(step) / 20.0)
    }

    fn appetite() -> impl Strategy<Value = Appetite> {
        prop::sample::select(Appetite::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn better_answers_never_lower_a_hot_bet(
            edge in answer(10.0), commitment in answer(10.0), crowding in answer(10.0),
            step in answer(10.0),
        ) {
            let value = hot(edge, commitment, crowding);
            prop_assert!((0.0..=10.0).contains(&value));
            prop_assert!(hot((edge + step).min(10.0), commitment, crowding) >= value);
            prop_assert!(hot(edge, (commitment + step).min(10.0), crowding) >= value);
            prop_assert!(hot(edge, commitment, (crowding + step).min(10.0)) <= value);
        }

        #[test]
        fn better_answers_never_lower_a_next_hot_bet(
            chance in answer(1.0), reward in answer(10.0), share in answer(1.0), step in answer(1.0),
        ) {
            let fallback = share * (2.0 * reward).min(10.0);
            let value = next_hot(chance, reward, fallback);
            prop_assert!((fallback / 2.0 - 1e-9..=reward + 1e-9).contains(&value));
            prop_assert!(next_hot((chance + step).min(1.0), reward, fallback) >= value - 1e-12);
            prop_assert!(next_hot(chance, (reward + 10.0 * step).min(10.0), fallback) >= value - 1e-12);
            let more = (fallback + 10.0 * step).min(2.0 * reward);
            prop_assert!(next_hot(chance, reward, more) >= value - 1e-12);
        }

        #[test]
        fn the_interval_holds_every_answer_inside_the_ranges(
            chance in (answer(1.0), answer(1.0)), reward in (answer(10.0), answer(10.0)),
            fallback in (answer(10.0), answer(10.0)), at in prop::array::uniform3(0.0..=1.0),
            appetite in appetite(),
        ) {
            let sorted = |(a, b): (f64, f64)| (a.min(b), a.max(b));
            let ranges = [sorted(chance), sorted(reward), sorted(fallback)];
            let inside = |i: usize| -> f64 { ranges[i].0 + at[i] * (ranges[i].1 - ranges[i].0) };
            let (rating, _) = strategy(&bet(BetKind::NextHot, ranges.map(Some)), appetite);
            prop_assume!(inside(1) >= inside(2) / 2.0);
            let value = next_hot(appetite.weigh(inside(0)), inside(1), inside(2));
            prop_assert!((rating.low() - 1e-9..=rating.high() + 1e-9).contains(&value));
        }

        #[test]
        fn a_bold_appetite_never_thinks_less_of_a_long_shot(
            chance in answer(1.0), reward in answer(10.0), share in answer(1.0),
        ) {
            let values = [chance, reward, share * reward].map(|x| Some((x, x)));
            let idea = bet(BetKind::NextHot, values);
            let [bold, neutral, cautious] = Appetite::ALL.map(|a| strategy(&idea, a).0.low());
            prop_assert!(bold >= neutral - 1e-12 && neutral >= cautious - 1e-12);
        }
    }

    fn caps(ratings: [(f64, f64); 5]) -> Vec<String> {
        let ratings = ratings.map(|(low, high)| Rating::range(low, high));
        let idea = Idea { ratings, ..Idea::new("a", "A") };
        let rule = ScoreRule::default();
        let caps = Cap::of(&idea, &score(&idea, &rule, false), &rule);
        caps.iter().flat_map(|cap| [cap.sentence(), cap.label()]).collect()
    }

    #[test]
    fn the_ceiling_that_counts_is_named_with_its_answer() {
        let exact = |x: [f64; 5]| caps(x.map(|x| (x, x)));
        assert_eq!(
            exact([9.0, 8.0, 8.0, 2.0, 8.0]),
            ["headroom 2/10 caps at 36", "capped at 36 by headroom 2"]
        );
        assert_eq!(
            exact([9.0, 9.0, 9.0, 9.0, 5.0]),
            ["the bet 5/10 caps at 65", "capped at 65 by the bet 5"]
        );
        assert_eq!(exact([5.0; 5]), [""; 0]);
        let mut ratings = [(9.0, 9.0); 5];
        ratings[3] = (1.0, 4.0);
        assert_eq!(
            caps(ratings),
            ["headroom 1..4/10 caps at 28–52", "capped at 28–52 by headroom 1..4"]
        );
    }
}
