//! The update without a store: what it asks for, and what it makes of the
//! answers.

mod questions;
mod saving;
mod screens;
mod settings;

use std::time::Duration;

use jiff::civil::date;
use ratatui::layout::Size;

use crate::command::{Scope, parse_keys};
use crate::domain::{
    Activity, Criterion, Edit, Field, Idea, Portfolio, Rating, Status, TimeEntry, Value,
};
use crate::judge::ScoreRule;
use crate::tui::app::message::{Conflict, Effect, Files, Msg, Request, StoreReply};
use crate::tui::app::model::{Model, Tone};
use crate::tui::jobs::JobRequest;
use crate::tui::screens::Screen;
use crate::tui::world::Tick;

use super::update;

fn rated(id: &str, value: f64) -> Idea {
    let mut idea = Idea::new(id, id.to_uppercase());
    idea.ratings = [Some(Rating::value(value)); 5];
    idea
}

fn ideas() -> Portfolio {
    let ideas = vec![rated("best", 8.0), rated("good", 6.0), rated("fair", 4.0)];
    Portfolio::new(ideas, Vec::new())
}

fn model() -> Model {
    let day = date(2026, 3, 1);
    let mut model = Model::new("test".into(), ideas(), Vec::new(), ScoreRule::default(), day);
    // With all columns, so that digits rate.
    press(&mut model, "z");
    model
}

#[test]
fn a_digit_rates_only_where_its_cell_is_marked() {
    let mut model = model();
    press(&mut model, "z9");
    assert_eq!(headroom(&model, "best"), Some(8.0));
    assert!(toast(&model).starts_with("digits rate on an idea's page"), "{}", toast(&model));
    press(&mut model, "<enter>9");
    assert_eq!(headroom(&model, "best"), Some(9.0));
}

#[test]
fn nothing_acts_while_the_window_is_too_small() {
    let mut model = model();
    send(&mut model, Msg::Resize(Size::new(50, 12)));
    assert!(press(&mut model, "9Dad<enter>").is_empty());
    assert_eq!((headroom(&model, "best"), model.dialog.is_some()), (Some(8.0), false));
    press(&mut model, "q");
    assert!(model.leaving);
}

/// Presses keys and gathers what is asked of the store.
/// The name of the question that is open.
fn question(model: &Model) -> Option<&'static str> {
    model.dialog.as_ref().map(|open| open.prompt.name)
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = parse_keys(keys).unwrap();
    keys.into_iter().flat_map(|press| send(model, Msg::Key(press))).collect()
}

fn answer(model: &mut Model, reply: StoreReply) -> Vec<Effect> {
    send(model, Msg::StoreReply(reply))
}

/// What a message sets off, but for tidying up and background jobs.
fn send(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = update(model, msg);
    effects.retain(|effect| !matches!(effect, Effect::Job(_) | Effect::Discard(_)));
    effects
}

fn saved() -> StoreReply {
    StoreReply::Saved { outside: None }
}

fn failed() -> StoreReply {
    StoreReply::Failed("the disk is full".into())
}

fn headroom(model: &Model, id: &str) -> Option<f64> {
    model.world.portfolio.idea(id)?.rating(Criterion::Headroom).map(Rating::low)
}

fn set_headroom(id: &str, value: f64) -> Edit {
    let value = Some(Value::Rating(Rating::value(value)));
    Edit::set(id, Field::Rating(Criterion::Headroom), value)
}

fn under_cursor(model: &Model) -> Option<&str> {
    model.screens.rank.idea(&model.world).map(|idea| idea.id.as_str())
}

