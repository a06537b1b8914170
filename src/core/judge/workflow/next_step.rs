//! The next step of an idea, in a few words, by rules that need neither statistics
//! nor settings; and the candidates in inbox and shortlist as alternatives to an
//! idea under review.

use std::collections::HashMap;
use std::fmt;

use crate::domain::{BetInput, CaseField, Criterion, Date, Idea, LogEntry, Portfolio, Status};
use crate::judge::duel::Preferences;
use crate::judge::robustness::{Belief, probability_above};
use crate::judge::{
    PromiseStanding, PromiseState, Score, ScoreRule, effective_status, others, promises, rank,
};

/// A promise is announced this many days ahead.
const AHEAD: i32 = 14;

/// An active idea without an entry for more than this many days is asked about.
const QUIET: i32 = 30;

/// What to do next about an idea. Shown as a few words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NextStep {
    /// A promise has come due: was it kept?
    JudgePromise(Date),
    /// A promise was missed, by the log or by what was said of it: decide in the review.
    Decide(Date),
    /// A promise comes due soon.
    PromiseDue(Date),
    /// Its time in the car park is over, or the day of a second look has come.
    LookAgain,
    /// It is active, and nothing says when to stop.
    MakePromise,
    /// It is active, and nothing was logged for a month.
    Log,
    /// A criterion is unknown.
    Rate(Criterion),
    /// It is not said which way of betting this is.
    PlaceBet,
    /// A question about its bet is open.
    Answer(BetInput),
    /// The sentences of its case are missing.
    MakeCase,
    /// It is one of the first few, and all is known: start it.
    Start,
    /// It waits in the inbox: look at it and decide.
    Triage,
}

impl fmt::Display for NextStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JudgePromise(_) => f.write_str("judge"),
            Self::Decide(_) => f.write_str("review"),
            Self::PromiseDue(by) => write!(f, "due {}", by.strftime("%-d %b")),
            Self::LookAgain => f.write_str("look again"),
            Self::MakePromise => f.write_str("promise"),
            Self::Log => f.write_str("log"),
            Self::Rate(_) | Self::PlaceBet | Self::Answer(_) => f.write_str("rate"),
            Self::MakeCase => f.write_str("case"),
            Self::Start => f.write_str("start"),
            Self::Triage => f.write_str("triage"),
        }
    }
}

impl NextStep {
    /// The same in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::JudgePromise(by) => {
                format!("Judge the promise of {}: was it kept?", by.strftime("%-d %b"))
            }
            Self::Decide(by) => {
                format!("Decide in Review: the promise of {} was missed.", by.strftime("%-d %b"))
            }
            Self::PromiseDue(by) => format!("The promise is due on {}.", by.strftime("%-d %b")),
            Self::LookAgain => "The day to look at it again has come.".to_owned(),
            Self::MakePromise => "Make a promise: it runs without one.".to_owned(),
            Self::Log => "Log what was done: nothing was logged for a month.".to_owned(),
            Self::Rate(criterion) => format!("Rate {}: it is unknown.", criterion.id()),
            Self::PlaceBet => "Say which bet it is: hot or next-hot.".to_owned(),
            Self::Answer(input) => format!("Answer {}: it is unknown.", input.id()),
            Self::MakeCase => "Write its case: it stands among the first.".to_owned(),
            Self::Start => "Start it, park it or drop it.".to_owned(),
            Self::Triage => "It waits in the inbox: triage it.".to_owned(),
        }
    }
}

/// What to do next about an idea, the most urgent first; `None` if it can be
/// left alone. A case and the start are asked only of an idea that `is_ahead`: one
/// of the first few, which may be chosen. Entries and promises dated after
/// `as_of` are ignored.
#[must_use]
pub fn next_step(idea: &Idea, score: &Score, is_ahead: bool, as_of: Date) -> Option<NextStep> {
    match idea.status {
        Status::Active => active(idea, as_of).or_else(|| unknown(idea, score)),
        Status::Inbox => Some(NextStep::Triage),
        Status::Shortlist => unknown(idea, score).or_else(|| {
            let case = CaseField::ALL.iter().any(|field| idea.case(*field).is_some());
            is_ahead.then_some(if case { NextStep::Start } else { NextStep::MakeCase })
        }),
        Status::Parked => reached(idea.parked_until, as_of),
        Status::Abandoned => reached(idea.revive_on, as_of),
        Status::Done => None,
    }
}

fn reached(day: Option<Date>, as_of: Date) -> Option<NextStep> {
    day.filter(|day| *day <= as_of).map(|_| NextStep::LookAgain)
}

