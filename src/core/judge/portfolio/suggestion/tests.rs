use super::*;
use crate::domain::Rating;
use crate::judge::{ScoreRule, score};
use proptest::prelude::*;

/// An idea with five equal answers: its score is ten times the answer.
fn idea(kind: Option<BetKind>, answer: f64) -> Idea {
    let ratings = [Some(Rating::value(answer)); 5];
    Idea { bet: kind, ratings, ..Idea::new("a", "a") }
}

const HOT: Option<BetKind> = Some(BetKind::Hot);
const NEXT: Option<BetKind> = Some(BetKind::NextHot);

fn suggested(ideas: &[(Idea, u32)], week: Capacity) -> Vec<Suggestion> {
    let score = |idea: &Idea| score(idea, &ScoreRule::default(), false);
    let scores: Vec<Score> = ideas.iter().map(|(idea, _)| score(idea)).collect();
    let candidates: Vec<Candidate> = ideas
        .iter()
        .zip(&scores)
        .map(|((idea, hours), score)| Candidate { idea, score, hours: *hours, promised: None })
        .collect();
    suggest(&candidates, week)
}

fn week(hours: u32, next_hot_share: f64) -> Capacity {
    Capacity { hours, next_hot_share }
}

#[test]
fn every_idea_is_in_or_out_with_its_reason() {
    let mut open = idea(HOT, 9.0);
    open.ratings[Criterion::Longevity.index()] = None;
    let ideas = [
        (idea(NEXT, 9.0), 10),
        (idea(NEXT, 8.0), 10),
        (idea(HOT, 7.0), 20),
        (idea(HOT, 6.0), 10),
        (idea(HOT, 5.0), 10),
        (idea(None, 9.5), 50),
        (open, 10),
        (Idea::new("b", "b"), 10),
    ];
    let reasons: Vec<String> =
        suggested(&ideas, week(40, 0.25)).iter().map(Suggestion::reason).collect();
    let expected = [
        "among the best that the hours allow",
        "next-hot bets have their 10 h a week",
        "among the best that the hours allow",
        "among the best that the hours allow",
        "the hours go to scores from 60.0 up",
        "takes 50 h, and 40 h are free",
        "no answer on longevity",
        "not rated",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn what_runs_under_a_promise_stays_and_takes_its_hours() {
    let rule = ScoreRule::default();
    let ideas = [idea(HOT, 9.0), idea(NEXT, 8.0), idea(NEXT, 2.0), idea(HOT, 1.0)];
    let scores: Vec<Score> = ideas.iter().map(|idea| score(idea, &rule, false)).collect();
    let until = Date::constant(2026, 12, 4);
    let promised = [None, None, Some(until), None];
    let each = ideas.iter().zip(&scores).zip(promised);
    let candidates: Vec<Candidate> = each
        .map(|((idea, score), promised)| Candidate { idea, score, hours: 10, promised })
        .collect();
    let suggestions = suggest(&candidates, week(30, 0.5));
    assert_eq!(suggestions[0], Suggestion::Fits);
    assert_eq!(suggestions[1], Suggestion::Share { share: 15 });
    assert_eq!(suggestions[2].reason(), "promise until 4 Dec");
    assert_eq!(suggestions[3], Suggestion::Fits);
    // A promise is kept even where it takes more than there is.
    let few = suggest(&candidates, week(5, 0.5));
    assert!(few[2].is_in() && few.iter().filter(|one| one.is_in()).count() == 1);
}

#[test]
fn an_hour_is_worth_the_score_that_it_goes_to() {
    // Two small ideas do not outweigh a better one of the same hours.
    let ideas = [(idea(HOT, 6.0), 5), (idea(HOT, 6.0), 5), (idea(HOT, 7.0), 10)];
    let is_in: Vec<bool> = suggested(&ideas, week(10, 1.0)).iter().map(Suggestion::is_in).collect();
    assert_eq!(is_in, [false, false, true]);
    assert_eq!(suggested(&ideas, week(15, 1.0))[0], Suggestion::Fits);
    assert_eq!(suggested(&ideas, week(0, 1.0))[0], Suggestion::TooLarge { hours: 5, week: 0 });
}

#[test]
fn what_does_not_fit_is_told_from_what_is_outscored() {
    let ideas = [(idea(HOT, 8.0), 30), (idea(HOT, 7.0), 20), (idea(HOT, 6.0), 10)];
    let reasons = suggested(&ideas, week(40, 1.0));
    assert_eq!(reasons[0], Suggestion::Fits);
    assert_eq!(reasons[1], Suggestion::Room { hours: 20, left: 0 });
    assert_eq!(reasons[2], Suggestion::Fits);
}

/// The largest worth of any allowed set of up to 20 ideas, by trying all.
fn brute_force(items: &[(Option<BetKind>, f64, u32)], week: Capacity) -> f64 {
    let limits = Limits::of(week);
    let mut best = 0.0_f64;
    for set in 0..1_u32 << items.len() {
        let (mut hours, mut next_hot, mut worth) = (0, 0, 0.0);
        for (i, (kind, answer, size)) in items.iter().enumerate() {
            if set & (1 << i) != 0 {
                hours += size;
                next_hot += if *kind == NEXT { *size } else { 0 };
                worth += f64::from(*size) * 10.0 * answer;
            }
        }
        if hours <= limits.hours && next_hot <= limits.next_hot_hours {
            best = best.max(worth);
        }
    }
    best
}

fn item() -> impl Strategy<Value = (Option<BetKind>, f64, u32)> {
    let answer = (0..=20_u8).prop_map(|step| f64::from(step) / 2.0);
    (prop::sample::select(vec![None, HOT, NEXT]), answer, 1..25_u32)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_other_set_is_worth_more(
        items in prop::collection::vec(item(), 0..=16), hours in 0..60_u32, share in 0.0..=1.0,
    ) {
        check_against_brute_force(&items, week(hours, share))?;
    }
}

#[test]
fn twenty_ideas_equal_brute_force() {
    let kinds = [HOT, NEXT, None];
    let item = |i: u32| (kinds[i as usize % 3], f64::from((i * 7) % 21) / 2.0, 3 + (i * 5) % 11);
    let items: Vec<_> = (0..20).map(item).collect();
    for (hours, share) in [(40, 0.3), (25, 0.0), (60, 1.0)] {
        check_against_brute_force(&items, week(hours, share)).unwrap();
    }
}

fn check_against_brute_force(
    items: &[(Option<BetKind>, f64, u32)],
    week: Capacity,
) -> Result<(), TestCaseError> {
    let ideas: Vec<(Idea, u32)> =
        items.iter().map(|(kind, answer, hours)| (idea(*kind, *answer), *hours)).collect();
    let reasons = suggested(&ideas, week);
    let chosen: Vec<_> = items
        .iter()
        .zip(&reasons)
        .filter(|(_, reason)| reason.is_in())
        .map(|(it, _)| *it)
        .collect();
    let worth: f64 =
        chosen.iter().map(|(_, answer, hours)| 10.0 * answer * f64::from(*hours)).sum();
    let hours: u32 = chosen.iter().map(|(_, _, hours)| hours).sum();
    let next_hot: u32 = chosen.iter().filter(|it| it.0 == NEXT).map(|(_, _, hours)| hours).sum();
    let limits = Limits::of(week);
    prop_assert!(hours <= limits.hours && next_hot <= limits.next_hot_hours);
    prop_assert!((worth - brute_force(items, week)).abs() < 1e-6, "{} is not best", worth);
    Ok(())
}
