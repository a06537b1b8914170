//! Calibration of selection: the choice between ideas in hindsight.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::domain::{Date, Decision, Idea, Outcome, Portfolio, Status};
use crate::judge::Score;
use crate::judge::duel::{DuelRule, strengths};

/// An idea that was dropped or done, with what the world made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdeaInHindsight {
    /// Which of the portfolio's ideas.
    pub position: usize,
    /// What the world made of it.
    pub outcome: Outcome,
    /// Whether it was given up.
    pub abandoned: bool,
    /// Its score on the day of the decision, as the decision has it; as rated
    /// now where it has none. `None` with nothing rated.
    pub score: Option<f64>,
    /// When it was chosen or not: for what was given up the day of that, for
    /// what was done the day on which it was taken up.
    pub decided: Option<Date>,
    /// What the duels alone said of it on that day: its pull, in logits.
    /// `None` if it had not been in one.
    pub pull: Option<f64>,
}

/// Hindsight on the ideas that were dropped or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Every idea with hindsight, in the order of the portfolio.
    pub judged: Vec<IdeaInHindsight>,
    /// Pairs of an idea that mattered and one that did not (it fizzled or was
    /// nothing), both rated.
    pub pairs: usize,
    /// Share of those pairs in which the one that mattered scores higher, ties
    /// counting half: ½ is chance. `None` without a pair.
    pub concordance: Option<f64>,
    /// Such pairs in which both had been in duels when they were decided.
    pub duel_pairs: usize,
    /// The same share by what the duels said at that time.
    pub duel_concordance: Option<f64>,
}

/// Sets hindsight until a day against the scores, which are those of
/// [`crate::judge::scores`], and against the duels of the time. A score
/// is that of the day of the decision where it was kept; duels have a history.
#[must_use]
pub fn selection(portfolio: &Portfolio, scores: &[Score], as_of: Date) -> Selection {
    let each = portfolio.iter().zip(scores).enumerate();
    let mut judged: Vec<IdeaInHindsight> =
        each.filter_map(|(position, (idea, score))| judge(position, idea, score, as_of)).collect();
    let mut pulls: BTreeMap<Date, Vec<Option<f64>>> = BTreeMap::new();
    for one in &mut judged {
        let Some(day) = one.decided else { continue };
        let then = pulls.entry(day).or_insert_with(|| {
            let rule = DuelRule::default().without_rubric();
            strengths(portfolio, scores, portfolio.duels().standing(day), &rule)
        });
        one.pull = then[one.position];
    }
    let (pairs, concordance) = in_pairs(&judged, |judged| judged.score);
    let (duel_pairs, duel_concordance) = in_pairs(&judged, |judged| judged.pull);
    Selection { judged, pairs, concordance, duel_pairs, duel_concordance }
}

/// Pairs of one that mattered and one that did not, and the share of them in
/// which a value is higher for the one that mattered.
fn in_pairs(
    judged: &[IdeaInHindsight],
    value: impl Fn(&IdeaInHindsight) -> Option<f64>,
) -> (usize, Option<f64>) {
    let values = |mattered: bool| -> Vec<f64> {
        let these = judged.iter().filter(|judged| {
            judged.outcome != Outcome::Open && (judged.outcome == Outcome::Mattered) == mattered
        });
        these.filter_map(&value).collect()
    };
    let (mattered, others) = (values(true), values(false));
    (mattered.len() * others.len(), concordance(&mattered, &others))
}

/// Share of the pairs of one of `these` and one of `others` in which the first
/// is higher, ties counting half: ½ is chance. `None` without a pair.
#[must_use]
pub(super) fn concordance(these: &[f64], others: &[f64]) -> Option<f64> {
    let pairs = these.len() * others.len();
    let won: f64 =
        these.iter().flat_map(|one| others.iter().map(move |other| wins(*one, *other))).sum();
    (pairs > 0).then(|| won / pairs as f64)
}

/// 1 where the first is higher, ½ where both are the same.
fn wins(one: f64, other: f64) -> f64 {
    match one.total_cmp(&other) {
        Ordering::Greater => 1.0,
        Ordering::Equal => 0.5,
        Ordering::Less => 0.0,
    }
}

fn judge(position: usize, idea: &Idea, score: &Score, as_of: Date) -> Option<IdeaInHindsight> {
    let over = matches!(idea.status, Status::Abandoned | Status::Done);
    let known = idea.hindsight_date.is_none_or(|date| date <= as_of);
    let outcome = idea.hindsight_outcome.filter(|_| over && known)?;
    let decision = decided(idea, as_of);
    Some(IdeaInHindsight {
        position,
        outcome,
        abandoned: idea.status == Status::Abandoned,
        score: decision
            .and_then(|decision| decision.score)
            .or_else(|| score.rated.then(|| score.value())),
        decided: decision.map(|decision| decision.date),
        pull: None,
    })
}

