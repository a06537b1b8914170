//! Tests of workspace settings, changed here or from outside.

use std::path::Path;

use super::*;
use crate::command::{Command, KeyOverride, Keymap};
use crate::config::{Settings, Theme};
use crate::domain::{Problem, SettingValue, SettingValues, Severity};
use crate::tui::app::update::edits;
use crate::tui::jobs::{Job, JobRequest};
use crate::tui::screens::ScreenId;

fn weigh(name: &str, weight: f64) -> Edit {
    Edit::setting(name, Some(SettingValue::Number(weight)))
}

/// Two ideas, of which the one is simple and the other general.
fn two() -> Model {
    let idea = |id: &str, criterion: Criterion| {
        let mut idea = rated(id, 5.0);
        idea.ratings[criterion.index()] = Some(Rating::value(9.0));
        idea
    };
    let ideas = vec![idea("simple", Criterion::Simplicity), idea("general", Criterion::Generality)];
    let portfolio = Portfolio::new(ideas, Vec::new());
    let day = date(2026, 3, 1);
    Model::new("test".into(), portfolio, Vec::new(), ScoreRule::default(), day)
}

fn first(model: &Model) -> &str {
    let ideas = model.world.portfolio.ideas();
    ideas
        .iter()
        .find(|idea| model.screens.rank.rank_of(&idea.id, &model.world) == Some(1))
        .map_or("", |idea| &idea.id)
}

#[test]
fn a_weight_ranks_again_at_once_and_is_reviewed_again() {
    let mut model = two();
    assert_eq!(first(&model), "general");
    model.screen = ScreenId::Review;
    update(&mut model, Msg::FilesChanged);
    update(&mut model, Msg::StoreReply(StoreReply::Reloaded(None)));
    edits::edit(&mut model, weigh("weights.simplicity", 0.9));
    assert_eq!(first(&model), "simple");
    assert_eq!(toast(&model), "weights.simplicity: 0.9 · u undoes");
    let effects = update(&mut model, Msg::FilesChanged);
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Job(JobRequest::Review(job)) => Some(&job.key().score_rule),
        _ => None,
    });
    assert_eq!(sent, Some(model.world.portfolio.rule()));
    let simplicity = model.world.portfolio.rule().weights[Criterion::Simplicity.index()];
    assert!((simplicity - 0.9 / 1.75).abs() < 1e-12);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason() {
    let mut model = two();
    edits::edit(&mut model, weigh("weights.simplicity", -1.0));
    let expected = "weights.simplicity must be a number, 0 or more; found -1";
    assert_eq!(toast(&model), expected);
    assert!(model.save_queue.is_empty());
    assert!(model.world.portfolio.settings().is_empty());
}

#[test]
fn an_undone_weight_ranks_as_before() {
    let mut model = two();
    let edit = weigh("weights.simplicity", 0.9);
    edits::edit(&mut model, edit);
    update(&mut model, Msg::StoreReply(StoreReply::Saved { outside: None }));
    press(&mut model, "u");
    let edit = Edit::setting("weights.simplicity", None);
    let label = "weights.simplicity: 0.9".to_owned();
    answer(&mut model, StoreReply::Stepped { label, edit, outside: None });
    assert_eq!(first(&model), "general");
    assert_eq!(*model.world.portfolio.rule(), ScoreRule::default());
}

#[test]
fn what_somebody_else_sets_is_followed_and_its_faults_are_named() {
    let mut model = two();
    let portfolio = Portfolio::clone(&model.world.portfolio);
    let files = |text: &str, settings: SettingValues| {
        let portfolio = portfolio.clone().with_settings(settings);
        let problems = Settings::problems_in(Path::new("w/prospect.toml"), text);
        StoreReply::Reloaded(Some(Files { portfolio, problems, ..Files::default() }))
    };
    let values = |weight| {
        SettingValues::from([("weights.simplicity".to_owned(), SettingValue::Number(weight))])
    };
    update(&mut model, Msg::FilesChanged);
    answer(&mut model, files("[weights]\nsimplicity = 0.9", values(0.9)));
    assert_eq!(first(&model), "simple");
    assert_eq!(toast(&model), "\"prospect.toml\" changed outside · :changes lists them");
    assert_eq!(model.external_changes[0].what, ["weights.simplicity: nothing → 0.9"]);

    update(&mut model, Msg::FilesChanged);
    answer(&mut model, files("[weights]\nsimplicity = -2", values(-2.0)));
    assert_eq!(first(&model), "simple", "never back to what is built in");
    let said = toast(&model);
    assert!(said.starts_with("w/prospect.toml:2:14: weights.simplicity must be"), "{said}");
    assert!(said.ends_with("; the settings stay as they were"), "{said}");
    press(&mut model, "!");
    assert!(model.overlay.is_some(), "the page of problems names it too");
    assert_eq!(model.broken(), 0, "no idea is broken");
}

#[test]
fn what_a_person_sets_takes_effect_at_once_unless_something_is_wrong() {
    let mut model = two();
    let touched = update(&mut model, Msg::SettingsFileChanged);
    assert!(touched.contains(&Effect::Store(Request::Settings)));
    let overrides = [KeyOverride { command: Command::Undo, keys: vec!["Z".to_owned()] }];
    let mut settings = Settings { keymap: Keymap::with(&overrides).0, ..Settings::default() };
    settings.theme = Some(Theme::Dark);
    settings.mouse = false;
    settings.score = settings.score.with_weights([1.0, 0.0, 0.0, 0.0, 0.0]).unwrap();
    settings.stated_weights = settings.score.weights;
    let effects = update(&mut model, Msg::SettingsLoaded(Ok(Box::new(settings.clone()))));
    assert!(effects.contains(&Effect::CaptureMouse(false)));
    assert_eq!(toast(&model), "your settings have changed and are in force");
    assert_eq!(model.world.keymap.key(Command::Undo), "Z");
    assert_eq!(model.appearance.theme, Theme::Dark);
    assert_eq!(first(&model), "simple");
    press(&mut model, "j");
    update(&mut model, Msg::SettingsLoaded(Ok(Box::new(settings.clone()))));
    assert_eq!(model.toast, None, "nothing has changed");
    let span = 0..1;
    let wrong = Problem::at(
        Path::new("a/long/way/c.toml"),
        "x",
        span,
        Severity::Error,
        "syntax",
        "no".into(),
    );
    update(&mut model, Msg::SettingsLoaded(Err(vec![wrong])));
    assert_eq!(toast(&model), "c.toml:1:1: no; settings stay as they were");
    assert_eq!(model.world.keymap.key(Command::Undo), "Z");
    assert_eq!(model.available(Command::Problems), Ok(()));
    update(&mut model, Msg::SettingsLoaded(Ok(Box::new(settings))));
    assert!(model.settings_problems.is_empty());
}
