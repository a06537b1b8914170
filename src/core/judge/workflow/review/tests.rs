use super::*;
use crate::domain::{
    BetKind, CleanSlate, Decision, Duel, DuelEntry, Edit, LogEntry, Promise, PromiseResult, Rater,
    Rating, Winner, days,
};
use crate::judge::{Verdict, scores};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::collections::HashMap;

const TODAY: Date = Date::constant(2026, 6, 1);

fn ago(days: i64) -> Date {
    days::after(TODAY, -days)
}

fn idea(id: &str, status: Status, answer: f64) -> Idea {
    let ratings = [Some(Rating::value(answer)); 5];
    Idea { ratings, status, ..Idea::new(id, format!("The {id}")) }
}

/// Logs a level a week, the last one today.
fn log(idea: &mut Idea, hours: f64, levels: &[u8]) {
    for (i, level) in levels.iter().enumerate() {
        idea.log.push(LogEntry {
            date: ago(7 * (levels.len() - 1 - i) as i64),
            hours: Some(hours),
            traction: Some(f64::from(*level)),
            note: String::new(),
            recalled: false,
            output: None,
        });
    }
}

fn decide(idea: &mut Idea, date: Date, to: Status) {
    let from = idea.status;
    idea.decisions.push(Decision::new(date, from, to, "because"));
    idea.status = to;
}

fn promise(by: Date) -> Promise {
    Promise {
        set: Some(days::after(by, -60)),
        by,
        claim: Some("it works".into()),
        traction: None,
        chance: None,
        result: None,
        resolved: None,
        amended: None,
    }
}

fn reviewed(ideas: &[Idea]) -> Vec<Review> {
    reviewed_with(ideas, Vec::new())
}

fn reviewed_with(ideas: &[Idea], raters: Vec<Rater>) -> Vec<Review> {
    reviewed_portfolio(&Portfolio::new(ideas.to_vec(), raters))
}

/// The ideas after duels of each two of them, answered alike by so many people; the
/// order names the winner of two first.
fn reviewed_after(ideas: &[Idea], people: usize, order: &[&str]) -> Vec<Review> {
    let mut portfolio = Portfolio::new(ideas.to_vec(), Vec::new());
    let at = ago(3).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    for person in 0..people {
        for (place, winner) in order.iter().enumerate() {
            for loser in &order[place + 1..] {
                portfolio
                    .apply(&Edit::Duel(DuelEntry::Duel(Duel {
                        id: format!("{person}-{winner}-{loser}"),
                        at: at.clone(),
                        by: format!("person {person}"),
                        left: (*winner).to_owned(),
                        right: (*loser).to_owned(),
                        winner: Winner::Left,
                    })))
                    .unwrap();
            }
        }
    }
    reviewed_portfolio(&portfolio)
}

fn reviewed_portfolio(portfolio: &Portfolio) -> Vec<Review> {
    let rule = ScoreRule::default();
    review(portfolio, &scores(portfolio, &rule), &rule, &StallRule::default(), TODAY)
}

fn reviewed_alone(idea: &Idea) -> Review {
    reviewed(std::slice::from_ref(idea)).remove(0)
}

const FLAT: [u8; 14] = [1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1];
const RISING: [u8; 10] = [2, 3, 4, 5, 6, 7, 8, 8, 9, 9];

fn stalled(answer: f64) -> Idea {
    let mut idea = idea("stalled", Status::Active, answer);
    log(&mut idea, 8.0, &FLAT);
    idea
}

