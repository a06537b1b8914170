//! Taste: the weights of the criteria that duels reveal, beside the stated
//! ones.
//!
//! An idea with ratings x is wanted with strength θ = κ·S(x; w)/10 + ε: its score
//! under weights w, in the form in force with its ceilings, and something of its
//! own that no criterion says. The weights are softmax(z) with z around the
//! logarithms of the stated ones, and all unknowns are fitted together. Without
//! ε the fit would be far too sure of itself. Its standard deviation is averaged
//! over a few values by evidence: the best one alone is too sure as well. So is the
//! form: a weight is no different because a person ignores the ceilings.

mod joint_fit;
mod study;

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use super::duel::Contest;
use super::{Score, ScoreRule};
use crate::domain::{CRITERIA, Criterion, Idea};

pub use joint_fit::JointFit;
pub(super) use joint_fit::{LOGIT_SPREAD, SHARPNESS_SPREAD, softmax};
pub use study::{Disagreement, TasteRequest, TasteStudy, disagreements, duels_by_person};

/// With fewer duels, or fewer ideas in them, nothing is said in words and
/// nothing can be adopted.
pub const LEAST_DUELS: usize = 40;
/// The fewest ideas in them.
pub const LEAST_IDEAS: usize = 15;

/// Probability from which a revealed weight counts as different.
const SURE: f64 = 0.95;

/// The least difference of two weights that is told, the last digit of those shown.
/// Without it, a person who chooses exactly as stated would be told the more often
/// that some weight differs, the more they answer. A judgement.
pub const LEAST_DIFFERENCE: f64 = 0.01;

/// Draws behind means and ranges.
const DRAWS: usize = 4000;

/// The weights of the criteria as duels reveal them.
#[derive(Clone, Debug, PartialEq)]
pub struct Taste {
    /// Duels between ideas whose answers are all known.
    pub duels: usize,
    /// Ideas in those duels.
    pub ideas: usize,
    /// By [`Criterion::index`].
    pub weights: [RevealedWeight; CRITERIA],
    /// κ: logits per ten points of score.
    pub sharpness: f64,
    /// Standard deviation of what no criterion says, in logits.
    pub idiosyncrasy: f64,
}

/// What the duels say about one weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RevealedWeight {
    /// Its mean, 0–1; the means of all criteria sum to 1.
    pub mean: f64,
    /// One in ten that it is lower than this.
    pub low: f64,
    /// One in ten that it is higher than this.
    pub high: f64,
    /// The probability that it is above the stated weight by [`LEAST_DIFFERENCE`] or
    /// more, 0–1.
    pub p_more: f64,
    /// The probability that it is below by as much, 0–1.
    pub p_less: f64,
}

/// How a revealed weight differs from the stated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The criterion counts for more than is said.
    More,
    /// It counts for less.
    Less,
}

/// The answers of an idea by [`Criterion::index`], 0–10, ranges by their
/// middle; `None` unless all are known, because silence says nothing about
/// weights.
#[must_use]
pub fn answers(idea: &Idea, score: &Score) -> Option<[f64; CRITERIA]> {
    if !score.is_complete() {
        return None;
    }
    let mut answers = [0.0; CRITERIA];
    for criterion in Criterion::ALL {
        let rating = match criterion {
            Criterion::Strategy => Some(score.strategy),
            _ => idea.rating(criterion),
        };
        answers[criterion.index()] = rating?.middle();
    }
    Some(answers)
}

impl Taste {
    /// The taste that a contest reveals; `answers` are by number of entrant.
    /// `rule` gives the form of the score and the weights to compare with.
    ///
    /// `prior` are the weights as they were stated before any were adopted
    /// from duels, so that no duel counts twice. Ties count half for each side. What
    /// is drawn depends on nothing but the fit and `seed`: scores follow from
    /// the stated weights, and the revealed ones must not.
    #[must_use]
    pub fn of(
        contest: &Contest,
        answers: &[Option<[f64; CRITERIA]>],
        prior: &[f64; CRITERIA],
        rule: &ScoreRule,
        seed: u64,
    ) -> Self {
        Self::from_fits(&JointFit::all(contest, answers, prior, rule), &rule.weights, seed)
    }

