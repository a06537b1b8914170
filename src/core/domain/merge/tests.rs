use std::collections::HashMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::{BetKind, Criterion, Decision, LogEntry, Promise, Rater, Rating, Value};

const TODAY: Date = date(2026, 11, 20);

fn entry(day: i8, hours: f64) -> LogEntry {
    let note = format!("on {day}");
    LogEntry {
        date: date(2026, 1, day),
        hours: Some(hours),
        traction: None,
        note,
        recalled: false,
        output: None,
    }
}

fn two() -> (Idea, Idea) {
    let mut old = Idea::new("old", "Old");
    old.aliases = vec!["older".into()];
    old.summary = "What was thought first.".into();
    old.tags = vec!["a".into(), "b".into()];
    old.ratings[0] = Some(Rating::value(3.0));
    old.ratings[1] = Some(Rating::value(4.0));
    old.log = vec![entry(1, 1.0), entry(5, 2.0)];
    old.created = Some(date(2025, 1, 1));
    let mut new = Idea::new("new", "New");
    new.summary = "What is thought now.".into();
    new.tags = vec!["b".into(), "c".into()];
    new.ratings[0] = Some(Rating::value(7.0));
    new.log = vec![entry(3, 4.0)];
    new.created = Some(date(2026, 1, 1));
    (old, new)
}

fn merged(source: Idea, target: Idea) -> Portfolio {
    let (from, to) = (source.id.clone(), target.id.clone());
    let mut portfolio = Portfolio::new(vec![source, target], Vec::new());
    let edit = merge(&portfolio, &from, &to, TODAY).unwrap();
    assert_eq!(edit.describe(), format!("{from}: merged into {to}"));
    portfolio.apply(&edit).unwrap();
    portfolio
}

#[test]
fn nothing_is_dropped() {
    let (old, new) = two();
    let portfolio = merged(old, new);
    let target = portfolio.get("new").unwrap();
    assert_eq!(target.title, "New");
    assert_eq!(target.summary, "What is thought now.\n\n**Old**\n\nWhat was thought first.");
    assert_eq!(target.tags, ["b", "c", "a"]);
    assert_eq!(target.ratings[0], Rating::range(3.0, 7.0));
    assert_eq!(target.ratings[1], Some(Rating::value(4.0)));
    assert_eq!(target.created, Some(date(2025, 1, 1)));
    assert_eq!(target.status, Status::Inbox);
    let days: Vec<i8> = target.log.iter().map(|entry| entry.date.day()).collect();
    assert_eq!(days, [1, 3, 5]);
}

#[test]
fn the_merged_idea_stays_behind_its_old_names_lead_on() {
    let (old, new) = two();
    let portfolio = merged(old, new);
    for name in ["old", "older", "new"] {
        assert_eq!(portfolio.get(name).unwrap().id, "new");
    }
    let source = portfolio.get("old-merged").unwrap();
    assert_eq!(source.status, Status::Abandoned);
    assert_eq!(source.merged_into.as_deref(), Some("new"));
    assert_eq!(source.summary, "What was thought first.");
    assert!(source.log.is_empty());
    let decision = Decision::new(TODAY, Status::Inbox, Status::Abandoned, "merged into new");
    assert_eq!(source.decisions, [decision]);
}

#[test]
fn an_idea_does_not_take_in_itself() {
    let (old, new) = two();
    let portfolio = Portfolio::new(vec![old, new], Vec::new());
    assert_eq!(merge(&portfolio, "old", "older", TODAY), None);
    assert_eq!(merge(&portfolio, "old", "nobody", TODAY), None);
}

#[test]
fn one_title_and_one_text_are_not_said_twice() {
    let (mut old, new) = two();
    old.title.clone_from(&new.title);
    old.summary.clone_from(&new.summary);
    assert_eq!(merged(old, new.clone()).get("new").unwrap().summary, new.summary);
}

#[test]
fn bets_are_joined_where_they_are_of_one_kind() {
    let (mut old, mut new) = two();
    let set = |idea: &mut Idea, input: BetInput, x| {
        idea.bet_inputs[input.index()] = Some(Rating::value(x));
    };
    old.bet = Some(BetKind::NextHot);
    set(&mut old, BetInput::Reward, 2.0);
    set(&mut old, BetInput::Fallback, 2.0);
    let portfolio = merged(old.clone(), new.clone());
    assert_eq!(portfolio.get("new").unwrap().bet, Some(BetKind::NextHot));
    new.bet = Some(BetKind::NextHot);
    set(&mut new, BetInput::Fallback, 5.0);
    let portfolio = merged(old.clone(), new.clone());
    let target = portfolio.get("new").unwrap();
    assert_eq!(target.bet_input(BetInput::Fallback), Rating::range(2.0, 5.0));
    assert_eq!(target.bet_input(BetInput::Reward), Some(Rating::value(2.0)));
    old.bet_inputs[BetInput::Fallback.index()] = None;
    let portfolio = merged(old.clone(), new.clone());
    assert_eq!(portfolio.get("new").unwrap().bet_input(BetInput::Reward), None);
    new.bet = Some(BetKind::Hot);
    let portfolio = merged(old, new.clone());
    assert_eq!(portfolio.get("new").unwrap().bet_inputs, new.bet_inputs);
}

#[test]
fn what_others_said_of_either_is_found() {
    let (old, new) = two();
    let rater = Rater {
        name: "mara".into(),
        ratings: HashMap::from([("old".to_owned(), [Some(Rating::value(9.0)); 5])]),
        ..Rater::default()
    };
    let mut portfolio = Portfolio::new(vec![old, new], vec![rater]);
    portfolio.apply(&merge(&portfolio, "old", "new", TODAY).unwrap()).unwrap();
    assert!(portfolio.raters()[0].ratings.keys().all(|id| portfolio.get(id).unwrap().id == "new"));
}