fn active(idea: &Idea, as_of: Date) -> Option<NextStep> {
    let standing = promises(idea, as_of);
    let first = |is_meant: fn(&PromiseStanding) -> bool| {
        let meant = standing.iter().filter(|it| is_meant(it));
        meant.map(|it| idea.promises[it.position].by).min()
    };
    if let Some(by) = first(|it| it.asks && it.state != PromiseState::Missed) {
        return Some(NextStep::JudgePromise(by));
    }
    if let Some(by) = first(|it| it.asks) {
        return Some(NextStep::Decide(by));
    }
    let Some(by) = first(|it| it.state == PromiseState::Pending) else {
        return Some(NextStep::MakePromise);
    };
    if days_between(as_of, by) <= AHEAD {
        return Some(NextStep::PromiseDue(by));
    }
    let past = |entry: &&LogEntry| entry.date <= as_of;
    let last = idea.log.iter().filter(past).map(|entry| entry.date).max();
    let started = idea.decisions.iter().filter(|d| d.to == Status::Active).map(|d| d.date).max();
    let quiet = last.max(started).is_none_or(|day| days_between(day, as_of) > QUIET);
    quiet.then_some(NextStep::Log)
}

/// The criterion whose answer would move the score most, or what is open about
/// the bet where the strategy follows from one.
fn unknown(idea: &Idea, score: &Score) -> Option<NextStep> {
    let rated = score.missing().find(|criterion| *criterion != Criterion::Strategy);
    if let Some(criterion) = rated {
        let headroom = Criterion::Headroom;
        let capped = score.missing[headroom.index()];
        return Some(NextStep::Rate(if capped { headroom } else { criterion }));
    }
    score.missing[Criterion::Strategy.index()].then(|| match idea.bet {
        None => NextStep::PlaceBet,
        Some(kind) => kind
            .inputs()
            .into_iter()
            .find(|input| idea.bet_input(*input).is_none())
            .map_or(NextStep::Rate(Criterion::Strategy), NextStep::Answer),
    })
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// A candidate that is better than the idea under review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative {
    /// Which of the portfolio's ideas.
    pub position: usize,
    /// How much higher its score is: at most 0 only where duels say that it is
    /// the better one all the same.
    pub opportunity_cost: f64,
}

impl Alternative {
    /// `12.3 points more`, or less.
    #[must_use]
    pub fn in_points(&self) -> String {
        let word = if self.opportunity_cost < 0.0 { "less" } else { "more" };
        format!("{:.1} points {word}", self.opportunity_cost.abs())
    }
}

/// The probability that an alternative is the better one, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Better {
    /// From enough duels about the two.
    ByDuels(f64),
    /// From draws of what was answered about both.
    ByRatings(f64),
}

impl Better {
    const fn probability(self) -> f64 {
        let (Self::ByDuels(p) | Self::ByRatings(p)) = self;
        p
    }
}

/// Draws for each of two ideas that are compared, all pairs of which count.
const DRAWS: usize = 400;

/// Which of two ideas is the better one: by the duels where there are enough about the two,
/// else by draws from all that was answered about both. Remembers what it worked out.
pub(crate) struct Comparer<'a> {
    portfolio: &'a Portfolio,
    scores: &'a [Score],
    rule: &'a ScoreRule,
    as_of: Date,
    /// What the duels say, once it was asked.
    preferences: Option<Preferences>,
    /// Draws of the scores of the one and of the other, by position: apart, so that the two
    /// are independent.
    draws: [HashMap<usize, Vec<f32>>; 2],
}

impl<'a> Comparer<'a> {
    /// `scores` are by position in [`Portfolio::ideas`].
    pub(crate) fn new(
        portfolio: &'a Portfolio,
        scores: &'a [Score],
        rule: &'a ScoreRule,
        as_of: Date,
    ) -> Self {
        Self { portfolio, scores, rule, as_of, preferences: None, draws: Default::default() }
    }

    /// The probability that the idea at one position is better than the one at another.
    pub(crate) fn probability_better(&mut self, one: usize, other: usize) -> f64 {
        self.by_duels(one, other).unwrap_or_else(|| self.by_ratings(one, other))
    }

    fn by_duels(&mut self, one: usize, other: usize) -> Option<f64> {
        let preferences = self
            .preferences
            .get_or_insert_with(|| Preferences::of(self.portfolio, self.scores, self.as_of));
        preferences.probability_better(one, other)
    }