#[test]
fn sunk_cost_names_what_would_be_better_and_what_staying_costs() {
    let ideas = [stalled(4.0), idea("better", Status::Shortlist, 7.0)];
    let review = &reviewed(&ideas)[0];
    assert_eq!(review.traction.verdict, Verdict::Stalled);
    assert!(review.sunk_cost && review.due);
    assert_eq!(review.flags, [Flag::SunkCost]);
    let alternative = review.best_alternative.unwrap();
    assert_eq!(alternative.position, 1);
    assert!((alternative.opportunity_cost - 30.0).abs() < 1e-9);
    assert_eq!(
        review.reasons,
        [
            "112 h went in, 100 % of all hours, while \"The better\" waits: it scores 30.0 \
             more and is 99 % likely to be the better one",
            "down 0.2 in 112 h. 40 more hours will probably add less than 0.7",
        ]
    );
}

#[test]
fn sunk_cost_needs_all_of_its_conditions() {
    let better = || idea("better", Status::Inbox, 7.0);
    let is_sunk = |ideas: &[Idea]| reviewed(ideas)[0].sunk_cost;
    assert!(is_sunk(&[stalled(4.0), better()]));
    assert!(!is_sunk(&[stalled(4.0), idea("worse", Status::Inbox, 3.0)]));
    assert!(!is_sunk(&[stalled(4.0), idea("taken", Status::Active, 7.0)]));
    let mut rising = idea("rising", Status::Active, 4.0);
    log(&mut rising, 8.0, &RISING);
    assert!(!is_sunk(&[rising, better()]));
    let mut parked = stalled(4.0);
    decide(&mut parked, TODAY, Status::Parked);
    assert!(!is_sunk(&[parked, better()]));
    // 112 of 812 hours is under 15 %.
    let mut elsewhere = idea("elsewhere", Status::Done, 5.0);
    log(&mut elsewhere, 700.0, &[5]);
    assert!(!is_sunk(&[stalled(4.0), better(), elsewhere]));
}

#[test]
fn enough_duels_say_which_of_two_is_better_and_the_ratings_do_not() {
    let ideas = |stalled_answer: f64, other: f64| {
        let others = ["b", "c", "d"].map(|id| idea(id, Status::Done, 5.0));
        let pair = [stalled(stalled_answer), idea("a", Status::Shortlist, other)];
        pair.into_iter().chain(others).collect::<Vec<_>>()
    };
    // It scores lower, and is preferred whenever people are asked.
    let liked = ["a", "b", "c", "d", "stalled"];
    let review = &reviewed_after(&ideas(5.5, 5.0), 2, &liked)[0];
    assert!(review.sunk_cost);
    let alternative = review.best_alternative.unwrap();
    assert_eq!(alternative.position, 1);
    assert_eq!(alternative.in_points(), "5.0 points less");
    let by_duels = "while \"The a\" waits: by the duels it is ";
    assert!(review.reasons[0].contains(by_duels), "{:?}", review.reasons);

    // It scores much higher, and is never preferred.
    let disliked = ["stalled", "b", "c", "d", "a"];
    let review = &reviewed_after(&ideas(4.0, 7.0), 2, &disliked)[0];
    assert_eq!((review.sunk_cost, review.urgency), (false, Some(Urgency::Stalled)));

    // Four duels of each are not enough: the ratings count.
    let review = &reviewed_after(&ideas(4.0, 7.0), 1, &disliked)[0];
    assert!(review.sunk_cost && review.reasons[0].contains("it scores 30.0 more"));
    assert!(!reviewed_after(&ideas(5.5, 5.0), 1, &liked)[0].sunk_cost);
}

#[test]
fn no_promise_mutes_a_stall() {
    let mut alone = stalled(4.0);
    alone.promises.push(promise(ago(-60)));
    let review = reviewed_alone(&alone);
    assert_eq!((review.due, review.urgency), (true, Some(Urgency::Stalled)));
    assert_eq!(review.flags, [Flag::Stalled]);
    assert!(review.reasons[0].starts_with("112 h went in and the next "), "{:?}", review.reasons);
    let with_better = reviewed(&[alone, idea("better", Status::Shortlist, 7.0)]).remove(0);
    assert_eq!(with_better.urgency, Some(Urgency::SunkCost));
}

