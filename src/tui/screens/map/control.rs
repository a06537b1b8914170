//! Controls of the Map screen: weights, share of next-hot bets, plan.

use crate::domain::{Criterion, Edit, SettingValue};
use crate::judge::{Appetite, ScoreRule, thousandths};

/// Targets of the ranking and the balance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Targets {
    /// How answers become a score: weights and risk appetite.
    pub(super) rule: ScoreRule,
    /// Share of the effort that should go to next-hot bets, 0–1.
    pub(super) next_hot_share: f64,
}

impl Default for Targets {
    fn default() -> Self {
        Self { rule: ScoreRule::default(), next_hot_share: 0.5 }
    }
}

impl Targets {
    /// Whether they are the same but for what is lost in moving there and back.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        let apart = |a: f64, b: f64| (a - b).abs() > 1e-9;
        let mut weights = self.rule.weights.iter().zip(&other.rule.weights);
        self.rule.appetite == other.rule.appetite
            && !apart(self.next_hot_share, other.next_hot_share)
            && !weights.any(|(a, b)| apart(*a, *b))
    }

    /// The edit of the settings that takes these over in place of others: all
    /// weights if one has moved, in thousandths that sum to 1.
    pub(super) fn edit_over(&self, kept: &Self) -> Edit {
        let mut edits = Vec::new();
        let set = |name: &str, value| Edit::setting(name, Some(value));
        if self.rule.weights != kept.rule.weights {
            let weights = thousandths(&self.rule.weights);
            edits.extend(Criterion::ALL.into_iter().zip(weights).map(|(criterion, weight)| {
                set(&format!("weights.{}", criterion.id()), SettingValue::Number(weight))
            }));
        }
        if self.rule.appetite != kept.rule.appetite {
            let word = self.rule.appetite.id().to_owned();
            edits.push(set("risk.appetite", SettingValue::Text(word)));
        }
        if self.next_hot_share.to_bits() != kept.next_hot_share.to_bits() {
            edits.push(set("risk.next_hot_share", SettingValue::Number(self.next_hot_share)));
        }
        if edits.len() == 1 { edits.remove(0) } else { Edit::Group(edits) }
    }
}

/// One thing that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// How much a criterion counts.
    Weight(Criterion),
    /// How small chances are read.
    Appetite,
    /// Share of the effort that next-hot bets should have.
    Share,
    /// Hours of a week; only while it is planned.
    Hours,
    /// Hours a week that an active idea takes; only while it is planned.
    Each,
}

impl Control {
    /// All, in the order in which they stand.
    pub(super) const ALL: [Self; 9] = [
        Self::Weight(Criterion::Simplicity),
        Self::Weight(Criterion::Generality),
        Self::Weight(Criterion::Longevity),
        Self::Weight(Criterion::Headroom),
        Self::Weight(Criterion::Strategy),
        Self::Appetite,
        Self::Share,
        Self::Hours,
        Self::Each,
    ];

    /// The dials there are: beside the map, or above a plan.
    pub(super) fn all(plans: bool) -> &'static [Self] {
        if plans { &Self::ALL[6..] } else { &Self::ALL[..7] }
    }

    /// The control so many further on, around the end.
    pub(super) fn after(self, steps: isize, plans: bool) -> Self {
        let all = Self::all(plans);
        let at = all.iter().position(|control| *control == self).unwrap_or(0);
        all[(at + all.len()).saturating_add_signed(steps) % all.len()]
    }

    /// The control to begin with: opening a plan goes to its hours.
    pub(super) fn within(self, plans: bool) -> Self {
        match (self, plans) {
            (_, true) => Self::Hours,
            (Self::Hours | Self::Each, false) => Self::Share,
            (control, false) => control,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Weight(criterion) => criterion.id(),
            Self::Appetite => "appetite",
            Self::Share => "next-hot",
            Self::Hours => "hours/week",
            Self::Each => "each takes",
        }
    }

    /// Aims after it has been turned by so many steps: a hundredth for what is
    /// a share, one word for the appetite.
    pub(super) fn turned(self, targets: &Targets, steps: f64) -> Targets {
        let moved = |share: f64| (share.mul_add(100.0, steps).round() / 100.0).clamp(0.0, 1.0);
        let mut targets = targets.clone();
        match self {
            Self::Weight(criterion) => {
                let weight = moved(targets.rule.weights[criterion.index()]);
                targets.rule = targets.rule.with_weight(criterion, weight);
            }
            Self::Appetite => {
                // From cautious on the left to bold on the right.
                let all = Appetite::ALL;
                let at = all.iter().position(|one| *one == targets.rule.appetite).unwrap_or(1);
                let at = at.saturating_add_signed(if steps > 0.0 { -1 } else { 1 });
                targets.rule.appetite = all[at.min(all.len() - 1)];
            }
            Self::Share => targets.next_hot_share = moved(targets.next_hot_share),
            Self::Hours | Self::Each => {}
        }
        targets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_are_thousandths_that_sum_to_one() {
        let kept = Targets::default();
        let control = Control::Weight(Criterion::Headroom);
        let tried = control.turned(&kept, 15.0);
        let Edit::Group(edits) = tried.edit_over(&kept) else { panic!() };
        let values: Vec<f64> = edits
            .iter()
            .map(|edit| match edit {
                Edit::Setting { value: Some(SettingValue::Number(number)), .. } => *number,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(values, [0.12, 0.16, 0.16, 0.4, 0.16]);
        let bold = Control::Appetite.turned(&kept, 1.0);
        let expected = SettingValue::Text("bold".into());
        assert_eq!(bold.edit_over(&kept), Edit::setting("risk.appetite", Some(expected)));
        assert_eq!(Control::Appetite.turned(&bold, -1.0), kept);
    }

    proptest! {
        #[test]
        fn moving_weights_keeps_their_sum(
            turns in prop::collection::vec((0..7_usize, -30..30_i32), 1..30),
        ) {
            let mut targets = Targets::default();
            for (control, steps) in turns {
                targets = Control::ALL[control].turned(&targets, f64::from(steps));
                let sum: f64 = targets.rule.weights.iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-9, "{:?}", targets);
                prop_assert!(targets.rule.weights.iter().all(|weight| (0.0..=1.0).contains(weight)));
                prop_assert!((0.0..=1.0).contains(&targets.next_hot_share));
            }
        }
    }
}
