//! Simulated people with known weights: false statements about taste, and
//! coverage of the bars.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use super::in_parallel;
use crate::domain::{CRITERIA, Criterion, Winner};
use crate::judge::duel::{Contest, Entrant, Outcomes, Pair};
use crate::judge::taste::{Difference, LOGIT_SPREAD, SHARPNESS_SPREAD, Taste, softmax};
use crate::judge::{Form, ScoreRule};

/// Numbers of duels after which taste is told.
const DUELS: [usize; 3] = [40, 100, 200];

/// Median and spread of what no criterion says, for people drawn from the prior.
const IDIOSYNCRASY_SPREAD: f64 = 0.5;

/// People who answer duels about invented ideas.
#[derive(Clone, Debug, PartialEq)]
pub struct TasteSimulation {
    /// Ideas of each person, at least 2.
    pub ideas: usize,
    /// People of each kind.
    pub people: usize,
    /// Seed of everything that is random.
    pub seed: u64,
}

impl Default for TasteSimulation {
    fn default() -> Self {
        Self { ideas: 30, people: 200, seed: 1 }
    }
}

/// How a person chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooser {
    /// By a weighted sum with the stated weights.
    Linear,
    /// By the score with its ceilings, under the stated weights.
    Score,
    /// By the score, under weights drawn from the prior of the fit, and by
    /// something of their own.
    Prior,
}

impl Chooser {
    /// The word in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Score => "score",
            Self::Prior => "prior",
        }
    }
}

/// The kinds of people in the table of the documentation: how they choose, and
/// κ, the logits per ten points of score (of the prior where there is none).
pub const CHOOSERS: [(Chooser, Option<f64>); 5] = [
    (Chooser::Linear, Some(1.0)),
    (Chooser::Linear, Some(2.0)),
    (Chooser::Score, Some(1.0)),
    (Chooser::Score, Some(2.0)),
    (Chooser::Prior, None),
];

/// Statements about people of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TasteRow {
    /// How they choose.
    pub chooser: Chooser,
    /// κ: logits per ten points of score; `None` where it is drawn.
    pub sharpness: Option<f64>,
    /// Duels answered by each.
    pub duels: usize,
    /// Share of the people told of any criterion that it counts for more or
    /// less than they say, where it does not.
    pub told_falsely: f64,
    /// Share of the people told anything.
    pub told: f64,
    /// Share of the weights that lie within their 80 % bars.
    pub coverage: f64,
}

/// One person: their weights, and the strengths of their ideas.
struct Person {
    weights: [f64; CRITERIA],
    ratings: Vec<[f64; CRITERIA]>,
    strengths: Vec<f64>,
}

impl TasteSimulation {
    /// The rows for one kind of people, by number of duels, on as many threads
    /// as there are processors.
    #[must_use]
    pub fn run(&self, chooser: Chooser, sharpness: Option<f64>) -> Vec<TasteRow> {
        let people = in_parallel(self.people, |person| self.person(chooser, sharpness, person));
        let share = |duels: usize, of: &dyn Fn(&Statements) -> f64| {
            people.iter().map(|told| of(&told[duels])).sum::<f64>() / people.len().max(1) as f64
        };
        DUELS
            .iter()
            .enumerate()
            .map(|(at, &duels)| TasteRow {
                chooser,
                sharpness,
                duels,
                told_falsely: share(at, &|told| f64::from(u8::from(told.is_false))),
                told: share(at, &|told| f64::from(u8::from(told.is_told))),
                coverage: share(at, &|told| told.coverage),
            })
            .collect()
    }

    /// What one person is told after each number of duels.
    fn person(&self, chooser: Chooser, sharpness: Option<f64>, person: usize) -> [Statements; 3] {
        let seed = self.seed.rotate_left(32) ^ person as u64;
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let rule = ScoreRule::default();
        let person = Person::invent(self.ideas, chooser, sharpness, &rule, &mut random);
        let entrants = (0..self.ideas).map(|idea| Entrant::unrated(idea.to_string())).collect();
        let mut contest = Contest::new(entrants, self.ideas);
        let ratings: Vec<_> = person.ratings.iter().copied().map(Some).collect();
        DUELS.map(|duels| {
            while contest.duels() < duels.min(contest.pool_pairs()) {
                person.answer_one(&mut contest, &mut random);
            }
            let taste = Taste::of(&contest, &ratings, &rule.weights, &rule, self.seed);
            Statements::of(&taste, &person.weights, &rule.weights)
        })
    }
}

