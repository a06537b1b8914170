//! Text of several lines.

use super::*;
use crate::tui::dialogs::{Form, UnsavedKey};

fn text(model: &Model) -> &str {
    match model.dialog.as_ref().map(|open| &open.form) {
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
    let entry = &model.world.portfolio.portfolio().ideas()[0].log[0];
    assert_eq!((entry.hours, entry.note.as_str()), (Some(3.0), "one line\nand\tanother ␛[31m"));
    assert_eq!(drafts(&saved), [("note best", None)]);
}

#[test]
fn a_note_that_can_never_be_saved_is_kept_for_later() {
    let mut model = model();
    press(&mut model, "Nlong thoughts<c-s>");
    assert_eq!(model.world.portfolio.portfolio().ideas()[0].log.len(), 1);
    let kept = answer(&mut model, StoreReply::Refused("the idea is gone".into()));
    assert_eq!(model.world.portfolio.portfolio().ideas()[0].log.len(), 0);
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
    assert_eq!(model.world.portfolio.portfolio().ideas()[0].summary, "mine");
}

#[test]
fn hours_and_level_stand_in_front_of_a_note() {
    let mut model = model();
    press(&mut model, "N45m 7<enter>two<enter>lines<c-s>");
    let idea = &model.world.portfolio.portfolio().ideas()[0];
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
