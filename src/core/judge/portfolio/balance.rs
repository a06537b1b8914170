//! The balance of a portfolio: how effort is split between hot and next-hot
//! bets. Of the portfolio, never inside the score of an idea.

use crate::domain::{BetInput, BetKind, Idea, Rating};

/// How effort is split, against how it should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Share of the effort in hot bets, 0–1.
    pub hot: f64,
    /// Share of the effort in next-hot bets, 0–1.
    pub next_hot: f64,
    /// Share of the effort where no bet is declared, 0–1.
    pub undeclared: f64,
    /// Share that should go to next-hot bets, 0–1; the rest to hot ones.
    pub target: f64,
}

impl Balance {
    /// 1 − ½ Σ |share − target share|: 1 where the effort is split as it should
    /// be, 0 where all of it is elsewhere.
    #[must_use]
    pub fn value(&self) -> f64 {
        let off = (self.hot - (1.0 - self.target)).abs()
            + (self.next_hot - self.target).abs()
            + self.undeclared;
        1.0 - 0.5 * off
    }
}

/// The balance of efforts (hours, or 1 for each idea; 0 or more) against the
/// share that next-hot bets should have (0–1); `None` without any effort.
#[must_use]
pub fn balance(
    efforts: impl IntoIterator<Item = (Option<BetKind>, f64)>,
    target: f64,
) -> Option<Balance> {
    let (mut hot, mut next_hot, mut undeclared) = (0.0, 0.0, 0.0);
    for (kind, effort) in efforts {
        match kind {
            Some(BetKind::Hot) => hot += effort,
            Some(BetKind::NextHot) => next_hot += effort,
            None => undeclared += effort,
        }
    }
    let all = hot + next_hot + undeclared;
    let share = |effort: f64| effort / all;
    (all > 0.0).then(|| Balance {
        hot: share(hot),
        next_hot: share(next_hot),
        undeclared: share(undeclared),
        target,
    })
}

/// The probability that at least one of the next-hot bets comes true, if they
/// are independent: 1 − Π (1 − chance), at both ends of what the chances may
/// be. `None` if none of the ideas is such a bet.
#[must_use]
pub fn chance_of_a_hit<'a>(ideas: impl IntoIterator<Item = &'a Idea>) -> Option<Rating> {
    let (mut misses, mut bets) = ((1.0, 1.0), 0);
    for idea in ideas.into_iter().filter(|idea| idea.bet == Some(BetKind::NextHot)) {
        let (low, high) = idea
            .bet_input(BetInput::Chance)
            .map_or((0.0, 1.0), |chance| (chance.low(), chance.high()));
        misses = (misses.0 * (1.0 - low), misses.1 * (1.0 - high));
        bets += 1;
    }
    (bets > 0).then(|| Rating::range(1.0 - misses.0, 1.0 - misses.1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shot(chance: Option<Rating>) -> Idea {
        let mut idea = Idea { bet: Some(BetKind::NextHot), ..Idea::new("a", "a") };
        idea.bet_inputs[BetInput::Chance.index()] = chance;
        idea
    }

    #[test]
    fn balance_is_what_lies_where_it_should() {
        let value = |hot, next_hot, undeclared, target| {
            let efforts =
                [(Some(BetKind::Hot), hot), (Some(BetKind::NextHot), next_hot), (None, undeclared)];
            balance(efforts, target).map(|balance| balance.value())
        };
        assert_eq!(value(30.0, 10.0, 0.0, 0.25), Some(1.0));
        assert_eq!(value(40.0, 0.0, 0.0, 0.25), Some(0.75));
        assert_eq!(value(40.0, 0.0, 0.0, 1.0), Some(0.0));
        assert_eq!(value(0.0, 0.0, 8.0, 0.5), Some(0.0));
        assert_eq!(value(0.0, 0.0, 0.0, 0.5), None);
    }

    #[test]
    fn one_hit_is_enough() {
        let half = || shot(Some(Rating::value(0.5)));
        assert_eq!(chance_of_a_hit([&half(), &half()]), Some(Rating::value(0.75)));
        let open = chance_of_a_hit([&half(), &shot(None)]).unwrap();
        assert_eq!((open.low(), open.high()), (0.5, 1.0));
        assert_eq!(chance_of_a_hit([&Idea::new("a", "a")]), None);
    }

    proptest! {
        #[test]
        fn balance_is_a_share(efforts in prop::array::uniform3(0.0..100.0), target in 0.0..=1.0) {
            let kinds = [Some(BetKind::Hot), Some(BetKind::NextHot), None];
            if let Some(balance) = balance(kinds.into_iter().zip(efforts), target) {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&balance.value()));
            }
        }
    }
}
