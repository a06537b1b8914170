//! The score of an idea: a weighted sum on 0–100 under the ceilings that headroom
//! and the bet set, exact over ranges and unknowns.

mod comparison;
mod input;
mod rank;
mod rule;
mod strategy;

pub use comparison::{Comparison, Term, compare};
pub use input::{Answers, Input, disputes, others, said_by_others, scores};
pub use rank::{
    Flag, Standing, flags, flags_of_answers, possible_ranks, rank, rank_order, rated_ranking,
    sort_for_rank, standings,
};
pub(crate) use rank::{Group, TIE};
pub use rule::{Appetite, Form, ScoreRule, Waterfall, thousandths};
pub use strategy::{Cap, strategy};
pub(crate) use strategy::{hot, next_hot, reward_and_fallback};

use crate::domain::{CRITERIA, Criterion, Idea, Rating};

use super::sort_descending;

/// The score of one idea. Unknown answers make it an interval, never a guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The lowest score that the answers allow, 0–100.
    pub low: f64,
    /// The highest score that the answers allow, 0–100.
    pub high: f64,
    /// What each criterion adds, by [`Criterion::index`]: the mean of both
    /// ends. With both caps they sum to [`Score::value`].
    pub contributions: [f64; CRITERIA],
    /// What the ceiling of headroom takes: the mean of both ends, 0 or less.
    pub headroom_cap: f64,
    /// What the ceiling of the bet takes: the mean of both ends, 0 or less.
    pub strategy_cap: f64,
    /// The strategy criterion, 0–10, from a direct rating or from the bet.
    pub strategy: Rating,
    /// Whether a criterion is not known (neither value nor range), by
    /// [`Criterion::index`].
    pub missing: [bool; CRITERIA],
    /// Whether anything at all is known. Without, the numbers above say only
    /// what is possible, and nothing should show them.
    pub rated: bool,
}

impl Score {
    /// Halfway between the lowest and the highest score.
    #[must_use]
    pub fn value(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// The score in tenths, rounded as [`Score::shown_parts`] are.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{:.1}", (self.value() * 10.0).round() / 10.0)
    }

    /// Whether all criteria are known, as values or ranges.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.missing.contains(&true)
    }

    /// The parts that sum to [`Score::value`], in the order of [`ScorePart::ALL`].
    #[must_use]
    pub fn parts(&self) -> [f64; ScorePart::ALL.len()] {
        ScorePart::ALL.map(|part| match part {
            ScorePart::Criterion(criterion) => self.contributions[criterion.index()],
            ScorePart::HeadroomCap => self.headroom_cap,
            ScorePart::StrategyCap => self.strategy_cap,
        })
    }

    /// The same parts in tenths, as they are shown: they sum to the score that
    /// is shown.
    #[must_use]
    pub fn shown_parts(&self) -> Vec<f64> {
        shown_tenths(&self.parts(), self.value())
    }

    /// The criteria that are not known.
    pub fn missing(&self) -> impl Iterator<Item = Criterion> + '_ {
        Criterion::ALL.into_iter().filter(|criterion| self.missing[criterion.index()])
    }
}

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScorePart {
    /// What a criterion adds.
    Criterion(Criterion),
    /// What the ceiling of headroom takes.
    HeadroomCap,
    /// What the ceiling of the bet takes.
    StrategyCap,
}

impl ScorePart {
    /// All parts: the criteria in their order, then the caps.
    pub const ALL: [Self; CRITERIA + 2] = [
        Self::Criterion(Criterion::Simplicity),
        Self::Criterion(Criterion::Generality),
        Self::Criterion(Criterion::Longevity),
        Self::Criterion(Criterion::Headroom),
        Self::Criterion(Criterion::Strategy),
        Self::HeadroomCap,
        Self::StrategyCap,
    ];

    /// The word in JSON and tables.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Criterion(criterion) => criterion.id(),
            Self::HeadroomCap => "headroom_cap",
            Self::StrategyCap => "strategy_cap",
        }
    }

    /// The words on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Criterion(criterion) => criterion.id(),
            Self::HeadroomCap => "headroom cap",
            Self::StrategyCap => "bet cap",
        }
    }

    /// Whether it takes something away.
    #[must_use]
    pub const fn is_cap(self) -> bool {
        matches!(self, Self::HeadroomCap | Self::StrategyCap)
    }
}

