//! Tests of imports: the page over a screen, and what is written.

use crate::exchange::{ImportHistory, ImportOptions, Mapping, plan_import, read};
use crate::tui::action::ImportList;
use crate::tui::app::message::PreviewRequest;
use crate::tui::app::update::imports;
use crate::tui::import::{ImportPreview, PreviewColumn, PreviewIdea, PreviewRefusal};
use crate::tui::screens::ScreenId;

use super::*;

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