#[test]
fn a_pause_decides_nothing_about_a_stall() {
    let mut left = stalled(4.0);
    for entry in &mut left.log {
        entry.date = days::after(entry.date, -40);
    }
    left.promises.push(promise(ago(-60)));
    let review = reviewed_alone(&left);
    assert_eq!((review.traction.verdict, review.stalled), (Verdict::Dormant, false));
    assert_eq!(review.urgency, Some(Urgency::Stalled));
    assert_eq!(
        review.reasons[0],
        "it had stalled, and nothing was done for 40 days: go on, park or drop?"
    );
    decide(&mut left, ago(1), Status::Parked);
    assert!(!reviewed_alone(&left).due);

    let mut rising = idea("rising", Status::Active, 4.0);
    log(&mut rising, 8.0, &RISING[..7]);
    for entry in &mut rising.log {
        entry.date = days::after(entry.date, -40);
    }
    rising.promises.push(promise(ago(-60)));
    let review = reviewed_alone(&rising);
    assert_eq!((review.traction.verdict, review.due), (Verdict::Dormant, false));
}

#[test]
fn after_going_on_a_stall_rests_for_two_weeks_or_a_block_of_hours() {
    let went_on = |days: i64, hours: f64| {
        let mut idea = stalled(4.0);
        for entry in &mut idea.log {
            entry.date = days::after(entry.date, -20);
        }
        decide(&mut idea, ago(days), Status::Active);
        idea.decisions[0].from = Status::Active;
        idea.decisions[0].clean_slate = Some(CleanSlate::No);
        let last = LogEntry { date: ago(1), hours: Some(hours), ..idea.log[0].clone() };
        idea.log.push(LogEntry { traction: None, ..last });
        reviewed_alone(&idea)
    };
    let urgency = |days, hours| went_on(days, hours).urgency;
    assert_eq!(urgency(13, 5.0), None);
    assert_eq!(urgency(14, 5.0), Some(Urgency::Stalled));
    assert_eq!(urgency(13, 40.0), Some(Urgency::Stalled));
    assert!(went_on(13, 5.0).flags.contains(&Flag::Stalled), "it is said all the same");
}

#[test]
fn without_hours_sunk_cost_counts_the_weeks() {
    let mut weeks = stalled(4.0);
    for (i, entry) in weeks.log.iter_mut().enumerate() {
        (entry.hours, entry.date) = (None, ago(14 * (FLAT.len() - 1 - i) as i64));
    }
    let review = &reviewed(&[weeks, idea("better", Status::Inbox, 7.0)])[0];
    assert!(review.sunk_cost, "{:?}", review.traction);
    assert!(review.reasons[0].starts_with("26 weeks went in while"), "{:?}", review.reasons);
}

#[test]
fn a_missed_promise_asks_until_something_is_decided() {
    let mut idea = idea("a", Status::Active, 5.0);
    let result = Some(PromiseResult::Missed);
    let missed = Promise { result, resolved: Some(ago(20)), ..promise(ago(20)) };
    idea.promises.extend([missed, promise(ago(-30))]);
    let review = reviewed_alone(&idea);
    assert_eq!((review.due, &review.flags), (true, &vec![Flag::PromiseMissed]));
    assert_eq!(review.reasons, ["promise missed on 2026-05-12: \"it works\""]);
    decide(&mut idea, ago(3), Status::Active);
    let review = reviewed_alone(&idea);
    assert_eq!((review.due, review.flags), (false, vec![]));
    assert_eq!(review.promises.len(), 2);
}

#[test]
fn a_due_promise_asks_unless_the_idea_is_over() {
    let mut idea = idea("a", Status::Active, 5.0);
    idea.promises.push(promise(ago(2)));
    let review = reviewed_alone(&idea);
    assert_eq!((review.due, review.flags), (true, vec![Flag::PromiseDue]));
    idea.status = Status::Done;
    let review = reviewed_alone(&idea);
    assert_eq!((review.due, review.flags), (false, vec![]));
}

