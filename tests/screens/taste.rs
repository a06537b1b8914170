//! The Taste screen.

use std::fs;

use insta::assert_snapshot;
use prospect::command::parse_keys;
use prospect::config::Settings;
use prospect::tui::{self, HeadlessApp};

use super::app_after;
use crate::support::{NARROW, TestWorkspace, WIDE, last_line};

/// 140 answers about the ideas of the demo, made up: by the score of a person to
/// whom headroom is three quarters of everything.
const DUELS: &str = include_str!("../fixtures/taste/duels.toml");

/// The demo with these duels in place of its own.
fn workspace_with(duels: &str) -> TestWorkspace {
    let workspace = TestWorkspace::with_demo();
    fs::write(workspace.file("duels.toml"), duels).unwrap();
    workspace
}

/// What the workspace sets, if it sets anything.
fn settings(workspace: &TestWorkspace) -> Option<String> {
    fs::read_to_string(workspace.file("prospect.toml")).ok()
}

#[test]
fn too_few_answers_give_ranges_and_no_number() {
    // The demo with the first of its answers only.
    let all = fs::read_to_string(TestWorkspace::with_demo().file("duels.toml")).unwrap();
    let first: Vec<&str> = all.split_inclusive("\n\n").take(27).collect();
    let workspace = workspace_with(&first.concat());
    let screen = |keys: &str, size| workspace.press(keys, size).to_text();
    let few = screen("g6", NARROW);
    assert_snapshot!("taste_few_narrow", few);
    assert!(few.contains("Too few answers yet: 25 of 40."), "{few}");
    assert!(!few.contains('●'), "no weight is named: {few}");
    assert_snapshot!("taste_few_wide", screen("g6", WIDE));
    let refused = screen("g6A", NARROW);
    assert!(last_line(&refused).contains("too few answers to adopt anything"), "{refused}");
}

#[test]
fn enough_answers_reveal_weights_and_disagreements() {
    let workspace = workspace_with(DUELS);
    let shown = workspace.press("g6", NARROW).to_text();
    assert_snapshot!("taste_narrow", shown);
    assert!(shown.contains("more than you say"), "{shown}");
    assert_snapshot!("taste_wide", workspace.press("g6jj", WIDE).to_text());
    assert_snapshot!("taste_statistics", workspace.press("g6z", NARROW).to_text());
    let end = workspace.press("g6zG", NARROW).to_text();
    assert!(end.contains("0 of 10 pairs") && end.contains("last 30 days"), "{end}");
    assert_eq!(workspace.press("g6zGz", NARROW).to_text(), shown, "and back");
}

#[test]
fn the_pages_are_turned_and_go_round() {
    let workspace = workspace_with(DUELS);
    let forecasts = workspace.press("g6]", NARROW).to_text();
    assert_snapshot!("taste_forecasts", forecasts);
    let practice = workspace.press("g6]]", NARROW).to_text();
    assert!(practice.contains("[Practice]"), "{practice}");
    let weights = workspace.press("g6", NARROW).to_text();
    assert_eq!(workspace.press("g6]]]", NARROW).to_text(), weights);
    assert_eq!(workspace.press("g6[[", NARROW).to_text(), forecasts);
    let refused = workspace.press("g6]A", NARROW).to_text();
    assert!(last_line(&refused).contains("that is for the page Weights"), "{refused}");
}

#[test]
fn it_can_be_read_in_ascii_and_without_colour() {
    let workspace = workspace_with(DUELS);
    let mut options = workspace.options();
    options.settings = Settings { ascii: true, ..Settings::default() };
    options.color = false;
    let shown = tui::replay(options, "g6", NARROW).unwrap().to_text();
    assert_snapshot!("taste_ascii", shown);
    assert!(shown.is_ascii(), "{shown}");
}

#[test]
fn a_disagreement_is_opened_on_the_rank_screen() {
    let workspace = workspace_with(DUELS);
    let taste = workspace.press("g6j", NARROW).to_text();
    let under_cursor = taste.lines().find(|line| line.contains('▸')).unwrap();
    let title = under_cursor.split('▸').nth(1).unwrap();
    let title = title.trim().split("  ").next().unwrap();
    let opened = workspace.press("g6j<enter>", WIDE).to_text();
    let cursor = opened.lines().find(|line| line.starts_with('▸')).unwrap_or_default();
    assert!(cursor.contains(&title[..20]), "{title}\n{opened}");
}

