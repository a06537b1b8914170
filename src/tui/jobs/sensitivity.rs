//! Sensitivity of the ranking: chances, ties, stability of the weights and open
//! questions.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{CRITERIA, Field, Idea, Portfolio};
use crate::judge::{
    Input, Passing, Sampling, Score, ScoreRule, Stability, Study, rated_ranking, scores,
    weight_stability,
};

use crate::tui::world::scored_portfolio::ScoredPortfolio;

use super::slot::Job;

/// Open questions listed at a time; settling one brings the next.
const MAX_QUESTIONS: usize = 5;

/// Everything that the sensitivity follows from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SensitivityKey {
    /// The state of the answers, as the scored portfolio counts it.
    pub answers: u64,
    /// How answers become a score.
    pub rule: ScoreRule,
    /// How many ideas are to be pursued.
    pub top: usize,
}

/// What settling one answer would bring.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CheapQuestion {
    pub id: String,
    /// Where the answer is given.
    pub field: Field,
    /// What hangs on it, in a sentence that does not name the idea.
    pub consequence: String,
}

/// How sure the ranking of some ideas is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sensitivity {
    pub key: SensitivityKey,
    /// How far each weight may move.
    pub stability: [Stability; CRITERIA],
    /// What is worth settling, the most valuable first.
    pub questions: Vec<CheapQuestion>,
    /// Id and title of the rated ideas, best first.
    labels: Vec<(String, String)>,
    /// Where an idea stands among them.
    rank_of: HashMap<String, usize>,
    /// The probability of each to be among the first.
    chances: Vec<f64>,
    /// The band of each: where it begins and where it ends.
    tie_groups: Vec<std::ops::Range<usize>>,
}

#[derive(Clone, Debug)]
pub(crate) struct SensitivityJob {
    key: SensitivityKey,
    portfolio: Arc<Portfolio>,
}

impl SensitivityJob {
    /// How sure the ranking by a rule is, of which so many are to be pursued.
    pub(crate) fn of(scored: &ScoredPortfolio, rule: &ScoreRule, top: usize) -> Self {
        let key = SensitivityKey { answers: scored.rating_revision(), rule: rule.clone(), top };
        Self { key, portfolio: scored.share() }
    }
}

impl Job for SensitivityJob {
    type Key = SensitivityKey;
    type Output = Sensitivity;

    fn key(&self) -> &SensitivityKey {
        &self.key
    }

    fn run(&self) -> Sensitivity {
        Sensitivity::of(&self.portfolio, self.key.clone())
    }
}

impl Sensitivity {
    /// Draws weights and answers and says what comes of them.
    fn of(portfolio: &Portfolio, key: SensitivityKey) -> Self {
        let SensitivityKey { rule, top, .. } = &key;
        let scores = scores(portfolio, rule);
        let ranked: Vec<(&Idea, &Score)> =
            rated_ranking(portfolio, &scores).into_iter().map(|(_, entry)| entry).collect();
        let ideas: Vec<&Idea> = ranked.iter().map(|(idea, _)| *idea).collect();
        let sampling = Sampling::default().for_ideas(ideas.len());
        let study = Study::new(&ideas, portfolio, rule, &sampling);
        let chances = study.top_chances(*top).into_iter().map(Option::unwrap_or_default);
        let order: Vec<usize> = (0..ideas.len()).collect();
        let tie_groups = study.bands(&order);
        let questions = study.open_questions(*top).into_iter().take(MAX_QUESTIONS);
        let questions = questions.map(|question| CheapQuestion {
            id: ideas[question.position].id.clone(),
            field: match question.input {
                Input::Criterion(criterion) => Field::Rating(criterion),
                Input::Bet(input) => Field::BetInput(input),
            },
            consequence: question.stake(&ideas, *top),
        });
        let labels: Vec<(String, String)> =
            ideas.iter().map(|idea| (idea.id.clone(), idea.title.clone())).collect();
        Self {
            stability: weight_stability(&ranked, rule, *top),
            questions: questions.collect(),
            rank_of: labels.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect(),
            labels,
            chances: chances.collect(),
            tie_groups: tie_groups
                .into_iter()
                .flat_map(|band| std::iter::repeat_n(band.clone(), band.len()))
                .collect(),
            key,
        }
    }

    /// The probability of an idea to be among the first; `None` for one that is
    /// not rated or not ranked.
    pub(crate) fn chance(&self, id: &str) -> Option<f64> {
        self.chances.get(*self.rank_of.get(id)?).copied()
    }

    /// The same in five columns; a dot where there is none.
    pub(crate) fn shown_chance(&self, id: &str) -> String {
        match self.chance(id).map(|chance| (chance * 100.0).round()) {
            None => "·".to_owned(),
            Some(whole) if whole < 1.0 => "<1 %".to_owned(),
            Some(whole) if whole > 99.0 => ">99 %".to_owned(),
            Some(whole) => format!("{whole:.0} %"),
        }
    }

    /// The places, from 0, of the ideas that an idea cannot be told apart from, its own included.
    pub(crate) fn band(&self, id: &str) -> Option<std::ops::Range<usize>> {
        self.tie_groups.get(*self.rank_of.get(id)?).cloned()
    }

    /// The title of the idea at a place.
    pub(crate) fn title(&self, place: usize) -> &str {
        self.labels.get(place).map_or("", |(_, title)| title)
    }

    /// Who passes whom, by title.
    pub(crate) fn passing(&self, passing: Passing) -> (&str, &str) {
        (self.title(passing.riser), self.title(passing.faller))
    }
}
