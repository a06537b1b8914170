//! How much every idea of a portfolio is wanted.

use super::{Contest, DuelRule, Fit};
use crate::domain::{Duel, Portfolio};
use crate::judge::Score;

/// The strength of every idea in logits, by position in [`Portfolio::ideas`],
/// with the rubric as a prior; under [`DuelRule::without_rubric`] the pull,
/// which is what the duels alone say. `None` for an idea about which neither
/// its score nor a duel says anything.
#[must_use]
pub fn strengths<'d>(
    portfolio: &Portfolio,
    scores: &[Score],
    duels: impl IntoIterator<Item = &'d Duel>,
    rule: &DuelRule,
) -> Vec<Option<f64>> {
    let contest = Contest::of_ideas(portfolio, scores, |_| true, duels);
    let fit = Fit::new(&contest, rule);
    let mut duelled = vec![false; contest.entrants().len()];
    for (pair, _) in contest.counts() {
        (duelled[pair.first()], duelled[pair.second()]) = (true, true);
    }
    let mut strengths = vec![None; portfolio.ideas().len()];
    for (number, entrant) in contest.entrants().iter().enumerate() {
        let Some(position) = portfolio.position(&entrant.id) else { continue };
        let heard = rule.slope != 0.0 && scores[position].rated;
        if duelled[number] || heard {
            strengths[position] = Some(fit.strengths()[number]);
        }
    }
    strengths
}
