use proptest::prelude::*;

use super::*;
use crate::domain::{Decision, LogEntry, Status, days};

fn day(day: i64) -> Date {
    days::after(Date::constant(2026, 1, 1), day)
}

/// An idea with an entry a week, each of so many hours.
fn weekly(hours: Option<f64>, levels: &[u8]) -> Idea {
    let mut idea = Idea::new("a", "a");
    for (week, level) in levels.iter().enumerate() {
        idea.log.push(LogEntry {
            date: day(7 * week as i64),
            hours,
            traction: Some(f64::from(*level)),
            note: String::new(),
            recalled: false,
            output: None,
        });
    }
    idea
}

fn decide(idea: &mut Idea, on: i64, to: Status) {
    let (date, from) = (day(on), idea.status);
    idea.decisions.push(Decision::new(date, from, to, ""));
    idea.status = to;
}

/// Judged on the day of the last entry.
fn judged(idea: &Idea) -> Traction {
    let last = idea.log.iter().map(|entry| entry.date).max().unwrap();
    Traction::of(idea, &StallRule::default(), last)
}

const FLAT_LOW: [u8; 14] = [1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1];
const FALLING: [u8; 10] = [1, 3, 4, 5, 5, 4, 3, 3, 2, 2];
const RISING: [u8; 10] = [2, 3, 4, 5, 6, 7, 8, 8, 9, 9];

#[test]
fn every_verdict_has_a_case() {
    for (verdict, hours, levels) in [
        (Verdict::NotEnoughEvidence, 20.0, [3, 4, 4, 5].as_slice()),
        (Verdict::NotEnoughEvidence, 4.0, &FLAT_LOW[..8]),
        (Verdict::Progressing, 8.0, &RISING),
        (Verdict::Unclear, 8.0, &[1, 3, 4, 4, 4, 4, 3, 4, 4, 4]),
        (Verdict::Watch, 8.0, &[1, 1, 2, 1, 2, 1, 2, 1]),
        (Verdict::Stalled, 8.0, &FLAT_LOW),
        (Verdict::Declining, 8.0, &FALLING),
        (Verdict::Mature, 10.0, &[3, 5, 7, 8, 8, 8, 8, 9, 8, 8]),
    ] {
        let traction = judged(&weekly(Some(hours), levels));
        assert_eq!(traction.verdict, verdict, "{levels:?}: {:?}", traction.outlook);
    }
}

#[test]
fn the_last_third_of_the_effort_must_have_been_observed() {
    let mut idea = weekly(Some(8.0), &FLAT_LOW);
    for entry in &mut idea.log[8..13] {
        entry.traction = None;
    }
    let traction = judged(&idea);
    assert_eq!(traction.verdict, Verdict::NotEnoughEvidence);
    assert_eq!(
        traction.sentence(&StallRule::default()),
        "too little to judge: 1 of 2 entries with traction in the last third of the effort"
    );
}

#[test]
fn one_look_is_not_enough_to_call_it_stalled() {
    let high = |traction: &Traction| traction.outlook.unwrap().p_stalled >= 0.75;
    let looks: Vec<Traction> =
        (5..=FLAT_LOW.len()).map(|n| judged(&weekly(Some(8.0), &FLAT_LOW[..n]))).collect();
    for pair in looks.windows(2) {
        let twice = high(&pair[0]) && high(&pair[1]);
        assert_eq!(pair[1].verdict == Verdict::Stalled, twice);
    }
    let verdicts = |verdict| looks.iter().any(|look| high(look) && look.verdict == verdict);
    assert!(verdicts(Verdict::Watch) && verdicts(Verdict::Stalled));
}

#[test]
fn an_idea_that_rests_is_not_stalled() {
    let idea = weekly(Some(8.0), &FLAT_LOW);
    let last = 7 * (FLAT_LOW.len() as i64 - 1);
    let verdict = |days| Traction::of(&idea, &StallRule::default(), day(last + days)).verdict;
    assert_eq!([verdict(29), verdict(30)], [Verdict::Stalled, Verdict::Dormant]);
    let traction = Traction::of(&idea, &StallRule::default(), day(last + 47));
    let sentence = traction.sentence(&StallRule::default());
    assert_eq!(sentence, "no hours for 47 days: it rests rather than stalls");
}

