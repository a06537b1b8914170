//! Controls of the Map screen: the weights, and the hours of a planned week; the ideas in
//! their places, as they are and by the weights that are kept.

use crate::domain::{Criterion, Edit, SettingValue};
use crate::judge::{Score, ScoreRule, thousandths};
use crate::tui::screens::rating::criterion_name;
use crate::tui::world::World;

/// Whether two rules weigh the same but for what is lost in moving there and back.
pub(super) fn weighs_as(one: &ScoreRule, other: &ScoreRule) -> bool {
    let mut weights = one.weights.iter().zip(&other.weights);
    weights.all(|(a, b)| (a - b).abs() <= 1e-9)
}

/// The edit of the settings that takes over the weights of a rule, in
/// thousandths that sum to 1.
pub(super) fn edit_to(rule: &ScoreRule) -> Edit {
    let weights = Criterion::ALL.into_iter().zip(thousandths(&rule.weights));
    let edits = weights.map(|(criterion, weight)| {
        let value = SettingValue::Number(weight);
        Edit::setting(format!("weights.{}", criterion.id()), Some(value))
    });
    Edit::Group(edits.collect())
}

/// One thing that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// How much a criterion counts.
    Weight(Criterion),
    /// Hours of a week; only while it is planned.
    Hours,
}

impl Control {
    const WEIGHTS: [Self; 5] = [
        Self::Weight(Criterion::Simplicity),
        Self::Weight(Criterion::Generality),
        Self::Weight(Criterion::Longevity),
        Self::Weight(Criterion::Headroom),
        Self::Weight(Criterion::Strategy),
    ];

    /// The dials there are: beside the map, or above a plan.
    pub(super) const fn all(plans: bool) -> &'static [Self] {
        if plans { &[Self::Hours] } else { &Self::WEIGHTS }
    }

    /// The control so many further on, around the end.
    pub(super) fn after(self, steps: isize, plans: bool) -> Self {
        let all = Self::all(plans);
        let at = all.iter().position(|control| *control == self).unwrap_or(0);
        all[(at + all.len()).saturating_add_signed(steps) % all.len()]
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Weight(criterion) => criterion_name(criterion),
            Self::Hours => "hours a week",
        }
    }

    /// A rule after the control has been turned by so many hundredths.
    pub(super) fn turned(self, rule: &ScoreRule, steps: f64) -> ScoreRule {
        let Self::Weight(criterion) = self else { return rule.clone() };
        let weight = rule.weights[criterion.index()].mul_add(100.0, steps).round() / 100.0;
        rule.clone().with_weight(criterion, weight.clamp(0.0, 1.0))
    }
}

/// The ranking by the weights that are kept, and what it follows from.
#[derive(Debug, Default)]
pub(super) struct KeptRanks {
    basis: Option<(u64, ScoreRule)>,
    /// Position and rank of every idea that is listed.
    pub(super) ranks: Vec<(usize, Option<usize>)>,
}

impl KeptRanks {
    /// True if it has changed.
    pub(super) fn refresh(&mut self, world: &World) -> bool {
        let basis = (world.portfolio.rating_revision(), world.portfolio.rule().clone());
        let has_changed = self.basis.as_ref() != Some(&basis);
        if has_changed {
            self.ranks = world.portfolio.ranked().iter().map(|it| (it.position, it.rank)).collect();
            self.basis = Some(basis);
        }
        has_changed
    }
}

/// An idea in its place.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it stands in the portfolio.
    pub(super) position: usize,
    /// Its rank now, and by the weights that are kept.
    pub(super) rank: Option<usize>,
    pub(super) before: Option<usize>,
    pub(super) score: Score,
}

impl Entry {
    /// How many places it has risen; negative where it fell.
    pub(super) fn rise(&self) -> isize {
        let place = |rank: usize| isize::try_from(rank).unwrap_or(isize::MAX);
        match (self.before, self.rank) {
            (Some(before), Some(now)) => place(before) - place(now),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_are_thousandths_that_sum_to_one() {
        let kept = ScoreRule::default();
        let control = Control::Weight(Criterion::Headroom);
        let tried = control.turned(&kept, 15.0);
        let Edit::Group(edits) = edit_to(&tried) else { panic!() };
        let values: Vec<f64> = edits
            .iter()
            .map(|edit| match edit {
                Edit::Setting { value: Some(SettingValue::Number(number)), .. } => *number,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(values, [0.12, 0.16, 0.16, 0.4, 0.16]);
        assert!(!weighs_as(&tried, &kept));
        assert!(weighs_as(&control.turned(&tried, -15.0), &kept));
    }

    proptest! {
        #[test]
        fn moving_weights_keeps_their_sum(
            turns in prop::collection::vec((0..5_usize, -30..30_i32), 1..30),
        ) {
            let mut rule = ScoreRule::default();
            for (control, steps) in turns {
                rule = Control::WEIGHTS[control].turned(&rule, f64::from(steps));
                let sum: f64 = rule.weights.iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-9, "{:?}", rule);
                prop_assert!(rule.weights.iter().all(|weight| (0.0..=1.0).contains(weight)));
            }
        }
    }
}