fn any_texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[a-e]", 0..4).prop_map(|set| set.into_iter().collect())
}

fn any_rating() -> impl Strategy<Value = Option<Rating>> {
    prop::option::of(
        (0..=10_u8, 0..=10_u8)
            .prop_map(|(a, b)| Rating::range(f64::from(a.min(b)), f64::from(a.max(b))).unwrap()),
    )
}

fn any_promise() -> impl Strategy<Value = Promise> {
    (prop::option::of(1..28_i8), 1..28_i8).prop_map(|(set, by)| Promise {
        set: set.map(|day| date(2026, 1, day)),
        by: date(2026, 2, by),
        claim: Some("it holds".into()),
        traction: None,
        chance: None,
        result: None,
        resolved: None,
        amended: None,
    })
}

fn any_idea(id: &'static str) -> impl Strategy<Value = Idea> {
    let ratings = prop::array::uniform5(any_rating());
    let inputs = prop::array::uniform6(any_rating());
    let bet = prop::option::of(prop::sample::select(&BetKind::ALL[..]));
    let log = prop::collection::vec((1..28_i8, 0..9_u8), 0..4);
    let promises = prop::collection::vec(any_promise(), 0..3);
    let texts = (any_texts(), any_texts(), "[a-c ]{0,5}", prop::option::of("[ab]"));
    let status = prop::sample::select(Status::ALL);
    (texts, ratings, inputs, bet, log, promises, status).prop_map(
        move |((tags, people, summary, from), ratings, inputs, bet, log, promises, status)| {
            let mut idea = Idea::new(id, id.to_uppercase());
            idea.tags = tags;
            idea.people = people;
            idea.summary = summary;
            idea.from = from;
            idea.parked_on = idea.from.clone();
            idea.ratings = ratings;
            idea.bet = bet;
            idea.bet_inputs = inputs.map(|rating| {
                rating.map(|r| Rating::range(r.low() / 10.0, r.high() / 10.0).unwrap())
            });
            if idea.reward_lies_under_fallback() {
                idea.bet_inputs[BetInput::Reward.index()] = None;
            }
            idea.log = log.into_iter().map(|(day, hours)| entry(day, f64::from(hours))).collect();
            idea.promises = promises;
            idea.status = status;
            idea
        },
    )
}

proptest! {
    #[test]
    fn a_merge_applies_and_its_inverse_restores_everything(
        source in any_idea("a"),
        target in any_idea("b"),
        third in any_idea("c"),
    ) {
        let hours: f64 = [&source, &target, &third].iter().map(|idea| idea.hours()).sum();
        let promises = source.promises.len() + target.promises.len();
        let before = Portfolio::new(vec![source.clone(), third, target], Vec::new());
        let mut portfolio = before.clone();
        let inverse = portfolio.apply(&merge(&before, "a", "b", TODAY).unwrap()).unwrap();

        let joined = portfolio.get("a").unwrap();
        prop_assert_eq!(&joined.id, "b");
        prop_assert!(source.tags.iter().all(|tag| joined.tags.contains(tag)));
        prop_assert!(source.people.iter().all(|name| joined.people.contains(name)));
        prop_assert!(joined.summary.contains(source.summary.trim()));
        prop_assert_eq!(joined.promises.len(), promises);
        prop_assert!(!joined.reward_lies_under_fallback());
        prop_assert_ne!(joined.parked_on.as_deref(), Some("a"));
        let after: f64 = portfolio.iter().map(Idea::hours).sum();
        prop_assert!((after - hours).abs() < 1e-9);

        portfolio.apply(&inverse).unwrap();
        prop_assert_eq!(portfolio, before);
    }
}

fn idea(notes: &[&str]) -> Idea {
    let mut idea = Idea::new("a", "A");
    let entry = |note: &&str| LogEntry::from_words(note.split(' '), date(2026, 3, 1));
    idea.log = notes.iter().map(entry).collect();
    idea
}

#[test]
fn the_difference_makes_one_into_the_other_and_is_small() {
    let lists: [&[&str]; 6] =
        [&[], &["one"], &["one", "two"], &["two"], &["one", "three", "two"], &["four", "two"]];
    for before in lists {
        for after in lists {
            let edit = Edit::between(&idea(before), &idea(after)).unwrap();
            let least = before.len().abs_diff(after.len());
            let steps = edit.flatten().len();
            assert!((least..=before.len().max(after.len())).contains(&steps), "{edit:?}");
        }
    }
    let steps = Edit::between(&idea(lists[2]), &idea(lists[4])).unwrap().flatten().len();
    assert_eq!(steps, 1, "one entry in between is one change");
}

#[test]
fn fields_and_the_id_are_seen() {
    let before = idea(&["one"]);
    let mut after = before.clone();
    after.id = "b".into();
    after.ratings[Criterion::Headroom.index()] = Some(Rating::value(7.0));
    let edit = Edit::between(&before, &after).unwrap();
    let rated = Some(Value::Rating(Rating::value(7.0)));
    let steps = [
        Edit::set("a", Field::Rating(Criterion::Headroom), rated),
        Edit::set("a", Field::Id, Some(Value::Text("b".into()))),
    ];
    assert_eq!(edit, Edit::Group(steps.into()));
    assert_eq!(Edit::between(&before, &before), Some(Edit::Group(Vec::new())));
}