#[test]
fn entries_without_hours_do_not_wake_a_dormant_idea() {
    let mut idea = weekly(Some(8.0), &FLAT_LOW);
    let mut look = idea.log[0].clone();
    (look.date, look.hours) = (day(130), None);
    idea.log.push(look);
    assert_eq!(judged(&idea).verdict, Verdict::Dormant);
}

#[test]
fn time_parked_does_not_count() {
    let mut idea = weekly(Some(8.0), &FLAT_LOW);
    let last = 7 * (FLAT_LOW.len() as i64 - 1);
    decide(&mut idea, last + 1, Status::Parked);
    let verdict =
        |idea: &Idea, days| Traction::of(idea, &StallRule::default(), day(last + days)).verdict;
    assert_eq!(verdict(&idea, 400), Verdict::Stalled);
    let mut returned = idea.clone();
    returned.parked_until = Some(day(last + 300));
    assert_eq!(verdict(&returned, 328), Verdict::Stalled);
    assert_eq!(verdict(&returned, 330), Verdict::Dormant);
    decide(&mut idea, last + 200, Status::Active);
    assert_eq!(verdict(&idea, 220), Verdict::Stalled);
    assert_eq!(verdict(&idea, 230), Verdict::Dormant);
}

#[test]
fn without_hours_the_weeks_at_work_count() {
    let mut idea = weekly(None, &FALLING);
    for (fortnight, entry) in (0..).zip(&mut idea.log) {
        entry.date = day(14 * fortnight);
    }
    let traction = judged(&idea);
    assert_eq!((traction.verdict, traction.block), (Verdict::Declining, 8.0));
    assert_eq!((traction.effort.unit, traction.effort.total), (EffortUnit::Weeks, 18.0));
    // Three weeks aside in the middle: as if they had not been.
    for entry in &mut idea.log[5..] {
        entry.date = days::after(entry.date, 21);
    }
    decide(&mut idea, 60, Status::Parked);
    decide(&mut idea, 81, Status::Active);
    let Traction { effort, outlook, .. } = judged(&idea);
    assert_eq!((effort.observations, outlook), (traction.effort.observations, traction.outlook));
    let young = judged(&weekly(None, &FALLING[..8]));
    assert_eq!(young.sentence(&StallRule::default()), "too little to judge: 7 of 8 weeks");
}

#[test]
fn weeks_of_silence_count_as_no_change_but_are_no_entry() {
    let mut idea = weekly(None, &[1, 2, 3, 3, 4, 5, 5, 6, 6, 7]);
    let at = |idea: &Idea, days: i64| Traction::of(idea, &StallRule::default(), day(63 + days));
    let (then, later) = (at(&idea, 0), at(&idea, 28));
    assert_eq!((then.effort.total, later.effort.total), (9.0, 13.0));
    assert_eq!(then.effort.observations, later.effort.observations);
    assert_eq!(later.effort.entered, 9.0);
    assert!(later.outlook.unwrap().p_stalled > then.outlook.unwrap().p_stalled);
    let sentence = later.sentence(&StallRule::default());
    assert!(sentence.contains(", the last 4 weeks without an entry. "), "{sentence}");
    // Hours stand still where nothing is logged.
    idea.log.iter_mut().for_each(|entry| entry.hours = Some(8.0));
    assert_eq!(at(&idea, 0).outlook, at(&idea, 28).outlook);
}

