//! The order of ideas by score, and the flags that need nothing else.

use std::ops::RangeInclusive;

use crate::domain::{BetInput, BetKind, Idea, Portfolio};

use crate::judge::{Score, disputes, others};

/// Scores closer than this are tied.
pub(crate) const TIE: f64 = 1e-9;

/// An edge below this, on a hot bet, raises [`Flag::NoEdge`].
const LEAST_EDGE: f64 = 4.0;

/// One line of a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which of the ideas that were ranked.
    pub position: usize,
    /// 1 + the number of ideas listed before it that are not tied with it;
    /// `None` for an idea with nothing rated.
    pub rank: Option<usize>,
}

/// How much is known, which orders the groups of a ranking.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Complete,
    Incomplete,
    Unrated,
}

impl Group {
    pub(crate) fn of(score: &Score) -> Self {
        match (score.rated, score.is_complete()) {
            (false, _) => Self::Unrated,
            (true, true) => Self::Complete,
            (true, false) => Self::Incomplete,
        }
    }
}

/// Ranks ideas: the complete by score, then the incomplete by the middle of
/// what is possible (silence is not rewarded), then the unrated; ties by id.
/// The place of an idea depends on no other's answers but through the count of
/// those before it.
#[must_use]
pub fn rank(ideas: &[(&Idea, &Score)]) -> Vec<Standing> {
    standings(rank_order(ideas), ideas)
}

/// The positions of ideas, sorted by [`sort_for_rank`].
#[must_use]
pub fn rank_order(ideas: &[(&Idea, &Score)]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..ideas.len()).collect();
    sort_for_rank(&mut positions, ideas);
    positions
}

/// What an idea is sorted by.
fn key(score: &Score) -> (Group, f64) {
    match Group::of(score) {
        Group::Unrated => (Group::Unrated, 0.0),
        group => (group, score.value()),
    }
}

/// Sorts positions of ideas as [`standings`] wants them. That takes little time
/// where they are nearly sorted.
pub fn sort_for_rank(positions: &mut [usize], ideas: &[(&Idea, &Score)]) {
    let keys: Vec<(Group, f64)> = ideas.iter().map(|(_, score)| key(score)).collect();
    let id = |position: usize| ideas[position].0.id.as_str();
    positions.sort_by(|&a, &b| {
        keys[a]
            .0
            .cmp(&keys[b].0)
            .then(keys[b].1.total_cmp(&keys[a].1))
            .then_with(|| id(a).cmp(id(b)))
    });
}

/// The ranking of the ideas at some positions, which are sorted by
/// [`sort_for_rank`].
#[must_use]
pub fn standings(mut sorted: Vec<usize>, ideas: &[(&Idea, &Score)]) -> Vec<Standing> {
    let key = |position: usize| key(ideas[position].1);
    let id = |position: usize| ideas[position].0.id.as_str();
    let mut standings = Vec::with_capacity(sorted.len());
    let mut start = 0;
    while start < sorted.len() {
        let (group, score) = key(sorted[start]);
        let tied = |&position: &usize| {
            let (other_group, other_score) = key(position);
            other_group == group && score - other_score <= TIE
        };
        let end = start + sorted[start..].iter().take_while(|position| tied(position)).count();
        sorted[start..end].sort_unstable_by(|&a, &b| id(a).cmp(id(b)));
        let rank = (group != Group::Unrated).then_some(start + 1);
        standings.extend(sorted[start..end].iter().map(|&position| Standing { position, rank }));
        start = end;
    }
    standings
}

/// The ideas of the usual ranking that are rated, best first, each with its
/// rank; `scores` are by position of the portfolio.
#[must_use]
pub fn rated_ranking<'a, 's>(
    portfolio: &'a Portfolio,
    scores: &'s [Score],
) -> Vec<(usize, (&'a Idea, &'s Score))> {
    let judged = portfolio.iter().zip(scores);
    let kept: Vec<(&Idea, &Score)> =
        judged.filter(|(idea, _)| idea.status.is_ranked_by_default()).collect();
    let standings = rank(&kept).into_iter();
    standings.filter_map(|standing| Some((standing.rank?, kept[standing.position]))).collect()
}

/// The ranks that each score could take if the truth lay anywhere in its
/// interval: from 1 + the number of scores that lie wholly above it to `n` − the
/// number that lie wholly below it.
#[must_use]
pub fn possible_ranks(scores: &[&Score]) -> Vec<RangeInclusive<usize>> {
    let sorted = |end: fn(&Score) -> f64| {
        let mut ends: Vec<f64> = scores.iter().map(|score| end(score)).collect();
        ends.sort_unstable_by(f64::total_cmp);
        ends
    };
    let (lows, highs) = (sorted(|score| score.low), sorted(|score| score.high));
    let ranks = |score: &&Score| {
        let not_above = lows.partition_point(|low| *low <= score.high + TIE);
        let below = highs.partition_point(|high| *high < score.low - TIE);
        1 + lows.len() - not_above..=highs.len() - below
    };
    scores.iter().map(ranks).collect()
}