    fn by_ratings(&mut self, one: usize, other: usize) -> f64 {
        let (portfolio, rule) = (self.portfolio, self.rule);
        let draw = |position: usize, seed: u64| {
            let idea = &portfolio.ideas()[position];
            Belief::of(idea, &others(portfolio, idea), rule, seed).scores(rule, DRAWS)
        };
        let [first, second] = &mut self.draws;
        let one = first.entry(one).or_insert_with(|| draw(one, 2));
        let other = second.entry(other).or_insert_with(|| draw(other, 1));
        probability_above(one, other)
    }
}

/// The candidates, in the order of the ranking.
pub(crate) struct Candidates<'a> {
    scores: &'a [Score],
    positions: Vec<usize>,
    comparer: Comparer<'a>,
}

impl<'a> Candidates<'a> {
    /// The rated ideas that wait in inbox or shortlist on that day.
    pub(crate) fn of(
        portfolio: &'a Portfolio,
        scores: &'a [Score],
        rule: &'a ScoreRule,
        as_of: Date,
    ) -> Self {
        let all: Vec<(&Idea, &Score)> = portfolio.iter().zip(scores).collect();
        let waits = |position: &usize| {
            let (idea, score) = all[*position];
            let status = effective_status(idea, portfolio, as_of);
            score.rated && matches!(status, Status::Inbox | Status::Shortlist)
        };
        let standings = rank(&all);
        let positions = standings.iter().map(|standing| standing.position).filter(waits).collect();
        Self { scores, positions, comparer: Comparer::new(portfolio, scores, rule, as_of) }
    }

    /// The best candidate that scores higher than an idea.
    pub(crate) fn best_for(&self, position: usize) -> Option<Alternative> {
        self.others_than(position).find(|it| it.opportunity_cost > 0.0)
    }

    /// The best candidate that is better than an idea with at least this
    /// probability: by the duels where there are enough about the two, else one that
    /// scores higher, by draws from all that was answered about both.
    pub(crate) fn better_than(
        &mut self,
        position: usize,
        least: f64,
    ) -> Option<(Alternative, Better)> {
        let candidates: Vec<Alternative> = self.others_than(position).collect();
        candidates.into_iter().find_map(|alternative| {
            let candidate = alternative.position;
            let better = match self.comparer.by_duels(candidate, position) {
                Some(p) => Better::ByDuels(p),
                None if alternative.opportunity_cost <= 0.0 => return None,
                None => Better::ByRatings(self.comparer.by_ratings(candidate, position)),
            };
            (better.probability() >= least).then_some((alternative, better))
        })
    }