/// Scores an idea. `rated_by_others` says whether another person has rated it:
/// that never moves the score, but such an idea does not count as unrated.
///
/// The score rises with every answer (it falls with crowding, which the
/// strategy criterion accounts for), so scoring both ends gives the interval
/// exactly.
#[must_use]
pub fn score(idea: &Idea, rule: &ScoreRule, rated_by_others: bool) -> Score {
    let Bounds { low, high, missing, strategy } = bounds(idea, rule.appetite);
    let (low, high) = (rule.waterfall(&low), rule.waterfall(&high));
    let mean = |i: usize| f64::midpoint(low.contributions[i], high.contributions[i]);
    Score {
        low: low.total(),
        high: high.total(),
        contributions: std::array::from_fn(mean),
        headroom_cap: f64::midpoint(low.headroom_cap, high.headroom_cap),
        strategy_cap: f64::midpoint(low.strategy_cap, high.strategy_cap),
        strategy,
        missing,
        rated: idea.has_ratings() || rated_by_others,
    }
}

/// What the answers on all criteria may be, by [`Criterion::index`], each 0–10.
pub(crate) struct Bounds {
    /// The lowest that each may be.
    pub(crate) low: [f64; CRITERIA],
    /// The highest that each may be.
    pub(crate) high: [f64; CRITERIA],
    /// Which are not known.
    pub(crate) missing: [bool; CRITERIA],
    /// The strategy criterion.
    pub(crate) strategy: Rating,
}

/// What an idea's own answers allow, with the strategy criterion taken from
/// the bet where it is not rated directly.
pub(crate) fn bounds(idea: &Idea, appetite: Appetite) -> Bounds {
    let (strategy, strategy_known) = strategy(idea, appetite);
    let mut bounds = Bounds {
        low: [0.0; CRITERIA],
        high: [10.0; CRITERIA],
        missing: [true; CRITERIA],
        strategy,
    };
    for criterion in Criterion::ALL {
        let (rating, known) = match criterion {
            Criterion::Strategy => (Some(strategy), strategy_known),
            _ => (idea.rating(criterion), idea.rating(criterion).is_some()),
        };
        let i = criterion.index();
        bounds.missing[i] = !known;
        if let Some(rating) = rating {
            (bounds.low[i], bounds.high[i]) = (rating.low(), rating.high());
        }
    }
    bounds
}