fn toast(model: &Model) -> &str {
    model.toast.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn a_digit_is_shown_at_once_and_sent_with_its_inverse() {
    let mut model = model();
    let effects = press(&mut model, "9");
    let commit = Request::Commit {
        edit: set_headroom("best", 9.0),
        inverse: set_headroom("best", 8.0),
        overwrite: false,
    };
    assert_eq!(effects, [Effect::Store(commit)]);
    assert_eq!(headroom(&model, "best"), Some(9.0));
    assert_eq!(answer(&mut model, saved()), []);
    assert!(model.save_queue.is_empty());
}

#[test]
fn a_rating_that_stands_already_is_no_edit() {
    assert_eq!(press(&mut model(), "8"), []);
}

#[test]
fn the_cursor_stays_on_its_idea_when_the_ranks_move() {
    let mut model = model();
    press(&mut model, "jj0");
    assert_eq!(under_cursor(&model), Some("fair"));
    assert_eq!(toast(&model), "headroom of \"FAIR\": 10 (was 4) · u undoes");
    press(&mut model, "h0h0h0");
    assert_eq!(under_cursor(&model), Some("fair"));
    assert!(toast(&model).starts_with("simplicity of \"FAIR\": 10"), "{}", toast(&model));
}

#[test]
fn q_goes_back_before_it_quits() {
    let mut model = model();
    assert_eq!(press(&mut model, "<enter>q"), []);
    assert!(!model.screens.rank.is_open());
    assert_eq!(press(&mut model, "/good<enter>q"), []);
    assert_eq!(model.screens.rank.query(), Some(""));
    assert_eq!(press(&mut model, "?q"), []);
    assert_eq!(press(&mut model, "q"), [Effect::Quit]);
}

#[test]
fn a_search_that_finds_nothing_leads_back() {
    let mut model = model();
    press(&mut model, "jj/nothing<esc>");
    assert_eq!(under_cursor(&model), Some("fair"));
}

#[test]
fn a_command_that_cannot_run_says_why() {
    let mut model = model();
    press(&mut model, "-");
    press(&mut model, ">");
    assert_eq!(toast(&model), "not rated yet: a digit rates it");
    press(&mut model, "<c-s>");
    press(&mut model, "!");
    assert_eq!(toast(&model), "everything can be read");
    press(&mut model, "?");
    press(&mut model, "a");
    assert_eq!(toast(&model), "close this page first: Esc");
    press(&mut model, "<esc>X");
    assert_eq!(toast(&model), "X does nothing here; ? lists the keys");
    assert_eq!(model.toast.as_ref().map(|toast| toast.tone), Some(Tone::Note));
}

#[test]
fn every_change_of_status_appends_a_decision() {
    let mut model = model();
    press(&mut model, "s42026-06-01<enter>waits for data<enter>");
    let idea = model.world.portfolio.idea("best").unwrap();
    assert_eq!(idea.status, Status::Parked);
    assert_eq!(idea.parked_until, Some(date(2026, 6, 1)));
    assert_eq!(idea.decisions.len(), 1);
    assert_eq!(idea.decisions[0].why, "waits for data");
    press(&mut model, "s3<c-s>");
    let idea = model.world.portfolio.idea("best").unwrap();
    assert_eq!((idea.status, idea.parked_until), (Status::Active, None));
    assert_eq!(idea.decisions.len(), 2);
}

#[test]
fn an_answer_that_is_wrong_can_be_put_right() {
    let mut model = model();
    press(&mut model, "=<c-u>7..3<enter>");
    let refusal = model.dialog.as_ref().and_then(|open| open.refusal.as_deref());
    assert!(refusal.is_some_and(|refusal| refusal.contains("lower end first")));
    press(&mut model, "<c-u>3..7<enter>");
    assert!(model.dialog.is_none());
    let rating =
        model.world.portfolio.idea("best").and_then(|idea| idea.rating(Criterion::Headroom));
    assert_eq!(rating, Rating::range(3.0, 7.0));
}

#[test]
fn a_digit_on_the_strategy_of_a_bet_opens_its_questions() {
    let mut model = model();
    press(&mut model, "b2");
    let bet = |model: &Model| model.world.portfolio.idea("best").and_then(|idea| idea.bet);
    assert!(bet(&model).is_some());
    press(&mut model, "7j9j3<enter>");
    let idea = model.world.portfolio.idea("best").unwrap().clone();
    assert_eq!(idea.bet_inputs[3..].iter().flatten().count(), 3);
    press(&mut model, "l1");
    let same = model.world.portfolio.idea("best").unwrap();
    assert_eq!(same.rating(Criterion::Strategy), idea.rating(Criterion::Strategy));
    press(&mut model, "1<esc>");
    let chance = model.world.portfolio.idea("best").unwrap().bet_inputs[3];
    assert_eq!(chance, Some(Rating::value(0.01)));
}

#[test]
fn a_removed_idea_comes_back_from_the_same_edit() {
    let mut model = model();
    let effects = press(&mut model, "D");
    assert_eq!(toast(&model), "Deleted \"BEST\" · u undoes");
    let [Effect::Store(Request::Commit { inverse, .. })] = &effects[..] else {
        panic!("{effects:?}");
    };
    let inverse = inverse.clone();
    answer(&mut model, saved());
    press(&mut model, "u");
    let label = "removed best".to_owned();
    answer(&mut model, StoreReply::Stepped { label, edit: inverse, outside: None });
    assert_eq!(under_cursor(&model), Some("best"));
}

/// The job that finds similar ideas among the effects of keys.
fn asked(model: &mut Model, keys: &str) -> Option<JobRequest> {
    let keys = parse_keys(keys).unwrap();
    let effects = keys.into_iter().flat_map(|press| update(model, Msg::Key(press)));
    effects.fold(None, |last, effect| match effect {
        Effect::Job(job @ JobRequest::Similar(_)) => Some(job),
        _ => last,
    })
}

#[test]
fn similar_ideas_are_asked_for_once_a_card_and_never_shown_with_another() {
    let idea = |id: &str, title: &str, status| Idea { status, ..Idea::new(id, title) };
    let ideas = vec![
        idea("best", "Cached prefixes of long prompts", Status::Inbox),
        idea("good", "Sampling schedules of diffusion", Status::Inbox),
        idea("old", "Cached prefixes of prompts", Status::Abandoned),
        idea("older", "Sampling schedules of diffusion models", Status::Abandoned),
    ];
    let portfolio = Portfolio::new(ideas, Vec::new());
    let day = date(2026, 3, 1);
    let mut model = Model::new("test".into(), portfolio, Vec::new(), ScoreRule::default(), day);
    assert_eq!(asked(&mut model, "jk"), None, "only where cards are shown");
    let first = asked(&mut model, "g2").expect("a question");
    assert_eq!(asked(&mut model, "j"), None);
    let second = asked(&mut model, "y").expect("a question");
    assert_ne!(first, second);
    let shown = |model: &Model| {
        let area = ratatui::layout::Rect::new(0, 0, 80, 24);
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::tui::view::view(model, &crate::tui::theme::Styles::default(), area, &mut buffer);
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    // The answer about the first card comes too late.
    update(&mut model, Msg::JobDone(first.run()));
    assert!(!shown(&model).contains("≈ "));
    update(&mut model, Msg::JobDone(second.run()));
    assert!(shown(&model).contains("≈ "));
    // Another wording is another card.
    assert!(asked(&mut model, "aNews<enter>").is_some());
    assert!(!shown(&model).contains("≈ "));
}

#[test]
fn the_pace_comes_from_the_times_that_messages_bring() {
    let mut model = model();
    press(&mut model, "g2");
    for (seconds, title) in [(0, "one"), (90, "two"), (180, "three"), (270, "four")] {
        update(
            &mut model,
            Msg::Tick(Tick { elapsed: Duration::from_secs(seconds), ..Tick::default() }),
        );
        press(&mut model, &format!("a{title}<enter>y"));
    }
    let area = ratatui::layout::Rect::new(0, 0, 80, 24);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    crate::tui::view::view(&model, &crate::tui::theme::Styles::default(), area, &mut buffer);
    let shown: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(shown.contains("4 of 7") && shown.contains("about 5 min"), "{shown}");
}

#[test]
fn time_on_a_screen_for_choosing_is_kept_and_idle_time_is_not() {
    let mut model = model();
    let mut at = |seconds, keys| {
        update(
            &mut model,
            Msg::Tick(Tick { elapsed: Duration::from_secs(seconds), ..Tick::default() }),
        );
        press(&mut model, keys)
    };
    at(50, "g3");
    at(60, "g4");
    at(4000, "j");
    let effects = at(4020, "q");
    let noted = effects.iter().find_map(|effect| match effect {
        Effect::Store(Request::SaveTime(time_spent)) => Some(time_spent.clone()),
        _ => None,
    });
    let day = model.world.portfolio.as_of();
    let time_entry = |on, seconds| TimeEntry { day, on, time: Duration::from_secs(seconds) };
    assert_eq!(
        noted,
        Some(vec![time_entry(Activity::Duel, 10), time_entry(Activity::Review, 140)])
    );
    assert_eq!(effects.last(), Some(&Effect::Quit));
}
