//! The palette, and help with lines that are typed.

use crate::command::Command;
use crate::tui::dialogs::{Answer, Form, OpenDialog, UnsavedKey};
use crate::tui::screens::ScreenId;

use super::*;

fn typed(model: &Model) -> String {
    match model.dialog.as_ref().map(|open| &open.prompt.form) {
        Some(Form::Lines(lines)) => lines.lines[lines.at].input.value().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn refusal(model: &Model) -> Option<&str> {
    model.dialog.as_ref()?.refusal.as_deref()
}

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut model = model();
    press(&mut model, ":all columns<enter>");
    assert!(model.dialog.is_none());
    press(&mut model, "<c-p>change title<enter>");
    assert_eq!(typed(&model), "BEST");
    press(&mut model, "<esc>");
    assert_eq!(press(&mut model, ":suspend<enter>"), [Effect::Suspend]);
}

#[test]
fn the_palette_says_why_a_command_cannot_run() {
    let mut model = model();
    press(&mut model, ":save<enter>");
    assert_eq!(refusal(&model), Some("everything is saved"));
    press(&mut model, "<c-u>next idea of<enter>");
    assert_eq!(refusal(&model), Some("only in: One idea"));
    // What names no command is looked up in the help.
    press(&mut model, "<c-u>zzzz<enter>");
    assert_eq!(model.overlay.as_ref().map(|overlay| overlay.query.as_str()), Some("zzzz"));
    press(&mut model, "<esc><esc>");
    assert!(model.dialog.is_none());
}

/// Everyday words, and the command that each finds among the first lines.
const EVERYDAY: &[(&str, Command)] = &[
    ("new", Command::Add),
    ("create", Command::Add),
    ("rename", Command::Retitle),
    ("delete", Command::Remove),
    ("remove", Command::Remove),
    ("trash", Command::Remove),
    ("copy", Command::CopyId),
    ("search", Command::Find),
    ("exit", Command::Quit),
    ("close", Command::Quit),
    ("colors", Command::Theme),
    ("dark mode", Command::Theme),
    ("refresh", Command::Reload),
    ("errors", Command::Problems),
    ("comment", Command::Note),
    ("hours", Command::Log),
    ("revert", Command::Undo),
    ("archive", Command::Status),
    ("finish", Command::Status),
    ("select", Command::Mark),
    ("order", Command::Sort),
    ("label", Command::Tags),
    ("description", Command::Summary),
    ("uncertainty", Command::Range),
    ("later", Command::Park),
    ("duplicate", Command::MergeInto),
    ("deadline", Command::Promise),
    ("contradictions", Command::Curiosities),
    ("schedule", Command::Portfolio),
    ("manual", Command::Help),
];

/// Everyday words for screens and for what only the command line does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("weight", "Go to Map"),
    ("map", "Go to Map"),
    ("duel", "Go to Duel"),
    ("triage", "Go to Triage"),
    ("import", "prospect import FILE --dry-run"),
    ("csv", "prospect import FILE --dry-run"),
    ("settings", "prospect config"),
    ("settings", "Edit the settings of this workspace"),
    ("preferences", "Edit your own settings"),
    ("backup", "prospect export"),
];

#[test]
fn everyday_words_find_their_command() {
    let mut model = model();
    let commands = EVERYDAY.iter().map(|(word, command)| (*word, command.spec().help));
    for (word, text) in commands.chain(ELSEWHERE.iter().copied()) {
        press(&mut model, &format!(":{word}"));
        let Some(Form::Pick(picker)) = model.dialog.as_ref().map(|open| &open.prompt.form) else {
            panic!("no palette");
        };
        let found: Vec<&str> = picker.shown().map(|choice| choice.text.as_str()).collect();
        assert!(found.iter().take(8).any(|line| line.contains(text)), "{word}: {found:#?}");
        press(&mut model, "<esc>");
    }
}