/// Rounds parts to tenths so that they sum exactly to the rounded total
/// (largest remainder), as they are shown to people; −0.0 becomes 0.
///
/// ```
/// let shown = prospect_core::judge::shown_tenths(&[0.26, 0.26, 0.26], 0.78);
/// assert_eq!(shown, [0.3, 0.3, 0.2]);
/// ```
#[must_use]
pub fn shown_tenths(parts: &[f64], total: f64) -> Vec<f64> {
    let target = (total * 10.0).round();
    let mut shown: Vec<f64> = parts.iter().map(|part| (part * 10.0).floor()).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // Remainders within rounding error of each other count as equal, so that
    // the earlier part gets the tenth whatever the order of summation.
    let remainder = |part: &f64| ((part * 10.0 - (part * 10.0).floor()) * 1e9).round();
    let remainders: Vec<f64> = parts.iter().map(remainder).collect();
    sort_descending(&mut order, &remainders);
    let mut left = target - shown.iter().sum::<f64>();
    for &i in order.iter().cycle().take(parts.len() * 2) {
        if left < 0.5 {
            break;
        }
        shown[i] += 1.0;
        left -= 1.0;
    }
    shown.into_iter().map(|tenths| tenths / 10.0 + 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BetInput, BetKind};
    use proptest::prelude::*;

    fn rated(ratings: [Option<(f64, f64)>; CRITERIA]) -> Idea {
        let rating =
            |ends: Option<(f64, f64)>| ends.and_then(|(low, high)| Rating::range(low, high));
        Idea { ratings: ratings.map(rating), ..Idea::new("a", "a") }
    }

    #[test]
    fn unknown_is_neither_zero_nor_the_mean() {
        let answer = Some((9.0, 9.0));
        let idea = rated([answer, answer, None, answer, answer]);
        let score = score(&idea, &ScoreRule::default(), false);
        assert!((score.low - 72.0).abs() < 1e-9 && score.high > score.low + 10.0);
        assert!(!score.is_complete());
        assert_eq!(score.missing().collect::<Vec<_>>(), [Criterion::Longevity]);
        for guess in [0.0, 9.0] {
            let guessed = rated([answer, answer, Some((guess, guess)), answer, answer]);
            let guessed = super::score(&guessed, &ScoreRule::default(), false);
            assert!((guessed.value() - score.value()).abs() > 1.0, "taken for {guess}");
        }
    }

    #[test]
    fn nothing_rated_is_not_a_score() {
        let mut idea = Idea::new("a", "a");
        idea.bet = Some(BetKind::Hot);
        assert!(!score(&idea, &ScoreRule::default(), false).rated);
        assert!(score(&idea, &ScoreRule::default(), true).rated);
        idea.bet_inputs[BetInput::Edge.index()] = Some(Rating::value(3.0));
        assert!(score(&idea, &ScoreRule::default(), false).rated);
    }

    #[test]
    fn crowding_lowers_the_score() {
        let answer = Some((9.0, 9.0));
        let mut idea = rated([answer, answer, answer, answer, None]);
        idea.bet = Some(BetKind::Hot);
        let mut last = f64::INFINITY;
        for crowding in [0.0, 3.0, 7.0, 10.0] {
            for (input, x) in BetKind::Hot.inputs().into_iter().zip([5.0, 5.0, crowding]) {
                idea.bet_inputs[input.index()] = Some(Rating::value(x));
            }
            let value = score(&idea, &ScoreRule::default(), false).value();
            assert!(value < last);
            last = value;
        }
    }

    #[test]
    fn the_line_on_screen_adds_up() {
        let idea = rated([9.0, 8.0, 8.0, 2.0, 8.0].map(|x| Some((x, x))));
        let score = score(&idea, &ScoreRule::default(), false);
        assert_eq!(score.shown_parts(), [13.5, 16.0, 16.0, 5.0, 16.0, -25.9, 0.0]);
        assert!((ScoreRule::default().headroom_ceiling(2.0) - 36.0).abs() < 1e-9);
        assert_eq!(format!("{:.1}", score.value()), "40.6");
        let weak_bet = rated([9.0, 9.0, 9.0, 9.0, 5.0].map(|x| Some((x, x))));
        let score = super::score(&weak_bet, &ScoreRule::default(), false);
        assert_eq!(score.shown_parts(), [13.5, 18.0, 18.0, 22.5, 10.0, 0.0, -14.5]);
        assert!((ScoreRule::default().bet_ceiling(5.0) - 65.0).abs() < 1e-9);
    }

    #[test]
    fn zero_is_never_shown_with_a_sign() {
        for shown in shown_tenths(&[-0.0, -0.04, 0.04, 0.0], 0.0) {
            assert!(shown == 0.0 && shown.is_sign_positive());
        }
    }

    fn ends() -> impl Strategy<Value = Option<(f64, f64)>> {
        let range = (0.0..=10.0, 0.0..=10.0);
        prop::option::weighted(0.8, range.prop_map(|(a, b): (f64, f64)| (a.min(b), a.max(b))))
    }

    proptest! {
        #[test]
        fn shown_tenths_sum_to_the_rounded_total(parts in prop::collection::vec(-100.0..100.0, 1..8)) {
            let total: f64 = parts.iter().sum();
            let shown = shown_tenths(&parts, total);
            let sum: f64 = shown.iter().sum();
            prop_assert_eq!((sum * 10.0).round(), (total * 10.0).round());
            for (shown, part) in shown.iter().zip(&parts) {
                prop_assert!((shown - part).abs() < 0.1 + 1e-9);
            }
        }

        #[test]
        fn the_interval_holds_every_score_from_answers_inside_the_ranges(
            ratings in prop::array::uniform5(ends()),
            at in prop::array::uniform5(0.0..=1.0),
        ) {
            let rule = ScoreRule::default();
            let score = score(&rated(ratings), &rule, false);
            let mut answers = [0.0; CRITERIA];
            for (answer, (ends, at)) in answers.iter_mut().zip(ratings.iter().zip(at)) {
                let (low, high) = ends.unwrap_or((0.0, 10.0));
                *answer = low + at * (high - low);
            }
            let value = rule.value(&answers);
            prop_assert!((score.low - 1e-9..=score.high + 1e-9).contains(&value));
        }

        /// A fallback that is nearly as good as the reward is the exception: then
        /// little hangs on the chance.
        #[test]
        fn a_moonshot_pays_for_its_chance(fallback in 0.0..=7.0) {
            let value = |chance: f64| {
                let nine = Some((9.0, 9.0));
                let mut idea = rated([nine, nine, nine, nine, None]);
                idea.bet = Some(BetKind::NextHot);
                let inputs = BetKind::NextHot.inputs().into_iter();
                for (input, answer) in inputs.zip([chance, 9.0, fallback]) {
                    idea.bet_inputs[input.index()] = Some(Rating::value(answer));
                }
                score(&idea, &ScoreRule::default(), false).value()
            };
            prop_assert!(value(0.5) - value(0.01) >= 25.0);
        }

        #[test]
        fn contributions_sum_to_the_value(ratings in prop::array::uniform5(ends())) {
            let score = score(&rated(ratings), &ScoreRule::default(), false);
            let sum: f64 = score.parts().iter().sum();
            prop_assert!((sum - score.value()).abs() < 1e-9);
            prop_assert!(score.headroom_cap <= 0.0 && score.strategy_cap <= 0.0);
        }
    }
}