#[test]
fn adopting_is_shown_first_and_left_with_one_key() {
    let workspace = workspace_with(DUELS);
    let before = settings(&workspace);
    let asked = workspace.press("g6A", NARROW).to_text();
    assert_snapshot!("taste_adoption", asked);
    assert!(asked.contains('▲') && asked.contains('▼'), "{asked}");
    let overview = workspace.press("g6", NARROW).to_text();
    for leave in ["g6An", "g6A<esc>", "g6AG<esc>"] {
        assert_eq!(workspace.press(leave, NARROW).to_text(), overview, "{leave}");
    }
    assert_eq!(settings(&workspace), before);
}

#[test]
fn what_is_adopted_is_one_edit_and_undone_to_the_byte() {
    let workspace = workspace_with(DUELS);
    let before = settings(&workspace).unwrap();
    let adopted = workspace.press("g6Ay", NARROW).to_text();
    assert_snapshot!("taste_adopted", adopted);
    assert!(last_line(&adopted).contains("weights and taste changed · u undoes"), "{adopted}");
    let after = settings(&workspace).unwrap();
    assert!(!after.contains("headroom = 0.25 "), "{after}");
    for line in ["[taste]\nsimplicity = 0.15\n", "# also caps the score"] {
        assert!(after.contains(line.trim_start_matches("# ")), "{line}\n{after}");
    }
    let ranked = workspace.press("", NARROW).to_text();
    assert_ne!(ranked, workspace_with(DUELS).press("", NARROW).to_text(), "it is in force");
    let undone = workspace.press("u", NARROW).to_text();
    assert!(last_line(&undone).contains("Undone: weights and taste changed"), "{undone}");
    assert_eq!(settings(&workspace).unwrap(), before);
    workspace.press("U", NARROW);
    assert_eq!(settings(&workspace).unwrap(), after, "and done again");
}

#[test]
fn a_workspace_that_sets_nothing_sets_nothing_again() {
    let workspace = workspace_with(DUELS);
    fs::remove_file(workspace.file("prospect.toml")).unwrap();
    workspace.press("g6Ay", NARROW);
    assert!(settings(&workspace).unwrap().contains("[taste]"));
    workspace.press("u", NARROW);
    assert_eq!(settings(&workspace).unwrap_or_default(), "");
}