#[test]
fn the_palette_goes_to_screens_and_to_where_a_command_is() {
    let mut model = model();
    press(&mut model, ":go to map<enter>");
    assert_eq!(model.screen, ScreenId::Map);
    press(&mut model, ":rename<enter>");
    assert_eq!((model.screen, typed(&model).as_str()), (ScreenId::Rank, "BEST"));
    press(&mut model, "<esc>:prospect import<enter>");
    let said = model.toast.as_ref().map(|toast| toast.text.as_str());
    assert_eq!(said, Some("in the shell: prospect import FILE --dry-run"));
}

#[test]
fn a_command_of_another_screen_changes_nothing_that_was_not_in_sight() {
    let mut model = model();
    let ideas = Portfolio::clone(&model.world.portfolio);
    assert_eq!(press(&mut model, ":pick the left<enter>"), []);
    assert_eq!(model.screen, ScreenId::Duel);
    assert!(model.toast.is_some());
    assert_eq!(*model.world.portfolio, ideas);
}

#[test]
fn the_palette_holds_every_command_and_what_can_run_comes_first() {
    let mut model = model();
    press(&mut model, ":");
    let Some(Form::Pick(picker)) = model.dialog.as_ref().map(|open| &open.prompt.form) else {
        panic!("no palette");
    };
    let others = ScreenId::ALL.len() + crate::command::SHELL_LINES.len();
    let typing = crate::command::all()
        .iter()
        .filter(|entry| matches!(entry.scope, Scope::Prompt | Scope::Writing | Scope::Choice))
        .count();
    assert_eq!(picker.choices.len() - others + typing + 2, crate::command::all().len());
    let blocked = picker.choices.iter().position(|choice| choice.refusal.is_some()).unwrap();
    assert!(picker.choices[blocked..].iter().all(|choice| choice.refusal.is_some()));
    assert_eq!(model.dialog.as_ref().map(OpenDialog::answer), Some(Answer::Chosen(0)));
}

#[test]
fn answers_given_before_come_back() {
    let mut model = model();
    press(&mut model, "Lfirst note<enter>Lsecond<enter>L");
    press(&mut model, "<up><up>");
    assert_eq!(typed(&model), "first note");
    press(&mut model, "<down><down>");
    assert_eq!(typed(&model), "");
    press(&mut model, "<esc>t<up>");
    assert_eq!(typed(&model), "", "tags have a history of their own");
}

#[test]
fn tags_and_what_an_idea_waits_for_are_completed() {
    let mut model = model();
    press(&mut model, "treplay, data<enter>jtre<tab>");
    assert_eq!(typed(&model), "replay");
    press(&mut model, ", d<tab><enter>");
    assert_eq!(model.world.portfolio.idea("good").unwrap().tags, ["replay", "data"]);
    press(&mut model, "s4be<tab><enter>wait<enter>");
    let idea = model.world.portfolio.idea("good").unwrap();
    assert_eq!((idea.status, idea.parked_on.as_deref()), (Status::Parked, Some("best")));
    press(&mut model, "s4next m<tab><c-s>");
    let idea = model.world.portfolio.idea("good").unwrap();
    assert_eq!((idea.parked_until, &idea.parked_on), (Some(date(2026, 4, 1)), &None));
}

#[test]
fn days_can_be_words() {
    let mut model = model();
    press(&mut model, "s42 weeks<enter>wait<enter>");
    assert_eq!(model.world.portfolio.idea("best").unwrap().parked_until, Some(date(2026, 3, 15)));
    press(&mut model, "js4good<enter>");
    assert_eq!(refusal(&model), Some("an idea cannot wait for itself"));
    press(&mut model, "<c-u>soon<enter>");
    assert!(refusal(&model).is_some_and(|refusal| refusal.contains("next month")));
}

