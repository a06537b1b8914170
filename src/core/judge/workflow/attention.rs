//! Attention: hours that go to an idea below the cut while better ones get none,
//! and better ideas that are passed over when one below the cut is started.

use std::collections::HashSet;

use crate::domain::{Date, Idea, Portfolio, Status, days};
use crate::judge::duel::{DuelRule, strengths};
use crate::judge::{Score, ScoreRule, StallRule, effective_status, hours_within, rated_ranking};

use super::next_step::Comparer;
use super::review::rests;

/// How far back hours are counted, the day itself included.
const DAYS: i64 = 30;

/// The least share of those hours that is worth a word. A judgement.
const LEAST_SHARE: f64 = 0.25;

/// The least hours that are worth a word. A judgement.
const LEAST_HOURS: f64 = 10.0;

/// Hours against rank: one idea below the cut has had much of the last month,
/// while ideas above it that are probably better had nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    /// The idea that got the hours, by position in [`Portfolio::ideas`].
    pub position: usize,
    /// Its share of the hours of the last 30 days, 0–1.
    pub share: f64,
    /// Its hours in the last 30 days.
    pub hours: f64,
    /// Its rank.
    pub rank: usize,
    /// How many ideas have a rank.
    pub of: usize,
    /// The better ideas of the first k that got no hours, best first, by
    /// position and rank.
    pub neglected: Vec<(usize, usize)>,
}

impl Attention {
    /// `52 % of your last 30 days went to #18 of 19; #1 and #2 got none`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let numbers: Vec<String> =
            self.neglected.iter().map(|(_, rank)| format!("#{rank}")).collect();
        let neglected = match numbers.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        };
        let (share, rank, of) = (100.0 * self.share, self.rank, self.of);
        format!(
            "{share:.0} % of your last {DAYS} days went to #{rank} of {of}; {neglected} got none"
        )
    }
}

/// What the cut is made from: the ranking by score, and by duels for the ideas
/// that were in one.
struct Cut<'a> {
    portfolio: &'a Portfolio,
    scores: &'a [Score],
    rule: &'a ScoreRule,
    k: usize,
    as_of: Date,
    /// Positions in the order of the ranking, with their ranks.
    ranking: Vec<(usize, usize)>,
    /// Strengths by the duels alone; none for an idea that was in no duel.
    strengths: Vec<Option<f64>>,
}

impl<'a> Cut<'a> {
    fn new(
        portfolio: &'a Portfolio,
        scores: &'a [Score],
        rule: &'a ScoreRule,
        k: usize,
        as_of: Date,
    ) -> Self {
        let ranked = rated_ranking(portfolio, scores).into_iter();
        let ranking = ranked
            .filter_map(|(rank, (idea, _))| Some((portfolio.position(&idea.id)?, rank)))
            .collect();
        let duels = portfolio.duels().standing(as_of);
        let in_duels: HashSet<usize> = duels
            .iter()
            .flat_map(|duel| [&duel.left, &duel.right])
            .filter_map(|id| portfolio.position(id))
            .collect();
        let strengths = if in_duels.is_empty() {
            vec![None; scores.len()]
        } else {
            let rule = DuelRule::default().without_rubric();
            let all = strengths(portfolio, scores, duels, &rule).into_iter().enumerate();
            all.map(|(at, strength)| strength.filter(|_| in_duels.contains(&at))).collect()
        };
        Self { portfolio, scores, rule, k, as_of, ranking, strengths }
    }

    fn rank_of(&self, position: usize) -> Option<usize> {
        self.ranking.iter().find(|(at, _)| *at == position).map(|(_, rank)| *rank)
    }

    /// The rank of an idea that stands below the first k by the score and, if it
    /// was in duels, by the duels too.
    fn rank_below(&self, position: usize) -> Option<usize> {
        let rank = self.rank_of(position).filter(|rank| *rank > self.k)?;
        let is_below = self.strengths[position].is_none_or(|own| {
            let listed = self.ranking.iter().filter_map(|(at, _)| self.strengths[*at]);
            listed.filter(|other| *other > own).count() >= self.k
        });
        is_below.then_some(rank)
    }

    /// The ideas of the first k that are better than another with at least this
    /// probability, by the duels where there are enough about the two, else by draws
    /// from what was answered; best first.
    fn better_than(
        &self,
        position: usize,
        least: f64,
        keep: impl Fn(usize, &Idea) -> bool,
    ) -> Vec<(usize, usize)> {
        let first = self.ranking.iter().copied().filter(|(_, rank)| *rank <= self.k);
        let kept = first.filter(|(at, _)| self.portfolio.at(*at).is_some_and(|it| keep(*at, it)));
        let mut comparer = Comparer::new(self.portfolio, self.scores, self.rule, self.as_of);
        kept.filter(|(at, _)| comparer.probability_better(*at, position) >= least).collect()
    }
}