    fn others_than(&self, position: usize) -> impl Iterator<Item = Alternative> + '_ {
        let own = &self.scores[position];
        let candidates = self.positions.iter().filter(move |&&c| c != position && own.rated);
        candidates.map(move |&position| {
            let opportunity_cost = self.scores[position].value() - own.value();
            Alternative { position, opportunity_cost }
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::{BetKind, Promise, PromiseResult, Rating};
    use crate::judge::{ScoreRule, score, scores};

    const TODAY: Date = date(2026, 3, 1);

    fn step(idea: &Idea) -> Option<NextStep> {
        next_step(idea, &score(idea, &ScoreRule::default(), false), true, TODAY)
    }

    fn complete(status: Status) -> Idea {
        let mut idea = Idea::new("a", "A");
        idea.status = status;
        idea.ratings = [Some(Rating::value(5.0)); 5];
        idea
    }

    fn promise(by: Date) -> Promise {
        Promise {
            set: None,
            by,
            claim: Some("it holds".into()),
            traction: None,
            chance: None,
            result: None,
            resolved: None,
            amended: None,
        }
    }

    #[test]
    fn what_is_unknown_is_asked_headroom_first_and_the_bet_last() {
        let mut idea = Idea::new("a", "A");
        idea.status = Status::Shortlist;
        assert_eq!(step(&idea), Some(NextStep::Rate(Criterion::Headroom)));
        idea.ratings = [Some(Rating::value(5.0)); 5];
        idea.ratings[Criterion::Longevity.index()] = None;
        assert_eq!(step(&idea), Some(NextStep::Rate(Criterion::Longevity)));
        idea.ratings = [Some(Rating::value(5.0)); 5];
        idea.ratings[Criterion::Strategy.index()] = None;
        assert_eq!(step(&idea), Some(NextStep::PlaceBet));
        idea.bet = Some(BetKind::Hot);
        assert_eq!(step(&idea), Some(NextStep::Answer(BetInput::Edge)));
    }

    #[test]
    fn an_active_idea_answers_for_its_promises() {
        let mut idea = complete(Status::Active);
        assert_eq!(step(&idea), Some(NextStep::MakePromise));
        idea.promises.push(promise(date(2026, 6, 1)));
        assert_eq!(step(&idea), Some(NextStep::Log));
        idea.log.push(LogEntry::from_words(["3h"], date(2026, 2, 20)));
        assert_eq!(step(&idea), None);
        idea.promises.push(promise(date(2026, 3, 10)));
        assert_eq!(step(&idea), Some(NextStep::PromiseDue(date(2026, 3, 10))));
        idea.promises.push(promise(date(2026, 2, 28)));
        assert_eq!(step(&idea), Some(NextStep::JudgePromise(date(2026, 2, 28))));
        // The log says that a level was not reached: there is nothing to judge.
        idea.promises.push(Promise {
            claim: None,
            traction: Some(6.0),
            ..promise(date(2026, 2, 20))
        });
        idea.log.push(LogEntry {
            traction: Some(2.0),
            ..LogEntry::from_words(["3h"], date(2026, 2, 19))
        });
        idea.promises[2].result = Some(PromiseResult::Kept);
        assert_eq!(step(&idea), Some(NextStep::Decide(date(2026, 2, 20))));
        idea.promises.pop();
        idea.promises[2].result = None;
        idea.promises[2].amended = Some(date(2026, 2, 28));
        assert_eq!(step(&idea), Some(NextStep::PromiseDue(date(2026, 3, 10))));
    }

    #[test]
    fn what_rests_is_left_alone_until_its_day() {
        let mut idea = complete(Status::Parked);
        assert_eq!(step(&idea), None);
        idea.parked_until = Some(TODAY);
        assert_eq!(step(&idea), Some(NextStep::LookAgain));
        assert_eq!(step(&complete(Status::Inbox)), Some(NextStep::Triage));
        assert_eq!(step(&complete(Status::Shortlist)), Some(NextStep::MakeCase));
        assert_eq!(step(&complete(Status::Done)), None);
    }

    #[test]
    fn a_case_is_asked_only_of_what_is_ahead() {
        let idea = complete(Status::Shortlist);
        let score = score(&idea, &ScoreRule::default(), false);
        assert_eq!(next_step(&idea, &score, true, TODAY), Some(NextStep::MakeCase));
        assert_eq!(next_step(&idea, &score, false, TODAY), None);
    }

    fn idea(id: &str, status: Status, answers: [(f64, f64); 5]) -> Idea {
        let ratings = answers.map(|(low, high)| Rating::range(low, high));
        Idea { ratings, status, ..Idea::new(id, id) }
    }

    fn sure(id: &str, status: Status, answer: f64) -> Idea {
        idea(id, status, [(answer, answer); 5])
    }

    fn with_candidates<T>(ideas: Vec<Idea>, ask: impl Fn(&mut Candidates) -> T) -> T {
        let portfolio = Portfolio::new(ideas, Vec::new());
        let rule = ScoreRule::default();
        let scores = scores(&portfolio, &rule);
        ask(&mut Candidates::of(&portfolio, &scores, &rule, Date::constant(2026, 1, 1)))
    }

    #[test]
    fn the_best_of_inbox_and_shortlist_is_the_alternative() {
        let ideas = vec![
            sure("own", Status::Active, 4.0),
            sure("low", Status::Shortlist, 3.0),
            sure("inbox", Status::Inbox, 6.0),
            sure("best", Status::Shortlist, 7.0),
            sure("taken", Status::Active, 9.0),
            Idea::new("unrated", "unrated"),
        ];
        let (own, best, unrated) = with_candidates(ideas, |candidates| {
            (candidates.best_for(0), candidates.best_for(3), candidates.best_for(5))
        });
        let own = own.unwrap();
        assert_eq!(own.position, 3);
        assert!((own.opportunity_cost - 30.0).abs() < 1e-9);
        assert_eq!((best, unrated), (None, None));
    }

    #[test]
    fn honest_ranges_may_overlap_and_one_still_be_better() {
        let ideas = vec![
            idea("own", Status::Active, [(4.0, 6.0); 5]),
            idea("better", Status::Inbox, [(5.4, 7.4); 5]),
            idea("vague", Status::Inbox, [(2.0, 9.9); 5]),
            idea("close", Status::Inbox, [(4.1, 6.1); 5]),
        ];
        let (found, strict) = with_candidates(ideas, |candidates| {
            (candidates.better_than(0, 0.8), candidates.better_than(0, 0.999))
        });
        let (alternative, better) = found.unwrap();
        assert_eq!(alternative.position, 1);
        assert!((0.8..0.999).contains(&better.probability()), "{better:?}");
        assert_eq!(strict, None);
    }
}