fn text(model: &Model) -> &str {
    match model.dialog.as_ref().map(|open| &open.prompt.form) {
        Some(Form::Text(writing, _)) => writing.text(),
        _ => "",
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    update(model, Msg::Paste(text.to_owned()))
}

fn drafts(effects: &[Effect]) -> Vec<(&str, Option<&str>)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Store(Request::KeepUnsavedText { name, text }) => {
                Some((name.as_str(), text.as_deref()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn several_lines_that_are_pasted_into_a_log_line_become_a_note() {
    let mut model = model();
    press(&mut model, "L3h");
    paste(&mut model, " one line\n");
    assert_eq!(text(&model), "", "one line stays a line");
    let kept = paste(&mut model, "\r\nand\tanother \u{1b}[31m");
    assert_eq!(text(&model), "3h one line\nand\tanother ␛[31m");
    assert_eq!(drafts(&kept), [("note best", Some("3h one line\nand\tanother ␛[31m"))]);
    let saved = press(&mut model, "<c-s>");
    let entry = &model.world.portfolio.ideas()[0].log[0];
    assert_eq!((entry.hours, entry.note.as_str()), (Some(3.0), "one line\nand\tanother ␛[31m"));
    assert_eq!(drafts(&saved), [("note best", None)]);
}

#[test]
fn a_note_that_can_never_be_saved_is_kept_for_later() {
    let mut model = model();
    press(&mut model, "Nlong thoughts<c-s>");
    assert_eq!(model.world.portfolio.ideas()[0].log.len(), 1);
    let kept = answer(&mut model, StoreReply::Refused("the idea is gone".into()));
    assert_eq!(model.world.portfolio.ideas()[0].log.len(), 0);
    assert_eq!(toast(&model), "the idea is gone; the note is kept for later");
    assert_eq!(drafts(&kept), [("note best", Some("long thoughts"))]);
    press(&mut model, "N");
    assert_eq!(text(&model), "long thoughts");
}

#[test]
fn asked_to_end_the_text_is_kept() {
    let mut model = model();
    press(&mut model, "Nhalf a");
    let ending = update(&mut model, Msg::Terminate);
    assert_eq!(drafts(&ending), [("note best", Some("half a"))]);
    assert_eq!(ending.last(), Some(&Effect::Quit));
}

#[test]
fn a_summary_that_somebody_else_changes_meanwhile_is_not_written_over_unasked() {
    let mut model = model();
    press(&mut model, "imine");
    let theirs = Edit::set("best", Field::Summary, Some(Value::Text("theirs".into())));
    model.world.portfolio.apply(&theirs).unwrap();
    press(&mut model, "<c-s>");
    assert_eq!(text(&model), "mine");
    let refusal = model.dialog.as_ref().and_then(|open| open.refusal.clone());
    assert!(refusal.is_some_and(|refusal| refusal.starts_with("changed outside meanwhile")));
    press(&mut model, "<c-s>");
    assert_eq!(model.world.portfolio.ideas()[0].summary, "mine");
}

#[test]
fn hours_and_level_stand_in_front_of_a_note() {
    let mut model = model();
    press(&mut model, "N45m 7<enter>two<enter>lines<c-s>");
    let idea = &model.world.portfolio.ideas()[0];
    let entry = &idea.log[0];
    assert_eq!((entry.hours, entry.traction), (Some(0.75), Some(7.0)));
    assert_eq!(entry.note, "two\nlines");
    press(&mut model, "N<c-s>");
    assert!(model.dialog.is_some(), "nothing is no note");
}

#[test]
fn what_is_deleted_again_does_not_come_back() {
    let mut model = model();
    press(&mut model, "Na<enter>");
    assert_eq!(model.unsaved_texts.len(), 1);
    press(&mut model, "<bs><bs><esc>");
    assert!(model.unsaved_texts.is_empty());
    press(&mut model, "Nkept<esc>2N<enter><bs><esc>");
    assert_eq!(
        model.unsaved_texts[&UnsavedKey::Note("best".into())],
        "kept",
        "as it was left the first time"
    );
}
