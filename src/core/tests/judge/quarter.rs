//! A quarter, day by day: a low idea is started, takes 12 h a week, rises and then
//! stays where it is, and its promise is moved twice. The program has to speak.

use prospect_core::domain::{Date, Decision, Idea, LogEntry, Portfolio, Promise, Rating, Status};
use prospect_core::judge::{
    Review, ScoreRule, StallRule, Urgency, Verdict, attention, review, scores,
};

/// How many are to be pursued.
const K: usize = 3;

const START: Date = Date::constant(2026, 1, 5);

/// The level at the end of each week: it rises for five weeks, then no more. The quarter
/// has 13 weeks, and nothing is decided in the 11 that follow.
const LEVELS: [u8; 24] = [1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5];

fn day(days: i64) -> Date {
    START.saturating_add(std::time::Duration::from_secs(86_400 * u64::try_from(days).unwrap()))
}

fn rated(id: &str, answer: f64) -> Idea {
    let mut idea = Idea::new(id, id);
    idea.ratings = [Some(Rating::value(answer)); 5];
    idea.status = Status::Shortlist;
    idea
}

fn promise(set: i64, by: i64, amended: Option<i64>) -> Promise {
    Promise {
        set: Some(day(set)),
        by: day(by),
        claim: None,
        traction: Some(7.0),
        chance: Some(0.6),
        result: None,
        resolved: None,
        amended: amended.map(day),
    }
}

/// The low idea as it is on a day of the quarter.
fn low(today: i64) -> Idea {
    let mut idea = rated("low", 3.0);
    idea.status = Status::Active;
    idea.decisions = vec![Decision::new(START, Status::Shortlist, Status::Active, "it is fun")];
    let weeks = LEVELS.iter().enumerate().map(|(week, level)| (7 * (week as i64 + 1) - 3, level));
    idea.log = weeks
        .filter(|(at, _)| *at <= today)
        .map(|(at, level)| LogEntry {
            date: day(at),
            hours: Some(12.0),
            traction: Some(f64::from(*level)),
            note: String::new(),
            recalled: false,
            output: None,
        })
        .collect();
    let moved = [(0, 56), (56, 98), (98, 182)];
    let stands = moved.iter().filter(|(set, _)| *set <= today);
    idea.promises =
        stands.map(|(set, by)| promise(*set, *by, (*by <= today).then_some(*by))).collect();
    idea
}

fn portfolio(low: Idea) -> Portfolio {
    let better = [("first", 9.5), ("second", 9.0), ("third", 8.5)];
    let ideas = better.iter().map(|(id, answer)| rated(id, *answer)).chain([low]);
    Portfolio::new(ideas.collect(), Vec::new())
}

fn reviewed(low: Idea, today: i64) -> Review {
    let portfolio = portfolio(low);
    let rule = ScoreRule::default();
    let scores = scores(&portfolio, &rule);
    review(&portfolio, &scores, &rule, &StallRule::default(), day(today)).remove(3)
}

#[test]
fn in_week_four_the_hours_are_spoken_of() {
    let (rule, stall) = (ScoreRule::default(), StallRule::default());
    for today in 21..28 {
        let portfolio = portfolio(low(today));
        let scores = scores(&portfolio, &rule);
        let found = attention(&portfolio, &scores, (&rule, &stall), K, day(today)).unwrap();
        assert_eq!((found.position, found.rank), (3, 4));
        let said = "100 % of your last 30 days went to #4 of 4; #1, #2 and #3 got none";
        assert_eq!(found.sentence(), said, "day {today}");
    }
}

#[test]
fn once_it_has_stalled_it_asks_on_every_day_until_something_is_decided() {
    let asks = |review: &Review| {
        matches!(review.urgency, Some(Urgency::SunkCost | Urgency::Stalled)) && review.due
    };
    let last = 7 * LEVELS.len() as i64;
    let first = (0..last).find(|today| asks(&reviewed(low(*today), *today))).unwrap();
    assert!((56..91).contains(&first), "not while it rises, and in the quarter: day {first}");
    for today in first..last {
        let review = reviewed(low(today), today);
        assert!(asks(&review), "day {today}: {:?}", review.urgency);
        assert_eq!(review.traction.verdict, Verdict::Stalled, "day {today}");
        assert_eq!(review.promises.len(), if today < 98 { 2 } else { 3 }, "one stands, moved");
    }
    // To go on quiets it for two weeks or a block of hours, not for good.
    let goes_on = |today: i64| {
        let mut idea = low(today);
        idea.decisions.push(Decision::new(
            day(first),
            Status::Active,
            Status::Active,
            "nearly there",
        ));
        reviewed(idea, today)
    };
    assert!((first..first + 14).all(|today| !asks(&goes_on(today))));
    assert!(asks(&goes_on(first + 14)));
    let mut dropped = low(last);
    dropped.status = Status::Abandoned;
    dropped.decisions.push(Decision::new(day(last), Status::Active, Status::Abandoned, "no"));
    assert!(!reviewed(dropped, last).due);
}
