//! What the duels of a workspace say about taste.

use std::collections::{BTreeMap, HashSet};

use super::{Difference, Disagreement, LEAST_DUELS, LEAST_IDEAS, Taste, answers, disagreements};
use crate::domain::{CRITERIA, Criterion, Date, Duel, Idea, Portfolio};
use crate::judge::duel::{Contest, DuelRule, Posterior};
use crate::judge::{Score, ScoreRule, scores};

/// What is asked about taste.
#[derive(Clone, Copy, Debug)]
pub struct TasteQuestion<'a> {
    /// How answers become a score; its weights are those that are stated.
    pub rule: &'a ScoreRule,
    /// The weights as they were stated before any were adopted from duels, if
    /// some were: the prior of the fit, so that no duel counts twice.
    pub prior: Option<[f64; CRITERIA]>,
    /// Duels up to this day count.
    pub as_of: Date,
    /// Only the duels of this person; taste is personal.
    pub by: Option<&'a str>,
    /// Mixed with the contest's own seed.
    pub seed: u64,
}

/// The weights that duels reveal, beside the stated ones, and where gut and
/// rubric disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct TasteStudy {
    /// The weights as they are set, by [`Criterion::index`].
    pub stated: [f64; CRITERIA],
    /// Whether some of them were adopted from duels.
    pub adopted: bool,
    /// The weights that the duels reveal.
    pub taste: Taste,
    /// How many duels there are, those between incomplete ideas included.
    pub duels: usize,
    /// Where gut and rubric disagree, the widest first, by id of the idea.
    pub disagreements: Vec<(String, Disagreement)>,
}

impl TasteStudy {
    /// Fits the weights to the duels of a portfolio.
    #[must_use]
    pub fn new(portfolio: &Portfolio, question: &TasteQuestion<'_>) -> Self {
        let TasteQuestion { rule, prior, as_of, by, seed } = *question;
        let scores = scores(portfolio, rule);
        let mut duels: Vec<&Duel> = portfolio.duels().standing(as_of);
        duels.retain(|duel| by.is_none_or(|by| by == duel.by));
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
            .map(|position| (&portfolio.ideas()[position], &scores[position]))
            .collect();
        let known: Vec<Option<[f64; CRITERIA]>> =
            judged.iter().map(|(idea, score)| answers(idea, score)).collect();
        let stated = rule.weights;
        let taste = Taste::of(&contest, &known, &prior.unwrap_or(stated), &stated, seed);
        let pull = Posterior::new(&contest, &DuelRule::default().without_rubric());
        let scores: Vec<&Score> = judged.iter().map(|(_, score)| *score).collect();
        let found = disagreements(&contest, &pull, &known, &scores, &taste);
        let id = |one: &Disagreement| contest.entrants()[one.entrant].id.clone();
        Self {
            stated,
            adopted: prior.is_some(),
            duels: contest.duels(),
            taste,
            disagreements: found.into_iter().map(|one| (id(&one), one)).collect(),
        }
    }

    /// How many duels, and how many ideas in them, are missing before anything
    /// may be said in words; `None` if there are enough.
    #[must_use]
    pub const fn missing(&self) -> Option<(usize, usize)> {
        let Taste { duels, ideas, .. } = self.taste;
        let missing = (LEAST_DUELS.saturating_sub(duels), LEAST_IDEAS.saturating_sub(ideas));
        if self.taste.is_enough() { None } else { Some(missing) }
    }

    /// What may be said in words about each criterion that counts for more or
    /// less than stated; or why nothing may be said.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        if let Some((duels, ideas)) = self.missing() {
            let of = match (duels, ideas) {
                (duels, 0) => format!("{duels} more are needed"),
                (0, ideas) => format!("{ideas} more ideas have to take part"),
                (duels, ideas) => format!("{duels} more are needed, and {ideas} more ideas in them"),
            };
            return vec![format!("not enough duels to say: {of}")];
        }
        let said: Vec<String> = Criterion::ALL
            .into_iter()
            .filter_map(|criterion| {
                let word = match self.taste.difference(criterion)? {
                    Difference::More => "more",
                    Difference::Less => "less",
                };
                Some(format!("you weigh {} {word} than you say", criterion.id()))
            })
            .collect();
        if said.is_empty() { vec!["you choose much as you say".to_owned()] } else { said }
    }

    /// The weights that the duels reveal, in whole percent that sum to 100: to
    /// be adopted.
    #[must_use]
    pub fn percent(&self) -> [u32; CRITERIA] {
        let exact = self.taste.weights.map(|weight| weight.mean * 100.0);
        let mut percent = exact.map(|share| share.floor());
        // Largest remainder.
        let missing = 100.0 - percent.iter().sum::<f64>();
        let mut order: Vec<usize> = (0..CRITERIA).collect();
        order.sort_by(|&a, &b| (exact[b] - percent[b]).total_cmp(&(exact[a] - percent[a])));
        for &index in order.iter().take(missing.round() as usize) {
            percent[index] += 1.0;
        }
        percent.map(|share| share as u32)
    }
}

/// Who has answered duels by a day, each with how often, by name.
#[must_use]
pub fn judges(portfolio: &Portfolio, as_of: Date) -> BTreeMap<&str, usize> {
    let mut judges = BTreeMap::new();
    for duel in portfolio.duels().standing(as_of) {
        *judges.entry(duel.by.as_str()).or_insert(0) += 1;
    }
    judges
}
