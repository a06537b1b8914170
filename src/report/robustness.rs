//! Robustness of the ranking: rank acceptability, tie bands, tipping points.

mod text;

pub use text::robustness_text;

use crate::domain::{CRITERIA, Idea, Portfolio};
use crate::judge::{
    Acceptability, OpenQuestion, Sampling, Score, ScoreRule, Stability, Study, TippingPoint,
    WeightSpread, rated_ranking, scores, tipping_points, weight_stability,
};

/// From this probability on an idea counts as safely in, and below the rest to
/// one as safely out. A judgement.
const SAFE: f64 = 0.9;

/// What can be said about the ranking of the rated ideas. All positions are
/// places of the ranking, from 0.
#[derive(Clone, Debug)]
pub struct Robustness<'a> {
    pub draws: usize,
    /// How far the weights were doubted.
    pub spread: WeightSpread,
    /// The weights in force, by criterion, summing to 1.
    pub weights: [f64; CRITERIA],
    /// How many ideas are to be pursued.
    pub top: usize,
    /// The ideas that are rated, best first.
    pub ideas: Vec<&'a Idea>,
    pub ranks: Vec<usize>,
    /// Shares of draws, for each idea.
    pub acceptability: Vec<Acceptability>,
    /// The confidence factor of each idea.
    pub confidence: Vec<Option<f64>>,
    /// How far each weight may move.
    pub stability: [Stability; CRITERIA],
    /// What is worth settling, the most valuable first.
    pub questions: Vec<OpenQuestion>,
    /// Where each contested idea tips into or out of the top, those nearest to
    /// the cut first.
    pub tipping: Vec<(usize, Vec<TippingPoint>)>,
    /// Neighbours that cannot be told apart, as ranges of places.
    pub bands: Vec<std::ops::Range<usize>>,
}

impl<'a> Robustness<'a> {
    /// Judges the ideas of the usual ranking that are rated.
    #[must_use]
    pub fn new(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        sampling: &Sampling,
        top: usize,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let (ranks, ranked): (Vec<usize>, Vec<(&Idea, &Score)>) =
            rated_ranking(portfolio, &scores).into_iter().unzip();
        let ideas: Vec<&Idea> = ranked.iter().map(|(idea, _)| *idea).collect();
        let sampling = sampling.for_ideas(ideas.len());
        let study = Study::new(&ideas, portfolio, rule, &sampling);
        let acceptability = study.acceptability(top);
        let tipping = near_the_cut(&acceptability)
            .into_iter()
            .map(|place| (place, tipping_points(&ranked, rule, top, place)))
            .filter(|(_, points)| !points.is_empty())
            .collect();
        Self {
            draws: study.draws(),
            spread: sampling.weights,
            weights: rule.weights,
            top,
            ranks,
            confidence: study.confidence(&acceptability),
            stability: weight_stability(&ranked, rule, top),
            questions: study.open_questions(top),
            tipping,
            bands: study.bands(&(0..ideas.len()).collect::<Vec<_>>()),
            acceptability,
            ideas,
        }
    }

    /// Whether there are more ideas than are to be pursued.
    #[must_use]
    pub fn has_cut(&self) -> bool {
        self.ideas.len() > self.top
    }

    /// Places with a probability of the top in a range, the most likely first.
    fn within(&self, chances: impl std::ops::RangeBounds<f64>) -> Vec<usize> {
        let all = self.acceptability.iter();
        let mut kept: Vec<&Acceptability> = all.filter(|it| chances.contains(&it.top)).collect();
        kept.sort_by(|a, b| b.top.total_cmp(&a.top));
        kept.into_iter().map(|it| it.position).collect()
    }
}

/// The places whose probability of the top lies between safe and hopeless, the
/// most undecided first.
fn near_the_cut(acceptability: &[Acceptability]) -> Vec<usize> {
    let contested = |it: &&Acceptability| it.top > 1.0 - SAFE && it.top < SAFE;
    let mut near: Vec<&Acceptability> = acceptability.iter().filter(contested).collect();
    near.sort_by(|a, b| (a.top - 0.5).abs().total_cmp(&(b.top - 0.5).abs()));
    near.into_iter().map(|it| it.position).collect()
}
