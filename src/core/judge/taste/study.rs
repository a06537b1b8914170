//! Taste of one person, from the duels of a portfolio; and the ideas that duels and
//! scores rank differently, with the criterion that would explain it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::{Difference, LEAST_DUELS, LEAST_IDEAS, Taste, answers};
use crate::domain::{CRITERIA, Criterion, Date, Duel, Edit, Idea, Portfolio, SettingValue};
use crate::judge::duel::{Contest, DuelRule, Posterior};
use crate::judge::{Score, ScoreRule, scores, thousandths};

/// Inputs of a taste study.
#[derive(Clone, Copy, Debug)]
pub struct TasteRequest<'a> {
    /// How answers become a score; its weights are those that are stated.
    pub rule: &'a ScoreRule,
    /// The weights as they were stated before any were adopted from duels, if
    /// some were: the prior of the fit, so that no duel counts twice.
    pub stated_before: Option<[f64; CRITERIA]>,
    /// Duels up to this day count.
    pub as_of: Date,
    /// The person; other people's duels do not count.
    pub by: &'a str,
    /// For the draws behind means and ranges.
    pub seed: u64,
}

/// The weights that a person's duels reveal, beside the stated ones, and the
/// ideas that duels and scores rank differently.
#[derive(Clone, Debug, PartialEq)]
pub struct TasteStudy {
    /// The person.
    pub by: String,
    /// The weights as they are set, by [`Criterion::index`].
    pub stated: [f64; CRITERIA],
    /// The weights around which the duels were fitted, in thousandths: the
    /// stated ones, or those stated before some were adopted.
    pub prior: [f64; CRITERIA],
    /// Whether the stated weights were adopted from duels at some time.
    pub adopted: bool,
    /// The weights that the duels reveal.
    pub taste: Taste,
    /// The rule in force with the revealed weights.
    pub revealed_rule: ScoreRule,
    /// Number of duels answered, those between incomplete ideas included.
    pub duels: usize,
    /// Ideas that duels and scores rank differently, the widest difference
    /// first, by id.
    pub disagreements: Vec<(String, Disagreement)>,
    /// Numbers of duels that others have answered, by name.
    pub others: BTreeMap<String, usize>,
}

impl TasteStudy {
    /// Fits the weights to the duels of a portfolio.
    #[must_use]
    pub fn new(portfolio: &Portfolio, request: &TasteRequest<'_>) -> Self {
        let TasteRequest { rule, stated_before, as_of, by, seed } = *request;
        let scores = scores(portfolio, rule);
        let mut duels: Vec<&Duel> = portfolio.duels().standing(as_of);
        duels.retain(|duel| duel.by == by);
        let names = duels.iter().flat_map(|duel| [&duel.left, &duel.right]);
        let duelled: HashSet<usize> = names.filter_map(|name| portfolio.position(name)).collect();
        let takes_part = |idea: &Idea| {
            portfolio.position(&idea.id).is_some_and(|position| duelled.contains(&position))
        };
        let contest = Contest::of_ideas(portfolio, &scores, takes_part, duels.iter().copied());
        let judged: Vec<(&Idea, &Score)> = contest
            .entrants()
            .iter()
            .filter_map(|entrant| portfolio.position(&entrant.id))
            .map(|position| (portfolio.ideas()[position].as_ref(), &scores[position]))
            .collect();
        let known: Vec<Option<[f64; CRITERIA]>> =
            judged.iter().map(|(idea, score)| answers(idea, score)).collect();
        let stated = rule.weights;
        // As it would be written down, so that adopting changes nothing here.
        let prior = thousandths(&stated_before.unwrap_or(stated));
        let taste = Taste::of(&contest, &known, &prior, rule, seed);
        let pull = Posterior::new(&contest, &DuelRule::default().without_rubric());
        let scores: Vec<&Score> = judged.iter().map(|(_, score)| *score).collect();
        let found = disagreements(&contest, &pull, &known, &scores, rule, &taste);
        let id = |one: &Disagreement| contest.entrants()[one.entrant].id.clone();
        let others = duels_by_person(portfolio, as_of).into_iter().filter(|(name, _)| *name != by);
        Self {
            by: by.to_owned(),
            stated,
            prior,
            adopted: stated_before.is_some(),
            duels: contest.duels(),
            revealed_rule: taste.rule(rule),
            taste,
            disagreements: found.into_iter().map(|one| (id(&one), one)).collect(),
            others: others.map(|(name, count)| (name.to_owned(), count)).collect(),
        }
    }

