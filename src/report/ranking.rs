//! The ranking of a workspace, ready to be printed.

use std::collections::HashSet;

use crate::domain::{Date, Idea, Portfolio};
use crate::judge::{Flag, Score, ScoreRule, flags, rank, score};

/// A score whose ends lie further apart than this is marked as wide. A
/// judgement: about what one unknown criterion comes to.
const WIDE: f64 = 10.0;

/// Ideas in their order.
#[derive(Clone, Debug)]
pub struct Ranking<'a> {
    /// The day that counts as today.
    pub as_of: Date,
    /// The rule that gave the scores.
    pub rule: &'a ScoreRule,
    /// The ideas, best first.
    pub lines: Vec<Line<'a>>,
}

/// One idea in its place.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Its rank among those listed; `None` with nothing rated.
    pub rank: Option<usize>,
    /// The idea.
    pub idea: &'a Idea,
    /// Its score.
    pub score: Score,
    /// What the score does not say.
    pub flags: Vec<Flag>,
}

impl<'a> Ranking<'a> {
    /// Scores and ranks the ideas that `keep` keeps.
    pub fn new(
        portfolio: &'a Portfolio,
        rule: &'a ScoreRule,
        as_of: Date,
        keep: impl Fn(&Idea) -> bool,
    ) -> Self {
        let rated = rated_by_others(portfolio);
        let scored: Vec<(&Idea, Score)> = portfolio
            .ideas()
            .iter()
            .filter(|idea| keep(idea))
            .map(|idea| (idea, score(idea, rule, rated.contains(idea.id.as_str()))))
            .collect();
        let pairs: Vec<(&Idea, &Score)> =
            scored.iter().map(|(idea, score)| (*idea, score)).collect();
        let lines = rank(&pairs).into_iter().map(|standing| {
            let (idea, score) = &scored[standing.position];
            let flags = flags(idea, score);
            Line { rank: standing.rank, idea, score: score.clone(), flags }
        });
        Self { as_of, rule, lines: lines.collect() }
    }
}

impl Line<'_> {
    /// Whether the score is so uncertain that it should be marked.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.score.high - self.score.low > WIDE
    }

    /// The score with one decimal, `~` in front of a wide one; `–` with nothing
    /// rated.
    #[must_use]
    pub fn shown_score(&self) -> String {
        if !self.score.rated {
            return "–".to_owned();
        }
        format!("{}{:.1}", if self.is_wide() { "~" } else { "" }, self.score.value())
    }

    /// Lowest and highest score, `60–82`; empty if they are the same.
    #[must_use]
    pub fn shown_range(&self) -> String {
        let (low, high) = (self.score.low.round(), self.score.high.round());
        if self.score.rated && low < high { format!("{low}–{high}") } else { String::new() }
    }
}

/// The ids of ideas that somebody else has rated, whatever name they used.
fn rated_by_others(portfolio: &Portfolio) -> HashSet<&str> {
    let raters = portfolio.raters().iter().flat_map(|rater| &rater.ratings);
    raters
        .filter(|(_, ratings)| ratings.iter().any(Option::is_some))
        .filter_map(|(id, _)| portfolio.get(id))
        .map(|idea| idea.id.as_str())
        .collect()
}
