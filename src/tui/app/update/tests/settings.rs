//! Tests of settings that change and of lists that are imported.

use std::path::Path;

use crate::command::{Command, KeyOverride, Keymap};
use crate::config::{Settings, Theme};
use crate::domain::{Problem, SettingValue, SettingValues, Severity};
use crate::exchange::{ImportHistory, ImportOptions, Mapping, plan_import, read};
use crate::tui::action::ImportList;
use crate::tui::app::message::PreviewRequest;
use crate::tui::app::update::{edits, imports};
use crate::tui::import::{ImportPreview, PreviewColumn, PreviewIdea, PreviewRefusal};
use crate::tui::jobs::{Job, JobRequest};
use crate::tui::screens::ScreenId;

use super::*;

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
    assert_eq!(model.external_changes[0].what(), ["weights.simplicity: nothing → 0.9"]);

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

const LIST: &str = "Idea,Notes\nProbe,one\nSmaller,two\n";

/// The preview that the effects ask for.
fn asked(effects: Vec<Effect>) -> PreviewRequest {
    let request = effects.into_iter().find_map(|effect| match effect {
        Effect::Store(Request::PreviewImport(request)) => Some(*request),
        _ => None,
    });
    request.expect("a preview is asked for")
}

fn open(model: &mut Model) -> PreviewRequest {
    imports::open(model, ImportList::Pasted(LIST.into()));
    asked(update(model, Msg::Resize(Size::new(80, 24))))
}

/// The answer of the store to a request.
fn previewed(request: &PreviewRequest) -> Msg {
    let rows = read("list.csv", LIST, None).unwrap();
    let mapping = Mapping::guess(&rows, &request.question.user_mapping).unwrap();
    let ideas = mapping.read_ideas(&rows, false).ideas;
    let as_of = request.as_of;
    let options = ImportOptions { source: "list.csv", keeps_ids: false, as_of, overwrite: false };
    let plan = plan_import(&ideas, &request.portfolio, &ImportHistory::default(), &options);
    let column = |column: &crate::exchange::Column| PreviewColumn {
        name: column.name.clone(),
        target: column.target,
        example: mapping.example(column, &rows),
    };
    let preview = ImportPreview {
        source: "list.csv".into(),
        format: "CSV, 2 rows".into(),
        columns: mapping.columns.iter().map(column).collect(),
        ideas: plan
            .added
            .iter()
            .map(|idea| PreviewIdea {
                title: idea.title.clone(),
                state: "inbox".into(),
                details: String::new(),
            })
            .collect(),
        problems: Vec::new(),
        rows_left_out: 0,
        file: "ideas.toml".into(),
        plan,
    };
    Msg::ImportPreviewed { question: request.question.clone(), answer: Ok(Box::new(preview)) }
}

#[test]
fn an_import_is_one_edit_and_is_remembered_behind_it() {
    let mut model = model();
    let request = open(&mut model);
    // Nothing is written while the list is read, and nothing is lost.
    assert!(press(&mut model, "y").is_empty());
    assert_eq!(toast(&model), "the list is still being read");
    send(&mut model, previewed(&request));
    let effects = press(&mut model, "y");
    let [Effect::Store(Request::Commit { edit, .. })] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(edit.ids(), ["probe", "smaller"]);
    assert_eq!((model.screen, toast(&model)), (ScreenId::Triage, "2 imported · u undoes all"));
    let effects = answer(&mut model, saved());
    assert!(matches!(&effects[..], [Effect::Store(Request::SaveImportHistory(_)), ..]));
}

#[test]
fn cancelling_writes_nothing() {
    let mut model = model();
    let request = open(&mut model);
    send(&mut model, previewed(&request));
    assert!(press(&mut model, "jj<esc>").is_empty());
    assert!(model.import.is_none());
    assert_eq!(model.world.portfolio.ideas().len(), 3);
}

#[test]
fn a_column_becomes_what_is_chosen_and_the_latest_choice_counts() {
    let mut model = model();
    let request = open(&mut model);
    send(&mut model, previewed(&request));
    // Notes becomes tags.
    let first = asked(press(&mut model, "j<enter>j<enter>"));
    assert_eq!(first.question.user_mapping[0].0, "Notes");
    let preview = previewed(&first);
    send(&mut model, preview.clone());
    assert_eq!(model.import.as_ref().unwrap().ready().unwrap().plan.added[0].tags, ["one"]);
    let second = asked(press(&mut model, "<enter>gg<enter>"));
    // An answer to what is not asked any more changes nothing.
    send(&mut model, preview);
    assert!(model.import.as_ref().unwrap().ready().is_none());
    send(&mut model, previewed(&second));
    assert_eq!(model.import.as_ref().unwrap().ready().unwrap().plan.added[0].title, "one");
}

#[test]
fn a_change_of_the_ideas_asks_again() {
    let mut model = model();
    let request = open(&mut model);
    send(&mut model, previewed(&request));
    let files = Files { portfolio: Portfolio::default(), ..Files::default() };
    send(&mut model, Msg::FilesChanged);
    let effects = answer(&mut model, StoreReply::Reloaded(Some(files)));
    let again = asked(effects);
    assert_ne!(again.question.revision, request.question.revision);
    assert!(press(&mut model, "y").is_empty());
}

#[test]
fn a_refusal_is_shown_and_nothing_can_be_imported() {
    let mut model = model();
    let question = open(&mut model).question;
    let refusal =
        PreviewRefusal { message: "a.opml looks like OPML".into(), hint: "export it".into() };
    send(&mut model, Msg::ImportPreviewed { question, answer: Err(refusal) });
    assert!(press(&mut model, "y").is_empty());
    assert!(model.import.is_some());
}