#[test]
fn only_a_drop_that_has_happened_is_a_decline() {
    let stays = [1, 2, 3, 4, 4, 4, 4, 3, 4, 3, 3, 3];
    let falls = [1, 3, 5, 6, 6, 6, 5, 5, 5, 4, 4, 4];
    let verdict = |levels: &[u8]| judged(&weekly(Some(8.0), levels)).verdict;
    assert_eq!([verdict(&stays), verdict(&falls)], [Verdict::Stalled, Verdict::Declining]);
    let fallen = judged(&weekly(Some(8.0), &falls));
    assert_eq!(fallen.facts(&StallRule::default()), ["it stood at 6, it stands at 4"]);
    let few = LevelMeans { recent: Some(2.0), best: None };
    assert_eq!(judged(&weekly(Some(8.0), &[9, 9, 2, 2, 2])).means, few);
}

#[test]
fn a_fall_of_the_hours_is_a_fact_beside_the_verdict() {
    let mut idea = weekly(Some(11.0), &[4; 40]);
    for entry in &mut idea.log[27..] {
        entry.hours = Some(3.0);
    }
    let facts = |idea: &Idea, on: i64| {
        Traction::of(idea, &StallRule::default(), day(on)).facts(&StallRule::default())
    };
    let said = "3 h a week in the last three months, 11 in the year before";
    assert_eq!(facts(&idea, 279), [said]);
    // Weeks at rest are not weeks without work.
    let mut rested = weekly(Some(11.0), &[4; 40]);
    decide(&mut rested, 280, Status::Parked);
    assert!(facts(&rested, 330).is_empty());
    assert!(facts(&weekly(Some(11.0), &[4; 3]), 14).is_empty());
}

#[test]
fn the_weeks_begin_when_it_was_made_active() {
    let mut idea = weekly(None, &FALLING);
    for entry in &mut idea.log {
        entry.date = days::after(entry.date, 14);
    }
    decide(&mut idea, 0, Status::Active);
    assert_eq!(judged(&idea).effort.total, 11.0);
}

#[test]
fn the_sentence_has_its_numbers() {
    let hours = [3.0, 4.0, 5.0, 6.0, 4.0, 8.0, 8.0, 6.0, 7.0, 9.0, 8.0, 7.0];
    let mut idea = weekly(None, &[1, 2, 3, 4, 5, 5, 6, 5, 6, 5, 6, 5]);
    for (entry, hours) in idea.log.iter_mut().zip(hours) {
        entry.hours = Some(hours);
    }
    assert_eq!(
        judged(&idea).sentence(&StallRule::default()),
        "up 3.5 in the first 34 h, up 0.2 in the 41 h since. \
         Whether 40 more hours add 0.7 is open"
    );
    assert_eq!(
        judged(&weekly(Some(8.0), &RISING)).sentence(&StallRule::default()),
        "up 7.7 in 80 h. 40 more hours will probably add 0.7 or more"
    );
    assert_eq!(
        Traction::of(&Idea::new("a", "a"), &StallRule::default(), day(0))
            .sentence(&StallRule::default()),
        "too little to judge: 0 of 5 entries with traction, 0 of 8 weeks"
    );
}