#[test]
fn no_log_is_no_excuse() {
    let mut active = idea("a", Status::Inbox, 5.0);
    decide(&mut active, ago(30), Status::Active);
    let quiet = reviewed_alone(&active);
    assert!(quiet.due);
    assert_eq!(
        quiet.reasons,
        ["neither evidence nor a promise for 30 days: would you start this today?"]
    );
    let mut promised = active.clone();
    promised.promises.push(promise(ago(-10)));
    assert!(!reviewed_alone(&promised).due);
    let mut asked = active.clone();
    decide(&mut asked, ago(29), Status::Active);
    assert!(!reviewed_alone(&asked).due);
    active.status = Status::Shortlist;
    assert!(!reviewed_alone(&active).due);
    assert!(reviewed_alone(&idea("b", Status::Active, 5.0)).due);
    let mut not_yet = idea("c", Status::Active, 5.0);
    not_yet.created = Some(ago(-1));
    assert!(!reviewed_alone(&not_yet).due);
}

#[test]
fn what_was_parked_and_is_back_wants_to_be_seen() {
    let mut idea = idea("a", Status::Shortlist, 5.0);
    decide(&mut idea, ago(30), Status::Parked);
    idea.parked_until = Some(ago(1));
    let review = reviewed_alone(&idea);
    assert_eq!((review.due, review.effective_status), (true, Status::Shortlist));
    assert_eq!(review.reasons, ["back: it was parked until 2026-05-31"]);
}

#[test]
fn flags_stand_in_the_order_of_urgency() {
    let mut messy = stalled(4.0);
    messy.ratings[4] = None;
    messy.bet = Some(BetKind::Hot);
    messy.bet_inputs[0] = Some(Rating::value(1.0));
    let result = Some(PromiseResult::Missed);
    messy.promises.push(Promise { result, ..promise(ago(9)) });
    messy.promises.push(promise(ago(3)));
    let mara = HashMap::from([("stalled".to_owned(), [Some(Rating::value(9.0)); 5])]);
    let raters = vec![Rater { ratings: mara, ..Rater::new("mara") }];
    let review = &reviewed_with(&[messy, idea("better", Status::Inbox, 9.9)], raters)[0];
    assert_eq!(
        review.flags,
        [
            Flag::SunkCost,
            Flag::PromiseMissed,
            Flag::PromiseDue,
            Flag::NoEdge,
            Flag::Incomplete,
            Flag::Disputed
        ]
    );
}

proptest! {
    #[test]
    fn what_is_due_is_said_and_only_that(
        statuses in prop::collection::vec(prop::sample::select(Status::ALL), 1..8),
        hours in 0.0..30.0, promised in 0..60_i64, parked in prop::option::of(0..60_i64),
    ) {
        let ideas: Vec<Idea> = statuses.iter().enumerate().map(|(i, status)| {
            let mut idea = idea(&format!("idea-{i}"), Status::Inbox, i as f64);
            log(&mut idea, hours, if i % 2 == 0 { &FLAT } else { &RISING });
            idea.promises.push(promise(ago(promised - 30)));
            idea.parked_until = parked.map(|days| ago(days - 30));
            decide(&mut idea, ago(promised), *status);
            idea
        }).collect();
        for (idea, review) in ideas.iter().zip(reviewed(&ideas)) {
            let asks = review.sunk_cost
                || review.flags.contains(&Flag::PromiseDue)
                || review.flags.contains(&Flag::PromiseMissed)
                || review.second_look.is_some()
                || review.effective_status != idea.status;
            prop_assert!(!asks || review.due);
            prop_assert!(!review.due || !review.reasons.is_empty());
            prop_assert!(review.best_alternative.is_none_or(|other| other.opportunity_cost > 0.0));
        }
    }
}