/// Hours against rank: the idea below the first `k` that had at least a quarter
/// of the hours of the last 30 days (and 10 h), while one of the first `k` that
/// is probably better had none. Quiet for an idea on which the user has decided
/// to go on, for two weeks or a block of hours.
#[must_use]
pub fn attention(
    portfolio: &Portfolio,
    scores: &[Score],
    (rule, stall_rule): (&ScoreRule, &StallRule),
    k: usize,
    as_of: Date,
) -> Option<Attention> {
    let spent = hours_within(portfolio, DAYS, as_of);
    let total: f64 = spent.iter().map(|(_, hours)| hours).sum();
    let worked_on: HashSet<usize> = spent.iter().map(|(at, _)| *at).collect();
    let much = |hours: f64| hours >= LEAST_HOURS && hours >= LEAST_SHARE * total;
    if !spent.iter().any(|(_, hours)| much(*hours)) {
        return None;
    }
    let cut = Cut::new(portfolio, scores, rule, k, as_of);
    spent.into_iter().filter(|(_, hours)| much(*hours)).find_map(|(position, hours)| {
        let rank = cut.rank_below(position)?;
        if rests(portfolio.at(position)?, stall_rule, as_of) {
            return None;
        }
        let waits = |at: usize, idea: &Idea| {
            !worked_on.contains(&at) && effective_status(idea, portfolio, as_of) != Status::Parked
        };
        let neglected = cut.better_than(position, stall_rule.better, waits);
        let of = cut.ranking.len();
        let share = hours / total;
        (!neglected.is_empty()).then_some(Attention { position, share, hours, rank, of, neglected })
    })
}

/// How long hours against rank are not said again when work is logged, in days.
const QUIET_AFTER_LOG: i64 = 7;

/// Whether an entry on a day is the first about an idea in seven days, so that
/// hours against rank are worth a word when it is logged.
#[must_use]
pub fn is_first_log_in_a_week(idea: &Idea, on: Date) -> bool {
    let week = days::after(on, 1 - QUIET_AFTER_LOG)..=on;
    !idea.log.iter().any(|entry| week.contains(&entry.date))
}

/// The ideas of the first `k`, not started yet, that are probably better than
/// one below the cut that is to be started: position and rank, best first. None
/// for an idea above the cut, by the score or by the duels.
#[must_use]
pub fn passed_over(
    portfolio: &Portfolio,
    scores: &[Score],
    (rule, stall_rule): (&ScoreRule, &StallRule),
    k: usize,
    position: usize,
    as_of: Date,
) -> Vec<(usize, usize)> {
    let cut = Cut::new(portfolio, scores, rule, k, as_of);
    if cut.rank_below(position).is_none() {
        return Vec::new();
    }
    let waits = |_, idea: &Idea| {
        let status = effective_status(idea, portfolio, as_of);
        matches!(status, Status::Inbox | Status::Shortlist)
    };
    cut.better_than(position, stall_rule.better, waits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Decision, LogEntry, Rating};
    use crate::judge::scores;

    const TODAY: Date = Date::constant(2026, 3, 30);

    fn idea(id: &str, answer: f64, hours: f64) -> Idea {
        let mut idea = Idea::new(id, id);
        idea.ratings = [Some(Rating::value(answer)); 5];
        idea.status = if hours > 0.0 { Status::Active } else { Status::Shortlist };
        let entry = LogEntry {
            date: TODAY,
            hours: Some(hours),
            traction: None,
            note: String::new(),
            recalled: false,
            output: None,
        };
        idea.log.extend((hours > 0.0).then_some(entry));
        idea
    }

    fn ideas(low_hours: f64, other_hours: f64) -> Vec<Idea> {
        vec![
            idea("best", 9.5, 0.0),
            idea("good", 9.0, 0.0),
            idea("middling", 6.0, other_hours),
            idea("low", 2.0, low_hours),
        ]
    }

    fn found(ideas: Vec<Idea>, k: usize) -> Option<Attention> {
        let portfolio = Portfolio::new(ideas, Vec::new());
        let (rule, stall) = (ScoreRule::default(), StallRule::default());
        attention(&portfolio, &scores(&portfolio, &rule), (&rule, &stall), k, TODAY)
    }

    #[test]
    fn hours_against_rank_are_said_in_a_sentence() {
        let attention = found(ideas(12.0, 11.0), 2).unwrap();
        assert_eq!((attention.rank, attention.of), (4, 4));
        assert_eq!(attention.neglected, [(0, 1), (1, 2)]);
        assert_eq!(
            attention.sentence(),
            "52 % of your last 30 days went to #4 of 4; #1 and #2 got none"
        );
    }

    #[test]
    fn little_time_a_high_rank_or_work_on_the_best_says_nothing() {
        assert_eq!(found(ideas(9.0, 1.0), 2), None, "under ten hours");
        assert_eq!(found(ideas(12.0, 60.0), 3), None, "under a quarter");
        assert_eq!(found(ideas(12.0, 11.0), 4), None, "it is one of the first four");
        let mut all = ideas(12.0, 0.0);
        for at in [0, 1] {
            all[at].log = idea("x", 1.0, 2.0).log;
        }
        assert_eq!(found(all, 2), None, "the best got some");
    }

    #[test]
    fn it_is_said_with_the_first_entry_of_a_week() {
        let idea = idea("a", 1.0, 3.0);
        let on = |days| is_first_log_in_a_week(&idea, days::after(TODAY, days));
        assert_eq!([on(0), on(6), on(7), on(-1)], [false, false, true, true]);
    }

    #[test]
    fn going_on_quiets_it() {
        let mut all = ideas(12.0, 0.0);
        all[3].decisions.push(Decision::new(TODAY, Status::Active, Status::Active, "go on"));
        assert_eq!(found(all, 2), None);
    }

    #[test]
    fn starting_below_the_cut_names_what_is_passed_over() {
        let portfolio = Portfolio::new(ideas(0.0, 0.0), Vec::new());
        let (rule, stall) = (ScoreRule::default(), StallRule::default());
        let scores = scores(&portfolio, &rule);
        let over = |at| passed_over(&portfolio, &scores, (&rule, &stall), 2, at, TODAY);
        assert_eq!(over(3), [(0, 1), (1, 2)]);
        assert_eq!(over(1), []);
    }
}