    /// The taste that some fits describe together, by drawing weights from them
    /// in proportion to their probabilities.
    #[must_use]
    pub fn from_fits(fits: &[JointFit], stated: &[f64; CRITERIA], seed: u64) -> Self {
        let shares = JointFit::shares(fits);
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let mut draws: [Vec<f64>; CRITERIA] = std::array::from_fn(|_| Vec::with_capacity(DRAWS));
        let mut share_so_far = 0.0;
        for (fit, share) in fits.iter().zip(&shares) {
            share_so_far += share;
            let until = (share_so_far * DRAWS as f64).round() as usize;
            fit.draw_weights(until - draws[0].len(), &mut random, &mut draws);
        }
        let mut weights = [RevealedWeight::default(); CRITERIA];
        for ((weight, drawn), stated) in weights.iter_mut().zip(&mut draws).zip(stated) {
            *weight = RevealedWeight::of(drawn, *stated);
        }
        let mean = |of: fn(&JointFit) -> f64| {
            fits.iter().zip(&shares).map(|(fit, share)| share * of(fit)).sum()
        };
        Self {
            duels: fits.first().map_or(0, |fit| fit.duels),
            ideas: fits.first().map_or(0, |fit| fit.ideas),
            weights,
            sharpness: mean(|fit| fit.sharpness),
            idiosyncrasy: mean(|fit| fit.idiosyncrasy),
        }
    }

    /// The rule with the mean revealed weights in place of the stated ones.
    #[must_use]
    pub fn rule(&self, stated: &ScoreRule) -> ScoreRule {
        ScoreRule { weights: self.weights.map(|weight| weight.mean), ..stated.clone() }
    }

    /// Whether there are enough duels to say anything in words.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.duels >= LEAST_DUELS && self.ideas >= LEAST_IDEAS
    }

    /// How the weight of a criterion differs from the stated one; `None` while
    /// that is not nearly sure.
    #[must_use]
    pub fn difference(&self, criterion: Criterion) -> Option<Difference> {
        match self.weights[criterion.index()] {
            _ if !self.is_enough() => None,
            RevealedWeight { p_more, .. } if p_more > SURE => Some(Difference::More),
            RevealedWeight { p_less, .. } if p_less > SURE => Some(Difference::Less),
            _ => None,
        }
    }
}

