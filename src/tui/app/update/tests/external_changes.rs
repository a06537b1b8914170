//! Tests of external changes and of texts from an editor.

use super::*;
use crate::tui::action::EditorText;

fn files(ideas: Vec<Idea>) -> Option<Files> {
    let portfolio = Portfolio::new(ideas, Vec::new());
    Some(Files { portfolio, ..Files::default() })
}

#[test]
fn a_touched_file_is_looked_at_once() {
    let mut model = model();
    assert_eq!(send(&mut model, Msg::FilesChanged), [Effect::Store(Request::ReloadQuietly)]);
    update(&mut model, Msg::FilesChanged);
    update(&mut model, Msg::FilesChanged);
    assert_eq!(
        answer(&mut model, StoreReply::Reloaded(None)),
        [Effect::Store(Request::ReloadQuietly)]
    );
    assert_eq!(answer(&mut model, StoreReply::Reloaded(None)), []);
    assert_eq!(toast(&model), "");
}

#[test]
fn a_new_day_begins_with_a_reload_and_not_before() {
    for day_stays in [false, true] {
        let mut model = model();
        model.world.day_stays = day_stays;
        let day = model.world.portfolio.as_of();
        let tomorrow = day.tomorrow().unwrap();
        let now = tomorrow.at(0, 5, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        update(&mut model, Msg::Tick(Tick { now, ..Tick::default() }));
        press(&mut model, "jk");
        assert_eq!(model.world.portfolio.as_of(), day, "past midnight it stays the day");
        press(&mut model, "R");
        answer(&mut model, StoreReply::Reloaded(None));
        let expected = if day_stays { day } else { tomorrow };
        assert_eq!(model.world.portfolio.as_of(), expected);
    }
}

#[test]
fn what_changed_outside_is_said_and_listed() {
    let mut model = model();
    press(&mut model, "j");
    update(&mut model, Msg::FilesChanged);
    let now = vec![rated("good", 9.0), rated("fair", 4.0), rated("new", 1.0)];
    answer(&mut model, StoreReply::Reloaded(files(now)));
    assert_eq!(toast(&model), "3 ideas changed outside · :changes lists them");
    assert_eq!(under_cursor(&model), Some("good"), "the cursor stays on its idea");
    let listed: Vec<&str> =
        model.external_changes.iter().map(|change| change.title.as_str()).collect();
    assert_eq!(listed, ["GOOD", "NEW", "BEST"]);
    assert!(model.external_changes[0].what.contains(&"ratings.headroom: 6 → 9".to_owned()));
    press(&mut model, ":changes<enter>");
    assert!(model.overlay.is_some());
}

#[test]
fn the_cursor_returns_to_an_idea_that_was_gone() {
    let mut model = model();
    press(&mut model, "j");
    let all = || vec![rated("best", 8.0), rated("good", 6.0), rated("fair", 4.0)];
    for (ideas, id) in [(Vec::new(), None), (all(), Some("good"))] {
        update(&mut model, Msg::FilesChanged);
        answer(&mut model, StoreReply::Reloaded(files(ideas)));
        assert_eq!(under_cursor(&model), id);
    }
    for (ideas, keys, id) in [(all().split_off(2), "", "fair"), (all(), "", "good")] {
        update(&mut model, Msg::FilesChanged);
        answer(&mut model, StoreReply::Reloaded(files(ideas)));
        press(&mut model, keys);
        assert_eq!(under_cursor(&model), Some(id));
    }
}

fn draft(text: &str) -> EditorText {
    EditorText {
        id: "best".into(),
        before: "before".into(),
        text: text.into(),
        line: 1,
        file: "a.toml".into(),
    }
}

#[test]
fn the_text_of_an_idea_goes_to_the_editor_and_back() {
    let mut model = model();
    let asked = press(&mut model, "e");
    assert_eq!(asked, [Effect::Store(Request::Text { id: "best".into(), to_copy: false })]);
    let opened = answer(&mut model, StoreReply::Text(draft("before")));
    assert_eq!(opened, [Effect::OpenEditor(draft("before"))]);
    let edited = Msg::EditorClosed { draft: draft("before"), text: Ok("after".into()) };
    let written = Request::Rewrite { draft: draft("after"), overwrite: false };
    assert_eq!(send(&mut model, edited), [Effect::Store(written)]);
    let edit = Some(set_headroom("best", 1.0));
    answer(&mut model, StoreReply::Rewritten { edit, outside: None });
    assert_eq!(headroom(&model, "best"), Some(1.0));
    assert_eq!(under_cursor(&model), Some("best"));
    assert!(toast(&model).ends_with("u undoes"), "{}", toast(&model));
    let same = Msg::EditorClosed { draft: draft("before"), text: Ok("before".into()) };
    assert_eq!(send(&mut model, same), []);
    assert_eq!(toast(&model), "nothing was changed");
}

#[test]
fn a_text_that_is_no_idea_can_be_put_right() {
    let mut model = model();
    update(&mut model, Msg::EditorClosed { draft: draft("before"), text: Ok("wrong".into()) });
    let problem = crate::domain::Problem::at(
        std::path::Path::new("best.toml"),
        "a\nb\n",
        2..3,
        crate::domain::Severity::Error,
        "syntax",
        "no".into(),
    );
    let refused = StoreReply::NotAnIdea { draft: draft("wrong"), problems: vec![problem] };
    assert_eq!(answer(&mut model, refused), []);
    let again = EditorText { line: 2, ..draft("wrong") };
    assert_eq!(press(&mut model, "1"), [Effect::OpenEditor(again)]);
}

#[test]
fn an_entry_that_waits_is_kept_when_the_one_before_it_is_gone() {
    let mut model = model();
    press(&mut model, "L1h<space>first<enter>");
    press(&mut model, "L1h<space>second<enter>");
    let without_log = vec![rated("best", 8.0), rated("good", 6.0), rated("fair", 4.0)];
    let sent = answer(&mut model, StoreReply::Saved { outside: files(without_log) });
    let [Effect::Store(Request::Commit { .. })] = sent.as_slice() else { panic!("{sent:?}") };
    let notes: Vec<&str> = model
        .world
        .portfolio
        .portfolio()
        .get("best")
        .unwrap()
        .log
        .iter()
        .map(|entry| entry.note.as_str())
        .collect();
    assert_eq!(notes, ["second"]);
}