/// Something about an idea that its score does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Much invested, stalled or declining, and a better candidate waits.
    SunkCost,
    /// Much invested, stalled or declining, without a better candidate.
    Stalled,
    /// A promise is to be judged.
    PromiseDue,
    /// A promise was not kept and what follows is undecided.
    PromiseMissed,
    /// A hot bet without an edge.
    NoEdge,
    /// A criterion is unknown.
    Incomplete,
    /// Raters differ widely.
    Disputed,
    /// Much like another idea.
    Duplicate,
}

impl Flag {
    /// All flags, the most urgent first.
    pub const ALL: [Self; 8] = [
        Self::SunkCost,
        Self::Stalled,
        Self::PromiseMissed,
        Self::PromiseDue,
        Self::NoEdge,
        Self::Incomplete,
        Self::Disputed,
        Self::Duplicate,
    ];

    /// The word on screen and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SunkCost => "sunk-cost",
            Self::Stalled => "stalled",
            Self::PromiseDue => "promise-due",
            Self::PromiseMissed => "promise-missed",
            Self::NoEdge => "no-edge",
            Self::Incomplete => "incomplete",
            Self::Disputed => "disputed",
            Self::Duplicate => "duplicate",
        }
    }
}

/// The flags that follow from an idea and its score alone.
#[must_use]
pub fn flags(idea: &Idea, score: &Score) -> Vec<Flag> {
    let mut flags = Vec::new();
    let edge = idea.bet_input(BetInput::Edge);
    if idea.bet == Some(BetKind::Hot) && edge.is_some_and(|edge| edge.high() < LEAST_EDGE) {
        flags.push(Flag::NoEdge);
    }
    if !score.is_complete() {
        flags.push(Flag::Incomplete);
    }
    flags
}