/// What is revealed of each weight, in numbers.
fn revealed(workspace: &TestWorkspace) -> Vec<String> {
    let numbers = workspace.press("g6z", NARROW).to_text();
    let rows = numbers.split("revealed ").skip(1).take(5);
    rows.map(|row| row.split("; more").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn no_duel_counts_twice() {
    let workspace = workspace_with(DUELS);
    let before = revealed(&workspace);
    assert_eq!(before.len(), 5);
    workspace.press("g6Ay", NARROW);
    assert_eq!(revealed(&workspace), before, "the same duels reveal the same weights");
    let file = settings(&workspace);
    let again = workspace.press("g6A", NARROW).to_text();
    assert!(last_line(&again).contains("adopted already"), "{again}");
    workspace.press("g6Ayy", NARROW);
    assert_eq!(settings(&workspace), file, "adopting twice changes nothing");
    // A weight that is moved by hand later is compared, and not a new prior.
    let file = file.unwrap();
    let adopted = file.lines().find(|line| line.starts_with("simplicity = ")).unwrap();
    let text = file.replacen(adopted, "simplicity = 0.8", 1);
    fs::write(workspace.file("prospect.toml"), text).unwrap();
    assert_eq!(revealed(&workspace), before);
}

#[test]
fn duels_of_other_people_do_not_count() {
    let theirs = workspace_with(&DUELS.replace("by = \"me\"", "by = \"ana\""));
    let shown = theirs.press("g6", NARROW).to_text();
    assert_snapshot!("taste_of_another", shown);
    assert!(shown.contains("0 answers, 0 ideas"), "{shown}");
    // Half of the answers are mine.
    let mut ids = 0;
    let mixed: String = DUELS
        .lines()
        .map(|line| {
            ids += usize::from(line.starts_with("id"));
            let line = if ids % 2 == 0 { line.replace("\"me\"", "\"ana\"") } else { line.into() };
            line + "\n"
        })
        .collect();
    let shown = workspace_with(&mixed).press("g6", NARROW).to_text();
    assert!(
        shown.contains("70 answers, 18 ideas") && shown.contains("Not counted: 70 answers of ana."),
        "{shown}"
    );
}

#[test]
fn a_workspace_with_nothing_in_it() {
    let empty = TestWorkspace::with("# nothing yet\n");
    assert_snapshot!("taste_nothing", empty.press("g6", NARROW).to_text());
    for keys in ["g6A", "g6z", "g6<enter>", "g6L", "g6/", "g6jGgg"] {
        assert!(empty.press(keys, NARROW).to_text().contains("g6 Taste"), "{keys}");
    }
}

#[test]
fn no_size_is_too_much_for_it() {
    let workspace = workspace_with(DUELS);
    for keys in ["g6", "g6z", "g6A", "g6G", "g6]", "g6]G", "g6["] {
        let mut app = app_after(workspace.options(), keys);
        for size in [(60, 16), (61, 17), (100, 20), (200, 60)] {
            app.resize(size);
            app.run_until_idle();
            let shown = app.screen().to_text();
            assert!(shown.contains("Taste"), "{size:?} {keys}");
        }
    }
}

/// The record of answers to practice pairs.
fn pairs(workspace: &TestWorkspace) -> String {
    std::fs::read_to_string(workspace.state().join("practice-pairs.jsonl")).unwrap_or_default()
}

#[test]
fn a_pair_takes_two_keys_and_is_told_and_kept() {
    let workspace = TestWorkspace::with_demo();
    assert_snapshot!("practice_pair", workspace.press("g6[", NARROW).to_text());
    let early = workspace.press("g6[h", NARROW).to_text();
    assert!(last_line(&early).contains("first: how sure are you?"), "{early}");
    assert_eq!(pairs(&workspace), "");
    assert_snapshot!("practice_told", workspace.press("g6[7h", NARROW).to_text());
    let kept = pairs(&workspace);
    assert_eq!(kept.lines().count(), 1);
    assert!(kept.contains("\"chance\":0.7"), "{kept}");
    let next = workspace.press("g6[9l<space>5h<space>", NARROW).to_text();
    assert!(next.contains("card 4 of 10 today") && next.contains("So far   sure 90 %"), "{next}");
    assert_eq!(pairs(&workspace).lines().count(), 3);
    let one = workspace.press("g6[", NARROW).to_text();
    assert_ne!(one, workspace.press("g6[n", NARROW).to_text(), "n shows another pair");
    assert_eq!(
        workspace.text(),
        TestWorkspace::with_demo().text(),
        "no file of the user's changes"
    );
}

#[test]
fn a_card_is_answered_in_full_and_its_end_is_told() {
    let workspace = TestWorkspace::with_demo();
    assert_snapshot!("practice_full", workspace.press("g6[v", NARROW).to_text());
    let wrong = workspace.press("g6[v<enter>lots<enter>", NARROW).to_text();
    assert!(last_line(&wrong).contains("a chance from 0 to 100 %"), "{wrong}");
    let keys = "g6[v<enter>30<enter>7 4..6 - 9 6<enter>next-hot<enter><enter>";
    let told = workspace.press(keys, NARROW).to_text();
    assert!(told.contains("You gave it 30 %") && told.contains("Source: "), "{told}");
    let log = std::fs::read_to_string(workspace.state().join("practice.jsonl")).unwrap();
    assert!(log.contains("\"chance\":0.3") && log.contains("\"bet\":\"next-hot\""), "{log}");
    let next = workspace.press("g6[v", NARROW).to_text();
    assert!(next.contains("In full: card 2 of 24"), "{next}");
}

#[test]
fn a_click_selects_a_difference_and_a_second_one_shows_the_idea() {
    let workspace = TestWorkspace::with_demo();
    let mut app = HeadlessApp::open(workspace.options(), NARROW).unwrap();
    for key in parse_keys("g6").unwrap() {
        app.run_until_idle();
        app.press(key);
    }
    app.run_until_idle();
    let shown = app.screen().to_text();
    let mut rows = shown.lines().enumerate().filter(|(_, line)| line.contains("by duels "));
    let (row, line) = rows.nth(1).unwrap_or_else(|| panic!("{shown}"));
    let title: String = line.trim().chars().take(12).collect();
    for _ in 0..2 {
        app.click(10, u16::try_from(row).unwrap());
        app.run_until_idle();
        let shown = app.screen().to_text();
        let is_marked = shown.lines().any(|line| line.contains(&format!("▸ {title}")));
        assert!(is_marked || shown.contains("[g1 Rank]"), "{title}: {shown}");
    }
    assert!(app.screen().to_text().contains("[g1 Rank]"), "{}", app.screen().to_text());
}
