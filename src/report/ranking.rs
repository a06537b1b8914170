//! The ranking of a workspace, ready to be printed.

use crate::config::Settings;
use crate::domain::{Date, Idea, Portfolio};
use crate::judge::{Attention, Review, Score, attention, rank, review, scores};

/// A score whose ends lie this far apart or further is marked as wide. A
/// judgement: about what one unknown criterion comes to.
const WIDE: f64 = 10.0;

#[derive(Clone, Debug)]
pub struct Ranking<'a> {
    /// The day that counts as today.
    pub as_of: Date,
    /// All ideas of the workspace.
    pub portfolio: &'a Portfolio,
    pub settings: &'a Settings,
    /// The ideas that are listed, best first.
    pub lines: Vec<Line<'a>>,
    /// Hours that went to an idea below the cut while better ones got none.
    pub attention: Option<Attention>,
}

/// One idea in its place.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Its rank among those listed; `None` with nothing rated.
    pub rank: Option<usize>,
    pub idea: &'a Idea,
    pub score: Score,
    /// What its log and its promises say.
    pub review: Review,
}

impl<'a> Ranking<'a> {
    /// Judges all ideas and ranks those that `keep` keeps.
    pub fn new(
        portfolio: &'a Portfolio,
        settings: &'a Settings,
        as_of: Date,
        keep: impl Fn(&Idea, &Review) -> bool,
    ) -> Self {
        let scores = scores(portfolio, &settings.score);
        let reviews = review(portfolio, &scores, &settings.score, &settings.stall, as_of);
        let rules = (&settings.score, &settings.stall);
        let attention = attention(portfolio, &scores, rules, settings.pursued, as_of);
        let judged = portfolio.iter().zip(scores).zip(reviews);
        let kept: Vec<((&Idea, Score), Review)> =
            judged.filter(|((idea, _), review)| keep(idea, review)).collect();
        let scored: Vec<(&Idea, &Score)> =
            kept.iter().map(|((idea, score), _)| (*idea, score)).collect();
        let lines = rank(&scored).into_iter().map(|standing| {
            let ((idea, score), review) = &kept[standing.position];
            Line { rank: standing.rank, idea, score: score.clone(), review: review.clone() }
        });
        let lines = lines.collect();
        Self { as_of, portfolio, settings, lines, attention }
    }
}

impl Ranking<'_> {
    /// Orders the ideas anew, the strongest first; `strengths` are by position
    /// in [`Portfolio::ideas`]. Those without one come last, in the order they
    /// had, and have no rank.
    pub fn order_by(&mut self, strengths: &[Option<f64>]) {
        let strength = |line: &Line<'_>| {
            let position = self.portfolio.position(&line.idea.id)?;
            strengths.get(position).copied().flatten()
        };
        let mut lines: Vec<(Option<f64>, Line<'_>)> =
            self.lines.drain(..).map(|line| (strength(&line), line)).collect();
        lines.sort_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) => b.total_cmp(a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        let rank = |at: usize, strength: Option<f64>| strength.is_some().then_some(at + 1);
        let ranked = lines.into_iter().enumerate();
        self.lines = ranked
            .map(|(at, (strength, line))| Line { rank: rank(at, strength), ..line })
            .collect();
    }
}

impl Line<'_> {
    /// Whether the score is so uncertain that it should be marked.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.score.high - self.score.low >= WIDE
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