    /// Sentences about each criterion that counts for more or less than stated;
    /// or why nothing may be said.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        if !self.taste.is_enough() {
            let Taste { duels, ideas, .. } = self.taste;
            return vec![format!(
                "Too few answers yet: {duels} of {LEAST_DUELS}, about {ideas} of {LEAST_IDEAS} ideas \
                 with every question answered"
            )];
        }
        let said: Vec<String> = Criterion::ALL
            .into_iter()
            .filter_map(|criterion| {
                let word = match self.taste.difference(criterion)? {
                    Difference::More => "more",
                    Difference::Less => "less",
                };
                Some(format!("You weigh {} {word} than you say", criterion.id()))
            })
            .collect();
        if said.is_empty() {
            vec!["As far as your duels tell, you choose as you say".to_owned()]
        } else {
            said
        }
    }

    /// The weights that the duels reveal, as they would be adopted: in
    /// thousandths that sum to 1.
    #[must_use]
    pub fn revealed(&self) -> [f64; CRITERIA] {
        thousandths(&self.taste.weights.map(|weight| weight.mean))
    }

    /// Whether the stated weights are the revealed ones already.
    #[must_use]
    pub fn is_adopted(&self) -> bool {
        self.adopted && thousandths(&self.stated) == self.revealed()
    }

    /// The edit of the settings that states what the duels reveal. The weights
    /// stated until now are kept as `[taste]`, unless some are: they stay the
    /// prior, so that these duels never count twice.
    ///
    /// `None` while there are too few duels, or where nothing would change.
    #[must_use]
    pub fn adoption(&self) -> Option<Edit> {
        if !self.taste.is_enough() || self.is_adopted() {
            return None;
        }
        let table = |table: &str, weights: [f64; CRITERIA]| {
            Criterion::ALL.map(|criterion| {
                let value = SettingValue::Number(weights[criterion.index()]);
                Edit::setting(format!("{table}.{}", criterion.id()), Some(value))
            })
        };
        let mut edits = table("weights", self.revealed()).to_vec();
        if !self.adopted {
            edits.extend(table("taste", self.prior));
        }
        Some(Edit::Group(edits))
    }
}

/// Numbers of duels answered by a day, by name of the person.
#[must_use]
pub fn duels_by_person(portfolio: &Portfolio, as_of: Date) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for duel in portfolio.duels().standing(as_of) {
        *counts.entry(duel.by.as_str()).or_insert(0) += 1;
    }
    counts
}

/// Points of score, of 100, that a criterion must account for to be named.
const LEAST_POINTS: f64 = 1.0;

/// An idea that duels and scores rank differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Number of the entrant.
    pub entrant: usize,
    /// Its rank by score among the ideas compared, from 1.
    pub rank_by_score: usize,
    /// Its rank by duels alone, from 1.
    pub rank_by_duels: usize,
    /// The criterion that would explain most of it: the revealed weights make
    /// more, or less, of it than the stated ones, its ceiling included. `None`
    /// if none does: then it is something that no criterion says.
    pub because: Option<Criterion>,
}

/// The ideas that duels and scores rank differently, the widest difference first:
/// the order by duels alone (`pull`, fitted without the rubric) beside the order
/// by score, over the
/// ideas of the pool with all answers known and at least one duel. `answers`
/// and `scores` are by number of entrant.
#[must_use]
pub fn disagreements(
    contest: &Contest,
    pull: &Posterior,
    answers: &[Option<[f64; CRITERIA]>],
    scores: &[&Score],
    stated: &ScoreRule,
    taste: &Taste,
) -> Vec<Disagreement> {
    let revealed = taste.rule(stated);
    let compared: Vec<(usize, [f64; CRITERIA], &Score)> = answers
        .iter()
        .zip(scores)
        .take(contest.pool())
        .enumerate()
        .filter_map(|(entrant, (answers, score))| Some((entrant, (*answers)?, *score)))
        .filter(|(entrant, ..)| contest.duels_of(*entrant) > 0)
        .collect();
    let by_score = ranks(compared.iter().map(|(_, _, score)| score.value()));
    let by_duels = ranks(compared.iter().map(|(entrant, ..)| pull.strengths()[*entrant]));
    let leanings: Vec<[f64; CRITERIA]> =
        compared.iter().map(|(_, answers, _)| leaning(answers, stated, &revealed)).collect();
    let mean: [f64; CRITERIA] = std::array::from_fn(|i| {
        leanings.iter().map(|leaning| leaning[i]).sum::<f64>() / leanings.len().max(1) as f64
    });
    let mut found: Vec<Disagreement> = compared
        .iter()
        .zip(by_score.into_iter().zip(by_duels))
        .zip(leanings)
        .filter(|((_, (by_score, by_duels)), _)| by_score != by_duels)
        .map(|(((entrant, ..), (rank_by_score, rank_by_duels)), leaning)| {
            let direction = if rank_by_duels < rank_by_score { 1.0 } else { -1.0 };
            let points = std::array::from_fn(|i| direction * (leaning[i] - mean[i]));
            let because = most_telling(&points);
            Disagreement { entrant: *entrant, rank_by_score, rank_by_duels, because }
        })
        .collect();
    found.sort_by_key(|found| Reverse(found.rank_by_score.abs_diff(found.rank_by_duels)));
    found
}

/// The criterion with the most points, if they are worth naming.
fn most_telling(points: &[f64; CRITERIA]) -> Option<Criterion> {
    let of = |criterion: &Criterion| points[criterion.index()];
    let most = Criterion::ALL.into_iter().max_by(|a, b| of(a).total_cmp(&of(b)));
    most.filter(|criterion| of(criterion) >= LEAST_POINTS)
}