/// What a person is told, beside the truth.
#[derive(Clone, Copy, Debug)]
struct Statements {
    is_told: bool,
    is_false: bool,
    coverage: f64,
}

impl Statements {
    fn of(taste: &Taste, truth: &[f64; CRITERIA], stated: &[f64; CRITERIA]) -> Self {
        let mut told = Self { is_told: false, is_false: false, coverage: 0.0 };
        for criterion in Criterion::ALL {
            let i = criterion.index();
            let difference = taste.difference(criterion);
            told.is_told |= difference.is_some();
            told.is_false |= match difference {
                Some(Difference::More) => truth[i] <= stated[i],
                Some(Difference::Less) => truth[i] >= stated[i],
                None => false,
            };
            let bar = taste.weights[i].low..=taste.weights[i].high;
            told.coverage += f64::from(u8::from(bar.contains(&truth[i]))) / CRITERIA as f64;
        }
        told
    }
}

impl Person {
    fn invent(
        ideas: usize,
        chooser: Chooser,
        sharpness: Option<f64>,
        rule: &ScoreRule,
        random: &mut Pcg64Mcg,
    ) -> Self {
        let mut normal = || -> f64 { StandardNormal.sample(random) };
        let sharpness = sharpness.unwrap_or_else(|| (SHARPNESS_SPREAD * normal()).exp());
        let (weights, own) = match chooser {
            Chooser::Linear | Chooser::Score => (rule.weights, 0.0),
            Chooser::Prior => {
                let own = (IDIOSYNCRASY_SPREAD * normal()).exp();
                (softmax(&rule.weights.map(|weight| weight.ln() + LOGIT_SPREAD * normal())), own)
            }
        };
        let form = if chooser == Chooser::Linear { Form::Additive } else { rule.form };
        let truth = ScoreRule { weights, form, ..rule.clone() };
        let (mut ratings, mut strengths) = (Vec::new(), Vec::new());
        for _ in 0..ideas {
            let common = 0.5 * normal();
            let rating = |_| (5.5 + 2.2 * (common + 0.87 * normal())).round().clamp(0.0, 10.0);
            let rated: [f64; CRITERIA] = std::array::from_fn(rating);
            strengths.push(sharpness * truth.value(&rated) / 10.0 + own * normal());
            ratings.push(rated);
        }
        Self { weights, ratings, strengths }
    }

    /// Answers a pair at random that has not been answered.
    fn answer_one(&self, contest: &mut Contest, random: &mut Pcg64Mcg) {
        let ideas = 0..self.strengths.len();
        let Some(pair) = Pair::of(random.random_range(ideas.clone()), random.random_range(ideas))
        else {
            return;
        };
        if contest.answers_of("", pair).is_some() {
            return;
        }
        let d = self.strengths[pair.first()] - self.strengths[pair.second()];
        let first_wins = random.random::<f64>() < Outcomes::at(d, 0.0).left;
        let winner = if first_wins { Winner::Left } else { Winner::Right };
        contest.record("", pair.first(), pair.second(), winner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_told_something_false_and_bars_hold() {
        let simulation = TasteSimulation { ideas: 20, people: 8, seed: 1 };
        let rows = simulation.run(Chooser::Score, Some(1.0));
        assert_eq!(rows.iter().map(|row| row.duels).collect::<Vec<_>>(), DUELS);
        for row in rows {
            assert!(row.told_falsely <= 0.25 && row.told_falsely == row.told, "{row:?}");
            assert!(row.coverage > 0.6, "{row:?}");
        }
        let again = simulation.run(Chooser::Prior, None);
        assert_eq!(again, simulation.run(Chooser::Prior, None));
    }

    /// The bars over as many people as the documentation shows: of those who choose
    /// exactly as they say, by the score or by a weighted sum, at most 8 % are told
    /// anything.
    #[test]
    fn the_bars_hold_in_a_long_run() {
        if std::env::var_os("PROSPECT_LONG").is_none() {
            return;
        }
        let simulation = TasteSimulation::default();
        for (chooser, sharpness) in CHOOSERS {
            for row in simulation.run(chooser, sharpness) {
                assert!(row.told_falsely <= 0.08, "{row:?}");
                assert!(
                    chooser != Chooser::Prior || (0.75..=0.9).contains(&row.coverage),
                    "{row:?}"
                );
            }
        }
    }
}