/// The last decision by which an idea was given up, or was taken up for what
/// became of it; where only its end is known, that.
fn decided(idea: &Idea, as_of: Date) -> Option<&Decision> {
    let last = |to: Status| {
        let decisions = idea.decisions.iter().filter(move |decision| {
            decision.date <= as_of && decision.to == to && decision.from != to
        });
        decisions.max_by_key(|decision| decision.date)
    };
    let taken_up = if idea.status == Status::Done { last(Status::Active) } else { None };
    taken_up.or_else(|| last(idea.status))
}

impl Selection {
    /// How many ended this way.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.judged.iter().filter(|judged| judged.outcome == outcome).count()
    }

    /// Those that were given up and mattered after all.
    pub fn regrets(&self) -> impl Iterator<Item = &IdeaInHindsight> {
        self.judged.iter().filter(|j| j.abandoned && j.outcome == Outcome::Mattered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Duel, DuelEntry, DuelLog, Rating, Winner};
    use crate::judge::{ScoreRule, scores};
    use jiff::tz::TimeZone;

    #[test]
    fn what_mattered_is_set_against_what_did_not() {
        let idea = |id: &str, answer: f64, status, outcome| {
            let mut idea = Idea::new(id, id);
            idea.ratings = [Some(Rating::value(answer)); 5];
            idea.status = status;
            idea.hindsight_outcome = outcome;
            idea
        };
        let ideas = vec![
            idea("a", 8.0, Status::Done, Some(Outcome::Mattered)),
            idea("b", 5.0, Status::Abandoned, Some(Outcome::Mattered)),
            idea("c", 5.0, Status::Abandoned, Some(Outcome::Nothing)),
            idea("d", 6.0, Status::Abandoned, Some(Outcome::Fizzled)),
            idea("e", 6.0, Status::Abandoned, Some(Outcome::Open)),
            idea("f", 6.0, Status::Active, Some(Outcome::Nothing)),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let scores = scores(&portfolio, &ScoreRule::default());
        let selection = selection(&portfolio, &scores, Date::constant(2026, 1, 1));
        assert_eq!((selection.judged.len(), selection.pairs), (5, 4));
        // a beats both, b ties with c and loses to d.
        assert_eq!(selection.concordance, Some(2.5 / 4.0));
        assert_eq!(selection.regrets().map(|judged| judged.position).collect::<Vec<_>>(), [1]);
        assert_eq!(selection.count(Outcome::Open), 1);
    }

    #[test]
    fn selection_is_judged_by_the_score_of_its_day() {
        let day = Date::constant(2026, 3, 1);
        let mut idea = Idea::new("a", "a");
        idea.status = Status::Abandoned;
        idea.ratings = [Some(Rating::value(9.0)); 5];
        idea.hindsight_outcome = Some(Outcome::Mattered);
        idea.decisions.push(Decision::new(day, Status::Inbox, Status::Abandoned, "x"));
        let score = |idea: &Idea| {
            let portfolio = Portfolio::new(vec![idea.clone()], Vec::new());
            let scores = scores(&portfolio, &ScoreRule::default());
            selection(&portfolio, &scores, day).judged[0].score
        };
        assert_eq!(score(&idea), Some(90.0), "an old file has only today's");
        idea.decisions[0].score = Some(41.5);
        assert_eq!(score(&idea), Some(41.5));
    }

    #[test]
    fn only_the_duels_of_the_time_count() {
        let on = |day| Date::constant(2026, 3, day);
        let idea = |id: &str, status, from, day, outcome| {
            let mut idea = Idea::new(id, id);
            idea.status = status;
            let to = if status == Status::Done { Status::Active } else { status };
            idea.decisions.push(Decision::new(on(day), from, to, "x"));
            idea.hindsight_outcome = Some(outcome);
            idea
        };
        let (inbox, active) = (Status::Inbox, Status::Active);
        let ideas = vec![
            idea("good", Status::Done, inbox, 10, Outcome::Mattered),
            idea("bad", Status::Abandoned, active, 10, Outcome::Nothing),
            idea("silent", Status::Abandoned, inbox, 10, Outcome::Fizzled),
        ];
        let duel = |id: &str, day: i8, winner| {
            let at = on(day).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
            let (left, right) = ("good".to_owned(), "bad".to_owned());
            DuelEntry::Duel(Duel { id: id.into(), at, by: "ana".into(), left, right, winner })
        };
        // What was answered after the choice is hindsight, not taste.
        let entries = vec![
            duel("1", 8, Winner::Left),
            duel("2", 11, Winner::Right),
            duel("3", 12, Winner::Right),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new()).with_duels(DuelLog { entries });
        let scores = scores(&portfolio, &ScoreRule::default());
        let selection = selection(&portfolio, &scores, on(20));
        assert_eq!((selection.duel_pairs, selection.duel_concordance), (1, Some(1.0)));
        assert_eq!((selection.pairs, selection.concordance), (0, None));
        let pulls: Vec<bool> = selection.judged.iter().map(|one| one.pull > Some(0.0)).collect();
        assert_eq!(pulls, [true, false, false]);
        assert_eq!(selection.judged[2].pull, None);
    }
}