/// What the revealed weights make of each answer, less what the stated ones do,
/// in points of score.
fn leaning(answers: &[f64; CRITERIA], stated: &ScoreRule, revealed: &ScoreRule) -> [f64; CRITERIA] {
    let [stated, revealed] = [stated, revealed].map(|rule| rule.waterfall(answers).by_criterion());
    std::array::from_fn(|i| revealed[i] - stated[i])
}

/// Ranks from 1, the largest value first.
fn ranks(values: impl Iterator<Item = f64>) -> Vec<usize> {
    let values: Vec<f64> = values.collect();
    let before = |value: f64| values.iter().filter(|other| **other > value).count();
    values.iter().map(|value| 1 + before(*value)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    use super::*;
    use crate::domain::{DuelEntry, DuelLog, Rating, Winner};

    const DAY: Date = Date::constant(2026, 3, 1);

    /// Twenty ideas with answers at random, and duels between any two of them,
    /// answered by these weights.
    fn answered(weights: &[f64; CRITERIA], duels: usize, seed: u64) -> Portfolio {
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let ideas: Vec<Idea> = (0..20)
            .map(|number| {
                let mut idea = Idea::new(number.to_string(), "an idea");
                for rating in &mut idea.ratings {
                    *rating = Some(Rating::value(f64::from(random.random_range(0..=10))));
                }
                idea
            })
            .collect();
        let wanted = |idea: &Idea| -> f64 {
            let answers = idea.ratings.iter().map(|rating| rating.map_or(0.0, Rating::middle));
            answers.zip(weights).map(|(answer, weight)| answer * weight).sum()
        };
        let at = DAY.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let mut entries = Vec::new();
        while entries.len() < duels {
            let [left, right] = [(); 2].map(|()| &ideas[random.random_range(0..ideas.len())]);
            let chance = 1.0 / (1.0 + (wanted(right) - wanted(left)).exp());
            let winner = if random.random::<f64>() < chance { Winner::Left } else { Winner::Right };
            if left.id != right.id {
                entries.push(DuelEntry::Duel(Duel {
                    id: entries.len().to_string(),
                    at: at.clone(),
                    by: "ana".into(),
                    left: left.id.clone(),
                    right: right.id.clone(),
                    winner,
                }));
            }
        }
        Portfolio::new(ideas, Vec::new()).with_duels(DuelLog { entries })
    }

    fn study(portfolio: &Portfolio, by: &str, rule: &ScoreRule) -> TasteStudy {
        let question = TasteRequest { rule, stated_before: None, as_of: DAY, by, seed: 0 };
        TasteStudy::new(portfolio, &question)
    }

    #[test]
    fn other_people_do_not_count() {
        let portfolio = answered(&[0.1, 0.1, 0.1, 0.6, 0.1], 80, 1);
        let rule = ScoreRule::default();
        let ana = study(&portfolio, "ana", &rule);
        assert_eq!((ana.duels, ana.others.len()), (80, 0));
        let bob = study(&portfolio, "bob", &rule);
        assert_eq!((bob.duels, bob.taste.duels, bob.disagreements.len()), (0, 0, 0));
        assert_eq!(bob.others, BTreeMap::from([("ana".to_owned(), 80)]));
        assert_eq!(bob.adoption(), None);
        assert!(
            bob.sentences()[0].starts_with("Too few answers yet: 0 of 40, about 0 of 15 ideas")
        );
    }

    #[test]
    fn too_few_are_never_adopted() {
        let portfolio = answered(&[0.0, 0.0, 0.0, 1.0, 0.0], LEAST_DUELS - 1, 2);
        let few = study(&portfolio, "ana", &ScoreRule::default());
        assert_eq!((few.duels, few.adoption()), (LEAST_DUELS - 1, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn what_is_adopted_are_weights_and_adopting_again_changes_nothing(
            taste in prop::array::uniform5(0.0..1.0_f64),
            stated in prop::array::uniform5(0.02..1.0_f64),
            seed in any::<u64>(),
        ) {
            let mut portfolio = answered(&taste, 60, seed);
            let rule = ScoreRule::default().with_weights(stated).unwrap();
            let before = study(&portfolio, "ana", &rule);
            let edit = before.adoption().unwrap();
            prop_assert_eq!(edit.flatten().len(), 2 * CRITERIA);
            let weights = before.revealed();
            prop_assert!(weights.iter().all(|weight| *weight >= 0.0));
            let sum: f64 = weights.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-9);
            // As they are read back from the file.
            let rule = rule.with_weights(weights).unwrap();
            let stated_before = ScoreRule::default().with_weights(before.prior).map(|it| it.weights);
            let question =
                TasteRequest { rule: &rule, stated_before, as_of: DAY, by: "ana", seed: 0 };
            let after = TasteStudy::new(&portfolio, &question);
            prop_assert!(after.is_adopted());
            prop_assert_eq!(after.adoption(), None);
            prop_assert_eq!(after.revealed(), weights);
            let old = portfolio.clone();
            let inverse = portfolio.apply(&edit).unwrap();
            portfolio.apply(&inverse).unwrap();
            prop_assert_eq!(portfolio.settings(), old.settings());
        }
    }
}