fn entry() -> impl Strategy<Value = LogEntry> {
    let hours = prop::option::weighted(0.8, 0.0..1000.0);
    let traction = prop::option::weighted(0.8, 0.0..=10.0);
    (0..300_i64, hours, traction, any::<bool>()).prop_map(|(on, hours, traction, recalled)| {
        LogEntry { date: day(on), hours, traction, note: String::new(), recalled, output: None }
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    let status = || prop::sample::select(Status::ALL);
    (0..300_i64, status(), status()).prop_map(|(on, from, to)| Decision::new(day(on), from, to, ""))
}

prop_compose! {
    fn logged_idea()(
        log in prop::collection::vec(entry(), 0..30),
        decisions in prop::collection::vec(decision(), 0..6),
        status in prop::sample::select(Status::ALL),
        parked_until in prop::option::of((0..400_i64).prop_map(day)),
    ) -> Idea {
        Idea { log, decisions, status, parked_until, ..Idea::new("a", "a") }
    }
}

proptest! {
    #[test]
    fn any_log_can_be_judged(idea in logged_idea(), as_of in 0..300_i64) {
        let rule = StallRule::default();
        let traction = Traction::of(&idea, &rule, day(as_of));
        prop_assert!(!traction.sentence(&rule).is_empty());
        prop_assert!(traction.effort.idle_days.is_none_or(|days| days >= 0));
        let efforts: Vec<f64> = traction.effort.observations.iter().map(|o| o.effort).collect();
        prop_assert!(efforts.is_sorted());
        if let Some(outlook) = traction.outlook {
            prop_assert!((0.0..=1.0).contains(&outlook.p_stalled));
            prop_assert!((0.0..=outlook.p_stalled).contains(&outlook.p_declining));
            prop_assert!(outlook.expected_gain.is_finite());
        }
    }

    #[test]
    fn what_comes_later_is_ignored(idea in logged_idea(), as_of in 0..300_i64) {
        let rule = StallRule::default();
        let mut then = idea.clone();
        then.log.retain(|entry| entry.date <= day(as_of));
        then.decisions.retain(|decision| decision.date <= day(as_of));
        let at = |idea| Traction::of(idea, &rule, day(as_of));
        prop_assert_eq!(at(&idea), at(&then));
    }

    #[test]
    fn the_order_in_the_file_does_not_matter(idea in logged_idea()) {
        let mut reversed = idea.clone();
        // One entry a day: within a day the order does matter.
        let mut log: Vec<LogEntry> = idea.log.clone();
        for (i, entry) in log.iter_mut().enumerate() {
            entry.date = day(10 * i as i64);
        }
        reversed.log = log.iter().rev().cloned().collect();
        let forwards = Idea { log, ..idea };
        let at = |idea| Traction::of(idea, &StallRule::default(), day(400));
        prop_assert_eq!(at(&forwards), at(&reversed));
    }
}

const TODAY: Date = Date::constant(2026, 6, 1);

/// Entries a week apart, the last one today.
fn idea(hours: Option<f64>, levels: &[f64]) -> Idea {
    let mut idea = Idea::new("a", "a");
    let ago = (0..levels.len() as i64).rev();
    idea.log.extend(ago.zip(levels).map(|(weeks, level)| LogEntry {
        date: days::after(TODAY, -7 * weeks),
        hours,
        traction: Some(*level),
        note: String::new(),
        recalled: false,
        output: None,
    }));
    idea
}

fn forecast(idea: &Idea, level: f64, weeks: i64) -> Option<LevelForecast> {
    let by = days::after(TODAY, 7 * weeks);
    level_forecast(idea, level, by, &StallRule::default(), TODAY)
}

#[test]
fn more_time_helps_what_rises_and_hardly_what_is_flat() {
    let rising = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
    let flat = idea(Some(8.0), &[2.0, 3.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]);
    let chance = |idea, weeks| forecast(idea, 6.0, weeks).unwrap().chance;
    assert!(chance(&rising, 8) > chance(&rising, 1) + 0.2);
    assert!(chance(&rising, 8) > 0.8 && chance(&flat, 8) < 0.3);
}

#[test]
fn the_pace_is_that_of_the_last_weeks() {
    let idea = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
    let forecast = forecast(&idea, 6.0, 10).unwrap();
    // Eight entries of 8 h on 50 days.
    assert!((forecast.more - 70.0 * 64.0 / 50.0).abs() < 1e-9, "{forecast:?}");
    assert!(forecast.sentence().ends_with("by then, with about 90 more hours"));
}

#[test]
fn without_hours_weeks_go_by() {
    let idea = idea(None, &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0, 6.0]);
    let forecast = forecast(&idea, 7.0, 3).unwrap();
    assert_eq!((forecast.more, forecast.unit), (3.0, EffortUnit::Weeks));
}

#[test]
fn too_little_foretells_nothing() {
    assert_eq!(forecast(&idea(Some(8.0), &[1.0, 2.0]), 6.0, 8), None);
    let mut rested = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
    rested.log.iter_mut().for_each(|entry| entry.date = days::after(entry.date, -90));
    assert_eq!(forecast(&rested, 6.0, 8), None);
}