impl RevealedWeight {
    fn of(drawn: &mut [f64], stated: f64) -> Self {
        let count = drawn.len();
        let share = 1.0 / count as f64;
        drawn.sort_unstable_by(f64::total_cmp);
        let below = |limit: f64| drawn.partition_point(|weight| *weight < limit);
        Self {
            mean: drawn.iter().sum::<f64>() * share,
            low: drawn[count / 10],
            high: drawn[count - 1 - count / 10],
            p_more: (count - below(stated + LEAST_DIFFERENCE)) as f64 * share,
            p_less: below(stated - LEAST_DIFFERENCE) as f64 * share,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Rating, Winner};
    use crate::judge::duel::{DuelRule, Entrant, Posterior};
    use crate::judge::{ScoreRule, score};
    use rand::RngExt;

    const STATED: [f64; CRITERIA] = [0.15, 0.20, 0.20, 0.25, 0.20];

    /// Ideas with answers at random, and duels between any two of them that
    /// are answered by these weights.
    fn invent(
        ideas: usize,
        duels: usize,
        weights: &[f64; CRITERIA],
    ) -> (Contest, Vec<Idea>, Vec<Score>) {
        let mut random = Pcg64Mcg::seed_from_u64(9);
        let ideas: Vec<Idea> = (0..ideas)
            .map(|number| {
                let mut idea = Idea::new(number.to_string(), "an idea");
                for rating in &mut idea.ratings {
                    *rating = Some(Rating::value(f64::from(random.random_range(0..=10))));
                }
                idea
            })
            .collect();
        let scores: Vec<Score> =
            ideas.iter().map(|idea| score(idea, &ScoreRule::default(), false)).collect();
        let entrants: Vec<Entrant> =
            ideas.iter().zip(&scores).map(|(idea, score)| Entrant::new(idea, score)).collect();
        let mut contest = Contest::new(entrants, ideas.len());
        let wanted = |number: usize, scores: &[Score]| -> f64 {
            let answers = answers(&ideas[number], &scores[number]).unwrap();
            answers.iter().zip(weights).map(|(answer, weight)| answer * weight).sum()
        };
        while contest.duels() < duels {
            let (left, right) =
                (random.random_range(0..ideas.len()), random.random_range(0..ideas.len()));
            let d = wanted(left, &scores) - wanted(right, &scores);
            let left_wins = random.random::<f64>() < 1.0 / (1.0 + (-d).exp());
            contest.record(
                "ana",
                left,
                right,
                if left_wins { Winner::Left } else { Winner::Right },
            );
        }
        (contest, ideas, scores)
    }

    fn all_answers(ideas: &[Idea], scores: &[Score]) -> Vec<Option<[f64; CRITERIA]>> {
        ideas.iter().zip(scores).map(|(idea, score)| answers(idea, score)).collect()
    }

    #[test]
    fn a_heavy_criterion_is_found_and_named() {
        let heavy = [0.05, 0.05, 0.05, 0.80, 0.05];
        let (contest, ideas, scores) = invent(40, 400, &heavy);
        let answers = all_answers(&ideas, &scores);
        let taste = Taste::of(&contest, &answers, &STATED, &ScoreRule::default(), 0);
        assert_eq!(taste.difference(Criterion::Headroom), Some(Difference::More));
        let pull = Posterior::new(&contest, &DuelRule::default().without_rubric());
        let scores: Vec<&Score> = scores.iter().collect();
        let found =
            disagreements(&contest, &pull, &answers, &scores, &ScoreRule::default(), &taste);
        let widest = found[0];
        assert!(widest.rank_by_score.abs_diff(widest.rank_by_duels) >= 8);
        let headroom = found.iter().take(8).filter(|d| d.because == Some(Criterion::Headroom));
        assert!(headroom.count() >= 4, "{found:?}");
    }

    #[test]
    fn few_duels_say_nothing_in_words() {
        let heavy = [0.0, 0.0, 0.0, 1.0, 0.0];
        let (contest, ideas, scores) = invent(40, LEAST_DUELS - 1, &heavy);
        let answers = all_answers(&ideas, &scores);
        let taste = Taste::of(&contest, &answers, &STATED, &ScoreRule::default(), 0);
        assert!(Criterion::ALL.into_iter().all(|c| taste.difference(c).is_none()));
    }

    #[test]
    fn without_duels_the_stated_weights_stay() {
        let (contest, ideas, scores) = invent(3, 0, &STATED);
        let answers = all_answers(&ideas, &scores);
        let taste = Taste::of(&contest, &answers, &STATED, &ScoreRule::default(), 0);
        assert_eq!((taste.duels, taste.ideas), (0, 0));
        for (weight, stated) in taste.weights.iter().zip(STATED) {
            assert!(weight.low < stated && stated < weight.high);
        }
    }

    #[test]
    fn ideas_with_unknown_answers_are_left_out() {
        let (contest, mut ideas, _) = invent(20, 100, &STATED);
        for idea in &mut ideas[..10] {
            idea.ratings[0] = None;
        }
        let scores: Vec<Score> =
            ideas.iter().map(|idea| score(idea, &ScoreRule::default(), false)).collect();
        let answers = all_answers(&ideas, &scores);
        let taste = Taste::of(&contest, &answers, &STATED, &ScoreRule::default(), 0);
        assert!(taste.ideas <= 10 && taste.duels < 100);
        let pull = Posterior::new(&contest, &DuelRule::default().without_rubric());
        let scores: Vec<&Score> = scores.iter().collect();
        let found =
            disagreements(&contest, &pull, &answers, &scores, &ScoreRule::default(), &taste);
        assert!(found.iter().all(|found| found.entrant >= 10));
    }
}