/// What an idea is flagged with, as far as its own answers and those of others
/// tell.
#[must_use]
pub fn flags_of_answers(portfolio: &Portfolio, idea: &Idea, score: &Score) -> Vec<Flag> {
    let mut flags = flags(idea, score);
    if !disputes(score, idea, &others(portfolio, idea)).is_empty() {
        flags.push(Flag::Disputed);
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, Date, LogEntry, Rating};
    use crate::judge::{ScoreRule, score};
    use proptest::prelude::*;

    fn rated(id: &str, ratings: [f64; 5]) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.ratings = ratings.map(|rating| Some(Rating::value(rating)));
        idea
    }

    fn without(mut idea: Idea, criterion: Criterion) -> Idea {
        idea.ratings[criterion.index()] = None;
        idea
    }

    /// Ids in the order of the ranking, with their ranks.
    fn ranked(ideas: &[Idea]) -> Vec<(&str, Option<usize>)> {
        let scores: Vec<Score> =
            ideas.iter().map(|idea| score(idea, &ScoreRule::default(), false)).collect();
        let pairs: Vec<(&Idea, &Score)> = ideas.iter().zip(&scores).collect();
        let standings = rank(&pairs);
        standings.iter().map(|s| (ideas[s.position].id.as_str(), s.rank)).collect()
    }

    #[test]
    fn silence_is_not_rewarded() {
        let ideas = [
            Idea::new("a-unrated", ""),
            without(rated("b-incomplete", [10.0; 5]), Criterion::Simplicity),
            rated("c-poor", [1.0; 5]),
            rated("d-good", [9.0; 5]),
        ];
        let expected = [
            ("d-good", Some(1)),
            ("c-poor", Some(2)),
            ("b-incomplete", Some(3)),
            ("a-unrated", None),
        ];
        assert_eq!(ranked(&ideas), expected);
    }

    #[test]
    fn equal_scores_share_a_rank_and_stand_by_id() {
        let hair = 7.0 + 1e-12;
        let ideas = [
            rated("d", [5.0; 5]),
            rated("c", [7.0; 5]),
            rated("a", [7.0; 5]),
            rated("b", [hair; 5]),
            without(rated("e", [7.0; 5]), Criterion::Headroom),
        ];
        let expected =
            [("a", Some(1)), ("b", Some(1)), ("c", Some(1)), ("d", Some(4)), ("e", Some(5))];
        assert_eq!(ranked(&ideas), expected);
    }

    #[test]
    fn an_idea_that_only_others_have_rated_is_incomplete_rather_than_unrated() {
        let idea = Idea::new("a", "a");
        let rule = ScoreRule::default();
        for (by_others, expected) in [(false, None), (true, Some(1))] {
            let score = score(&idea, &rule, by_others);
            assert_eq!(rank(&[(&idea, &score)])[0].rank, expected);
        }
    }

    #[test]
    fn no_edge_is_about_the_edge_whatever_else_is_high() {
        let mut idea = rated("a", [9.0; 5]);
        idea.bet = Some(BetKind::Hot);
        let flagged = |idea: &Idea| {
            flags(idea, &score(idea, &ScoreRule::default(), false)).contains(&Flag::NoEdge)
        };
        assert!(!flagged(&idea), "an unknown edge is not a missing one");
        for (edge, expected) in
            [((0.0, 3.9), true), ((3.0, 5.0), false), ((4.0, 4.0), false), ((0.0, 0.0), true)]
        {
            idea.bet_inputs[BetInput::Edge.index()] = Rating::range(edge.0, edge.1);
            assert_eq!(flagged(&idea), expected, "{edge:?}");
        }
        idea.bet_inputs[BetInput::Edge.index()] = Some(Rating::value(1.0));
        idea.bet = Some(BetKind::NextHot);
        assert!(!flagged(&idea));
    }

    fn answer() -> impl Strategy<Value = Option<Rating>> {
        prop_oneof![
            1 => Just(None),
            3 => (0..=10_u8).prop_map(|x| Some(Rating::value(f64::from(x)))),
            1 => (0..=10_u8, 0..=10_u8).prop_map(|(a, b)| {
                Rating::range(f64::from(a.min(b)), f64::from(a.max(b)))
            }),
        ]
    }

    prop_compose! {
        fn ideas()(ratings in prop::collection::vec(prop::array::uniform5(answer()), 1..12)) -> Vec<Idea> {
            let idea = |(i, ratings): (usize, [Option<Rating>; 5])| {
                Idea { ratings, ..Idea::new(format!("idea-{i:02}"), "") }
            };
            ratings.into_iter().enumerate().map(idea).collect()
        }
    }

    proptest! {
        #[test]
        fn adding_an_idea_never_reorders_the_others(ideas in ideas(), added in ideas()) {
            let mut more = ideas.clone();
            more.extend(added.into_iter().map(|idea| Idea { id: format!("x-{}", idea.id), ..idea }));
            let before: Vec<&str> = ranked(&ideas).iter().map(|(id, _)| *id).collect();
            let after: Vec<&str> =
                ranked(&more).iter().map(|(id, _)| *id).filter(|id| !id.starts_with("x-")).collect();
            prop_assert_eq!(before, after);
        }

        #[test]
        fn hours_never_enter_a_score_or_a_rank(ideas in ideas(), hours in 0.0..1e4, traction in 0.0..=10.0) {
            let mut logged = ideas.clone();
            for idea in &mut logged {
                idea.log.push(LogEntry {
                    date: Date::constant(2026, 1, 1),
                    hours: Some(hours),
                    traction: Some(traction),
                    note: "work".into(),
                    recalled: false, output: None });
            }
            let rule = ScoreRule::default();
            for (bare, logged) in ideas.iter().zip(&logged) {
                prop_assert_eq!(score(bare, &rule, false), score(logged, &rule, false));
            }
            prop_assert_eq!(ranked(&ideas), ranked(&logged));
        }

        #[test]
        fn the_rank_is_the_number_before_it_that_are_not_tied(ideas in ideas()) {
            let scores: Vec<Score> =
                ideas.iter().map(|idea| score(idea, &ScoreRule::default(), false)).collect();
            let pairs: Vec<(&Idea, &Score)> = ideas.iter().zip(&scores).collect();
            let standings = rank(&pairs);
            let tied = |a: &Standing, b: &Standing| {
                let (a, b) = (&scores[a.position], &scores[b.position]);
                a.is_complete() == b.is_complete() && (a.value() - b.value()).abs() <= TIE
            };
            for (i, standing) in standings.iter().enumerate() {
                let Some(rank) = standing.rank else { continue };
                let before = standings[..i].iter().filter(|other| !tied(other, standing)).count();
                prop_assert_eq!(rank, 1 + before);
            }
        }

        #[test]
        fn the_place_by_score_is_a_possible_rank(ideas in ideas()) {
            let scores: Vec<Score> =
                ideas.iter().map(|idea| score(idea, &ScoreRule::default(), false)).collect();
            let scores: Vec<&Score> = scores.iter().collect();
            for (score, possible) in scores.iter().zip(possible_ranks(&scores)) {
                let above = scores.iter().filter(|other| other.value() > score.value() + TIE).count();
                prop_assert!(possible.contains(&(1 + above)), "{possible:?} lacks {}", 1 + above);
            }
        }
    }
}
